"""The language of what readers see."""

import pytest

from imis_plan.scenario.faults import BadInput
from imis_plan.views import i18n


def test_english_needs_no_catalogue():
    """It is always there, and a sentence is itself."""
    assert i18n.languages()[0] == "en"
    i18n.use("en")
    assert (i18n.language(), i18n._("Total"), i18n._("")) == ("en", "Total", "")


@pytest.mark.parametrize("language", ["xx", "", "english"])
def test_a_language_without_a_catalogue_is_bad_input(language):
    """The fault names the option, the value, and what there is; the language stays what it was."""
    with pytest.raises(BadInput, match=r"there is no catalogue for it, .*en"):
        i18n.use(language)

    assert i18n.language() == "en"


@pytest.mark.parametrize(
    ("count", "form"),
    [
        (1, "one"),
        (0, "many"),  # no bands hold
        (2, "many"),
        (0.5, "many"),  # half a post rounds to none
    ],
)
def test_a_sentence_fits_its_count(count, form):
    """One post, two posts."""
    assert i18n.plural("one", "many", count) == form


def test_a_text_of_a_scenario_speaks_the_language_if_it_can(speak):
    """The language spoken, else English, else the first that is given."""
    both, french = {"en": "Plan", "fr": "Projet"}, {"fr": "Projet"}
    assert (i18n.said("Plan"), i18n.said(both), i18n.said(french)) == ("Plan", "Plan", "Projet")
    speak("fr")
    assert i18n.said(both) == "Projet"
    speak("pt")
    assert i18n.said(both) == "Plan"
