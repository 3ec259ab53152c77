"""NLM numbers the files of a year's baseline and of the updates after it without a gap:
``pubmed24n0001.xml.gz``, ``pubmed24n0002.xml.gz`` and so on. A gap is a file that was not fetched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

_NAME = re.compile(r"(?s)(.*?)((?:pubmed|medline)\d\dn)(\d{4})(\.[^/\\!]*)\Z")


def file_number(name: str) -> tuple[int, int] | None:
    """The year and the number of a file of NLM's; None for another file.

    >>> file_number("in/pubmed24n0014.xml.gz"), file_number("export.xml")
    ((24, 14), None)
    """
    match = _NAME.match(name)
    return (int(match[2][-3:-1]), int(match[3])) if match else None


class Numbering:
    """The numbers that were met, file names without their number -> numbers."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, str], set[int]] = defaultdict(set)

    def note(self, name: str) -> None:
        """Take notice of the file *name*, if NLM calls its files so."""
        if match := _NAME.match(name):
            folder, kind, number, suffix = match.groups()
            self._numbers[folder, kind, suffix].add(int(number))

    def notices(self) -> list[str]:
        """One line for each series in which numbers are missing.

        >>> files = Numbering()
        >>> for number in (14, 15, 17, 21):
        ...     files.note(f"in/pubmed24n{number:04}.xml.gz")
        >>> files.notices()
        ['in/pubmed24n0014 to 0021: 4 files are missing: 0016, 0018 to 0020']
        """
        notices = []
        for (folder, kind, _), numbers in self._numbers.items():
            ordered = sorted(numbers)
            gaps = [(low + 1, high - 1) for low, high in pairwise(ordered) if high > low + 1]
            if gaps:
                missing = ordered[-1] - ordered[0] + 1 - len(ordered)
                what = "1 file is" if missing == 1 else f"{missing} files are"
                series = f"{folder}{kind}{ordered[0]:04} to {ordered[-1]:04}"
                notices.append(f"{series}: {what} missing: {', '.join(map(_said, gaps))}")
        return notices


def _said(gap: tuple[int, int]) -> str:
    first, last = gap
    return f"{first:04}" if first == last else f"{first:04} to {last:04}"
