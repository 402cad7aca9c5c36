"""papermill's entry point: `papermill --engine imis-plan IN OUT` uses the same kind of kernel as `imis-plan report`.

Run in this way, a notebook has no timeout and uses the current folder; its output is not normalized or checked cell by cell.

papermill imports this while it is being imported itself, so nothing here may import the rest of papermill first.
"""

from typing import Any

from papermill.engines import NBClientEngine


class ReportEngine(NBClientEngine):  # type: ignore[misc] # papermill ships no types
    """papermill's engine with a kernel of the fork server, where the system can fork."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, *, execution: Any = None, **_: Any) -> Any:
        """Run the notebook. `execution` is an `execute.Execution`: run options, which also receive the executed notebook."""
        from imis_plan.kernels import execute

        return execute.run(nb_man, kernel_name, execution or execute.Execution())
