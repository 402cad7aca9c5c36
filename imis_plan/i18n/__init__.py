"""The language of what readers see: sentences, numbers, and texts of a scenario."""

from imis_plan.i18n.translate import set_language

__all__ = ["set_language"]
