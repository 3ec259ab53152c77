"""``when:``: every kind of condition, on tags that are there and tags that are not."""

from __future__ import annotations

from typing import Any

import pytest
from checking import read

from medlint.data import schema
from medlint.rulebook.condition import KINDS, Condition


def holds(kind: str, operand: Any, *values: str) -> bool:
    lines = [f"PT  - {value}" for value in values]
    record = read("\n".join(["PMID- 31000001", "OWN - NLM", *lines, ""]))
    return Condition.from_json("PT", {kind: operand}).holds(record)


@pytest.mark.parametrize(
    ("kind", "operand", "values", "expected"),
    [
        ("is", "Review", ["Review"], True),
        ("is", "Review", ["Letter", "Review"], True),
        ("is", "Review", ["Review Article"], False),
        ("is", "Review", ["review"], False),
        ("in", ["Review", "Letter"], ["Editorial", "Letter"], True),
        ("in", ["Review", "Letter"], ["Editorial"], False),
        ("not_in", ["Review", "Letter"], ["Editorial"], True),
        ("not_in", ["Review", "Letter"], ["Editorial", "Letter"], False),
        ("present", True, ["Review"], True),
        ("absent", True, ["Review"], False),
        ("matches", "R.*", ["Letter", "Review"], True),
        ("matches", "R", ["Review"], False),
        ("matches", "eview", ["Review"], False),
        ("not_matches", "R.*", ["Letter", "Review"], False),
        ("not_matches", "R", ["Review"], True),
        ("before", "20200101", ["20191231"], True),
        ("before", "20200101", ["20200101"], False),
        ("before", "20200101", ["20191231", "20210101"], True),
        ("before", "20200101", ["20210101", "20191231"], False),
        ("after", "20200101", ["20200102"], True),
        ("after", "20200101", ["20200101"], False),
        ("after", "12000000", ["9999999"], False),
        ("after", "12000000", ["012000001"], True),
        ("before", "12000000", ["9" * 5000], False),
        ("after", "12000000", ["9" * 5000], True),
        ("before", "2020", ["2021 Mar"], False),
        ("before", "2020", ["2019 Mar 5"], True),
        ("after", "2020", ["2021 Mar"], True),
        ("after", "20200101", ["2021/03/01 06:00"], True),
        ("before", "2020/01/01", ["2019/12/31 06:00"], True),
        ("before", "2020", ["٢٠١٩"], False),
    ],
)
def test_what_a_condition_asks(kind: str, operand: Any, values: list[str], expected: bool) -> None:
    assert holds(kind, operand, *values) is expected


@pytest.mark.parametrize(
    ("kind", "operand", "expected"),
    [
        ("is", "Review", False),
        ("in", ["Review"], False),
        ("not_in", ["Review"], True),
        ("present", True, False),
        ("absent", True, True),
        ("matches", ".*", False),
        ("not_matches", ".*", True),
        ("before", "9", False),
        ("after", "0", False),
    ],
)
@pytest.mark.parametrize("values", [(), ("",)], ids=["absent", "empty"])
def test_an_empty_field_counts_as_absent(
    kind: str, operand: Any, expected: bool, values: tuple[str, ...]
) -> None:
    assert holds(kind, operand, *values) is expected


def test_the_schema_offers_just_these_kinds() -> None:
    offered = schema("rule")["$defs"]["condition"]["properties"]
    assert set(offered) == set(KINDS)
