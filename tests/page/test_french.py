"""A report in French is French to its last word: two real ones, looked at piece by piece."""

import json
import re
from html.parser import HTMLParser

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt
from matplotlib.text import Text

from imis_plan.analysis.options import alternatives
from imis_plan.i18n import translate
from imis_plan.model.simulation import planned_simulation
from imis_plan.page.index import index_html, manifests
from imis_plan.sections import cost, evidence, funding, options, people, risk
from tests.model.plans import ledger_of, plan_of
from tools.messages import messages

mpl.use("Agg")
NAMES = ("cameroon", "borsa")  # of the reports that all tests share
VOID = frozenset({"meta", "img", "br", "hr", "link", "input", "col", "wbr"})
UNSEEN = frozenset({"style", "script", "code"})
# Words that English sentences cannot do without and that are no French words.
ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "which",
        "with",
        "for",
        "from",
        "that",
        "is",
        "are",
        "be",
        "by",
        "not",
        "this",
        "each",
        "they",
        "them",
        "their",
        "has",
        "have",
        "was",
        "were",
        "does",
        "than",
        "where",
        "when",
        "what",
        "how",
        "who",
        "into",
        "over",
        "yet",
        "nobody",
        "assumed",
        "predicted",
        "without",
        "between",
        "below",
        "above",
    ]
)
# Addresses, paths of parameters, names of files and checksums are the same in every language.
NAMED = re.compile(r"https?://\S+|\b[0-9a-f]{64}\b|`[^`]*`|[a-z_0-9<>]+(?:\.[a-z_0-9<>]+)+|\w+_\w+")
PLACES = re.compile(r"\{[^{}]*\}")
LEAST_WORDS = 3
# An ordinary space at which a line would break before its sign, and a wide one before %, where the narrow one is due.
LOOSE_SIGN = re.compile("\\S [;:!?%»]|\\d\u00a0?%")


class Seen(HTMLParser):
    """What a French reader of a page sees or has read aloud; words marked as of another language are left out."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.texts = []
        self._open: list[tuple[str, str | None]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep what is read aloud: alternative texts, labels and titles."""
        given = dict(attrs)
        self.texts += [given[name] for name in ("alt", "aria-label", "title") if given.get(name)]
        if tag not in VOID:
            self._open.append((tag, given.get("lang")))

    def handle_endtag(self, tag):
        """Leave an element."""
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data):
        """Keep text that is shown and French."""
        languages = [language for _, language in self._open if language]
        if data.strip() and not UNSEEN & {tag for tag, _ in self._open} and languages[-1:] in ([], ["fr"]):
            self.texts.append(data)


def english_words(texts):
    """Texts with a word that only English has."""
    words = {text: re.findall(r"[A-Za-z']+", NAMED.sub(" ", text)) for text in texts}
    return {text.strip()[:120] for text, found in words.items() if any(word.lower() in ENGLISH for word in found)}


@pytest.fixture(scope="module")
def sentences():
    """Pieces of English messages, of three words and more, that their French translation does not have."""
    with translate.using_language("fr"):
        pairs = [
            (piece, translate._(text))
            for message in messages()
            for text in ([message.text] if isinstance(message.text, str) else message.text)
            for piece in map(str.strip, PLACES.split(text))
        ]
    return sorted({piece for piece, french in pairs if len(piece.split()) >= LEAST_WORDS and piece not in french})


@pytest.fixture(scope="module", params=NAMES)
def report(request, reports):
    """The folder of each report."""
    return reports / request.param


@pytest.mark.slow
def test_a_scenario_of_a_french_speaking_country_speaks_french_by_itself(report):
    """Nobody has to ask for it."""
    page = (report / "report.html").read_text(encoding="utf-8")
    assert '<html lang="fr">' in page
    assert json.loads((report / "manifest.json").read_text(encoding="utf-8"))["language"] == "fr"


@pytest.mark.slow
def test_no_english_is_left_in_the_page(report, sentences):
    """Neither a sentence that a catalogue has, nor a word that only English has; titles of publications are marked."""
    seen = Seen((report / "report.html").read_text(encoding="utf-8")).texts
    whole = " ".join(" ".join(seen).split())

    assert len(seen) > 5000
    assert [sentence for sentence in sentences if sentence in whole] == []
    assert english_words(seen) == set()


@pytest.mark.slow
def test_no_sign_of_the_page_is_loose(report):
    """Before ; : ! ? % stands a space at which no line breaks, in composed texts, numbers and French titles, too."""
    seen = Seen((report / "report.html").read_text(encoding="utf-8")).texts
    assert [text for text in seen if LOOSE_SIGN.search(text)] == []


@pytest.mark.slow
def test_titles_of_publications_are_marked_as_english(report):
    """A screen reader reads them as such."""
    page = (report / "report.html").read_text(encoding="utf-8")
    assert '<span lang="en">World Bank, Population, total (World Bank), as packaged in datasets/population</span>' in page


@pytest.mark.slow
def test_the_notebook_beside_the_report_is_french(report):
    """Its text is that of the report; its code is the notebook's own."""
    cells = json.loads((report / "report.ipynb").read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")

    assert "Qui paie" in text
    assert "Who pays" not in text


@pytest.mark.slow
def test_the_ledger_beside_the_report_has_the_keys_of_every_language(report):
    """What machines read is the same everywhere; what people read in it, the working, is French."""
    head, *rows = (report / "ledger.csv").read_text(encoding="utf-8-sig").splitlines()
    assert all(f'"{name}"' in head for name in ("component", "line", "amount", "working"))
    assert any("prestations" in row for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_no_english_is_left_in_the_figures(name, sentences):
    """Labels, legends and axes are drawn in French, and so are captions and alternative texts."""
    with translate.using_language("fr"):
        plan, ledger = plan_of(name), ledger_of(name)
        result = planned_simulation(plan)
        made = [
            people.figures.rollout(plan), cost.figures.components(plan, ledger), cost.figures.largest_lines(plan, ledger), cost.figures.by_year(plan, ledger),
            funding.figures.funding_by_year(plan, ledger), options.figures.options(alternatives(plan)), people.figures.posts_by_year(plan), evidence.figures.grades(ledger),
            risk.figures.s_curve(plan, ledger, result), risk.figures.tornado(plan, result), evidence.figures.benchmarks(plan, ledger),
        ]  # fmt: skip
        drawn = [text.get_text() for fig, *_ in made for text in fig.findobj(Text)]
    plt.close("all")
    texts = [
        *(" ".join(text.split()) for text in drawn),
        *(text for each in made for text in (each.caption, each.alt, *map(str, each.data.columns))),
    ]

    assert [sentence for sentence in sentences if any(sentence in text for text in texts)] == []
    assert english_words(texts) == set()
    assert [text for text in texts if re.search(r"/(person|household|user|facility|year)\b", text)] == []  # in units


@pytest.mark.slow
def test_the_index_is_in_the_language_of_its_readers(reports, sentences):
    """The page over French reports has no English words of ours."""
    with translate.using_language("fr"):
        french = [entry for entry in manifests(reports) if entry["language"] == "fr"]
        seen = Seen(index_html(french)).texts
    assert [entry["folder"] for entry in french] == sorted(NAMES)
    assert english_words(seen) == set()
    assert [sentence for sentence in sentences if sentence in " ".join(seen)] == []
