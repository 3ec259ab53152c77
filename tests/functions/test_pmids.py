"""When records were made, by their PMIDs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medlint.functions.pmids import made_about


@given(st.integers(1, 99_999_999), st.integers(1, 99_999_999))
def test_a_larger_pmid_was_never_made_before_a_smaller_one(pmid: int, other: int) -> None:
    low, high = sorted((pmid, other))
    (earliest, _), (_, latest) = made_about(low), made_about(high)
    assert earliest is None or latest is None or earliest <= latest


@given(st.integers(19_117_000, 39_744_999))
def test_between_known_pmids_the_day_is_told(pmid: int) -> None:
    earliest, latest = made_about(pmid)
    assert earliest is not None
    assert earliest == latest
