"""agree, included, date_order: what fields of one record say of each other."""

from __future__ import annotations

import pytest
from checking import build, faults, is_suspect, read, records
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.columns import Columns

DOI = {"tag": "AID", "ending": " [doi]"}
RECEIVED = {"tag": "PHST", "ending": " [received]", "name": "received"}
REVISED = {"tag": "PHST", "ending": " [revised]", "name": "revised"}
ACCEPTED = {"tag": "PHST", "ending": " [accepted]", "name": "accepted"}
SAME_DOI = build(
    "agree",
    values=[
        {"tag": "LID", "ending": " [doi]"},
        DOI,
        {"tag": "SO", "pattern": r".* doi: (?P<part>\S+)\."},
    ],
    compare_as="doi",
)
SAME_DAY = build("agree", values=[{"tag": "PMCR"}, {**ACCEPTED}], compare_as="day")
ONE_DOI = build("agree", values=[DOI])
DOI_IN_AID = build("included", of={"tag": "LID", "ending": " [doi]"}, among=DOI, compare_as="doi")
IN_ORDER = build("date_order", steps=[RECEIVED, REVISED, [ACCEPTED, {"tag": "DEP"}]])
NEARLY = build("date_order", steps=[{"tag": "PMCR"}, {"tag": "DEP"}], days=30, at_most=365)
CHECKS = [SAME_DOI, SAME_DAY, ONE_DOI, DOI_IN_AID, IN_ORDER, NEARLY]
LINES = st.sampled_from(
    [
        *("LID - 10.1000/A [doi]", "LID - 10.1000/b [doi]", "LID - e12", "LID - e12 [pii]"),
        *("AID - 10.1000/a [doi]", "AID - 10.1000/B [doi]", "AID - 10.1000/b [pii]"),
        *("SO  - J Ex. 2019. doi: 10.1000/a.", "SO  - J Ex. 2019. doi: 10.1000/c."),
        *("PMCR- 2019/03/01", "PMCR- 2018/02/01 06:00", "PMCR- 2019/02/30", "PMCR- 2019"),
        *("PHST- 2019/03/01 00:00 [received]", "PHST- 2019/02 [received]"),
        *("PHST- 2019/03/01 00:00 [revised]", "PHST- 2018/01/31 [revised]"),
        *("PHST- 2019/03/02 00:00 [accepted]", "PHST- -0001/11/30 00:00 [accepted]"),
        *("PHST- 2019/02/30 00:00 [accepted]", "PHST- 2019 [accepted]", "PHST- [accepted]"),
        *("DEP - 20190301", "DEP - 201902", "DEP - 20180331", "DEP - 2019 Mar 1", "DEP - 20191399"),
    ]
)


@given(st.lists(LINES, max_size=9))
def test_no_record_with_a_fault_passes_the_sieve(lines: list[str]) -> None:
    record = read("\n".join(["PMID- 31000001", *lines]) + "\n")
    for check in CHECKS:
        if list(check.faults(record)):
            assert is_suspect(check, record)


@given(st.lists(st.lists(LINES, max_size=5), min_size=2, max_size=4))
def test_the_sieve_of_a_batch_misses_no_record(batch: list[list[str]]) -> None:
    text = "\n".join("\n".join(["PMID- 31000001", *lines]) + "\n" for lines in batch)
    read_together = records(text)
    columns = Columns(read_together)
    for check in CHECKS:
        faulty = {i for i, record in enumerate(read_together) if list(check.faults(record))}
        assert faulty <= set(check.suspects(columns))


def test_the_minority_is_wrong() -> None:
    text = "LID - 10.1/a [doi]\nAID - 10.1/b [doi]\nSO  - J. 2019. doi: 10.1/a.\n"
    (fault,) = faults(SAME_DOI, "PMID- 1\n" + text)
    assert (fault.tag, fault.occurrence, fault.also) == ("AID", 1, (("LID", 1),))
    assert fault.params["part"] == "10.1/b"
    assert (fault.params["other.name"], fault.params["other.part"]) == ("LID", "10.1/a")


def test_between_two_the_one_named_last_is_wrong() -> None:
    (fault,) = faults(SAME_DOI, "PMID- 1\nAID - 10.1/b [doi]\nLID - 10.1/a [doi]\n")
    assert fault.tag == "AID"


def test_case_of_a_doi_does_not_matter() -> None:
    assert faults(SAME_DOI, "PMID- 1\nAID - 10.1/A [doi]\nLID - 10.1/a [doi]\n") == []


def test_days_agree_however_they_are_written() -> None:
    assert faults(SAME_DAY, "PMCR- 2019/03/01\nPHST- 2019/03/01 06:00 [accepted]\n") == []
    assert faults(SAME_DAY, "PMCR- 2019/03/01\nPHST- 2019/03/02 06:00 [accepted]\n") != []


def test_one_tag_can_disagree_with_itself() -> None:
    (fault,) = faults(ONE_DOI, "PMID- 1\nAID - 10.1/a [doi]\nAID - 10.1/b [doi]\n")
    assert fault.occurrence == 2


def test_included_says_where_it_looked() -> None:
    (fault,) = faults(DOI_IN_AID, "PMID- 1\nLID - e1\nLID - 10.1/a [doi]\nAID - 10.1/b [doi]\n")
    assert (fault.tag, fault.occurrence, fault.also) == ("LID", 2, (("AID", 0), ("AID", 1)))
    assert fault.params == {"part": "10.1/a", "among": "AID"}


def test_included_asks_nothing_of_the_other_tag() -> None:
    assert faults(DOI_IN_AID, "PMID- 1\nAID - 10.1/b [doi]\n") == []


@pytest.mark.parametrize(
    ("received", "revised", "accepted", "wrong"),
    [
        ("2032/03/01", "2022/04/01", "2022/05/01", ["received"]),
        ("2022/03/01", "2012/04/01", "2022/05/01", ["revised"]),
        ("2022/03/01", "2022/04/01", "2021/05/01", ["accepted"]),
        ("2022/03/01", "2022/02/01", "2022/01/01", ["revised", "accepted"]),
        ("2022/03/01", "2022/03/01", "2022/03/01", []),
    ],
)
def test_of_dates_out_of_order_those_are_told_that_contradict_most(
    received: str, revised: str, accepted: str, wrong: list[str]
) -> None:
    text = f"PHST- {received} [received]\nPHST- {revised} [revised]\nPHST- {accepted} [accepted]\n"
    found = faults(IN_ORDER, text)
    assert [fault.params["name"] for fault in found] == wrong


def test_date_order_says_which_date_it_went_by() -> None:
    (fault,) = faults(IN_ORDER, "PHST- 2022/03/01 00:00 [received]\nDEP - 20220201\n")
    assert (fault.tag, fault.also) == ("DEP", (("PHST", 1),))
    assert fault.params == {
        "part": "20220201",
        "name": "DEP",
        "relation": "before",
        "correction": "",
        "other.tag": "PHST",
        "other.name": "received",
        "other.part": "2022/03/01 00:00",
    }


def test_dates_of_one_step_have_no_order() -> None:
    assert faults(IN_ORDER, "DEP - 20220201\nPHST- 2022/03/01 00:00 [accepted]\n") == []
    twice = "PHST- 2022/05/01 00:00 [revised]\nPHST- 2022/04/01 00:00 [revised]\n"
    assert faults(IN_ORDER, twice) == []


@pytest.mark.parametrize("dep", ["202203", "2022", "20220399"])
def test_dates_are_compared_as_far_as_both_are_given(dep: str) -> None:
    assert faults(IN_ORDER, f"PHST- 2022/03/01 00:00 [received]\nDEP - {dep}\n") == []


@pytest.mark.parametrize(
    ("dep", "is_wrong"),
    [("20220301", False), ("20220130", False), ("20220129", True), ("20210101", False)],
)
def test_some_days_are_forgiven_and_long_times_too(dep: str, is_wrong: bool) -> None:
    assert bool(faults(NEARLY, f"PMCR- 2022/03/01\nDEP - {dep}\n")) is is_wrong
