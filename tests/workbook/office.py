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
from xml.sax.saxutils import escape

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
# A macro that does what it is asked, a line each, with one workbook open: type into cells, empty them, read what follows.
MACRO = """\
Sub Main(asked As String, answer As String)
  Dim doc, cell, parts, data, text As String, line As String, i, o, r, c
  Dim none()
  i = FreeFile
  Open asked For Input As #i
  o = FreeFile
  Open answer For Output As #o
  Do While Not Eof(i)
    Line Input #i, line
    parts = Split(line, Chr(9))
    If parts(0) = "open" Then
      doc = StarDesktop.loadComponentFromURL(parts(1), "_blank", 0, none())
      doc.enableAutomaticCalculation(False)
    ElseIf parts(0) = "close" Then
      doc.close(True)
    Else
      cell = doc.Sheets.getByIndex(CInt(parts(1)) - 1).getCellRangeByName(parts(2))
      Select Case parts(0)
        Case "number"
          cell.setValue(Val(parts(3)))
        Case "text"
          cell.setString(parts(3))
        Case "empty"
          cell.setFormula("")
        Case "read"
          doc.calculate()
          data = cell.getDataArray()
          For r = 0 To UBound(data)
            text = ""
            For c = 0 To UBound(data(r))
              text = text + CStr(data(r)(c)) + Chr(9)
            Next c
            Print #o, text
          Next r
          Print #o, "end"
      End Select
    End If
  Loop
  Close #i
  Close #o
  StarDesktop.terminate()
End Sub
"""
MODULE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
{macro}</script:module>
"""
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


def profile_in(folder, name):
    """A profile of LibreOffice of its own that recalculates whatever it loads; gives the beginning of every command."""
    profile = folder / f"profile-{name}"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    return profile, [program(), f"-env:UserInstallation={profile.as_uri()}", "--headless"]


def convert(files, out, sheet):
    """Have one LibreOffice write some workbooks as text."""
    _, command = profile_in(out, files[0].stem)
    command = [*command, "--convert-to", TEXT.format(sheet=sheet), "--outdir", out, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)


def saved(content, folder):
    """A workbook as LibreOffice saves it."""
    (folder / "saved").mkdir()
    file = folder / "theirs.xlsx"
    file.write_bytes(content)
    _, command = profile_in(folder, "saving")
    command = [*command, "--convert-to", "xlsx", "--outdir", folder / "saved", file]
    subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)
    return (folder / "saved" / "theirs.xlsx").read_bytes()


def worked(workbooks, orders, folder):
    """What LibreOffice reads while a user works in open workbooks: name -> tables of texts, one for each order to read.

    workbooks : name -> bytes. orders : name -> (what, number of the sheet from 1, cells, value), what being number, text, empty
    or read.
    """
    names = list(workbooks)
    parts = [part for part in (names[i::PARALLEL] for i in range(PARALLEL)) if part]
    with ThreadPoolExecutor(PARALLEL) as pool:
        found = pool.map(lambda part: work_in({name: workbooks[name] for name in part}, orders, folder), parts)
    return {name: tables for some in found for name, tables in some.items()}


def work_in(workbooks, orders, folder):
    """The same in one LibreOffice, which works in one workbook after the other."""
    first = next(iter(workbooks))
    profile, command = profile_in(folder, f"live-{first}")
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=LIMIT)
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(MODULE.format(macro=escape(MACRO, {'"': "&quot;"})), encoding="utf-8")
    lines = []
    for name, content in workbooks.items():
        file = folder / f"{name}.xlsx"
        file.write_bytes(content)
        lines += [("open", file.as_uri()), *orders[name], ("close",)]
    asked, answer = (folder / f"{kind}-{first}.txt" for kind in ("asked", "answer"))
    asked.write_text("".join("\t".join(map(str, line)) + "\n" for line in lines), encoding="utf-8")
    macro = f'macro:///Standard.Module1.Main("{asked}","{answer}")'
    subprocess.run([*command, macro], check=True, capture_output=True, timeout=LIMIT)
    tables = iter(answer.read_text(encoding="utf-8").split("end\n"))
    rows = {name: sum(order[0] == "read" for order in orders[name]) for name in workbooks}
    return {name: [[row.split("\t") for row in next(tables).splitlines()] for _ in range(count)] for name, count in rows.items()}


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
    """A workbook with values typed into cells: address -> number, text or formula. sheet : its number from 1."""
    files, name = members(content), f"xl/worksheets/sheet{sheet}.xml"
    text = files[name].decode()
    for address, value in cells.items():
        is_formula = isinstance(value, str) and value.startswith("=")
        is_text = isinstance(value, str) and not is_formula
        filling = f"<f>{value[1:]}</f>" if is_formula else f"<is><t>{value}</t></is>" if is_text else f"<v>{value!r}</v>"
        pattern = re.compile(rf'<c r="{address}"( s="\d+")(?: t="\w+")?(?:/>|>.*?</c>)')
        text, count = pattern.subn(
            rf'<c r="{address}"\1{" t=" + chr(34) + "inlineStr" + chr(34) if is_text else ""}>{filling}</c>', text
        )
        assert count == 1, address
    return packed({**files, name: text.encode()})
