"""The names of `imis_plan.problems`, for modules that still import them from here."""

from imis_plan.problems import NO_VALUE, BadInput, NoSuchParameter, Problem, suggestion

__all__ = ["NO_VALUE", "BadInput", "NoSuchParameter", "Problem", "suggestion"]
