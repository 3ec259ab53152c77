"""Format ``gitlab``: a Code Quality report of GitLab.

A list of findings, whatever severity is shown to people. Source: docs.gitlab.com, "Code Quality",
section "Code Quality report format". There is no place for what else the run has to say, so a
notice is an entry of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, TextIO

from medlint.findings import Finding, Severity
from medlint.findings_summary import Summary
from medlint.output.identity import Identities
from medlint.output.json import JsonEncoder
from medlint.output.server_paths import repository_path
from medlint.output.visible import visible
from medlint.output.worst import Worst
from medlint.output.writer import OutputOptions

#: GitLab gives no number, but reads the whole report at once. The worst are kept.
MOST_FINDINGS = 50_000

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class GitlabWriter:
    """Keeps the findings, encoded, until the run ends."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._stream = stream
        self._encode = JsonEncoder(stream).encode
        self._identities = Identities()
        self._findings: Worst[str] = Worst(MOST_FINDINGS)
        self._came = 0

    def write(self, finding: Finding) -> None:
        """Take *finding*."""
        self._came += 1
        if self._findings.has_room(finding.severity):
            self._findings.add(finding.severity, self._encode(self._entry(finding)))

    def close(self, summary: Summary) -> None:
        """Write the list, notices first: GitLab shows the first entries of a long one."""
        notices = [self._encode(entry) for entry in self._notices(summary)]
        self._stream.write("[")
        separator = "\n"
        for entry in [*notices, *self._findings]:
            self._stream.write(separator + entry)
            separator = ",\n"
        self._stream.write("\n]\n")

    def _entry(self, finding: Finding) -> dict[str, Any]:
        record = f" (PMID {finding.pmid})" if finding.pmid else ""
        return {
            "description": visible((finding.message or finding.code) + record),
            "check_name": visible(f"{finding.code} {finding.name}"),
            "fingerprint": self._identities.of(finding),
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": visible(repository_path(finding.path)),
                "lines": {"begin": finding.place.line, "end": finding.place.end_line},
            },
        }

    def _notices(self, summary: Summary) -> Iterator[dict[str, Any]]:
        notes = [("blocker", reason) for reason in summary.unusable]
        severity = "major" if summary.is_cut_short else "info"
        notes += [(severity, notice) for notice in summary.notices]
        if left_out := self._came - len(self._findings):
            notes.append(
                (
                    "major",
                    f"{left_out:,} of {self._came:,} findings are left out of this report, "
                    "the mildest first",
                )
            )
        met: Counter[str] = Counter()
        for severity, text in notes:
            # A count that changed makes no new entry.
            lasting = _hash(re.sub("[0-9][0-9,]*", "", text))
            met[lasting] += 1
            yield {
                "description": f"medlint: {visible(text)}",
                "check_name": "medlint notice",
                "fingerprint": f"{lasting}:{met[lasting]}",
                "severity": severity,
                "location": {"path": ".", "lines": {"begin": 1, "end": 1}},
            }


def _hash(text: str) -> str:
    from hashlib import blake2b

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
