"""What is mended in the bytes of a file as a whole, because it has no place in a line of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from medlint.records.decoding import decode_utf16, is_utf16

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r*\n")
#: A carriage return that stands for a line end: a continuation or a tag follows.
_LOST_LINE_END = re.compile(rb" ?\r(?= {6}[^ ])|\r(?=[A-Z]{2}(?:  |[A-Z] |[A-Z]{2})- )")


def without_mark(data: bytes) -> bytes:
    """*data* without the byte order mark at its beginning."""
    return data.removeprefix(_BOM)


def as_utf8(data: bytes) -> bytes:
    """UTF-16 as UTF-8; as it is where that is not possible without loss."""
    if not is_utf16(data):
        return data
    text, _ = decode_utf16(data)
    if "\ufffd" in text or len(data) % 2:
        return data
    return text.encode("utf-8", "surrogatepass")


def with_one_line_end(data: bytes) -> bytes:
    """*data* with the line end that most of its lines have.

    >>> with_one_line_end(b"a\\r\\nb\\nc\\r\\n")
    b'a\\r\\nb\\r\\nc\\r\\n'
    """
    counts = Counter(_LINE_END.findall(data))
    crlf = sum(counts.values()) > 2 * counts[b"\n"]
    return _LINE_END.sub(b"\r\n" if crlf else b"\n", data)


def without_lone_returns(data: bytes) -> bytes:
    """*data* without carriage returns that end no line. One before an indent or a tag was a line
    end, and becomes one; a text that ends its lines with nothing else gets line feeds.

    >>> without_lone_returns(b"TI  - Tea\\r and sleep.\\n")
    b'TI  - Tea and sleep.\\n'
    """
    if b"\n" not in data:
        return data.replace(b"\r", b"\n")
    crlfs = data.count(b"\r\n")
    end = b"\r\n" if crlfs * 2 > data.count(b"\n") else b"\n"
    data = re.sub(rb"\r+\r\n", b"\r\n", data)
    data = _LOST_LINE_END.sub(lambda match: end, data)
    return re.sub(rb"\r(?!\n)", b"", data)


#: The name of a rule on reading -> what mends the bytes of a chunk.
REPAIRS: dict[str, Callable[[bytes], bytes]] = {
    "no-byte-order-mark": without_mark,
    "utf-8-not-utf-16": as_utf8,
    "same-line-ends": with_one_line_end,
    "no-lone-carriage-return": without_lone_returns,
}
