"""What a finding is known by."""

from __future__ import annotations

import pytest

from medlint.findings import Excerpt, Finding, Place, Severity
from medlint.suppress.fingerprint import fingerprint, identity

FINDING = Finding(
    code="ML203",
    name="issn-check-digit",
    severity=Severity.ERROR,
    message="IS has '1533-4407': the check digit should be 6.",
    path="a.nbib",
    place=Place(5, 7, 5, 16),
    pmid="31000001",
    tag="IS",
    occurrence=1,
    value="1533-4407 (Electronic)",
    excerpt=Excerpt(5, ("IS  - 1533-4407 (Electronic)",)),
    record_line=1,
    help="Each ISSN has a correct check digit.",
)
NO_PMID = FINDING._replace(pmid=None, record_digest="5" * 32)


@pytest.mark.parametrize(
    "change",
    [
        {"path": "other/b.nbib"},
        {"place": Place(905, 7, 905, 16), "record_line": 900},
        {"occurrence": 2},
        {"message": "Other words."},
        {"name": "issn-check-character"},
        {"severity": Severity.INFO},
        {"excerpt": None},
        {"help": ""},
    ],
)
def test_it_stays_the_same(change: dict[str, object]) -> None:
    assert identity(FINDING._replace(**change)) == identity(FINDING)  # type: ignore[arg-type]
    assert fingerprint(FINDING._replace(**change)) == fingerprint(FINDING)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"code": "ML204"},
        {"pmid": "31000002"},
        {"tag": "JID"},
        {"tag": None},
        {"value": "1533-4407 (Print)"},
        {"value": None},
        {"pmid": None},
        {"pmid": None, "record_digest": "6" * 32},
    ],
)
def test_it_is_another(change: dict[str, object]) -> None:
    assert identity(FINDING._replace(**change)) != identity(FINDING)  # type: ignore[arg-type]
    assert fingerprint(FINDING._replace(**change)) != fingerprint(FINDING)  # type: ignore[arg-type]


def test_it_never_changes_from_version_to_version() -> None:
    assert fingerprint(FINDING) == "30addaaf4ccee0f385827a790a225eda"
    assert identity(FINDING).hash == "62eacd001d18759a"


def test_a_record_without_pmid_is_known_by_its_digest() -> None:
    other = NO_PMID._replace(record_digest="6" * 32)
    assert identity(NO_PMID).record == "5" * 32
    assert fingerprint(NO_PMID) != fingerprint(other)


def test_the_digest_says_nothing_where_there_is_a_pmid() -> None:
    assert identity(FINDING._replace(record_digest="5" * 32)) == identity(FINDING)


def test_which_of_several_records_without_pmid_is_reported_changes_nothing() -> None:
    one = NO_PMID._replace(is_of_dataset=True, tag="LID", value="10.1000/ABC [doi]")
    other = one._replace(record_digest="6" * 32, tag="AID", value="10.1000/abc [doi]")
    assert identity(one) == identity(other)
    assert identity(one) != identity(one._replace(value="10.1000/abd [doi]"))


def test_a_finding_of_no_record_is_known_by_the_text_it_stands_on() -> None:
    one = FINDING._replace(pmid=None, tag=None, value=None, excerpt=Excerpt(1, ("A stray line",)))
    assert identity(one) == identity(one._replace(excerpt=Excerpt(9, ("A stray line",))))
    assert identity(one) != identity(one._replace(excerpt=Excerpt(1, ("Another line",))))


def test_bytes_that_are_no_text_have_an_identity() -> None:
    assert identity(FINDING._replace(value="caf\udce9")) != identity(FINDING._replace(value="caf"))
