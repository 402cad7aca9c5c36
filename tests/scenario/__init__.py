"""Tests of imis_plan.scenario: from YAML to a checked plan."""
