"""Speed, measured side by side in one run; `make bench`. Ratios count, single times depend on the machine."""
