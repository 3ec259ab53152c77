"""The colours of the outputs for people, as ANSI escapes (ECMA-48 SGR)."""

from __future__ import annotations

from typing import NamedTuple

from medlint.findings import Severity


class Palette(NamedTuple):
    """What to write before a piece of text, and `end` after it; all empty without colours."""

    error: str = ""
    warning: str = ""
    info: str = ""
    strong: str = ""
    faint: str = ""
    end: str = ""

    def of(self, severity: Severity) -> str:
        """The colour of *severity*."""
        return (self.info, self.warning, self.error)[severity - 1]

    def paint(self, color: str, text: str) -> str:
        """*text* in *color*."""
        return f"{color}{text}{self.end}" if color and text else text


PLAIN = Palette()
COLORED = Palette("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[1m", "\x1b[2m", "\x1b[0m")
