"""papermill's entry point: `papermill --engine imis-plan IN OUT` runs a notebook as `imis-plan report` does.

papermill imports this while it is being imported itself, so nothing here may import the rest of papermill first.
"""

from typing import Any

from papermill.engines import NBClientEngine


class ReportEngine(NBClientEngine):  # type: ignore[misc] # papermill ships no types
    """papermill's engine with a kernel that is forked from a warm process, where the system can fork."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, *, running: Any = None, **_: Any) -> Any:
        """As papermill's; `running` is where, with what and for how long, and gets the notebook."""
        from imis_plan.report import kernels

        return kernels.run(nb_man, kernel_name, running or kernels.Running())
