"""What a simulation of a plan depends on, as a hash: plans with the same one have the same simulation."""

from hashlib import sha256
from operator import attrgetter
from typing import Any

from imis_plan.model.memoize import memoize
from imis_plan.scenario.plan import Plan

simulated_fields = attrgetter(
    "path", "value", "low", "high", "unit", "kind", "currency", "price_year", "growth", "tag", "distribution", "value_is",
    "integer", "decision", "open", "years",
)  # fmt: skip


@memoize
def content_hash(plan: Plan) -> bytes:
    """Hash of all that a simulation of a plan depends on."""
    parameters = [parameter_content(each) for path, each in plan.parameters.items() if not path.startswith("contingency.")]
    return sha256(repr((plan.about.currency, parameters, plan.roles)).encode()).digest()


def parameter_content(parameter: Any) -> tuple[Any, ...]:
    """The fields of a parameter that its draws and its amounts depend on."""
    return (*simulated_fields(parameter), parameter.resolved is not None)
