"""An analyst's own sentences: figures by name, nothing run as code, typed figures noticed."""

import re

import pytest

from imis_plan import budget, load
from imis_plan.i18n import translate
from imis_plan.problems import BadInput
from imis_plan.sections import cost, narrative
from imis_plan.sections.narrative import FIGURES, TypedFigure, distinct, fill, printed, template_of


@pytest.fixture(scope="module")
def nepal():
    """A plan and its ledger."""
    plan = load("nepal")
    return plan, budget(plan)


def test_names_become_figures_of_the_plan(nepal):
    """The total of the ledger in the words of the report, and braces where they are doubled."""
    plan, ledger = nepal
    total = printed(plan, ledger)["total"]
    assert fill("  {total} for {country}, {{total}}  ", plan, ledger, language="en") == f"{total} for Nepal, {{total}}"
    assert re.fullmatch(r"NPR\s[\d.]+\s(million|billion)", total)


def test_another_scenario_gets_its_own_figures(nepal):
    """A text is written once."""
    chad = load("zambia")
    words = [fill("{total}", plan, ledger, language="en") for plan, ledger in (nepal, (chad, budget(chad)))]
    assert [text[:3] for text in words] == ["NPR", "ZMW"]


def test_every_name_has_a_meaning_and_a_figure(nepal):
    """What `figures` lists is what `fill` takes."""
    table = narrative.figures(*nepal)
    assert list(table.index) == list(FIGURES)
    assert (table != "").all(axis=None)
    filled = fill(" | ".join(f"{{{name}}}" for name in FIGURES), *nepal, language="en")
    assert len(filled.split(" | ")) == len(FIGURES)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{totl}", "own: {totl}: no such figure, did you mean total?"),
        ("{plan.about}", "own: {plan.about}: no such figure"),
        ("{__import__('os')}", "no such figure"),
        ("{}", "own: {}: no such figure"),
        ("100 % }", "own: }: a brace without its partner, write {{ or }} for a brace in the text"),
    ],
)
def test_other_names_are_refused_and_never_run(nepal, text, words):
    """A closed list, and nothing evaluated."""
    with pytest.raises(BadInput) as refused:
        fill(text, *nepal, language="en", name="own")
    assert words in str(refused.value)


def test_all_faults_of_a_text_are_named_at_once(nepal):
    """The language and each wrong name."""
    with pytest.raises(BadInput) as refused:
        fill("{a} {b} {total}", *nepal, language="fr", name="own")
    assert [problem.path for problem in refused.value.problems] == ["language", "{a}", "{b}"]
    assert "the text is in fr, the report in en" in str(refused.value)


def test_a_typed_figure_that_has_a_name_is_a_warning(nepal):
    """It would stay when the plan changes. A year, a bare percentage and another number are no such figure."""
    shown = printed(*nepal)
    with pytest.warns(TypedFigure) as warned:
        fill(f"It costs {shown['recurrent']} a year.", *nepal, language="en", name="gap")
    assert (
        str(warned[0].message) == f"gap: {shown['recurrent']} is typed, and would stay when the plan changes; write {{recurrent}}"
    )


def test_a_text_with_names_and_common_numbers_gives_no_warning(nepal, recwarn):
    """Years, percentages and amounts that no name prints."""
    fill("{total} from 2027 to 2031, 3% of it in 12 offices, NPR 1.23 million", *nepal, language="en")
    assert not [each for each in recwarn if issubclass(each.category, TypedFigure)]


@pytest.mark.parametrize(("name", "language"), [("nepal", "en"), ("cameroon", "fr")])
def test_a_template_gives_the_text_back(name, language):
    """With its amounts as names, in each language."""
    plan = load(name)
    ledger = budget(plan)
    with translate.using_language(language):
        for words in (cost.text.headline(plan, ledger), cost.text.by_year(plan, ledger)):
            template = template_of(words, plan, ledger)
            assert fill(template, plan, ledger, language=language) == words.strip()
            assert not any(value in template for _key, value in distinct(printed(plan, ledger)))
        assert "{total}" in template_of(cost.text.headline(plan, ledger), plan, ledger)
