"""An ignore more: written at its sorted place, with every other byte of the file left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from medlint.documents.problem import DocumentError
from medlint.documents.strict_yaml import load
from medlint.rulebook.rule import Rule
from medlint.suppress.ignores import Ignore, parse

START = """\
# Findings that stay, and why. 'medlint ignore PMID RULE --reason TEXT' adds one; without 'until',
# it stays for good.

"""

_LINE_END = re.compile("\r\n|\r|\n")
#: Comments that belong to what stands below: right above it, and below an empty line.
_OWN_COMMENTS = re.compile(r"(?<=\n)[ \t]*\r?\n((?:[ \t]*#.*\n)+)\Z")


class NewIgnore(NamedTuple):
    """What an entry is to say."""

    pmid: str
    rule: Rule
    reason: str
    tag: str | None = None
    author: str | None = None
    until: date | None = None


class NotAddedError(ValueError):
    """The entry cannot be added, for the reason given."""


def with_ignore(text: str, path: str, new: NewIgnore, rules: Sequence[Rule]) -> str:
    """Return the *text* of the file *path* with the entry *new*: behind the last one that sorts
    before it by PMID and rule, with the indentation and the line ends of that.

    *rules* are all that are known. Raises DocumentError for mistakes in the text, NotAddedError
    where an entry already says so, and where the text is laid out so that none can be added.
    """
    entries = parse(text, path, rules)
    for entry in entries:
        is_same = entry.pmid == new.pmid and new.rule.code in entry.codes
        if is_same and entry.tag in (None, new.tag):
            until = f", until {entry.until}" if entry.until else ""
            place = f"{path}:{entry.rule_span[0]}"
            raise NotAddedError(
                f"{place}: {entry.rule} is ignored for PMID {new.pmid} already{until}; edit that"
            )
    layout = _layout(text)
    index = 0
    for number, entry in enumerate(entries, 1):
        if _key(entry) <= (int(new.pmid), new.rule.name):
            index = number
    at = layout.ends[index - 1] if index else layout.start
    lines = _lines(new, layout.column)
    changed = _inserted(text, at, lines)
    expected = [*_data(text)]
    expected.insert(index, _as_data(new))
    try:
        is_added = _data(changed) == expected
    except DocumentError:
        is_added = False
    if not is_added:
        written = "\n".join(lines)
        raise NotAddedError(f"{path}: this layout cannot be added to; write by hand:\n{written}")
    return changed


def _key(entry: Ignore) -> tuple[float, str]:
    return (int(entry.pmid) if entry.pmid else float("inf"), entry.rule)


class _Layout(NamedTuple):
    """Where the entries of a text stand, as offsets."""

    #: Before the first entry, or behind everything where there is none.
    start: int
    #: Behind what belongs to each entry.
    ends: list[int]
    #: The column, from 0, of the hyphens.
    column: int


def _layout(text: str) -> _Layout:
    """Find the entries of a list in block style."""
    import yaml

    skipped = len(text) - len(text.removeprefix("\ufeff"))
    start, column, depth = len(text), 0, 0
    ends: list[int] = []
    # The parser in Python: its offsets count characters.
    events: Iterator[Any] = yaml.parse(text[skipped:], Loader=yaml.SafeLoader)
    for event in events:
        kind = type(event).__name__
        if kind.endswith("StartEvent") and kind[0] in "SM" and kind != "StreamStartEvent":
            depth += 1
            if depth == 1:
                start = event.start_mark.index - event.start_mark.column + skipped
                comments = _OWN_COMMENTS.search(text, 0, start)
                start = comments.start(1) if comments else start
                column = event.start_mark.column
            elif depth == 2:
                ends.append(0)
        if depth >= 2 and event.end_mark.index > event.start_mark.index:
            ends[-1] = event.end_mark.index + skipped
        if kind in ("SequenceEndEvent", "MappingEndEvent"):
            depth -= 1
    return _Layout(start, ends, column)


def _inserted(text: str, at: int, lines: Sequence[str]) -> str:
    """*text* with *lines* behind the line in which *at* lies, or before it where that is a
    beginning of a line."""
    match = _LINE_END.search(text)
    end = match[0] if match else "\n"
    is_start = text[:at] in ("", "\ufeff") or text[at - 1] in "\r\n"
    if not is_start:
        match = _LINE_END.search(text, at)
        at = match.end() if match else len(text)
    block = end.join(lines)
    is_unfinished = not is_start and text[at - 1] not in "\r\n"
    block = end + block if is_unfinished else block + end
    return text[:at] + block + text[at:]


def _data(text: str) -> list[dict[str, Any]]:
    return load(text, "").data or []


def _as_data(new: NewIgnore) -> dict[str, Any]:
    """The entry as a file says it; keys in the order in which they are written."""
    data = {
        "pmid": int(new.pmid) if len(new.pmid) < 19 else new.pmid,
        "rule": new.rule.name,
        "tag": new.tag,
        "reason": new.reason,
        "author": new.author,
        "until": new.until and new.until.isoformat(),
    }
    return {key: value for key, value in data.items() if value is not None}


def _lines(new: NewIgnore, column: int) -> list[str]:
    """The entry as YAML, with its hyphen in *column*."""
    items = list(_as_data(new).items())
    signs = ["- ", *["  "] * (len(items) - 1)]
    return [
        f"{'':{column}}{sign}{key}: {value if key in ('pmid', 'until') else _scalar(value)}"
        for sign, (key, value) in zip(signs, items, strict=True)
    ]


def _scalar(text: str) -> str:
    """*text* as YAML on one line: plain where that is safe, else in quotes."""
    import yaml

    shows_all = text.isprintable()
    dumped: str = yaml.dump(
        text,
        Dumper=yaml.SafeDumper,
        allow_unicode=shows_all,
        width=float("inf"),
        default_style=None if shows_all else '"',
    )
    return dumped.removesuffix("\n").removesuffix("\n...")
