"""YAML without surprises: text stays text, and every part knows its line.

What is read is YAML 1.1 (yaml.org/spec/1.1) as PyYAML parses it, less what surprises people:
only ``true``, ``false``, ``null`` and whole decimal numbers are not text; anchors, aliases,
tags, merge keys, directives and a second document are mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from medlint.documents.document import Document, Pointer, Span
from medlint.documents.frame import shown, split_lines
from medlint.documents.problem import DocumentError, DocumentProblem

_DEEPEST = 50
_INTEGER = r"-?[1-9][0-9]{0,17}|0"
_WORDS = {"true": True, "false": False, "null": None, "": None}
#: What YAML 1.1 (section 5.1) does not let stand in a text, and the byte order mark. To compile it
#: takes as long as linting ten records.
_FORBIDDEN = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"


def load(text: str, path: str) -> Document:
    """Read a YAML text; *path* is the name of its file, for messages.

    An empty text gives a document whose data is None. Raises DocumentError, which holds all
    mistakes, for a text that is not YAML or that uses a part of YAML which is not allowed.

    >>> load("no: nor\\nday: 2020-01-10\\nsize: 12\\n", "x.yaml").data
    {'no': 'nor', 'day': '2020-01-10', 'size': 12}
    """
    text = text.removeprefix("\ufeff")
    lines = split_lines(text)
    if problems := _forbidden_characters(lines, path):
        raise DocumentError(problems)
    import yaml

    builder = _Builder(path, lines)
    try:
        for event in _events(text):
            if not builder.take(event):
                break
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        from medlint.documents.syntax import explain

        builder.problems.append(explain(error, path, lines))
    if builder.problems:
        raise DocumentError(sorted(set(builder.problems), key=lambda p: p[1:3]))
    return Document(path, builder.data, builder.keys, builder.values)


def _events(text: str) -> Iterator[Any]:
    """The events of the C parser, or of the slower one where that is not built in."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return iter(yaml.parse(text, Loader=loader))


def _forbidden_characters(lines: list[str], path: str) -> list[DocumentProblem]:
    return [
        DocumentProblem(
            path,
            number,
            match.start() + 1,
            match.end() + 1,
            f"the character U+{ord(match[0]):04X} is not allowed in YAML; "
            "remove it, or write it as an escape in double quotes",
        )
        for number, line in enumerate(lines, 1)
        for match in re.finditer(_FORBIDDEN, line)
    ]


class _Open(NamedTuple):
    """A list or mapping that is being read."""

    pointer: Pointer
    container: dict[str, Any] | list[Any]


class _Builder:
    """Makes plain data from the events of a YAML parser, and notes every place."""

    def __init__(self, path: str, lines: list[str]):
        self.path = path
        self.lines = lines
        self.data: Any = None
        self.keys: dict[Pointer, Span] = {}
        self.values: dict[Pointer, Span] = {}
        self.problems: list[DocumentProblem] = []
        self._open: list[_Open] = []
        #: The key that waits for its value, of each open mapping.
        self._waiting: list[str | None] = []
        self._documents = 0

    def take(self, event: Any) -> bool:
        """Take one event; return whether the next one is wanted."""
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            return self._start_document(event)
        if kind in ("SequenceEndEvent", "MappingEndEvent"):
            self._open.pop()
            self._waiting.pop()
        elif kind in ("SequenceStartEvent", "MappingStartEvent"):
            self._check_plain(event)
            if len(self._open) == _DEEPEST:
                self._complain(event, f"more than {_DEEPEST} levels inside each other")
                return False
            container: dict[str, Any] | list[Any] = {} if kind[0] == "M" else []
            pointer = self._add(event, container)
            self._open.append(_Open(pointer, container))
            self._waiting.append(None)
        elif kind == "ScalarEvent":
            self._check_plain(event)
            self._add(event, event.value if event.style else _plain_value(event.value))
        elif kind == "AliasEvent":
            self._complain(
                event,
                f"the alias '*{event.anchor}' is not allowed; repeat the value, "
                "or put it in quotes if it is text",
            )
            self._add(event, f"*{event.anchor}")
        return True

    def _start_document(self, event: Any) -> bool:
        self._documents += 1
        if self._documents > 1:
            self._complain(event, "a second document begins here; a file holds only one")
            return False
        if event.version or event.tags:
            self._complain(event, "'%' directives are not allowed; remove the line")
        return True

    def _check_plain(self, event: Any) -> None:
        if event.anchor is not None:
            self._complain(event, f"the anchor '&{event.anchor}' is not allowed; remove it")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._complain(event, f"the tag {shown(tag)} is not allowed; remove it")

    def _add(self, event: Any, value: Any) -> Pointer:
        """Put *value* where it belongs, and return its pointer."""
        if not self._open:
            self.data = value
            self.values[()] = self._span(event)
            return ()
        pointer, container = self._open[-1]
        if isinstance(container, list):
            here: Pointer = (*pointer, len(container))
            container.append(value)
        elif (key := self._waiting[-1]) is None:
            key = self._key(event, value, container)
            here = (*pointer, key)
            self.keys[here] = self._span(event)
            self._waiting[-1] = key
            return here
        else:
            here = (*pointer, key)
            container[key] = value
            self._waiting[-1] = None
            if _is_empty(event):
                self.values[here] = self.keys[here]
                return here
        self.values[here] = self._span(event)
        return here

    def _key(self, event: Any, value: Any, container: dict[str, Any]) -> str:
        """The text of a key; one that cannot be used is told of and gets another name."""
        if isinstance(value, (dict, list)):
            self._complain(event, "a key must be a word, not a list or a mapping")
        elif not isinstance(value, str):
            text = event.value
            hint = f"put it in quotes: '{text}'" if text else "there is none before this ':'"
            self._complain(event, f"a key must be text; {hint}")
        elif value == "<<" and not event.style:
            self._complain(event, "the merge key '<<' is not allowed; write the keys out")
        elif value in container:
            first = self.keys[(*self._open[-1].pointer, value)]
            self._complain(event, f"{shown(value)} stands twice; it is first on line {first[0]}")
        else:
            return value
        return f"\0{len(self.problems)}"

    def _complain(self, event: Any, message: str) -> None:
        self.problems.append(DocumentProblem(self.path, *self._span(event), message))

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        line = self.lines[start.line] if start.line < len(self.lines) else ""
        stop = end.column if end.line == start.line else len(line.rstrip())
        return start.line + 1, start.column + 1, max(stop, start.column + 1) + 1


def _is_empty(event: Any) -> bool:
    start, end = event.start_mark, event.end_mark
    return (start.line, start.column) == (end.line, end.column)


def _plain_value(text: str) -> str | int | bool | None:
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if re.fullmatch(_INTEGER, text) else text
