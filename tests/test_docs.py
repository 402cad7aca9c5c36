"""The pages say what the code does: formulas, tables, examples, links, commands and names in them are held against it."""

import inspect
import re
import shlex
import subprocess
import sys
from functools import partial
from importlib import import_module
from pathlib import Path

import nbformat
import pytest

from imis_plan import budget, load
from imis_plan.analysis.summary import by_grade, drivers
from imis_plan.cli.main import parsers
from imis_plan.model.budget_line import Line
from imis_plan.model.evaluate import driver_formulas
from imis_plan.model.stock import purchases
from imis_plan.page.render import report_html
from imis_plan.scenario.declarations import build_declarations
from imis_plan.scenario.folder import scenarios
from imis_plan.scenario.yaml_file import read_state
from imis_plan.sections import budget_lines, display
from tools import formulas
from tools.examples import CONSOLE, PYTHON, with_output
from tools.line_formulas import Names, call_symbol, component_modules, printing_functions, symbolic_lines
from tools.method_tables import ANY_ROLE
from tools.pictures import PICTURES, TARGET

ROOT = Path(__file__).parents[1]
METHOD = ROOT / "docs" / "method.md"
README = (ROOT / "README.md").read_text(encoding="utf-8")
ONE_AMOUNT = (ROOT / "docs" / "one_amount.md").read_text(encoding="utf-8")
# In these modules every function that states a unit is a formula of its own.
FORMULA_MODULES = ("drivers", "sizing", "staffing", "wisn", "facility_staffing", "stock", "training", "contingency")
PRINTED_BESIDES = (
    "imis_plan.model.money.annuity",
    "imis_plan.model.inflation.relative_price_level",
    "imis_plan.model.exchange_rates.exchange_rates_by_year",
    "imis_plan.model.exchange_rates.dollars_per_anchor",
    "imis_plan.model.inflation.inflation_by_year",
    "imis_plan.model.inflation.pay_rises_by_year",
    "imis_plan.model.ledger.priced_amounts",
    "imis_plan.model.funding.allocation",
    "imis_plan.analysis.annual_cost.annual_charges",
    "imis_plan.analysis.annual_cost.annualised",
    "imis_plan.analysis.annual_cost.running_cost",
    "imis_plan.analysis.summary.discounted",
)


def tracked(pattern):
    """Files that are or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", pattern]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted(ROOT / name for name in set(names) if name and (ROOT / name).is_file())


PAGES = tracked("*.md")


def without_code(page):
    """Prose of a page: fenced blocks and code in backticks taken out."""
    return re.sub(r"`[^`\n]+`", "", re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL))


def marked():
    """Names of all formulas that the method page prints."""
    return formulas.marker_names(METHOD.read_text(encoding="utf-8"), "formula")


def formulas_of(module):
    """Dotted names of the functions of a model module whose docstring states a unit."""
    name = f"imis_plan.model.{module}"
    functions = inspect.getmembers(import_module(name), inspect.isfunction)
    return {
        f"{name}.{key}"
        for key, function in functions
        if function.__module__ == name and re.search(r"\[[^]]+\]$", (inspect.getdoc(function) or "").split("\n")[0])
    }


def all_drivers():
    """The functions behind all drivers."""
    return [f.func if isinstance(f, partial) else f for f in driver_formulas((ANY_ROLE,)).values()]


@pytest.mark.parametrize("name", formulas.PAGES)
def test_pages_are_in_step_with_the_code(name):
    """`make docs` has nothing left to do."""
    page = (METHOD.parent / name).read_text(encoding="utf-8")

    assert formulas.fill_page(page) == page


def test_every_driver_is_printed():
    """A driver without a block in the method page is missing there; one written as a lambda states itself in the table of drivers."""
    wanted = {f"{f.__module__}.{f.__name__}" for f in all_drivers() if f.__name__ != "<lambda>"}

    assert sorted(wanted - set(marked())) == []


@pytest.mark.parametrize("module", FORMULA_MODULES)
def test_every_formula_with_a_unit_is_printed(module):
    """What a module computes is explained on the method page."""
    assert sorted(formulas_of(module) - set(marked())) == []


@pytest.mark.parametrize("name", PRINTED_BESIDES)
def test_formulas_of_money_are_printed(name):
    """So are these, whose modules hold other things too."""
    assert name in marked()


def test_nothing_is_printed_twice():
    """A formula has one place."""
    assert sorted(name for name in set(marked()) if marked().count(name) > 1) == []


def test_a_marker_without_a_function_is_an_error():
    """A formula that is gone does not stay on the page."""
    with pytest.raises(formulas.UnknownMarker, match=r"imis_plan\.model\.drivers\.gone: no such function"):
        formulas.fill_page("<!-- formula: imis_plan.model.drivers.gone -->\n<!-- end -->")


def test_a_marker_without_a_table_is_an_error():
    """The same for tables."""
    with pytest.raises(formulas.UnknownMarker, match="weather: no such table; there are"):
        formulas.fill_page("<!-- table: weather -->\n<!-- end -->")


def test_a_formula_reads_like_one():
    """Parameters stand under their names, and `return` says what is returned."""
    text = formulas.formula("imis_plan.model.drivers.insured")

    assert text == (
        "`insured` – People with an active policy at the end of the year. **\\[person\\]**\n"
        "```text\n"
        "insured = population * coverage.target * rollout\n"
        "```\n"
    )


def test_names_that_are_put_together_are_written_out():
    """`v[of + "loss"]` with `of` from the item shows the whole path."""
    text = formulas.formula("imis_plan.model.components.office_it.pieces_to_buy")

    assert "office_it.<item>.loss" in text
    assert "v[" not in text


@pytest.mark.parametrize("component", [*symbolic_lines((ANY_ROLE,))])
def test_every_line_is_in_its_table(component):
    """Component, key, price and quantity of each budget line are on the page."""
    page = METHOD.read_text(encoding="utf-8")
    section = page.partition(f"<!-- table: lines {component} -->")[2].partition("<!-- end -->")[0]
    missing = [
        line.line
        for line in symbolic_lines((ANY_ROLE,))[component]
        if f"| `{line.line}` | {line.kind} |" not in section or f"`{line.price}` | `{line.quantity}`" not in section
    ]

    assert missing == []


def test_brackets_stand_where_they_are_needed():
    """Formulas in words keep the order of operations."""
    v = Names()

    assert str(2 * (v["a"] + v["b"]) - (v["c"] - v["d"]) / (v["e"] * 4)) == "2 x (a + b) - (c - d) / (e x 4)"
    assert str(sum([v["a"], v["b"]]) * (1 - v["c"])) == "(a + b) x (1 - c)"
    assert str(call_symbol("ceil", v["a"] / 2)) == "ceil(a / 2)"


def test_printing_lines_leaves_the_model_as_it_was():
    """Array functions are by name only while the tables are made."""
    with printing_functions():
        inside = [module.purchases for module in component_modules() if hasattr(module, "purchases")]
    after = [module.purchases for module in component_modules() if hasattr(module, "purchases")]

    assert purchases not in inside
    assert after == [purchases] * len(after) != []


def test_every_component_module_makes_lines():
    """`LINES` of each module holds functions that give a budget line."""
    with printing_functions():
        made = [
            function(Names()) for module in component_modules() if module.__name__[-5:] != "staff" for function in module.LINES
        ]

    assert {type(line) for line in made} == {Line}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """Every relative link is a file that is there, and a place in it."""
    targets = re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text(encoding="utf-8")))
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    broken = [target for target in local if not leads_somewhere(page, target)]

    assert broken == []


def leads_somewhere(page, target):
    """Whether a relative link of a page is a file, and its part after # a heading in it."""
    name, _, place = target.partition("#")
    file = page.parent / name if name else page
    return file.exists() and (not place or place in anchors(file))


def anchors(file):
    """Headings of a page as links write them."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_a_link_to_nowhere_is_found():
    """The check of links sees what it is there for."""
    page = ROOT / "README.md"

    assert leads_somewhere(page, "docs/method.md#money")
    assert not leads_somewhere(page, "docs/methods.md")
    assert not leads_somewhere(page, "docs/method.md#weather")


def commands(program):
    """Lines of code, in blocks or in backticks, that call a program, over all pages."""
    found = re.findall(rf"(?:^(?:\$ )?|`){program}(?: ([^`\n#]*))?", "\n".join(map(Path.read_text, PAGES)), re.MULTILINE)
    return sorted({arguments.strip().rstrip(":") for arguments in found})


@pytest.mark.parametrize("arguments", [line for line in commands("imis-plan") if line and "--help" not in line])
def test_commands_are_understood(arguments):
    """Every `imis-plan ...` of the pages is taken by the real command line."""
    options = parsers()[0].parse_args(shlex.split(arguments))

    assert options.command == arguments.split()[0]


def test_make_targets_exist():
    """Every `make ...` of the pages is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    used = {line.split()[0] for line in commands("make") if line}

    assert {"reports", "test", "docs"} <= used
    assert used <= targets


def tree():
    """Paths in the tree of the README."""
    block = next(block for block in re.findall(r"```text\n(.*?)```", README, re.DOTALL) if block.startswith("parameters/"))
    above: dict[int, str] = {}
    for line in block.splitlines():
        depth = len(line) - len(line.lstrip())
        name = line.split()[0]
        parent = above[max((d for d in above if d < depth), default=-1)] if depth else ""
        above = {d: n for d, n in above.items() if d < depth} | {depth: parent + name}
        yield parent + name


@pytest.mark.parametrize("path", [*tree()])
def test_the_tree_of_the_readme_is_real(path):
    """Every name in it is there, and folders are folders."""
    assert (ROOT / path).exists()
    assert (ROOT / path).is_dir() == path.endswith("/")


def test_examples_of_the_readme_print_what_it_says():
    """Python and command line, run anew."""
    assert len(PYTHON.findall(README)) + len(CONSOLE.findall(README)) == 3
    assert with_output(README) == README


@pytest.mark.parametrize("name", scenarios())
def test_what_the_pages_say_about_assumptions_is_true(name):
    """With the quantities all of each budget rests on an assumption; by its prices alone, two thirds at most."""
    grades = by_grade(budget(load(name)))

    assert grades.loc["assumed", "price"] < 2 / 3
    assert grades.loc["assumed", "weakest"] == pytest.approx(1)


def test_the_pictures_are_small_and_there():
    """A page that loads on a slow line, with every picture that `make pictures` makes."""
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)

    assert {ROOT / picture for picture in shown} == {TARGET / f"{name}.png" for name in ("brief", *(p.name for p in PICTURES))}
    assert [picture for picture in shown if not 10_000 < (ROOT / picture).stat().st_size < 200_000] == []


@pytest.mark.parametrize("module", re.findall(r"`([\w/]+\.py)`", ONE_AMOUNT))
def test_the_modules_that_an_amount_passes_exist(module):
    """A reader who follows an amount from module to module finds each of them."""
    assert (ROOT / "imis_plan" / module).is_file()


ONE_AMOUNT_MODULES = re.findall(r"^\| (\d+) \| `([\w/]+)\.py`", ONE_AMOUNT, re.MULTILINE)
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
           "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")  # fmt: skip


def test_the_modules_that_an_amount_passes_are_counted():
    """The sentence below the table has the numbers of the table."""
    count, passing_on = len(ONE_AMOUNT_MODULES), ONE_AMOUNT.count("(passes on)")
    changing = NUMBERS[count - passing_on].capitalize()

    assert [int(number) for number, _ in ONE_AMOUNT_MODULES] == list(range(1, count + 1))
    assert f"{changing} of the {NUMBERS[count]} modules change the amount or its form; {NUMBERS[passing_on]} pass" in ONE_AMOUNT


def test_the_amount_passes_these_modules(monkeypatch):
    """Each module of the table runs between the file and the page; a module that no longer takes part leaves the table."""
    outputs, called = [], set()

    def record(frame, *_):
        if frame.f_code.co_name != "<module>":  # an import takes no part
            called.add(frame.f_globals.get("__name__"))

    show = "IPython.display.display"
    monkeypatch.setattr(show, lambda data, **_: outputs.append(nbformat.v4.new_output("display_data", data)))
    read_state.cache_clear()
    build_declarations.cache_clear()
    profile = sys.getprofile()
    sys.setprofile(record)
    try:
        plan = load("nepal")
        ledger = budget(plan)
        display.table(**budget_lines.tables.lines_by_year(plan, ledger, "printing"))
        display.table(**budget_lines.tables.calculations(plan, ledger, "printing"))
        cell = nbformat.v4.new_code_cell("budget", execution_count=1, outputs=outputs)
        page = report_html(nbformat.v4.new_notebook(cells=[cell]))
    finally:
        sys.setprofile(profile)

    assert "14,321,446" in page
    assert [name for _, name in ONE_AMOUNT_MODULES if f"imis_plan.{name.replace('/', '.')}" not in called] == []


def test_the_amount_that_is_followed_is_the_one_of_the_ledger():
    """Claims, pages and money of the page are those of Nepal's first year."""
    plan = load("nepal")
    row = budget(plan).query("line == 'claim_forms'").iloc[0]
    paper_claims = drivers(plan).loc["paper_claims"].iloc[0]

    assert f"{paper_claims:,.0f}" in ONE_AMOUNT
    assert f"{row['quantity']:,.0f} pages" in ONE_AMOUNT
    assert f"{plan.about.currency} {row['amount']:,.2f}" in ONE_AMOUNT


def test_the_changelog_names_this_version():
    """A release that is not in the changelog is not one."""
    version = import_module("imis_plan").__version__

    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
