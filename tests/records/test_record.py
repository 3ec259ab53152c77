from __future__ import annotations

import pytest

from medlint.findings import Place
from medlint.records.batch import Chunk
from medlint.records.record import Field, Piece, Record
from medlint.records.tagged import read

TEXT = b"""\

PMID- 31000001
OWN - NLM
TI  - Tea, sleep and
      the night
AU  - Doe J
AD  - Leeds.
AU  - Roe M
"""


@pytest.fixture
def record() -> Record:
    return read(Chunk(TEXT, 1, is_first=True, is_last=False)).records[0]


def test_values_are_unwrapped_and_in_order(record: Record) -> None:
    assert record.values("TI") == ["Tea, sleep and the night"]
    assert record.values("AU") == ["Doe J", "Roe M"]
    assert record.first("AU") == "Doe J"


def test_a_tag_that_is_not_there_has_no_values(record: Record) -> None:
    assert not record.values("AB")
    assert record.first("AB") == ""
    with pytest.raises(LookupError, match=r"no AB\[1\]"):
        record.field("AB")


def test_the_sequence_tells_who_has_which_affiliation(record: Record) -> None:
    moved = TEXT.replace(b"AD  - Leeds.\nAU  - Roe M\n", b"AU  - Roe M\nAD  - Leeds.\n")
    other = read(Chunk(moved, 1, is_first=True, is_last=False)).records[0]
    assert record.fields == other.fields
    assert record != other


def test_equal_records_are_equal_however_their_lines_break(record: Record) -> None:
    unwrapped = TEXT.replace(b"and\n      the", b"and the")
    other = read(Chunk(unwrapped, 40, is_first=True, is_last=False)).records[0]
    assert record == other
    assert hash(record) == hash(other)


def test_a_place_is_the_value_without_its_tag(record: Record) -> None:
    assert record.place("AU", 2) == Place(8, 7, 8, 12)


def test_a_span_is_found_across_a_line_break(record: Record) -> None:
    start = record.first("TI").index("and the")
    assert record.place("TI", 1, (start, start + len("and the"))) == Place(4, 18, 5, 10)


def test_an_end_belongs_to_the_line_it_closes(record: Record) -> None:
    end = len("Tea, sleep and")
    assert record.place("TI", 1, (0, end)) == Place(4, 7, 4, 21)


def test_a_span_may_begin_or_end_at_the_blank_of_a_line_break() -> None:
    field = Field("PHST", 1, 1, (Piece(1, 7, "2020 ["), Piece(2, 1, "received]")))
    assert field.place((6, 15)) == Place(1, 13, 2, 9)
    assert field.place((6, 7)) == Place(1, 13, 2, 1)
    assert field.place((7, 15)) == Place(2, 1, 2, 9)


def test_the_excerpt_holds_the_lines_of_a_place(record: Record) -> None:
    excerpt = record.excerpt(record.place("TI"))
    assert excerpt.first_line == 4
    assert excerpt.lines == ("TI  - Tea, sleep and", "      the night")


def test_without_a_tag_the_first_line_is_meant(record: Record) -> None:
    assert record.place() == Place(2, 1, 2, 15)


def test_an_empty_field_stands_at_its_tag() -> None:
    assert Field("AB", 3, 1, ()).place() == Place(3, 1, 3, 3)


def test_pieces_are_joined_by_one_blank() -> None:
    assert Field("TI", 1, 1, (Piece(1, 7, "Tea"), Piece(2, 7, "time"))).value == "Tea time"
