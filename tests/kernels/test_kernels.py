"""Kernels: forked or not, a notebook gives the same; and no report sees another."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from importlib import import_module

import nbformat
import pytest

from imis_plan.kernels import execute, forkserver, function_call, preload, resources
from tests.kernels.processes import linux
from tests.report.places import REAL, ROOT, write_notebook

pytestmark = pytest.mark.slow

# A notebook of somebody's own: tables, figures, warnings, streams, random numbers, threads, a class of its own.
CELLS = (
    "import os, sys, threading, warnings\nimport numpy as np\nimport pandas as pd\nimport matplotlib\nimport matplotlib.pyplot as plt",
    'frame = pd.DataFrame({"a": [1, 2.5], "b": ["x", "y"]})\nframe',
    'print("out"); frame.describe()',
    'print("err", file=sys.stderr)',
    'fig, ax = plt.subplots()\nax.plot(np.random.default_rng(1).random(9))\nax.set_title("A figure")\nplt.show()',
    "plt.bar([1, 2], [3, 4]);",
    "np.random.seed(7)\nnp.random.rand(3)",
    'class Own:\n    def _repr_html_(self):\n        return "<b>own</b>"\n    def __repr__(self):\n        return "own"\nOwn()',
    'from IPython.display import Markdown, display\ndisplay(Markdown("**text**"))\n_ = display(1, 2)',
    "threading.active_count() > 0, sys.argv[1:2], matplotlib.get_backend(), __name__, os.getcwd() == sys.path[0] or sys.path[0]",
    "%precision 3\n3.14159",
    "warnings.simplefilter('default')\nwarnings.warn('careful', stacklevel=1)",
    "!echo from a shell",
    "scenario, language",
)

# Says whether tables of facts were read in advance, and how many more another scenario has to read.
PRELOADED = """
from imis_plan import load
from imis_plan.facts import tables
from imis_plan.kernels import preload
preload.preload_parameters("parameters")
read = tables.facts.cache_info().misses
load("zambia", parameters="parameters")
print(read > 0, tables.facts.cache_info().misses - read)
"""

# Runs the command and then says which libraries the first report was the first to import.
LATE = """
import sys
from imis_plan.cli.main import main
from imis_plan.batch import task

def libraries():
    return {name.partition(".")[0] for name in sys.modules}

def prepared(prepare=task.warm_up):
    prepare()
    before.update(libraries())

before = set()
task.warm_up = prepared
if code := main(sys.argv[1:]):
    sys.exit(code)
print(*sorted(libraries() - before) if before else ["never prepared"], file=sys.stderr)
"""


@pytest.fixture(scope="module", autouse=True)
def _one_fork_server():
    """All tests here use the same."""
    with resources.acquired():
        yield


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """It, as a file."""
    return write_notebook(tmp_path_factory.mktemp("own") / "own.ipynb", *CELLS)


def digest(node):
    """Hash of all that the cells show; the number of a kernel's process is no part of it."""
    shown = [cell["outputs"] for cell in node["cells"] if cell["cell_type"] == "code"]
    text = re.sub(r"[^ \"]*ipykernel_\d+|pid=\d+", "ipykernel", json.dumps(shown, sort_keys=True))
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def plain(notebook):
    """What the program papermill makes of it."""
    out = notebook.with_name("plain.ipynb")
    command = [sys.executable, "-m", "papermill", notebook, out, "-p", "scenario", "nepal", "-p", "language", "en"]
    subprocess.run(command, check=True, capture_output=True, cwd=notebook.parent)
    return digest(nbformat.read(out, as_version=4))


@pytest.mark.parametrize("start_method", ["fork", "standard"])
def test_a_notebook_of_ones_own_gives_what_papermill_gives(start_method, notebook, plain):
    """Every output of every cell, figures to the last byte."""
    try:
        node = execute.execute(notebook, {"scenario": "nepal", "language": "en"}, start_method=start_method)
    finally:
        execute.close_event_loop()
    assert digest(node) == plain


def test_papermill_finds_our_engine_by_its_name(notebook, plain):
    """`papermill --engine imis-plan` runs a notebook in the same way."""
    out = notebook.with_name("engine.ipynb")
    command = [sys.executable, "-m", "papermill", "--engine", "imis-plan", notebook, out, "-p", "scenario", "nepal"]
    subprocess.run(command, check=True, capture_output=True, cwd=notebook.parent)
    assert digest(nbformat.read(out, as_version=4)) == plain


@pytest.fixture(scope="module")
def folder(notebook):
    """That of the notebook."""
    return notebook.parent


def run(path, *sources, start_method="fork"):
    """What the cells of a notebook print."""
    try:
        node = execute.execute(write_notebook(path, *sources), {"scenario": "x", "language": "en"}, start_method=start_method)
    finally:
        execute.close_event_loop()
    return "".join(output.get("text", "") for cell in node.cells for output in cell.get("outputs", ()))


LEAKS = """\
import builtins, os, sys, warnings
import matplotlib, numpy as np, pandas as pd
import imis_plan.i18n.translate as i18n
seen = (hasattr(builtins, "leak"), "LEAK" in os.environ, pd.get_option("display.precision"), matplotlib.rcParams["font.size"],
        hasattr(i18n, "leak"), "leak" in sys.modules, np.geterr()["divide"], os.getcwd())
builtins.leak = i18n.leak = True
os.environ["LEAK"] = "1"
pd.set_option("display.precision", 1)
matplotlib.rcParams["font.size"] = 40
sys.modules["leak"] = sys
np.seterr(divide="raise")
os.chdir("/")
print(seen)"""


@linux
def test_no_report_sees_what_another_did(folder):
    """Modules, settings, environment and folder are as in a new process, whatever the kernel before did to them."""
    first, second = (run(folder / "leaks.ipynb", LEAKS) for _ in range(2))
    assert first == second
    assert first.startswith("(False, False, 6, 10.0, False, False, 'warn'")


@linux
def test_kernels_do_without_a_debugger_and_notebooks_need_not(folder):
    """Jupyter would import it for each kernel, which takes longer than all else that a kernel begins with."""
    look = "import ipykernel.debugger, debugpy\nprint(ipykernel.debugger._is_debugpy_available, debugpy.__name__)"
    assert run(folder / "debug.ipynb", look) == "False debugpy\n"


@linux
def test_how_the_fork_server_spares_time_stays_with_it(folder):
    """Its allocator's settings and its pause of the garbage collector would change what a notebook's own processes and objects do."""
    look = "import gc, os\nprint(gc.isenabled(), [name for name in os.environ if name.startswith('MALLOC_')])"
    assert run(folder / "spared.ipynb", look) == "True []\n"


@linux
def test_the_first_report_finds_all_imported(tmp_path):
    """What it would wait for is done while the fork server imports, when the command has nothing else to do."""
    notebook = write_notebook(tmp_path / "small.ipynb", "print(scenario)")
    command = ("report", "borsa", "--no-workbook", "--notebook", str(notebook), "--out", str(tmp_path / "reports"))
    done = subprocess.run([sys.executable, "-c", LATE, *command], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr.splitlines()[-1] == ""


THREADS = """\
import threading
from imis_plan.kernels import linux
late = 0
for _ in range(200):
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    done.set()
    thread.join()
    late += not linux.has_one_thread(5)
thread = threading.Thread(target=done.clear() or done.wait)
thread.start()
print(late, linux.has_one_thread(0.1))
done.set()
"""


@linux
def test_a_thread_that_was_joined_does_not_end_the_fork_server():
    """The system still counts it for a moment; one that runs on is found."""
    done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "0 False\n"


def test_what_all_scenarios_share_is_read_once_for_all_kernels():
    """Facts and prices are read with a scenario; the next one, of another country, reads its own file only."""
    done = subprocess.run([sys.executable, "-c", PRELOADED], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "True 0\n"


@pytest.mark.parametrize("content", [None, "about: [", "based_on: nothing\n"])
def test_a_folder_that_cannot_be_read_stops_no_fork_server(content, tmp_path):
    """The report that needs it says what is wrong."""
    folder = tmp_path / "parameters"
    if content:
        shutil.copytree(REAL, folder)
        (folder / "aa.yaml").write_text(content, encoding="utf-8")
    preload.preload_parameters(str(folder))


@pytest.mark.parametrize("name", preload.MODULES)
def test_what_is_imported_ahead_is_there(name):
    """The fork server passes over what it cannot import, so that nobody would notice."""
    assert import_module(name).__name__ == name


@linux
def test_random_numbers_are_not_those_of_another_report(folder):
    """NumPy's old global generator, its new one, and Python's own: forks start with the state of their parent."""
    draw = "import random, numpy as np\nprint(random.random(), np.random.rand(), np.random.default_rng().random())"
    one, other = (run(folder / "random.ipynb", draw).split() for _ in range(2))
    assert [a == b for a, b in zip(one, other, strict=True)] == [False] * 3


@linux
def test_a_kernel_listens_on_sockets_that_nobody_else_can_open(folder):
    """No port of the network; the folder of the sockets is for its owner alone."""
    look = """\
import os, pathlib, stat
from ipykernel.kernelapp import IPKernelApp
app = IPKernelApp.instance()
print(app.transport, oct(stat.S_IMODE(pathlib.Path(app.connection_file).parent.parent.stat().st_mode)))"""
    assert run(folder / "channels.ipynb", look) == "ipc 0o700\n"


@linux
def test_matplotlib_reads_its_settings_where_the_notebook_is(tmp_path):
    """The fork server has read those of another folder."""
    (tmp_path / "matplotlibrc").write_text("font.size: 21.5\n", encoding="utf-8")
    look = "import matplotlib\nprint(matplotlib.rcParams['font.size'], matplotlib.get_backend())"
    forked, standard = (
        run(tmp_path / "settings.ipynb", look, start_method=start_method) for start_method in ("fork", "standard")
    )
    assert forked == standard
    assert forked.startswith("21.5 ")


@linux
def test_a_kernel_looks_like_a_process_of_its_own(folder):
    """Libraries go by the name of the main process; a kernel may start others, in any way."""
    look = """\
import multiprocessing, os
def pid(): return os.getpid()
with multiprocessing.get_context("fork").Pool(1) as pool:
    print(multiprocessing.current_process().name, pool.apply(os.getpid) != os.getpid())"""
    assert run(folder / "process.ipynb", look) == "MainProcess True\n"


def test_no_kernel_gets_the_environment_of_a_new_fork_server():
    """Another thread may start one at the moment at which a kernel is prepared."""
    found = []
    with forkserver._lock, forkserver.server_environment("x"):
        thread = threading.Thread(target=lambda: found.append(forkserver.environment()))
        thread.start()
        thread.join(0.2)
        assert not found
    thread.join()
    assert forkserver.OWNER not in found[0]


@linux
def test_a_process_of_a_running_server_leaves_our_environment_as_it_is(monkeypatch):
    """A program that another thread starts at that moment failed with "Bad address", about once in a hundred batches."""
    forkserver.ensure_running()
    with monkeypatch.context() as patched:
        patched.setattr(forkserver, "server_environment", lambda *_given: pytest.fail("the environment is changed"))
        process = forkserver.start(time.sleep, 0)
    assert process is not None
    assert process.wait(30) == 0


@linux
def test_a_fork_server_that_is_killed_is_started_anew(folder):
    """The next kernel finds another one."""
    parents = "import psutil\nprint(psutil.Process().parents()[1].pid)"
    first = run(folder / "x.ipynb", parents)
    os.kill(int(first), signal.SIGKILL)
    assert run(folder / "x.ipynb", parents) not in (first, "")


@linux
@pytest.mark.parametrize(("name", "value"), [("AVAILABLE", False), ("PRELOAD", "tests.kernels.broken_preload")])
def test_without_a_fork_server_kernels_start_as_everywhere_else(name, value, folder, monkeypatch):
    """On systems other than Linux, and where it cannot import what it needs; functions are then called here."""
    resources.release()
    try:
        monkeypatch.setattr(forkserver, name, value)
        look = "import psutil\nprint(psutil.Process().ppid())"
        assert run(folder / "x.ipynb", look) == f"{os.getpid()}\n"
        assert function_call.call("os:getpgid", 0, timeout=60) == os.getpgid(0)
    finally:
        resources.acquire()


def test_the_resources_stay_as_long_as_somebody_uses_them():
    """Two batches may run in one process; one that ends at once leaves the kernels of the other alone."""
    with resources.process_resources() as (folder, _):
        with resources.acquired():
            pass
        assert folder.is_dir()
        shared = folder.parent
    assert not folder.exists()
    assert shared.is_dir()
