"""The ledger with its texts in the current language; column names and keys are the same in all languages."""

from typing import TYPE_CHECKING

from imis_plan.i18n import sources, translate
from imis_plan.model import funding

if TYPE_CHECKING:
    import pandas as pd


def localize_ledger(ledger: "pd.DataFrame") -> "pd.DataFrame":
    """A ledger with its texts in the current language.

    The calculations (column `working`) have the language in which the ledger was computed.
    """
    if translate.current_language() == translate.SOURCE:
        return ledger
    texts = {
        "label": translate._,
        "quantity_unit": translate.translate_unit,
        "source": sources.translate_source,
        "funder": localize_funders,
    }
    return ledger.assign(**{column: ledger[column].map(translated) for column, translated in texts.items()})


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
