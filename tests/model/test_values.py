"""Parameters and drivers by name, each with the parameters it depends on."""

import pytest

from imis_plan.model.values import Values


def test_a_driver_depends_on_the_parameters_it_reads():
    """What a formula reads are its dependencies."""
    v = Values({"people": 100, "share": 0.2, "price": 5})
    v.add_driver("insured", lambda v: v["people"] * v["share"])

    assert v["insured"] == 100 * 0.2
    assert v.dependencies("insured") == {"people", "share"}
    assert v.dependencies("price") == {"price"}


def test_a_line_depends_on_what_its_drivers_depend_on():
    """Down to the scenario file, through every driver in between."""
    v = Values({"people": 100, "share": 0.2, "cards": 2})
    v.add_driver("insured", lambda v: v["people"] * v["share"])
    result, dependencies = v.evaluate(lambda v: v["insured"] * v["cards"])

    assert result == 100 * 0.2 * 2
    assert dependencies == {"people", "share", "cards"}


def test_one_formula_does_not_inherit_what_another_read():
    """Each formula answers for itself, also after one that failed."""
    v = Values({"a": 1, "b": 2})
    with pytest.raises(KeyError):
        v.evaluate(lambda v: v["a"] + v["no such name"])
    _, dependencies = v.evaluate(lambda v: v["b"])

    assert dependencies == {"b"}
    assert "b" in v
    assert "no such name" not in v


def test_a_variant_runs_only_the_formulas_that_read_what_differs():
    """A price that changes leaves the people as they are: the very same object, whose formula is not run again."""
    ran: list[str] = []

    def noted(name, value):
        """The value, after noting that its formula was run."""
        ran.append(name)
        return value

    def evaluated(previous, **parameters):
        """Two drivers and a line, noting what is run."""
        v = Values(parameters, previous)
        v.add_driver("insured", lambda v: noted("insured", v["people"] * v["share"]))
        v.add_driver("posts", lambda v: noted("posts", v["insured"] / v["load"]))
        return v, v.evaluate(lambda v: noted("line", v["posts"] * v["pay"]), ("staff", 0))

    shared = {"people": 100, "share": 0.2}
    base, _ = evaluated(None, **shared, load=5, pay=7)
    _, (costlier, dependencies) = evaluated(base, **shared, load=5, pay=9)
    assert (costlier, dependencies) == (100 * 0.2 / 5 * 9, {"people", "share", "load", "pay"})
    _, (lighter, _) = evaluated(base, **shared, load=10, pay=7)
    assert lighter == 100 * 0.2 / 10 * 7
    assert ran == ["insured", "posts", "line", "line", "posts", "line"]
