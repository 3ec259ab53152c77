"""A configuration file, and what it extends -> a layer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from medlint.config.document import PACKS, read
from medlint.config.from_document import FROM_HERE, layer_of, missing_rules, path_from
from medlint.config.layer import Layer
from medlint.documents.document import Document, Pointer
from medlint.documents.frame import shown
from medlint.documents.problem import DocumentError, DocumentProblem
from medlint.nearest import as_shown

_PACK_FILES = Path(__file__).parent / "packs"
_FILE_ENDS = (".yaml", ".yml", ".toml")
_DEEPEST = 20


def load_layer(path: str) -> Layer | None:
    """What the file *path* says, over what it extends.

    None for a ``.toml`` file without the table ``tool.medlint``. Paths in the layer count from the
    working folder. Raises DocumentError with all mistakes of this file and of those it extends.
    """
    document = read(as_shown(Path(path)))
    return None if document is None else _layer(document, document.path, [path])


def _layer(document: Document, name: str, chain: list[str]) -> Layer:
    """The layer of *document*; *chain* are the files that lead to it, itself the last."""
    problems: list[DocumentProblem] = []
    below = Layer()
    for pointer, entry in _extends(document):
        try:
            below = _extended(document, pointer, entry, chain).over(below)
        except DocumentError as error:
            problems += error.problems
    problems += missing_rules(document)
    if problems:
        raise DocumentError(list(dict.fromkeys(problems)))
    return layer_of(document, name).over(below)


def _extends(document: Document) -> Iterator[tuple[Pointer, str]]:
    entries = document.data.get("extends", ())
    if isinstance(entries, str):
        yield ("extends",), entries
    else:
        for index, entry in enumerate(entries):
            yield ("extends", index), entry


def _extended(document: Document, pointer: Pointer, entry: str, chain: list[str]) -> Layer:
    """The layer of one *entry* of ``extends``."""

    def mistake(message: str) -> DocumentError:
        return DocumentError([document.problem(message, pointer)])

    if entry in PACKS:
        path, name = str(_PACK_FILES / f"{entry}.yaml"), f"pack {entry}"
    elif "/" in entry or os.sep in entry or entry.endswith(_FILE_ENDS):
        path = name = path_from(document, entry)
        if not os.path.exists(path):
            raise mistake(f"there is no file {shown(entry)}; {FROM_HERE}")
        if os.path.isdir(path):
            raise mistake(f"{shown(entry)} is a folder; expected a file in it")
    else:
        from medlint.documents.near import near_miss

        near = near_miss(entry, PACKS)
        hint = f"did you mean '{near}'?" if near else f"there are {', '.join(PACKS)}"
        raise mistake(f"there is no pack {shown(entry)}; {hint} (a file: ./house.yaml)")
    for index, other in enumerate(chain):
        if os.path.samefile(path, other):
            circle = " -> ".join(as_shown(Path(file)) for file in (*chain[index:], path))
            raise mistake(f"extends goes in a circle: {circle}")
    if len(chain) == _DEEPEST:
        raise mistake(f"more than {_DEEPEST} files extend each other in a row")
    found = read(path)
    if found is None:
        raise mistake(f"{shown(entry)} has no table [tool.medlint]")
    return _layer(found, name, [*chain, path])
