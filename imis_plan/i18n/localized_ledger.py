"""The ledger with the words that people read in their language; names of columns and keys are those of every language."""

from typing import TYPE_CHECKING

from imis_plan.i18n import translate
from imis_plan.model import funding

if TYPE_CHECKING:
    import pandas as pd


def localize_ledger(ledger: "pd.DataFrame") -> "pd.DataFrame":
    """A ledger with its words in the language spoken now.

    The working speaks the language in which the ledger was made.
    """
    if translate.current_language() == translate.SOURCE:
        return ledger
    words = {
        "label": translate._,
        "quantity_unit": translate.translate_unit,
        "source": translate.translate_source,
        "funder": localize_funders,
    }
    return ledger.assign(**{column: ledger[column].map(say) for column, say in words.items()})


def localize_funders(names: str) -> str:
    """Who pays a row: names stand in the language already, the key of the gap does not."""
    return translate.localize_digits(names.replace(funding.GAP, translate._(funding.GAP_LABEL)))
