"""Plan against actuals: exact differences, factors that would have been right, and a projection that is only the ledger times them."""

import csv
import dataclasses
import io
from pathlib import Path

import pytest

from imis_plan.analysis.variance import actuals_of, base_cost, by_year, factors, next_year, projection, spent_in_lcu, variance
from imis_plan.cli.main import main
from imis_plan.i18n.sentences import problem_text
from imis_plan.i18n.translate import using_language
from imis_plan.model.evaluate import evaluate_plan
from imis_plan.model.ledger import budget
from imis_plan.problems import BadInput
from imis_plan.scenario.actuals import Actuals
from imis_plan.scenario.component_actuals import Actual
from imis_plan.sections.variance import tables, text
from tests.model.plans import FOLDER, NAMES, ledger_of, plan_of

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "actuals_nepal.yaml"


def planned(component, year, line=None):
    """What Nepal plans for a component, or one of its lines, in a year."""
    ledger = ledger_of("nepal")
    rows = ledger[(ledger["component"] == component) & (ledger["year"] == year)]
    return round(float((rows if line is None else rows[rows["line"] == line])["amount"].sum()), 2)


def spent(*rows):
    """Actuals of (component, line, year, amount)."""
    given = [{"component": c, "year": y, "amount": x} | ({"line": line} if line else {}) for c, line, y, x in rows]
    return Actuals("actuals/nepal.yaml", tuple(Actual(**row) for row in given))


def compared(*rows):
    """Nepal's plan against actuals of (component, line, year, amount)."""
    return variance(plan_of("nepal"), ledger_of("nepal"), spent(*rows))


def as_planned(name):
    """Every component as the plan has it in its first year."""
    base = base_cost(ledger_of(name))
    sums = base[base["year"] == 2027].groupby("component")["amount"].sum().round(2)
    return Actuals("x.yaml", tuple(Actual(component=c, year=2027, amount=x) for c, x in sums.items()))


def test_a_variance_is_actual_less_plan():
    """A tenth more on staff, a million less on the server."""
    staff, server = planned("staff", 2027), planned("server", 2027)
    table = compared(("staff", None, 2027, 1.1 * staff), ("server", None, 2027, server - 1e6)).set_index("component")

    assert table.loc["staff", "difference"] == pytest.approx(0.1 * staff, abs=0.01)
    assert table.loc["staff", "share"] == pytest.approx(0.1)
    assert table.loc["server", "difference"] == -1e6
    assert table.loc["server", "plan"] == server


def test_a_line_is_compared_with_that_line_over_all_roles():
    """Pay is one line of four roles."""
    table = compared(("staff", "pay", 2028, 5.0))

    assert table.loc[0, "plan"] == planned("staff", 2028, "pay")


def test_contingency_is_not_in_the_plan_that_is_compared():
    """What is compared is base cost."""
    ledger = ledger_of("nepal")
    rows = ledger[(ledger["year"] == 2027) & (ledger["component"] != "contingency")]

    assert variance(plan_of("nepal"), ledger, as_planned("nepal"))["plan"].sum() == pytest.approx(rows["amount"].sum())


def test_dollars_are_taken_at_the_rate_of_the_plan():
    """1,000 dollars of FY 2028/29 at the rate of 2026, two and three years on with the Indian rupee; a euro at its own.

    Of the fiscal year from 16 July 2028, 169 of 365 days are in 2028 and 196 in 2029.
    """
    plan, rows = plan_of("nepal"), [("USD", 1000.0), ("EUR", 1000.0), ("LCU", 1000.0), ("NPR", 1000.0)]
    dollar = [1.6 * 94.12023 * (1.04 / 1.025) ** years for years in (2, 3)]
    euro = [plan["money.usd_per_eur"][2026] * 1.025**2 / (1.018 * 1.02)]  # prices in the euro area, 2027 and 2028
    euro += [euro[0] * 1.025 / 1.02]
    rate, euro_rate = ((one * 169 + two * 196) / 365 for one, two in (dollar, [x * y for x, y in zip(dollar, euro, strict=True)]))
    prices = evaluate_plan(plan).prices
    lcu = [spent_in_lcu(prices, Actual(component="sms", year=2028, amount=x, currency=c)) for c, x in rows]

    assert lcu == pytest.approx([1000 * rate, 1000 * euro_rate, 1000, 1000], abs=0.01)


def test_what_was_never_planned_has_no_factor():
    """Phones were bought though the plan has none: no share, no factor, and nothing is projected from it."""
    table = compared(("phones", "handsets", 2027, 900.0))
    projected = projection(ledger_of("nepal"), table)
    later = projected[(projected["line"] == "handsets") & (projected["year"] > 2027)]

    assert table["share"].isna().all()
    assert factors(table)["factor"].isna().all()
    assert set(later["basis"]) == {"plan"}


def test_factors_are_over_all_years_with_actuals():
    """Sum over sum, not the mean of quotients."""
    one, two = planned("staff", 2027), planned("staff", 2028)
    row = factors(compared(("staff", None, 2027, one), ("staff", None, 2028, 2 * two))).loc[("staff", "")]

    assert row["years"] == 2
    assert row["factor"] == pytest.approx((one + 2 * two) / (one + two))


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_that_was_kept_stays_as_it_is(name):
    """Factors of one, and a projection that is the ledger to the cent."""
    ledger = ledger_of(name)
    table = variance(plan_of(name), ledger, as_planned(name))
    projected = projection(ledger, table)

    assert (table["difference"] == 0).all()
    assert set(factors(table)["factor"].dropna()) == {1.0}
    assert round(projected["projected"].sum(), 2) == round(projected["plan"].sum(), 2) == round(ledger["amount"].sum(), 2)


def test_later_years_are_the_plan_times_the_factor():
    """Staff a tenth costlier: every later year of staff is, and nothing else is."""
    table = compared(("staff", None, 2027, 1.1 * planned("staff", 2027)))
    projected = by_year(projection(ledger_of("nepal"), table))

    for year in range(2027, 2032):
        assert projected.loc["staff", year] == pytest.approx(1.1 * planned("staff", year), abs=0.05)
        assert projected.loc["printing", year] == pytest.approx(planned("printing", year), abs=0.01)
        assert projected.loc["contingency", year] == pytest.approx(planned("contingency", year), abs=0.01)


def test_a_line_takes_its_own_factor_before_that_of_its_component():
    """Pay doubled in 2028, staff was as planned in 2027: later pay is doubled, on-costs are not."""
    table = compared(("staff", None, 2027, planned("staff", 2027)), ("staff", "pay", 2028, 2 * planned("staff", 2028, "pay")))
    projected = projection(ledger_of("nepal"), table).set_index(["component", "line", "year"])

    assert projected.loc[("staff", "pay", 2029), "projected"] == pytest.approx(2 * planned("staff", 2029, "pay"))
    assert projected.loc[("staff", "on_costs", 2029), "projected"] == pytest.approx(planned("staff", 2029, "on_costs"))
    assert projected.loc[("staff", "on_costs", 2028), "basis"] == "plan"


def test_every_amount_says_what_it_is():
    """Spent, planned, or planned times a factor; the plan's column is still the ledger."""
    ledger = ledger_of("nepal")
    projected = projection(ledger, compared(("staff", None, 2028, 1.0)))
    basis = projected.groupby(["component", "year"])["basis"].unique()

    assert list(basis["staff"].map(list)) == [["plan"], ["actual"], *[["plan x factor"]] * 3]
    assert round(projected["plan"].sum(), 2) == round(ledger["amount"].sum(), 2)


def test_next_year_is_the_first_without_actuals():
    """Its cost as planned and as projected; after the last year there is none."""
    ledger = ledger_of("nepal")
    coming = next_year(projection(ledger, compared(("staff", None, 2027, 1.1 * planned("staff", 2027)))))
    assert coming is not None
    year, old, new = coming

    assert year == 2028
    assert old == pytest.approx(ledger.loc[ledger["year"] == 2028, "amount"].sum())
    assert new - old == pytest.approx(0.1 * planned("staff", 2028), abs=0.05)
    assert next_year(projection(ledger, compared(("staff", None, 2031, 1.0)))) is None


@pytest.mark.parametrize(
    ("factor", "words"),
    [(1.0, "as planned"), (1.25, "25% more"), (0.5, "50% less")],
)
def test_the_words_follow_the_numbers(factor, words):
    """More, less, or as planned; the section brings its own heading."""
    actuals = spent(("staff", None, 2027, factor * planned("staff", 2027)))
    section = text.plan_against_actuals(plan_of("nepal"), ledger_of("nepal"), actuals)

    assert section.startswith("## Plan against actuals\n")
    assert f": {words}." in section
    assert f"IT staff {factor:.2f}" in section
    assert "This is a projection" in section


def test_the_words_say_when_no_year_is_left():
    """And what was spent without a plan."""
    section = text.plan_against_actuals(plan_of("nepal"), ledger_of("nepal"), spent(("phones", None, 2031, 5.0)))

    assert "nothing was planned for them" in section
    assert "The plan has no further years." in section


def test_without_a_file_there_is_nothing_to_say():
    """The section of the report stays away."""
    assert actuals_of(plan_of("nepal"), ledger_of("nepal")) is None


def test_the_file_beside_the_scenario_is_found(tmp_path):
    """`parameters/actuals/nepal.csv`."""
    (tmp_path / "actuals").mkdir()
    (tmp_path / "actuals" / "nepal.csv").write_text("component,year,amount\nstaff,2027,5\n", encoding="utf-8")
    plan = dataclasses.replace(plan_of("nepal"), folder=tmp_path)

    actuals = actuals_of(plan, ledger_of("nepal"))

    assert actuals is not None
    assert actuals.rows == (Actual(component="staff", year=2027, amount=5.0),)


def test_the_example_is_sound_and_says_that_it_is_invented():
    """Its note is printed with its figures."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    actuals = actuals_of(plan, ledger, EXAMPLE)

    assert actuals is not None
    assert "Illustrative: invented" in text.plan_against_actuals(plan, ledger, actuals)
    assert tables.plan_and_actuals(plan, ledger, actuals)["notes"][0].startswith("Illustrative: invented")
    assert len(tables.adjustment_factors(plan, ledger, actuals)["frame"]) == len(actuals.rows)


def test_the_projected_table_adds_up_and_is_marked():
    """Total by year, and a note that it is no budget."""
    plan, ledger = plan_of("nepal"), ledger_of("nepal")
    shown = tables.projection(plan, ledger, spent(("staff", None, 2027, planned("staff", 2027))))

    assert shown["frame"].loc["Total", "Total"] * 1e6 == pytest.approx(ledger["amount"].sum())
    assert shown["notes"].startswith("A projection, not a budget")


@pytest.mark.parametrize("more", [[], ["--projection"]])
def test_the_command_prints_for_people(more, capsys):
    """Variance and factors, or the plan with them."""
    assert main(["actuals", "nepal", str(EXAMPLE), "--parameters", str(FOLDER), *more]) == 0

    printed = capsys.readouterr().out

    assert printed.startswith("nepal: nominal NPR, examples/actuals_nepal.yaml\n")
    assert ("factor" in printed) == (not more)
    assert ("Total" in printed) == bool(more)


def test_the_command_prints_for_machines(capsys):
    """The variance, number for number."""
    assert main(["actuals", "nepal", str(EXAMPLE), "--parameters", str(FOLDER), "--format", "csv"]) == 0

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    staff = next(row for row in rows if row["component"] == "staff")

    assert float(staff["difference"]) == pytest.approx(112000000 - planned("staff", 2027), abs=0.01)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ([], "parameters/actuals/nepal.yaml: no such file, write one, or name a file: imis-plan actuals NAME FILE\n"),
        (["no.csv"], "no.csv: no such file, name a file, or write parameters/actuals/nepal.yaml\n"),
    ],
)
def test_the_command_without_a_file_says_where_one_would_be(more, message, capsys):
    """Bad input ends with 2."""
    assert main(["actuals", "nepal", *more, "--parameters", str(FOLDER)]) == 2
    assert capsys.readouterr().err == message


def test_an_option_is_compared_with_its_own_ledger():
    """Cloud machines cost other than the government's; the variance follows."""
    plan = plan_of("nepal").replace({"server.hosting": "cloud"})
    ledger = budget(plan)
    table = variance(plan, ledger, spent(("server", None, 2027, 1.0)))

    assert table.loc[0, "plan"] != planned("server", 2027)


def written(place, *rows):
    """A table of actuals: component, line, year and amount."""
    file = place / "spent.csv"
    file.write_text("\n".join(["component,line,year,amount", *rows]), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Training,,2027,1", ("capacity", None, 2027)),
        ("training,,2027/28,1", ("capacity", None, 2027)),
        ("FORMATION,,FY 2028/29,1", ("capacity", None, 2028)),
        ("capacity,,fy 2027/2028,1", ("capacity", None, 2027)),
        ("IT staff,Pay,FY 2027/28 (2084/85 BS),1", ("staff", "pay", 2027)),
        ("staff,pay,2084/85 BS,1", ("staff", "pay", 2027)),
    ],
)
def test_actuals_may_have_the_names_of_reports(row, expected, tmp_path):
    """Nepal's fiscal year 2027/28 is 2084/85 of its own calendar."""
    actuals = actuals_of(plan_of("nepal"), ledger_of("nepal"), written(tmp_path, row))
    assert actuals

    assert [(each.component, each.line, each.year) for each in actuals.rows] == [expected]


def test_a_name_and_its_key_are_the_same_row(tmp_path):
    """Otherwise money would count twice."""
    with pytest.raises(BadInput, match="capacity of 2027 is given more than once"):
        actuals_of(plan_of("nepal"), ledger_of("nepal"), written(tmp_path, "Training,,2027,1", "capacity,,FY 2027/28,1"))


def test_a_misspelt_name_is_answered_with_key_and_name(tmp_path):
    """In the language of the person who reads it; a year that the plan does not have is understood as a year."""
    rows = ("trainig,,2027,1", "staff,payy,2027,1", "staff,,FY 2020/21,1", "Contingency,,2027,1")
    with pytest.raises(BadInput) as caught:
        actuals_of(plan_of("nepal"), ledger_of("nepal"), written(tmp_path, *rows))

    found = [(problem.message, problem.remedy.partition(", the year")[0]) for problem in caught.value.problems]
    assert found == [
        ("no such component", "did you mean capacity (Training)?"),
        ("no such line in staff", "did you mean pay (Pay)?"),
        ("not a year of the plan", "give 2027 to 2031"),
        ("contingency is not spent as such", "book it under what it was spent on"),
    ]
    with pytest.raises(BadInput, match=r"choose from on_costs \(.+\), pay \(Pay\), recruitment \(.+\)$"):
        actuals_of(plan_of("nepal"), ledger_of("nepal"), written(tmp_path, "staff,xyz,2027,1"))
    with using_language("fr"):
        assert "vouliez-vous dire capacity (Formation)" in problem_text(caught.value.problems[0])
