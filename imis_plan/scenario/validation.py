"""Build pydantic models from plain data; errors of pydantic become problems with our messages."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from imis_plan.problems import NO_VALUE, suggestion
from imis_plan.scenario.location import Location

Built = TypeVar("Built", bound=BaseModel)
MESSAGES = {
    "bool_type": ("neither true nor false", "give true or false, without quotes"),
    "string_type": ("not text", "put quotes around it"),
    "dict_type": ("not a mapping", "give lines of the form `name: value`"),
    "tuple_type": ("not a list", "give a list, each entry on a line with a dash"),
    "list_type": ("not a list", "give a list, each entry on a line with a dash"),
    "too_short": ("empty", "give one entry or more"),
}
# Errors whose value is not shown, because it does not explain them.
WITHOUT_VALUE = ("missing", "extra_forbidden")


def build(model: type[Built], data: Any, location: Location) -> Built | None:
    """The model of a mapping, or None; problems are reported at its location."""
    if not isinstance(data, dict):
        location.report("not a mapping", f"give {', '.join(required_keys(model))}", data)
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            report_error(model, detail, location)
        return None


def required_keys(model: type[BaseModel]) -> list[str]:
    """The required keys of a model."""
    names = [name for name, field in model.model_fields.items() if field.is_required()]
    return names or ["value", "source", "confidence"]


def report_error(model: type[BaseModel], error: ErrorDetails, location: Location) -> None:
    """Report an error of pydantic as a problem."""
    omit_value = error["type"] in WITHOUT_VALUE or isinstance(error["input"], dict | list)
    message, remedy = message_and_remedy(model, error)
    location.below(*error["loc"]).report(message, remedy, NO_VALUE if omit_value else error["input"])


def key_remedy(model: type[BaseModel], key: str) -> str:
    """What to give for a key, from the description of its field."""
    description = model.model_fields[key].description
    if not description:
        return f"give {key}"
    if description.startswith("give "):
        return description
    return f"give {key}: {description[0].lower()}{description[1:].removesuffix('.')}"


def message_and_remedy(model: type[BaseModel], error: ErrorDetails) -> tuple[str, str]:
    """Message and remedy for an error of pydantic."""
    kind, context, key = error["type"], error.get("ctx", {}), str(error["loc"][-1])
    if kind == "problem":
        return context["message"], context["remedy"]
    if kind == "extra_forbidden":
        return "unknown key", suggestion(key, [field.alias or name for name, field in model.model_fields.items()])
    if kind == "missing":
        return "missing", key_remedy(model, key)
    if kind == "literal_error":
        return "not an allowed value", f"give {context['expected'].replace(chr(39), '')}"
    message, remedy = MESSAGES.get(kind, (error["msg"], "see the JSON Schema of the file"))
    return message, remedy.format(**context)
