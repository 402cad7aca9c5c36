"""In place of what the fork server imports: it cannot start."""

raise SystemExit("not today")
