"""Reads what a running openIMIS holds and starts a plan from it. The network is touched here and nowhere else, and only read."""
