"""The table ``tool.medlint`` of a ``pyproject.toml`` (PEP 518) -> a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from medlint.documents.document import Document, Pointer, Span
from medlint.documents.frame import shown
from medlint.documents.problem import DocumentError, DocumentProblem


def load_toml(text: str, path: str) -> Document | None:
    """Read the table ``tool.medlint`` of a TOML text; *path* is the name of its file. Days become
    text.

    Returns None if there is no such table. Raises DocumentError for a text that is not TOML, and
    where something else has that name.
    """
    import tomllib

    try:
        data: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DocumentError([_no_toml(str(error), path)]) from None
    for step in ("tool", "medlint"):
        data = data.get(step) if isinstance(data, dict) else None
    if data is None:
        return None
    if not isinstance(data, dict):
        raise DocumentError([_no_table(data, text, path)])
    data = _plain(data)
    places = dict(_places(text, data))
    return Document(path, data, places, places)


def _no_toml(reason: str, path: str) -> DocumentProblem:
    place = re.search(r" \(at line (\d+), column (\d+)\)$", reason)
    line, column = map(int, place.groups()) if place else (1, 1)
    said = shown(reason[: place.start()] if place else reason, 120)
    return DocumentProblem(path, line, column, column + 1, f"the file is not TOML: {said}")


def _no_table(data: Any, text: str, path: str) -> DocumentProblem:
    key = re.search(r"medlint[\"']?\s*=|medlint[\"']?\s*\]", text)
    line = text.count("\n", 0, key.start()) + 1 if key else 1
    kind = "a list" if isinstance(data, list) else shown(str(_plain(data)), 40)
    return DocumentProblem(path, line, 1, 2, f"tool.medlint is {kind}; it must be a table")


def _plain(value: Any) -> Any:
    """*value*, with days and times as text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, (date, time)) else value


_NAME = r"""(?:"([^"\\]+)"|'([^']+)'|([\w-]+))\s*"""
_TABLE = re.compile(rf"\s*\[\s*tool\s*\.\s*[\"']?medlint[\"']?\s*(?:\.\s*{_NAME})?\]")
_KEY = re.compile(rf"\s*{_NAME}=")


def _places(text: str, data: Any) -> Iterator[tuple[Pointer, Span]]:
    """Where keys of the table *data* stand, as far as the beginnings of lines show it; tomllib does
    not say."""
    above: Pointer | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if table := _TABLE.match(line):
            above = pointer = _pointer(table, ())
        elif line.lstrip().startswith("["):
            above = None
        if above is None:
            continue
        if not table:
            key = _KEY.match(line)
            if key is None:
                continue
            pointer = _pointer(key, above)
        if _holds(data, pointer):
            start = len(line) - len(line.lstrip())
            yield pointer, (number, start + 1, len(line.rstrip()) + 1)


def _pointer(match: re.Match[str], above: Pointer) -> Pointer:
    name = next(filter(None, match.groups()), None)
    return above if name is None else (*above, name)


def _holds(data: Any, pointer: Pointer) -> bool:
    for step in pointer:
        if not isinstance(data, dict) or step not in data:
            return False
        data = data[step]
    return True
