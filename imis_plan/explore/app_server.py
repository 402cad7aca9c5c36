"""Voilà, as `imis-plan explore` starts it: without an import that takes a third of its time to start."""

import sys

# jsonschema asks for it to check addresses with letters of all languages, which none of Jupyter's messages has, and does without
# it where it is not installed.
UNUSED = "rfc3987_syntax"


def main() -> None:
    """Run Voilà until it ends; the arguments are those of the command `voila`."""
    sys.modules[UNUSED] = None  # type: ignore[assignment] # an entry without a module makes the import fail
    from voila.app import main as voila

    voila()


if __name__ == "__main__":
    main()
