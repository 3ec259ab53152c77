from __future__ import annotations

import string
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.batch import Batch, Chunk, ReadingFault
from medlint.records.tagged import read
from medlint.records.tolerant import read_tolerant

FIELDS = {
    "PMID": "31000001",
    "OWN": "NLM",
    "STAT": "MEDLINE",
    "IS": "1533-4406 (Electronic)",
    "DP": "2023 Jan 2",
    "TI": "Tea and\n      sleep.",
    "AB": "BACKGROUND: Tea is common. \n      METHODS: We asked.",
    "FAU": "Doe, Jane",
    "AU": "Doe J",
    "AD": "Department of Tea,\n      Leeds, UK.",
    "LA": "eng",
    "EDAT": "2023/01/02 06:00",
    "PST": "ppublish",
    "SO": "J Tea. 2023 Jan 2;1(1):1-9.",
}
RECORD = "".join(f"{tag:<4}- {value}\n" for tag, value in FIELDS.items())
SECOND = RECORD.replace("31000001", "31000002")
SEQUENCE = tuple((tag, " ".join(value.split())) for tag, value in FIELDS.items())


def read_text(text: str) -> Batch:
    data = text.encode("utf-8", "surrogatepass")
    return read(Chunk(data, 1, is_first=True, is_last=True))


def described(faults: Sequence[ReadingFault]) -> list[tuple[str, int]]:
    return [(fault.kind, fault.place.line) for fault in faults]


def assert_reads(text: str, *faults: tuple[str, int], records: int = 1) -> None:
    """All records are read as they were meant, with just these faults."""
    batch = read_text(text)
    assert [record.sequence[1:] for record in batch.records] == [SEQUENCE[1:]] * records
    assert described(batch.faults) == list(faults)


def line_of(start: str) -> int:
    return RECORD[: RECORD.index("\n" + start)].count("\n") + 2


TI = line_of("TI")


@pytest.mark.parametrize("text", [RECORD, "\n" + RECORD, RECORD + "\n" + SECOND, RECORD + "\n"])
def test_what_pubmed_writes_has_no_fault(text: str) -> None:
    assert_reads(text, records=text.count("PMID"))


@pytest.mark.parametrize(
    "bent",
    [
        "TI - Tea",
        "TI -Tea",
        "TI  -Tea",
        "TI- Tea",
        "TI  -  Tea",
        "ti  - Tea",
        "Ti  - Tea",
        "TI\t- Tea",
        "TI  -\tTea",
        "TI\u00a0\u00a0- Tea",
        "TI  \u2013 Tea",
        " TI  - Tea",
        "TI : Tea",
        "TI  : Tea",
    ],
)
def test_a_known_tag_is_recognised_however_its_line_is_bent(bent: str) -> None:
    assert_reads(RECORD.replace("TI  - Tea", bent), ("tag-line-form", TI))


@pytest.mark.parametrize("bent", ["PMID-31000001", "PMID - 31000001", "pmid- 31000001"])
def test_a_bent_pmid_begins_a_record(bent: str) -> None:
    text = RECORD.replace("PMID- 31000001", bent)
    batch = read_text(text + "\n" + text)
    assert [record.pmid for record in batch.records] == ["31000001", "31000001"]
    assert {fault.kind for fault in batch.faults} == {"tag-line-form"}


@pytest.mark.parametrize("text", ["AD-related", "DNA -binding", "CI: 1.2", "T2DM- x", "so it is"])
def test_text_that_lost_its_indent_is_not_a_field(text: str) -> None:
    batch = read_text(RECORD.replace("Tea and\n      sleep.", f"Tea and\n{text}"))
    assert described(batch.faults) == [("wrapped-text-is-indented", TI + 1)]
    assert batch.records[0].values("TI") == [f"Tea and {text}"]


def test_an_unknown_tag_in_the_right_form_is_a_field() -> None:
    batch = read_text(RECORD.replace("PST -", "PSHT- x\nPST -"))
    assert batch.faults == []
    assert batch.records[0].values("PSHT") == ["x"]


@pytest.mark.parametrize("indent", [" ", "    ", "       ", "\t", "  \t"])
def test_a_wrong_indent_is_joined_and_said(indent: str) -> None:
    text = RECORD.replace("\n      sleep.", f"\n{indent}sleep.")
    assert_reads(text, ("continuation-indent", TI + 1))


def test_one_fault_of_a_kind_is_enough_for_a_field() -> None:
    batch = read_text(RECORD.replace("      sleep.", "  sleep,\n  sleep,\n  sleep."))
    assert described(batch.faults) == [("continuation-indent", TI + 1)]
    assert batch.records[0].first("TI") == "Tea and sleep, sleep, sleep."


def test_many_faults_of_a_kind_in_a_record_are_said_as_one() -> None:
    text = "\n".join(
        line.replace("  - ", " - ") if line[2:6] == "  - " else line for line in RECORD.split("\n")
    )
    batch = read_text(text)
    assert [fault.kind for fault in batch.faults] == ["tag-line-form"]
    assert batch.faults[0].params["more"] == " (and 7 more fields of this record)"
    assert batch.records[0].sequence == SEQUENCE


def test_a_record_that_is_indented_as_a_whole_has_one_fault() -> None:
    text = "".join(f"    {line}\n" for line in RECORD.splitlines())
    assert_reads(text, ("tag-line-form", 1))


def test_an_empty_field_is_absent_but_known_to_stand_there() -> None:
    batch = read_text(RECORD.replace("LA  - ", "CI  - \nLA  - "))
    record = batch.records[0]
    assert [fault.kind for fault in batch.faults] == ["field-has-value"]
    assert "CI" not in record.fields
    assert "CI" in [field.tag for field in record.layout.fields]


def test_a_missing_separator_is_said_at_the_record_below() -> None:
    line = RECORD.count("\n") + 1
    assert_reads(RECORD + SECOND, ("blank-line-before-record", line), records=2)


def test_a_blank_line_inside_a_record_does_not_end_it() -> None:
    text = RECORD.replace("\nAB ", "\n\nAB ").replace("      sleep", "\n      sleep")
    assert_reads(text, ("no-blank-line-in-record", TI + 1))


def test_a_blank_line_and_a_tag_that_cannot_repeat_begin_a_record() -> None:
    second = RECORD.replace("PMID- 31000001\n", "")
    batch = read_text(RECORD.replace("SO  - J Tea. 2023 Jan 2;1(1):1-9.\n", "") + "\n" + second)
    assert [record.pmid for record in batch.records] == ["31000001", None]
    assert batch.faults == []


def test_more_blank_lines_than_one_are_said() -> None:
    end = RECORD.count("\n")
    assert_reads(f"{RECORD}\n\n\n{SECOND}", ("one-blank-line-between-records", end + 2), records=2)


def test_text_around_records_is_said_once_for_each_stretch() -> None:
    batch = read_text(f"Search of May\n=====\n\n{RECORD}\nA note\nand more\n\n{SECOND}")
    assert [record.pmid for record in batch.records] == ["31000001", "31000002"]
    last = RECORD.count("\n") + 3
    assert [(fault.kind, fault.place[::2]) for fault in batch.faults] == [
        ("no-text-outside-records", (1, 2)),
        ("no-text-outside-records", (last + 2, last + 3)),
    ]


def test_blanks_at_the_end_are_said_once_a_record_but_not_where_pubmed_breaks_lines() -> None:
    text = RECORD.replace("eng\n", "eng \n").replace("NLM\n", "NLM  \n")
    assert_reads(text, ("no-trailing-blanks", 2))


def test_a_tab_in_a_value_stays_and_is_said() -> None:
    batch = read_text(RECORD.replace("Doe, Jane", "Doe,\tJane"))
    assert [fault.kind for fault in batch.faults] == ["no-tabs-in-values"]
    assert batch.records[0].values("FAU") == ["Doe,\tJane"]


CONFLICT = "<<<<<<< HEAD\nDP  - 2023 Jan 2\n{base}=======\nDP  - 2024\nVI  - 7\n>>>>>>> theirs\n"


@pytest.mark.parametrize("base", ["", "||||||| 1a2b3c\nDP  - 2022\n"])
def test_of_a_merge_conflict_the_first_side_is_read(base: str) -> None:
    conflict = CONFLICT.format(base=base)
    text = RECORD.replace("DP  - 2023 Jan 2\n", conflict)
    assert_reads(text, ("no-merge-conflict", line_of("DP")))


def test_a_merge_conflict_may_hold_whole_records() -> None:
    text = f"<<<<<<< HEAD\n{RECORD}\n=======\n{SECOND}\n>>>>>>> theirs\n{SECOND}"
    batch = read_text(text)
    assert [record.pmid for record in batch.records] == ["31000001", "31000002"]
    assert [fault.kind for fault in batch.faults] == ["no-merge-conflict"]


def test_a_marker_without_its_counterpart_hides_nothing() -> None:
    text = RECORD.replace("\nAB ", "\n<<<<<<< HEAD\nAB ")
    assert_reads(text, ("no-merge-conflict", line_of("AB")))


def test_a_cut_off_record_is_said_only_at_the_end_of_the_file() -> None:
    cut = RECORD[: RECORD.index("LA  - ")]
    assert described(read_text(cut).faults) == [("record-complete", cut.count("\n"))]
    assert read_text(f"{cut}\n{SECOND}").faults == []
    assert read(Chunk(cut.encode(), 1, is_first=True, is_last=False)).faults == []


def test_records_of_eric_are_told_apart_without_a_pmid() -> None:
    record = "OWN - ERIC\nTI  - Tea in schools\nAU  - Doe, Jane\nISSN - ISSN-1234-5678\n"
    batch = read_text(record + "\n" + record)
    assert [record.dialect for record in batch.records] == ["eric", "eric"]
    assert described(batch.faults) == [("dialect-is-pubmed", 1)]


def test_an_export_of_pmc_begins_with_its_own_number() -> None:
    record = "PMC - PMC1234567\nPMID- 31000001\nAB  - \nTI  - Tea\nSO  - J Tea\n"
    batch = read_text(record + "\n" + record)
    assert [(r.dialect, r.pmid) for r in batch.records] == [("pmc", "31000001")] * 2
    assert described(batch.faults) == [("dialect-is-pubmed", 1)]


def test_a_fault_of_a_field_says_which() -> None:
    batch = read_text(RECORD.replace("LA  - eng", "LA  - eng\nLA - fre"))
    fault = batch.faults[0]
    assert (fault.tag, fault.occurrence, fault.value) == ("LA", 2, "fre")
    assert fault.record is batch.records[0]


@pytest.mark.parametrize("number", ["31000001", "31000099"])
def test_a_pmid_line_that_stands_twice_begins_one_record(number: str) -> None:
    batch = read_text(RECORD.replace("PMID- 31000001\n", f"PMID- {number}\nPMID- 31000001\n"))
    assert batch.faults == []
    assert [record.values("PMID") for record in batch.records] == [[number, "31000001"]]


@pytest.mark.parametrize("before", ["1: ", "12. ", "- ", "[3]", "\ufeff"])
def test_a_number_before_a_pmid_hides_no_record(before: str) -> None:
    batch = read_text(f"{RECORD}\n{before}{SECOND}")
    assert described(batch.faults) == [("tag-line-form", RECORD.count("\n") + 2)]
    assert [record.pmid for record in batch.records] == ["31000001", "31000002"]
    assert batch.records[1].sequence[1:] == SEQUENCE[1:]


def test_a_file_cut_off_in_a_line_has_one_fault() -> None:
    for end in range(RECORD.index("IS  -"), RECORD.index("PST -")):
        kinds = [fault.kind for fault in read_text(RECORD[:end]).faults]
        assert kinds.count("record-complete") == 1
        assert set(kinds) <= {"record-complete", "newline-at-end-of-file", "no-trailing-blanks"}


WORDS = st.text(alphabet=string.ascii_letters + string.digits + "-:.\u00e9", min_size=1, max_size=6)
LINES = st.one_of(
    st.sampled_from(RECORD.split("\n")),
    st.sampled_from(
        ["", "  ", "<<<<<<< a", "=======", ">>>>>>> b", "PMID- 7", "SO  - x", "AB  - "]
    ),
    st.builds(
        "{}{}- {}".format, st.sampled_from(sorted(FIELDS)), st.sampled_from(["", " ", "  "]), WORDS
    ),
    st.builds("{}{}".format, st.sampled_from(["", " ", " " * 6, "\t"]), WORDS),
    WORDS.map(
        lambda word: f"PMID- 12 OWN - NLM STAT- MEDLINE TI - {word} CI - {word} EDAT- 2023/01/01"
    ),
)
TEXTS = st.lists(LINES, max_size=25).map(lambda lines: "".join(f"{line}\n" for line in lines))


def assert_places_are_inside(text: str, batch: Batch) -> None:
    lines = text.split("\n")
    for fault in batch.faults:
        line, column, end_line, end_column = fault.place
        assert (line, column) < (end_line, end_column)
        assert 1 <= line <= end_line <= len(lines)
        assert 1 <= column <= max(len(lines[line - 1]), 1)
        assert end_column <= max(len(lines[end_line - 1]), 1) + 1
        assert fault.excerpt.first_line == line
        assert list(fault.excerpt.lines) == lines[line - 1 : end_line]


@given(TEXTS)
def test_any_lines_are_read_with_all_places_inside_the_text(text: str) -> None:
    batch = read_tolerant(text, 1)
    assert_places_are_inside(text, batch)
    for record in batch.records:
        layout = record.layout
        assert list(layout.lines) == text.split("\n")[layout.first_line - 1 :][: len(layout.lines)]
        for field in layout.fields:
            for piece in field.pieces:
                line = text.split("\n")[piece.line - 1]
                assert line[piece.column - 1 :].startswith(piece.text)


@given(TEXTS)
def test_no_word_is_lost(text: str) -> None:
    batch = read_tolerant(text, 1)
    covered = [[False] * len(line) for line in text.split("\n")]

    def cover(line: int, start: int, end: int) -> None:
        covered[line - 1][start - 1 : end - 1] = [True] * (end - start)

    for record in batch.records:
        for field in record.layout.fields:
            cover(field.line, field.column, field.column + len(field.tag) + 4)
            for piece in field.pieces:
                cover(piece.line, piece.column, piece.column + len(piece.text))
    for fault in batch.faults:
        if fault.kind in ("no-text-outside-records", "no-merge-conflict"):
            for number in range(fault.place.line, fault.place.end_line + 1):
                cover(number, 1, len(covered[number - 1]) + 1)
    for line, marks in zip(text.split("\n"), covered, strict=True):
        lost = [c for c, mark in zip(line, marks, strict=False) if not mark and c not in " \t-"]
        assert not lost, line


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    batch = read(Chunk(data, 1, is_first=True, is_last=True))
    for record in batch.records:
        assert record.sequence is not None


@given(st.data())
def test_no_damage_makes_the_reader_raise_or_lose_count(data: st.DataObject) -> None:
    source = f"{RECORD}\n{SECOND}".encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(source)), min_size=2, max_size=8)))
    pieces = [source[i:j] for i, j in pairwise(cuts)]
    damaged = data.draw(st.binary(max_size=3)).join(data.draw(st.permutations(pieces)))
    batch = read(Chunk(damaged, 1, is_first=True, is_last=True))
    assert [fault.place for fault in batch.faults] == sorted(fault.place for fault in batch.faults)
    for record in batch.records:
        values = sorted((tag, v) for tag, vs in record.fields.items() for v in vs)
        assert values == sorted(record.sequence)


@given(st.lists(st.sampled_from([RECORD, SECOND]), min_size=1, max_size=4), st.booleans())
def test_strict_text_reads_the_same_on_both_paths(texts: list[str], is_old: bool) -> None:
    text = "\n" * is_old + "\n".join(texts)
    strict = read_text(text)
    tolerant = read_tolerant(text, 1)
    assert tolerant.faults == strict.faults == []
    assert [r.sequence for r in tolerant.records] == [r.sequence for r in strict.records]
    assert [r.layout for r in tolerant.records] == [r.layout for r in strict.records]
    assert [r.fields for r in tolerant.records] == [r.fields for r in strict.records]


@pytest.mark.parametrize(
    "text",
    [
        "OWN - NLM\nPMID- 31000001\nSTAT- MEDLINE\nSO  - J Ex. 2020.\n",
        "OWN - NLM\nSTAT- MEDLINE\nSO  - J Ex. 2020.\nPMID- 31000001\n",
    ],
)
def test_a_pmid_below_other_fields_is_that_of_its_record(text: str) -> None:
    first = "PMID- 31000009\nOWN - NLM\nSO  - J Ex. 2020.\n"
    batch = read_text(f"{first}\n{text}\n{first}")
    assert [record.pmid for record in batch.records] == ["31000009", "31000001", "31000009"]
    assert [fault.kind for fault in batch.faults] == ["pmid-first"]


def test_a_pmid_with_fields_below_it_begins_a_record_though_the_one_above_has_none() -> None:
    text = "OWN - NLM\nSO  - J Ex. 2020.\nPMID- 31000001\nOWN - NLM\nSO  - J Ex. 2020.\n"
    assert [record.pmid for record in read_text(text).records] == [None, "31000001"]


def test_a_record_that_a_mail_quotes_is_passed_over_in_one_finding() -> None:
    quoted = "".join(f"> {line}\n" for line in RECORD.splitlines())
    batch = read_text(f"{RECORD}\n{quoted}\n{SECOND}")
    assert [record.pmid for record in batch.records] == ["31000001", "31000002"]
    assert described(batch.faults) == [("no-text-outside-records", RECORD.count("\n") + 2)]
