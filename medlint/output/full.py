"""Format ``full``: a block for each finding, with the source lines and the place underlined."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from medlint.findings import Excerpt, Finding
from medlint.findings_summary import Summary
from medlint.output.frame import frame
from medlint.output.human import Console
from medlint.output.writer import OutputOptions

_INDENT = "  "
_BAR = " | "


class FullWriter:
    """Writes the findings for people to read one by one."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._console = Console(stream, options)
        self._options = options
        self._met: Counter[str] = Counter()

    def write(self, finding: Finding) -> None:
        """Write the block of *finding*, unless its rule has had its share."""
        if finding.severity < self._options.show:
            return
        self._met[finding.code] += 1
        if not self._is_over_limit(finding.code):
            self._console.write(*self._block(finding), "")

    def close(self, summary: Summary) -> None:
        """Write what was not shown, the notices and the summary."""
        hidden = [code for code in sorted(self._met) if self._is_over_limit(code)]
        for code in hidden:
            name = summary.rules[code].name if code in summary.rules else ""
            rule = self._console.text(f"{code} {name}".rstrip(), self._console.palette.strong)
            count = self._met[code] - self._options.limit_per_rule
            self._console.write(
                f"{rule}: {count:,} more not shown; --output-format concise shows all."
            )
        self._console.write_closing(summary, self._options.show)

    def _is_over_limit(self, code: str) -> bool:
        return 0 < self._options.limit_per_rule < self._met[code]

    def _block(self, finding: Finding) -> list[str]:
        console = self._console
        lines = [console.headline(finding), _INDENT + console.text(finding.message)]
        if finding.excerpt is not None:
            lines += self._frame(finding, finding.excerpt)
        if finding.where:
            lines.append(
                f"{_INDENT}{console.palette.paint(console.palette.strong, 'at:')} "
                f"{console.text(finding.where)}"
            )
        if finding.help:
            help_ = console.palette.paint(console.palette.strong, "help:")
            lines.append(f"{_INDENT}{help_} what is right: {console.text(finding.help)}")
        return lines

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
