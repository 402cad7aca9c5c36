"""What is filed about each budget line of the model, from `budget_lines.yaml` beside this module: class, payments, taxes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from imis_plan.scenario.yaml_file import read

FILE = Path(__file__).with_name("budget_lines.yaml")
# First digits of the codes: expense is current expenditure, nonfinancial assets are capital expenditure.
EXPENSE, ASSETS = "2", "31"
# Kind of tax of what has none, and the key of what all other lines of a component have.
UNTAXED, OTHER_LINES = "none", "other"
# Kinds of tax of a line: value added tax on services, import duty before it on equipment and cards.
TAX_KINDS = (UNTAXED, "services", "equipment", "cards")
# Categories of procurement.
GOODS, WORKS, CONSULTING, NON_CONSULTING = "goods", "works", "consulting", "non_consulting"
CATEGORIES = (GOODS, WORKS, CONSULTING, NON_CONSULTING)
# Payment profiles of `imis_plan.model.payment_profiles`, which comes after this room; a test compares them.
PAYMENTS = (
    "monthly",
    "quarterly_advance",
    "yearly_advance",
    "before_rollout",
    "at_start",
    "with_enrolment",
    "with_insured",
    "last_quarter",
)


@dataclass(frozen=True)
class EconomicClass:
    """A class of the Government Finance Statistics Manual 2014: its code, its title as published, where it was read."""

    code: str
    title: str
    source: str


@dataclass(frozen=True)
class LineAttributes:
    """What is filed about a budget line. code : of its economic class. payment : profile of its payments within a year.

    package : the procurement package that it is bought in, "" for none.
    """

    code: str
    payment: str
    package: str = ""


@dataclass(frozen=True)
class Package:
    """A procurement package: its title and its category, one of CATEGORIES."""

    title: str
    category: str


@dataclass(frozen=True)
class LineCatalogue:
    """Everything in `budget_lines.yaml`.

    classes : economic classes by code. lines : component -> line -> its attributes; contracted : the same lines of a role whose
    posts are contracted. contingency : component -> kind of cost -> code. packages : procurement packages by key.
    taxes : component -> line or OTHER_LINES -> its kind of tax.
    """

    classes: Mapping[str, EconomicClass]
    lines: Mapping[str, Mapping[str, LineAttributes]]
    contracted: Mapping[str, LineAttributes]
    contingency: Mapping[str, Mapping[str, str]]
    packages: Mapping[str, Package]
    taxes: Mapping[str, Mapping[str, str]]

    def tax_kind(self, component: str, line: str) -> str:
        """Kind of tax of a budget line of the model."""
        return self.taxes[component].get(line) or self.taxes[component][OTHER_LINES]


@cache
def line_catalogue() -> LineCatalogue:
    """The catalogue of the package."""
    data = read(FILE).data
    return LineCatalogue(
        MappingProxyType({code: EconomicClass(code, **entry) for code, entry in data["classes"].items()}),
        MappingProxyType({component: attributes(lines) for component, lines in data["lines"].items()}),
        attributes(data["contracted"]),
        MappingProxyType(data["contingency"]),
        MappingProxyType({key: Package(**entry) for key, entry in data["packages"].items()}),
        MappingProxyType(data["taxes"]),
    )


def attributes(lines: Mapping[str, Mapping[str, str]]) -> Mapping[str, LineAttributes]:
    """The attributes of some lines by name."""
    return MappingProxyType({line: LineAttributes(**entry) for line, entry in lines.items()})


def is_capital(code: str) -> bool:
    """Whether an economic code is capital expenditure."""
    return code.startswith(ASSETS)
