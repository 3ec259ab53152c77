"""Rules that speak of one defect: the one that says it best, and no other."""

from __future__ import annotations

import pytest
from support import record

from medlint import check_text

AUTHOR = "FAU - Sample, Carl\nAU  - Sample C\n"
HIGHER = "FAU - Example, Anna B\nAU  - Example AB\n"


def names(text: str) -> list[str]:
    return [finding.name for finding in check_text(text)]


def changed(old: str, new: str) -> str:
    """The clean record with *old* as *new*."""
    assert record().count(old) == 1
    return record().replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("AID - 10.1000/xyz.31000001 [doi]", "AID - 10.1000/xyz.31000001", "article-id-form"),
        (
            "AID - 10.1000/xyz.31000001 [doi]",
            "AID - 10.1000/xyz.31000001 [dio]",
            "identifier-type-known",
        ),
        ("FAU - Sample, Carl", "FAU - ", "field-has-value"),
        ("AU  - Sample C", "AU  - ", "field-has-value"),
        ("FAU - Sample, Carl", "FAK - Sample, Carl", "tag-known"),
        ("AU  - Sample C", "AX  - Sample C", "tag-known"),
        ("FAU - Sample, Carl", "FAU - Sample Carl", "author-short-name"),
        ("PST - ppublish", "PST - published", "publication-status-known"),
        ("PG  - 11-19\nLID - 10.1000/xyz.31000001 [doi]\n", "", "source-agreement"),
    ],
)
def test_a_defect(old: str, new: str, rule: str) -> None:
    assert names(changed(old, new)) == [rule]


def test_a_misspelt_tag_of_all_full_names() -> None:
    found = names(record().replace("\nFAU - ", "\nFAK - "))
    assert found == ["tag-known"]


@pytest.mark.parametrize("cut", ["LA  - eng", "AU  - Sample C", "EDAT- ", "AID - "])
def test_a_file_that_is_cut_off(cut: str) -> None:
    whole = record(31000002)
    text = record() + "\n" + whole[: whole.index(f"\n{cut}") + 1]
    assert names(text) == ["record-complete"]


def test_ahead_of_print_in_a_record_of_nlm() -> None:
    assert (
        names(changed("PST - ppublish", "PST - aheadofprint"))[0] == "aheadofprint-from-publisher"
    )
    assert "ahead-of-print-date" not in names(changed("PST - ppublish", "PST - aheadofprint"))


@pytest.mark.parametrize("rule", ["orcid-form", "orcid-check-digit", "databank-known"])
def test_books_have_identifiers_too(rule: str) -> None:
    lines = {
        "orcid-form": "AUID- ORCID: 0000-0002-182-0097\n",
        "orcid-check-digit": "AUID- ORCID: 0000-0002-1825-0079\n",
        "databank-known": "SI  - Teabank/1\n",
    }
    book = "PMID- 31000001\nBTI - A book of tea\nFAU - Doe, Jane\nAU  - Doe J\n"
    assert rule in names(book + lines[rule])
