"""Tests of reports: batch, pages, tables, and what a browser makes of them."""
