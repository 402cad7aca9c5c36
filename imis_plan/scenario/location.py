"""A place in a file, and the faults found there and elsewhere."""

from dataclasses import dataclass, field, replace
from typing import Any

from imis_plan.scenario.problems import MISSING, Fault
from imis_plan.scenario.yaml_file import Document, Keys


@dataclass(frozen=True)
class Place:
    """Keys in a document. All places below one another add to the same list of faults."""

    document: Document
    keys: Keys = ()
    found: list[Fault] = field(default_factory=list)

    def below(self, *keys: Any) -> "Place":
        """The place of keys inside of this one."""
        return replace(self, keys=(*self.keys, *keys))

    @property
    def line(self) -> int | None:
        """The line of the place, or of what is around it."""
        return self.document.line(self.keys)

    def report(self, what: str, right: str, value: Any = MISSING) -> None:
        """Add a fault: what is wrong here, and what would be right."""
        self.found.append(self.document.fault(self.keys, what, right, value))
