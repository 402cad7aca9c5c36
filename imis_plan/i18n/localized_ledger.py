"""The ledger with its texts in the current language; column names and keys are the same in all languages."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from imis_plan.i18n import sources, translate
from imis_plan.model import funding

if TYPE_CHECKING:
    import pandas as pd


def localize_ledger(ledger: "pd.DataFrame") -> "pd.DataFrame":
    """A ledger with its texts in the current language.

    The calculations (column `working`) have the language in which the ledger was computed.
    """
    texts = localized_texts(ledger)
    return ledger.assign(**texts) if texts else ledger


def localized_columns(columns: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The columns of a ledger by name, with their texts in the current language, as `localize_ledger`. Shapes (rows,)."""
    return {**columns, **localized_texts(columns)}


def localized_texts(ledger: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """The columns of a ledger that are in another language than English; none in English."""
    if translate.current_language() == translate.SOURCE:
        return {}
    texts = {
        "label": translate._,
        "quantity_unit": translate.translate_unit,
        "source": sources.translate_source,
        "funder": localize_funders,
    }
    return {column: translate_column(ledger[column], translated) for column, translated in texts.items()}


def translate_column(column: Any, translated: Callable[[Any], str]) -> np.ndarray:
    """The texts of a column, each different one translated once: a line has the same in all years. Shape (rows,)."""
    found = cache(translated)
    return np.array([found(text) for text in column], dtype=object)


def localize_long_table(table: "pd.DataFrame") -> "pd.DataFrame":
    """A ledger by payer (`analysis.financing_plan.long_table`) with its texts in the current language; keys stay as they are."""
    texts = {
        "label": translate._,
        "quantity_unit": translate.translate_unit,
        "funder": localize_funders,
        "tax_bearer": localize_funders,
    }
    return table.assign(**{column: table[column].map(translated) for column, translated in texts.items()})


def localize_funders(names: str) -> str:
    """The payers of a row: names are in the current language already, the key of the gap is not."""
    return translate.localize_digits(names.replace(funding.GAP, translate._(funding.GAP_LABEL)))
