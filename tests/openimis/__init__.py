"""Tests of imis_plan.openimis: a running openIMIS, read and compared."""
