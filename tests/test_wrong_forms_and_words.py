"""Wrong identifiers, headings, countries, volumes: each is found where somebody puts it."""

from __future__ import annotations

import pytest
from support import record

from medlint import check_text


def found(text: str) -> list[tuple[str, str | None]]:
    return [(finding.name, finding.tag) for finding in check_text(text)]


@pytest.mark.parametrize(
    ("tag", "value", "rule"),
    [
        ("PMID", "83000003", "pmid-plausible"),
        ("VI", "Vol. 12", "volume-issue-without-label"),
        ("IP", "No. 3", "volume-issue-without-label"),
        ("VI", "12,", "volume-issue-plain-ends"),
        ("IP", "(3)", "volume-issue-plain-ends"),
        ("IP", "null", "unknown-volume-left-out"),
        ("VI", "N/A", "unknown-volume-left-out"),
        ("PG", "undefined", "unknown-volume-left-out"),
        ("TA", "J. Ex.", "journal-abbreviation-without-dots"),
        ("TA", "Journal of examples", "journal-abbreviation-short"),
        ("JT", "J Ex", "journal-title-in-full"),
        ("LID", "undefined", "unknown-identifier-left-out"),
        ("PL", "USA", "country-known"),
        ("PL", "UNITED STATES", "country-capitals"),
        ("LID", "10.1000/xyz.31000001.pdf [doi]", "doi-without-web-parts"),
        ("LID", "10.1000/xyz–31000001 [doi]", "doi-form"),
    ],
)
def test_a_wrong_value(tag: str, value: str, rule: str) -> None:
    text = record(
        31000001 if tag != "PMID" else int(value), **({} if tag == "PMID" else {tag: value})
    )
    assert (rule, tag) in found(text)
    assert not [other for other in found(text) if other[1] == tag and other[0] != rule]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("MH  - Tea//chemistry", "mesh-heading-form"),
        ("MH  - Tea/chemistri", "mesh-qualifier-known"),
        ("MH  - Case Reports", "mesh-heading-not-type"),
        ("RN  - O (Ions)", "registry-number-form"),
        ("GR  - R01 AI000001//NIAID NIH HHS/United States", "grant-parts"),
        ("GR  - none/A Foundation/", "grant-number-real"),
        ("SI  - ClinicalTrials.gov/NCT1", "accession-form"),
        ("SI  - GENBANK", "accession-present"),
        ("OID - 123456", "other-id-form"),
        ("RF  - many", "reference-count-form"),
        ("PMC - PMC99999999", "pmc-plausible"),
        ("MID - 678757", "manuscript-id-form"),
        ("MID - NIHM678757", "manuscript-system-known"),
    ],
)
def test_a_wrong_line_that_is_put_in(line: str, rule: str) -> None:
    text = record(STAT="MEDLINE").replace("PT  - Journal", f"{line}\nPT  - Journal")
    names = [name for name, tag in found(text) if tag == line[:4].strip()]
    assert rule in names
