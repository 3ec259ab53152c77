"""Code frames: a few lines of a text, numbered, with a mark under the part that is meant."""

from __future__ import annotations

import re

#: What ends a line in YAML 1.1 (section 5.4), so that line numbers agree with the parser's.
_LINE_BREAK = "\r\n|[\r\n\x85\u2028\u2029]"
#: C0, DEL, C1, soft hyphen, zero-width and direction marks, surrogates, byte order mark.
_UNSAFE = "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
_WIDTH = 100


def split_lines(text: str) -> list[str]:
    """Return the lines of *text* without their ends, counted as YAML counts them.

    >>> split_lines("a\\r\\nb\\n")
    ['a', 'b', '']
    """
    return re.split(_LINE_BREAK, text)


def visible(text: str) -> str:
    """Return *text* with every character that could act on a terminal shown instead.

    The result has as many characters as *text*. A tab becomes a blank.

    >>> visible("a\\tb\\x1b[31m")
    'a b␛[31m'
    """
    return re.sub(_UNSAFE, _picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x09:
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def shown(value: str, limit: int = 60) -> str:
    """Return *value* in quotes for a message: on one line, safe to print, *limit* characters
    at most.

    >>> shown("a\\nb")
    "'a␊b'"
    """
    text = value if len(value) <= limit else value[: limit - 1] + "…"
    return f"'{visible(text)}'"


def code_frame(text: str, line: int, column: int, end_column: int, context: int = 1) -> str:
    """Return the code frame of one place.

    *line*, *column* and *end_column* count from 1, columns in code points, the end is
    exclusive; *context* is how many lines stand before and after. A place outside of *text*
    gives the nearest line.

    >>> print(code_frame("a: 1\\nb: 2\\nc: 3", 2, 4, 5))
      1 | a: 1
    > 2 | b: 2
        |    ^
      3 | c: 3
    """
    lines = split_lines(text)
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    line = min(max(line, 1), len(lines))
    first, last = max(line - context, 1), min(line + context, len(lines))
    start = _window(len(lines[line - 1]), column)
    gutter = len(str(last))
    rows = []
    for number in range(first, last + 1):
        sign = ">" if number == line else " "
        rows.append(f"{sign} {number:>{gutter}} | {_cut(lines[number - 1], start)}".rstrip())
        if number == line:
            marks = _marks(lines[line - 1], start, column, end_column)
            rows.append(f"  {'':>{gutter}} | {marks}")
    return "\n".join(rows)


def _window(length: int, column: int) -> int:
    """From which offset on a line is shown, so that *column* is in sight."""
    return 0 if length <= _WIDTH or column <= _WIDTH * 3 // 4 else column - _WIDTH // 2


def _cut(line: str, start: int) -> str:
    """The part of a long line that is shown; an ellipsis stands for each part that is not."""
    part = visible(line[start : start + _WIDTH])
    if start and line:
        part = "…" + part[1:]
    return part[:-1] + "…" if len(line) > start + _WIDTH else part


def _marks(line: str, start: int, column: int, end_column: int) -> str:
    before = _cut(line, start)[: max(column - 1 - start, 0)]
    meant = line[column - 1 : min(end_column - 1, start + _WIDTH)]
    return " " * _cells(before) + "^" * max(_cells(meant), 1)


def _cells(text: str) -> int:
    """How many cells of a terminal *text* takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
