"""Runs the examples that rules carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from medlint.documents import IGNORES
from medlint.findings import Finding
from medlint.records.batch import Chunk
from medlint.records.reader import read, whole
from medlint.records.record import Record
from medlint.rulebook.load import Rulebook
from medlint.rulebook.rule import Example, Rule
from medlint.run import Plan, Run
from medlint.suppress.ignores import Ignores

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
    where ``at`` and with the message ``says``, and becomes ``fixed`` by its fix."""
    for number, example in enumerate(rule.good, 1):
        for finding in found(rule, rulebook, example):
            reason = f"it must have no finding, but has: {_describe(finding)}"
            yield Failure(rule, f"good example {number}", reason)
    for number, example in enumerate(rule.bad, 1):
        wrong = _wrong(example, found(rule, rulebook, example))
        wrong = wrong or _wrongly_fixed(rule, rulebook, example)
        if wrong:
            yield Failure(rule, f"bad example {number}", wrong)


def found(rule: Rule, rulebook: Rulebook, example: Example, name: str = "example") -> list[Finding]:
    """What *rule*, of *rulebook*, finds in *example*, read as if it were a file called *name*."""
    if example.ignores is None:
        run = Run(Plan.uniform(rulebook, [rule], AS_OF))
        return list(run.findings_in(name, example.text))
    ignores = Ignores(example.ignores, IGNORES, rulebook.rules, AS_OF)
    codes = {code for entry in ignores.entries for code in entry.codes}
    run = Run(Plan.uniform(rulebook, [r for r in rulebook.rules if r.code in codes], AS_OF))
    ignores.see(ignores.watched.met_in(_records(example)), lambda: codes)
    for finding in run.findings_in(name, example.text):
        ignores.hold_back(finding)
    return list(ignores.own_findings({rule.name: rule}))


def _records(example: Example) -> list[Record]:
    return read(whole(example.text)).records


def _wrongly_fixed(rule: Rule, rulebook: Rulebook, example: Example) -> str | None:
    if example.fixed is None:
        return None
    from medlint.fixes.fixer import mend

    def lint(chunk: Chunk) -> list[Finding]:
        return found(rule, rulebook, Example(chunk.data))

    mended = mend(whole(example.text), lint, unsafe=True)
    if mended.data == example.fixed:
        return None
    text = mended.data.decode("utf-8", "replace")
    return f"the fix gives {text!r}" if mended.applied else "no fix was found"


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
    records = _records(example)
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
