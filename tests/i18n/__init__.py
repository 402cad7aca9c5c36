"""Tests of imis_plan.i18n: languages, numbers, texts."""
