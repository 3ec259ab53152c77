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
AID - 10.1000/xyz.123 [doi]
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
        *("SO  - J Ex. 2019Mar 5.", "SO  - J Ex [Preprint]. 2019;12:e1.", "PT  - Review"),
        *("LID - e1 [pii]", "LID - 10.1/x [doi]", "AID - 10.1/x [doi]", "AID - e1 [pii]"),
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


def found(text: str) -> tuple[str, str]:
    """What is underlined in SO, and the reason, of the one fault of a text."""
    parsed = read(text)
    (fault,) = FIELDS.faults(parsed)
    assert (fault.tag, fault.occurrence) == ("SO", 1)
    assert fault.span is not None
    return parsed.first("SO")[slice(*fault.span)], fault.params["reason"]


@pytest.mark.parametrize(
    ("tag", "value", "part", "reason"),
    [
        ("TA", "J Other", "J Ex", "TA has 'J Other', but SO has the journal 'J Ex'"),
        ("VI", "21", "12", "VI has '21', but SO has the volume '12'"),
        ("VI", None, "12", "SO has the volume '12', but the record has no such VI"),
        ("IP", "4", "3", "IP has '4', but SO has the issue '3'"),
        ("IP", None, "3", "SO has the issue '3', but the record has no such IP"),
        ("PG", "11-20", "11-19", "PG has '11-20', but SO has the pages '11-19'"),
        ("PG", None, "11-19", "SO has the pages '11-19', but the record has no such PG"),
        ("DP", "2018 Mar 5", "2019 Mar 5", "DP has '2018 Mar 5', but SO has the date '2019 Mar 5'"),
        (
            *("DEP", "20180301", "2019 Mar 1"),
            "DEP has '2018 Mar 1', but SO has the Epub date '2019 Mar 1'",
        ),
        (
            *("DEP", None, "2019 Mar 1"),
            "SO has the Epub date '2019 Mar 1', but the record has no such DEP",
        ),
        ("PST", "epublish", "Epub 2019 Mar 1", "PST has 'epublish', but SO has 'Epub 2019 Mar 1'"),
    ],
)
def test_one_difference_underlines_the_part(
    tag: str, value: str | None, part: str, reason: str
) -> None:
    text = record(31000001, **{tag: value})
    assert found(text) == (part, reason)
    (fault,) = FIELDS.faults(read(text))
    assert fault.also == ((tag, 1 if value else 0),)


def test_several_differences_are_one_fault_at_the_first() -> None:
    text = record(SO="J Ex. 2018 Jan;1(3):11-19. doi: 10.1000/xyz.31000001. Epub 2019 Mar 1.")
    assert found(text) == (
        "2018 Jan",
        "DP has '2019 Mar 5', but SO has the date '2018 Jan'; "
        "VI has '12', but SO has the volume '1'",
    )


@pytest.mark.parametrize(
    ("part", "before", "reason"),
    [
        (":11-19", "J Ex. 2019 Mar 5;12(3)", "PG has '11-19', but SO has no pages"),
        ("12(3)", "J Ex. 2019 Mar 5;", "VI has '12', but SO has no volume"),
        ("(3)", "J Ex. 2019 Mar 5;12", "IP has '3', but SO has no issue"),
        (
            *(" doi: 10.1000/xyz.31000001.", "J Ex. 2019 Mar 5;12(3):11-19"),
            "LID has '10.1000/xyz.31000001', but SO has no DOI",
        ),
        (
            *(" Epub 2019 Mar 1.", "doi: 10.1000/xyz.31000001"),
            "DEP has '2019 Mar 1', but SO has no Epub date",
        ),
    ],
)
def test_what_so_lacks_is_told_where_it_should_stand(part: str, before: str, reason: str) -> None:
    text = record(31000001)
    so = "SO  - J Ex. 2019 Mar 5;12(3):11-19. doi: 10.1000/xyz.31000001. Epub 2019 Mar 1."
    text = text.replace(so, so.replace(part, "", 1))
    (fault,) = FIELDS.faults(read(text))
    assert fault.params["reason"].split("; ")[0] == reason
    assert fault.span is not None
    assert read(text).first("SO")[: fault.span[0]].endswith(before)


@pytest.mark.parametrize(
    ("lines", "source"),
    [
        ("LID - e1", "J Ex. 2019;12:e1."),
        ("PG  - e1\nLID - e1", "J Ex. 2019;12:e1."),
        ("LID - e1 [pii]\nAID - e1 [pii]", "J Ex. 2019;12:e1."),
        ("LID - e1 [pii]\nAID - ex-e1 [pii]", "J Ex. 2019;12. pii: ex-e1."),
        ("LID - e1 [pii]", "J Ex. 2019;12."),
        ("AID - e1 [pii]", "J Ex. 2019;12. pii: e1."),
        ("AID - 10.1000/x [pii]", "J Ex. 2019;12."),
        ("AID - 10.1000/x [doi]", "J Ex. 2019;12."),
        ("AID - 10.1000/x [doi]", "J Ex. 2019;12. doi: 10.1000/x."),
        ("LID - 10.1000/x [doi]\nLID - e1", "J Ex. 2019;12:e1. doi: 10.1000/x."),
    ],
)
def test_the_location_in_the_ways_of_all_exports(lines: str, source: str) -> None:
    text = f"PMID- 1\nVI  - 12\nDP  - 2019\n{lines}\nTA  - J Ex\nPST - ppublish\nSO  - {source}\n"
    assert reasons(text) == []
    assert not is_suspect(FIELDS, read(text)) or "LID - e1 [pii]" in lines


@pytest.mark.parametrize(
    ("lines", "source", "part", "reason"),
    [
        ("LID - e1", "J Ex. 2019;12:e2.", "e2", "LID has 'e1', but SO has the location 'e2'"),
        ("LID - e1", "J Ex. 2019;12.", "", "LID has 'e1', but SO has no location"),
        (
            "PG  - e2\nLID - e1",
            "J Ex. 2019;12:e2.",
            "e2",
            "LID has 'e1', but SO has the location 'e2'",
        ),
        (
            *("LID - 1 [pii]\nAID - e1 [pii]", "J Ex. 2019;12. pii: e2.", "e2"),
            "AID has 'e1', but SO has the pii 'e2'",
        ),
        (
            *("LID - 1 [pii]\nAID - e1 [pii]", "J Ex. 2019;12.", ""),
            "LID has '1', but SO has no location",
        ),
        (
            *("LID - 10.1000/x [doi]", "J Ex. 2019;12.", ""),
            "LID has '10.1000/x', but SO has no DOI",
        ),
        (
            *("PG  - 1", "J Ex. 2019;12:1. doi: 10.1000/x.", "10.1000/x"),
            "SO has the DOI '10.1000/x', but the record has no such AID",
        ),
        (
            *("PT  - Journal Article", "J Ex [Preprint]. 2019;12.", "[Preprint]"),
            "SO has '[Preprint]', but no PT says 'Preprint'",
        ),
    ],
)
def test_a_wrong_identifier_is_told(lines: str, source: str, part: str, reason: str) -> None:
    text = f"PMID- 1\nVI  - 12\nDP  - 2019\n{lines}\nTA  - J Ex\nPST - ppublish\nSO  - {source}\n"
    assert is_suspect(FIELDS, read(text))
    assert found(text) == (part, reason)


def test_two_dois_that_differ_are_left_to_another_rule() -> None:
    text = record(SO="J Ex. 2019 Mar 5;12(3):11-19. doi: 10.1000/other. Epub 2019 Mar 1.")
    assert reasons(text) == []


def test_a_lost_bracket_is_a_difference() -> None:
    text = record(SO="J Ex. 2019 Mar 5;12(3:11-19. doi: 10.1000/xyz. Epub 2019 Mar 1.")
    assert found(text) == ("(3", "IP has '3', but SO has the issue '(3'")


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
