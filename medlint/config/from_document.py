"""A checked document -> the layer of what it says itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from medlint.config.layer import FileIgnore, Layer, Level, Origin, Said
from medlint.config.patterns import Pattern
from medlint.documents.document import Document
from medlint.documents.frame import shown
from medlint.documents.problem import DocumentProblem
from medlint.nearest import as_shown

T = TypeVar("T")


def layer_of(document: Document, name: str) -> Layer:
    """What *document* says itself; *name* is what its values are said to come from.

    Paths count from the folder of the document there, and from the working folder in the layer.
    """
    said = _Reader(document, name)
    return Layer(
        select=said.all("select"),
        extend_select=said.all("extend-select") or (),
        ignore=said.all("ignore") or (),
        severity=tuple(said.levels()),
        fail_level=said.one("fail-level", str),
        per_file_ignores=tuple(said.file_ignores()),
        rules=said.all("rules", lambda entry: Path(path_from(document, entry))) or (),
        paths=said.all("paths", lambda entry: path_from(document, entry)),
        exclude=said.all("exclude", lambda text: Pattern(said.folder, text)) or (),
        dialect=said.one("dialect", str),
        as_of=said.one("as-of", date.fromisoformat),
        output=said.all("output", lambda wish: _output(document, wish)),
    )


def missing_rules(document: Document) -> Iterator[DocumentProblem]:
    """The paths of ``rules`` that lead nowhere."""
    entries = document.data.get("rules")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, str) and not os.path.exists(path_from(document, entry)):
            message = f"there is no file or folder {shown(entry)}"
            yield document.problem(f"{message}; {FROM_HERE}", ("rules", index))


#: What to say of a path that leads nowhere.
FROM_HERE = "it counts from the folder of this file"


def path_from(document: Document, entry: str) -> str:
    """A path that counts from the folder of *document*, as seen from the working folder; a URL
    stays as it is."""
    if os.path.isabs(entry) or "://" in entry:
        return entry
    return as_shown(Path(os.path.dirname(document.path), entry))


def _output(document: Document, wish: str) -> str:
    name, colon, file = wish.partition(":")
    return f"{name}:{path_from(document, file)}" if colon else name


class _Reader:
    """Gives each value of a document its origin."""

    def __init__(self, document: Document, name: str):
        self._document = document
        self._name = name
        self.folder = os.path.dirname(os.path.abspath(document.path))

    def one(self, key: str, convert: Callable[[str], T]) -> Said[T] | None:
        value = self._document.data.get(key)
        return None if value is None else Said(convert(value), self._origin(key, is_key=True))

    def all(
        self, key: str, convert: Callable[[str], Any] = lambda text: text
    ) -> tuple[Said[Any], ...] | None:
        items = self._document.data.get(key)
        if items is None:
            return None
        return tuple(Said(convert(i), self._origin(key, index)) for index, i in enumerate(items))

    def levels(self) -> Iterator[Said[Level]]:
        for rule, level in self._document.data.get("severity", {}).items():
            yield Said(Level(rule, level), self._origin("severity", rule, is_key=True))

    def file_ignores(self) -> Iterator[Said[FileIgnore]]:
        key = "per-file-ignores"
        for text, rules in self._document.data.get(key, {}).items():
            for index, rule in enumerate(rules):
                pattern = Pattern(self.folder, text)
                yield Said(FileIgnore(pattern, rule), self._origin(key, text, index))

    def _origin(self, *pointer: str | int, is_key: bool = False) -> Origin:
        return Origin(self._name, self._document.path, self._document.place(pointer, is_key))
