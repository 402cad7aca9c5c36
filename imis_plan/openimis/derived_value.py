"""A parameter made from facts, with its working; or why the facts do not make it."""

from dataclasses import dataclass
from typing import Any

from imis_plan.openimis.baseline import Baseline
from imis_plan.scenario.parameter import Confidence

# As many as a number keeps in the sums that follow: 0.333333 x 30 would not be 10.
DIGITS = 12


@dataclass(frozen=True)
class Derived:
    """A parameter's value with the working that a reader can redo; without a value, `working` says why there is none."""

    path: str
    value: float | None
    working: str
    confidence: Confidence = "A"

    def parameter(self, source: str) -> dict[str, Any]:
        """The parameter of a parameter file."""
        return {"value": plain(self.value), "source": f"{source}: {self.working}", "confidence": self.confidence}


def plain(value: float | None) -> Any:
    """A whole number without a point; others with all digits that matter."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, DIGITS)


def reason(baseline: Baseline, *names: str) -> str:
    """Why facts are missing: the first that is."""
    for name in names:
        fact = baseline.facts.get(name)
        if fact is None or fact.value is None:
            why = f"{fact.missing}; {fact.remedy}" if fact else "it was not read"
            return f"{name.replace('_', ' ')}: {why}"
    return "the facts do not allow it"


def ratio(baseline: Baseline, path: str, over: tuple[str, str], under: tuple[str, str], confidence: Confidence = "A") -> Derived:
    """One fact over another, each with the words that name it."""
    (upper, upper_words), (lower, lower_words) = over, under
    a, b = baseline.number(upper), baseline.number(lower)
    if a is None or not b:
        return Derived(path, None, reason(baseline, upper, lower) if a is None or b is None else f"there are no {lower_words}")
    return Derived(path, a / b, f"{a:,.0f} {upper_words} / {b:,.0f} {lower_words}", confidence)
