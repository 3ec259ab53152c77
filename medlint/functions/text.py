"""What running text must be like: titles and abstracts."""

from __future__ import annotations

import re

_PARTNER = {")": "(", "]": "[", "}": "{"}
_BRACKET = re.compile(r"[()\[\]{}]")
#: The number or letter of an item in a list, whose bracket is never opened: ``1)``, ``iv)``.
_ITEM = re.compile(r"(?:^|(?<=[\s;:,.(\[]))(?:[0-9]{1,2}|[A-Za-z]|[ivxIVX]{1,4})[.']?$")
#: What stands between the ends of an interval that is open on one side: ``[0, 1)``.
_INTERVAL = re.compile(r"[\s\d.+\-−∞]*[,;][\s\d.+\-−∞]*")

_PLAIN = r"[^()\[\]{}\n]*+"
#: Matches, as a whole, values whose brackets plainly stand in pairs.
BALANCED_CLEAN = (
    rf"{_PLAIN}(?:\({_PLAIN}\){_PLAIN}|\[{_PLAIN}(?:\({_PLAIN}\){_PLAIN})*+\]{_PLAIN})*+"
)


def balanced_brackets(text: str) -> str | None:
    """Return None when each bracket of *text* is opened and closed.

    Else return which one is not. Items of a list (``1)``) and intervals (``[0, 1)``) are right.

    >>> balanced_brackets("Tea (green) and [18F]FDG, 1) in mice, [0, 1)")
    >>> balanced_brackets("Tea (green and sleep.")
    "'(' is not closed"
    >>> balanced_brackets("Tea green) and sleep.")
    "')' is not opened"
    """
    opened: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        bracket, at = match[0], match.start()
        if bracket in "([{":
            opened.append((bracket, at))
        elif opened and (
            opened[-1][0] == _PARTNER[bracket] or _INTERVAL.fullmatch(text, opened[-1][1] + 1, at)
        ):
            opened.pop()
        elif bracket == ")" and (_ITEM.search(text[:at]) or text[at - 1 : at] in (":", ";")):
            continue
        elif any(open_one == _PARTNER[bracket] for open_one, _ in opened):
            break
        else:
            return f"'{bracket}' is not opened"
    return f"'{opened[-1][0]}' is not closed" if opened else None
