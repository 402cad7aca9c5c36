"""Completions of parameter files in JupyterLab: what the language server proposes, made into what JupyterLab can insert."""

import io
import subprocess
import sys
from typing import Any

import pytest

from imis_plan.explore import yamlserver
from imis_plan.explore.yamlserver import COMPLETION, filled, fitting, messages, send

FILE = "file:///nepal.yaml"
LINE = "  sh"
# As yaml-language-server 1.25 answers after `sh` among the keys of `coverage`: all that could stand there.
OFFERED: list[dict[str, Any]] = [
    {"label": "delay", "insertText": "delay:\n  value: ${1:0}", "documentation": "Years of delay."},
    {"label": "shape", "insertText": "shape:\n  value: ${1:linear}", "insertTextFormat": 2, "documentation": "Shape of the roll-out."},
    {"label": "shape", "insertText": "shape"},
    {"label": "Scenario of one country", "insertText": "shape\nyears", "kind": 7},
]  # fmt: skip
EDIT: dict[str, Any] = {"range": {"start": {"line": 0, "character": 2}, "end": {"line": 0, "character": 4}}, "newText": "shape:"}
# A server that answers each question for completions with the same items, and repeats anything else.
SERVER = f"""
import sys
from imis_plan.explore.yamlserver import messages, send
items = {[{**item, "textEdit": EDIT} for item in OFFERED]}
for message in messages(sys.stdin.buffer):
    send(sys.stdout.buffer, dict(id=message["id"], result=dict(items=items)) if message.get("id") else message)
"""


@pytest.fixture
def offered():
    """The proposals with the place of what they replace."""
    return [{**item, "textEdit": EDIT} for item in OFFERED]


def test_only_the_key_that_goes_on_with_the_letters_is_proposed_as_the_rest_of_it(offered):
    """Once, with its explanation, without places to fill in, and indented as far as the line."""
    assert fitting(offered, LINE) == [
        {"label": "shape", "documentation": "Shape of the roll-out.", "insertText": "ape:\n    value: linear"}
    ]


def test_where_nothing_is_typed_every_key_is_proposed_whole():
    """What would insert several keys at once is left out."""
    assert [item["insertText"] for item in fitting(OFFERED, "")] == ["delay:\n  value: 0", "shape:\n  value: linear"]


@pytest.mark.parametrize(
    ("snippet", "text"), [("a: $1", "a: "), ("a: ${1}", "a: "), ("a: ${1:0}", "a: 0"), ("a: ${1|x,y|}", "a: x"), ("USD", "USD")]
)
def test_places_of_a_snippet_become_what_they_hold(snippet, text):
    """JupyterLab would write them letter by letter."""
    assert filled(snippet) == text


def test_between_jupyterlab_and_the_server_only_completions_are_changed():
    """All else arrives as it was sent; when JupyterLab hangs up, the server ends."""
    opened = {"method": "textDocument/didOpen", "params": {"textDocument": {"uri": FILE, "text": "about:\n"}}}
    changed = {"method": "textDocument/didChange", "params": {"textDocument": {"uri": FILE}, "contentChanges": [{"text": LINE}]}}
    place = {"line": 0, "character": len(LINE)}
    question = {"id": 1, "method": COMPLETION, "params": {"textDocument": {"uri": FILE}, "position": place}}
    said = io.BytesIO()
    for message in (opened, changed, question):
        send(said, message)
    command = [sys.executable, "-m", yamlserver.__name__, sys.executable, "-c", SERVER]
    done = subprocess.run(command, input=said.getvalue(), capture_output=True, timeout=60, check=True)
    first, second, answer = messages(io.BytesIO(done.stdout))
    assert (first, second) == (opened, changed)
    assert [item["insertText"] for item in answer["result"]["items"]] == ["ape:\n    value: linear"]
