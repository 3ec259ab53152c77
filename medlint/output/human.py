"""What the outputs for people share: the headline of a finding and the last lines of a run."""

from __future__ import annotations

from typing import TextIO

from medlint.findings import Finding, Severity
from medlint.findings_summary import RuleCount, Summary
from medlint.output.palette import COLORED, PLAIN, Palette
from medlint.output.visible import encodable, visible
from medlint.output.writer import OutputOptions


class Console:
    """A text stream for people: values are made visible, and nothing that the encoding of the
    stream lacks makes it fail."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._stream = stream
        self.encoding: str | None = getattr(stream, "encoding", None)
        self.palette: Palette = COLORED if options.color else PLAIN
        self._is_quiet = options.is_quiet

    def text(self, text: str, color: str = "") -> str:
        """*text* as it may be shown, in *color*."""
        return self.palette.paint(color, encodable(visible(text), self.encoding))

    def write(self, *lines: str) -> None:
        """Write *lines*; what they hold of values has gone through `text`."""
        self._stream.write("".join([f"{line}\n" for line in lines]))

    def headline(self, finding: Finding) -> str:
        """Where a finding is, which rule speaks and of which record."""
        palette, place = self.palette, finding.place
        where = self.text(f"{finding.path}:{place.line}:{place.column}", palette.strong)
        severity = self.text(finding.severity.label, palette.of(finding.severity))
        rule = self.text(f"{finding.code} {finding.name}", palette.strong)
        line = f"{where}: {severity} {rule}"
        if finding.pmid:
            line += " " + self.text(f"[PMID {finding.pmid}]", palette.faint)
        return line

    def write_closing(self, summary: Summary, show: Severity) -> None:
        """Write the notices and the line that says what the run came to."""
        self.write(*[self.text(f"note: {notice}") for notice in summary.notices])
        self.write_sum(summary, show)

    def write_sum(self, summary: Summary, show: Severity) -> None:
        """Write the line that says what the run came to, unless people want it quiet."""
        if not self._is_quiet and (summary.files or not summary.unusable):
            self.write(closing_line(summary, show))


def closing_line(summary: Summary, show: Severity) -> str:
    """Return the line that sums up a run.

    >>> closing_line(Summary(files=1, records=12), Severity.INFO)
    'Checked 12 records in 1 file: no findings.'

    A run that failed is never one without findings.
    """
    looked_at = "" if summary.records == summary.records_read else f"{summary.records:,} of "
    records = looked_at + plural(summary.records_read, "record")
    checked = f"Checked {records} in {plural(summary.files, 'file')}"
    hidden = [
        f"{s.label}s" for s in sorted(Severity, reverse=True) if s < show and summary.count(s)
    ]
    asides = []
    if hidden:
        asides.append(f"{' and '.join(hidden)} not shown; --show {hidden[-1][:-1]}")
    if held_back := _held_back(summary):
        asides.append(held_back)
    aside = f" ({'; '.join(asides)})" if asides else ""
    return f"{checked}: {outcome(summary)}{aside}."


def outcome(summary: Summary) -> str:
    """How many findings there are of each severity, the worst first, and whether the run failed.

    >>> outcome(Summary())
    'no findings'
    """
    met = [s for s in sorted(Severity, reverse=True) if summary.count(s)]
    counts = ", ".join(plural(summary.count(s), s.label) for s in met)
    if summary.unusable:
        return f"the run failed; {counts}" if counts else "the run failed"
    return counts or "no findings"


def _held_back(summary: Summary) -> str:
    """How many findings were not told, and why; empty where there is none."""
    told = [(summary.baselined, "known from the baseline"), (summary.ignored, "ignored")]
    return ", ".join(f"{count:,} {why}" for count, why in told if count)


def plural(count: int, noun: str) -> str:
    """*count* with its noun.

    >>> plural(1, "file"), plural(1234, "file")
    ('1 file', '1,234 files')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def table(rules: list[RuleCount]) -> list[str]:
    """The rules and their counts as lines of aligned text, with a line of headings."""
    rows = [("code", "name", "severity", "instances", "records")]
    rows += [
        (r.code, r.name, r.severity.label, f"{r.instances:,}", f"{r.records:,}") for r in rules
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if index > 2 else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
