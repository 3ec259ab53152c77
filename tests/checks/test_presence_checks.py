"""required, forbidden, together, known_tags: what depends on the tags alone."""

from __future__ import annotations

import pytest
from checking import build, faults, is_suspect, read
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.known_tags import meant_tag, near_tag
from medlint.records.tags import TAGS

CHECKS = [
    build("required", tag="TI"),
    build("required", any_of=["TI", "TT"]),
    build("forbidden", tag="MH"),
    build("forbidden", tags=["MH", "RN"]),
    build("together", tags=["OT", "OTO"]),
    build("known_tags"),
    build("most_of", tags=["TI", "AB", "MH"], may_lack=1),
]
MISSING = [tag for tag in TAGS if tag != "PMID"]


@given(st.lists(st.sampled_from(["TI", "TT", "MH", "RN", "OT", "OTO", "XX", "PSHT", "AB"])))
def test_no_record_with_a_fault_passes_the_sieve(tags: list[str]) -> None:
    record = read("PMID- 31000001\n" + "".join(f"{tag:<4}- tea\n" for tag in tags))
    for check in CHECKS:
        if not is_suspect(check, record):
            assert list(check.faults(record)) == []


def test_required_is_content_with_one_of_several() -> None:
    check = build("required", any_of=["TI", "TT"])
    assert faults(check, "PMID- 1\nTT  - Tee.\n") == []
    (fault,) = faults(check, "PMID- 1\nPG  - 1\n")
    assert (fault.tag, fault.occurrence, fault.params["missing"]) == (None, None, "TI or TT")


def test_required_takes_an_empty_field_for_none_and_names_it() -> None:
    (fault,) = faults(build("required", tag="TI"), "PMID- 1\nTI  -\nPG  - 1\n")
    assert (fault.tag, fault.occurrence) == ("TI", None)
    assert ("TI", 0) in fault.also


def test_required_names_the_misspelt_tag() -> None:
    (fault,) = faults(build("required", tag="STAT"), "PMID- 1\nSTTA- MEDLINE\n")
    assert ("STTA", 1) in fault.also


def test_most_of_says_at_once_what_is_missing() -> None:
    check = build("most_of", tags=["TI", "STAT", "TA", "SO"], may_lack=1)
    assert faults(check, "PMID- 1\nSTAT- MEDLINE\nTA  - J Tea\nSO  - J Tea. 2023.\n") == []
    (fault,) = faults(check, "PMID- 1\nTA  - J Tea\nSO  - J Tea. 2023.\n")
    assert (fault.tag, fault.params["missing"], fault.params["count"]) == (None, "TI and STAT", "2")


def test_most_of_does_not_miss_a_misspelt_tag() -> None:
    check = build("most_of", tags=["TI", "STAT", "TA", "SO"], may_lack=1)
    assert faults(check, "PMID- 1\nSTTA- MEDLINE\nTA  - J Tea\nSO  - J Tea. 2023.\n") == []


def test_forbidden_reports_the_first_field_of_each_tag() -> None:
    check = build("forbidden", tags=["MH", "RN"])
    found = faults(check, "PMID- 1\nMH  - Tea\nMH  - Sleep\nRN  - 0 (Tea)\n")
    assert [(fault.tag, fault.occurrence) for fault in found] == [("MH", 1), ("RN", 1)]


@pytest.mark.parametrize(("present", "missing"), [("OT", "OTO"), ("OTO", "OT")])
def test_together_reports_the_one_that_is_there(present: str, missing: str) -> None:
    check = build("together", tags=["OT", "OTO"])
    (fault,) = faults(check, f"PMID- 1\n{present:<4}- tea\n")
    assert (fault.tag, fault.params["missing"]) == (present, missing)


def test_known_tags_of_every_age_pass() -> None:
    assert faults(build("known_tags"), "PMID- 1\nDA  - 20010101\nMN  - A1\nDRIN- Tea.\n") == []


def test_known_tags_reports_each_unknown_tag_once() -> None:
    found = faults(build("known_tags"), "PMID- 1\nXX  - a\nXX  - b\nYYY - c\n")
    assert [(fault.tag, fault.occurrence) for fault in found] == [("XX", 1), ("YYY", 1)]


@pytest.mark.parametrize(
    ("unknown", "present", "meant"),
    [
        ("PSHT", ["PMID", "PHST"], "PHST"),
        ("STTA", ["PMID"], "STAT"),
        ("TX", ["PMID", "LA", "TA"], "TI"),
        ("JTT", ["PMID", "TI"], "JT"),
        ("ZZZZ", ["PMID"], None),
    ],
)
def test_a_misspelt_tag_is_recognised(unknown: str, present: list[str], meant: str | None) -> None:
    usual = {"OWN", "STAT", "DP", "LA", "PT", "TA", "JID", "EDAT", "MHDA", "CRDT", "SO", "PST"}
    there = [*present, *(usual - {meant} if unknown == "TX" else ())]
    assert near_tag(unknown, there) == meant


@given(st.sampled_from(MISSING), st.data())
def test_two_swapped_letters_lead_back_to_the_tag(tag: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(tag) - 2))
    swapped = tag[:at] + tag[at + 1] + tag[at] + tag[at + 2 :]
    if len(tag) < 4 or swapped in TAGS or swapped == tag:
        return
    present = set(MISSING) - {tag}
    assert near_tag(swapped, present) == tag


@pytest.mark.parametrize(
    ("lines", "unknown", "meant"),
    [
        ("IAU - Doe, Jane\nAU  - Doe J\nFAU - Roe, R\nAU  - Roe R\n", "IAU", "FAU"),
        ("FAK - Doe, Jane\nAU  - Doe J\nFAK - Roe, R\nAU  - Roe R\n", "FAK", "FAU"),
        ("FAU - Doe, Jane\nAX  - Doe J\nAD  - Tea House.\n", "AX", "AU"),
        ("FIR - Doe, Jane\nZZ  - Doe J\nFIR - Roe, R\nIR  - Roe R\n", "ZZ", "IR"),
        ("FAU - Doe, Jane\nZZZZ- tea\nAU  - Doe J\n", "ZZZZ", None),
        ("ZZZZ- tea\nAU  - Doe J\nAU  - Roe R\n", "ZZZZ", None),
    ],
)
def test_an_unknown_tag_beside_a_lone_name_stands_for_its_partner(
    lines: str, unknown: str, meant: str | None
) -> None:
    assert meant_tag(unknown, read("PMID- 31000001\n" + lines)) == meant
