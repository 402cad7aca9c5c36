"""Models from plain data, with pydantic's errors turned into our sentences."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from imis_plan.problems import NO_VALUE, suggestion
from imis_plan.scenario.location import Location

Built = TypeVar("Built", bound=BaseModel)
SENTENCES = {
    "bool_type": ("neither true nor false", "give true or false, without quotes"),
    "string_type": ("not text", "put quotes around it"),
    "dict_type": ("not a mapping", "give lines of the form `name: value`"),
    "tuple_type": ("not a list", "give a list, each entry on a line with a dash"),
    "list_type": ("not a list", "give a list, each entry on a line with a dash"),
    "too_short": ("empty", "give one entry or more"),
    "string_pattern_mismatch": ("not of the expected form", "give text like {pattern}"),
}
# Its value says nothing about what is wrong with these.
WITHOUT_VALUE = ("missing", "extra_forbidden")


def build(model: type[Built], data: Any, location: Location) -> Built | None:
    """The model of a mapping, or None; what is wrong with it is reported at its place."""
    if not isinstance(data, dict):
        location.report("not a mapping", f"give {', '.join(needed(model))}", data)
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            report(model, one, location)
        return None


def needed(model: type[BaseModel]) -> list[str]:
    """The keys that a mapping needs."""
    names = [name for name, field in model.model_fields.items() if field.is_required()]
    return names or ["value", "source", "confidence"]


def report(model: type[BaseModel], error: ErrorDetails, location: Location) -> None:
    """Report an error of pydantic's in our words."""
    silent = error["type"] in WITHOUT_VALUE or isinstance(error["input"], dict | list)
    what, right = sentence(model, error)
    location.below(*error["loc"]).report(what, right, NO_VALUE if silent else error["input"])


def sentence(model: type[BaseModel], error: ErrorDetails) -> tuple[str, str]:
    """What is wrong, and what would be right."""
    kind, context, key = error["type"], error.get("ctx", {}), str(error["loc"][-1])
    if kind == "problem":
        return context["what"], context["right"]
    if kind == "extra_forbidden":
        return "unknown key", suggestion(key, model.model_fields)
    if kind == "missing":
        return "missing", model.model_fields[key].description or f"give {key}"
    if kind == "literal_error":
        return "not one of these", f"give {context['expected'].replace(chr(39), '')}"
    what, right = SENTENCES.get(kind, (error["msg"], "see the schema of the file"))
    return what, right.format(**context)
