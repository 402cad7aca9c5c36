"""The language of the command line: which variables decide it."""

import pytest

from imis_plan.i18n.interface import LOCALE_VARIABLES, environment_language
from imis_plan.problems import BadInput


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_TD.UTF-8"}, "fr"),
        ({"LANG": "fr_TD.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr"}, "fr"),
        ({"LANG": "fr_FR", "LC_ALL": "C"}, "en"),  # a script that asks for C expects English
        ({"LANG": "fr_FR", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR", "LC_ALL": ""}, "fr"),  # an empty variable is one that is not set
        ({"LANG": "zu_ZA.UTF-8"}, "en"),  # no catalogue
        ({"LANGUAGE": "zu:fr:en", "LC_ALL": "en_GB"}, "fr"),  # the first with a catalogue
        ({"LANGUAGE": "en:fr"}, "en"),  # English has none and needs none
        ({"LANG": "fr_FR@euro"}, "fr"),
        ({"LANG": "fr_FR", "IMIS_PLAN_LANGUAGE": "en"}, "en"),
        ({"LANG": "en_GB", "IMIS_PLAN_LANGUAGE": "fr"}, "fr"),
        ({"LANG": "fr_FR", "IMIS_PLAN_LANGUAGE": " "}, "fr"),
    ],
)
def test_our_own_variable_decides_else_the_locale(variables, language, monkeypatch):
    """As gettext reads it: LANGUAGE, LC_ALL, LC_MESSAGES, LANG."""
    for name in LOCALE_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert environment_language() == language


def test_a_language_that_is_asked_for_by_name_must_have_a_catalogue(monkeypatch):
    """A locale may be any; who names a language for imis-plan is told what there is."""
    monkeypatch.setenv("IMIS_PLAN_LANGUAGE", "french")
    with pytest.raises(BadInput) as caught:
        environment_language()
    assert str(caught.value) == 'IMIS_PLAN_LANGUAGE: "french": there is no catalogue for it, choose from en, fr'
