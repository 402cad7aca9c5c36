"""A parameter derived from facts with its calculation, or the reason why it cannot be derived."""

from dataclasses import dataclass
from typing import Any

from imis_plan.openimis.baseline import Baseline
from imis_plan.scenario.parameter import Confidence

# Enough for later sums: 0.333333 x 30 would not be 10.
DIGITS = 12


@dataclass(frozen=True)
class DerivedValue:
    """The value of a parameter with a calculation that a reader can repeat; without a value, `calculation` gives the reason."""

    path: str
    value: float | None
    calculation: str
    confidence: Confidence = "A"

    def parameter(self, source: str) -> dict[str, Any]:
        """The entry of a parameter file."""
        return {"value": twelve_decimals(self.value), "source": f"{source}: {self.calculation}", "confidence": self.confidence}


def twelve_decimals(value: float | None) -> Any:
    """A whole number without a decimal point; other numbers rounded to twelve decimals."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, DIGITS)


def missing_reason(baseline: Baseline, *names: str) -> str:
    """The reason why the first missing fact is missing."""
    for name in names:
        fact = baseline.facts.get(name)
        if fact is None or fact.value is None:
            why = f"{fact.missing}; {fact.remedy}" if fact else "it was not read"
            return f"{name.replace('_', ' ')}: {why}"
    return "it cannot be derived from the facts"


def ratio(
    baseline: Baseline, path: str, over: tuple[str, str], under: tuple[str, str], confidence: Confidence = "A"
) -> DerivedValue:
    """One fact divided by another, each given with its description."""
    (upper, upper_words), (lower, lower_words) = over, under
    a, b = baseline.number(upper), baseline.number(lower)
    if a is None or not b:
        return DerivedValue(
            path, None, missing_reason(baseline, upper, lower) if a is None or b is None else f"there are no {lower_words}"
        )
    return DerivedValue(path, a / b, f"{a:,.0f} {upper_words} / {b:,.0f} {lower_words}", confidence)
