"""Between JupyterLab and yaml-language-server: completions as JupyterLab can take them; everything else passes as it is.

JupyterLab (jupyterlab-lsp 5.3) inserts the places of a snippet, `${1:0}`, letter by letter, knows no edit that replaces what is
typed already, and does not see the letters before the cursor in a YAML file that is not complete yet. So here the proposals
are those that begin with these letters, and each is only the rest that is missing.

`python -m imis_plan.explore.yamlserver PROGRAM ...` runs the program and speaks on its behalf.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import IO, Any, cast

# Where `make lab` puts the program, which runs on Node.js.
PROGRAM = Path(sys.prefix, "yaml", "node_modules", "yaml-language-server", "bin", "yaml-language-server")
# Places that a reader fills in: $1, ${1}, ${1:what stands there}, ${1|one,other|}.
PLACES = re.compile(r"\$(?:\d+|\{\d+(?:\|([^,|}]*)[^}]*|:([^}]*))?\})")
COMPLETION = "textDocument/completion"
# What a server is asked for and has not answered yet, by number: the line before the cursor.
Asked = dict[Any, str]


def specification(_manager: Any) -> dict[str, Any]:
    """What jupyter-lsp has to know of this server; nothing where the program is not there."""
    if not PROGRAM.is_file() or shutil.which("node") is None:
        return {}
    return {
        "imis-plan-yaml": {
            "argv": [sys.executable, "-m", __name__, "node", str(PROGRAM), "--stdio"],
            "languages": ["yaml"],
            "mime_types": ["text/x-yaml", "text/yaml"],
            "display_name": "yaml-language-server",
            "version": 2,
        }
    }


def messages(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Messages of the language server protocol: headers, an empty line, JSON."""
    while header := stream.readline():
        length = 0
        while header.strip():
            name, _colon, value = header.decode("ascii").partition(":")
            length = int(value) if name.lower() == "content-length" else length
            header = stream.readline()
        yield json.loads(stream.read(length))


def send(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Write one message."""
    body = json.dumps(message).encode()
    stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    stream.flush()


def note(message: dict[str, Any], texts: dict[str, str], asked: Asked) -> None:
    """Keep the text of each file, which JupyterLab always sends whole, and the line before the cursor of each question."""
    given = message.get("params") or {}
    document = given.get("textDocument") or {}
    if message.get("method") == "textDocument/didOpen":
        texts[document["uri"]] = document["text"]
    elif message.get("method") == "textDocument/didChange":
        texts[document["uri"]] = given["contentChanges"][-1]["text"]
    elif message.get("method") == COMPLETION:
        place, lines = given["position"], texts.get(document["uri"], "").split("\n")
        line = lines[place["line"]] if place["line"] < len(lines) else ""
        asked[message["id"]] = line[: place["character"]]


def answered(message: dict[str, Any], asked: Asked) -> dict[str, Any]:
    """An answer with completions that fit; any other message as it is."""
    if "method" in message or message.get("id") not in asked or not message.get("result"):
        return message
    line, found = asked.pop(message["id"]), message["result"]
    items = found["items"] if isinstance(found, dict) else found
    return {**message, "result": {"isIncomplete": False, "items": fitting(items, line)}}


def fitting(items: list[dict[str, Any]], line: str) -> list[dict[str, Any]]:
    """The proposals that go on with what is typed, each once, and each as the rest of it.

    line : what stands before the cursor.
    """
    indent = line[: len(line) - len(line.lstrip())]
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        text = filled(item.get("insertText") or item["label"]).replace("\n", "\n" + indent)
        typed = already(item, line)
        # What proposes several keys at once is called by the title of the schema, not by what it inserts.
        if text.startswith(item["label"]) and text.startswith(typed) and text != typed:
            found.setdefault(item["label"], rest(item, text[len(typed) :]))
    return list(found.values())


def filled(text: str) -> str:
    """A snippet with what its places hold."""
    return PLACES.sub(lambda place: place[1] or place[2] or "", text)


def already(item: dict[str, Any], line: str) -> str:
    """The letters before the cursor that a proposal would replace."""
    edit = item.get("textEdit")
    return line[edit["range"]["start"]["character"] :] if edit else line[len(line.rstrip()) :]


def rest(item: dict[str, Any], text: str) -> dict[str, Any]:
    """A proposal that inserts a text as it is."""
    return {**{name: item[name] for name in ("label", "kind", "documentation") if name in item}, "insertText": text}


def main(command: list[str]) -> int:
    """Run a language server and pass on what both sides say. Returns its exit code."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:  # noqa: S603  # named by us
        texts: dict[str, str] = {}
        asked: Asked = {}
        Thread(target=ask, args=(server.stdin, texts, asked), daemon=True).start()
        for message in messages(cast("IO[bytes]", server.stdout)):
            send(sys.stdout.buffer, answered(message, asked))
    return server.returncode


def ask(server: IO[bytes], texts: dict[str, str], asked: Asked) -> None:
    """Pass on what JupyterLab says until it says nothing more; then the server may end."""
    for message in messages(sys.stdin.buffer):
        note(message, texts, asked)
        send(server, message)
    server.close()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
