"""The scripts of Voilà's page as one file, which the browser loads while the kernel still calculates.

Voilà's own script asks one by one for some eighty others. Webpack allows them to come first: each adds its functions to a list,
and what the list contains is not asked for.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import tornado.web

ADDRESS = "voila/imis_plan/scripts.js"
MAIN = "voila.js"
# How Voilà's script names another one, by its number.
NAMED = re.compile(r"\.e\((\d+)\)")
# How scripts of extensions are named that are loaded on demand.
EXTENSION_SCRIPTS = "static/[0-9]*.js"


class ScriptsHandler(tornado.web.RequestHandler):
    """Answers with scripts as one; a browser that has them only asks whether they are still the same."""

    def initialize(self, files: Iterable[Path]) -> None:
        """Called by tornado for each request. files : the scripts."""
        self.files = files

    def get(self) -> None:
        """Answer with all scripts."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.write(joined(file.read_bytes() for file in self.files))


def joined(scripts: Iterable[bytes]) -> bytes:
    """Scripts as one; each in a function of its own, so that `"use strict"` applies to it alone."""
    return b"".join(b"(()=>{" + each + b"\n})();\n" for each in scripts)


def scripts(static_folders: Iterable[str], extensions: Mapping[str, Mapping[str, Any]], names: Iterable[str]) -> list[Path]:
    """The scripts that the page needs in any case. Of another version of Voilà maybe none, which then are loaded when needed.

    static_folders : where Voilà finds its static files. extensions : name -> an extension of JupyterLab, with its `ext_path`.
    names : extensions that the page loads.
    """
    main = next((file for folder in static_folders if (file := Path(folder, MAIN)).is_file()), None)
    own = [main.with_name(f"{number}.{MAIN}") for number in named(main.read_text("utf-8"))] if main else []
    folders = [Path(extensions[name]["ext_path"]) for name in names if name in extensions]
    return [*filter(Path.is_file, own), *(file for folder in folders for file in sorted(folder.glob(EXTENSION_SCRIPTS)))]


def named(script: str) -> list[int]:
    """Numbers of the other scripts that a script names, ascending."""
    return sorted({int(number) for number in NAMED.findall(script)})
