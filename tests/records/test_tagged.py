from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.batch import Batch, Chunk
from medlint.records.tagged import read

SHARED = Path(__file__).parents[3] / "shared"
CORPUS = SHARED / "corpus" / "text"
SEED = SHARED / "seed"

RECORD = """\
PMID- {pmid}
OWN - NLM
STAT- Publisher
TI  - Tea and
      sleep.
FAU - Doe, Jane
AU  - Doe J
EDAT- 2023/01/03 06:00
PST - aheadofprint
SO  - J Tea. 2023 Jan 2.
"""


def records_text(count: int, line_end: str = "\n") -> str:
    text = "\n".join(RECORD.format(pmid=31000001 + i) for i in range(count))
    return text.replace("\n", line_end)


def read_text(text: str, first_line: int = 1) -> Batch:
    return read(Chunk(text.encode(), first_line, is_first=True, is_last=True))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "\n"])
def test_every_layout_of_pubmed_is_read_without_a_fault(line_end: str, before: str) -> None:
    batch = read_text(before.replace("\n", line_end) + records_text(3, line_end))
    assert batch.faults == []
    assert [r.pmid for r in batch.records] == ["31000001", "31000002", "31000003"]
    assert batch.records[0].values("TI") == ["Tea and sleep."]


def test_lines_are_counted_through_all_records() -> None:
    batch = read_text(records_text(3), first_line=101)
    assert [r.layout.first_line for r in batch.records] == [101, 112, 123]
    assert [r.place("SO").line for r in batch.records] == [110, 121, 132]


def test_lines_are_counted_past_a_damaged_record() -> None:
    text = records_text(3).replace("TI  - Tea", "TI - Tea", 1)
    batch = read_text(text)
    assert [f.kind for f in batch.faults] == ["tag-line-form"]
    assert [r.place("SO").line for r in batch.records] == [10, 21, 32]


def test_only_the_damaged_record_is_read_otherwise() -> None:
    good = read_text(records_text(3)).records
    damaged = read_text(records_text(3).replace("      sleep.", "   sleep.", 1)).records
    assert damaged == good


def test_a_value_may_hold_what_other_programs_take_for_line_ends() -> None:
    text = records_text(1).replace("sleep", "sl\u2028ee\u00a0p")
    batch = read_text(text)
    assert batch.faults == []
    assert batch.records[0].first("TI") == "Tea and sl\u2028ee\u00a0p."


def test_a_chunk_in_the_middle_of_a_file_is_not_cut_off() -> None:
    text = records_text(1).replace("PST - aheadofprint\nSO  - J Tea. 2023 Jan 2.\n", "")
    assert read(Chunk(text.encode(), 1, is_first=True, is_last=False)).faults == []
    assert [f.kind for f in read_text(text).faults] == ["record-complete"]


def test_a_book_needs_neither_pst_nor_so() -> None:
    batch = read_text("PMID- 31000001\nSTAT- Publisher\nBTI - All of tea\n")
    assert (batch.records[0].dialect, batch.faults) == ("book", [])


@pytest.mark.parametrize("number", [1, 2, 3])
def test_faults_stand_in_the_order_of_the_file(number: int) -> None:
    text = records_text(number).replace("TI  - ", "TI - ").replace("sleep.\n", "sl\x0bep.\n")
    places = [fault.place for fault in read_text(text).faults]
    assert len(places) == 2 * number
    assert places == sorted(places)


@given(st.integers(0, len(RECORD) * 2), st.binary(min_size=1, max_size=2))
def test_one_damage_leaves_the_other_record_alone(position: int, damage: bytes) -> None:
    text = (records_text(1) + "\n" + records_text(2)).encode()
    third = text.rindex(b"PMID-")
    position = min(position, third - 40)
    batch = read(Chunk(text[:position] + damage + text[position:], 1, True, True))
    if damage in (b"\r", b"\n\r") or b"\0" in damage:
        return
    assert batch.records[-1].pmid == "31000002"
    assert batch.records[-1].values("AU") == ["Doe J"]


def test_ten_thousand_lines_of_garbage_take_no_time() -> None:
    text = "PMID- 1\n" + "TI -\t: - x <<<<<<< = \u00e9\n =======\n" * 10_000
    start = time.perf_counter()
    read_text(text)
    assert time.perf_counter() - start < 5


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed records are not there")
def test_the_collapsed_seed_record_equals_the_one_that_is_laid_out() -> None:
    good, collapsed = (
        read(Chunk((SEED / name).read_bytes(), 1, is_first=True, is_last=True))
        for name in ("37583846.nbib", "37583846-collapsed.txt")
    )
    assert good.faults == []
    assert [fault.kind for fault in collapsed.faults] == ["record-line-breaks"]
    assert good.records == collapsed.records


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real exports is not there")
def test_exports_of_pubmed_have_no_reading_fault() -> None:
    for path in sorted(CORPUS.rglob("*")):
        if path.is_file() and "JabRef" not in str(path):
            batch = read(Chunk(path.read_bytes(), 1, is_first=True, is_last=True))
            assert batch.records
            assert [(path.name, f.kind, f.place) for f in batch.faults] == []
