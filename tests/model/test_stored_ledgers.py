"""Every scenario costs what it cost when its ledger was stored; a meant change is stored anew by one command."""

import pandas as pd
import pytest

from tests.model.plans import NAMES
from tools.store_ledgers import COMMAND, KEY, NUMBERS, STORED, current_ledger, stored_ledger

SHOWN = 8


def moves(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """Lines that moved by more than a cent and by more than rounding, in words, the largest first."""
    both = before.merge(after, on=KEY, how="outer", suffixes=("_stored", "_now"), indicator=True)
    messages = []
    for number in NUMBERS:
        one, two = (both[f"{number}_{side}"].fillna(0.0) for side in ("stored", "now"))
        limit = 1e-9 * pd.concat([one.abs(), two.abs()], axis=1).max(axis=1)
        cent = 0.0101 if number != "quantity" else 1e-9
        off = (one - two).abs() > limit.clip(lower=cent)
        messages += [
            (abs(a - b), f"{' '.join(map(str, key))}: {number} {a:,.6g} -> {b:,.6g}")
            for key, a, b in zip(both.loc[off, KEY].to_numpy(), one[off], two[off], strict=True)
        ]
    came = both.loc[both["_merge"] != "both", [*KEY, "_merge"]]
    lost = [f"{' '.join(map(str, key))}: {'gone' if side == 'left_only' else 'new'}" for *key, side in came.to_numpy()]
    return lost + [text for _, text in sorted(messages, reverse=True)]


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_costs_what_was_stored(name):
    """To one part in a billion, or a cent."""
    changed = moves(stored_ledger(name), current_ledger(name))
    rest = f"\n  ... and {len(changed) - SHOWN} more" if len(changed) > SHOWN else ""
    messages = "\n  ".join(changed[:SHOWN])

    assert not changed, (
        f"{name}: {len(changed)} numbers moved:\n  {messages}{rest}\nIf that is meant: {COMMAND}, and commit tests/expected_ledgers"
    )


def test_no_ledger_is_stored_of_a_scenario_that_is_gone():
    """The folder holds the scenarios of parameters/ and nothing else."""
    assert sorted(file.stem for file in STORED.glob("*.csv")) == NAMES


def test_a_moved_number_is_named():
    """Line, year, before and after: so that a reviewer sees what a change of a parameter does."""
    before = pd.DataFrame(
        [("sms", "message", "", "recurrent", 2027, 10.0, 200.0, 2.0), ("sms", "gone", "", "capital", 2027, 0.0, 0.0, 0.0)],
        columns=KEY + NUMBERS,
    )
    after = before.iloc[:1].assign(amount=250.0)

    assert moves(before, after) == ["sms gone  capital 2027: gone", "sms message  recurrent 2027: amount 200 -> 250"]
    assert moves(before, before.assign(amount=before["amount"] + 0.01)) == []  # a cent is rounding
