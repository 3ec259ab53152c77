"""What a file says that people write, and where each part of it stands."""

from __future__ import annotations

from typing import Any

from medlint.documents.problem import DocumentProblem

Pointer = tuple[str | int, ...]
#: Line, column, exclusive end column; all from 1, columns in code points.
Span = tuple[int, int, int]


class Document:
    """What a YAML text says (``data``), and where in ``path`` each part of it stands."""

    __slots__ = ("_keys", "_values", "data", "path")

    def __init__(
        self, path: str, data: Any, keys: dict[Pointer, Span], values: dict[Pointer, Span]
    ):
        self.path = path
        #: dict, list, str, int, bool or None.
        self.data = data
        self._keys = keys
        self._values = values

    def place(self, pointer: Pointer = (), key: bool = False) -> Span:
        """Return (line, column, end_column) of the part at *pointer*, or of its key.

        *pointer* holds the keys and indexes that lead to the part. A part that goes over
        several lines is placed on its first. Of a part that is not there, the nearest one that
        holds it is placed.
        """
        while pointer:
            if key and pointer in self._keys:
                return self._keys[pointer]
            if pointer in self._values:
                return self._values[pointer]
            pointer, key = pointer[:-1], True
        return self._values.get((), (1, 1, 2))

    def problem(self, message: str, pointer: Pointer = (), key: bool = False) -> DocumentProblem:
        """Make the problem that *message* tells of the part at *pointer*, or of its key."""
        return DocumentProblem(self.path, *self.place(pointer, key), message)
