"""mutual: of two records that are linked, each names the other."""

from __future__ import annotations

from checking import CONTEXT, read
from dataset_checking import found

from medlint.checks.mutual import Mutual

CHECK = Mutual.build({"pairs": {"CIN": "CON", "EIN": "EFR"}}, CONTEXT)


def record(pmid: int, **links: int) -> str:
    lines = [f"{tag:<4}- J Ex. 2020;1(1):1. PMID: {other}" for tag, other in links.items()]
    return "\n".join([f"PMID- {pmid}", "TI  - Tea.", *lines, ""])


def test_a_link_of_one_side_alone_is_told_where_it_stands() -> None:
    one, other = record(1, CIN=2), record(2)
    for order in ((one, other), (other, one)):
        (fault,) = found(CHECK, *order)
        assert fault.holder.pmid == 1
        assert fault.params == {"counterpart": "CON", "other.record": "PMID 2"}
        assert CHECK.field(read(one), fault.said) == ("CIN", 1)


def test_links_of_both_sides_are_right() -> None:
    assert found(CHECK, record(1, CIN=2), record(2, CON=1)) == []
    assert found(CHECK, record(1, CON=2), record(2, CIN=1)) == []


def test_the_counterpart_must_be_of_the_same_kind_and_name_the_same_record() -> None:
    assert [f.holder.pmid for f in found(CHECK, record(1, CIN=2), record(2, EFR=1))] == [1, 2]
    assert [f.holder.pmid for f in found(CHECK, record(1, CIN=2), record(2, CON=3))] == [1]


def test_records_that_are_not_there_and_links_without_pmid_say_nothing() -> None:
    assert found(CHECK, record(1, CIN=2)) == []
    assert found(CHECK, "PMID- 1\nCIN - J Ex. 2020;1(1):1.\n", record(2)) == []
    assert found(CHECK, record(1, CIN=1)) == []


def test_a_newer_copy_of_a_record_may_have_the_link() -> None:
    assert found(CHECK, record(1, CIN=2), record(2), record(2, CON=1)) == []
