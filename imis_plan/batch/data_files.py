"""The data files of a report, made from its scenario: tables, workbook, and what its manifest says."""

from typing import Any

import numpy as np
import pandas as pd

from imis_plan.analysis.cash_plan import cash_columns
from imis_plan.analysis.export import csv_file
from imis_plan.analysis.options import simulate_with_options
from imis_plan.analysis.posts import staffing_columns
from imis_plan.analysis.summary import headline, usd_by_year
from imis_plan.batch import manifest
from imis_plan.batch.task import WORKBOOK, Files, Task
from imis_plan.i18n import translate
from imis_plan.i18n.localized_ledger import localized_columns
from imis_plan.model import simulation_store
from imis_plan.model.funding import is_proposed
from imis_plan.model.ledger import budget_columns
from imis_plan.model.year_labels import FISCAL_YEAR_COLUMN, fiscal_years, year_label
from imis_plan.sections import draft
from imis_plan.workbook.write import workbook


def data_files(task: Task) -> tuple[dict[str, Any], Files]:
    """What the manifest says of the scenario, and the files, name -> bytes.

    Raises BadInput with all problems of the scenario.
    """
    plan, language = task.plan, task.report_language
    with translate.using_language(language), simulation_store.writing_to(task.simulations):
        if task.simulations and task.workbook:
            simulate_with_options(plan)
        columns = budget_columns(plan)
        ledger = localized_columns(columns)
        tables = {"cash_plan.csv": cash_columns(plan, ledger), "ledger.csv": ledger, "staffing.csv": staffing_columns(plan)}
        files = {
            name: csv_file({**table, FISCAL_YEAR_COLUMN: fiscal_years(plan, table["year"])}) for name, table in tables.items()
        }
        if task.workbook and not task.ledger_only:
            files[WORKBOOK] = workbook(plan, pd.DataFrame(columns))
    # Numbers of Python's own, so that the command that receives them does not import NumPy.
    numbers = {name: x.item() if isinstance(x, np.generic) else x for name, x in headline(plan, ledger).items()}
    yearly = usd_by_year(ledger)
    with translate.using_language(language):
        block = manifest.title_block(plan, language, numbers)
        block |= {"title": draft.title(plan), "funding_decided": not is_proposed(plan)}
        labels = [year_label(plan, year) for year in yearly["years"]]
    record = {
        "about": block | {"changes": manifest.changes_in_words(task.changes)},  # the overrides of parameters (`--set`)
        "language": language,
        "seed": int(plan["uncertainty.seed"]),
        "headline": numbers,
        "yearly_usd": yearly | {"labels": labels},
    }
    return record, files
