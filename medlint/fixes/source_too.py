"""SO says what other fields say: if one of them is mended, it is mended there, too."""

from __future__ import annotations

from medlint.functions.source import Part, parse_source

#: Tag -> where in SO its value stands.
_PARTS = {
    "TA": ("journal",),
    "DP": ("date", "other_date"),
    "VI": ("issue",),
    "IP": ("issue",),
    "PG": ("location",),
    "LID": ("location", "doi"),
    "AID": ("pii", "doi"),
}


def source_with(source: str, tag: str, old: str, new: str) -> str | None:
    """*source*, in which the value *old* of *tag* is *new*; None where it does not stand there.

    >>> source_with("J Ex. 2019;12(03):11\u201319.", "PG", "11\u201319", "11-19")
    'J Ex. 2019;12(03):11-19.'
    >>> source_with("J Ex. 2019;12(03):11-19.", "IP", "03", "3")
    'J Ex. 2019;12(3):11-19.'
    """
    parts = parse_source(source)
    if parts is None or tag not in _PARTS:
        return None
    old, new = old.rpartition(" [")[0] or old, new.rpartition(" [")[0] or new
    for name in _PARTS[tag]:
        part: Part = getattr(parts, name)
        text = _replaced(tag, part.text, old, new)
        if text is not None:
            start, end = part.span
            return source[:start] + text + source[end:]
    return None


def _replaced(tag: str, text: str, old: str, new: str) -> str | None:
    if tag == "VI" and (text == old or text.startswith(f"{old}(")):
        return new + text[len(old) :]
    if tag == "IP" and text.endswith(f"({old})"):
        return f"{text[: -len(old) - 2]}({new})"
    return new if text == old else None
