"""Where the system runs: hosting, its risks and the size of the server."""

from imis_plan.sections.hosting import text
from imis_plan.sections.public_names import only

__all__ = ["text"]
__dir__ = only(__all__)
