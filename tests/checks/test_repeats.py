"""count and distinct: how often a tag stands, and whether its values differ."""

from __future__ import annotations

from typing import Any

import pytest
from checking import build, faults, is_suspect, read
from hypothesis import given
from hypothesis import strategies as st

HISTORY: dict[str, Any] = {
    "tag": "PHST",
    "where": {"in_brackets": True},
    "may_repeat": ["revised"],
}
SETTINGS: list[dict[str, Any]] = [
    {"tag": "PT"},
    {"tags": ["PT", "PHST"]},
    {"tag": "PT", "compare_as": "letters"},
    {"tag": "AID", "where": {"ending": " [doi]"}, "compare_as": "doi"},
    {"tag": "IS", "where": {"pattern": r"[^(]*+\((?P<part>\w+)\)"}},
    HISTORY,
    {"tag": "OT", "within": "OTO"},
]
LINES = st.sampled_from(
    [
        *("PT  - Review", "PT  - review", "PT  - Letter"),
        *("AID - 10.1000/TEA [doi]", "AID - 10.1000/tea [doi]", "AID - 10.1000/tea [pii]"),
        *("IS  - 0028-4793 (Print)", "IS  - 1533-4406 (Print)", "IS  - 1533-4406"),
        *("PHST- 2020/01/01 00:00 [revised]", "PHST- 2020/01/01 00:00 [accepted]"),
        *("PHST- 2020/01/02 00:00 [accepted]", "PHST- 2020/01/02 00:00"),
        *("OTO - NLM", "OTO - NOTNLM", "OT  - tea", "OT  - Tea"),
    ]
)


@given(st.lists(LINES, max_size=12), st.sampled_from(SETTINGS))
def test_no_record_with_a_repeat_passes_the_sieve(
    lines: list[str], settings: dict[str, Any]
) -> None:
    record = read("\n".join(["PMID- 31000001", *lines]) + "\n")
    check = build("distinct", **settings)
    if list(check.faults(record)):
        assert is_suspect(check, record)


@given(st.lists(st.sampled_from(["TI", "AB", "AU"]), max_size=8), st.integers(1, 3))
def test_count_and_its_sieve_agree(tags: list[str], most: int) -> None:
    record = read("PMID- 31000001\n" + "".join(f"{tag:<4}- tea\n" for tag in tags))
    check = build("count", tags=["TI", "AB"], max=most)
    crowded = [tag for tag in ("TI", "AB") if tags.count(tag) > most]
    told = [(fault.tag, fault.params["tag"]) for fault in check.faults(record)]
    at = None if len(crowded) > 1 else crowded[0] if crowded else ""
    assert told == ([(at, crowded[0])] if crowded else [])
    assert is_suspect(check, record) == bool(crowded)


def test_count_reports_the_first_one_too_many() -> None:
    (fault,) = faults(build("count", tag="TI", max=1), "PMID- 1\nTI  - a\nTI  - b\nTI  - c\n")
    assert (fault.tag, fault.occurrence) == ("TI", 2)
    assert (fault.params["count"], fault.params["max"]) == ("3", "1")


def test_several_tags_too_many_are_one_fault_of_the_record() -> None:
    text = "PMID- 1\nTI  - a\nAB  - b\nTA  - c\nAB  - d\nTI  - e\n"
    (fault,) = faults(build("count", tags=["TI", "TA", "AB"], max=1), text)
    assert (fault.tag, fault.occurrence) == (None, None)
    assert fault.params["others"] == ", and so do AB (from line 5 on)"


def test_distinct_names_the_first_of_the_two() -> None:
    (fault,) = faults(build("distinct", tag="PT"), "PMID- 1\nPT  - A\nPT  - B\nPT  - A\n")
    assert (fault.occurrence, fault.params["first"], fault.also) == (3, "PT[1]", (("PT", 1),))


def test_distinct_compares_the_part_alone() -> None:
    text = "PMID- 1\nPHST- 2020/01/01 00:00 [accepted]\nPHST- 2020/03/01 00:00 [accepted]\n"
    (fault,) = faults(build("distinct", **HISTORY), text)
    assert fault.params["part"] == "accepted"
    assert fault.span == (18, 26)


def test_what_may_repeat_is_no_fault() -> None:
    text = "PMID- 1\nPHST- 2020/01/01 00:00 [revised]\nPHST- 2020/03/01 00:00 [revised]\n"
    assert faults(build("distinct", **HISTORY), text) == []


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ("OTO - NLM\nOT  - tea\nOTO - NOTNLM\nOT  - tea\n", 0),
        ("OTO - NLM\nOT  - tea\nOTO - NOTNLM\nOT  - tea\nOT  - tea\n", 1),
        ("OT  - tea\nOT  - tea\n", 1),
    ],
)
def test_within_compares_only_below_the_same_field(lines: str, count: int) -> None:
    assert len(faults(build("distinct", tag="OT", within="OTO"), "PMID- 1\n" + lines)) == count
