"""A running openIMIS: read its counts, start a scenario from them, and compare a plan with them. Nothing is written there."""

from imis_plan.openimis import plan_vs_observed, tables, text

__all__ = ["plan_vs_observed", "tables", "text"]
