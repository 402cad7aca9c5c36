"""The language of reports and notebooks: sentences, numbers, and texts of a scenario."""

from imis_plan.i18n.translate import (
    available_language,
    current_language,
    languages,
    localized,
    set_language,
    using_language,
)

__all__ = ["available_language", "current_language", "languages", "localized", "set_language", "using_language"]


def __dir__() -> list[str]:
    """The public names, for tab completion, and what every module has."""
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])
