"""Write the expected ledger of every scenario: `make expected-ledgers`.

An expected ledger is what a scenario cost when somebody last looked. A test compares; who changes a number on purpose stores
them again, and the difference shows in the commit.
"""

from pathlib import Path

import pandas as pd

from imis_plan.model.ledger import budget
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.plan import load

ROOT = Path(__file__).parents[1]
PARAMETERS = ROOT / "parameters"
STORED = ROOT / "tests" / "expected_ledgers"
KEY = ["component", "line", "role_or_level", "kind", "year"]
NUMBERS = ["quantity", "amount", "amount_usd"]
COMMAND = "make expected-ledgers"


def current_ledger(name: str) -> pd.DataFrame:
    """What is stored of a scenario, as it is now: twelve digits of a quantity, cents of an amount."""
    ledger = budget(load(name, parameters=PARAMETERS))[KEY + NUMBERS]
    return ledger.assign(quantity=[float(f"{x:.12g}") for x in ledger["quantity"]]).round({"amount": 2, "amount_usd": 2})


def stored_ledger(name: str) -> pd.DataFrame:
    """What was stored."""
    return pd.read_csv(STORED / f"{name}.csv", keep_default_na=False)


def store_ledger(name: str) -> None:
    """Write one scenario's ledger."""
    STORED.mkdir(exist_ok=True)
    current_ledger(name).to_csv(STORED / f"{name}.csv", index=False, lineterminator="\n")


def main() -> None:
    """Write them all, and remove those of scenarios that are gone."""
    names = scenarios(PARAMETERS)
    for name in names:
        store_ledger(name)
    for file in STORED.glob("*.csv"):
        if file.stem not in names:
            file.unlink()
    print(f"{len(names)} ledgers in {STORED.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
