"""Voilà, as `imis-plan explore` starts it: while it imports, a fork server imports what the kernels of the app need."""

import os
import sys

from imis_plan.kernels import forkserver
from imis_plan.kernels.preload import EXPLORER

# jsonschema asks for it to check addresses with letters of all languages, which none of Jupyter's messages has; it takes longer
# to import than all the rest of jsonschema. Its absence is allowed for.
UNUSED = "rfc3987_syntax"


def main() -> None:
    """Run Voilà until it ends; the arguments are those of the command `voila`."""
    sys.modules[UNUSED] = None  # type: ignore[assignment] # an entry without a module makes the import fail
    forkserver.ensure_running(os.environ.get("IMIS_PLAN_PARAMETERS", ""), EXPLORER)
    from voila.app import main as voila

    try:
        voila()
    finally:
        forkserver.stop()


if __name__ == "__main__":
    main()
