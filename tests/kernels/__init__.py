"""Tests of kernels and processes: what a notebook gives, how it fails, and what is left behind."""
