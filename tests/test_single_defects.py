"""One defect in a clean record gives one finding, by the rule that says it best."""

from __future__ import annotations

import re

import pytest
from support import record

from medlint import check_text

#: Tag -> the rule that asks for it.
REQUIRED = {
    "PMID": "pmid-present",
    "OWN": "owner-present",
    "STAT": "status-present",
    "DP": "publication-date-present",
    "TI": "title-present",
    "LA": "language-present",
    "PT": "publication-type-present",
    "TA": "journal-abbreviation-present",
    "JT": "journal-title-present",
    "JID": "journal-identifier-present",
    "EDAT": "entry-date-present",
    "MHDA": "mesh-date-present",
    "CRDT": "create-date-present",
    "PST": "publication-status-present",
    "SO": "source-present",
}
ONCE = sorted(set(REQUIRED) - {"PMID", "LA", "PT"})


def names(text: str) -> list[str]:
    return [finding.name for finding in check_text(text)]


def changed(tag: str, line: str) -> str:
    """The clean record with the line of *tag* changed to *line*."""
    return re.sub(rf"(?m)^{tag:<4}- .*\n(?:      .*\n)*", f"{line}\n", record(), count=1)


def test_the_record_is_clean() -> None:
    assert names(record()) == []


@pytest.mark.parametrize(("tag", "rule"), REQUIRED.items())
def test_a_missing_field(tag: str, rule: str) -> None:
    assert names(record(31000001, **{tag: None})) == [rule]


@pytest.mark.parametrize("tag", REQUIRED)
def test_an_empty_field(tag: str) -> None:
    assert names(changed(tag, f"{tag:<4}- ")) == ["field-has-value"]


@pytest.mark.parametrize("tag", [tag for tag in REQUIRED if len(tag) > 2 and tag != "PMID"])
def test_a_misspelt_tag(tag: str) -> None:
    value = record().partition(f"\n{tag:<4}- ")[2].partition("\n")[0]
    misspelt = tag[0] + tag[2] + tag[1] + tag[3:]
    assert names(changed(tag, f"{misspelt:<4}- {value}")) == ["tag-known"]


@pytest.mark.parametrize("tag", ONCE)
def test_a_doubled_field(tag: str) -> None:
    (line,) = re.findall(rf"(?m)^{tag:<4}- .*\n(?:      .*\n)*", record())
    assert names(record().replace(line, line + line)) == ["single-fields-once"]


@pytest.mark.parametrize(
    ("tag", "value", "rule"),
    [
        ("LA", "en", "language-code-known"),
        ("LA", "ENG", "language-code-lower-case"),
        ("PT", "Journal Articles", "publication-type-known"),
        ("PT", "JOURNAL ARTICLE", "publication-type-capitals"),
        ("STAT", "Medline", "status-known"),
        ("STAT", "MEDLINE", "mesh-terms-present"),
        ("OWN", "NML", "owner-known"),
        ("OTO", "NOT-NLM", "keyword-owner-known"),
        ("OT", None, "keywords-with-owner"),
        ("OTO", None, "keywords-with-owner"),
        ("AU", "Exampel AB", "author-short-name"),
        ("AU", None, "author-names-paired"),
        ("FAU", None, "author-names-paired"),
    ],
)
def test_a_wrong_value(tag: str, value: str | None, rule: str) -> None:
    assert names(record(31000001, **{tag: value})) == [rule]
