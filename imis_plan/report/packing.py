"""A PDF in a third of the room: what Chromium writes plainly is put into compressed object streams, as PDF has them since 1.5.

Most of a printed report is the tags by which readers who hear it find their way: a small object for every cell of every table.
Nothing is left out, and streams (pages, pictures, fonts) are taken over as they are.
"""

import re
import zlib
from collections.abc import Iterator

HEAD = b"%PDF-1.5\n%\xd3\xeb\xe9\xe1\n"
ENDING = rb"trailer\s*<<(.*?)>>\s*startxref\s+\d+\s+%%EOF\s*\Z"
TABLE = re.compile(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [fn] ?\r?\n)+)" + ENDING, re.DOTALL)
OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\s?endobj\s*\Z", re.DOTALL)
STREAM = re.compile(rb">>\s*stream\r?\n")
TOGETHER = 200  # objects in one stream: a reader unpacks a stream to see one of them


def packed(document: bytes) -> bytes:
    """The same document in fewer bytes, or as it is when it is not written the way Chromium writes."""
    table = TABLE.search(document)
    objects = _objects(document, table) if table else {}
    if table is None or not objects:
        return document
    streams = {number: body for number, body in objects.items() if STREAM.search(body)}
    plain = [(number, body) for number, body in objects.items() if number not in streams]
    size, out, places = int(table[1]), bytearray(HEAD), {0: (0, 0, 0xFFFF)}
    for number, body in streams.items():
        places[number] = (1, _put(out, number, body), 0)
    for part in range(0, len(plain), TOGETHER):
        together = plain[part : part + TOGETHER]
        places |= {number: (2, size, i) for i, (number, _body) in enumerate(together)}
        places[size] = (1, _put(out, size, _object_stream(together)), 0)
        size += 1
    places[size] = (1, len(out), 0)
    rows = b"".join(kind.to_bytes(1) + where.to_bytes(4) + index.to_bytes(2) for kind, where, index in _all(places, size + 1))
    trailer = re.sub(rb"/Size\s+\d+", b"/Size %d" % (size + 1), table[3])
    start = _put(out, size, _stream(b"/Type/XRef/W[1 4 2]" + trailer, rows))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _objects(document: bytes, table: re.Match[bytes]) -> dict[int, bytes]:
    """Number -> body of every object, or nothing when one is not where the table says."""
    rows = table[2].split(b"\n")[:-1]
    starts = {number: int(row[:10]) for number, row in enumerate(rows) if row[17:18] == b"n"}
    ordered = sorted(starts.items(), key=lambda item: item[1])
    ends = [start for _number, start in ordered[1:]] + [table.start()]
    found = {}
    for (number, start), end in zip(ordered, ends, strict=True):
        one = OBJECT.match(document[start:end])
        if one is None or int(one[1]) != number:
            return {}
        found[number] = one[2]
    return found


def _all(places: dict[int, tuple[int, int, int]], size: int) -> Iterator[tuple[int, int, int]]:
    """The place of every number; those that nobody uses are free."""
    return (places.get(number, (0, 0, 0xFFFF)) for number in range(size))


def _object_stream(together: list[tuple[int, bytes]]) -> bytes:
    """Objects without streams of their own as one stream: first their numbers and places, then they themselves."""
    heads, bodies = [], bytearray()
    for number, body in together:
        heads.append(b"%d %d" % (number, len(bodies)))
        bodies += body + b"\n"
    head = b" ".join(heads) + b"\n"
    return _stream(b"/Type/ObjStm/N %d/First %d" % (len(together), len(head)), head + bytes(bodies))


def _stream(about: bytes, content: bytes) -> bytes:
    short = zlib.compress(content)
    return b"<<" + about + b"/Filter/FlateDecode/Length %d>>\nstream\n" % len(short) + short + b"\nendstream"


def _put(out: bytearray, number: int, body: bytes) -> int:
    """Write an object at the end, and say where it begins."""
    start = len(out)
    out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    return start
