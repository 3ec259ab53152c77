"""Merge conflicts that git left in a text.

Git writes ``<<<<<<< name``, one side, ``=======``, the other side and ``>>>>>>> name``; with the
style diff3 the common ancestor stands between ``|||||||`` and ``=======`` (git-merge,
"How conflicts are presented"). The first side is read, the rest is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARKER = re.compile(r"(<{7}|\|{7}|>{7})(?: (.*))?\Z|(={7})\Z")


class Conflict(NamedTuple):
    """A conflict between two lines (indexes from 0, the end exclusive), and the lines in it that
    are not to be read."""

    start: int
    end: int
    ours: str
    theirs: str
    skipped: tuple[int, ...]
    #: How many of the skipped lines are not markers.
    unread: int = 0


def may_have_conflicts(data: bytes) -> bool:
    """Whether *data* may hold a conflict; never misses one."""
    return b"<<<<<<<" in data or b">>>>>>>" in data


def find_conflicts(lines: list[str]) -> list[Conflict]:
    """Find the conflicts in *lines*; a marker that lacks its others is one of its own."""
    conflicts = []
    opened: list[tuple[int, str, str]] = []
    for index, sign, name in _markers(lines):
        if sign == "<":
            conflicts += _left_over(opened)
            opened = [(index, sign, name)]
        elif sign == ">":
            if opened and any(mark == "=" for _, mark, _ in opened):
                conflicts.append(_conflict(opened, index, name))
            else:
                conflicts += [*_left_over(opened), *_left_over([(index, sign, name)])]
            opened = []
        elif opened:
            opened.append((index, sign, name))
    return conflicts + _left_over(opened)


def _markers(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    for index, line in enumerate(lines):
        if line[:7] in ("<<<<<<<", "=======", ">>>>>>>", "|||||||"):
            match = _MARKER.match(line.rstrip())
            if match:
                yield index, line[0], (match[2] or "").strip()


def _conflict(opened: list[tuple[int, str, str]], end: int, theirs: str) -> Conflict:
    start, _, ours = opened[0]
    other_side = opened[1][0]
    skipped = (start, *range(other_side, end + 1))
    unread = len(skipped) - len(opened) - 1
    return Conflict(start, end + 1, ours or "ours", theirs or "theirs", skipped, unread)


def _left_over(opened: list[tuple[int, str, str]]) -> list[Conflict]:
    return [
        Conflict(index, index + 1, name or sign * 7, "", (index,)) for index, sign, name in opened
    ]
