"""Code frames of documents."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from medlint.documents.frame import code_frame, split_lines, visible
from medlint.documents.problem import DocumentProblem
from medlint.documents.schema import render

TEXT = "code: ML1\nname: bad\nsummary: x\n"


def test_a_frame_has_numbers_context_and_carets() -> None:
    assert code_frame(TEXT, 2, 7, 10) == (
        "  1 | code: ML1\n"
        "> 2 | name: bad\n"
        "    |       ^^^\n"
        "  3 | summary: x"
    )  # fmt: skip


def test_the_first_and_the_last_line_have_what_context_there_is() -> None:
    assert code_frame(TEXT, 1, 1, 5, context=0) == "> 1 | code: ML1\n    | ^^^^"
    assert code_frame(TEXT, 3, 1, 2).startswith("  2 | name: bad\n> 3 |")


def test_line_numbers_of_different_width_are_aligned() -> None:
    text = "\n".join(f"k{i}: v" for i in range(1, 12))
    assert code_frame(text, 10, 1, 4) == (
        "   9 | k9: v\n"
        "> 10 | k10: v\n"
        "     | ^^^\n"
        "  11 | k11: v"
    )  # fmt: skip


def test_carets_stand_below_wide_characters() -> None:
    assert code_frame("a: 医学 x", 1, 7, 8).splitlines()[1] == "    |         ^"


def test_a_long_line_is_cut_around_the_place_and_says_so() -> None:
    shown, marks = code_frame("a" * 500 + "X" + "b" * 500, 1, 501, 502).splitlines()
    assert len(shown) < 120
    assert shown.count("…") == 2
    assert shown[marks.index("^")] == "X"


def test_rendering_shows_control_characters_and_obeys_none() -> None:
    problem = DocumentProblem("x\x1b.yaml", 1, 4, 9, "bad \x07 value")
    assert render(problem, "a: \x1b[31m\ttail") == (
        "x␛.yaml:1:4: bad ␇ value\n> 1 | a: ␛[31m tail\n    |    ^^^^^"
    )


@given(st.text(), st.integers(-2, 9), st.integers(1, 300), st.integers(1, 300))
def test_any_place_in_any_text_gives_a_frame_that_is_safe_to_print(
    text: str, line: int, column: int, end_column: int
) -> None:
    frame = code_frame(text, line, column, end_column)
    assert "^" in frame
    assert not any(unicodedata.category(c) == "Cc" for c in frame if c != "\n")


@given(st.text())
def test_made_visible_a_text_keeps_its_length(text: str) -> None:
    assert len(visible(text)) == len(text)


def test_lines_are_counted_as_yaml_counts_them() -> None:
    assert split_lines("a\r\nb\rc\nd\u2028e") == ["a", "b", "c", "d", "e"]
