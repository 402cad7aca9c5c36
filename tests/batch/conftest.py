"""The same fixtures as for kernels."""

from tests.kernels.conftest import _no_settings_from_outside, short_folder

__all__ = ["_no_settings_from_outside", "short_folder"]
