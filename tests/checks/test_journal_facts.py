"""journal, volume_year: what records of one journal say of it."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from checking import CONTEXT, read
from dataset_checking import found
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.journal import Journal
from medlint.checks.volume_year import VolumeYear


def journal(fact: str, *same: str, **more: Any) -> Journal:
    return Journal.build({"same": list(same or ("JID",)), "fact": fact, **more}, CONTEXT)


def record(pmid: int, **fields: str) -> str:
    said = {"PMID": str(pmid), "IS": "0028-4793 (Linking)", "PL": "Italy", "TA": "J Ex"}
    said |= {"JT": "Journal of examples", "JID": "0255562", **fields}
    return "".join(f"{tag:<4}- {value}\n" for tag, value in said.items() if value)


def pmids(check: Any, *texts: str) -> list[int]:
    return [fault.holder.pmid for fault in found(check, *texts)]


@pytest.mark.parametrize(
    ("fact", "tag", "wrong"),
    [
        ("TA", "TA", "J Sam"),
        ("JT", "JT", "Journal of samples"),
        ("PL", "PL", "France"),
        ("IS (Linking)", "IS", "1533-4406 (Linking)"),
    ],
)
def test_the_record_that_differs_from_two_is_told(fact: str, tag: str, wrong: str) -> None:
    check = journal(fact)
    odd = record(1, **{tag: wrong})
    for order in permutations([odd, record(2), record(3)]):
        (fault,) = found(check, *order)
        assert fault.holder.pmid == 1
        assert fault.params["count"] == "2 records"
        assert check.field(read(odd), fault.said) == (tag, 1)


def test_signs_and_capitals_and_what_is_missing_do_not_count() -> None:
    for other in ("J. EX", ""):
        assert pmids(journal("TA"), record(1), record(2), record(3, TA=other)) == []


def test_of_two_alone_none_is_told_but_with_a_majority_of_one() -> None:
    assert pmids(journal("TA"), record(1), record(2, TA="J Sam")) == []
    assert pmids(journal("TA", majority=1), record(2), record(1, TA="J Sam")) == [2]
    two = record(1), record(2), record(3, TA="J Sam"), record(4, TA="J Sam")
    assert pmids(journal("TA"), *two) == []


def test_more_than_three_are_a_habit() -> None:
    right = [record(n) for n in range(10, 20)]
    for wrong, expected in ((3, [1, 2, 3]), (4, [])):
        odd = [record(n, PL="France") for n in range(1, wrong + 1)]
        assert pmids(journal("PL"), *right, *odd) == expected


def test_spellings_of_equal_letters_are_counted_together() -> None:
    odd = [record(n, TA=ta) for n, ta in enumerate(("J Sam", "J. Sam", "J-Sam", "JSAM"), 1)]
    assert pmids(journal("TA"), *odd, *[record(n) for n in range(5, 11)]) == []


def test_an_issn_with_a_wrong_check_digit_says_nothing() -> None:
    wrong = record(3, IS="0028-4794 (Linking)")
    assert pmids(journal("IS (Linking)"), record(1), record(2), wrong) == []


def test_a_journal_may_be_known_by_several_facts() -> None:
    check = journal("JID", "TA", "IS (Linking)", majority=1)
    assert pmids(check, record(1), record(2), record(3, JID="0255526")) == [3]
    other = record(3, JID="9005373", IS="1533-4406 (Linking)")
    assert pmids(check, record(1), record(2), other) == []


@given(st.lists(st.sampled_from(["J Ex", "J Sam", "J Ot"]), max_size=9), st.randoms())
def test_the_order_of_records_changes_nothing(names: list[str], random: Any) -> None:
    texts = [record(n, TA=ta) for n, ta in enumerate(names, 1)]
    check = journal("TA")
    told = [(f.holder.pmid, f.params) for f in found(check, *texts)]
    random.shuffle(texts)
    assert [(f.holder.pmid, f.params) for f in found(check, *texts)] == told


VOLUME = VolumeYear.build({}, CONTEXT)


def volume(pmid: int, year: str, vi: str = "112") -> str:
    return f"PMID- {pmid}\nVI  - {vi}\nDP  - {year}\nJID - 0255562\n"


FIVE = [volume(n, "2019 Mar") for n in range(1, 6)]


@pytest.mark.parametrize("year", ["2009 Mar", "2017", "2021", "2190 Mar"])
def test_one_record_far_from_five_of_its_volume_is_told(year: str) -> None:
    (fault,) = found(VOLUME, volume(6, year), *FIVE)
    assert (fault.holder.pmid, fault.params["expected"]) == (6, "2019")


def test_a_volume_may_run_over_the_turn_of_the_year() -> None:
    assert pmids(VOLUME, *FIVE, volume(6, "2020 Jan")) == []
    (fault,) = found(VOLUME, *FIVE, volume(6, "2020 Jan"), volume(7, "2009"))
    assert (fault.holder.pmid, fault.params["expected"]) == (7, "2019 or 2020")


@pytest.mark.parametrize(
    "texts",
    [
        [*FIVE[:4], volume(6, "2009")],
        [*FIVE, volume(6, "2009"), volume(7, "2009")],
        [*FIVE, volume(6, "2009"), volume(7, "2014")],
        [volume(n, "2019", vi="2") for n in range(1, 6)] + [volume(6, "2009", vi="2")],
        [volume(n, "2019", vi="A") for n in range(1, 6)] + [volume(6, "2009", vi="A")],
        [*FIVE, volume(6, "2009", vi="102")],
        [*FIVE, volume(6, "Spring")],
    ],
    ids=["few", "two far", "two years far", "low volume", "no number", "own volume", "no year"],
)
def test_what_may_be_right_is_left_alone(texts: list[str]) -> None:
    assert found(VOLUME, *texts) == []
