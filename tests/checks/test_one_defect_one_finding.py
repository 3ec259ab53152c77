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
        ("FAU - Sample, Carl", "FAU - Carl Sample", "author-short-name"),
        ("FAU - Sample, Carl", "FAU - Sample, Carl.", "initials-without-full-stops"),
        (AUTHOR, "AU  - Sample C\nFAU - Sample, Carl\n", "author-names-paired"),
        ("AU  - Sample C", "AD  - Tea House.\nAU  - Sample C", "affiliation-in-place"),
        ("IP  - 3", "IP  - 03", "volume-issue-no-leading-zero"),
        ("LA  - eng", "LA    eng", "wrapped-text-is-indented"),
        ("VI  - 12", "VI    12", "wrapped-text-is-indented"),
        ("PST - ppublish", "PST - aheadofprint", "aheadofprint-from-publisher"),
        ("PG  - 11-19\nLID - 10.1000/xyz.31000001 [doi]\n", "", "source-agreement"),
    ],
)
def test_a_defect(old: str, new: str, rule: str) -> None:
    assert names(changed(old, new)) == [rule]


def test_all_short_names_are_lost() -> None:
    text = record().replace(AUTHOR, "FAU - Sample, Carl\nAD  - Tea House.\n")
    text = text.replace("AU  - Example AB\n", "AUID- ORCID: 0000-0002-1825-0097\n")
    assert names(text) == ["author-names-paired"]


def test_two_short_names_are_exchanged() -> None:
    text = record().replace("AU  - Sample C\n", "AU  - ?\n")
    text = text.replace("AU  - Example AB\n", "AU  - Sample C\n")
    assert names(text.replace("AU  - ?\n", "AU  - Example AB\n")) == ["author-short-name"]


def test_two_records_have_run_into_one() -> None:
    other = record(31000002, TI="Another title.", VI="13", DP="2020", PG="1-2", LA="ger")
    tail = other[other.index("\nTI  - ") + 1 :]
    text = record()[: record().index("\nEDAT- ") + 1] + tail
    found = list(check_text(text))
    assert [finding.name for finding in found] == ["single-fields-once"]
    assert (found[0].tag, found[0].place.line) == (None, 1)


def test_received_and_accepted_are_exchanged() -> None:
    text = record().replace("2018/10/01 00:00 [received]", "2019/01/02 00:00 [received]")
    text = text.replace("2019/01/02 00:00 [accepted]", "2018/10/01 00:00 [accepted]")
    revised = "PHST- 2018/12/24 00:00 [revised]\nPHST- 2019/03/06 06:00 [pubmed]"
    text = text.replace("PHST- 2019/03/06 06:00 [pubmed]", revised)
    assert names(text) == ["history-order"]


def test_the_create_date_and_its_step_are_ten_years_on() -> None:
    text = record().replace("CRDT- 2019/", "CRDT- 2099/")
    text = text.replace("2019/03/06 06:00 [entrez]", "2099/03/06 06:00 [entrez]")
    assert names(text) == ["date-not-in-future"]


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
