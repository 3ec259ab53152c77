from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.output.visible import encodable, visible, visible_parts

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Müller 山田 café – 5\u00a0%", "Müller 山田 café – 5\u00a0%"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\nb\r\tc\x00\x7f\x9b", "a\\nb\\r\\tc\\x00\\x7f\\x9b"),
        ("\u202eabc\u2066\u200b\ufeff", "\\u202eabc\\u2066\\u200b\\ufeff"),
        ("\U000e0041", "\\U000e0041"),
        ("caf\udce9 \ud800", "caf\\xe9 \\ud800"),
        ("::error::x", "\\x3a:error::x"),
        ("  ::error::x", "  \\x3a:error::x"),
        ("a::b", "a::b"),
        ("a ##[group] ##vso[x] ##teamcity[y] ## [z]", None),
        ("ab\u200dc", "ab\u200dc"),
    ],
)
def test_visible_shows_what_a_terminal_would_obey_or_hide(text: str, shown: str | None) -> None:
    if shown is None:
        shown = "a #\\x23[group] #\\x23vso[x] #\\x23teamcity[y] ## [z]"
    assert visible(text) == shown


@given(ANY_TEXT)
def test_visible_leaves_no_control_character_and_no_surrogate(text: str) -> None:
    assert not {unicodedata.category(character) for character in visible(text)} & {"Cc", "Cs"}


@given(ANY_TEXT)
def test_visible_parts_are_what_visible_shows(text: str) -> None:
    parts = visible_parts(text)
    assert len(parts) == len(text)
    assert "".join(parts) == visible(text)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["ascii", "cp1252"]))
def test_encodable_text_can_be_encoded(text: str, encoding: str) -> None:
    encodable(text, encoding).encode(encoding)


def test_encodable_keeps_what_can_be_shown_and_escapes_the_rest() -> None:
    assert encodable("Müller 山 😀", "cp1252") == "Müller \\u5c71 \\U0001f600"
    assert encodable("Müller 山", "utf-8") == "Müller 山"
    assert encodable("Müller", None) == "Müller"
    assert encodable("Müller", "no-such-encoding") == "M\\xfcller"
