"""What running text must be like: titles and abstracts."""

from __future__ import annotations

import re

_PARTNER = {")": "(", "]": "[", "}": "{"}
_BRACKET = r"[()\[\]{}]"
#: The number or letter of an item in a list, whose bracket is never opened: ``1)``, ``iv)``.
_ITEM = r"(?:^|(?<=[\s;:,.(\[]))(?:[0-9]{1,2}|[A-Za-z]|[ivxIVX]{1,4})[.']?$"
#: The mark of a footnote straight behind a bracket, whose own bracket is never opened: ``(tea)a)``.
_FOOTNOTE = r"[)\]}][a-h0-9]$"
#: So many characters on each side of a bracket are shown.
_AROUND = 20
#: What stands between the ends of an interval that is open on one side: ``[0, 1)``.
_INTERVAL = r"[\s\d.+\-−∞]*[,;][\s\d.+\-−∞]*"

_PLAIN = r"[^()\[\]{}\n]*+"
#: Matches, as a whole, values whose brackets plainly stand in pairs.
BALANCED_CLEAN = rf"{_PLAIN}(?:\({_PLAIN}\){_PLAIN}|\[{_PLAIN}(?:\({_PLAIN}\){_PLAIN})*\]{_PLAIN})*"


def balanced_brackets(text: str) -> str | None:
    """Return None when each bracket of *text* is opened and closed.

    Else return which one is not, and the text around it. Items of a list (``1)``), intervals
    (``[0, 1)``) and marks of footnotes behind a bracket (``(green)a)``) are right.

    >>> balanced_brackets("Tea (green) and [18F]FDG, 1) in mice, [0, 1)")
    >>> balanced_brackets("Tea (green and sleep.")
    "'(' is not closed: 'Tea (green and sleep.'"
    >>> balanced_brackets("Tea green) and sleep.")
    "')' is not opened: 'Tea green) and sleep.'"
    """
    opened: list[tuple[str, int]] = []
    for match in re.finditer(_BRACKET, text):
        bracket, at = match[0], match.start()
        if bracket in "([{":
            opened.append((bracket, at))
        elif opened and (
            opened[-1][0] == _PARTNER[bracket]
            or re.fullmatch(_INTERVAL, text[opened[-1][1] + 1 : at])
        ):
            opened.pop()
        elif bracket == ")" and _closes_nothing(text, at):
            continue
        elif any(open_one == _PARTNER[bracket] for open_one, _ in opened):
            break
        else:
            return f"'{bracket}' is not opened: '{_around(text, at)}'"
    if not opened:
        return None
    bracket, at = opened[-1]
    return f"'{bracket}' is not closed: '{_around(text, at)}'"


def _closes_nothing(text: str, at: int) -> bool:
    """Whether the round bracket at *at* belongs to an item, a mark of a footnote or a smiley."""
    before = text[:at]
    if before[-1:] in (":", ";"):
        return True
    return re.search(_ITEM, before) is not None or re.search(_FOOTNOTE, before) is not None


def _around(text: str, at: int) -> str:
    """The text on both sides of *at*."""
    start, end = max(at - _AROUND, 0), at + _AROUND
    return f"{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}"
