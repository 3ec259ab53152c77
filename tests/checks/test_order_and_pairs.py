"""follows, paired, derived: what fields that stand side by side have to do with each other."""

from __future__ import annotations

import pytest
from checking import CONTEXT, build, faults, is_suspect, read
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.derived import Derived
from medlint.checks.pairing import Pair, pairs

PAIRED = build("paired", full="FAU", short="AU", alone=["et al."])
DERIVED = build("derived", tag="AU", **{"from": "FAU"}, using="author_short_name")
IN_PLACE = build("follows", tag="AUID", after=["AU", "CN"])
LINES = st.sampled_from(
    [
        *("FAU - Doe, Jane", "AU  - Doe J", "FAU - Roe, Richard", "AU  - Roe R", "AU  - et al."),
        *("AUID- ORCID: 0000-0002-1825-0097", "AD  - Tea House.", "CN  - Tea Study Group"),
    ]
)


@given(st.lists(LINES, max_size=10))
def test_no_record_with_a_fault_passes_the_sieve(lines: list[str]) -> None:
    record = read("\n".join(["PMID- 31000001", *lines]) + "\n")
    for check in (PAIRED, DERIVED, IN_PLACE):
        if list(check.faults(record)):
            assert is_suspect(check, record)


@given(st.lists(LINES, max_size=10))
def test_each_name_is_in_one_pair(lines: list[str]) -> None:
    record = read("\n".join(["PMID- 31000001", *lines]) + "\n")
    found = pairs(record, "FAU", "AU")
    full = [pair.full for pair in found if pair.full is not None]
    short = [pair.short for pair in found if pair.short is not None]
    assert sorted(full) == list(range(1, len(record.values("FAU")) + 1))
    assert sorted(short) == list(range(1, len(record.values("AU")) + 1))
    assert Pair(None, None) not in found


def test_of_two_blocks_of_names_the_first_belongs_to_the_first() -> None:
    record = read("PMID- 1\nIR  - Doe J\nIR  - Roe R\nFIR - Doe, Jane\nFIR - Roe, Richard\n")
    assert list(pairs(record, "FIR", "IR")) == [(1, 1), (2, 2)]


def test_a_missing_short_name_is_found_at_its_full_name() -> None:
    text = "PMID- 1\nFAU - Doe, Jane\nFAU - Roe, Richard\nAU  - Roe R\nFAU - Poe, Ed\nAU  - Poe E\n"
    (fault,) = faults(PAIRED, text)
    assert (fault.tag, fault.occurrence, fault.params["missing"]) == ("FAU", 1, "AU")
    assert faults(DERIVED, text) == []


NAMES = ["Adams", "Baker", "Clark", "Davis", "Evans", "Fox"]


def listing(layout: str) -> list[str]:
    """Lines of FIR and IR: each IR below its FIR, each above it, or all above all FIR."""
    full = [f"FIR - {name}, Jane" for name in NAMES]
    short = [f"IR  - {name} J" for name in NAMES]
    if layout == "apart":
        return short + full
    return [line for pair in zip(full, short, strict=True) for line in pair[:: STEP[layout]]]


STEP = {"below": 1, "above": -1}


@given(st.sampled_from(["below", "above", "apart"]), st.sets(st.integers(0, 11), max_size=2))
def test_no_more_names_are_strange_than_are_missing(layout: str, lost: set[int]) -> None:
    lines = [line for index, line in enumerate(listing(layout)) if index not in lost]
    record = read("\n".join(["PMID- 31000001", *lines]) + "\n")
    full, short = record.values("FIR"), record.values("IR")
    strange = [
        (a, b)
        for a, b in pairs(record, "FIR", "IR")
        if a is None or b is None or full[a - 1][:3] != short[b - 1][:3]
    ]
    assert len(strange) <= len(lost) or (layout == "apart" and len(full) == len(short))


def test_two_long_lists_that_hardly_agree_take_no_quadratic_time() -> None:
    lines = ["FAU - Doe, Jane"] * 20_000 + ["AU  - Roe R"] * 10_000
    record = read("\n".join(["PMID- 31000001", *lines]) + "\n")
    found = pairs(record, "FAU", "AU")
    assert len(found) == 20_000
    assert sum(pair.short is None for pair in found) == 10_000


@pytest.mark.parametrize(
    ("lines", "also"),
    [
        ("FAU - Doe, Jane\nAU  - Doe J\nFAU - Roe, R\n", ("AU", 0)),
        ("FAU - Doe, Jane\nAU  - Doe J\nFAU - Roe, R\nAX  - Roe R\n", ("AX", 1)),
        ("FAU - Doe, Jane\nAU  - Doe J\nFAK - Roe, R\nAU  - Roe R\n", ("FAK", 1)),
    ],
)
def test_a_missing_name_is_named_beside_what_it_may_have_become(
    lines: str, also: tuple[str, int]
) -> None:
    (fault,) = faults(PAIRED, "PMID- 31000001\n" + lines)
    assert also in fault.also


def test_full_names_without_a_comma_are_one_fault() -> None:
    text = "PMID- 31000001\nFAU - Doe\nAU  - Doe J\nFAU - Roe Rita\nAU  - Roe R\n"
    (fault,) = faults(DERIVED, text)
    assert (fault.tag, fault.occurrence, fault.also) == ("FAU", 1, (("FAU", 1), ("FAU", 2)))
    assert fault.params["tag"] == "The first of 2 FAU without a comma"


@pytest.mark.parametrize(
    ("full", "short", "expected"),
    [
        ("Doe Jane", "Doe J", "Doe, Jane"),
        ("Doe,Jane", "Doe J", "Doe, Jane"),
        ("van der Berg Ed", "van der Berg E", "van der Berg, Ed"),
        ("Garcia Glenn E Jr", "Garcia GE Jr", "Garcia, Glenn E Jr"),
        ("Riou", "Riou A", "Riou, A"),
    ],
)
def test_a_full_name_without_its_comma_is_the_fault(full: str, short: str, expected: str) -> None:
    (fault,) = faults(DERIVED, f"PMID- 31000001\nFAU - {full}\nAU  - {short}\n")
    assert (fault.tag, fault.params["source"]) == ("FAU", short)
    assert fault.params["expected"] == expected


def test_short_names_without_any_full_name_are_no_fault() -> None:
    assert faults(PAIRED, "PMID- 1\nAU  - Doe J\nAU  - Roe R\n") == []


def test_et_al_stands_alone() -> None:
    assert faults(PAIRED, "PMID- 1\nFAU - Doe, Jane\nAU  - Doe J\nAU  - et al.\n") == []


def test_derived_says_what_it_expects() -> None:
    text = "PMID- 31000001\nFAU - Doe, Jane\nAU  - Doe J\nFAU - Roe, Richard\nAU  - Roe X\n"
    (fault,) = faults(DERIVED, text)
    assert (fault.tag, fault.occurrence, fault.also) == ("AU", 2, (("FAU", 2),))
    assert (fault.params["source"], fault.params["expected"]) == ("Roe, Richard", "Roe R")


@pytest.mark.parametrize(("pmid", "count"), [("25000001", 0), ("31000001", 1), ("9" * 5000, 0)])
def test_two_initials_are_right_in_old_records_alone(pmid: str, count: int) -> None:
    record = read(f"PMID- {pmid}\nFAU - Huang, Mei Ling Ann\nAU  - Huang ML\n")
    assert is_suspect(DERIVED, record)
    assert len(list(DERIVED.faults(record))) == count


def test_an_unknown_function_is_an_error_of_the_rule() -> None:
    settings = {"tag": "AU", "from": "FAU", "using": "short"}
    with pytest.raises(ValueError, match="'short' is not a function for pairs; there are author"):
        Derived.build(settings, CONTEXT)


def test_follows_reports_the_first_of_a_row() -> None:
    text = "PMID- 1\nFAU - Doe, Jane\nAU  - Doe J\nAD  - Tea.\nAUID- ORCID: a\nAUID- ORCID: b\n"
    (fault,) = faults(IN_PLACE, text)
    assert (fault.tag, fault.occurrence, fault.params["above"]) == ("AUID", 1, "AD")


def test_follows_lets_a_row_stand_below_the_right_tag() -> None:
    assert faults(IN_PLACE, "PMID- 1\nCN  - Group\nAUID- ISNI: a\nAUID- ISNI: b\n") == []


def test_a_full_name_below_its_short_name_is_told_once() -> None:
    text = "PMID- 1\nAU  - Doe J\nFAU - Doe, Jane\nAU  - Roe R\nFAU - Roe, Richard\n"
    (fault,) = faults(PAIRED, text)
    assert (fault.tag, fault.occurrence) == ("FAU", 1)
    assert fault.params["reason"] == "FAU 'Doe, Jane' stands below its AU, not above it"


def test_investigators_may_stand_in_any_order() -> None:
    check = build("paired", full="FIR", short="IR", any_order=True)
    assert faults(check, "PMID- 1\nIR  - Doe J\nFIR - Doe, Jane\n") == []


def test_what_stands_between_the_two_names_is_not_in_place() -> None:
    text = "PMID- 1\nFAU - Doe, Jane\nAUID- ORCID: 0000-0002-1825-0097\nAU  - Doe J\n"
    (fault,) = faults(IN_PLACE, text)
    assert (fault.params["above"], fault.also) == ("FAU", (("FAU", 1),))
    assert faults(IN_PLACE, text.replace("AU  - Doe J\n", "")) == []


def test_exchanged_short_names_are_one_fault() -> None:
    text = "PMID- 1\nFAU - Doe, Jane\nAU  - Roe R\nFAU - Roe, Richard\nAU  - Doe J\n"
    (fault,) = faults(DERIVED, text)
    assert (fault.tag, fault.occurrence) == ("AU", 1)
    assert fault.params["exchanged"] == "; it is exchanged with AU[2]"
    assert fault.also == (("FAU", 1), ("FAU", 2), ("AU", 2))
