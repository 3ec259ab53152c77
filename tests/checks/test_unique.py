"""unique: no two records of the data set say the same."""

from __future__ import annotations

from typing import Any

from checking import CONTEXT, read
from dataset_checking import entries, found
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.unique import Unique


def unique(**settings: Any) -> Unique:
    return Unique.build(settings, CONTEXT)


DOI = unique(tag="AID", ending=" [doi]", compare_as="doi")
PMID = unique(tag="PMID")
ABSTRACT = unique(tag="AB", at_least=200, at_most=3)
LONG = "Tea was given to shift workers. " * 8


def article(pmid: int | None, doi: str = "10.1/x", **more: str) -> str:
    fields = {"PMID": pmid, **more, "AID": f"{doi} [doi]"}
    return "".join(f"{tag:<4}- {value}\n" for tag, value in fields.items() if value is not None)


def test_keys_are_the_parts_in_the_form_in_which_they_compare() -> None:
    text = "PMID- 1\nAID - 10.1000/TEA [doi]\nAID - S1 [pii]\n"
    assert entries(DOI, text) == [(0, "10.1000/tea", "")]
    assert DOI.field(read(text), "10.1000/tea") == ("AID", 1)
    assert entries(DOI, "PMID- 1\nTI  - Tea.\n") == []


def test_a_key_that_a_record_has_twice_is_held_once() -> None:
    text = "PMID- 1\nAID - 10.1000/TEA [doi]\nAID - 10.1000/tea [doi]\n"
    assert found(DOI, text) == []


@given(st.lists(st.integers(1, 5), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(pmids: list[int], random: Any) -> None:
    texts = [article(pmid) for pmid in pmids]
    shuffled = random.sample(texts, len(texts))
    assert [f.holder.pmid for f in found(DOI, *texts)] == [
        f.holder.pmid for f in found(DOI, *shuffled)
    ]
    assert len(found(PMID, *texts)) == len(pmids) - len(set(pmids))


def test_copies_of_one_record_share_only_their_pmid() -> None:
    assert found(DOI, article(7), article(7)) == []
    assert len(found(PMID, article(7), article(7))) == 1


def test_the_lowest_pmid_keeps_the_key() -> None:
    faults = found(DOI, article(None), article(8), article(7))
    assert [fault.holder.pmid for fault in faults[:1]] == [8]
    assert len(faults) == 2
    assert {fault.params["first.record"] for fault in faults} == {"PMID 7"}
    assert {fault.params["first.place"] for fault in faults} == {"2.nbib:1"}


def test_records_without_pmid_are_different_records() -> None:
    (fault,) = found(DOI, article(None), article(None))
    assert fault.params["first.record"] == "a record without PMID"


def test_long_parts_are_told_apart_by_length_beginning_and_end() -> None:
    texts = [LONG, LONG + "Sleep grew.", LONG + "Sleep fell.", "No " + LONG]
    assert found(ABSTRACT, *[article(n, AB=text) for n, text in enumerate(texts, 1)]) == []
    (fault,) = found(ABSTRACT, article(2, AB=LONG), article(1, AB=LONG))
    assert fault.holder.pmid == 2
    assert ABSTRACT.field(read(article(2, AB=LONG)), fault.said) == ("AB", 1)


def test_short_parts_and_formulas_may_repeat() -> None:
    short = "No abstract is available."
    assert found(ABSTRACT, article(1, AB=short), article(2, AB=short)) == []
    assert len(found(ABSTRACT, *[article(n, AB=LONG) for n in range(1, 4)])) == 2
    assert found(ABSTRACT, *[article(n, AB=LONG) for n in range(1, 5)]) == []
