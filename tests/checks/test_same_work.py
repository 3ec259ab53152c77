"""same_work: one work under two PMIDs."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from checking import CONTEXT
from dataset_checking import found

from medlint.checks.same_work import SameWork

COPY, REPRINT, PREPRINT = (
    SameWork.build({"kind": kind}, CONTEXT) for kind in ("copy", "reprint", "preprint")
)
PAGES = {"VI": "12", "PG": "11-9"}


def work(pmid: int, **fields: str) -> str:
    """An article without volume and pages."""
    said = {"DP": "2019 Mar", "TI": "Green tea and sleep in shift workers.", "TA": "J Ex"}
    said = {"PMID": str(pmid), **said, "FAU": "Example, Anna", "PT": "Journal Article", **fields}
    return "".join(f"{tag:<4}- {value}\n" for tag, value in said.items() if value)


def told(check: SameWork, *texts: str) -> list[tuple[int, str]]:
    """(PMID of the record that is told, the record that it repeats) for each fault."""
    return [(f.holder.pmid, f.params["first.record"]) for f in found(check, *texts)]


@pytest.mark.parametrize(
    "same",
    [
        {},
        {"TI": "[GREEN tea and sleep, in shift-workers (author's transl)]."},
        {"FAU": "Éxample, A"},
        {"FAU": "", "AU": "Example A"},
        {"DP": "2020"},
        {"PT": "Letter"},
    ],
    ids=["equal", "other signs", "other marks", "short name", "next year", "letter"],
)
def test_copies_on_the_same_pages_are_found_whatever_the_signs(same: dict[str, str]) -> None:
    assert told(COPY, work(1, **PAGES), work(2, **PAGES, **same)) == [(2, "PMID 1")]


@pytest.mark.parametrize(
    "other",
    [
        {"TI": "Green tea and sleep in shift workers. Part 2."},
        {"FAU": "Sample, Anna"},
        {"TA": "J Sam"},
        {"DP": "2021"},
        {"PG": "20-31"},
        {"VI": "13"},
    ],
    ids=["title", "author", "journal", "year", "pages", "volume"],
)
def test_what_differs_in_a_part_that_counts_is_another_work(other: dict[str, str]) -> None:
    assert told(COPY, work(1, **PAGES), work(2, **{**PAGES, **other})) == []


def test_greek_letters_and_their_names_are_the_same() -> None:
    title = "Cells of the {} type in green tea."
    one, other = (work(n, **PAGES, TI=title.format(s)) for n, s in ((1, "β"), (2, "beta")))
    assert told(COPY, one, other) == [(2, "PMID 1")]


def test_a_record_without_pages_yet_is_a_copy_unless_both_have_dois() -> None:
    assert told(COPY, work(1, **PAGES), work(2)) == [(2, "PMID 1")]
    assert told(COPY, work(1, **PAGES, AID="10.1/a [doi]"), work(2)) == [(2, "PMID 1")]
    dois = work(1, **PAGES, AID="10.1/a [doi]"), work(2, AID="10.1/b [doi]")
    assert told(COPY, *dois) == []
    assert told(COPY, work(1, **PAGES), work(2, PT="Published Erratum")) == []


def test_short_titles_and_anonymous_works_are_known_by_their_pages_alone() -> None:
    for short in ({"TI": "Editorial."}, {"FAU": ""}):
        assert told(COPY, work(1, **short), work(2, **short)) == []
        assert told(COPY, work(1, **PAGES, **short), work(2, **PAGES, **short)) == [(2, "PMID 1")]
        assert told(REPRINT, work(1, **PAGES, **short), work(2, **short, TA="J Sam")) == []


def test_replies_on_one_page_with_dois_of_their_own_are_different_works() -> None:
    reply = {**PAGES, "TI": "Reply."}
    one, other = (work(n, **reply, AID=f"10.1/{n} [doi]") for n in (1, 2))
    assert told(COPY, one, other) == []


def test_the_number_of_an_article_counts_as_its_pages() -> None:
    assert told(COPY, work(1, VI="12", LID="e11"), work(2, VI="12", LID="e11 [pii]")) == [
        (2, "PMID 1")
    ]
    assert told(COPY, work(1, VI="12", LID="e11"), work(2, VI="12", LID="e12")) == []


def test_a_work_in_two_journals_of_one_year_is_a_reprint() -> None:
    assert told(REPRINT, work(1), work(2, TA="J Sam")) == [(2, "PMID 1")]
    assert told(REPRINT, work(1), work(2)) == []
    assert told(REPRINT, work(1), work(2, TA="J Sam", DP="2020")) == []
    assert told(REPRINT, work(1), work(2, TA="bioRxiv", PT="Preprint")) == []


def test_a_preprint_is_told_whichever_pmid_is_lower() -> None:
    preprint = {"TA": "bioRxiv", "PT": "Preprint"}
    assert told(PREPRINT, work(1, **preprint), work(2)) == [(1, "PMID 2")]
    assert told(PREPRINT, work(1), work(2, **preprint)) == [(2, "PMID 1")]
    assert told(PREPRINT, work(1, DP="2022"), work(2, **preprint)) == []
    assert told(PREPRINT, work(1), work(2, **preprint, UIN="J Ex. 2019. PMID: 1")) == []


def test_of_two_copies_of_a_preprint_the_higher_pmid_is_told() -> None:
    preprint = {"TA": "bioRxiv", "PT": "Preprint"}
    assert told(COPY, work(1, **preprint), work(2, **preprint)) == [(2, "PMID 1")]


def test_copies_of_one_record_are_no_second_record() -> None:
    assert told(COPY, work(1, **PAGES), work(1, **PAGES)) == []


def test_each_copy_is_told_once_and_in_no_order() -> None:
    texts = [work(n, **PAGES) for n in (3, 1, 2)]
    for order in permutations(texts):
        assert told(COPY, *order) == [(2, "PMID 1"), (3, "PMID 1")]


def test_a_record_without_a_title_is_left_alone() -> None:
    empty: dict[str, Any] = {"TI": "", **PAGES}
    assert told(COPY, work(1, **empty), work(2, **empty)) == []


def test_a_title_of_more_than_a_hundred_records_is_that_of_a_column() -> None:
    texts = [work(n, **PAGES) for n in range(1, 101)]
    assert len(told(COPY, *texts, texts[0])) == 99
    assert told(COPY, *texts, work(101, **PAGES)) == []
