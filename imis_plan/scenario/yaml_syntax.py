"""What is wrong with a text that is not YAML, in sentences of our own: the line where it begins, the reason and the remedy."""

from collections.abc import Iterator

import yaml

from imis_plan.scenario.yaml_scalars import FastLoader
from imis_plan.sentence import Sentence, sentence

QUOTES = ("'", '"')
# What the parsers say of a quoted text that goes on to the end of the file, and of what such a text is being read.
ENDLESS = ("found unexpected end of stream", "found unexpected document indicator", "found unexpected document separator")
QUOTED = "quoted scalar"
NO_COLON = "could not find expected ':'"
# Beginning of a reason of PyYAML, from its C library or its Python code -> what it means for a person who writes parameters.
REASONS: dict[str, Sentence] = {
    "did not find expected key": sentence("an indentation that fits no key above, or text after a closing quote"),
    "expected <block end>": sentence("an indentation that fits no key above, or text after a closing quote"),
    "did not find expected '-' indicator": sentence("a list goes on here without its hyphen"),
    "mapping values are not allowed": sentence("a second colon, or an indented key below a value"),
    NO_COLON: sentence("a key without a colon, or without a blank after it"),
    "found character": sentence("a text that begins with a special character (@, `, %) and has no quotes"),
    "found undefined alias": sentence("a text that begins with * and has no quotes"),
    "did not find expected alphabetic or numeric character": sentence("a text that begins with & or * and has no quotes"),
    "expected alphabetic or numeric character": sentence("a text that begins with & or * and has no quotes"),
    "did not find expected ',' or ']'": sentence("a list in brackets lacks a comma or its closing bracket ]"),
    "expected ',' or ']'": sentence("a list in brackets lacks a comma or its closing bracket ]"),
    "did not find expected ',' or '}'": sentence("what is in braces lacks a comma or its closing brace }"),
    "expected ',' or '}'": sentence("what is in braces lacks a comma or its closing brace }"),
    "did not find expected node content": sentence("a value is missing before a bracket, a brace or a comma"),
    "expected the node content": sentence("a value is missing before a bracket, a brace or a comma"),
    "did not find expected <document start>": sentence("something follows after the end of the value"),
    "expected '<document start>'": sentence("something follows after the end of the value"),
    "found unknown escape character": sentence("a backslash within double quotes; write it twice"),
    "did not find expected comment or line break": sentence("a text that begins with | or > and has no quotes"),
    "expected a comment or a line break": sentence("a text that begins with | or > and has no quotes"),
    "expected chomping or indentation indicators": sentence("a text that begins with | or > and has no quotes"),
    "but found another document": sentence("a second document begins here, with ---"),
    "block sequence entries are not allowed in this context": sentence("a hyphen after a key; begin the list in the next line"),
    "sequence entries are not allowed": sentence("a hyphen after a key; begin the list in the next line"),
    "control characters are not allowed": sentence("a control character, which cannot be seen"),
    "special characters are not allowed": sentence("a control character, which cannot be seen"),
}


def syntax_problem(error: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """Line, message and remedy for a file that is not YAML."""
    line = line_of_error(error, text)
    here = text.splitlines()[line - 1 : line]
    if here and "\t" in here[0][: len(here[0]) - len(here[0].lstrip())]:
        return line, sentence("a tab in the indentation"), sentence("indent with spaces")
    if opened := open_quote(error, text, line):
        right = sentence("close it in its line, or check the quotes within the text")
        return opened, sentence("not YAML: {reason}", reason=sentence("the quote that opens here is not closed")), right
    remedy = sentence("check indentation, colons and quotes here and in the line above")
    return line, sentence("not YAML: {reason}", reason=own_reason(error)), remedy


def line_of_error(error: yaml.YAMLError, text: str) -> int:
    """The line in which the parser stopped, or in which the key without a colon is, counted from 1."""
    # A key without a colon is noticed in the line after it; the context is the key.
    of_key = str(getattr(error, "problem", None)).startswith(NO_COLON)
    if mark := (getattr(error, "context_mark", None) if of_key else None) or getattr(error, "problem_mark", None):
        return int(mark.line) + 1
    position = getattr(error, "position", None)
    return text[:position].count("\n") + 1 if isinstance(position, int) else 1


def own_reason(error: yaml.YAMLError) -> str:
    """The reason of an error in a sentence of our own; one that is not in the table as the parser has it."""
    reason = getattr(error, "problem", None) or getattr(error, "reason", None)
    if not reason:
        return sentence("cannot be read")
    return next((own for beginning, own in REASONS.items() if str(reason).startswith(beginning)), str(reason))


def open_quote(error: yaml.YAMLError, text: str, line: int) -> int | None:
    """The line of a quote that is not closed where that is the reason of an error, else None.

    The text goes on to the end of the file, or to a quote of another text in a later line, behind which the parser stops.
    line : where it stopped.
    """
    if QUOTED in str(getattr(error, "context", None)) and getattr(error, "problem", None) in ENDLESS:
        return int(error.context_mark.line) + 1  # type: ignore[attr-defined]  # errors with a context have its mark
    if isinstance(error, yaml.reader.ReaderError):
        return None  # a character that no part of the text may have
    return next((first for first, last in quoted_over_lines(text) if last == line), None)


def quoted_over_lines(text: str) -> Iterator[tuple[int, int]]:
    """First and last line of each quoted text over several lines, up to where the text is no YAML."""
    loader = FastLoader(text)
    try:
        while loader.check_token():
            token = loader.get_token()
            if isinstance(token, yaml.ScalarToken) and token.style in QUOTES and token.start_mark.line < token.end_mark.line:
                yield token.start_mark.line + 1, token.end_mark.line + 1
    except yaml.YAMLError:
        return  # what the error is about has been found before
    finally:
        loader.dispose()
