"""Tests of what readers see of a ledger."""
