"""Selectors: which piece of which field a rule means."""

from __future__ import annotations

from typing import Any

import pytest
from checking import read, records
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.parts import COMPARE, Selector
from medlint.records.columns import Columns

SELECTORS: list[dict[str, Any]] = [
    {"tag": "AID"},
    {"tag": "AID", "ending": " [doi]"},
    {"tag": "AID", "ending": " [pii]"},
    {"tag": "AID", "ending": "]"},
    {"tag": "AID", "ending": "0 [doi]"},
    {"tag": "AID", "pattern": r"(?P<part>.*) \[.*\]"},
]
LINES = st.sampled_from(
    [
        *("AID - 10.1/10 [doi]", "AID - 10.1/[x] [doi]", "AID - e1 [pii]", "AID - e1"),
        *("AID - [doi]", "AID - a [doi] [pii]", "AID - a [doi]]", "LID - 10.1/10 [doi]"),
    ]
)


@pytest.mark.parametrize("settings", SELECTORS, ids=str)
@given(batch=st.lists(st.lists(LINES, max_size=4), min_size=1, max_size=3))
def test_a_column_holds_the_parts_of_each_record(
    settings: dict[str, Any], batch: list[list[str]]
) -> None:
    text = "\n".join("\n".join(["PMID- 31000001", *lines]) + "\n" for lines in batch)
    found = records(text)
    selector = Selector(settings)
    parts = {i: [p.text for p in selector.parts(r)] for i, r in enumerate(found)}
    assert selector.column(Columns(found)) == {i: texts for i, texts in parts.items() if texts}


def test_parts_know_where_they_stand() -> None:
    record = read("PMID- 1\nAID - e1 [pii]\nAID - 10.1/x [doi]\n")
    (part,) = Selector({"tag": "AID", "ending": " [doi]"}).parts(record)
    assert (part.text, part.span, part.key) == ("10.1/x", (0, 6), ("AID", 2))


def test_selectors_of_one_batch_do_not_disturb_each_other() -> None:
    columns = Columns([read("PMID- 1\nAID - e1 [pii]\nAID - 10.1/x [doi]\n")])
    found = [Selector(settings).column(columns).get(0, []) for settings in SELECTORS]
    again = [Selector(settings).column(columns).get(0, []) for settings in SELECTORS]
    assert found == again
    assert found[0] == ["e1 [pii]", "10.1/x [doi]"]
    assert found[1:3] == [["10.1/x"], ["e1"]]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("letters", "Journal Article", "JOURNAL ARTICLE"),
        ("doi", "10.1000/ABC", "https://doi.org/10.1000/abc"),
        ("day", "2022 Aug 2", "2022/08/02 06:00"),
    ],
)
def test_parts_compare(kind: str, one: str, other: str) -> None:
    assert COMPARE["text"](one) != COMPARE["text"](other)
    assert COMPARE[kind](one) == COMPARE[kind](other)
