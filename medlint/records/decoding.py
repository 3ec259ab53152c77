"""Bytes -> text with LF line ends, and what was wrong with the bytes.

PubMed writes UTF-8 or plain ASCII, lines that end in CRLF (saved from the web site) or LF
(E-utilities), and no byte order mark. Everything else comes from an editor, a spreadsheet or a
copy, and is said. A byte that is not UTF-8 stays in the text as a lone surrogate (PEP 383), a
control character stays as it is; only carriage returns go.

A clean chunk costs its decoding and a few searches; places are worked out only for faults.
"""

from __future__ import annotations

import codecs
import re

from medlint.findings import Excerpt, Place
from medlint.records.batch import Chunk, ReadingFault

#: C0 controls but for tab, LF and CR, and DEL.
_C0 = (*range(9), 11, 12, *range(14, 32), 127)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BAD_BYTES = re.compile(r"[\udc80-\udcff]+")
_LINE_ENDS = re.compile(r"\r*\n")
_LONE_CR = re.compile(r" ?\r {6}")
_NAMES = {0: "NUL", 8: "backspace", 11: "vertical tab", 12: "form feed", 27: "escape", 127: "DEL"}


def plain_bytes(chunk: Chunk) -> bytes | None:
    """Return the bytes of *chunk* with LF line ends if there is nothing to say of them, but perhaps
    that they are not UTF-8; else None.

    There is something to say of a text that does not begin with a PMID, too.
    """
    data = chunk.data
    if b"\r" in data:
        if not data.count(b"\r\n") == data.count(b"\r") == data.count(b"\n"):
            return None
        data = data.translate(None, b"\r")
    if not data.startswith((b"PMID- ", b"\nPMID- ")) or not data.endswith(b"\n"):
        return None
    return None if _has_control_characters(data) else data


def decode(chunk: Chunk) -> tuple[str, list[ReadingFault]]:
    """Return the text of *chunk* and the faults of its bytes. Never raises.

    The text has LF line ends and ends with one, unless it is empty.
    """
    data, first_line = chunk.data, chunk.first_line
    notes: list[tuple[str, dict[str, str]]] = []
    if is_utf16(data):
        text, order = decode_utf16(data)
        damaged = "yes" if len(data) % 2 or "\ufffd" in text else ""
        notes.append(("utf-8-not-utf-16", {"encoding": order, "damaged": damaged}))
    else:
        if data.startswith(codecs.BOM_UTF8) and chunk.is_first:
            data = data[len(codecs.BOM_UTF8) :]
            notes.append(("no-byte-order-mark", {}))
        text = data.decode("utf-8", "surrogateescape")
    raw, text = text, _with_line_feeds(text)
    lines = text.split("\n")
    faults = [_fault(kind, lines, first_line, 0, params=params) for kind, params in notes]
    faults += _line_end_faults(raw, lines, first_line)
    faults += _bad_byte_faults(lines, first_line)
    faults += _control_faults(lines, first_line)
    if text and lines[-1]:
        if chunk.is_last:
            last = len(lines) - 1
            column = len(lines[last])
            faults.append(
                _fault("newline-at-end-of-file", lines, first_line, last, column - 1, column)
            )
        text += "\n"
    faults.sort(key=lambda fault: fault.place)
    return text, faults


def _has_control_characters(data: bytes) -> bool:
    if any(code in data for code in _C0):
        return True
    if data.isascii():
        return False
    return any(b"\x80" <= after[:1] < b"\xa0" for after in data.split(b"\xc2")[1:])


def is_utf16(data: bytes) -> bool:
    """Whether *data* begins with the mark of UTF-16, or looks like ASCII in it."""
    head = data[:64]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and (0 in head or len(head) < 8):
        return True
    halves = head[::2], head[1::2]
    return len(head) > 3 and head.count(0) == len(head) // 2 and not all(map(any, halves))


def _fault(
    kind: str,
    lines: list[str],
    first_line: int,
    index: int,
    start: int = 0,
    end: int | None = None,
    params: dict[str, str] | None = None,
) -> ReadingFault:
    """A fault in the *index*-th line; without *end*, it covers the line from *start* on."""
    line = lines[index]
    number = first_line + index
    end = len(line) if end is None else end
    place = Place(number, start + 1, number, max(end, start + 1) + 1)
    return ReadingFault(kind, place, Excerpt(number, (line,)), params or {})


def decode_utf16(data: bytes) -> tuple[str, str]:
    """Return the text of UTF-16 *data*, and what that encoding is called."""
    if data.startswith(codecs.BOM_UTF16_LE) or (
        not data.startswith(codecs.BOM_UTF16_BE) and data[1] == 0
    ):
        name, codec = "UTF-16 (little-endian)", "utf-16-le"
    else:
        name, codec = "UTF-16 (big-endian)", "utf-16-be"
    text = data[: len(data) // 2 * 2].decode(codec, "replace").removeprefix("\ufeff")
    if len(data) % 2:
        text += data[-1:].decode("ascii", "surrogateescape")
    return text, name


def _with_line_feeds(text: str) -> str:
    """A CR before LF belongs to the line end; a text that has no LF at all ends lines with CR.
    Any other CR goes without a trace, or leaves a blank before an indent."""
    if "\r" not in text:
        return text
    if "\n" not in text:
        return text.replace("\r", "\n")
    return _LONE_CR.sub(" ", _LINE_ENDS.sub("\n", text)).replace("\r", "")


def _line_end_faults(raw: str, lines: list[str], first_line: int) -> list[ReadingFault]:
    crs = raw.count("\r")
    if not crs:
        return []
    crlfs = raw.count("\r\n")
    lfs = raw.count("\n") - crlfs
    faults = []
    if crs > crlfs:
        params = {"count": _times(crs - crlfs)}
        index = _line_of_lone_cr(raw)
        faults.append(_fault("no-lone-carriage-return", lines, first_line, index, params=params))
    if lfs and crlfs:
        few, count = ("LF", lfs) if lfs < crlfs else ("CRLF", crlfs)
        many = "CRLF" if few == "LF" else "LF"
        index = next(
            i for i, line in enumerate(raw.split("\n")) if line.endswith("\r") == (few == "CRLF")
        )
        params = {"few": few, "many": many, "count": _lines(count)}
        faults.append(_fault("same-line-ends", lines, first_line, index, params=params))
    return faults


def _line_of_lone_cr(raw: str) -> int:
    """The index of the line that the first CR without an LF stands in or ends."""
    if "\n" not in raw:
        return 0
    match = re.search(r"\r(?!\n)", raw)
    return raw.count("\n", 0, match.start()) if match else 0


def _bad_byte_faults(lines: list[str], first_line: int) -> list[ReadingFault]:
    """One fault for each record, at its first bad bytes."""
    bad_lines: list[list[int]] = [[]]
    for index, line in enumerate(lines):
        if line.startswith("PMID- "):
            bad_lines.append([])
        if not line.isascii() and _BAD_BYTES.search(line):
            bad_lines[-1].append(index)
    return [bad_byte_fault(lines, first_line, indexes) for indexes in bad_lines if indexes]


def bad_byte_fault(lines: list[str], first_line: int, indexes: list[int]) -> ReadingFault:
    """The fault of the bytes that are not UTF-8 in the *lines* of a record that *indexes* name."""
    match = _BAD_BYTES.search(lines[indexes[0]])
    assert match
    data = match[0].encode("ascii", "surrogateescape")
    guess, codec = probable_encoding("".join([lines[index] for index in indexes]))
    codes = " ".join([f"0x{byte:02X}" for byte in data])
    others = len(indexes) - 1
    params = {
        "bytes": f"The byte {codes} is" if len(data) == 1 else f"The bytes {codes} are",
        "guess": guess,
        "read_as": data.decode(codec, "replace"),
        "more": f" (and bytes in {_lines(others)} more of this record)" if others else "",
    }
    start, end = match.span()
    return _fault("valid-utf-8", lines, first_line, indexes[0], start, end, params)


def probable_encoding(text: str) -> tuple[str, str]:
    """The name and codec of the single-byte encoding that *text* was probably written in."""
    data = "".join(_BAD_BYTES.findall(text)).encode("ascii", "surrogateescape")
    if min(data) >= 0xA0:
        return "Latin-1", "latin-1"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "an unknown encoding", "latin-1"
    return "Windows-1252", "cp1252"


def _control_faults(lines: list[str], first_line: int) -> list[ReadingFault]:
    faults = []
    for index, line in enumerate(lines):
        if line.isprintable() or not (match := _CONTROL.search(line)):
            continue
        code = ord(match[0])
        name = f"U+{code:04X}"
        if code in _NAMES:
            name += f" ({_NAMES[code]})"
        faults.append(
            _fault(
                "no-control-characters",
                lines,
                first_line,
                index,
                match.start(),
                match.end(),
                {"character": name, "count": _times(len(_CONTROL.findall(line)))},
            )
        )
    return faults


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"
