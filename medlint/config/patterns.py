"""The patterns of ``exclude`` and ``per-file-ignores``, as gitignore(5) of git describes them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple


class Pattern(NamedTuple):
    """A pattern and the folder, an absolute path, that it counts from."""

    folder: str
    text: str


class PatternError(ValueError):
    """A pattern on the command line cannot be one."""


class Patterns:
    """Patterns of any folders, ready to be asked. Those of one folder are read in their order, and
    the last that fits decides, so that ``!`` takes back what stands before it."""

    def __init__(self, patterns: Iterable[Pattern]):
        texts: dict[str, list[str]] = {}
        for folder, text in patterns:
            texts.setdefault(os.path.join(folder, ""), []).append(_anchored(text))
        self._specs = []
        if texts:
            from pathspec import GitIgnoreSpec

            self._specs = [(f, GitIgnoreSpec.from_lines(lines)) for f, lines in texts.items()]

    def match(self, path: str, *, is_folder: bool = False) -> bool:
        """Whether the file or folder *path* (absolute), or a folder that it is in, is meant."""
        return any(
            path.startswith(folder)
            and spec.match_file(path[len(folder) :] + ("/" if is_folder else ""))
            for folder, spec in self._specs
        )


def fault(text: str, *, is_single: bool = False) -> str | None:
    """What is wrong with a pattern, or None. One that *is_single* has none before it."""
    from pathspec import GitIgnoreSpec

    if text.startswith("!") and is_single:
        return "'!' takes back what stands before it, and here nothing does"
    if ".." in text.replace("\\", "/").split("/"):
        return "patterns count from the folder of this file, and '..' leads out of it"
    try:
        (pattern,) = GitIgnoreSpec.from_lines([_anchored(text)]).patterns
    except ValueError:
        return "it is not a pattern as .gitignore has them"
    return "it can match no file" if pattern.include is None else None


def _anchored(text: str) -> str:
    """*text*, but that ``./`` at its beginning means what it looks like, and so does a URL: as
    paths, which are made absolute, they have one slash behind the scheme."""
    text = text.replace("://", ":/", 1)
    return text[1:] if text.startswith("./") else text
