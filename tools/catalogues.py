"""Bring the catalogues of all languages in step with the project: `make messages`; LANGUAGE=pt begins a new one."""

import sys
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from imis_plan.i18n.translate import CATALOGUES, DOMAIN, SOURCE
from tools.messages import Message, messages

WIDTH = 120
SIMILARITY = 0.75  # how alike a reworded sentence must be to start from the old translation


HEADER = "# Words of imis_plan in another language; see docs/translating.md. MIT, as all of imis_plan.\n#"
METADATA: dict[str, Any] = {
    "project": DOMAIN,
    "version": "",
    "copyright_holder": "imis_plan contributors",
    "msgid_bugs_address": "",
    "last_translator": "imis_plan contributors",
    "header_comment": HEADER,
    "charset": "utf-8",
    "fuzzy": False,
}


def template(found: Iterable[Message]) -> Catalog:
    """A catalogue of all messages without translations; files without line numbers, so that it moves only when words do."""
    catalogue = Catalog(**METADATA)
    for message in found:
        catalogue.add(message.text, locations=[(message.file, 0)], context=message.context)
    for entry in catalogue:
        entry.locations = list(dict.fromkeys(entry.locations))
    return catalogue


def catalogue_file(language: str, folder: Path = CATALOGUES) -> Path:
    """The .po file of a language."""
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def merge_catalogues(old: Catalog, new: Catalog) -> Catalog:
    """The messages of `new` with the translations of `old`; a reworded one starts from the old translation, marked fuzzy."""
    gone = {entry.id: entry for entry in old if entry.id and new.get(entry.id, entry.context) is None}
    old.update(new, no_fuzzy_matching=True, update_header_comment=False)
    old.obsolete.clear()
    for entry in old:
        known = (
            isinstance(entry.id, str)
            and not is_translated(entry)
            and get_close_matches(entry.id, single_texts(gone), 1, SIMILARITY)
        )
        if known:
            entry.string = gone[known[0]].string
            entry.flags.add("fuzzy")
    return old


def is_translated(entry: Any) -> bool:
    """Whether a message has all the forms of its translation."""
    forms = [entry.string] if isinstance(entry.string, str) else entry.string
    return bool(forms) and all(forms)


def single_texts(entries: Iterable[Any]) -> list[str]:
    """Those ids that are one text."""
    return [text for text in entries if isinstance(text, str)]


def read_catalogue(file: Path, language: str) -> Catalog:
    """The catalogue of a language, or an empty one with the language's plural forms."""
    if not file.exists():
        return Catalog(locale=Locale.parse(language), language_team="", **METADATA)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def write_catalogue(language: str, new: Catalog, folder: Path = CATALOGUES) -> Catalog:
    """Write the .po and the .mo of a language, and return its catalogue."""
    file = catalogue_file(language, folder)
    old = read_catalogue(file, language)
    created = old.creation_date
    catalogue = merge_catalogues(old, new)
    catalogue.creation_date = created
    for entry in catalogue:
        entry.flags.discard("python-format")  # Babel takes "71 % have" for one
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_po(stream, catalogue, width=WIDTH, include_lineno=False, ignore_obsolete=True)
    with file.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalogue)
    return catalogue


def summary(language: str, catalogue: Catalog) -> str:
    """How far a translation is."""
    entries = [entry for entry in catalogue if entry.id]
    fuzzy = sum(entry.fuzzy for entry in entries)
    empty = sum(not is_translated(entry) for entry in entries)
    return f"{language}: {len(entries)} messages, {empty} without a translation, {fuzzy} to be looked at (fuzzy)"


def require_language(code: str) -> str:
    """A language that Babel knows and that is not the language of the code. Raises ValueError for another."""
    try:
        known = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        known = None
    if known is None or known.language == SOURCE:
        raise ValueError(f"LANGUAGE={code}: not a language to translate into; give its code, as in LANGUAGE=pt")
    return code


def main(arguments: list[str]) -> int:
    """Update every catalogue, and those of the named languages, which may be new."""
    known = {file.parts[-3] for file in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")}
    try:
        wanted = known | set(map(require_language, arguments))
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    new = template(messages())
    for language in sorted(wanted):
        sys.stdout.write(f"{summary(language, write_catalogue(language, new))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
