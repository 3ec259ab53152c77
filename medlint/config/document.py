"""A configuration file -> a document that has been checked as far as the file alone goes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from medlint.cache import kept
from medlint.config.patterns import fault
from medlint.data import SCHEMAS, schema
from medlint.documents.document import Document, Pointer, Span
from medlint.documents.frame import shown
from medlint.documents.problem import DocumentError, DocumentProblem

#: The names of the built-in packs.
PACKS = ("default", "strict", "legacy")

#: A part of a document: its pointer, the place of the part and that of its key.
_Place = tuple[list[str | int], Span, Span]


def read(path: str) -> Document | None:
    """Read and check the configuration in the file *path*.

    A file whose name ends in ``.toml`` holds it in the table ``tool.medlint``; None if there is no
    such table. Any other file is YAML; an empty one says nothing. Raises DocumentError with all
    mistakes. What was right once is not checked again.
    """
    data = _bytes(path)
    is_toml = path.endswith(".toml")
    if is_toml and b"medlint" not in data:
        return None
    parts = [data, bytes([is_toml]), (SCHEMAS / "config.schema.json").read_bytes()]
    found = kept(parts, lambda: _as_json(_checked(data, path)))
    return None if found is None else _from_json(path, *found)


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError as error:
        reason = "it is a folder" if os.path.isdir(path) else (error.strerror or str(error)).lower()
        raise _unusable(path, f"the configuration cannot be read: {reason}") from None


def _unusable(path: str, message: str) -> DocumentError:
    return DocumentError([DocumentProblem(path, 1, 1, 2, message)])


def _checked(data: bytes, path: str) -> Document | None:
    from medlint.documents.schema import problems
    from medlint.documents.strict_yaml import load

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unusable(path, f"the file is not UTF-8 ({error.reason})") from None
    if path.endswith(".toml"):
        from medlint.config.toml import load_toml

        document = load_toml(text, path)
    else:
        document = load(text, path)
    if document is None:
        return None
    if document.data is None:
        document.data = {}
    found = problems(document, schema("config"))
    if isinstance(document.data, dict):
        told = {problem[1:3] for problem in found}
        more = [*_contradictions(document), *_pattern_faults(document), *_output_faults(document)]
        if found or more:
            more += _wrong_rules(document)
        found += [problem for problem in more if problem[1:3] not in told]
    if found:
        raise DocumentError(sorted(found, key=lambda problem: problem[1:3]))
    return document


def _texts(document: Document, key: str) -> list[tuple[int, str]]:
    """The texts in the list *key*, and their indexes."""
    items = document.data.get(key)
    numbered = enumerate(items if isinstance(items, list) else ())
    return [(index, item) for index, item in numbered if isinstance(item, str)]


def _contradictions(document: Document) -> Iterator[DocumentProblem]:
    """The words that the file both selects and ignores."""
    both = [*_texts(document, "select"), *_texts(document, "extend-select")]
    selected = {word for _, word in both}
    for index, word in _texts(document, "ignore"):
        if word in selected:
            message = f"{shown(word)} is both selected and ignored; say one of the two"
            yield document.problem(message, ("ignore", index))


def _pattern_faults(document: Document) -> Iterator[DocumentProblem]:
    for index, text in _texts(document, "exclude"):
        if reason := fault(text):
            yield document.problem(f"exclude has {shown(text)}: {reason}", ("exclude", index))
    key = "per-file-ignores"
    ignores = document.data.get(key)
    for text in ignores if isinstance(ignores, dict) else ():
        if reason := fault(text, is_single=True):
            yield document.problem(f"{key} has {shown(text)}: {reason}", (key, text), key=True)


def _output_faults(document: Document) -> Iterator[DocumentProblem]:
    """The outputs that cannot be meant, as far as the file alone shows it."""
    from medlint.documents.near import near_miss
    from medlint.output import FILE_FORMATS, NAMES

    standard: str | None = None
    files: set[str] = set()
    for index, wish in _texts(document, "output"):
        name, colon, file = wish.partition(":")
        path = os.path.normpath(file)
        reason = None
        if name not in NAMES:
            near = near_miss(name, NAMES)
            hint = f"did you mean '{near}'?" if near else "there are " + ", ".join(NAMES)
            reason = f"{shown(name)} is not a format; {hint}"
        elif colon:
            if file in ("", "-"):
                reason = f"{shown(wish)}: expected a file after the colon"
            elif path in files:
                reason = f"{shown(wish)}: two outputs cannot go to the same file"
            files.add(path)
        elif name in FILE_FORMATS:
            reason = f"{name} is no text for standard output; say {name}:FILE"
        elif standard is not None:
            reason = f"{shown(name)}: standard output is written as {standard} already"
        else:
            standard = name
        if reason:
            yield document.problem(reason, ("output", index))


def _wrong_rules(document: Document) -> Iterator[DocumentProblem]:
    """The files of rules that are not there, and the words that name no rule, to be told together
    with other mistakes: a file without any has them found by what uses it."""
    from medlint.config.from_document import missing_rules, path_from
    from medlint.rulebook.load import load_rulebook
    from medlint.rulebook.select import SelectionError, meant

    own = [Path(path_from(document, entry)) for _, entry in _texts(document, "rules")]
    yield from (missing := list(missing_rules(document)))
    extends = document.data.get("extends", ())
    is_alone = not missing and all(e in PACKS for e in ([extends] if extends in PACKS else extends))
    try:
        known = load_rulebook(own).rules if is_alone else []
    except DocumentError:
        return
    for pointer, word, is_key in _words(document) if known else ():
        try:
            meant(known, word)
        except SelectionError as error:
            yield document.problem(str(error), pointer, is_key)


def _words(document: Document) -> Iterator[tuple[Pointer, str, bool]]:
    """The words that name rules, where they stand, and whether that is a key."""
    for key in ("select", "extend-select", "ignore"):
        for index, word in _texts(document, key):
            yield (key, index), word, False
    severity = document.data.get("severity")
    for word in severity if isinstance(severity, dict) else ():
        yield ("severity", word), word, True
    ignores = document.data.get("per-file-ignores")
    for pattern, items in ignores.items() if isinstance(ignores, dict) else ():
        for index, word in enumerate(items if isinstance(items, list) else ()):
            if isinstance(word, str):
                yield ("per-file-ignores", pattern, index), word, False


def _as_json(document: Document | None) -> list[Any] | None:
    if document is None:
        return None
    places = [(p, document.place(p), document.place(p, key=True)) for p in _pointers(document.data)]
    return [document.data, places]


def _from_json(path: str, data: Any, places: list[_Place]) -> Document:
    values = {tuple(pointer): _span(*value) for pointer, value, _ in places}
    keys = {tuple(pointer): _span(*key) for pointer, _, key in places}
    return Document(path, data, keys, values)


def _span(line: int, column: int, end_column: int) -> Span:
    return line, column, end_column


def _pointers(data: Any, above: Pointer = ()) -> Iterator[Pointer]:
    yield above
    items: Any = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    for step, part in items:
        yield from _pointers(part, (*above, step))
