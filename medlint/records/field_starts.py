"""Which of the tags that stand in a text begin a field.

Every known tag between blanks *may* begin one. Which do is decided for a record as a whole: the
cheapest way from the first tag to the last, where it costs something to pass over a tag whose value
looks right, to take one whose value looks wrong, and to leave the order in which PubMed writes the
fields (see `medlint.records.field_order`). The costs are chosen by hand; what matters is how they
compare.
"""

from __future__ import annotations

import re

from medlint.records.field_order import cost_of_end, cost_of_step
from medlint.records.forms import has_closed_form, has_form, is_running_text
from medlint.records.tags import TAGS

_TAGS_BY_WIDTH = {
    width: "|".join(sorted(tag for tag in TAGS if len(tag) == width)) for width in (2, 3, 4)
}
#: A tag between blanks, its padding perhaps lost, or one that is padded to four behind any text.
_CANDIDATE = re.compile(
    rf"(?=[A-Z]{{2}})(?:(?:(?<=\s)|\A)"
    rf"(?:({_TAGS_BY_WIDTH[4]})|({_TAGS_BY_WIDTH[3]})\s|({_TAGS_BY_WIDTH[2]})\s( ?))"
    rf"|(?<!^[A-Z])(?<!^[A-Z]{{2}})"
    rf"(?:({_TAGS_BY_WIDTH[4]})|({_TAGS_BY_WIDTH[3]}) |({_TAGS_BY_WIDTH[2]})  ))-(?=\s)\s*",
    re.MULTILINE,
)

#: Cost of passing over a tag: one that stands at the start of a line or before which a field has
#: to end, one that has a value of its own form, one whose value begins like a title, abstract or
#: affiliation, any other.
_PASS_ANCHORED, _PASS_FITTING, _PASS_LIKELY, _PASS_OTHER = 8.0, 5.0, 1.5, 0.4
#: Cost of each tag inside a value that is not running text.
_TAG_IN_SHORT_VALUE = 2.5
#: Cost of a value that is not of the form of its tag, or empty.
_MISFIT, _EMPTY = 4.0, 6.0
#: Cost of a copyright statement that does not read like one.
_NO_SIGN = 2.0
#: Cost of text that breaks off without a full stop before the next field.
_BROKEN_OFF = {"AB": 1.5, "COIS": 1.0, "TI": 0.7, "AD": 0.7}
#: Passing over more than this is not tried.
_LIMIT = 25.0

_STOPS = frozenset(".?!)]:;\"'\u201d\u2019*")
_COPYRIGHT = re.compile(
    r"\([cC]\)\s*\w|\u00a9|(?i:copyright|published|all rights|licen[cs]e|creativecommons)"
)
#: The sign of a copyright stands within so many characters.
_COPYRIGHT_REACH = 300


class FieldStart:
    """A place in a text where a field may begin."""

    __slots__ = ("cost_to_pass", "end", "sign_end", "start", "tag")

    def __init__(self, tag: str, start: int, end: int):
        self.tag = tag
        self.start = start
        #: Where the value begins.
        self.end = end
        #: Where a sign that the value is of its tag ends, for running text that needs one.
        self.sign_end = 0.0
        self.cost_to_pass = 0.0


def field_starts(text: str, start: int, end: int) -> list[FieldStart]:
    """Return the places of *text* between *start* and *end* where a field may begin."""
    matches = list(_CANDIDATE.finditer(text, start, end))
    keeps_blanks = sum(match[4] == " " or bool(match[7]) for match in matches) >= 3
    candidates = []
    for match in matches:
        anchored = match.start() == start or (
            text[match.start() - 1] == "\n" and text[match.start() + 4 : match.start() + 6] == "- "
        )
        if keeps_blanks and match[3] and not match[4] and not anchored:
            continue
        tag = match[1] or match[2] or match[3] or match[5] or match[6] or match[7]
        candidate = FieldStart(tag, match.start(), min(match.end(), end))
        candidates.append(candidate)
        if tag == "CI":
            sign = _COPYRIGHT.search(text, match.end(), match.end() + _COPYRIGHT_REACH)
            candidate.sign_end = sign.end() if sign else float("inf")
        if anchored or match[4] == " " or match[7]:
            candidate.cost_to_pass = _PASS_ANCHORED
    stops = [*(candidate.start for candidate in candidates[1:]), end]
    for this, stop in zip(candidates, stops, strict=False):
        if not this.cost_to_pass:
            this.cost_to_pass = _cost_to_pass(this, text[this.end : stop].rstrip(), stop)
    return candidates


def _cost_to_pass(candidate: FieldStart, value: str, stop: int) -> float:
    """How much the *value* up to the next tag, at *stop*, says that *candidate* begins a field."""
    tag = candidate.tag
    if tag in ("AB", "AD", "BTI"):
        begins_well = value[:1].isupper() or value[:1].isdigit()
        is_likely = begins_well and ("," in value or tag != "AD")
        return _PASS_LIKELY if is_likely else _PASS_OTHER
    if tag == "CI":
        fits = candidate.sign_end <= stop
    else:
        fits = has_closed_form(tag) and has_form(tag, value)
    return _PASS_FITTING if fits else _PASS_OTHER


def choose(text: str, candidates: list[FieldStart], end: int) -> list[FieldStart]:
    """Return those of *candidates* that begin the fields of a record which ends at *end*.

    The first one always does. Takes time in proportion to the number of candidates.
    """
    costs: list[float] = [0.0]
    previous = [-1]
    for j in range(1, len(candidates)):
        best, best_i = float("inf"), j - 1
        passed = 0.0
        for i in range(j - 1, -1, -1):
            cost = costs[i] + passed
            if cost < best:
                cost += _cost_of_field(text, candidates[i], candidates[j].start, j - i - 1)
                cost += cost_of_step(candidates[i].tag, candidates[j].tag)
                if cost < best:
                    best, best_i = cost, i
            passed += candidates[i].cost_to_pass
            if passed > _LIMIT:
                break
        costs.append(best)
        previous.append(best_i)
    return [candidates[i] for i in _way(text, candidates, costs, previous, end)]


def _way(
    text: str, candidates: list[FieldStart], costs: list[float], previous: list[int], end: int
) -> list[int]:
    """The indexes on the cheapest way to *end*."""
    best, last = float("inf"), len(candidates) - 1
    passed = 0.0
    for i in range(len(candidates) - 1, -1, -1):
        cost = costs[i] + passed
        cost += _cost_of_field(text, candidates[i], end, len(candidates) - 1 - i)
        cost += cost_of_end(candidates[i].tag)
        if cost < best:
            best, last = cost, i
        passed += candidates[i].cost_to_pass
        if passed > _LIMIT:
            break
    way = []
    while last >= 0:
        way.append(last)
        last = previous[last]
    return way[::-1]


def _cost_of_field(text: str, candidate: FieldStart, end: int, passed: int) -> float:
    """What speaks against the text up to *end* as the value of *candidate*, with as many tags
    *passed* inside it."""
    tag = candidate.tag
    start = candidate.end
    while end > start and text[end - 1].isspace():
        end -= 1
    if end <= start:
        return _EMPTY
    if is_running_text(tag):
        cost = 0.0 if text[end - 1] in _STOPS else _BROKEN_OFF.get(tag, 0.3)
        return cost if candidate.sign_end <= end else cost + _NO_SIGN
    cost = passed * _TAG_IN_SHORT_VALUE
    if end - start > 1000:
        return cost + _MISFIT
    value = text[start:end]
    if "\n" in value or "  " in value:
        value = " ".join(value.split())
    return cost if has_form(tag, value) else cost + _MISFIT
