"""Records sorted by tag say what the records say, whoever has sorted them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medlint.records.batch import Batch, Chunk
from medlint.records.columns import Columns
from medlint.records.reader import read

_TAGS = ("TI", "FAU", "AU", "AD", "OT", "OWN", "BTI", "AID")
_FIELD = st.tuples(
    st.sampled_from(_TAGS), st.sampled_from(("A b", "ERIC", "NBK1 [bookaccession]", "Roe, J"))
)
_RECORDS = st.lists(st.lists(_FIELD, max_size=6), min_size=1, max_size=5)


def _read(records: list[list[tuple[str, str]]], damaged: set[int]) -> Batch:
    parts = []
    for number, fields in enumerate(records):
        lines = [f"PMID- {number + 1}", *(f"{tag:<4}- {value}" for tag, value in fields)]
        if number in damaged:
            lines.append(" a line that nobody can place")
        parts.append("\n".join(lines) + "\n")
    return read(Chunk("\n".join(parts).encode(), 1, is_first=True, is_last=True))


@given(_RECORDS, st.sets(st.integers(0, 4)))
def test_columns_of_the_reader_are_those_of_its_records(
    records: list[list[tuple[str, str]]], damaged: set[int]
) -> None:
    batch = _read(records, damaged)
    assert batch.table is not None
    read_ones, made = batch.columns(), Columns(batch.records)
    assert sorted(read_ones.tags) == sorted(made.tags)
    for tag in made.tags:
        expected = [list(record.values(tag)) for record in batch.records]
        for columns in (read_ones, made):
            assert columns.values(tag) == [value for values in expected for value in values]
            assert columns.firsts(tag) == [values[0] if values else "" for values in expected]
            rows = {row: values for row, values in enumerate(expected) if values}
            assert columns.by_record(tag) == rows
            assert columns.having(tag) == set(rows)
            assert columns.lacking((tag, "TI")) == {
                row
                for row, record in enumerate(batch.records)
                if not (record.fields.keys() & {tag, "TI"})
            }
            assert dict(columns.repeated(tag)) == {r: v for r, v in rows.items() if len(v) > 1}
            assert columns.holding(tag, ("A b",)) == [r for r, v in rows.items() if "A b" in v]


@given(_RECORDS)
def test_fields_read_when_asked_for_are_those_of_the_layout(
    records: list[list[tuple[str, str]]],
) -> None:
    for record in _read(records, set()).records:
        laid_out = [(field.tag, field.value) for field in record.layout.fields]
        assert list(record.sequence) == laid_out
        assert list(record.fields) == list(dict(laid_out))


def test_a_tag_that_no_record_has_is_an_empty_column() -> None:
    columns = _read([[("TI", "A b")]], set()).columns()
    assert columns.values("GR") == [] == columns.rows("GR") == columns.repeated("GR")
    assert columns.firsts("GR") == [""]
    assert "GR" not in columns.tags


@given(st.lists(_RECORDS, max_size=3), st.data())
def test_columns_joined_and_narrowed_are_those_of_the_records(
    batches: list[list[list[tuple[str, str]]]], data: st.DataObject
) -> None:
    read_ones = [_read(records, set()) for records in batches]
    records = [record for batch in read_ones for record in batch.records]
    joined = Columns.joined([batch.columns() for batch in read_ones])
    indexes = [i for i in range(len(records)) if data.draw(st.booleans())]
    narrowed = joined.narrowed(indexes)
    for columns, some in ((joined, records), (narrowed, [records[i] for i in indexes])):
        made = Columns(some)
        assert list(columns.records) == some
        assert sorted(columns.tags) == sorted(made.tags)
        for tag in made.tags:
            assert columns.values(tag) == made.values(tag)
            assert columns.rows(tag) == made.rows(tag)
