"""A location in a file, and the list of problems found."""

from dataclasses import dataclass, field, replace
from typing import Any

from imis_plan.problems import NO_VALUE, Problem
from imis_plan.scenario.yaml_file import Document, Keys, dotted


@dataclass(frozen=True)
class Location:
    """Keys in a document. All locations made by `below` share one list of problems."""

    document: Document
    keys: Keys = ()
    found: list[Problem] = field(default_factory=list)

    def below(self, *keys: Any) -> "Location":
        """The location of keys within this one."""
        return replace(self, keys=(*self.keys, *keys))

    @property
    def line(self) -> int | None:
        """The line of these keys, or of the innermost key around them."""
        return self.document.line(self.keys)

    def report(self, message: str, remedy: str, value: Any = NO_VALUE) -> None:
        """Add a problem at this location."""
        self.found.append(self.document.problem(self.keys, message, remedy, value))

    def add(self, problem: Problem) -> None:
        """Add a problem of a key below this location. A missing key, and the value, are named by the path of this location."""
        below = self.below(problem.path)
        path = self.keys if problem.path == "value" or problem.value is NO_VALUE else below.keys
        self.found.append(problem.located(self.document.name, below.line, dotted(path)))
