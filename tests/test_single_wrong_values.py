"""One wrong value in a clean record gives one finding, by the rule that says it best."""

from __future__ import annotations

import re

import pytest
from support import record

from medlint import check_text

ORCID = ("AU  - Example AB\n", "AU  - Example AB\nAUID- ORCID: {}\n")


def found(text: str) -> list[tuple[str, str | None]]:
    return [(finding.name, finding.tag) for finding in check_text(text)]


def with_line(old: str, new: str) -> str:
    """The clean record with one line changed."""
    assert record().count(f"\n{old}\n") == 1
    return record().replace(f"\n{old}\n", f"\n{new}\n")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("IS  - 0028-4793 (Linking)", "IS  - 00284793 (Linking)", "issn-form"),
        ("IS  - 0028-4793 (Linking)", "IS  - 0028-4793", "issn-form"),
        ("IS  - 0028-4793 (Linking)", "IS  - 0028-4739 (Linking)", "issn-check-digit"),
        ("JID - 0255562", "JID - 255562", "journal-id-form"),
        ("PG  - 11-19", "PG  - 19-11", "pagination-form"),
        ("PG  - 11-19", "PG  - 11–19", "pagination-form"),
        ("PG  - 11-19", "PG  - 21-29", "source-agreement"),
        ("VI  - 12", "VI  - 21", "source-agreement"),
        ("IP  - 3", "IP  - 30", "source-agreement"),
        ("TA  - J Ex", "TA  - J Exp", "source-agreement"),
        ("DP  - 2019 Mar 5", "DP  - 2019 Mar 6", "source-agreement"),
        ("DP  - 2019 Mar 5", "DP  - 2019 March 5", "publication-date-form"),
        ("DP  - 2019 Mar 5", "DP  - 2119 Mar 5", "publication-date-near"),
        ("DEP - 20190301", "DEP - 20190231", "processing-date-form"),
        ("DEP - 20190301", "DEP - 20180301", "history-order"),
        ("DEP - 20190301", "DEP - 20190302", "source-agreement"),
        ("DEP - 20190301", "DEP - 21190301", "publication-date-near"),
        ("LR  - 20200110", "LR  - 2020-01-10", "processing-date-form"),
        ("LR  - 20200110", "LR  - 20100110", "completed-after-created"),
        ("LR  - 20200110", "LR  - 21200110", "date-not-in-future"),
        ("EDAT- 2019/03/06 06:00", "EDAT- 2019/13/06 06:00", "entry-date-form"),
        ("EDAT- 2019/03/06 06:00", "EDAT- 2018/03/06 06:00", "entry-date-agreement"),
        ("EDAT- 2019/03/06 06:00", "EDAT- 2099/03/06 06:00", "date-not-in-future"),
        ("MHDA- 2019/03/06 06:01", "MHDA- 2018/03/06 06:01", "mesh-date-agreement"),
        ("MHDA- 2019/03/06 06:01", "MHDA- 2019/03/06 25:01", "entry-date-form"),
        ("CRDT- 2019/03/06 06:00", "CRDT- 2017/03/06 06:00", "create-date-agreement"),
        ("CRDT- 2019/03/06 06:00", "CRDT- 2021/03/06 06:00", "create-date-agreement"),
        ("CRDT- 2019/03/06 06:00", "CRDT- 2099/03/06 06:00", "date-not-in-future"),
    ],
)
def test_a_wrong_value(old: str, new: str, rule: str) -> None:
    tag = "SO" if rule == "source-agreement" else new[:4].rstrip()
    assert found(with_line(old, new)) == [(rule, tag)]


@pytest.mark.parametrize(
    ("old", "new", "rule", "tag"),
    [
        ("2018/10/01 00:00 [received]", "2018/10/32 00:00 [received]", "history-date-form", "PHST"),
        ("2018/10/01 00:00 [received]", "2018/10/01 00:00", "history-date-form", "PHST"),
        (
            "2018/10/01 00:00 [received]",
            "2099/10/01 00:00 [received]",
            "history-not-in-future",
            "PHST",
        ),
        ("2018/10/01 00:00 [received]", "2020/10/01 00:00 [received]", "history-order", "PHST"),
        ("2019/01/02 00:00 [accepted]", "2017/01/02 00:00 [accepted]", "history-order", "PHST"),
        ("2019/01/02 00:00 [accepted]", "2020/01/02 00:00 [accepted]", "history-order", "PHST"),
        ("2019/03/06 06:00 [pubmed]", "2019/03/07 06:00 [pubmed]", "entry-date-agreement", "EDAT"),
        ("2019/03/06 06:01 [medline]", "2017/03/06 06:01 [medline]", "mesh-date-agreement", "MHDA"),
        ("2019/03/06 06:00 [entrez]", "2012/03/06 06:00 [entrez]", "create-date-agreement", "CRDT"),
    ],
)
def test_a_wrong_date_in_the_history(old: str, new: str, rule: str, tag: str) -> None:
    assert found(with_line(f"PHST- {old}", f"PHST- {new}")) == [(rule, tag)]


@pytest.mark.parametrize("tag", ["LID", "AID"])
@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("10.1000/xyz. 31000001 [doi]", "doi-form"),
        ("10.1000xyz.31000001 [doi]", "doi-form"),
        ("https://doi.org/10.1000/xyz.31000001 [doi]", "doi-without-resolver"),
        ("doi:10.1000/xyz.31000001. [doi]", "doi-without-resolver"),
        ("10.1000/xyz.31000001. [doi]", "doi-without-final-punctuation"),
        ("10.1000/xyz.31000002 [doi]", "doi-agreement"),
    ],
)
def test_a_wrong_doi(tag: str, value: str, rule: str) -> None:
    assert found(record(31000001, **{tag: value})) == [(rule, tag)]


def test_a_wrong_doi_in_so() -> None:
    text = record().replace("doi: 10.1000/xyz.31000001.", "doi: 10.1000/xyz.31000002.")
    assert found(text) == [("doi-agreement", "SO")]


def test_a_doi_that_aid_lacks() -> None:
    assert found(record(AID="e12 [pii]")) == [("doi-in-article-ids", "LID")]


def test_an_identifier_without_its_type() -> None:
    bare = "10.1000/xyz.31000001"
    assert found(record(LID=bare)) == [("location-id-form", "LID")]
    names = [name for name, _ in found(record(AID=bare))]
    assert "article-id-form" in names


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("Epub 2019 Mar 1.", "Epub 2019Mar 1.", "source-form"),
        ("Epub 2019 Mar 1.", "Epub 2019 Mar 1", "source-form"),
        ("12(3):11-19.", "12(3):11-91.", "source-agreement"),
        ("SO  - J Ex. 2019 Mar 5;12(3)", "SO  - Other. 2017 Jan 5;1(2)", "source-agreement"),
    ],
)
def test_a_wrong_source(old: str, new: str, rule: str) -> None:
    assert record().count(old) == 1
    assert [name for name, _ in found(record().replace(old, new))] == [rule]


@pytest.mark.parametrize(
    ("orcid", "rules"),
    [
        ("0000-0002-1825-0097", []),
        ("0000-0002-1825-0079", ["orcid-check-digit"]),
        ("http://orcid.org/0000-0002-1825-0079", ["orcid-check-digit"]),
        ("0000-0002-1694-233", ["orcid-check-digit"]),
        ("0000-0002-182-0097", ["orcid-form"]),
        ("0000-0002-18250097", ["orcid-form"]),
        ("http://orcid.org/0000-0002-1825-0097", []),
    ],
)
def test_an_orcid(orcid: str, rules: list[str]) -> None:
    old, new = ORCID
    assert [name for name, _ in found(record().replace(old, new.format(orcid)))] == rules


@pytest.mark.parametrize(
    ("title", "rules"),
    [
        ("A title of BehÃ§et disease.", ["text-decoded"]),
        ("A title with &lt;signs&gt;.", ["no-html-entities"]),
        ("A title of <i>Aedes</i>.", ["no-html-tags"]),
        ("Avaliação de ESTUDOS DE AMANHÃ, p<0.05.", []),
    ],
)
def test_a_damaged_title(title: str, rules: list[str]) -> None:
    text = re.sub(r"(?m)^TI  - .*\n      .*$", f"TI  - {title}", record())
    assert [name for name, _ in found(text)] == rules
