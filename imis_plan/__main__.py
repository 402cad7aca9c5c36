"""`python -m imis_plan` is the command `imis-plan`."""

import sys

from imis_plan.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
