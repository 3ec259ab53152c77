"""Bytes: encodings, line ends, and characters that no text has."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from quality.mutations.entry import NotApplicable, needed
from quality.mutations.kinds import Excerpt, file_kind, line_kind


@file_kind("a byte order mark", "no-byte-order-mark")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    return b"\xef\xbb\xbf" + excerpt.text.encode(), [1]


@file_kind(
    "a byte order mark between two files put together",
    "no-byte-order-mark tag-line-form no-invisible-characters",
)
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    text = "\n".join([excerpt.before, "\ufeff" + excerpt.record, excerpt.after])
    return text.encode(), [excerpt.lines_above + 1]


@file_kind("UTF-16", "utf-8-not-utf-16")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    return excerpt.text.encode("utf-16"), [1]


@file_kind("UTF-16 without a byte order mark", "utf-8-not-utf-16")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    return excerpt.text.encode(draw.choice(["utf-16-le", "utf-16-be"])), [1]


@file_kind("one record in Latin-1", "valid-utf-8")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    try:
        record = excerpt.record.encode("latin-1")
    except UnicodeEncodeError:
        raise NotApplicable from None
    data = b"\n".join([excerpt.before.encode(), record, excerpt.after.encode()])
    lines = excerpt.record.split("\n")
    above = excerpt.lines_above + 1
    return data, needed([above + i for i, line in enumerate(lines) if not line.isascii()])


@file_kind("a letter cut in the middle of its bytes", "valid-utf-8")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    places = [i for i, letter in enumerate(excerpt.record) if not letter.isascii()]
    at = draw.choice(needed(places))
    head = excerpt.before + "\n" + excerpt.record[:at]
    tail = excerpt.record[at:] + "\n" + excerpt.after
    return head.encode() + tail.encode()[1:], [head.count("\n") + 1]


@file_kind("other line ends in one record", "same-line-ends")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    record = excerpt.record.replace("\n", "\r\n")
    text = "\n".join([excerpt.before, record, excerpt.after])
    return text.encode(), range(1, text.count("\n") + 1)


@file_kind("another line end on one line", "same-line-ends")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    lines = excerpt.text.split("\n")
    at = draw.randrange(excerpt.lines_above, excerpt.lines_above + excerpt.record.count("\n"))
    lines[at] += "\r"
    return "\n".join(lines).encode(), [at + 1]


def _in_a_value(lines: list[str], draw: Random, what: str) -> Iterable[int]:
    at = draw.choice([i for i in range(5, len(lines) - 2) if len(lines[i].rstrip()) > 12])
    place = draw.randrange(8, len(lines[at].rstrip()) - 1)
    lines[at] = lines[at][:place] + what + lines[at][place:]
    return [at]


@line_kind("a carriage return within a line", "no-lone-carriage-return")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    return _in_a_value(lines, draw, "\r")


@line_kind("a control character", "no-control-characters")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    return _in_a_value(lines, draw, draw.choice("\x00\x07\x1b\x0b\x02\x0c\x7f\x85\x92"))


@line_kind("a tab for a blank in a value", "no-tabs-in-values")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(needed([i for i, line in enumerate(lines) if " " in line[8:].rstrip()]))
    place = lines[at].index(" ", 8)
    lines[at] = lines[at][:place] + "\t" + lines[at][place + 1 :]
    return [at]
