"""Tests of imis_plan.analysis: what a ledger says."""
