"""The parameters that papermill passes to a notebook.

papermill only warns of a name that the notebook does not know, and the report would be that of another scenario.
"""

import ast
from collections.abc import Sequence

from IPython import get_ipython

from imis_plan.problems import BadInput, Problem, suggestion

# How papermill begins the cell that it adds.
INJECTED = "# Parameters\n"


def refuse_unknown(*known: str) -> None:
    """Raise BadInput for parameters of papermill other than these.

    known : names that the cell tagged `parameters` sets.
    """
    shell = get_ipython()
    sources = shell.user_ns.get("In", ()) if shell is not None else ()
    if unknown := [name for name in injected_names(sources) if name not in known]:
        problems = [
            Problem("papermill", None, name, "no parameter of this notebook", suggestion(name, known)) for name in unknown
        ]
        raise BadInput(problems)


def injected_names(sources: Sequence[str]) -> list[str]:
    """Names that the cells added by papermill set."""
    injected = (ast.parse(source) for source in sources if source.startswith(INJECTED))
    assigned = (statement for tree in injected for statement in tree.body if isinstance(statement, ast.Assign))
    return [target.id for statement in assigned for target in statement.targets if isinstance(target, ast.Name)]
