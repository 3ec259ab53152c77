from __future__ import annotations

from sample_findings import FINDINGS, ISSN, MISSING, TABS, WIDE, summary_of

from medlint.findings import Place, Severity
from medlint.findings_summary import Summary


def test_findings_are_counted_by_severity() -> None:
    summary = summary_of()
    assert summary.total == len(FINDINGS)
    assert [summary.count(s) for s in Severity] == [1, 4, 5]
    assert summary.worst is Severity.ERROR
    assert summary_of((WIDE,)).worst is Severity.INFO
    assert Summary().worst is None


def test_rules_count_findings_and_the_records_they_are_in() -> None:
    first = ISSN._replace(record_line=3)
    again = first._replace(place=Place(13, 7, 13, 16), occurrence=2)
    copy = first._replace(record_line=40)
    elsewhere = first._replace(path="exports/other.nbib")
    summary = summary_of((first, MISSING, again, copy, elsewhere))
    rule = summary.rules["ML203"]
    assert (rule.name, rule.severity) == ("issn-check-digit", Severity.ERROR)
    assert (rule.instances, rule.records) == (4, 3)


def test_records_without_a_pmid_are_told_apart_by_their_lines() -> None:
    summary = summary_of((TABS, TABS, TABS._replace(place=Place(30, 1, 30, 2))))
    assert summary.rules["ML014"].records == 2


def test_rules_come_by_frequency_and_then_by_code() -> None:
    summary = summary_of((WIDE, ISSN, MISSING, MISSING))
    assert [r.code for r in summary.rules_by_frequency()] == ["ML101", "ML203", "ML603"]


def test_records_on_one_line_are_told_apart_by_their_pmids() -> None:
    one = ISSN._replace(pmid="1", record_line=1)
    summary = summary_of((one, one, one._replace(pmid="2")))
    assert (summary.rules["ML203"].instances, summary.rules["ML203"].records) == (3, 2)
