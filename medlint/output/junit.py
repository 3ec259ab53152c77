"""Format ``junit``: JUnit XML, which Jenkins, GitLab and others show as test results.

A suite is a file. A test is a rule in a record, so that a server can tell which failure is new:
``ML203 issn-check-digit (PMID 31000002)``. An error of the data set is a test that failed; a
warning or info is a test that was skipped, for it does not break the build. The first suite has
one test that passes where all input could be checked, so that a clean run is not taken for one
without tests.

There is no standard. The elements and attributes are those that both Jenkins (xUnit plugin,
junit-10.xsd) and GitLab (docs.gitlab.com, "Unit test reports") know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from medlint.findings import Finding, Severity
from medlint.findings_summary import Summary
from medlint.output.human import closing_line
from medlint.output.visible import visible
from medlint.output.worst import Worst
from medlint.output.writer import OutputOptions

#: Servers read the whole report at once. The worst tests are kept.
MOST_TESTS = 10_000
#: How many findings of one rule in one record are told.
MOST_TOLD = 20

_UTF_8 = ("utf-8", "utf8", "utf-8-sig")
#: What `visible` lets pass and XML 1.0 does not (section 2.2, Char).
_NOT_XML = re.compile("[\ufffe\uffff]")


class JunitWriter:
    """Keeps the tests until the run ends, for what stands above them counts them."""

    def __init__(self, stream: TextIO, options: OutputOptions):
        self._stream = stream
        self._fail_level = options.fail_level
        self._cases: dict[tuple[str, str, str], _Case] = {}
        self._worst: Worst[_Case] = Worst(MOST_TESTS)
        self._came = 0

    def write(self, finding: Finding) -> None:
        """Take *finding*."""
        self._came += 1
        key = (finding.path, finding.code, _record(finding))
        case = self._cases.get(key)
        if case is None and self._worst.has_room(finding.severity):
            case = self._cases[key] = _Case(finding)
            self._worst.add(finding.severity, case)
        if case:
            case.add(finding)

    def close(self, summary: Summary) -> None:
        """Write the file."""
        suites: dict[str, list[_Case]] = {}
        for case in self._worst:
            suites.setdefault(case.path, []).append(case)
        told = sum(case.findings for case in self._worst)
        root = Element("testsuites", name="medlint")
        root.append(_suite("medlint", [_run_test(summary, self._came, told)]))
        for path, cases in suites.items():
            root.append(_suite(path, [case.element(self._fail_level) for case in cases]))
        for count in ("tests", "failures", "errors"):
            root.set(count, str(sum(int(suite.get(count, 0)) for suite in root)))
        indent(root)
        encoding = (getattr(self._stream, "encoding", None) or "utf-8").lower()
        self._stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        if encoding in _UTF_8:
            self._stream.write(tostring(root, "unicode"))
        else:
            self._stream.write(tostring(root, "us-ascii", xml_declaration=False).decode("ascii"))
        self._stream.write("\n")


class _Case:
    """What one rule said of one record."""

    def __init__(self, finding: Finding):
        self.path = finding.path
        self.findings = 0
        self._name = f"{finding.code} {finding.name} ({_record(finding)})"
        self._severity = finding.severity
        self._message = finding.message
        self._help = finding.help
        self._lines: list[str] = []

    def add(self, finding: Finding) -> None:
        self.findings += 1
        self._severity = max(self._severity, finding.severity)
        if self.findings <= MOST_TOLD:
            place = finding.place
            where = f"{finding.path}:{place.line}:{place.column}"
            self._lines.append(f"{where}: {finding.severity.label}: {finding.message}")

    def element(self, fail_level: Severity | None) -> Element:
        """The test; it fails for findings of *fail_level* or worse."""
        lines = list(self._lines)
        if more := self.findings - len(lines):
            lines.append(f"{more:,} more of this rule in this record")
        if self._help:
            lines.append(f"help: {self._help}")
        message = self._message
        if self.findings > 1:
            message += f" ({self.findings - 1:,} more)"
        fails = fail_level is not None and self._severity >= fail_level
        test = _test(self.path, self._name)
        _add(test, "failure" if fails else "skipped", message, self._severity.label, lines)
        return test


def _record(finding: Finding) -> str:
    if finding.pmid:
        return f"PMID {finding.pmid}"
    return f"line {finding.record_line or finding.place.line}"


def _run_test(summary: Summary, came: int, told: int) -> Element:
    """The test that passes where the findings are all that can be said of the input."""
    problems = list(summary.unusable)
    if summary.is_cut_short:
        problems += summary.notices
    if came > told:
        problems.append(
            f"{came - told:,} of {came:,} findings are left out of this report, the mildest first"
        )
    test = _test("medlint", "all input was checked")
    if problems:
        _add(test, "error", problems[0], "incomplete", problems)
    notes = [f"note: {notice}" for notice in summary.notices]
    output = SubElement(test, "system-out")
    output.text = _text([closing_line(summary, Severity.INFO), *notes])
    return test


def _suite(name: str, tests: list[Element]) -> Element:
    suite = Element("testsuite", name=_shown(name), tests=str(len(tests)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(test.find(tag) is not None for test in tests)))
    suite.extend(tests)
    return suite


def _test(class_name: str, name: str) -> Element:
    return Element("testcase", classname=_shown(class_name), name=_shown(name))


def _add(test: Element, tag: str, message: str, kind: str, lines: Iterable[str]) -> None:
    told = SubElement(test, tag, message=_shown(message), type=kind)
    told.text = _text(lines)


def _text(lines: Iterable[str]) -> str:
    return "\n".join(map(_shown, lines))


def _shown(text: str) -> str:
    """*text* with every character visible, and none that XML does not know."""
    return _NOT_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", visible(text))
