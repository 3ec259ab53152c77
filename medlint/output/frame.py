"""The code frame: the source lines of a finding, with the place underlined."""

from __future__ import annotations

from typing import NamedTuple

from medlint.findings import Excerpt, Place
from medlint.output.visible import encodable, visible_parts

#: A place over more lines than this is shown by its first ones.
MAX_LINES = 3

_MIN_ROOM = 30

#: Columns shown before the place in any case; the tag of a field takes as many.
_CONTEXT = 6


class FrameRow(NamedTuple):
    """One row of a frame: what stands left of the bar, and right of it."""

    gutter: str
    text: str
    is_underline: bool = False


def frame(place: Place, excerpt: Excerpt, width: int, encoding: str | None) -> list[FrameRow]:
    """Return the rows that show *place* in *excerpt*, none of them wider than *width* columns
    (but at least 30) beside the gutter, with only characters that *encoding* holds.

    A line that is too long is cut to the part around the underlined one.
    """
    lines = excerpt.lines
    shown = lines if len(lines) <= MAX_LINES else lines[: MAX_LINES - 1]
    last = excerpt.first_line + len(shown) - 1
    digits = len(str(last))
    rows = []
    for number, line in enumerate(shown, excerpt.first_line):
        shift = excerpt.first_column - 1 if number == excerpt.first_line else 0
        span = _underlined(place, number, line, shift)
        text, before, length = _window(line, span, max(width - digits, _MIN_ROOM), encoding)
        rows.append(FrameRow(str(number).rjust(digits), text.rstrip()))
        if length:
            rows.append(FrameRow(" " * digits, " " * before + "^" * length, is_underline=True))
    if len(shown) < len(lines):
        rows.append(
            FrameRow(" " * digits, f"{_ellipsis(encoding)} {len(lines) - len(shown):,} more lines")
        )
    return rows


def _underlined(place: Place, number: int, line: str, shift: int) -> tuple[int, int]:
    """The part of *line* that *place* covers, as offsets; empty where it covers none. As many
    columns as *shift* says stand before *line*."""
    if not place.line <= number <= place.end_line:
        return 0, 0
    indent = len(line) - len(line.lstrip(" "))
    start = place.column - 1 - shift if number == place.line else indent
    end = place.end_column - 1 - shift if number == place.end_line else len(line.rstrip(" "))
    if number == place.line:
        return start, max(end, start + 1)
    return start, max(end, start)


def _window(
    line: str, span: tuple[int, int], room: int, encoding: str | None
) -> tuple[str, int, int]:
    """Cut *line* to *room* columns around the part that *span* gives as (start, end).

    Returns the text, the columns before the underline and the columns of the underline.
    """
    near = max(span[0] - 2 * room, 0)
    cells = _cells(line[near : span[0] + 2 * room], encoding)
    widths = [_columns(cell) for cell in cells]
    start, end = span[0] - near, span[1] - near
    first, stop = 0, len(cells)
    left = right = ""
    if len(cells) < len(line) or sum(widths) > room:
        ellipsis = _ellipsis(encoding)
        first, stop = _fit(widths, start, end, room - 2 * len(ellipsis))
        left = ellipsis if near + first > 0 else ""
        right = ellipsis if near + stop < len(line) else ""
    text = left + "".join(cells[first:stop]) + right
    before = len(left) + sum(widths[first:start])
    length = max(sum(widths[start : min(end, stop)]), 1) if end > start else 0
    return text, before, length


def _fit(widths: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """Choose cells that fill *room* columns: some before the underlined ones, these, then as
    many before as after."""
    first = stop = min(start, len(widths))
    while first > 0 and sum(widths[first - 1 : stop]) <= _CONTEXT:
        first -= 1
    room -= sum(widths[first:stop])
    while stop < min(end, len(widths)) and widths[stop] <= room:
        room -= widths[stop]
        stop += 1
    has_grown = True
    while has_grown:
        has_grown = False
        if stop < len(widths) and widths[stop] <= room:
            room -= widths[stop]
            stop += 1
            has_grown = True
        if first > 0 and widths[first - 1] <= room:
            first -= 1
            room -= widths[first]
            has_grown = True
    return first, stop


def _cells(text: str, encoding: str | None) -> list[str]:
    """What is shown for each character of *text*."""
    return [encodable(part, encoding) for part in visible_parts(text)]


def _ellipsis(encoding: str | None) -> str:
    return "…" if encodable("…", encoding) == "…" else "..."


def _columns(shown: str) -> int:
    """How many columns of a terminal *shown* takes."""
    if shown.isascii():
        return len(shown)
    from unicodedata import category, east_asian_width

    return sum(
        0
        if category(character) in ("Mn", "Me", "Cf")
        else 2
        if east_asian_width(character) in "WF"
        else 1
        for character in shown
    )
