"""Binds the signals of all modules once every one of them is there."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings


class Last(AppConfig):
    """Comes after every module."""

    name = "openIMIS.last"
    label = "last"

    def ready(self):
        """Call `bind_service_signals` of each module that has it."""
        for module in settings.OPENIMIS_APPS:
            if find_spec(f"{module}.signals"):
                getattr(import_module(f"{module}.signals"), "bind_service_signals", lambda: None)()
