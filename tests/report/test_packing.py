"""A printed document in fewer bytes: every object is still there, and where the table of the file says."""

import re
import zlib

import pytest

from imis_plan.report.packing import packed

PAGE = b"<</Type /Page\n/Contents 3 0 R>>"
OBJECTS = [b"<</Type /Catalog\n/Pages 2 0 R>>", PAGE, b"<</Length 12>> stream\nnot endobj 1\nendstream", *[PAGE] * 500]
WIDTH = 7  # bytes of a row of the table: kind, place, index


def written(objects):
    """A document with these objects, as Chromium writes it."""
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % start for start in starts)
    table = b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d\n/Root 1 0 R>>\n" % (len(starts) + 1, rows, len(starts) + 1)
    return out + table + b"startxref\n%d\n%%%%EOF\n" % len(out)


def at(document, start):
    """Number and body of the object that begins there."""
    number, _, rest = document[start:].partition(b" 0 obj\n")
    return int(number), rest.partition(b"\nendobj\n")[0]


def content(body):
    """What a compressed stream holds."""
    return zlib.decompress(body.partition(b"stream\n")[2].removesuffix(b"\nendstream"))


def read(document):
    """Every object of a packed document, found by its table: number -> body; and what stands in the table's head."""
    start = int(re.findall(rb"startxref\n(\d+)", document)[0])
    _, table = at(document, start)
    rows = content(table)
    places = [rows[i : i + WIDTH] for i in range(0, len(rows), WIDTH)]
    found = {}
    for number, place in enumerate(places):
        kind, where, index = place[0], int.from_bytes(place[1:5]), int.from_bytes(place[5:])
        if kind == 1:
            held, found[number] = at(document, where)
            assert held == number
        elif kind == 2:  # within a stream
            _, holder = at(document, int.from_bytes(places[where][1:5]))
            first = int(re.findall(rb"/First (\d+)", holder)[0])
            inside = content(holder)
            heads = [int(word) for word in inside[:first].split()]
            assert heads[2 * index] == number
            ends = [*heads[3::2], len(inside) - first]
            found[number] = inside[first + heads[2 * index + 1] : first + ends[index]].rstrip()
    return found, table.partition(b"stream\n")[0], len(places)


def test_nothing_is_lost():
    """Streams are as they were, the rest is put together and compressed; the way in is the same."""
    plain = written(OBJECTS)
    short = packed(plain)
    assert len(short) < len(plain) / 5
    found, head, size = read(short)
    assert [found[number] for number in range(1, len(OBJECTS) + 1)] == OBJECTS
    assert b"/Root 1 0 R" in head
    assert b"/Size %d" % size in head


@pytest.mark.parametrize(
    "document", [b"", b"%PDF-1.7\nof another kind\nstartxref\n9\n%%EOF\n", written(OBJECTS).replace(b"7 0 obj", b"8 0 obj")]
)
def test_a_document_of_another_kind_stays_as_it_is(document):
    """A browser may write otherwise one day; the file is then larger, not broken."""
    assert packed(document) == document
