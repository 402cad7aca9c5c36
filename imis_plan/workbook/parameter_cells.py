"""Where the cells of a parameter are in the workbook, and how its values and its description are written into cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imis_plan.i18n.translate import _
from imis_plan.scenario.facility_types import HEAD as TYPES
from imis_plan.scenario.parameter import Parameter
from imis_plan.workbook.layout import OPTIONS_TOP
from imis_plan.workbook.starting_point import STRUCTURE, StartingPoint
from imis_plan.workbook.term import Term


@dataclass(frozen=True)
class Block:
    """Rows of a parameter with several numbers, in the inputs by year.

    top : first row. labels : headings of the columns, which are budget years, calendar years or places in a list.
    without_override : numbers without the user's own ones; in_effect : with them.
    growth : change per year after the first, of a path given as one number; None of any other.
    """

    top: int
    labels: tuple[int, ...]
    without_override: tuple[Term | float, ...]
    in_effect: tuple[Term, ...]
    growth: Term | float | None


@dataclass(frozen=True)
class ParameterCells:
    """Where a parameter is in the workbook: its row in the inputs, its formula in effect, and its block of numbers, if any."""

    parameter: Parameter
    name: str
    row: int
    in_effect: Term | None
    user_value: Any
    block: Block | None

    @property
    def scalar(self) -> bool:
        """Whether it has one value, or a first one that others follow from."""
        return self.in_effect is not None


def cell_value(value: Any) -> Any:
    """A value as a cell shows it: yes and no for a switch."""
    return (_("yes") if value else _("no")) if isinstance(value, bool) else value


def description_text(parameter: Parameter) -> str:
    """Description of a parameter as plain text, without the marks of Markdown."""
    return _(parameter.description).replace("`", "")


def has_several_values(parameter: Parameter) -> bool:
    """Whether a parameter is given as several numbers."""
    return isinstance(parameter.value, (tuple, Mapping))


def editable(parameter: Parameter) -> bool:
    """Whether a cell may change it: parameters that decide the structure of the workbook are no inputs."""
    return parameter.path not in STRUCTURE


def parameter_numbers(parameter: Parameter, labels: tuple[int, ...]) -> list[float]:
    """The numbers of a parameter, one for each column of its block."""
    if isinstance(parameter.value, Mapping):
        return [float(parameter.value[label]) for label in labels]
    if isinstance(parameter.value, tuple):
        return [float(value) for value in parameter.value[: len(labels)]]
    return [float(parameter.value) * (1 + (parameter.growth or 0.0)) ** t for t in range(len(labels))]


def option_rows(start: StartingPoint) -> dict[tuple[str, str], int]:
    """Option and parameter -> row of the sheet of options."""
    changes = [(name, path) for name, parameters in start.variants.items() for path in parameters]
    return {key: OPTIONS_TOP + len(start.base.options) + 5 + i for i, key in enumerate(changes)}


def group_of(path: str) -> str:
    """Group under which a parameter is listed: the first part of its path; with its name that of a role, line or type."""
    parts = path.split(".")
    named = 3 if path.startswith(TYPES) else 2 if parts[0] in ("roles", "lines") else 1
    return ".".join(parts[:named])
