"""``medlint format``: records in PubMed's layout of today, and nothing else changed.

The order of the tags, the tag padded to four, lines of 87 characters and a blank, one empty line
between records. What cannot be read without a guess stays as it is, and is told; what is written is
read again, and must say the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from medlint.fixes.order import HOLDERS, bonds, in_order
from medlint.fixes.wrapping import written
from medlint.records.batch import Batch, Chunk
from medlint.records.decoding import decode, is_utf16
from medlint.records.record import BOOK, PUBMED, Record
from medlint.records.tagged import read

_MARK = "\ufeff"
_EMPTY = re.compile(r"[A-Za-z]{2,4}\s*-\s*")

#: Where the reader had to guess: the name of a rule -> what is the matter.
_GUESSED = {
    "record-line-breaks": "its line breaks are lost",
    "wrapped-text-is-indented": "it has text with neither a tag nor an indent",
}
#: Where a file is no MEDLINE, or not one text.
_REFUSED = {
    "medline-text": "it is not MEDLINE text",
    "no-merge-conflict": "a merge conflict was left in it",
    "utf-8-not-utf-16": "it is in UTF-16",
}


class Untouched(NamedTuple):
    """What was left as it is: from which line on, and why."""

    line: int
    reason: str


class Formatted(NamedTuple):
    """A chunk in PubMed's layout."""

    data: bytes
    records: int
    untouched: list[Untouched]


def line_end_of(data: bytes) -> bytes:
    """How most lines of *data* end, as LF or CRLF."""
    return b"\r\n" if data.count(b"\r\n") * 2 > data.count(b"\n") else b"\n"


def format_chunk(chunk: Chunk, line_end: bytes) -> Formatted:
    """Lay out the records of *chunk* anew, with lines that end in *line_end*. Never raises."""
    batch = read(chunk)
    for fault in batch.faults:
        if fault.kind in _REFUSED:
            untouched = Untouched(fault.place.line, _REFUSED[fault.kind])
            return Formatted(chunk.data, len(batch.records), [untouched])
    if not batch.records or is_utf16(chunk.data) or _is_torn(chunk):
        return Formatted(chunk.data, len(batch.records), [])
    blocks, untouched_records = _blocks(chunk, batch)
    text = "\n".join(blocks)
    text = text.lstrip(_MARK) if chunk.is_first else f"\n{text}"
    data = text.encode("utf-8", "surrogateescape").replace(b"\n", line_end)
    if not _say_the_same(batch, read(chunk._replace(data=data))):
        reason = "it would read differently in another layout"
        return Formatted(chunk.data, len(batch.records), [Untouched(chunk.first_line, reason)])
    return Formatted(data, len(batch.records), untouched_records)


def _is_torn(chunk: Chunk) -> bool:
    """Whether the chunk begins or ends inside a record, which only records of many megabytes do."""
    begins = chunk.is_first or chunk.data.startswith((b"\n", b"\r", b"PMID- "))
    return not (begins and (chunk.is_last or chunk.data.endswith((b"\n", b"\r"))))


def _blocks(chunk: Chunk, batch: Batch) -> tuple[list[str], list[Untouched]]:
    """The records, and the text between them, each with its last line end."""
    text, _ = decode(chunk)
    lines = text.removesuffix("\n").split("\n")
    guessed = {id(f.record): _GUESSED[f.kind] for f in batch.faults if f.kind in _GUESSED}
    blocks: list[str] = []
    untouched: list[Untouched] = []
    at = chunk.first_line
    for record in batch.records:
        start, end = record.first_line, record.first_line + len(record.lines)
        blocks += _stray(lines[at - chunk.first_line : start - chunk.first_line])
        own = lines[max(start, at) - chunk.first_line : end - chunk.first_line]
        reason = guessed.get(id(record))
        reason = reason or _reason_to_leave(record)
        block = None if reason or start < at else _block(record)
        if block is not None and _letters(own) != _letters([block]):
            block, reason = None, "some of its text belongs to no field"
        if block is None:
            untouched.append(Untouched(start, reason or "it would read differently otherwise"))
            blocks += _stray(own)
        else:
            blocks.append(block)
        at = max(at, end)
    blocks += _stray(lines[at - chunk.first_line :])
    return blocks, untouched


def _reason_to_leave(record: Record) -> str | None:
    """Why *record* cannot be laid out without a guess; None if it can."""
    for field in record.layout.fields:
        if not field.pieces and field.tag in HOLDERS:
            return f"its {field.tag} is empty, and what stands below would change hands"
        if any(piece.column == 1 for piece in field.pieces):
            return "it has text with neither a tag nor an indent"
    return None


def _letters(lines: list[str]) -> Counter[str]:
    """How often each letter, digit and control character stands in *lines*, but for the tags of
    empty fields."""
    text = "".join([line for line in lines if not _EMPTY.fullmatch(line)]).casefold()
    return Counter(sign for sign in text if sign.isalnum() or (sign < " " and not sign.isspace()))


def _stray(lines: list[str]) -> Iterator[str]:
    """Lines that stay as they are, without the empty ones around them."""
    text = "\n".join(lines).strip("\n" + _MARK)
    if text.strip():
        yield f"{text}\n"


def _block(record: Record) -> str | None:
    """The lines of *record*; None if they would be read as something else."""
    fields = [field for field in record.layout.fields if field.pieces]
    ordered = in_order(fields) if record.dialect in (PUBMED, BOOK) else fields
    lines = [line for field in ordered for line in written(field.tag, field.value)]
    text = "\n".join(lines) + "\n"
    data = text.encode("utf-8", "surrogateescape")
    again = read(Chunk(data, 1, is_first=False, is_last=False)).records
    return text if len(again) == 1 and _is_same(record, again[0]) else None


def _say_the_same(old: Batch, new: Batch) -> bool:
    pairs = zip(old.records, new.records, strict=False)
    return len(old.records) == len(new.records) and all(_is_same(a, b) for a, b in pairs)


def _is_same(a: Record, b: Record) -> bool:
    """Whether two records have the same fields, in the same order within each tag, and each belongs
    to what it belonged to."""
    return a.fields == b.fields and _bonds(a) == _bonds(b)


def _bonds(record: Record) -> object:
    return bonds([field for field in record.layout.fields if field.pieces])
