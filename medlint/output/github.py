"""Format ``github``: annotations of GitHub Actions, as workflow commands.

Sources: "Workflow commands for GitHub Actions" (docs.github.com) for the commands; the toolkit of
GitHub (actions/toolkit, packages/core) for the escapes, and its docs/problem-matchers.md for the
limit of 10 errors, 10 warnings and 10 notices a step, above which GitHub drops the rest in silence;
"Checks" of its REST API for columns, which an annotation has on a single line only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TextIO

from medlint.findings import Finding, Severity
from medlint.findings_summary import Summary
from medlint.output.human import Console, plural
from medlint.output.server_paths import repository_path
from medlint.output.writer import OutputOptions

#: How many annotations of one kind GitHub shows for a step.
LIMIT = 10

_KIND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

#: One error is kept for a run that fails, and one notice for what else there is to say.
_ROOM = {Severity.ERROR: LIMIT - 1, Severity.WARNING: LIMIT, Severity.INFO: LIMIT - 1}


_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


class GithubWriter:
    """Writes the first findings of each severity as annotations, and at the end how many more
    there are."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._console = Console(stream, options._replace(color=False))
        self._show = options.show
        self._met: Counter[Severity] = Counter()

    def write(self, finding: Finding) -> None:
        """Write the annotation of *finding*, if GitHub will show it."""
        severity, place = finding.severity, finding.place
        self._met[severity] += 1
        if self._met[severity] > _ROOM[severity]:
            return
        rule = f"{finding.code} {finding.name}"
        record = f" [PMID {finding.pmid}]" if finding.pmid else ""
        # The log shows the message alone, so it says once more where and which rule.
        message = f"{finding.path}:{place.line}:{place.column}: {rule}{record} {finding.message}"
        self._annotate(
            _KIND[severity], {**_location(finding), "title": rule}, self._console.text(message)
        )

    def close(self, summary: Summary) -> None:
        """Write why the run failed as an error; what was not shown and the notices as a notice;
        then the summary."""
        self._tell("error", summary.unusable)
        self._tell("notice", [*self._beyond_limit(), *summary.notices])
        self._console.write_sum(summary, self._show)

    def _beyond_limit(self) -> list[str]:
        more = [
            plural(self._met[severity] - room, f"more {severity.label}")
            for severity, room in _ROOM.items()
            if self._met[severity] > room
        ]
        if not more:
            return []
        why = f"GitHub shows {LIMIT} annotations of a kind for a step"
        return [f"+{', '.join(more)}: {why}; --output concise:FILE holds all findings"]

    def _tell(self, kind: str, lines: Sequence[str]) -> None:
        """Write *lines*, if there are any, as one annotation on no file."""
        if lines:
            text = "\n".join(map(self._console.text, lines))
            self._annotate(kind, {"title": "medlint"}, text)

    def _annotate(self, kind: str, properties: Mapping[str, object], text: str) -> None:
        shown = [
            f"{name}={self._console.text(str(value)).translate(_IN_PROPERTY)}"
            for name, value in properties.items()
        ]
        self._console.write(f"::{kind} {','.join(shown)}::{text.translate(_IN_MESSAGE)}")


def _location(finding: Finding) -> dict[str, object]:
    """Where *finding* is, as far as an annotation can say it: standard input is no file."""
    place = finding.place
    if finding.path == "-":
        return {}
    location = {"file": repository_path(finding.path), "line": place.line}
    if place.line == place.end_line:
        return {**location, "col": place.column, "endColumn": place.end_column}
    return {**location, "endLine": place.end_line}
