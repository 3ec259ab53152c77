"""JUnit XML, read with a validating parser."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from sample_findings import FINDINGS, HOSTILE, ISSN, MISSING, NO_VALUE, WIDE, WRAPPED
from test_formats import OPTIONS, SNAPSHOTS, findings, rendered

from medlint.findings import Finding, Severity
from medlint.findings_summary import Summary
from medlint.output import FORMATS, junit

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "schemas" / "junit.xsd"))


def read(text: str, encoding: str = "utf-8") -> Any:
    """The document, which is valid and counts its tests rightly."""
    root = etree.fromstring(text.encode(encoding))
    SCHEMA.assertValid(root)
    for element in (root, *root.findall("testsuite")):
        assert int(element.get("tests")) == len(element.findall(".//testcase"))
        for attribute, tag in (
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ):
            if attribute in element.attrib:
                assert int(element.get(attribute)) == len(element.findall(f".//{tag}"))
    return root


def report(*args: Any, **options: Any) -> Any:
    return read(rendered("junit", *args, **options), options.get("encoding", "utf-8"))


def report_of(summary: Summary) -> Any:
    stream = io.StringIO()
    FORMATS["junit"](stream, OPTIONS).close(summary)
    return read(stream.getvalue())


def test_junit_looks_like_its_snapshot() -> None:
    text = rendered("junit", notices=("12 records are not PubMed's",))
    path = SNAPSHOTS / "junit.xml"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


def test_an_error_is_a_failed_test_named_after_its_rule_and_record() -> None:
    [suite] = report((ISSN,)).findall("testsuite")[1:]
    assert suite.get("name") == "exports/cardiology.nbib"
    [test] = suite
    assert test.get("classname") == "exports/cardiology.nbib"
    assert test.get("name") == "ML203 issn-check-digit (PMID 31000002)"
    [failure] = test
    assert failure.tag == "failure"
    assert failure.get("type") == "error"
    assert failure.get("message") == ISSN.message
    assert failure.text.split("\n") == [
        f"exports/cardiology.nbib:12:7: error: {ISSN.message}",
        "help: Each ISSN has a correct check digit.",
    ]


def test_a_record_without_pmid_is_named_by_its_line() -> None:
    [test] = report((NO_VALUE._replace(record_line=7),)).findall("testsuite")[1]
    assert test.get("name") == "ML011 value-present (line 7)"


@pytest.mark.parametrize("finding", [WRAPPED, WIDE])
def test_what_is_milder_than_an_error_does_not_break_the_build(finding: Finding) -> None:
    [told] = report((finding,)).findall("testsuite")[1][0]
    assert told.tag == "skipped"
    assert told.get("type") == finding.severity.label


def test_a_rule_is_one_test_however_often_it_speaks_in_a_record() -> None:
    places = [ISSN.place._replace(line=line, end_line=line) for line in range(1, 24)]
    found = tuple(ISSN._replace(place=place) for place in places)
    [test] = report((*found[:9], MISSING, *found[9:])).findall("testsuite")[1][:1]
    lines = test[0].text.split("\n")
    assert test[0].get("message") == f"{ISSN.message} (22 more)"
    assert len(lines) == 22
    assert lines[-2:] == ["3 more of this rule in this record", f"help: {ISSN.help}"]


def test_findings_on_the_data_set_join_the_suite_of_their_file() -> None:
    suites = report((ISSN, NO_VALUE, MISSING)).findall("testsuite")
    assert [suite.get("name") for suite in suites] == ["medlint", "exports/cardiology.nbib", "-"]


def test_a_clean_run_has_a_test_that_passes() -> None:
    root = report_of(Summary(files=2, records=12, notices=["3 records were written by PMC."]))
    [test] = root.findall(".//testcase")
    assert test.get("name") == "all input was checked"
    assert [child.tag for child in test] == ["system-out"]
    assert test[0].text.split("\n") == [
        "Checked 12 records in 2 files: no findings.",
        "note: 3 records were written by PMC.",
    ]


def test_what_could_not_be_read_is_an_error() -> None:
    summary = Summary(files=2, records=12)
    summary.unusable += ["a.nbib: cannot be read: permission denied", "b.nbib: is gone"]
    error = report_of(summary).find(".//error")
    assert error.get("message") == "a.nbib: cannot be read: permission denied"
    assert error.text.split("\n") == summary.unusable


def test_a_run_that_was_cut_short_is_an_error() -> None:
    summary = Summary(notices=["stopped after 10 findings"])
    summary.is_cut_short = True
    assert report_of(summary).find(".//error").get("message") == "stopped after 10 findings"


def test_beyond_the_limit_the_worst_tests_are_kept_and_the_rest_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(junit, "MOST_TESTS", 2)
    root = report((WIDE, WIDE, WRAPPED, ISSN, NO_VALUE, MISSING, ISSN))
    assert root.find(".//error").get("message") == (
        "4 of 7 findings are left out of this report, the mildest first"
    )
    assert [failure.get("message") for failure in root.findall(".//failure")] == [
        f"{ISSN.message} (1 more)",
        MISSING.message,
    ]


def test_an_encoding_that_lacks_characters_changes_nothing() -> None:
    assert etree.tostring(report(FINDINGS, encoding="ascii")) == etree.tostring(report(FINDINGS))


def test_control_characters_are_shown_as_escapes() -> None:
    [test] = report((HOSTILE,)).findall("testsuite")[1]
    assert test[0].get("message").startswith(r"\x3a:error::AB has '\x1b[2J\x1b[31mred' and\r\n")


NAMED = findings().filter(lambda finding: finding.path)


@given(st.lists(NAMED, max_size=4).map(tuple), st.sampled_from(["utf-8", "ascii", "cp1252"]))
def test_no_value_breaks_the_report_or_is_obeyed(found: tuple[Finding, ...], encoding: str) -> None:
    text = rendered("junit", found, encoding=encoding, notices=("\udcff\x1b::error::]]>",))
    root = read(text, encoding)
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in text.split("\n"))
    assert all(
        character == "\n" or character.isprintable() or not character.isascii()
        for character in text
    )
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    assert bool(errors) == (root.find(".//failure") is not None)
    named = {(f.path, f.code, f.pmid or f.place.line) for f in found}
    assert len(root.findall(".//testcase")) == len(named) + 1


@pytest.mark.parametrize("text", ["\ufffe\uffff", "]]>", "&amp;<!--"])
def test_what_xml_would_read_otherwise_stays_what_it_is(text: str) -> None:
    [test] = report((ISSN._replace(message=text),)).findall("testsuite")[1]
    shown = text.replace("\ufffe", r"\ufffe").replace("\uffff", r"\uffff")
    assert test[0].get("message") == shown
    assert test[0].text.split("\n")[0].endswith(f": {shown}")


@pytest.mark.parametrize(("level", "failures"), [("warning", 1), ("error", 0), (None, 0)])
def test_what_fails_follows_the_fail_level(level: str | None, failures: int) -> None:
    stream = io.StringIO()
    fail_level = Severity.parse(level) if level else None
    writer = FORMATS["junit"](stream, OPTIONS._replace(fail_level=fail_level))
    writer.write(ISSN._replace(severity=Severity.WARNING))
    writer.close(Summary())
    assert read(stream.getvalue()).get("failures") == str(failures)
