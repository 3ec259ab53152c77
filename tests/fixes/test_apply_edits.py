"""Edits reach the bytes they mean, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.findings import Edit, Fix, Place
from medlint.fixes.apply import CannotApplyError, Text, apart


def edit(line: int, column: int, end_column: int, text: str, end_line: int = 0) -> Edit:
    return Edit(Place(line, column, end_line or line, end_column), text)


def test_columns_count_characters_and_not_bytes() -> None:
    assert Text("TI  - Größe x\n".encode()).splice([edit(1, 13, 14, "y")]).decode() == (
        "TI  - Größe y\n"
    )


def test_a_byte_that_is_no_utf_8_stays_and_counts_as_one_column() -> None:
    assert Text(b"TI  - Caf\xe9 x\n").splice([edit(1, 12, 13, "y")]) == b"TI  - Caf\xe9 y\n"


def test_a_byte_order_mark_stays_and_takes_no_column() -> None:
    assert Text(b"\xef\xbb\xbfPMID- 1\n").splice([edit(1, 7, 8, "2")]) == b"\xef\xbb\xbfPMID- 2\n"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_new_line_ends_as_the_lines_of_the_file_do(end: bytes) -> None:
    data = b"PMID- 1" + end + b"TI  - A." + end
    assert Text(data).splice([edit(2, 1, 1, "OWN - NLM\n")]) == (
        b"PMID- 1" + end + b"OWN - NLM" + end + b"TI  - A." + end
    )


def test_a_line_put_behind_a_last_line_without_line_end_gets_none_either() -> None:
    assert Text(b"PMID- 1\nTI  - A.").splice([edit(3, 1, 1, "SO  - B.\n")]) == (
        b"PMID- 1\nTI  - A.\nSO  - B."
    )


def test_lines_count_from_the_first_line_of_the_chunk() -> None:
    assert Text(b"TI  - A.\n", 100).splice([edit(100, 7, 8, "B")]) == b"TI  - B.\n"


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ([edit(9, 1, 1, "")], "no line 9"),
        ([edit(1, 1, 99, "")], "no column 99"),
        ([edit(1, 1, 4, ""), edit(1, 3, 5, "")], "overlap"),
        ([edit(1, 4, 2, "")], "before it begins"),
    ],
)
def test_edits_that_make_no_sense_are_refused(edits: list[Edit], reason: str) -> None:
    with pytest.raises(CannotApplyError, match=reason):
        Text(b"TI  - A.\n").splice(edits)


def test_a_line_with_a_carriage_return_in_it_is_left_alone() -> None:
    with pytest.raises(CannotApplyError, match="carriage return"):
        Text(b"TI  - A\rB.\nSO  - C.\n").splice([edit(1, 7, 8, "X")])


@given(
    st.lists(st.text("ab é\u2028\x0b", max_size=6), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.data(),
)
def test_every_byte_outside_the_edits_stays(
    lines: list[str], end: str, data: st.DataObject
) -> None:
    text = "".join(line + end for line in lines)
    number = data.draw(st.integers(1, len(lines)))
    line = lines[number - 1]
    start = data.draw(st.integers(0, len(line)))
    stop = data.draw(st.integers(start, len(line)))
    new = Text(text.encode()).splice([edit(number, start + 1, stop + 1, "NEW")])
    expected = [*lines]
    expected[number - 1] = line[:start] + "NEW" + line[stop:]
    assert new.decode() == "".join(line + end for line in expected)


@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(1, 4), st.integers(1, 8), st.integers(0, 4)),
            min_size=1,
            max_size=2,
        ),
        max_size=8,
    )
)
def test_fixes_that_are_chosen_together_never_touch(
    spans: list[list[tuple[int, int, int]]],
) -> None:
    fixes = [
        Fix("", True, tuple(edit(line, start, start + size, "") for line, start, size in span))
        for span in spans
    ]
    taken: set[tuple[int, int]] = set()
    for index in apart(fixes):
        own = {
            (place.line, column)
            for place, _ in fixes[index].edits
            for column in range(place.column, max(place.end_column, place.column + 1))
        }
        assert taken.isdisjoint(own)
        taken |= own
