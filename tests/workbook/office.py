"""LibreOffice as a second engine: it loads workbooks without a screen, recalculates them, and writes what it gets as text."""

import csv
import os
import re
import shutil
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

PROGRAMS = ("soffice", "libreoffice")
# Recalculate whatever a file holds, and never ask.
SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
# Comma, quotes, UTF-8, from the first row, values as they are in place of how they look; -1 for every sheet, else its number.
TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,{sheet}"
CACHED = re.compile(r"(</f>)<v>[^<]*</v>")
PARALLEL = 2
# Two minutes on two idle cores; a machine that does other things needs far more.
LIMIT = 1800


def program():
    """LibreOffice of the system; where the tests are the project's own, it has to be there."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        reason = f"no spreadsheet on PATH: {', '.join(PROGRAMS)}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return found


def members(content):
    """Files in a workbook: name -> bytes."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files):
    """A workbook of these files."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def without_results(content):
    """A workbook in which every formula pretends to come to -1: what LibreOffice shows, it has worked out itself."""
    return packed(
        {
            name: CACHED.sub(r"\1<v>-1</v>", text.decode()).encode() if name.startswith("xl/worksheets/") else text
            for name, text in members(content).items()
        }
    )


def convert(files, out, sheet):
    """Have one LibreOffice write some workbooks as text."""
    profile = out / f"profile-{files[0].stem}"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    command = [program(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", TEXT.format(sheet=sheet)]
    subprocess.run([*command, "--outdir", out, *files], check=True, capture_output=True, timeout=LIMIT)


def recalculated(workbooks, folder: Path, sheet=-1):
    """What LibreOffice makes of workbooks, name -> bytes: name -> sheet -> rows of texts. sheet : number from 1, or -1 for all."""
    files = []
    for name, content in workbooks.items():
        files.append(folder / f"{name}.xlsx")
        files[-1].write_bytes(content)
    parts = [part for part in (files[i::PARALLEL] for i in range(PARALLEL)) if part]
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(lambda part: convert(part, folder, sheet), parts))
    found: dict = {name: {} for name in workbooks}
    for path in folder.glob("*.csv"):
        name, _, title = path.stem.partition("-")
        found[name][title] = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    return found


def cell(number_or_text):
    """A number in a text, or the text; a share is written in per cent."""
    try:
        text = number_or_text.removesuffix("%")
        return float(text) / (1 if text == number_or_text else 100)
    except ValueError:
        return number_or_text


def typed(content, sheet, cells):
    """A workbook with values typed into cells: address -> number or text. sheet : its number from 1."""
    files, name = members(content), f"xl/worksheets/sheet{sheet}.xml"
    text = files[name].decode()
    for address, value in cells.items():
        is_text = isinstance(value, str)
        filling = f"<is><t>{value}</t></is>" if is_text else f"<v>{value!r}</v>"
        pattern = re.compile(rf'<c r="{address}"( s="\d+")(?: t="\w+")?(?:/>|>.*?</c>)')
        text, count = pattern.subn(
            rf'<c r="{address}"\1{" t=" + chr(34) + "inlineStr" + chr(34) if is_text else ""}>{filling}</c>', text
        )
        assert count == 1, address
    return packed({**files, name: text.encode()})
