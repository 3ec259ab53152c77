from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.findings import Excerpt, Place
from medlint.output.frame import frame


def rows(place: Place, *lines: str, width: int = 80, encoding: str = "utf-8") -> list[str]:
    """The frame as lines of text."""
    excerpt = Excerpt(place.line, lines)
    return [f"{row.gutter}|{row.text}" for row in frame(place, excerpt, width, encoding)]


def test_value_is_underlined() -> None:
    assert rows(Place(9, 7, 9, 10), "LA  - eng") == ["9|LA  - eng", " |      ^^^"]


def test_gutter_is_as_wide_as_the_highest_number_shown() -> None:
    assert rows(Place(9, 7, 10, 8), "TI  - a ", "      b") == [
        " 9|TI  - a",
        "  |      ^",
        "10|      b",
        "  |      ^",
    ]


def test_place_without_width_and_place_after_the_line_get_one_caret() -> None:
    assert rows(Place(1, 3, 1, 3), "VI  -") == ["1|VI  -", " |  ^"]
    assert rows(Place(1, 6, 1, 7), "VI  -") == ["1|VI  -", " |     ^"]
    assert rows(Place(1, 1, 1, 2), "") == ["1|", " |^"]


def test_place_over_many_lines_shows_the_first_ones_and_says_how_many_follow() -> None:
    lines = ["AB  - one", *["      more"] * 1200]
    assert rows(Place(5, 7, 1205, 11), *lines) == [
        "5|AB  - one",
        " |      ^^^",
        "6|      more",
        " |      ^^^^",
        " |… 1,199 more lines",
    ]


@pytest.mark.parametrize(
    ("line", "column", "underlined"),
    [
        ("AD  - 東京 x", 10, "           ^"),
        ("AD  - cafe\u0301 x", 13, "           ^"),
        ("AD  - a\tb x", 11, "           ^"),
        ("AD  - \x1b[1mx", 10, "            ^"),
    ],
)
def test_underline_stands_below_the_character_whatever_stands_before(
    line: str, column: int, underlined: str
) -> None:
    shown = rows(Place(1, column, 1, column + 1), line)
    assert shown[1] == f" |{underlined}"


def test_wide_characters_get_wide_underlines() -> None:
    assert rows(Place(1, 7, 1, 9), "AD  - 東京 x")[1] == " |      ^^^^"


def test_characters_the_console_lacks_are_escaped_and_underlined_as_shown() -> None:
    assert rows(Place(1, 7, 1, 8), "AD  - 東 x", encoding="cp1252") == [
        "1|AD  - \\u6771 x",
        " |      ^^^^^^",
    ]


@pytest.mark.parametrize(("encoding", "ellipsis"), [("utf-8", "…"), ("ascii", "...")])
def test_long_line_is_cut_around_the_place(encoding: str, ellipsis: str) -> None:
    line = "AB  - " + "before " * 200 + "&lt;" + " after" * 200
    place = Place(1, 7 + 7 * 200, 1, 11 + 7 * 200)
    text, underline = rows(place, line, width=61, encoding=encoding)
    assert text.startswith(f"1|{ellipsis}")
    assert text.endswith(ellipsis)
    assert len(text) <= 62
    start, end = underline.index("^"), underline.rindex("^") + 1
    assert text[start:end] == "&lt;"


def test_long_place_is_underlined_as_far_as_it_is_shown() -> None:
    line = "AB  - " + "word " * 400
    text, underline = rows(Place(1, 7, 1, 2007), line, width=41)
    assert len(underline) <= len(text) <= 42
    assert underline.count("^") >= 30


def test_line_of_megabytes_costs_no_more_than_what_is_shown() -> None:
    line = "x" * 20_000_000
    assert len(rows(Place(1, 10_000_000, 1, 20_000_000), line)[0]) <= 82


@given(
    line=st.text(st.characters(exclude_categories=["Mn", "Me", "Cf"]), max_size=200),
    column=st.integers(1, 210),
    length=st.integers(0, 210),
    width=st.integers(30, 90),
    encoding=st.sampled_from(["utf-8", "ascii", "cp1252"]),
)
def test_rows_keep_within_the_width_and_the_encoding(
    line: str, column: int, length: int, width: int, encoding: str
) -> None:
    for row in rows(Place(1, column, 1, column + length), line, width=width, encoding=encoding):
        row.encode(encoding)
        columns = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in row)
        assert columns <= max(width, 31) + 2
