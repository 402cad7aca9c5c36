"""Where a module says how its errors are answered; asked for by `api_fhir_r4`."""

from typing import ClassVar


class ExceptionHandlerRegistry:
    """A handler per module, used by the REST framework for errors below `api/<module>/`."""

    handlers: ClassVar = {}

    @classmethod
    def register_exception_handler(cls, module, handler):
        """Remember the handler of a module."""
        cls.handlers[module] = handler


def dispatch(error, context):
    """Answer an error as the module of the address wants it answered, else as the REST framework does."""
    from rest_framework.views import exception_handler

    module = context["request"].path.strip("/").split("/")[1]
    return ExceptionHandlerRegistry.handlers.get(module, exception_handler)(error, context)
