"""Runs the examples that rules carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from medlint.findings import Finding
from medlint.records.reader import read, whole
from medlint.rulebook.load import Rulebook
from medlint.rulebook.rule import Example, Rule
from medlint.run import Plan, Run

#: The day on which examples are read, so that they stay right.
AS_OF = date(2026, 1, 1)


class Failure(NamedTuple):
    """An example that does not do what it says."""

    rule: Rule
    #: "good example 1", "bad example 2"
    example: str
    reason: str


def failures(rule: Rule, rulebook: Rulebook) -> Iterator[Failure]:
    """Run the examples of *rule*: a good one has no finding of the rule, a bad one has just one,
    where ``at`` and with the message ``says``."""
    for number, example in enumerate(rule.good, 1):
        for finding in _findings(rule, rulebook, example):
            reason = f"it must have no finding, but has: {_describe(finding)}"
            yield Failure(rule, f"good example {number}", reason)
    for number, example in enumerate(rule.bad, 1):
        wrong = _wrong(example, _findings(rule, rulebook, example))
        if wrong:
            yield Failure(rule, f"bad example {number}", wrong)


def _findings(rule: Rule, rulebook: Rulebook, example: Example) -> list[Finding]:
    run = Run(Plan(rulebook, [rule], AS_OF))
    return list(run.findings_in("example", example.text))


def _wrong(example: Example, findings: list[Finding]) -> str | None:
    if len(findings) != 1:
        found = "; ".join(_describe(finding) for finding in findings) or "none"
        return f"it must have one finding, but has {len(findings)}: {found}"
    finding = findings[0]
    if example.says is not None and finding.message != example.says.strip():
        return f"the finding says: {finding.message}"
    at = _line_meant(example)
    if finding.place.line != at:
        line = f" (line {at})" if at else ""
        return f"the finding is {_describe(finding)}, not at {example.at}{line}"
    return None


_AT = re.compile(
    r"line (?P<line>\d+)|record(\[(?P<record>\d+)\])?(\.(?P<tag>\w+))?(\[(?P<n>\d+)\])?"
    r"|(?P<bare>\w+)(\[(?P<bare_n>\d+)\])?"
)


def _line_meant(example: Example) -> int:
    """The line that ``at`` means; 0 where the example has no such line."""
    match = _AT.fullmatch(example.at or "")
    if match is None:
        return 0
    if match["line"]:
        return int(match["line"])
    records = read(whole(example.text)).records
    index = int(match["record"] or 1) - 1
    if index >= len(records):
        return 0
    tag = match["tag"] or match["bare"]
    if tag is None:
        return records[index].first_line
    try:
        return records[index].place(tag, int(match["n"] or match["bare_n"] or 1)).line
    except LookupError:
        return 0


def _describe(finding: Finding) -> str:
    field = f"{finding.tag}[{finding.occurrence}]" if finding.occurrence else "the record"
    return f"line {finding.place.line}, {field}: {finding.message}"
