"""Build pydantic models from plain data; errors of pydantic become problems with our messages."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from imis_plan.problems import NO_VALUE, suggestion
from imis_plan.scenario.location import Location
from imis_plan.sentence import Sentence, one_of, sentence

Built = TypeVar("Built", bound=BaseModel)
MESSAGES = {
    "bool_type": (sentence("neither true nor false"), sentence("give true or false, without quotes")),
    "string_type": (sentence("not text"), sentence("put quotes around it")),
    "dict_type": (sentence("not a mapping"), sentence("give lines of the form `name: value`")),
    "tuple_type": (sentence("not a list"), sentence("give a list, each entry on a line with a dash")),
    "list_type": (sentence("not a list"), sentence("give a list, each entry on a line with a dash")),
    "too_short": (sentence("empty"), sentence("give one entry or more")),
}
# Errors whose value is not shown, because it does not explain them.
WITHOUT_VALUE = ("missing", "extra_forbidden")


def build(model: type[Built], data: Any, location: Location) -> Built | None:
    """The model of a mapping, or None; problems are reported at its location."""
    if not isinstance(data, dict):
        location.report("not a mapping", sentence("give {names}", names=", ".join(required_keys(model))), data)
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
    omit_value = error["type"] in WITHOUT_VALUE or error["input"] is None or isinstance(error["input"], dict | list)
    message, remedy = message_and_remedy(model, error)
    location.below(*error["loc"]).report(message, remedy, NO_VALUE if omit_value else error["input"])


def key_remedy(model: type[BaseModel], key: str) -> str:
    """What to give for a key, from the description of its field."""
    words = key_words(model, key)
    if not words:
        return sentence("give {key}", key=key)
    if words.startswith("give "):
        return words
    return sentence("give {key}: {description}", key=key, description=Sentence.of(words, {}))


def key_words(model: type[BaseModel], key: str) -> str:
    """The description of a field as a part of a sentence; empty without one."""
    description = model.model_fields[key].description or ""
    if description.startswith("give "):
        return description
    return f"{description[:1].lower()}{description[1:].removesuffix('.')}"


def message_and_remedy(model: type[BaseModel], error: ErrorDetails) -> tuple[str, str]:
    """Message and remedy for an error of pydantic."""
    kind, context, key = error["type"], error.get("ctx", {}), str(error["loc"][-1])
    if kind == "problem":
        return context["message"], context["remedy"]
    if kind == "extra_forbidden":
        return sentence("unknown key"), suggestion(key, [field.alias or name for name, field in model.model_fields.items()])
    if kind == "missing":
        return sentence("missing"), key_remedy(model, key)
    if kind == "literal_error":
        expected = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return sentence("not an allowed value"), sentence("give {names}", names=one_of(expected))
    return MESSAGES.get(kind, (error["msg"], sentence("see the JSON Schema of the file")))
