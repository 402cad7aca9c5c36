"""Expressions of lines in scenario files: what the grammar has, what it refuses, and which units fit."""

import pytest

from imis_plan.scenario.dimensions import dimension, dimension_of, dimension_text
from imis_plan.scenario.expression import BadExpression, Call, Name, Number, Operation, as_calculation, names_in, parse_expression

UNITS = {
    "offices": "office",
    "staff": "user",
    "per_office": "kit/office",
    "share": "1",
    "rate": "event/facility/year",
    "days": "person-day",
}


def refused(text):
    """Why an expression is refused, and what would be right."""
    with pytest.raises(BadExpression) as problem:
        dimension_of(parse_expression(text), UNITS)
    return str(problem.value)


def test_an_expression_is_a_tree_of_names_and_operators():
    """Multiplication binds tighter than addition."""
    assert parse_expression("offices * (1 + office_it.ups.share)") == Operation(
        "*", Name("offices"), Operation("+", Number(1), Name("office_it.ups.share"))
    )
    assert parse_expression("max(a, ceil(b))") == Call("max", (Name("a"), Call("ceil", (Name("b"),))))
    assert parse_expression("-a") == Operation("-", Number(0), Name("a"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("offices * 12", "the number 12 has no source, declare a parameter of the line for it"),
        ("offices * 1.5", "the number 1.5 has no source, declare a parameter of the line for it"),
        ("offices *", "not an expression, use names of drivers and parameters, + - * /, min, max, ceil and brackets"),
        ("offices ** share", "offices ** share is not in the grammar, use names"),
        ("__import__('os').system('x')", "__import__('os').system('x') is not in the grammar, use names"),
        ("(lambda: 1)()", "is not in the grammar"),
        ("[x for x in offices]", "[x for x in offices] is not in the grammar"),
        ("offices if share else 0", "offices if share else 0 is not in the grammar"),
        ("offices.__class__()", "is not in the grammar"),
        ("offices[0]", "offices[0] is not in the grammar"),
        ("offices[0].x", "offices[0] is not a name"),
        ("'text'", "'text' is not in the grammar"),
        ("True", "True is not in the grammar"),
        ("sum(offices, offices)", "sum(offices, offices) is not in the grammar"),
        ("min(offices)", "min of 1, give two or more in the brackets"),
        ("ceil(offices, share)", "ceil of 2, give one in the brackets"),
        ("max(*offices)", "max of 1, give two or more in the brackets"),
        ("x" * 501, "an expression of more than 500 characters, split it into two lines"),
        ("(" * 240 + "x" + ")" * 240, "not an expression"),
        ("+".join(["x"] * 240), "an expression of too many parts, split it into two lines"),
        ("offices + staff", "unlike units: office + user, give both in the same unit"),
        ("min(offices, days)", "unlike units: office min day-person, give both in the same unit"),
        ("offices - 1", "unlike units: office - 1, give both in the same unit"),
    ],
)
def test_what_is_not_in_the_grammar_is_refused_with_what_would_be_right(text, why):
    """Nothing is ever run: a call, an attribute of a value or a loop has no node in the tree."""
    assert why in refused(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("offices * per_office", "kit"),
        ("offices * per_office * (1 - share)", "kit"),
        ("offices * months", "month-office"),
        ("offices / offices", "1"),
        ("ceil(max(offices, 0))", "office"),
        ("days / offices", "day-person/office"),
        ("rate", "event/facility"),  # a year counts as nothing: every driver is a number of its year
    ],
)
def test_units_multiply_and_cancel(text, unit):
    """Written in the order of the alphabet."""
    found = dimension_of(parse_expression(text), UNITS)

    assert found is not None
    assert dimension_text(found) == unit


def test_the_order_of_a_unit_does_not_matter():
    """Person-days are day-persons, and a price per person and month is one per person-month."""
    assert dimension("person-day") == dimension("day-person")
    assert dimension("LCU/person/month") == dimension("LCU/person-month")
    assert dimension("factor") == dimension("1") == dimension("yes/no") == dimension("1/year") == frozenset()


@pytest.mark.parametrize(
    ("text", "calculation"),
    [
        ("offices * (1 + share)", "{offices} x (1 + {share})"),
        ("(offices * share) + 0", "{offices} x {share} + 0"),
        ("a - (b - c)", "{a} - ({b} - {c})"),
        ("a / (b * c)", "{a} / ({b} x {c})"),
        ("max(a, b) * months", "max({a}, {b}) x {months}"),
    ],
)
def test_a_calculation_has_the_brackets_that_it_needs(text, calculation):
    """It can be repeated by hand."""
    assert as_calculation(parse_expression(text)) == calculation
    assert [f"{{{name}}}" for name in names_in(parse_expression(text))] == [
        part for part in calculation.replace("(", " ").replace(")", " ").replace(",", " ").split() if part.startswith("{")
    ]
