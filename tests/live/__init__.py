"""A real openIMIS to test against: its published modules, PostgreSQL, and a few hundred lines of our own around them."""
