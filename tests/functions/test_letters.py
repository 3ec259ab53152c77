"""letters, digests: texts as they compare when only their letters count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.letters import digests, letters


def test_exports_with_and_without_diacritics_give_the_same_letters() -> None:
    for one, other in (("Førre, Ø", "Forre O"), ("Müller", "MULLER"), ("β-cell", "beta cell")):
        assert letters(one) == letters(other)


@given(st.text(st.characters(exclude_characters="\n", codec="utf-8")))
def test_letters_hold_nothing_else_and_stay_as_they_are(text: str) -> None:
    once = letters(text)
    assert once.isalnum() or not once
    assert letters(once) == once


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20), max_size=6))
def test_digests_are_one_for_each_text_and_equal_for_equal_letters(texts: list[str]) -> None:
    found = digests(texts)
    assert len(found) == len(texts)
    assert found == [digests([text])[0] for text in texts]
    known = dict(zip(map(letters, texts), found, strict=True))
    assert [known[letters(text)] for text in texts] == found


def test_half_a_surrogate_pair_harms_nothing() -> None:
    assert len(digests(["\ud800 tea", "tea"])) == 2
