"""The rulebook: the built-in rules and the user's, compiled once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from medlint.cache import kept
from medlint.data import COMPILED_RULES, RULES
from medlint.rulebook.rule import Rule

#: What a compiled rulebook holds: {"rules": [...], "vocabularies": {name: ...}}.
Compiled = dict[str, Any]


class Rulebook:
    """Rules, sorted by code, and the vocabularies that they use."""

    def __init__(self, compiled: Compiled, own: Compiled | None = None):
        self.rules = [Rule.from_json(data) for data in compiled["rules"]]
        self.vocabularies: dict[str, Any] = compiled["vocabularies"]
        #: What of it is the user's; None where nothing is.
        self.own = own


def load_rulebook(user_rules: Sequence[Path] = (), *, use_cache: bool = True) -> Rulebook:
    """Load the built-in rules, and beside them those in the files and folders *user_rules*.

    Raises FileNotFoundError for a path that is not there, DocumentError for mistakes in the files.
    """
    compiled, sources = _built_in(use_cache)
    own = None
    if user_rules:
        own_paths = {path.resolve() for path in sources}
        files = [file for file in _files(user_rules) if file.resolve() not in own_paths]
        own = _cached([*sources, *files], lambda: _compile(files, compiled), use_cache)
        rules = sorted([*compiled["rules"], *own["rules"]], key=lambda rule: str(rule["code"]))
        compiled = {
            "rules": rules,
            "vocabularies": {**compiled["vocabularies"], **own["vocabularies"]},
        }
    return Rulebook(compiled, own)


def _built_in(use_cache: bool) -> tuple[Compiled, list[Path]]:
    """The built-in rules, compiled, and the files that they come from."""
    if COMPILED_RULES.is_file():
        return json.loads(COMPILED_RULES.read_bytes()), [COMPILED_RULES]
    files = _files([RULES])
    return _cached(files, lambda: _compile(files), use_cache), files


def _files(paths: Sequence[Path]) -> list[Path]:
    from medlint.rulebook.compile import rule_files

    return rule_files(paths)


def _compile(files: Sequence[Path], base: Compiled | None = None) -> Compiled:
    from medlint.rulebook.compile import compile_rules

    return compile_rules(files, base)


def _cached(files: Iterable[Path], compute: Callable[[], Compiled], use_cache: bool) -> Compiled:
    """What *compute* returns, kept from the last time that *files* were the same."""
    if not use_cache:
        return compute()
    parts = [part for file in files for part in (os.fsencode(file), file.read_bytes())]
    compiled: Compiled = kept(parts, compute)
    return compiled
