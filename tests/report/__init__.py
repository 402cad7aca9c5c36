"""Tests of reports: running notebooks, batches, and what is left behind."""
