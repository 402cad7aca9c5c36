"""Types of arguments of the command line; argparse shows the message of an ArgumentTypeError to the user."""

import argparse
from datetime import date
from pathlib import Path

from imis_plan.i18n.interface import _

FORMATS = ("html", "pdf")


def shard(text: str) -> tuple[int, int]:
    """Number of a shard, from 1, and how many there are."""
    first, _slash, count = text.partition("/")
    if not (first.isdecimal() and count.isdecimal() and 1 <= int(first) <= int(count)):
        raise argparse.ArgumentTypeError(_("{text} is not of the form I/N with I from 1 to N").format(text=text))
    return int(first), int(count)


def formats(text: str) -> tuple[str, ...]:
    """Names of formats, separated by commas."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    if unknown := [name for name in names if name not in FORMATS]:
        raise argparse.ArgumentTypeError(
            _("{name} is not one of {names}").format(name=repr(unknown[0]), names=", ".join(FORMATS))
        )
    return names


def columns(text: str) -> list[str]:
    """Heads of columns, separated by commas."""
    return [name(head).strip() for head in text.split(",")]


def percentile(text: str) -> float:
    """A percentile between 1 and 99, as a share."""
    if not text.isdecimal() or not 1 <= int(text) <= 99:  # noqa: PLR2004  # the limits are in the message
        raise argparse.ArgumentTypeError(_("{text} is not a percentile from 1 to 99").format(text=text))
    return int(text) / 100


def day(text: str) -> date:
    """A date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("{text} is not a date of the form 2026-11-30").format(text=text)) from None


def count(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("{text} is not a whole number of at least 1").format(text=text))
    return int(text)


def name(text: str) -> str:
    """A name that is not empty."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("the name is empty"))
    return text


def path(text: str) -> Path:
    """A path that is not empty; an empty one would be the folder at hand."""
    return Path(name(text))
