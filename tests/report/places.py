"""Folders to make reports from: the real defaults, scenarios made from a real one, and a notebook of a few cells."""

import json
from html.parser import HTMLParser
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]
REAL = ROOT / "parameters"
# A national scheme with all components, one in a French-speaking country, a mutuelle without funders, a register without claims.
NAMES = ("nepal", "cameroon", "borsa", "zanzibar")
SHARED = ("defaults", "units", "sources", "benchmarks")
# The mutuelle with the first of its options and with few draws: for tests of how reports are made, not of what is in them.
FEW_DRAWS = """\
uncertainty:
  draws: {value: 1000, low: 1000, high: 1000, source: "assumption: a test", confidence: assumed}
"""
BORSA = (REAL / "borsa.yaml").read_text(encoding="utf-8").partition("  cloud_hosting:\n")[0] + FEW_DRAWS
BAD = BORSA.replace("iso3: TCD", "iso3: Chad")
FAULT = 'parameters/bad.yaml:6: about.iso3 = "Chad": not a country code, give three capital letters such as KEN (ISO 3166)'
# The scenario in one line, computed by the kernel.
COMPUTED = """\
from imis_plan import budget, load
plan = load(scenario)
print(scenario, language, plan.option, repr(float(budget(plan)["amount"].sum())))"""

# A script that ends when a condition holds. Playwright's own `wait_for_function` evaluates text, which the policy of a page forbids.
UNTIL = "new Promise(done => {{ const look = () => ({condition}) ? done() : requestAnimationFrame(look); look(); }})"


def place(at, *cells, **scenarios):
    """A folder of parameters with these scenarios, and beside it the notebook that `imis-plan report` looks for."""
    folder = at / "parameters"
    folder.mkdir(parents=True)
    for name in SHARED:
        (folder / f"{name}.yaml").write_bytes((REAL / f"{name}.yaml").read_bytes())
    for name, text in scenarios.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    write_notebook(at / "notebooks" / "country_budget.ipynb", *cells)
    return folder


def write_notebook(path, *cells):
    """Write a notebook: the cell of the parameters, then these; a cell is its source, or source and tags."""
    given = [('scenario = "nobody"\nlanguage = "en"', ["parameters"]), *cells]
    pairs = [(cell, []) if isinstance(cell, str) else cell for cell in given]
    made = [nbformat.v4.new_code_cell(source, metadata={"tags": tags}, id=f"cell-{i}") for i, (source, tags) in enumerate(pairs)]
    spec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": spec})), encoding="utf-8")
    return path


def content(folder):
    """Every file below a folder, hidden ones too: path -> bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def old_report(out, name):
    """A report that is there already."""
    (out / name).mkdir(parents=True)
    (out / name / "report.html").write_text(f"the old report of {name}")
    (out / name / "manifest.json").write_text("{}")


def printed(report):
    """What the cells of an executed notebook printed."""
    cells = json.loads((report / "report.ipynb").read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    return "".join("".join(output["text"]) for output in outputs if output["output_type"] == "stream")


class Page(HTMLParser):
    """A page as a browser takes it apart: its elements in order, and its text; problems of nesting are kept."""

    VOID = frozenset({"meta", "img", "br", "hr", "link", "input", "col", "wbr"})

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements = []  # (tag, attributes, tags around it)
        self.texts = []  # (text, tags around it)
        self.unbalanced = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag, attrs):
        """Keep the element; what is not void stays open."""
        self.elements.append((tag, dict(attrs), tuple(self._open)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        """Close what was opened last, or note that it was something else."""
        if self._open and self._open[-1] == tag:
            self._open.pop()
        elif tag not in self.VOID:
            self.unbalanced.append(f"/{tag}")

    def handle_data(self, data):
        """Keep text with the elements around it."""
        self.texts.append((data, tuple(self._open)))

    def all(self, *tags):
        """Attributes of every element with one of these tags."""
        return [attributes for tag, attributes, _ in self.elements if tag in tags]

    def text(self, inside=None):
        """The text that a reader sees, of the whole page or of all elements of a tag."""
        wanted = (
            text for text, around in self.texts if not {"style", "script"} & {*around} and (inside is None or inside in around)
        )
        return " ".join("".join(wanted).split())
