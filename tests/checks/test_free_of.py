"""free_of: what a value must not hold, found in all values of a batch at once."""

from __future__ import annotations

from typing import Any

import pytest
from checking import build, faults, is_suspect, read, records
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.columns import Columns
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.prefilter import prefilter

RULES = [r for r in load_rulebook().rules if r.check_type == "free_of" and r.code < "ML7"]
PIECES = st.sampled_from(
    [
        *(
            "Tea",
            "tea",
            "TEA AND SLEEP",
            "null",
            "&lt;",
            "<i>",
            "Ã©",
            "â€™",
            "\\alpha{x}",
            "Universit?t",
        ),
        *(
            " ",
            "  ",
            ".",
            "..",
            "?",
            ",",
            ";",
            "(",
            "[",
            "]",
            "1",
            "\u200b",
            "\u2028",
            "\uf062",
            "\ufeff",
        ),
        *(
            "e\u0301",
            "tеa",
            "чай",
            "茶",
            "´",
            "a´e",
            "\u00a0",
            "- ",
            "Keywords: ",
            "• ",
            "ABSTRACT: ",
        ),
        *("https://x.org", "10.1000/x", "a_b.pdf", "Not available", "[Not Available].", "...", "©"),
    ]
)
VALUES = st.lists(PIECES, min_size=1, max_size=6).map("".join).map(str.strip).filter(bool)


def fault_of(text: str, **settings: Any) -> Any:
    (fault,) = faults(build("free_of", tag="AB", **settings), f"PMID- 1\nAB  - {text}\n")
    return fault


def test_it_underlines_what_it_found_first() -> None:
    fault = fault_of("p &lt; 1 &gt; 0", pattern="&(?:lt|gt);")
    assert (fault.span, fault.params["found"]) == ((2, 6), "&lt;")


def test_it_can_underline_less_than_it_matched() -> None:
    pattern = r"(?P<part>[.,]) \[doi\]$|\?\?"
    assert fault_of("10.1/x. [doi]", pattern=pattern).span == (6, 7)
    assert fault_of("10.1/?? [doi]", pattern=pattern).span == (5, 7)


def test_it_names_characters_that_nobody_sees() -> None:
    fault = fault_of("a\u200b\u00adb", pattern="[\u200b\u00ad]+")
    assert fault.params["characters"] == "U+200B ZERO WIDTH SPACE, U+00AD SOFT HYPHEN"


def test_it_looks_at_values_of_the_right_length_only() -> None:
    check = build("free_of", tag="OT", pattern="x", shortest=2, longest=3)
    text = "PMID- 1\nOT  - x\nOT  - xa\nOT  - xab\nOT  - xabc\n"
    assert [fault.occurrence for fault in faults(check, text)] == [2, 3]
    assert is_suspect(check, read(text))


def test_each_record_with_a_fault_is_a_suspect() -> None:
    check = build("free_of", tags=["TI", "AB"], pattern="&lt;", fast=prefilter("&lt;"))
    some = records("PMID- 1\nAB  - a &lt; b\n\nPMID- 2\nAB  - R&D\n\nPMID- 3\nTI  - &lt;\n")
    assert sorted(check.suspects(Columns(some))) == [0, 2]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(values=st.lists(st.lists(VALUES, min_size=1, max_size=3), min_size=1, max_size=12))
def test_what_makes_a_rule_fast_does_not_make_it_blind(rule: Any, values: list[list[str]]) -> None:
    settings = {key: value for key, value in rule.check.items() if key != "type"}
    fast = build("free_of", **settings)
    plain = build("free_of", **{**settings, "fast": {}})
    tag = fast.tags[0]
    some = records(
        "\n".join(
            f"PMID- {pmid}\n" + "".join(f"{tag:<4}- {value}\n" for value in own)
            for pmid, own in enumerate(values, 1)
        )
    )
    faulty = [index for index, record in enumerate(some) if list(plain.faults(record))]
    assert sorted(fast.suspects(Columns(some))) == faulty
    assert all(list(fast.faults(some[i])) == list(plain.faults(some[i])) for i in faulty)
