"""Patterns mean the same on every Python that medlint runs on."""

from __future__ import annotations

import re

from support import ROOT

_PATTERNS_IN = [*(ROOT / "medlint").rglob("*.py"), *(ROOT / "rules").rglob("*.yaml")]


def test_no_group_is_repeated_possessively() -> None:
    """Before Python 3.11.5 such repeats match wrongly (CPython issue 106052); those of one
    character do not."""
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _PATTERNS_IN
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\)(?:[*+?]|\{[0-9,]+\})\+", line)
    ]
    assert found == []
