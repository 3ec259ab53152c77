"""Patterns that compile and stay fast."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint.rulebook.attacks import attacks
from medlint.rulebook.patterns import compile_pattern, error_in, slow_input

EVIL = [
    "(a+)+b",
    "(a|a)*b",
    "(a|aa)+$",
    r"(\w+\s?)*:",
    "(.*a){12}",
    "(?s)(.*a){12}",
    r"([a-z]+)*\d",
    ".*.*.*x",
    "(?:a|b|ab)*c",
    "(?:a?){30}a{30}",
    "a?" * 25 + "a" * 25,
    "(?:a{1,50}){1,50}b",
    r"(\w+)=(\1+)+;",
    "([^x]+)*",
    "(?=(a+)+b)a",
    "(?i:(A+)+B)",
    r"(?:.|\s)*x",
    r"\s*\w*\s*\w*\s*\w*!",
    r"x{3}-(?:\d+ ?)+;",
]
INNOCENT = [
    "",
    r"\d{8}",
    r"(?P<issn>\d{4}-\d{3}[\dX]) \((Print|Electronic|Linking)\)",
    r"(.+) \[doi\]",
    r".*doi: (\S+?)\.?(?: .*)?",
    r"10\.\d{4,9}/\S+ \[doi\]",
    r"[A-Z][a-z]+(?:-[A-Z][a-z]+)*, [A-Z][\w .'-]*",
    r"\d{4}(?: (?:Jan|Feb|Mar)(?: \d{1,2})?)?",
    "(?:[a-z]+, )*[a-z]+",
    r"(?!.*  ).+",
    "(a++)++b",
    "(?>a+)+b",
    "(?:a|b)*c",
    r"\s+$",
    ".*a.*b",
]


@pytest.mark.parametrize("pattern", EVIL)
def test_a_pattern_that_backtracks_badly_is_found_before_it_hurts(pattern: str) -> None:
    start = time.thread_time()
    assert slow_input(pattern) is not None
    assert time.thread_time() - start < 1.0


@pytest.mark.parametrize("pattern", INNOCENT)
def test_an_ordinary_pattern_is_left_alone(pattern: str) -> None:
    assert slow_input(pattern) is None
    assert error_in(pattern) is None


def test_the_error_names_the_text_and_says_what_to_do() -> None:
    assert error_in("(a+)+b") == (
        r"the pattern takes too long on a text such as 'a' many times, then '\x00'; "
        "let neighbouring or nested repeats match different characters"
    )


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("a(b", "missing ), unterminated subpattern, at character 2"),
        ("[z-a]", "bad character range z-a, at character 2"),
        ("a{99999999999}", "the repetition number is too large"),
        ("(" * 5000 + ")" * 5000, "it is nested too deeply"),
    ],
)
def test_a_pattern_that_does_not_compile_is_told_with_its_place(pattern: str, reason: str) -> None:
    message = f"the pattern does not compile: {reason}"
    assert error_in(pattern) == message
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        compile_pattern(pattern)


def test_a_good_pattern_is_compiled_without_warnings(recwarn: pytest.WarningsRecorder) -> None:
    assert compile_pattern("[[a]b").fullmatch("[b")
    assert slow_input("[[a]+b") is None
    assert not recwarn.list


def test_attacks_lead_to_the_repeat() -> None:
    leads = {attack.lead for attack in attacks(r"PMC(\d+)-[a-f]*")}
    assert "PMC" in leads


_ATOMS = st.sampled_from(["a", "b", ".", r"\d", r"\w", "[ab]", "[^a]", " "])
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.tuples(inner, st.sampled_from("?*+")).map(lambda p: f"(?:{p[0]}){p[1]}")
        | st.lists(inner, min_size=2, max_size=3).map(lambda p: f"({'|'.join(p)})")
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(_PATTERNS)
def test_judging_any_pattern_takes_little_time(pattern: str) -> None:
    start = time.thread_time()
    error_in(pattern)
    assert time.thread_time() - start < 2.0


@settings(deadline=None)
@given(st.text(max_size=12))
def test_any_text_is_judged_without_a_traceback(text: str) -> None:
    message = error_in(text)
    assert message is None or "\n" not in message
