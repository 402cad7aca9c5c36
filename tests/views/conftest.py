"""What the tests of views share: a language, and figures that are closed."""

import matplotlib as mpl
import pytest

from imis_plan.views import i18n

mpl.use("Agg")


@pytest.fixture
def speak():
    """Speak a language for one test, whether or not there is a catalogue for it: numbers need none."""
    tokens = []
    yield lambda code: tokens.append(i18n._language.set(code))
    for token in reversed(tokens):
        i18n._language.reset(token)


@pytest.fixture(autouse=True)
def _english_and_no_figure_left(request):
    """Each test starts in English and leaves no figure open."""
    from matplotlib import pyplot as plt

    token = i18n._language.set("en")
    yield
    i18n._language.reset(token)
    plt.close("all")
