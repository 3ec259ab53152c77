"""Format ``markdown``: a summary of the run for the job of a build server, or a pull request.

All that comes from records, file names and rules stands in code spans, where nothing is markup, a
link or a mention ("GitHub Flavored Markdown Spec", 6.3, and 4.10 for tables). Lists are cut to
their first rows and the rest is counted, long texts are cut to their beginning. So the whole stays
far below the 1 MiB that GitHub takes of a job summary ("Workflow commands for GitHub Actions",
docs.github.com).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from medlint.findings import Finding, Severity
from medlint.findings_summary import RuleCount, Summary
from medlint.output.human import closing_line, outcome, plural
from medlint.output.visible import encodable, visible
from medlint.output.writer import OutputOptions

_MAX_LINES = 20
_MAX_RULES = 500
_MAX_FILES = 10
_MAX_EXAMPLES = 10
_MAX_LENGTH = 300

_WORST_FIRST = sorted(Severity, reverse=True)


class MarkdownWriter:
    """Counts findings by file, keeps the first one of each rule, and writes all at the end."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._stream = stream
        self._encoding: str | None = getattr(stream, "encoding", None)
        #: File -> how many findings it has of each severity.
        self._files: dict[str, dict[Severity, int]] = {}
        #: Rule code -> the first finding.
        self._first: dict[str, Finding] = {}

    def write(self, finding: Finding) -> None:
        """Count *finding*."""
        file = self._files.setdefault(finding.path, dict.fromkeys(_WORST_FIRST, 0))
        file[finding.severity] += 1
        self._first.setdefault(finding.code, finding)

    def close(self, summary: Summary) -> None:
        """Write the summary."""
        rules = sorted(summary.rules.values(), key=_worst_first)
        sections = [
            f"## medlint: {outcome(summary)}",
            closing_line(summary, Severity.INFO),
        ]
        if summary.unusable:
            sections += ["### Why the run failed", self._list(summary.unusable, "reason")]
        if summary.notices:
            sections += ["### Notices", self._list(summary.notices, "notice")]
        if rules:
            sections += [
                "### Rules",
                self._rules(rules),
                "`medlint rules show CODE` says what a rule asks for, and why.",
                "### Files with the most findings",
                self._worst_files(),
                "### The first finding of each rule",
                self._examples(rules),
            ]
        self._stream.write("\n\n".join(sections) + "\n")

    def _list(self, texts: Sequence[str], noun: str) -> str:
        rows = [f"- {self._code(text)}" for text in texts[:_MAX_LINES]]
        return "\n".join([*rows, *_more(texts, _MAX_LINES, "- ", noun)])

    def _rules(self, rules: Sequence[RuleCount]) -> str:
        rows = (
            (
                f"{self._code(rule.code)} {self._code(rule.name)}",
                rule.severity.label,
                f"{rule.instances:,}",
                f"{rule.records:,}",
            )
            for rule in rules[:_MAX_RULES]
        )
        table = _table(("rule", "severity", "findings", "records"), rows, words=2)
        return "\n".join([*table, *_more(rules, _MAX_RULES, "\n", "rule")])

    def _worst_files(self) -> str:
        files = sorted(
            self._files.items(), key=lambda file: ([-n for n in file[1].values()], file[0])
        )
        rows = (
            (self._code(path), *(f"{count:,}" for count in met.values()))
            for path, met in files[:_MAX_FILES]
        )
        table = _table(("file", *(f"{s.label}s" for s in _WORST_FIRST)), rows, words=1)
        return "\n".join([*table, *_more(files, _MAX_FILES, "\n", "file")])

    def _examples(self, rules: Sequence[RuleCount]) -> str:
        found = [self._first[rule.code] for rule in rules if rule.code in self._first]
        rows = [
            f"- {finding.severity.label} {self._code(finding.code)} {self._code(_where(finding))}\n"
            f"  {self._code(finding.message)}"
            for finding in found[:_MAX_EXAMPLES]
        ]
        return "\n".join([*rows, *_more(found, _MAX_EXAMPLES, "- ", "rule")])

    def _code(self, text: str) -> str:
        """*text* as a code span that stands in a table too."""
        if len(text) > _MAX_LENGTH:
            text = text[: _MAX_LENGTH - 3] + "..."
        text = encodable(visible(text), self._encoding).replace("|", "\\|")
        fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
        pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) or not text else ""
        return f"{fence}{pad}{text}{pad}{fence}"


def _worst_first(rule: RuleCount) -> tuple[int, int, str]:
    return -rule.severity, -rule.instances, rule.code


def _where(finding: Finding) -> str:
    place = f"{finding.path}:{finding.place.line}:{finding.place.column}"
    return f"{place} [PMID {finding.pmid}]" if finding.pmid else place


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, words: int) -> list[str]:
    """The lines of a table; the columns after the first *words* hold numbers."""
    rules = ["---"] * words + ["---:"] * (len(headings) - words)
    return [f"| {' | '.join(row)} |" for row in (headings, rules, *rows)]


def _more(items: Sequence[object], limit: int, before: str, noun: str) -> list[str]:
    """A line that counts the *items* above the *limit*, if there are any."""
    return [f"{before}+{plural(len(items) - limit, f'more {noun}')}"] if len(items) > limit else []
