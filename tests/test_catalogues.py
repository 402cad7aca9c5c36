"""The catalogues: every message is there, translated, with the same places and numbers, in the typography of its language."""

import ast
import csv
import io
import re
from collections import Counter

import pytest
from babel.messages.mofile import write_mo

from imis_plan.i18n.translate import CATALOGUES, DOMAIN
from tools.catalogues import catalogue_file, is_translated, read_catalogue, template
from tools.messages import KEYWORDS, ROOT, messages
from tools.problem_messages import PLACES, REPORT, is_text, problem_messages

LANGUAGES = sorted(file.parts[-3] for file in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
# Languages that are complete, and must stay so; another may be on its way.
COMPLETE = ["fr"]
PLACE = re.compile(r"\{[^{}]*\}")
# Functions and methods that are given what is wrong and what would be right.
REPORTING = {*PLACES, REPORT}
# A word in the forms of a language: {posts:poste|postes}.
FORMS = re.compile(r"\{([\w.]+):[^{}]*\}")
# Numbers as a language groups them. Figures inside a name (DHIS2, TGS C.1) are numbers, too, and stay.
NUMBERS = {
    "en": (re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"), str.maketrans("", "", ",")),
    "fr": (re.compile("\\d{1,3}(?:\u202f\\d{3})+(?:,\\d+)?|\\d+(?:[.,]\\d+)?"), str.maketrans(",", ".", "\u202f")),
}


@pytest.fixture(scope="module")
def found():
    """The catalogue that the project asks for today."""
    return template(messages())


def entries(language):
    """The messages of a language's catalogue, without its header."""
    return [entry for entry in read_catalogue(catalogue_file(language), language) if entry.id]


def forms(entry):
    """Pairs of English and translation: one, or one for each plural form."""
    ids = [entry.id] if isinstance(entry.id, str) else list(entry.id)
    given = [entry.string] if isinstance(entry.string, str) else list(entry.string)
    return [(ids[min(i, len(ids) - 1)], text) for i, text in enumerate(given)]


def keys(catalogue):
    """Context and text of every message."""
    return {(entry.context, entry.id) for entry in catalogue if entry.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_the_messages_of_today(language, found):
    """None is missing and none is stale; `make messages` brings it in step."""
    there = keys(read_catalogue(catalogue_file(language), language))

    assert there == keys(found)


@pytest.mark.parametrize("language", COMPLETE)
def test_every_message_is_translated(language):
    """And none is only a guess (fuzzy), which gettext leaves out."""
    lacking = [entry.id for entry in entries(language) if entry.fuzzy or not is_translated(entry)]

    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_text(language):
    """What the package reads is what translators see."""
    file = catalogue_file(language)
    made = io.BytesIO()
    write_mo(made, read_catalogue(file, language))

    assert file.with_suffix(".mo").read_bytes() == made.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_message(language):
    """A {place} that is lost, added or misspelt would show as such, or stop the report."""
    pairs = [pair for entry in entries(language) for pair in forms(entry) if pair[1]]
    odd = [text for english, text in pairs if Counter(PLACE.findall(english)) != Counter(PLACE.findall(FORMS.sub("", text)))]

    assert odd == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_forms_stand_in_calculations_and_fit_a_number_of_them(language):
    """Only calculations of the model fill in {posts:post|posts}, and each has the number, too."""
    for entry in entries(language):
        text = entry.string if isinstance(entry.string, str) else "".join(entry.string)
        found = set(FORMS.findall(text))
        assert found <= {place[1:-1] for place in PLACE.findall(str(entry.id))}, entry.id
        assert not found or all(file.startswith("imis_plan/model/") for file, _line in entry.locations), entry.id


def numbers(text, language):
    """The numbers in a text, however they are grouped."""
    pattern, signs = NUMBERS[language]
    return Counter(number.translate(signs) for number in pattern.findall(PLACE.sub("", text)))


def test_a_translation_has_the_numbers_of_its_message():
    """A source says the same figure in French as in English."""
    pairs = [pair for entry in entries("fr") for pair in forms(entry)]
    odd = [text for english, text in pairs if numbers(english, "en") != numbers(text, "fr")]

    assert odd == []


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("'", "an apostrophe is ’"),
        (r"\.\.\.", "three dots are one sign"),
        ('[“”"]', "quotation marks are « »"),
        ("[^\\s\u00a0\u202f] ?»|« ?[^\\s\u00a0\u202f]", "a space that does not break stands inside « »"),
        ("[^\u202f][;!?](?!\\w)", "a narrow space that does not break stands before ; ! ?"),
        ("[^\u00a0]:(?=\\s|$)", "a space that does not break stands before a colon"),
        ("\\d ?%", "a narrow space that does not break stands before %"),
        ("\\d \\d{3}(?!\\d)", "thousands are grouped with a narrow space"),
        (" {2}", "one space is enough"),
    ],
)
def test_french_is_set_as_french_is(pattern, why):
    """Spaces, apostrophes and quotation marks of French; code between backticks is left alone."""
    texts = [re.sub("`[^`]*`", "x", PLACE.sub("x", text)) for entry in entries("fr") for _, text in forms(entry)]
    odd = [text for text in texts if re.search(pattern, text)]

    assert odd == [], why


def hidden(tree):
    """Messages inside the braces of an f-string."""
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    calls = [node for text in texts for node in ast.walk(text) if isinstance(node, ast.Call)]
    return [ast.unparse(call) for call in calls if ast.unparse(call.func) in KEYWORDS and isinstance(call.args[0], ast.Constant)]


def test_no_message_hides_inside_another_text():
    """Extraction does not look between the braces of an f-string on every Python."""
    files = sorted((ROOT / "imis_plan").rglob("*.py"))
    found = {file.name: hidden(ast.parse(file.read_text(encoding="utf-8"))) for file in files}

    assert {name: calls for name, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('location.report(message, "give it", value)', ["give it"]),
        ('location.below(key).report("twice", right, "value")', ["twice"]),
        ('self.report(line_of(node), keys, "a list", "give a word")', ["a list", "give a word"]),
        ('Problem(file, 1, "path", "one" if one else "many", other or "remove it")', ["one", "many", "remove it"]),
    ],
)
def test_constant_texts_of_problems_are_messages(code, texts):
    """Without a mark, wherever message or remedy stand, and whichever a condition chooses."""
    assert [text for _line, text in problem_messages(ast.parse(code))] == texts


def plain_constants(tree):
    """Names of a module -> its constant texts that no mark shows to extraction, alone or in a tuple."""
    assigned = [(node.targets[0], node.value) for node in tree.body if isinstance(node, ast.Assign)]
    given = {target.id: value for target, value in assigned if isinstance(target, ast.Name)}
    parts = {name: value.elts if isinstance(value, ast.Tuple) else [value] for name, value in given.items()}
    return {
        name: [part.value for part in found if isinstance(part, ast.Constant) and is_text(part)] for name, found in parts.items()
    }


def given_by_name(tree):
    """Names of the constants that calls of `Problem` and its like are given."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in REPORTING]
    arguments = [part.value if isinstance(part, ast.Starred) else part for call in calls for part in call.args]
    return {part.id for part in arguments if isinstance(part, ast.Name)}


def test_a_problem_is_given_no_unmarked_text_by_name(found):
    """Extraction looks at the calls, where a constant has but its name."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "imis_plan").rglob("*.py"))]
    constants = {name: texts for tree in trees for name, texts in plain_constants(tree).items() if name.isupper()}
    texts = {text for tree in trees for name in given_by_name(tree) for text in constants.get(name, []) if " " in text}

    assert sorted(text for text in texts if (None, text) not in keys(found)) == []


def test_titles_of_publications_are_no_messages(found):
    """They stay in their language; the words after a source's key are translated."""
    assert ("openIMIS wiki, Resource requirements" in found, "one national coverage" in found) == (False, True)


def test_every_unit_of_an_observed_price_is_a_message(found):
    """`imis-plan prices` lists them; parts that are no words, such as m2, are the same in every language."""
    with (ROOT / "parameters" / "observation_items.csv").open(encoding="utf-8") as file:
        parts = {part for row in csv.DictReader(file) for part in row["unit"].split("/") if re.search(r"[a-z]{2}", part)}
    assert {"leaflet", "poster", "notice"} <= parts
    assert {("unit", part) for part in parts} <= keys(found)
