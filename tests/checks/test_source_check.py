"""source: SO against the fields that it is made of."""

from __future__ import annotations

import re

import pytest
from checking import build, is_suspect, read
from hypothesis import given
from hypothesis import strategies as st
from support import record

FORM = build("source", aspect="form")
FIELDS = build("source", aspect="fields")

ELECTRONIC = """\
PMID- 31000002
VI  - 12
IP  - 3
DP  - 2019
LID - e12345
DEP - 20190301
TA  - J Ex
PST - epublish
SO  - J Ex. 2019 Mar 1;12(3):e12345. doi: 10.1000/xyz.123. eCollection 2019.
"""
LINES = st.sampled_from(
    [
        *("VI  - 12", "VI  - 12(A)", "IP  - 3", "IP  - Suppl 1", "PG  - 11-9", "PG  - e1"),
        *("DP  - 2019 Mar 5", "DP  - 2019", "DP  - 2019 Feb.", "DEP - 20190305", "DEP - 20191305"),
        *("PST - ppublish", "PST - epublish", "PST - aheadofprint", "TA  - J Ex", "TA  - J. Ex"),
        *("LID - e1", "AID - e2 [pii]", "SO  - J Ex. 2019 Mar 5;12(3):11-9."),
        *("SO  - J Ex. 2019;12(3).", "SO  - J Ex. 2019 Feb.;12.", "SO  - J. Ex. 2019."),
        "SO  - J Ex. 2019;12(3):11-9. doi: 10.1/x. Epub 2019 Mar 5.",
        "SO  - J Ex. 2019 Mar 5;12(Suppl 1):e1. doi: 10.1/x. eCollection 2019.",
        "SO  - J Ex. 2019 Mar 5. pii: e2. doi: 10.1/x.",
        "SO  - J Ex. 2019Mar 5.",
    ]
)


def reasons(text: str) -> list[str]:
    parsed = read(text)
    found = [*FORM.faults(parsed), *FIELDS.faults(parsed)]
    return [fault.params["reason"] for fault in found]


@given(st.lists(LINES, max_size=8))
def test_no_record_with_a_fault_passes_the_sieve(lines: list[str]) -> None:
    parsed = read("\n".join(["PMID- 31000001", *lines]) + "\n")
    for check in (FORM, FIELDS):
        if list(check.faults(parsed)):
            assert is_suspect(check, parsed)


@given(st.lists(LINES, max_size=8))
def test_there_is_one_fault_at_most(lines: list[str]) -> None:
    assert len(reasons("\n".join(["PMID- 31000001", *lines]) + "\n")) <= 1


def test_usual_sources_are_right_and_not_even_suspected() -> None:
    assert not is_suspect(FIELDS, read(record()))
    for tag in ("VI", "IP", "PG"):
        without = {"VI": "(3):11-19.", "IP": "12:11-19.", "PG": "12(3)."}[tag]
        text = record(31000001, **{tag: None}).replace("12(3):11-19.", without)
        assert not is_suspect(FIELDS, read(text))


def test_an_article_number_may_stand_in_place_of_the_pages() -> None:
    assert reasons(ELECTRONIC) == []


@pytest.mark.parametrize(
    ("tag", "value", "reason"),
    [
        ("TA", "J Other", "TA has 'J Other', but SO has the journal 'J Ex'"),
        ("VI", "21", "VI has '21', but SO has the volume '12'"),
        ("VI", None, "SO has the volume '12', but the record has no such VI"),
        ("IP", "4", "IP has '4', but SO has the issue '3'"),
        ("PG", "11-20", "PG has '11-20', but SO has the pages '11-19'"),
        ("PG", None, "SO has the pages '11-19', but the record has no such PG"),
        ("DP", "2018 Mar 5", "DP has '2018 Mar 5', but SO has the date '2019 Mar 5'"),
        ("DEP", "20180301", "DEP has '2018 Mar 1', but SO has the Epub date '2019 Mar 1'"),
        ("DEP", None, "SO has the Epub date '2019 Mar 1', but the record has no such DEP"),
    ],
)
def test_one_difference_is_told_at_its_field(tag: str, value: str | None, reason: str) -> None:
    text = record(31000001, **{tag: value})
    assert reasons(text) == [reason]
    (fault,) = FIELDS.faults(read(text))
    assert fault.tag == (tag if value else "SO")


def test_several_differences_are_told_at_so() -> None:
    text = record(SO="J Other. 2018 Jan;1(3):11-19. doi: 10.1000/xyz. Epub 2019 Mar 1.")
    (fault,) = FIELDS.faults(read(text))
    assert (fault.tag, fault.occurrence) == ("SO", 1)
    assert fault.params["reason"] == "SO has another journal, date and volume than TA, DP and VI"


def test_what_so_lacks_is_told() -> None:
    text = record(SO="J Ex. 2019 Mar 5;12(3). doi: 10.1000/xyz. Epub 2019 Mar 1.")
    assert reasons(text) == ["PG has '11-19', but SO has no pages"]


def test_a_lost_bracket_is_a_difference() -> None:
    text = record(SO="J Ex. 2019 Mar 5;12(3:11-19. doi: 10.1000/xyz. Epub 2019 Mar 1.")
    assert reasons(text) == ["IP has '3', but SO has the issue '(3'"]


def test_the_year_of_an_electronic_article_is_that_of_dep() -> None:
    text = ELECTRONIC.replace(" eCollection 2019.", "")
    assert reasons(text) == []
    wrong = re.sub("DP  - 2019", "DP  - 2017", text)
    assert reasons(wrong) == ["DP has '2017', but SO has the date '2019 Mar 1'"]


def test_the_source_of_an_electronic_article_has_the_date_of_dep() -> None:
    text = ELECTRONIC.replace(" eCollection 2019.", "").replace("2019", "2017")
    wrong = text.replace("DEP - 20170301", "DEP - 20190301")
    assert reasons(wrong) == ["DEP has '2019 Mar 1', but SO has the date '2017 Mar 1'"]


def test_a_record_without_so_is_left_to_others() -> None:
    assert reasons(record(SO=None)) == []
