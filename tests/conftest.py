"""What every test starts from."""

import pytest

from imis_plan.views import i18n


@pytest.fixture(autouse=True)
def _english():
    """A command that ran in this process may have left its language behind."""
    i18n.use(i18n.SOURCE)
