"""Format ``sarif``: SARIF 2.1.0 (OASIS Standard with Errata 01), for code scanning.

One run with all findings, whatever severity is shown to people, kept within the limits of GitHub
(docs.github.com, "SARIF support for code scanning", read in November 2026): 25,000 results a run
and 10 MB after gzip. Where there is more, the worst results are kept and a notification says how
many are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TextIO

from medlint.findings import Finding, Fix, Place, Related, Severity
from medlint.findings_summary import Summary
from medlint.output.human import closing_line
from medlint.output.identity import Identities
from medlint.output.json import JsonEncoder
from medlint.output.sarif_rule import LEVELS, descriptor
from medlint.output.server_paths import repository_path, uri_reference
from medlint.output.visible import visible
from medlint.output.worst import Worst
from medlint.output.writer import OutputOptions

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

#: What GitHub takes, and how many results it shows.
MOST_RESULTS, MOST_SHOWN = 25_000, 5_000
#: Bytes after gzip: GitHub's 10 MB, less the rules and what the upload adds to each result.
MOST_BYTES = 9_000_000
#: How many other records one result names, and how many its message links to.
MOST_RELATED, MOST_LINKED = 100, 5

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class SarifWriter:
    """Keeps the results, encoded, until the run ends, for what stands above them tells of them."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._stream = stream
        self._options = options
        self._encode = JsonEncoder(stream).encode
        self._identities = Identities()
        self._results: Worst[str] = Worst(MOST_RESULTS)
        self._came = 0
        #: Code -> the index of its rule, and the rule.
        self._rules: dict[str, tuple[int, dict[str, Any]]] = {}

    def write(self, finding: Finding) -> None:
        """Take *finding*."""
        self._came += 1
        if self._results.has_room(finding.severity):
            self._results.add(finding.severity, self._encode(self._result(finding)))

    def close(self, summary: Summary) -> None:
        """Write the file."""
        self._results.cut_to(self._count_that_fits())
        invocation = {
            "executionSuccessful": not summary.unusable,
            "toolExecutionNotifications": self._notifications(summary),
        }
        encode, write = self._encode, self._stream.write
        version = encode(self._options.tool_version or "unknown")
        write(f'{{"$schema": {encode(SCHEMA)}, "version": "2.1.0", "runs": [{{\n')
        write(f'"columnKind": "unicodeCodePoints",\n"invocations": [{encode(invocation)}],\n')
        write(f'"tool": {{"driver": {{"name": "medlint", "version": {version}, "rules": [')
        self._write_list(encode(rule) for _, rule in self._rules.values())
        write(']}},\n"results": [')
        self._write_list(self._results)
        write("]}]}\n")

    def _write_list(self, items: Iterable[str]) -> None:
        """Write *items*, a line each."""
        separator = "\n"
        for item in items:
            self._stream.write(separator + item)
            separator = ",\n"
        self._stream.write("\n")

    def _count_that_fits(self) -> int:
        """How many of the worst results take no more than the bytes allowed."""
        import zlib

        press = zlib.compressobj()
        size = 0
        for count, result in enumerate(self._results.worst_first()):
            size += len(press.compress(result.encode("utf-8")))
            if size > MOST_BYTES:
                return count
        return len(self._results)

    def _notifications(self, summary: Summary) -> list[dict[str, Any]]:
        notes = [("error", reason) for reason in summary.unusable]
        level = "warning" if summary.is_cut_short else "note"
        notes += [(level, notice) for notice in summary.notices]
        if left_out := self._came - len(self._results):
            notes.append(
                (
                    "warning",
                    f"{left_out:,} of {self._came:,} findings are left out of this file, the "
                    "mildest first, for GitHub takes no more",
                )
            )
        if len(self._results) > MOST_SHOWN:
            notes.append(
                ("note", f"GitHub shows the worst {MOST_SHOWN:,} of {len(self._results):,} results")
            )
        notes.append(("note", closing_line(summary, Severity.INFO)))
        return [{"level": level, "message": {"text": visible(text)}} for level, text in notes]

    def _result(self, finding: Finding) -> dict[str, Any]:
        result = {
            "ruleId": finding.code,
            "ruleIndex": self._rule_index(finding),
            "level": LEVELS[finding.severity],
            "message": {"text": _message(finding)},
            "locations": [_location_of(finding)],
            "partialFingerprints": {"medlint/v1": self._identities.of(finding)},
        }
        if finding.related:
            result["relatedLocations"] = [
                {
                    "id": number,
                    **_location(related.path, {"startLine": related.line}),
                    "message": {"text": _name(related)},
                }
                for number, related in enumerate(finding.related[:MOST_RELATED], 1)
            ]
        if finding.fix and _can_be_written(finding.fix):
            result["fixes"] = [_fix(finding.path, finding.fix)]
        about = {"pmid": finding.pmid, "tag": finding.tag, "occurrence": finding.occurrence}
        known = {name: value for name, value in about.items() if value is not None}
        if known:
            result["properties"] = known
        return result

    def _rule_index(self, finding: Finding) -> int:
        known = self._rules.get(finding.code)
        if known is None:
            rule = descriptor(finding, self._options.card(finding.code))
            known = self._rules[finding.code] = len(self._rules), rule
        return known[0]


def _message(finding: Finding) -> str:
    """The message with the record, and links to the other records that are meant.

    SARIF reads ``[text](place)`` as a link (section 3.11.6); a value must not become one.
    """
    record = f" (PMID {finding.pmid})" if finding.pmid else ""
    text = visible((finding.message or finding.code) + record).replace("](", "]\\(")
    if not finding.related:
        return text
    links = [
        f"[{_link_text(related)}]({number})"
        for number, related in enumerate(finding.related[:MOST_LINKED], 1)
    ]
    more = len(finding.related) - len(links)
    return f"{text} See {', '.join(links)}{f' and {more:,} more' if more else ''}."


def _name(related: Related) -> str:
    record = f"PMID {related.pmid}" if related.pmid else f"{related.path}:{related.line}"
    return visible(record)


def _link_text(related: Related) -> str:
    where = visible(f"{repository_path(related.path)}:{related.line}")
    return re.sub(r"([\[\]\\])", r"\\\1", where)


def _location_of(finding: Finding) -> dict[str, Any]:
    location = _location(finding.path, _region(finding.place))
    if finding.where:
        element = {"fullyQualifiedName": visible(finding.where), "kind": "element"}
        location["logicalLocations"] = [element]
    return location


def _location(path: str, region: dict[str, int]) -> dict[str, Any]:
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri_reference(path)}, "region": region}
    }


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _can_be_written(fix: Fix) -> bool:
    """Whether the new text is text: a byte that is no character cannot stand in JSON."""
    return bool(fix.edits) and not any(_LONE_SURROGATE.search(edit.text) for edit in fix.edits)


def _fix(path: str, fix: Fix) -> dict[str, Any]:
    return {
        "description": {"text": visible(fix.title)},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": uri_reference(path)},
                "replacements": [
                    {
                        "deletedRegion": _region(edit.place),
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in fix.edits
                ],
            }
        ],
        "properties": {"isSafe": fix.is_safe},
    }
