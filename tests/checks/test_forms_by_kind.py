"""form_by_kind: the form that a vocabulary gives for the kind of a value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from checking import read
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.base import Context
from medlint.checks.form_by_kind import FormByKind

CONTEXT = Context(
    date(2026, 1, 1),
    {
        "teas": {
            "values": ["Green", "Black", "White"],
            "forms": {
                "Green": {"pattern": "G[0-9]{3}", "expected": "G123"},
                "Black": {"pattern": r"[0-9]{4}/[0-9]+", "expected": "2026/1"},
            },
        }
    },
)
SETTINGS: dict[str, Any] = {"tag": "SI", "pattern": "(?P<kind>[^/]+)/(?P<part>.+)", "list": "teas"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Green/G123", None),
        ("Green/G1234", "G123"),
        ("Green/2026/1", "G123"),
        ("Black/2026/12", None),
        ("Black/G123", "2026/1"),
        ("White/anything", None),
        ("Red/anything", None),
        ("Green", None),
    ],
)
def test_each_kind_has_its_own_form(value: str, expected: str | None) -> None:
    faults = list(FormByKind.build(SETTINGS, CONTEXT).value_faults(value))
    assert [fault.params["expected"] for fault in faults] == ([expected] if expected else [])


def test_the_part_alone_is_underlined() -> None:
    (fault,) = FormByKind.build(SETTINGS, CONTEXT).faults(read("PMID- 1\nSI  - Green/G12\n"))
    assert fault.span == (6, 9)
    assert fault.params == {"kind": "Green", "part": "G12", "expected": "G123"}


@given(
    st.lists(
        st.from_regex("(Green|Black|White|Red)(/G[0-9]{2,4}|/[0-9]{4}/[0-9])?", fullmatch=True)
    )
)
def test_the_sieve_finds_what_the_judgement_finds(values: list[str]) -> None:
    check = FormByKind.build(SETTINGS, CONTEXT)
    assert check.failing(values) == [v for v in values if list(check.value_faults(v))]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"list": "tea"}, "there is no vocabulary 'tea'; did you mean 'teas'"),
        ({"pattern": "(?P<part>.+)"}, "no groups 'kind' and 'part'"),
    ],
)
def test_settings_without_sense_are_errors_of_the_rule(
    settings: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        FormByKind.build({**SETTINGS, **settings}, CONTEXT)
