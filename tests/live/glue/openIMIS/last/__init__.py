"""The last app of the list."""
