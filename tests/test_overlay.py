"""A scenario that is like another one: only what differs stands in its file."""

import pytest

from imis_plan.scenario.faults import BadInput
from imis_plan.scenario.plan import load

from .small import KNOWN, folder

LIKE = """\
like: toy
about: {title: Another plan}
coverage:
  target: {value: 0.6, low: 0.2, high: 0.8, source: "assumption: more", confidence: assumed}
roles:
  clerk:
    pay: {value: 400, low: 100, high: 500, unit: USD/person/month, price_year: 2025, source: "assumption: more", confidence: assumed}
"""


def read(at, text, **more):
    """The scenario `other` in a folder with `toy`."""
    return load("other", parameters=folder(at, other=text, **more), known=KNOWN)


def test_what_differs_is_laid_over_the_other_scenario(tmp_path):
    """Own values and words, everything else as there: options and funding too."""
    plan = read(tmp_path, LIKE)
    toy = load("toy", parameters=plan.folder, known=KNOWN)

    assert (plan.name, plan.about.title, plan.about.country) == ("other", "Another plan", "Toyland")
    assert (plan["coverage.target"], plan["roles.clerk.pay"], plan["population.total"]) == (0.6, 400, 1_000_000)
    assert plan.leaves["coverage.target"].file == "parameters/other.yaml"
    assert plan.funding == toy.funding
    assert load("other", option="own_room", parameters=plan.folder, known=KNOWN)["coverage.target"] == 0.4


def test_options_are_added_and_funding_is_replaced(tmp_path):
    """An option of its own beside those of the other; rules of its own in place of the other's."""
    more = "options: {late: {title: Late, description: late, changes: {coverage.target: 0.3}}}\nfunding: [{funder: State, components: all, share: 1, years: all}]\n"
    plan = read(tmp_path, LIKE + more)

    assert list(plan.options) == ["own_room", "late"]
    assert [rule.funder for rule in plan.funding] == ["State"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("like: nobody\n", 'parameters/other.yaml:1: like = "nobody": no scenario that stands by itself'),
        ("like: other\n", 'like = "other": no scenario that stands by itself'),
        ("like: [toy]\n", "no scenario that stands by itself"),
        ("like: toy\ncoverage: {targt: {value: 1}}\n", "coverage.targt: unknown key, did you mean target?"),
        ("like: toy\ncoverage: {target: {value: 5, source: census2021, confidence: A}}\n", "coverage.target = 5: above 1"),
        ("like: toy\nabout: {currency: EUR}\n", 'about.currency = "EUR": another currency than the scenario it is like'),
        ("like: toy\nabout: 3\n", "about = 3: not a mapping"),
        (
            "like: toy\nroles: {clerk: {title: Scribe}}\n",
            "title of role clerk: a scenario that is like another changes numbers only",
        ),
        ("like: toy\nroles: {cook: {pay: {value: 1}}}\n", "no such parameter"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(tmp_path, text, fault):
    """As for any other scenario."""
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text)

    assert fault in str(caught.value)


def test_a_scenario_like_one_that_is_itself_like_another_is_refused(tmp_path):
    """One step, so that a reader finds every value in two files at most."""
    with pytest.raises(BadInput, match="no scenario that stands by itself"):
        read(tmp_path, "like: third\n", third="like: toy\n")
