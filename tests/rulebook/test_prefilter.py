"""What a prefilter asks for stands in every value in which the pattern finds anything."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from rulebook_files import RULE

from medlint.rulebook.compile import compile_rules, rule_files
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.prefilter import prefilter

PATTERNS = {
    rule.name: rule.check["pattern"]
    for rule in load_rulebook().rules
    if rule.check_type == "free_of"
}

_EDGES = {"first": slice(1), "first_two": slice(2), "last": slice(-1, None)}
_EDGES["last_two"] = slice(-2, None)


def lets_through(fast: dict[str, Any], value: str) -> bool:
    """Whether all that *fast* asks for stands in *value*."""
    edges = [(fast[name], value[edge]) for name, edge in _EDGES.items() if name in fast]
    return (
        all(re.fullmatch(pattern, edge) for pattern, edge in edges)
        and ("beyond" not in fast or re.search(fast["beyond"], value) is not None)
        and ("holds" not in fast or any(text in value for text in fast["holds"]))
    )


def check(pattern: str, value: str) -> None:
    fast = prefilter(pattern)
    match = re.search(pattern, value)
    if match is not None:
        assert lets_through(fast, value), (fast, value)
        assert "anchored" not in fast or match.start() == 0
        within = min(fast.get("within", len(value)), len(value))
        again = re.compile(pattern).search(value, len(value) - within)
        assert again is not None
        assert again.span() == match.span()


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
@given(data=st.data())
@settings(max_examples=25)
def test_no_fault_that_a_rule_knows_is_passed_over(pattern: str, data: st.DataObject) -> None:
    check(pattern, _value(data.draw(st.from_regex(pattern))))


def _value(text: str) -> str:
    """*text* as a value: not empty, without a line end."""
    return text.replace("\n", " ") or " "


_LETTERS = "aAbkKsSiI .,[]-é\u0130\u017f\u212a\u0301Я"
_ATOMS = st.sampled_from(
    [
        *(re.escape(character) for character in _LETTERS),
        *("[ab]", "[^a]", "[b-k]", "[é-я]", "[^é]", "[a\u0300-\u0302]", r"\w", r"\W", r"\d", r"\s"),
        *(r"[\W\d]", r"[^\W\d_]", ".", r"\A", r"\Z", "^", "$", r"\b", "abk", " [doi]", r"\n"),
    ]
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(inner, max_size=4)
    repeats = st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,3}", "{9,12}", "??", "*?", "++"])
    groups = st.sampled_from(
        [*("(?:{})", "({})", "(?i:{})", "(?s:{})", "(?a:{})", "(?>{})"), *("(?={})", "(?!{})")]
    )
    return st.one_of(
        some.map("".join),
        some.map(lambda parts: "(?:" + "|".join(parts) + ")"),
        st.builds(str.format, groups, inner),
        st.builds("(?:{}){}".format, inner, repeats),
        st.builds("(?<={}){}".format, _ATOMS, inner),
        st.builds("(?<!{}){}".format, _ATOMS, inner),
        st.builds(r"(?:({})?(?(1){}|{}))".format, inner, inner, inner),
    )


_PARTS = st.recursive(_ATOMS, _larger, max_leaves=8)
_FLAGS = st.sampled_from(["", "", "(?i)", "(?x)", "(?m)", "(?ai)"])
_VALUES = st.text(_LETTERS + "1_\u2028(", min_size=1, max_size=8)


@given(_FLAGS, _PARTS, st.lists(_VALUES, min_size=1, max_size=8))
@settings(max_examples=600, deadline=None)
@example("", "(?:a|\\A)b", ["ab", "xab"])
@example("", "\\Z|a", ["b"])
@example("", "(?:ab){2}(?:k|$)", ["abab", "ababk"])
@example("(?i)", "\\A[ks]i\\Z", ["\u212a\u0130", "\u017fI"])
@example("", "(?:a|b){2}", ["ab"])
def test_nothing_that_a_pattern_finds_is_passed_over(
    flags: str, pattern: str, values: list[str]
) -> None:
    _assume_it_compiles(flags + pattern)
    for value in values:
        check(flags + pattern, value)


def _assume_it_compiles(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error:
        assume(False)


@given(_FLAGS, _PARTS, st.data())
@settings(max_examples=300, deadline=None)
def test_no_text_made_for_a_pattern_is_passed_over(
    flags: str, pattern: str, data: st.DataObject
) -> None:
    _assume_it_compiles(flags + pattern)
    check(flags + pattern, _value(data.draw(st.from_regex(flags + pattern))))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("&(?:amp;)*[a-z]+;", {"holds": ["&"]}),
        ("(?=[<$])[<$bp/]+[>=]", {"holds": ["$", "<"]}),
        ("(?i)https?://|www[.]", {"holds": ["://", "W.", "w."]}),
        ("[\u2028\u2029]", {"beyond": "[\u2028-\u2029]"}),
        ("e\u0301|a\u0300", {"beyond": "[\u0300-\u0301]"}),
        (r"\A\[", {"anchored": True, "first": r"[\[]"}),
        (r"(?:\A|x)&", {"holds": ["&"]}),
        (r"[.,;]+ \[doi\]$", {"holds": [", [d", ". [d", "; [d"]}),
        ("[a-z]+", {}),
    ],
)
def test_it_asks_for_what_is_rare(pattern: str, expected: dict[str, Any]) -> None:
    assert prefilter(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "passed_over"),
    [
        (r"[^.?!]\Z", "Tea."),
        (r"\.\.\Z", "Tea."),
        (r"\A[^a-z]+\Z", "Tea."),
        ("\\btea\u00a0", "Green tea."),
        (r"\A(?:a|the) ", "Tea."),
    ],
)
def test_most_values_are_passed_over(pattern: str, passed_over: str) -> None:
    assert not lets_through(prefilter(pattern), passed_over)


def test_one_pattern_has_one_prefilter_whatever_the_seed_of_hashes() -> None:
    patterns = list(PATTERNS.values())
    code = f"from medlint.rulebook.prefilter import prefilter; print(*map(prefilter, {patterns!a}))"
    first, second = (
        run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "12"
    )
    assert first == second


def test_a_rule_is_made_fast_when_it_is_compiled(tmp_path: Path) -> None:
    free_of = RULE.replace("type: format", "type: free_of").replace("{reason}", "{found}")
    (tmp_path / "mine.yaml").write_text(free_of.replace("[A-Z].*", "TODO|&"), encoding="utf-8")
    (rule,) = compile_rules(rule_files([tmp_path]))["rules"]
    assert rule["check"]["fast"] == prefilter("TODO|&")
