"""What a parameter is in the workbook: where its cells stand, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imis_plan.i18n.translate import _
from imis_plan.scenario.parameter import Parameter
from imis_plan.workbook.layout import OPTIONS_TOP
from imis_plan.workbook.starting_point import METHOD, PERCENTILE, STRUCTURE, State
from imis_plan.workbook.term import Term


@dataclass(frozen=True)
class Block:
    """A parameter with several numbers: where its rows stand, what its columns are, and what is in them.

    labels : budget years, calendar years or places. plan : what holds without the user's own numbers; effect : with them.
    growth : change a year after the first, of a path that is one number; None of another.
    """

    top: int
    labels: tuple[int, ...]
    plan: tuple[Term | float, ...]
    effect: tuple[Term, ...]
    growth: Term | float | None


@dataclass(frozen=True)
class Entry:
    """A parameter in the workbook: its row in the inputs, its formula in effect, and the block of its numbers if there is one."""

    parameter: Parameter
    name: str
    row: int
    effect: Term | None
    own: Any
    block: Block | None

    @property
    def scalar(self) -> bool:
        """Whether it has one value, or a first one that others follow from."""
        return self.effect is not None


def words(value: Any) -> Any:
    """A value as a cell shows it: yes and no for a switch."""
    return (_("yes") if value else _("no")) if isinstance(value, bool) else value


def described(parameter: Parameter) -> str:
    """What a parameter is, in words; a cell knows no marks for code."""
    return _(parameter.description).replace("`", "")


def several(parameter: Parameter) -> bool:
    """Whether a parameter is given as several numbers."""
    return isinstance(parameter.value, (tuple, Mapping))


def editable(parameter: Parameter) -> bool:
    """Whether a cell may change it: what shapes the workbook is no input."""
    return parameter.path not in STRUCTURE


def numbers(parameter: Parameter, labels: tuple[int, ...]) -> list[float]:
    """The numbers of a parameter, one for each column of its block."""
    if isinstance(parameter.value, Mapping):
        return [float(parameter.value[label]) for label in labels]
    if isinstance(parameter.value, tuple):
        return [float(value) for value in parameter.value[: len(labels)]]
    return [float(parameter.value) * (1 + (parameter.growth or 0.0)) ** t for t in range(len(labels))]


def option_rows(state: State) -> dict[tuple[str, str], int]:
    """Option and parameter -> row of the sheet of options."""
    changes = [(name, path) for name, parameters in state.variants.items() for path in parameters]
    return {key: OPTIONS_TOP + len(state.base.options) + 5 + i for i, key in enumerate(changes)}


def group_of(path: str) -> str:
    """Group under which a parameter is listed: the first part of its path, a role's with its name."""
    parts = path.split(".")
    return ".".join(parts[: 2 if parts[0] == "roles" else 1])


def method_choices(state: State) -> tuple[str, ...]:
    """Ways of contingency that can be chosen in a cell: the one by simulation only where its reserve is in the workbook."""
    parameter = state.base.parameters[METHOD]
    return tuple(choice for choice in parameter.choices if choice != PERCENTILE or state.plan[METHOD] == PERCENTILE)
