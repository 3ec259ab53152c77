"""Format ``full``: a block for each finding, with the source lines and the place underlined."""

from __future__ import annotations

from typing import TextIO

from medlint.findings import Excerpt, Finding, Fix, Related
from medlint.findings_summary import Summary
from medlint.output.frame import frame
from medlint.output.human import Console
from medlint.output.writer import OutputOptions

_INDENT = "  "
_BAR = " | "

#: How many other records of a finding are named; the rest is counted.
_MAX_RELATED = 3


class FullWriter:
    """Writes the findings for people to read one by one."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._console = Console(stream, options)
        self._options = options

    def write(self, finding: Finding) -> None:
        """Write the block of *finding*."""
        self._console.write(*self._block(finding), "")

    def close(self, summary: Summary) -> None:
        """Write the notices and the summary."""
        self._console.write_closing(summary, self._options.show)

    def _block(self, finding: Finding) -> list[str]:
        console = self._console
        lines = [console.headline(finding), _INDENT + console.text(finding.message)]
        if finding.excerpt is not None:
            lines += self._frame(finding, finding.excerpt)
        if finding.where:
            lines.append(self._note("at", finding.where))
        if finding.related:
            lines.append(self._note("see also", _others(finding.related)))
        if finding.help:
            lines.append(self._note("help", f"what is right: {finding.help}"))
        if finding.fix is not None:
            lines.append(self._note("fix", _offer(finding.fix)))
        return lines

    def _note(self, label: str, text: str) -> str:
        console = self._console
        return f"{_INDENT}{console.text(f'{label}:', console.palette.strong)} {console.text(text)}"

    def _frame(self, finding: Finding, excerpt: Excerpt) -> list[str]:
        palette = self._console.palette
        room = self._options.width - len(_INDENT) - len(_BAR)
        rows = frame(finding.place, excerpt, room, self._console.encoding)
        lines = []
        for row in rows:
            color = palette.of(finding.severity) if row.is_underline else ""
            bar = palette.paint(palette.faint, f"{row.gutter}{_BAR}")
            lines.append((_INDENT + bar + palette.paint(color, row.text)).rstrip())
        return lines


def _offer(fix: Fix) -> str:
    """What *fix* does and how it is asked for."""
    return f"{fix.title} ({'safe; --fix' if fix.is_safe else 'unsafe; --unsafe-fixes'})"


def _others(related: tuple[Related, ...]) -> str:
    """The first of the other records, and how many more there are."""
    others = [
        f"{other.path}:{other.line}" + (f" [PMID {other.pmid}]" if other.pmid else "")
        for other in related[:_MAX_RELATED]
    ]
    if len(related) > _MAX_RELATED:
        others.append(f"+{len(related) - _MAX_RELATED:,} more")
    return ", ".join(others)
