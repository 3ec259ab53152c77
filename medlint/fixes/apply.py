"""Edits on lines and columns -> new bytes; every byte outside the edits stays as it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from medlint.findings import Edit, Fix, Place

_BOM = b"\xef\xbb\xbf"
_INNER_CR = re.compile(rb"\r(?!\r*\n?\Z)")


class CannotApplyError(Exception):
    """Edits whose places cannot be found in the bytes."""


class _Span(NamedTuple):
    start: int
    end: int
    text: bytes


class Text:
    """The bytes of a chunk of a file, whose first line is line *first_line*, seen as lines.

    Lines end with LF or CRLF, or with CR where there is no LF at all, as for the reader
    (`medlint.records.decoding`); a byte order mark is no part of the first line.
    """

    def __init__(self, data: bytes, first_line: int = 1):
        self._data = data
        self._first_line = first_line
        self._start = len(_BOM) if data.startswith(_BOM) else 0
        body = data[self._start :]
        lines = re.split(rb"(?<=\n)", body) if b"\n" in body else re.split(rb"(?<=\r)", body)
        self._lines = lines if lines[-1] else lines[:-1]
        self._offsets = list(accumulate(map(len, self._lines), initial=self._start))
        #: How most lines end.
        self.line_end = _line_end(body)

    def splice(self, edits: Iterable[Edit]) -> bytes:
        """The bytes with *edits* made; a line feed in the text of an edit is written as the lines
        of the file end.

        Raises CannotApplyError for edits that overlap, and for places that are not there.
        """
        spans = sorted(map(self._span, edits))
        parts, at = [], 0
        for start, end, text in spans:
            if start < at:
                raise CannotApplyError("edits overlap")
            parts += [self._data[at:start], text]
            at = end
        return b"".join([*parts, self._data[at:]])

    def _span(self, edit: Edit) -> _Span:
        place = edit.place
        start = self._offset(place.line, place.column)
        end = self._offset(place.end_line, place.end_column)
        if end < start:
            raise CannotApplyError("a place ends before it begins")
        text = edit.text
        if text and start == len(self._data) and self._lacks_line_end() and place.column == 1:
            text = "\n" + text.removesuffix("\n")
        data = text.encode("utf-8", "surrogateescape").replace(b"\n", self.line_end)
        return _Span(start, end, data)

    def _lacks_line_end(self) -> bool:
        return bool(self._lines) and not self._lines[-1].endswith((b"\n", b"\r"))

    def _offset(self, line: int, column: int) -> int:
        index = line - self._first_line
        if index == len(self._lines) and column == 1:
            return len(self._data)
        if not 0 <= index < len(self._lines):
            raise CannotApplyError(f"there is no line {line}")
        raw = self._lines[index]
        if column == 1:
            return self._offsets[index]
        if _INNER_CR.search(raw):
            raise CannotApplyError(f"a carriage return stands inside line {line}")
        text = raw.rstrip(b"\r\n").decode("utf-8", "surrogateescape")
        if column - 1 > len(text):
            raise CannotApplyError(f"line {line} has no column {column}")
        return self._offsets[index] + len(text[: column - 1].encode("utf-8", "surrogateescape"))


def _line_end(data: bytes) -> bytes:
    crlfs = data.count(b"\r\n")
    lfs = data.count(b"\n")
    if not lfs:
        return b"\r" if b"\r" in data else b"\n"
    return b"\r\n" if crlfs * 2 > lfs else b"\n"


def apart(fixes: Iterable[Fix]) -> list[int]:
    """The indexes of those *fixes* that can be made together: each as a whole or not at all, the
    one that begins first before others that touch what it touches.

    >>> a, b = Place(1, 7, 1, 9), Place(1, 8, 1, 12)
    >>> apart([Fix("", True, (Edit(b, "x"),)), Fix("", True, (Edit(a, "y"),))])
    [1]
    """
    order = sorted(
        ((min(fix.edits).place, index, fix) for index, fix in enumerate(fixes) if fix.edits),
        key=lambda item: item[:2],
    )
    taken: dict[int, list[Place]] = defaultdict(list)
    chosen = []
    for _, index, fix in order:
        places = [
            (edit.place, range(edit.place.line, edit.place.end_line + 1)) for edit in fix.edits
        ]
        if any(_touch(p, other) for p, lines in places for n in lines for other in taken[n]):
            continue
        for place, lines in places:
            for number in lines:
                taken[number].append(place)
        chosen.append(index)
    return sorted(chosen)


def _touch(a: Place, b: Place) -> bool:
    """Whether two places overlap, or meet where one of them is empty."""
    if a[:2] == a[2:] or b[:2] == b[2:]:
        return a[:2] <= b[2:] and b[:2] <= a[2:]
    return a[:2] < b[2:] and b[:2] < a[2:]
