"""A data set that is too large for memory gives the findings that it would give in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from medlint import dataset as dataset_module
from medlint.checks.base import Context
from medlint.cli.app import app
from medlint.dataset import Dataset, Room
from medlint.findings import Finding
from medlint.records.batch import Chunk
from medlint.records.columns import Columns
from medlint.records.record import Record
from medlint.records.tagged import read
from medlint.rulebook.load import load_rulebook

BOOK = load_rulebook()
CONTEXT = Context(date(2026, 1, 1), BOOK.vocabularies)
RULES = [rule for rule in BOOK.rules if rule.code.startswith("ML9")]
#: Everything goes to the file at once, or some of it, or nothing does.
NO_ROOM, LITTLE, ENOUGH = Room(0, 0, 1), Room(3, 200, 2), Room()

Fields = dict[str, str]
ABSTRACT = "Tea was given to nurses who work at night. " * 6
LINK = "J Ex. 2020;1(1):1. PMID: "
ORCIDS = ["ORCID: 0000-0002-1825-0097", "ORCID: 0000-0001-5109-3700"]


def some(*values: str) -> st.SearchStrategy[str]:
    """One of the values, or none."""
    return st.sampled_from(["", *values])


RECORDS: st.SearchStrategy[list[Fields]] = st.lists(
    st.fixed_dictionaries(
        {
            "PMID": some(*"123456"),
            "IS": some("0028-4793 (Linking)", "1533-4406 (Linking)"),
            "VI": some("12", "13"),
            "DP": some("2019", "2020 Mar", "2009"),
            "TI": some("Tea and sleep in nurses of two hospitals.", "Tea."),
            "PG": some("1-9"),
            "AB": some(ABSTRACT),
            "FAU": some("Example, Anna", "Sample, Carl"),
            "AUID": some(*ORCIDS),
            "PT": some("Journal Article", "Preprint", "Letter"),
            "TA": some("J Ex", "J Sam"),
            "JID": some("0255562", "9005373"),
            "CIN": some(LINK + "1", LINK + "2"),
            "CON": some(LINK + "1", LINK + "3"),
            "AID": some("10.1000/tea [doi]", "10.1000/TEA [doi]", "10.1000/x [doi]"),
        }
    ),
    max_size=14,
)


def text(fields: Fields) -> str:
    return "".join(f"{tag:<4}- {value}\n" for tag, value in fields.items() if value)


def files_of(records: list[Fields]) -> dict[str, Columns]:
    """A file for each two records."""
    texts = ["\n".join(map(text, records[at : at + 2])) for at in range(0, len(records), 2)]
    chunks = (Chunk(some.encode(), 1, True, True) for some in texts)
    return {f"{at % 7}{at}.nbib": Columns(read(c).records) for at, c in enumerate(chunks)}


def found(files: dict[str, Columns], room: Room, order: list[str] | None = None) -> list[Finding]:
    dataset = Dataset(RULES, CONTEXT, room)
    for name in order or files:
        dataset.collect(name, files[name])

    def locate(wanted: set[tuple[str, int]]) -> Iterator[tuple[str, Record]]:
        for name, columns in files.items():
            yield from ((name, r) for r in columns.records if (name, r.first_line) in wanted)

    return list(dataset.findings(locate))


@settings(max_examples=50)
@given(RECORDS)
@example([{"PMID": str(n % 9), "AID": "10.1000/tea [doi]", "DP": "2019"} for n in range(30)])
def test_what_is_found_is_the_same_with_and_without_room(records: list[Fields]) -> None:
    files = files_of(records)
    expected = found(files, ENOUGH)
    assert found(files, LITTLE) == expected
    assert found(files, NO_ROOM) == expected


@settings(max_examples=50)
@given(RECORDS, st.randoms(use_true_random=False), st.sampled_from([NO_ROOM, LITTLE, ENOUGH]))
def test_what_is_found_is_the_same_in_any_order_of_files(
    records: list[Fields], random: Any, room: Room
) -> None:
    files = files_of(records)
    assert found(files, room, random.sample(list(files), len(files))) == found(files, room)


def journal(pmid: int, **more: str) -> Fields:
    return {"PMID": str(pmid), "TA": "J Ex", "JID": "0255562", "VI": "12", "DP": "2019", **more}


def test_each_rule_on_the_data_set_finds_its_fault_without_room() -> None:
    """So that the tests above are about something."""
    article = {"TI": "Tea and sleep in nurses of two hospitals.", "FAU": "Example, Anna"}
    records = [
        *(journal(pmid) for pmid in range(1, 7)),
        journal(7, TA="J Sam"),
        journal(8, DP="1999"),
        journal(9, AID="10.1000/tea [doi]", CIN=LINK + "10"),
        journal(10, AID="10.1000/tea [doi]", AB=ABSTRACT),
        journal(11, FAU="Example, Anna", AUID=ORCIDS[0], AB=ABSTRACT),
        journal(12, FAU="Sample, Carl", AUID=ORCIDS[0]),
        journal(12, FAU="Sample, Carl", AUID=ORCIDS[0]),
        *({"PMID": str(pmid), "DP": "2019", "VI": "9", "PG": "1", **article} for pmid in (20, 21)),
    ]
    findings = found(files_of(records), NO_ROOM)
    names = {finding.name for finding in findings}
    assert names >= {"pmid-unique", "doi-unique", "work-once", "abstract-unique", "volume-year"}
    assert names >= {"journal-abbreviation-agreement", "orcid-one-person", "links-mutual"}
    assert findings == found(files_of(records), ENOUGH)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_ends_the_run_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.nbib").write_text(text(journal(1, LA="xx")))
    monkeypatch.setattr(dataset_module, "Room", lambda: NO_ROOM)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: FileIO("/dev/full", "r+b"))
    arguments = ["check", "--output-format", "concise", "--no-config", str(tmp_path / "a.nbib")]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("medlint: what the rules on the data set remember cannot be kept")
    assert done.stderr.count("\n") == 1
