"""A baseline as it is read of the register of `tests/live/truth.py`, and others that differ from it."""

from imis_plan.openimis.baseline import Baseline, Fact, System, gap
from tests.live.truth import DAY, FACTS, YEAR


def baseline(*without: str, day: str = DAY.isoformat(), year: int = YEAR, **other: float) -> Baseline:
    """Facts; `without` names gaps, `other` gives values in place of the register's."""
    system = System(host="imis.example.org", kind="API", account="reader", release="core 1.9", day=day, year=year)
    facts = {
        name: gap("no right", "grant it") if name in without else Fact.model_validate({"value": value})
        for name, value in (FACTS | other).items()
    }
    return Baseline(system, facts)
