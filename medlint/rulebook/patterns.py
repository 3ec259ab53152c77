"""Regular expressions of rules: do they compile, and do they stay fast on long values?

A pattern is tried, not judged by its looks: `medlint.rulebook.attacks` reads from it which texts
could make it backtrack, and those are matched with growing length until it is plain whether the
time explodes. The trial stops long before an explosion hurts.
"""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable
from math import log
from typing import NamedTuple

from medlint.rulebook.attacks import Attack, attacks

#: Characters of a long value, such as an abstract, for which a pattern must stay fast.
_LONG = 10_000
#: Seconds that one value of that length may take as a whole.
_LIMIT = 0.5
#: No verdict rests on less time than this (seconds): it could be noise.
_TELLING = 0.004
#: About how long the longest single trial may take (seconds).
_LONGEST_TRIAL = 0.03
#: Below this (seconds) it does not matter how the time grows.
_NOISE = 2e-5
#: Up to this many repeats the steps are small, lest the first explosion is a big one.
_CAREFUL = 24
_GROWTH = 1.6
#: The length from which on a forecast is worth something.
_FORECAST_FROM = 150

_Match = Callable[[str], object]

_clock: Callable[[], float] = (
    time.thread_time if time.get_clock_info("thread_time").resolution < 1e-5 else time.perf_counter
)


class _Trial(NamedTuple):
    """How long one text took; *length* is that of its pumps."""

    repeats: int
    length: int
    seconds: float


def compile_pattern(text: str) -> re.Pattern[str]:
    """Compile a regular expression as Python's ``re`` understands it.

    Raises ValueError, with one line that says what is wrong and at which character (from 1).

    >>> compile_pattern("a(b")
    Traceback (most recent call last):
    ...
    ValueError: the pattern does not compile: missing ), unterminated subpattern, at character 2
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(text)
    except re.error as error:
        reason = error.msg if error.pos is None else f"{error.msg}, at character {error.pos + 1}"
    except RecursionError:
        reason = "it is nested too deeply"
    except OverflowError as error:
        reason = str(error)
    raise ValueError(f"the pattern does not compile: {reason}")


def slow_input(pattern: str) -> str | None:
    """Describe a text on which *pattern* takes too long, or return None.

    Too long means: more than 0.1 s to match a whole value of 10,000 characters, or as much for
    each place where a search could begin. Takes about a millisecond for an ordinary pattern, and
    about 0.1 s for an evil one. Raises ValueError as `compile_pattern` does.

    >>> slow_input(r"\\d{4}-\\d{3}[\\dX]")
    >>> slow_input("(a+)+b") is None
    False
    """
    compiled = compile_pattern(pattern)
    for attack in attacks(pattern):
        for match, limit in ((compiled.fullmatch, _LIMIT), (compiled.search, _LIMIT * _LONG)):
            if match(attack.text(1)) is None and _explodes(match, attack, limit):
                return attack.description
    return None


def error_in(pattern: str) -> str | None:
    """Say in one line why *pattern* cannot be used in a rule, or return None."""
    try:
        slow = slow_input(pattern)
    except ValueError as error:
        return str(error)
    if slow is None:
        return None
    return (
        f"the pattern takes too long on a text such as {slow}; "
        "let neighbouring or nested repeats match different characters"
    )


def _explodes(match: _Match, attack: Attack, limit: float) -> bool:
    """Whether *match* needs more than *limit* seconds for a long text of this kind."""
    trials = [_try(match, attack, 1)]
    while (verdict := _verdict(trials, limit)) is not False:
        if verdict and _verdict([*trials[:-1], _again(match, attack, trials[-1])], limit):
            return True
        trials.append(_try(match, attack, trials[-1].repeats + _step(trials)))
    return False


def _try(match: _Match, attack: Attack, repeats: int) -> _Trial:
    text = attack.text(repeats)
    start = _clock()
    match(text)
    return _Trial(repeats, len(attack.pump) * repeats, _clock() - start)


def _again(match: _Match, attack: Attack, trial: _Trial) -> _Trial:
    """The trial, repeated, lest something else took the time."""
    return min(trial, _try(match, attack, trial.repeats), key=lambda t: t.seconds)


def _verdict(trials: list[_Trial], limit: float) -> bool | None:
    """Whether the pattern is slow; None while that is not plain."""
    last, forecast = trials[-1], _forecast(trials)
    if last.seconds >= _TELLING and forecast > 2 * limit:
        return True
    if last.length >= _LONG or last.seconds >= _LONGEST_TRIAL:
        return forecast > limit
    is_enough = last.repeats > _CAREFUL and last.length >= _FORECAST_FROM
    return False if is_enough and forecast < limit / 2 else None


def _forecast(trials: list[_Trial]) -> float:
    """Seconds for a long text, from how the time grew since about half the last length."""
    last = trials[-1]
    if last.length >= _LONG:
        return last.seconds
    earlier = [trial for trial in trials if trial.length <= 0.7 * last.length]
    power = 1.0
    if earlier:
        grown = max(last.seconds, 1e-7) / max(earlier[-1].seconds, 1e-7)
        power = min(max(log(grown) / log(last.length / earlier[-1].length), 1.0), 8.0)
    return float(last.seconds * (_LONG / last.length) ** power)


def _step(trials: list[_Trial]) -> int:
    """How many more repeats to try next: more and more, but no more than the longest trial
    allows, should the time grow as fast as it just did."""
    last = trials[-1]
    step = min(last.repeats, 3) if last.repeats <= _CAREFUL else int(last.repeats * (_GROWTH - 1))
    if last.seconds > _NOISE:
        before = trials[-2] if len(trials) > 1 else _Trial(0, 0, _NOISE)
        grown = max(last.seconds / max(before.seconds, _NOISE / 20), 1.01)
        room = max(_LONGEST_TRIAL / last.seconds, 1.0)
        step = min(step, int(log(room) / log(grown) * (last.repeats - before.repeats)))
    return max(step, 1)
