"""A place in a file, and the problems found there and elsewhere."""

from dataclasses import dataclass, field, replace
from typing import Any

from imis_plan.scenario.problems import MISSING, Problem
from imis_plan.scenario.yaml_file import Document, Keys


@dataclass(frozen=True)
class Location:
    """Keys in a document. All places below one another add to the same list of problems."""

    document: Document
    keys: Keys = ()
    found: list[Problem] = field(default_factory=list)

    def below(self, *keys: Any) -> "Location":
        """The place of keys inside of this one."""
        return replace(self, keys=(*self.keys, *keys))

    @property
    def line(self) -> int | None:
        """The line of the place, or of what is around it."""
        return self.document.line(self.keys)

    def report(self, what: str, right: str, value: Any = MISSING) -> None:
        """Add a problem: what is wrong here, and what would be right."""
        self.found.append(self.document.problem(self.keys, what, right, value))
