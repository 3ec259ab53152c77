"""Brackets in running text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.text import BALANCED_CLEAN, balanced_brackets


@pytest.mark.parametrize(
    "text",
    [
        "[Tea (green) and sleep].",
        "1) green, b) black, iv) red tea",
        "the interval [0, 1) and (0.5, 1]",
        "[18F]FDG and 1-[2-(4-methyl)phenyl]",
        "tea :)",
        "The index (TTI)a)b).",
        "",
    ],
)
def test_right(text: str) -> None:
    assert balanced_brackets(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Tea (green and sleep.", "'(' is not closed: 'Tea (green and sleep.'"),
        ("Tea green) and sleep.", "')' is not opened: 'Tea green) and sleep.'"),
        ("[Tea (1890-1930].", "'(' is not closed: '[Tea (1890-1930].'"),
        ("[Tea and sleep.", "'[' is not closed: '[Tea and sleep.'"),
        ("Tea and sleep].", "']' is not opened: 'Tea and sleep].'"),
        (
            f"{'tea ' * 9}(green{' tea' * 9}",
            f"'(' is not closed: '…{'tea ' * 5}(green tea tea tea t…'",
        ),
        ("Tea (a)k) and sleep.", "')' is not opened: 'Tea (a)k) and sleep.'"),
    ],
)
def test_wrong(text: str, reason: str) -> None:
    assert balanced_brackets(text) == reason


@given(st.text(alphabet="()[]{}a1, .:"))
def test_what_is_clean_is_right(text: str) -> None:
    if re.fullmatch(BALANCED_CLEAN, text):
        assert balanced_brackets(text) is None
