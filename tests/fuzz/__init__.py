"""Mutations of real input: a result, or problems; see `mutations`."""
