"""The same reports and browser as the tests of batches have."""

from tests.report.conftest import _no_settings_from_outside, chromium, reports  # noqa: F401  # fixtures are found by their names
