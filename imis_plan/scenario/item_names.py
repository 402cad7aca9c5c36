"""Names that reports print, in a file of actuals: `Training` for the component `capacity`, FY 2027/28 for the year 2027."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from imis_plan.problems import closest_match, suggestion
from imis_plan.sentence import joined, sentence

Shown = Mapping[str, str]  # key -> the name that a report prints


@dataclass(frozen=True)
class ItemNames:
    """Names of reports, in all languages and spelled as `folded` does, with the keys that they stand for.

    components : name -> component. lines : component -> name -> line. years : name -> the year in which it begins.
    shown_components : component -> its name. shown_lines : component -> line -> its name.
    """

    components: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)
    shown_components: Shown = field(default_factory=dict)
    shown_lines: Mapping[str, Shown] = field(default_factory=dict)

    def with_keys(self, row: Any) -> Any:
        """A row of a file with keys where it has names of reports; what is neither, and what is no row, stays as it is."""
        if not isinstance(row, dict):
            return row
        component = key_of(row.get("component"), self.components)
        found = {
            "component": component,
            "line": key_of(row.get("line"), self.lines.get(str(component), {})),
            "year": key_of(row.get("year"), self.years),
        }
        return {key: found.get(key, value) for key, value in row.items()}


NO_NAMES = ItemNames()


def folded(name: str) -> str:
    """A name in small letters, with single blanks and plain apostrophes, so that spellings of one name are equal."""
    return " ".join(unicodedata.normalize("NFC", name).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold().split())


def key_of(name: Any, keys: Mapping[str, Any]) -> Any:
    """The key that a name of a report stands for; anything else stays."""
    return keys.get(folded(name), name) if isinstance(name, str) else name


def unambiguous(keys: Iterable[Any], named: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Name -> key. A name that two keys have is left out, since money would be booked on one of them by chance; keys go first."""
    found: dict[str, set[Any]] = {}
    for name, key in named:
        found.setdefault(folded(name), set()).add(key)
    clear = {name: next(iter(several)) for name, several in found.items() if len(several) == 1}
    return clear | {folded(key): key for key in keys if isinstance(key, str)}


def named_suggestion(name: str, known: Collection[str], keys: Mapping[str, str], shown: Shown) -> str:
    """What to write instead of an unknown name: the key most similar to it by key or by name, else all; each with its name.

    keys : names -> keys, of which those in `known` are proposed. shown : key -> what reports call it.
    """
    if not set(known) <= shown.keys():
        return suggestion(name, known)
    names = {each: key for each, key in keys.items() if key in known} | {key: key for key in known}
    if match := closest_match(folded(name), names):
        return sentence("did you mean {name} ({title})?", name=names[match], title=sentence(shown[names[match]]))
    every = [sentence("{key} ({title})", key=key, title=sentence(shown[key])) for key in sorted(known)]
    return sentence("choose from {names}", names=joined(every))
