"""What every test starts from."""

import signal

import pytest

from imis_plan.views import i18n


def pytest_configure():
    """Hear Ctrl-C, as the commands do that tests start: what runs in the background of a script is told to ignore it, and hands that on."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _english():
    """A command that ran in this process may have left its language behind."""
    i18n.use(i18n.SOURCE)
