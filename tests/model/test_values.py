"""Parameters and drivers by name, each with the parameters behind it."""

import pytest

from imis_plan.model.values import Values


def test_a_driver_rests_on_the_parameters_it_reads():
    """What a formula reads is its basis; nobody keeps a list."""
    v = Values({"people": 100, "share": 0.2, "price": 5})
    v.derive("insured", lambda v: v["people"] * v["share"])

    assert v["insured"] == 100 * 0.2
    assert v.basis("insured") == {"people", "share"}
    assert v.basis("price") == {"price"}


def test_a_line_rests_on_what_is_behind_its_drivers():
    """The basis goes down to the scenario file, through every driver in between."""
    v = Values({"people": 100, "share": 0.2, "cards": 2})
    v.derive("insured", lambda v: v["people"] * v["share"])
    result, basis = v.call(lambda v: v["insured"] * v["cards"])

    assert result == 100 * 0.2 * 2
    assert basis == {"people", "share", "cards"}


def test_one_formula_does_not_inherit_what_another_read():
    """Each formula answers for itself, also after one that failed."""
    v = Values({"a": 1, "b": 2})
    with pytest.raises(KeyError):
        v.call(lambda v: v["a"] + v["no such name"])
    _, basis = v.call(lambda v: v["b"])

    assert basis == {"b"}
    assert "b" in v
    assert "no such name" not in v


def test_a_variant_runs_only_the_formulas_that_read_what_differs():
    """A price that changes leaves the people as they are: the very same object, whose formula is not run again."""
    ran: list[str] = []

    def noted(name, value):
        """The value, after noting that its formula was run."""
        ran.append(name)
        return value

    def worked_out(like, **parameters):
        """Two drivers and a line, noting what is run."""
        v = Values(parameters, like)
        v.derive("insured", lambda v: noted("insured", v["people"] * v["share"]))
        v.derive("posts", lambda v: noted("posts", v["insured"] / v["load"]))
        return v, v.call(lambda v: noted("line", v["posts"] * v["pay"]), ("staff", 0))

    shared = {"people": 100, "share": 0.2}
    base, _ = worked_out(None, **shared, load=5, pay=7)
    _, (dearer, basis) = worked_out(base, **shared, load=5, pay=9)
    assert (dearer, basis) == (100 * 0.2 / 5 * 9, {"people", "share", "load", "pay"})
    _, (lighter, _) = worked_out(base, **shared, load=10, pay=7)
    assert lighter == 100 * 0.2 / 10 * 7
    assert ran == ["insured", "posts", "line", "line", "posts", "line"]
