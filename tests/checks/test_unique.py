"""unique: no two records of the data set say the same."""

from __future__ import annotations

from typing import Any

from checking import CONTEXT, read
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.base import Columns
from medlint.checks.dataset import NO_PMID, Holder
from medlint.checks.unique import Unique


def unique(**settings: Any) -> Unique:
    return Unique.build(settings, CONTEXT)


DOI = unique(tag="AID", ending=" [doi]", compare_as="doi")
PMID = unique(tag="PMID")


def test_keys_are_the_parts_in_the_form_in_which_they_compare() -> None:
    record = read("PMID- 1\nAID - 10.1000/TEA [doi]\nAID - S1 [pii]\n")
    assert list(DOI.keys(Columns([record]))) == [(0, "10.1000/tea")]
    assert DOI.field(record, "10.1000/tea") == ("AID", 1)
    assert list(DOI.keys(Columns([read("PMID- 1\nTI  - Tea.\n")]))) == []


@given(st.lists(st.integers(1, 5), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(pmids: list[int], random: Any) -> None:
    holders = [Holder(pmid, "a.nbib", line) for line, pmid in enumerate(pmids, 1)]
    shuffled = random.sample(holders, len(holders))
    assert list(DOI.merge("x", shuffled)) == list(DOI.merge("x", holders))
    assert len(list(PMID.merge("x", holders))) == len(holders) - 1


def test_copies_of_one_record_share_only_their_pmid() -> None:
    copies = [Holder(7, "a.nbib", 1), Holder(7, "b.nbib", 1)]
    assert list(DOI.merge("x", copies)) == []
    assert len(list(PMID.merge("7", copies))) == 1


def test_the_lowest_pmid_keeps_the_key() -> None:
    holders = [Holder(NO_PMID, "a.nbib", 9), Holder(8, "a.nbib", 5), Holder(7, "b.nbib", 1)]
    found = list(DOI.merge("x", holders))
    assert [fault.holder.pmid for fault in found] == [8, NO_PMID]
    assert {fault.params["first.record"] for fault in found} == {"PMID 7"}
    assert {fault.params["first.place"] for fault in found} == {"b.nbib:1"}


def test_records_without_pmid_are_different_records() -> None:
    holders = [Holder(NO_PMID, "a.nbib", 1), Holder(NO_PMID, "a.nbib", 9)]
    (fault,) = DOI.merge("x", holders)
    assert fault.params["first.record"] == "a record without PMID"
