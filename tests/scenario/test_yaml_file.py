"""Reading YAML: plain data, lines, and what is refused."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, strategies as st

from imis_plan.i18n.sentences import localized_sentence, problem_text
from imis_plan.i18n.translate import using_language
from imis_plan.scenario.yaml_file import BIDIRECTIONAL, dotted, parse, read
from imis_plan.scenario.yaml_syntax import REASONS, syntax_problem

FILE = Path("parameters/x.yaml")


def data(text):
    """The plain data of a text that has no problems."""
    document = parse(text, FILE)
    assert document.problems == ()
    return document.data


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("7", 7), ("-3", -3), ("007", 7), ("0x1F", 31), ("0o17", 15),
        ("1e6", 1e6), ("1.5E-3", 0.0015), (".5", 0.5), ("2.", 2.0), ("+4", 4),
        ("NO", "NO"), ("yes", "yes"), ("on", "on"), ("12:30", "12:30"), ("1_000", "1_000"),
        ("2026-01-31", "2026-01-31"), ("1.2.3", "1.2.3"), ('"7"', "7"), ("'true'", "true"), ("e5", "e5"), ("-", None),
    ],
)  # fmt: skip
def test_a_scalar_is_what_yaml_1_2_says(written, meant):
    """Numbers, true, false and null are read; the special words of YAML 1.1 stay text."""
    if written == "-":
        assert data("a:\n  -\n") == {"a": [None]}
        return
    read_value = data(f"a: {written}\n")["a"]
    assert read_value == meant
    assert type(read_value) is type(meant)


def test_infinity_is_read_as_such_so_that_a_check_can_refuse_it():
    """`.inf` is a float of YAML; the checks of parameters refuse it with a sentence of their own."""
    assert data("a: -.inf\n") == {"a": float("-inf")}


def test_an_integer_of_thousands_of_digits_is_no_crash():
    """Python refuses to read such an integer; it is taken as the infinite float that it amounts to."""
    assert data(f"a: {'9' * 9000}\n") == {"a": float("inf")}


def test_every_key_and_every_list_entry_has_its_line():
    """Lines are counted from 1, a list entry has its own line."""
    document = parse("a:\n  b: 1\n\n  c:\n    - x\n    - d: 2\n", FILE)
    assert document.line(("a",)) == 1
    assert document.line(("a", "b")) == 2
    assert document.line(("a", "c", 1, "d")) == 6


def test_the_line_of_an_absent_key_is_that_of_the_innermost_key_around_it():
    """A problem about something missing points to where it should be added."""
    document = parse("a:\n  b:\n    c: 1\n", FILE)
    assert document.line(("a", "b", "x", "y")) == 2
    assert document.line(("nowhere",)) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", "parameters/x.yaml:3: a: given twice, keep one; the first is in line 1"),
        ("g:\n  a: 1\n  a: 1\n", "parameters/x.yaml:3: g.a: given twice, keep one; the first is in line 2"),
        ("a:\n\tb: 1\n", "parameters/x.yaml:2: a tab in the indentation, indent with spaces"),
        ("a: [1, 2\nb: 3\n", "parameters/x.yaml:2: not YAML: a list in brackets lacks a comma or its closing bracket ], check indentation, colons and quotes here and in the line above"),
        ("a: &x 1\nb: *x\n", "parameters/x.yaml:2: b: an alias, write the value here"),
        ("a: !!python/name:os.system x\n", "parameters/x.yaml:1: a: a value with a tag (!), remove the tag, or put quotes around the value"),
        ("a: !!int abc\n", "parameters/x.yaml:1: a: a value with a tag (!), remove the tag, or put quotes around the value"),
        ("? [a, b]\n: 1\n", "parameters/x.yaml:1: a key made of several values, give one word as the key"),
        ("- a\n- b\n", "parameters/x.yaml:1: not a mapping, give lines of the form `name: value`"),
        (b"a: caf\xe9\n", "parameters/x.yaml:1: not UTF-8 text, save the file as UTF-8"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_problem_with_its_line(text, message):
    """Broken files are described, not raised about, so that other files can be checked in the same go."""
    assert [str(problem) for problem in parse(text, FILE).problems] == [message]


QUOTE = "not YAML: the quote that opens here is not closed, close it in its line, or check the quotes within the text"


@pytest.mark.parametrize("mark", ["'", '"'])
@pytest.mark.parametrize(
    "after", ["c: 3\n", "c: {mark}y{mark}\nd: 4\n", "c: 3\nd: {mark}y{mark}\n", "c: {mark}y: z{mark}\n", "c: 3\n---\n"]
)
def test_a_quote_that_is_not_closed_is_named_where_it_opens(mark, after):
    """Whether the file ends within it, or another quote, lines later, closes it."""
    problems = parse(f"a: 1\nb: {mark}x\n" + after.replace("{mark}", mark), FILE).problems
    assert [str(problem) for problem in problems] == [f"parameters/x.yaml:2: {QUOTE}"]


def test_a_text_in_quotes_may_have_several_lines():
    """A fault elsewhere is not the fault of its quotes."""
    problems = parse('a: "x\n  y"\nb: 1\n c: 2\n', FILE).problems
    assert [problem.line for problem in problems] == [4]
    assert "quote that opens" not in problems[0].message


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: b: c\n", 1, "a second colon, or an indented key below a value"),
        ("a: 1\n  b: 2\n", 2, "a second colon, or an indented key below a value"),
        ("a: 1\nb\nc: 2\n", 2, "a key without a colon, or without a blank after it"),
        ("a:\n  - 1\n b: 2\n", 3, "an indentation that fits no key above, or text after a closing quote"),
        ("a: 'it's'\n", 1, "an indentation that fits no key above, or text after a closing quote"),
        ("a: @x\n", 1, "a text that begins with a special character (@, `, %) and has no quotes"),
        ("a: *x\n", 1, "a text that begins with * and has no quotes"),
        ("a: {b: 1\nc: 2\n", 2, "what is in braces lacks a comma or its closing brace }"),
        ("a: - b\n", 1, "a hyphen after a key; begin the list in the next line"),
        ("a: ]\n", 1, "a value is missing before a bracket, a brace or a comma"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins here, with ---"),
        ('a: "C:\\q"\n', 1, "a backslash within double quotes; write it twice"),
        ("a: x\nb: \x01\n", 2, "a control character, which cannot be seen"),
    ],
)
@pytest.mark.parametrize("loader", ["C", "Python"])
def test_what_is_no_yaml_has_a_reason_of_our_own(text, line, reason, loader, monkeypatch):
    """Both parsers of PyYAML, the one in C and the one in Python, have sentences of their own."""
    if loader == "Python":
        monkeypatch.setattr("imis_plan.scenario.yaml_file.CoreLoader", yaml.BaseLoader)
        monkeypatch.setattr("imis_plan.scenario.yaml_syntax.FastLoader", yaml.BaseLoader)
    (problem,) = parse(text, FILE).problems
    assert (problem.line, problem.message) == (line, f"not YAML: {reason}")


def test_a_reason_that_is_not_in_the_table_stays():
    """A parser may get new ones."""
    error = yaml.scanner.ScannerError(None, None, "something new", None)
    assert syntax_problem(error, "a: 1\n")[:2] == (1, "not YAML: something new")


def test_reasons_are_translated():
    """Each of the table, and that of the quote."""
    with using_language("fr"):
        assert all(localized_sentence(each) != each for each in REASONS.values())
        (problem,) = parse('a: "x\n', FILE).problems
        assert "le guillemet ouvert ici n’est pas fermé" in problem_text(problem)


def test_an_alias_bomb_does_no_harm():
    """Aliases are not followed, so that a small file cannot grow to a large one."""
    bomb = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True))
    assert len(parse(bomb, FILE).problems) == 16


def test_nesting_without_end_is_a_problem():
    """A file nested a thousand deep is refused, not a crash."""
    problems = parse("a: " + "[" * 5000, FILE).problems
    assert len(problems) == 1


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter():
    """Files saved by Windows editors read like others."""
    assert data(b"\xef\xbb\xbfa: 1\r\nb: x\r\n") == {"a": 1, "b": "x"}


def test_a_file_is_read_again_only_after_it_has_changed(tmp_path):
    """The same document comes back until the file's time or size changes."""
    file = tmp_path / "x.yaml"
    file.write_text("a: 1\n")
    first = read(file)
    assert read(file) is first
    file.write_text("a: 2\n")
    os.utime(file, ns=(1, 1))
    assert read(file).data == {"a": 2}


def test_a_file_that_does_not_exist_is_empty(tmp_path):
    """`sources.yaml` may be absent; a required file is checked elsewhere."""
    assert read(tmp_path / "x.yaml").data == {}


def test_paths_show_list_entries_in_brackets_and_years_as_keys():
    """`funding[0].share` is an entry of a list, `inflation.2024` a year of a history."""
    assert dotted(("funding", 0, "share")) == "funding[0].share"
    assert dotted(("inflation", 2024)) == "inflation.2024"


# Without the characters that the reader refuses, since they change the direction of a text.
texts = st.text().filter(lambda text: not BIDIRECTIONAL.search(text))
plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=12,
)


@given(st.dictionaries(texts, plain, max_size=4))
def test_what_json_writes_is_read_back_unchanged(content):
    """JSON is YAML 1.2: any plain data survives the way through a file."""
    text = yaml.safe_dump(content, default_style='"', allow_unicode=False)
    document = parse(text, FILE)
    assert document.problems == ()
    assert document.data == content


@given(st.text())
def test_no_text_makes_the_reader_crash(text):
    """Whatever a file holds, the answer is data or problems."""
    document = parse(text, FILE)
    assert isinstance(document.data, dict)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "[" * 100_000 + "]" * 100_000, "a: " + "{a: " * 50_000, "- " * 100_000 + "1", "? " * 5_000]
)
def test_brackets_in_brackets_are_refused_before_they_are_parsed(text):
    """The parser of the library would end the process without a word."""
    (problem,) = parse(text, FILE).problems
    assert str(problem) == "parameters/x.yaml:1: nested too deeply, check the brackets"


def test_a_hundred_levels_are_read():
    """More than any scenario has."""
    assert parse("a: " + "[" * 99 + "]" * 99, FILE).problems == ()


def test_a_file_of_fifty_megabytes_is_not_read(tmp_path):
    """Whatever it consists of."""
    file = tmp_path / "a.yaml"
    with file.open("w", encoding="utf-8") as opened:
        opened.write("# a comment\n")
        opened.truncate(50_000_000)
    (problem,) = read(file).problems
    right = "more than a file of parameters can have, remove what is no parameter; 5 million are read"
    assert str(problem).partition(": ")[2] == f"50 million bytes, {right}"


@pytest.mark.parametrize("text", ['a: "x\u202ey"', 'a: "x\\u202ey"', "a: [1, {b: x\u202ey}]", '"x\u202ey": 1'])
def test_a_character_that_turns_the_text_around_is_refused(text):
    """A reader would see another text than a program; letters of Arabic and Hebrew need no such character."""
    (problem,) = parse(text, FILE).problems
    assert (problem.line, problem.message) == (1, "an invisible character that changes the direction of the text (U+202E)")
    assert parse("a: وزارة الصحة", FILE).problems == ()
