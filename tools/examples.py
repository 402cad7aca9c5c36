"""Run the examples of the README and write down what they print: `python -m tools.examples`.

An example is a fenced block of Python followed by one of plain text, or a fenced `console` block that begins with `$ imis-plan`.
"""

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
PYTHON = re.compile(r"(?P<head>```python\n(?P<code>.*?)```\n+```text\n)(?P<output>.*?)(?P<tail>```)", re.DOTALL)
CONSOLE = re.compile(r"(?P<head>```console\n\$ imis-plan (?P<code>[^\n]*)\n)(?P<output>.*?)(?P<tail>```)", re.DOTALL)


def output_of(*command: str) -> str:
    """What a Python process prints."""
    run = subprocess.run(  # noqa: S603  # our own Python
        [sys.executable, *command], cwd=README.parent, stdout=subprocess.PIPE, text=True, check=True
    )
    return "\n".join(line.rstrip() for line in run.stdout.splitlines()) + "\n"


def with_output(page: str) -> str:
    """The page with what its examples print today."""
    page = PYTHON.sub(lambda m: m["head"] + output_of("-c", m["code"]) + m["tail"], page)
    return CONSOLE.sub(lambda m: m["head"] + output_of("-m", "imis_plan", *m["code"].split()) + m["tail"], page)


def main() -> None:
    """Bring the README in step."""
    README.write_text(with_output(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
