"""Format ``json``: one object, written as a stream, one finding a line.

`schemas/findings.schema.json` describes it. All findings are written, whatever severity is shown
to people.
"""

from __future__ import annotations

import json
import re
from typing import Any, TextIO

from medlint.findings import Finding, Fix, Severity
from medlint.findings_summary import Summary
from medlint.output.visible import HIDDEN_CHARACTERS, LOG_COMMAND
from medlint.output.writer import OutputOptions

#: The version of the layout; it changes when a key goes or changes its meaning.
LAYOUT_VERSION = 1

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_HIDDEN = re.compile(rf"[{HIDDEN_CHARACTERS}]|{LOG_COMMAND}")
_NOT_ASCII = re.compile(rf"[^\x00-\x7e]|{LOG_COMMAND}")


class JsonEncoder:
    """Writes data as JSON for a stream: what its encoding lacks, and what a terminal or a build
    server would obey, becomes an escape."""

    def __init__(self, stream: TextIO):
        encoding = (getattr(stream, "encoding", None) or "utf-8").lower()
        self._escaped = _HIDDEN if encoding.startswith("utf") else _NOT_ASCII

    def encode(self, data: Any) -> str:
        """*data* on one line. A byte that was no character (a lone surrogate) becomes U+FFFD."""
        text = _LONE_SURROGATE.sub("\ufffd", json.dumps(data, ensure_ascii=False))
        return self._escaped.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    r"""The character as JSON's ``\uXXXX``, a pair of them beyond U+FFFF (RFC 8259, section 7)."""
    units = match[0].encode("utf-16-be").hex()
    return "".join([f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4)])


class JsonWriter:
    """Writes the findings for programs."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._stream = stream
        self._encode = JsonEncoder(stream).encode
        version = self._encode(options.tool_version)
        self._before = (
            f'{{"version": {LAYOUT_VERSION}, "tool": "medlint", "tool_version": {version}, '
            '"findings": [\n'
        )

    def write(self, finding: Finding) -> None:
        """Write *finding* on a line of its own."""
        self._stream.write(self._before + self._encode(finding_as_json(finding)))
        self._before = ",\n"

    def close(self, summary: Summary) -> None:
        """Close the list of findings and write the summary."""
        end = self._before if self._before != ",\n" else "\n"
        self._stream.write(f'{end}], "summary": {self._encode(summary_as_json(summary))}}}\n')


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """*finding* as plain data. Lines and columns count from 1, columns in code points, the end
    is exclusive."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.label,
        "message": finding.message,
        "path": finding.path,
        **finding.place._asdict(),
        "pmid": finding.pmid,
        "tag": finding.tag,
        "occurrence": finding.occurrence,
        "value": finding.value,
        "help": finding.help,
        "where": finding.where,
        "record_line": finding.record_line,
        "record_digest": finding.record_digest,
        "related": [related._asdict() for related in finding.related],
        "fix": finding.fix and _fix_as_json(finding.fix),
    }


def _fix_as_json(fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "is_safe": fix.is_safe,
        "edits": [{**edit.place._asdict(), "text": edit.text} for edit in fix.edits],
    }


def summary_as_json(summary: Summary) -> dict[str, Any]:
    """*summary* as plain data."""
    return {
        "files": summary.files,
        "records": summary.records,
        "findings": {s.label: summary.count(s) for s in sorted(Severity, reverse=True)},
        "ignored": summary.ignored,
        "baselined": summary.baselined,
        "is_cut_short": summary.is_cut_short,
        "rules": {
            rule.code: {
                "name": rule.name,
                "severity": rule.severity.label,
                "instances": rule.instances,
                "records": rule.records,
            }
            for rule in sorted(summary.rules.values(), key=lambda rule: rule.code)
        },
        "failures": summary.unusable,
        "notices": summary.notices,
    }
