"""Reading YAML: plain data, lines, and what is refused."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, strategies as st

from imis_plan.scenario.yaml_file import BIDIRECTIONAL, dotted, parse, read

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
        ("a: [1, 2\nb: 3\n", "parameters/x.yaml:2: not YAML: did not find expected ',' or ']', check indentation, colons and quotes here and in the line above"),
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
