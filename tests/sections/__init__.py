"""Tests of imis_plan.sections: sentences, tables and figures of the report."""
