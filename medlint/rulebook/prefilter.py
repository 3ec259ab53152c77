"""What stands in every value in which a pattern finds anything, read off the pattern.

Most values lack it, so that the pattern need not be searched in them. What is asked for here may be
less than what the pattern asks for, never more. Values are not empty and hold no line end.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from itertools import product
from math import prod
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from medlint.rulebook import edges
from medlint.rulebook.character_sets import ATOMS, REPEATS, Characters, Range, characters, class_of

#: A text, character by character; a character may be any of a range beyond ASCII.
Text = tuple[Range, ...]

_MOST_TEXTS, _LONGEST_TEXT, _MOST_WAYS = 8, 20, 64
#: The end of a value in which searching costs next to nothing.
_SHORT = 20
#: A need whose texts stand more often than this in a long value is of no use.
_TOO_OFTEN = 20
#: How likely a letter is that one already expects.
_IN_WORD = 0.3
#: What nearly every identifier holds (LID, AID).
_USUAL = " [doi]"


class Need(NamedTuple):
    """Texts of which one must stand in the value, and about how often they all do."""

    texts: frozenset[Text]
    score: float


#: What stands next on a way through a pattern: one of some characters, or, somewhere in the value,
#: what is needed; None is a gap.
_Item = Characters | Need | None


def prefilter(pattern: str) -> dict[str, Any]:
    r"""What makes it fast to search *pattern*, which must compile, in many values.

    ``anchored``: it finds something only at the beginning; ``within``: only among so many
    characters at the end. ``first``, ``last``: a pattern for the first, the last character of a
    value; ``first_two``, ``last_two``: for two, or for the one there is. ``holds``: texts of which
    one stands in the value; ``beyond``: a pattern for a character beyond ASCII that does.

    >>> prefilter(r"https?://|www[.]")
    {'holds': ['://', 'www.']}
    >>> prefilter(r"(?i)\A(?:no|-)\Z")
    {'anchored': True, 'first': '[\\-Nn]'}
    >>> prefilter(r"([,;]|\?\.)\Z")
    {'last_two': '(?s:.)?[,;]|[\\?][\\.]', 'within': 2}
    >>> prefilter("e\u0301|[\u2028\u2029]+")
    {'beyond': '[\u0301\u2028-\u2029]'}
    >>> prefilter("[a-z]+")
    {}
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = _parser.parse(pattern)
    fast: dict[str, Any] = {}
    if edges.is_anchored(tree):
        beginning = edges.beginning(tree)
        fast |= {"anchored": True, **beginning}
        if beginning:
            return fast
    fast |= edges.end(tree)
    _, width = tree.getwidth()
    if edges.is_anchored_at_end(tree) and width <= _SHORT:
        return fast | {"within": int(width)}
    need = _rarest(_ways(tree, tree.state.flags))
    if need is None or need.score > _TOO_OFTEN:
        return fast
    foreign = [[some for some in text if some > ("\x80",)] for text in need.texts]
    if all(foreign):
        return fast | {"beyond": class_of(frozenset(some[0] for some in foreign))}
    if all(lowest == highest for text in need.texts for lowest, highest in text):
        return fast | {"holds": sorted(map(_spelt, need.texts))}
    return fast


def _ways(nodes: Any, flags: int) -> list[list[_Item]]:
    """The ways through *nodes*, one of which a value goes."""
    ways: list[list[_Item]] = [[]]
    for code, argument in nodes:
        more = _ways_of_one(code, argument, flags)
        if len(ways) * len(more) > _MOST_WAYS:
            more = [[None, _rarest(more), None]]
        ways = [way + then for way in ways for then in more]
    return ways


def _ways_of_one(code: Any, argument: Any, flags: int) -> list[list[_Item]]:
    if code in ATOMS:
        return [[characters(code, argument, flags)]]
    if code is op.BRANCH:
        return [way for branch in argument[1] for way in _ways(branch, flags)]
    if code is op.SUBPATTERN:
        return _ways(argument[3], (flags | argument[1]) & ~argument[2])
    if code is op.ASSERT:
        direction, body = argument
        ways = _ways(body, flags)
        return [[*way, None] if direction > 0 else [None, *way] for way in ways]
    if code in (op.AT, op.ASSERT_NOT):
        return [[]]
    if code in REPEATS and (argument[0] > 0 or argument[1] == 1):
        low, high, body = argument
        ways = _ways(body, flags)
        if high == 1:
            return ways if low else [[], *ways]
        if len(ways) > 1:
            return [[*way, None] for way in ways]
        often = ways[0] * min(low, _LONGEST_TEXT)
        return [often if low == high <= _LONGEST_TEXT else [*often, None, *often]]
    return [[None]]


def _rarest(ways: list[list[_Item]]) -> Need | None:
    """The rarest need that covers all *ways*: one that they share, or one of each, together."""
    needs = [dict.fromkeys(_needs(way)) for way in ways]
    if not all(needs):
        return None
    shared = [need for need in needs[0] if all(need in others for others in needs)]
    each = _need(text for some in needs for text in min(some, key=_score).texts)
    return min([*shared, each], key=_score)


def _needs(way: list[_Item]) -> Iterator[Need]:
    """What a way needs: characters that stand side by side, or the needs on it."""
    for start, item in enumerate(way):
        if isinstance(item, Need):
            yield item
            continue
        part: list[Characters] = []
        for some in way[start : start + _LONGEST_TEXT]:
            if not isinstance(some, frozenset) or not some:
                break
            part.append(some)
            is_foreign = len(part) == 1 and min(some) > ("\x80",)
            if prod(map(len, part)) > _MOST_TEXTS and not is_foreign:
                break
            yield _need(product(*part))


def _need(texts: Iterable[Text]) -> Need:
    distinct = frozenset(texts)
    return Need(distinct, sum(map(_frequency, distinct)))


def _score(need: Need) -> float:
    return need.score


def _frequency(text: Text) -> float:
    """About how often *text* stands in a long value, and some more for the work of looking for it:
    least for a single character."""
    if text[0] < ("\x80",) and _spelt(text) in _USUAL:
        return 100.0
    frequency = 1000.0
    for (character, _), (before, _) in zip(text, (("", ""), *text), strict=False):
        is_inside_word = before.isalpha() and character.isalpha()
        frequency *= _IN_WORD if is_inside_word else _share(character)
    return frequency + (0.05 if len(text) == 1 else 0.3 + 0.001 * len(text))


def _share(character: str) -> float:
    """About which share of a value a character has: a rough table."""
    if character >= "\x80":
        return 0.00001
    if character == " ":
        return 0.1
    if character.isalpha():
        return 0.04 if character.islower() else 0.005
    return 0.01 if character.isdigit() or character in ".,-;:" else 0.002


def _spelt(text: Text) -> str:
    return "".join(character for character, _ in text)
