"""one_person, may_be_one: an ORCID iD is of one person."""

from __future__ import annotations

from itertools import permutations

import pytest
from checking import CONTEXT, read
from dataset_checking import found

from medlint.checks.one_person import OnePerson
from medlint.functions.persons import may_be_one

CHECK = OnePerson.build({}, CONTEXT)
ORCID = "0000-0002-1825-0097"


def record(pmid: int, *authors: tuple[str, str]) -> str:
    lines = [f"PMID- {pmid}"]
    for name, orcid in authors:
        lines += [f"FAU - {name}", f"AU  - {name.partition(',')[0]} A"]
        lines += [f"AUID- ORCID: {orcid}"] if orcid else []
    return "\n".join([*lines, ""])


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Müller, Anna", "Mueller, A"),
        ("Nayik, Gulzar Ahmad", "Ahmad Nayik, Gulzar"),
        ("López-González, Desirée", "Lopez, Desiree"),
        ("Maiden, Joanna", "Wedded, Joanna"),
        ("Wang, Xiao-Ming", "Xiaoming, Wang"),
        ("Naharcı, M", "Naharci, Mehmet"),
    ],
)
def test_one_person_may_be_called_both(name: str, other: str) -> None:
    assert may_be_one(name, other)
    assert may_be_one(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Example, Anna", "Sample, Carl"), ("Li, Wei", "Lu, Xin"), ("Ng, A", "Wu, A")],
)
def test_names_without_a_common_word_are_of_two(name: str, other: str) -> None:
    assert not may_be_one(name, other)


def test_an_identifier_below_an_investigator_is_his() -> None:
    lines = ["FIR - Sample, Carl", "IR  - Sample C", f"AUID- ORCID: {ORCID}", ""]
    with_investigator = record(1, ("Example, Anna", "")) + "\n".join(lines)
    assert not found(CHECK, with_investigator, record(2, ("Sample, C", ORCID)))
    assert found(CHECK, with_investigator, record(2, ("Example, Anna", ORCID)))


def test_the_name_that_differs_from_the_others_is_told_in_any_order() -> None:
    texts = [
        record(2, ("Example, Anna", ORCID)),
        record(3, ("Example, A", ORCID)),
        record(1, ("Example, Anna", ""), ("Other, Carl", f"https://orcid.org/{ORCID}")),
    ]
    for order in permutations(texts):
        (fault,) = found(CHECK, *order)
        assert fault.holder.pmid == 1
        assert (fault.params["name"], fault.params["expected"]) == ("Other, Carl", "Example, Anna")
        assert CHECK.field(read(texts[2]), fault.said) == ("AUID", 1)


def test_of_two_the_lower_pmid_is_right() -> None:
    (fault,) = found(CHECK, record(2, ("Other, Carl", ORCID)), record(1, ("Example, A", ORCID)))
    assert fault.holder.pmid == 2


def test_an_id_with_a_wrong_check_digit_is_nobodys() -> None:
    wrong = ORCID[:-1] + "8"
    assert found(CHECK, record(1, ("Example, A", wrong)), record(2, ("Other, C", wrong))) == []


def test_more_than_three_records_with_another_name_are_not_a_slip() -> None:
    right = [record(n, ("Example, Anna", ORCID)) for n in range(1, 9)]
    odd = [record(n, ("Other, Carl", ORCID)) for n in range(10, 14)]
    assert found(CHECK, *right, *odd) == []
    assert len(found(CHECK, *right, *odd[:3])) == 3


def test_copies_of_one_record_are_one() -> None:
    assert found(CHECK, record(1, ("Example, A", ORCID)), record(1, ("Other, C", ORCID))) == []


def test_an_id_of_more_than_a_hundred_names_is_a_placeholder() -> None:
    names = [f"{a * 4}{b * 4}, A" for a in "BCDFGHJKLM" for b in "npqrstvwxz"]
    texts = [record(n, (name, ORCID)) for n, name in enumerate(names, 1)]
    assert len(found(CHECK, *texts)) == 99
    assert found(CHECK, *texts, record(101, ("Other, Carl", ORCID))) == []
