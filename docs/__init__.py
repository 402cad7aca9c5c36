"""Tools that keep the documentation in step with the code: `python -m docs.formulas`, `python -m docs.pictures`."""
