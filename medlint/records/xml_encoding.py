"""The bytes of PubMed XML -> UTF-8, and what was wrong with their encoding.

Source: XML 1.0, sections 2.11 (line ends), 4.3.3 and appendix F (encodings).
"""

from __future__ import annotations

import codecs
import re

from medlint.findings import Excerpt, Place
from medlint.records.batch import Chunk, ReadingFault
from medlint.records.decoding import bad_byte_fault, probable_encoding
from medlint.records.xml_source import XmlText

_BAD_BYTES = re.compile("[\udc80-\udcff]+")
_LONGEST_SHOWN = 400


def as_utf_8(chunk: Chunk) -> tuple[bytes, list[ReadingFault]]:
    """Return the text of *chunk* in UTF-8 with LF line ends, and the fault of a declaration that
    names another encoding than the text has."""
    assert chunk.xml is not None
    data, encoding, declared = chunk.data, chunk.xml.encoding, chunk.xml.declared
    found: str | None = None
    if encoding != "utf-8":
        if not encoding.startswith("utf-16") and _is_utf_8(data):
            found = "utf-8"
        else:
            data = data.decode(encoding, "replace").encode("utf-8", "replace")
    elif declared and _is_ascii(declared) and _is_utf_8(data):
        found = "utf-8"
    if chunk.is_first:
        data = data.removeprefix(codecs.BOM_UTF8)
        if declared and not _is_meant(declared, encoding):
            found = encoding
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data, [_wrong_declaration(data, chunk, declared or "", found)] if found else []


def mended(text: XmlText) -> tuple[bytes, list[ReadingFault]]:
    """Return *text* with the bytes that are not UTF-8 read as what they probably are, and a fault
    for each record that has some."""
    data, starts = text.data, text.starts
    try:
        data.decode()
    except UnicodeDecodeError:
        pass
    else:
        return data, []
    parts = [data[: starts[0]].decode("utf-8", "replace")]
    faults = []
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(data)
        part = data[start:end].decode("utf-8", "surrogateescape")
        if _BAD_BYTES.search(part):
            lines = part.split("\n")
            bad = [number for number, line in enumerate(lines) if _BAD_BYTES.search(line)]
            faults.append(bad_byte_fault(lines, text.line_of(index), bad))
            part = _read_as_probable(part)
        parts.append(part)
    return "".join(parts).encode(), faults


def _read_as_probable(part: str) -> str:
    _, codec = probable_encoding(part)
    return _BAD_BYTES.sub(
        lambda match: match[0].encode("ascii", "surrogateescape").decode(codec, "replace"), part
    )


def _is_ascii(declared: str) -> bool:
    try:
        return codecs.lookup(declared).name == "ascii"
    except LookupError:
        return False


def _is_utf_8(data: bytes) -> bool:
    """Whether *data* goes beyond ASCII and is UTF-8, as text of another encoding hardly ever is."""
    if data.isascii():
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_meant(declared: str, encoding: str) -> bool:
    """Whether the declared name means the encoding; ASCII is UTF-8, UTF-16 is of either order."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return False
    return name == encoding or (name, encoding[:6]) in (("ascii", "utf-8"), ("utf-16", "utf-16"))


def _wrong_declaration(data: bytes, chunk: Chunk, declared: str, found: str) -> ReadingFault:
    number = chunk.first_line + data[: len(data) - len(data.lstrip())].count(b"\n")
    line = data.lstrip().partition(b"\n")[0][:_LONGEST_SHOWN].decode("utf-8", "replace")
    place = Place(number, 1, number, max(len(line.rstrip()), 1) + 1)
    params = {"declared": declared, "found": found.upper().removesuffix("-LE").removesuffix("-BE")}
    return ReadingFault("xml-encoding-declared", place, Excerpt(number, (line,)), params)
