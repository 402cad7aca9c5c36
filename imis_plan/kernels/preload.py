"""What every report, or every page of the explorer, imports and reads first, done once in the fork server."""

import gc
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from imis_plan.kernels import supervisor

# What any kernel imports when it starts.
KERNEL_MODULES = (
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "ipykernel_launcher",
    "psutil",
    "encodings.idna",
    "tornado.platform.asyncio",
    "imis_plan.kernels.provisioner",
)
# What notebooks and function calls of reports import, at the start or later. No module keeps a state that another notebook could
# see. Not matplotlib_inline: it registers hooks with the current InteractiveShell when it is imported.
MODULES = (
    *KERNEL_MODULES,
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "pandas",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
    "pandas.io.formats.string",
    "scipy.special",
    "babel.lists",
    "babel.numbers",
    "imis_plan.batch.data_files",
    "imis_plan.analysis.options",
    "imis_plan.analysis.variance",
    "imis_plan.openimis",
    "imis_plan.sections.assessment",
    "imis_plan.sections.budget_lines",
    "imis_plan.sections.comparison",
    "imis_plan.sections.cost",
    "imis_plan.sections.cash_plan",
    "imis_plan.sections.costab",
    "imis_plan.sections.economic_codes",
    "imis_plan.sections.project_support",
    "imis_plan.sections.taxes",
    "imis_plan.sections.display",
    "imis_plan.sections.evidence",
    "imis_plan.sections.figure_canvas",
    "imis_plan.sections.figure_layout",
    "imis_plan.sections.first_page",
    "imis_plan.sections.funding",
    "imis_plan.sections.hosting",
    "imis_plan.sections.options",
    "imis_plan.sections.people",
    "imis_plan.sections.procurement",
    "imis_plan.sections.risk",
    "imis_plan.sections.variance",
)


def preload(parameters_folder: str, modules: Sequence[str] = ()) -> None:
    """Import and read what every fork would import and read again; what cannot be, the forks will complain about.

    modules : to import for kernels that do not make reports, and draw nothing with matplotlib.
    """
    gc.disable()  # nearly all that imports make is kept
    without_debugger()
    for name in (*KERNEL_MODULES, *modules) if modules else MODULES:
        try:
            import_module(name)
        except Exception:  # noqa: BLE001, S112 - a notebook that needs it will say so
            continue
    preload_parameters(parameters_folder)
    preload_locales()
    if not modules:
        preload_fonts()
        supervisor.forkserver_matplotlibrc = supervisor.matplotlibrc()
        gc.collect()  # not for a page that somebody waits for
    gc.enable()
    gc.freeze()  # memory that no kernel's garbage collector touches stays shared


def without_debugger() -> None:
    """Let ipykernel do without the debugger that it would import for each kernel, and that nobody reaches in a batch.

    A notebook may still import it: only ipykernel has not found it.
    """
    sys.modules["debugpy"] = None  # type: ignore[assignment] # an entry without a module makes the import fail
    with suppress(ImportError):
        import_module("ipykernel.debugger")
    del sys.modules["debugpy"]


def preload_parameters(parameters_folder: str) -> None:
    """Read what all scenarios share, such as declarations, facts and prices, with one of them; what changes is read again."""
    from imis_plan.problems import BadInput
    from imis_plan.scenario.folder import scenarios
    from imis_plan.scenario.plan import load_unanswered

    if not parameters_folder:
        return
    with suppress(BadInput, OSError):  # a report says what is wrong
        for name in scenarios(parameters_folder)[:1]:
            load_unanswered(name, parameters=parameters_folder)


def preload_locales() -> None:
    """Read the catalogue of each language, and how it writes numbers and dates."""
    from imis_plan.i18n import formats, translate

    for language in translate.languages():
        with translate.using_language(language):
            translate.catalogue(language)
            formats.number(0.5, 1)


def preload_fonts() -> None:
    """Draw a figure for nobody, so that fonts and formats of pictures are found; no pyplot, hence no figure is left in it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from PIL import Image

    from imis_plan.sections.figure_text import TITLE, text_image

    Image.preinit()
    text_image("0", 100, **TITLE)
    figure = Figure()
    figure.subplots().set_title("0")
    FigureCanvasAgg(figure).draw()
