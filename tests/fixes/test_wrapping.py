"""Values are broken as PubMed breaks them, and only where they must be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mending import mended, records
from support import ROOT

from medlint.fixes.apply import Text
from medlint.fixes.wrapping import WIDTH, rewritten, written

WORDS = st.lists(st.text("abcé", min_size=1, max_size=30), min_size=1, max_size=40).map(" ".join)


def test_a_record_of_pubmed_is_broken_as_pubmed_breaks_it() -> None:
    assert written("TI", "word " * 15 + "and more words.") == [
        "TI  - " + "word " * 15 + "and ",
        "      more words.",
    ]


@given(WORDS)
def test_a_field_is_read_back_as_it_was(value: str) -> None:
    text = "\n".join(["PMID- 1", *written("TI", value), ""])
    assert records(text)[0].values("TI") == [value]


@given(st.text("ab \t\u00a0-", min_size=1, max_size=300).filter(lambda v: v == v.strip(" \t")))
def test_blanks_tabs_and_long_words_are_read_back_too(value: str) -> None:
    text = "\n".join(["PMID- 1", *written("AB", value), ""])
    assert records(text)[0].values("AB") == [value]


@given(WORDS)
def test_no_line_is_longer_than_it_must_be_nor_could_take_another_word(value: str) -> None:
    lines = written("TI", value)
    for line, below in pairwise(lines):
        assert len(line.rstrip()) <= WIDTH or " " not in line[6:].rstrip()
        assert line.endswith(" ")
        assert len(line) + len(below[6:].split(" ")[0]) > WIDTH


@given(WORDS, WORDS, st.integers(10, 90))
def test_another_value_is_read_back_whatever_the_old_lines(old: str, new: str, width: int) -> None:
    words, lines = old.split(" "), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    text = "PMID- 1\nTI  - " + "\n      ".join(lines) + "\nSO  - X.\n"
    [record] = records(text)
    data = Text(text.encode()).splice([rewritten(record, record.field("TI"), new)])
    [again] = records(data)
    assert again.values("TI") == [new]
    assert again.values("SO") == ["X."]


def test_what_stands_before_the_change_stays_as_it_is_broken() -> None:
    text = "PMID- 1\nTI  - Tea and\n      sleep  and\n      rest.\n"
    assert mended(text, "single-blanks").data == (
        b"PMID- 1\nTI  - Tea and\n      sleep and\n      rest.\n"
    )


def test_a_value_that_grows_is_broken_anew_from_there() -> None:
    old = "Gr&ouml;&szlig;e " * 3
    text = f"PMID- 1\nAB  - {'word ' * 15}\n      {'word ' * 12}&#8805; {old.strip()}.\n"
    data = mended(text, "no-html-entities", unsafe=True).data.decode()
    assert data.split("\n")[1] == "AB  - " + "word " * 15
    assert records(data)[0].values("AB") == [f"{'word ' * 27}≥ {'Größe ' * 3}".rstrip() + "."]


@pytest.mark.skipif(not (ROOT.parent / "shared").is_dir(), reason="needs ../shared/corpus")
def test_records_that_pubmed_writes_today_are_broken_alike() -> None:
    path = ROOT.parent / "shared" / "corpus" / "text"
    file = next(path.rglob("assets__bibs__pubmed.txt"))
    for record in records(file.read_bytes()):
        lines = [line for f in record.layout.fields for line in written(f.tag, f.value)]
        assert tuple(lines) == record.layout.lines
