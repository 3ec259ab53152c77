"""The rulebook: the built-in rules and the user's, compiled once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from medlint.data import COMPILED_RULES, RULES
from medlint.rulebook.rule import Rule
from medlint.version import __version__

#: What a compiled rulebook holds: {"rules": [...], "vocabularies": {name: ...}}.
Compiled = dict[str, Any]


class Rulebook:
    """Rules, sorted by code, and the vocabularies that they use."""

    def __init__(self, compiled: Compiled):
        self.rules = [Rule.from_json(data) for data in compiled["rules"]]
        self.vocabularies: dict[str, Any] = compiled["vocabularies"]


def load_rulebook(user_rules: Sequence[Path] = (), *, use_cache: bool = True) -> Rulebook:
    """Load the built-in rules, and beside them those in the files and folders *user_rules*.

    Raises FileNotFoundError for a path that is not there, DocumentError for mistakes in the files.
    """
    compiled, sources = _built_in(use_cache)
    if user_rules:
        own_paths = {path.resolve() for path in sources}
        files = [file for file in _files(user_rules) if file.resolve() not in own_paths]
        own = _cached([*sources, *files], lambda: _compile(files, compiled), use_cache)
        rules = sorted([*compiled["rules"], *own["rules"]], key=lambda rule: str(rule["code"]))
        compiled = {
            "rules": rules,
            "vocabularies": {**compiled["vocabularies"], **own["vocabularies"]},
        }
    return Rulebook(compiled)


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
    folder = _cache_folder() if use_cache else None
    if folder is None:
        return compute()
    cache = folder / f"{_digest(files)}.json"
    try:
        compiled = json.loads(cache.read_bytes())
    except (OSError, ValueError):
        compiled = None
    if isinstance(compiled, dict) and compiled.keys() == {"rules", "vocabularies"}:
        return compiled
    computed = compute()
    _write(cache, computed)
    return computed


def _digest(files: Iterable[Path]) -> str:
    """What changes when one of *files* does."""
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for file in files:
        digest.update(f"{file}\0".encode("utf-8", "surrogateescape"))
        digest.update(file.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def _cache_folder() -> Path | None:
    """A folder for each version of medlint, or None for a user without a home.

    XDG Base Directory Specification, sections 2 and 3: a path that is not absolute is ignored.
    """
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    try:
        root = Path(base) if os.path.isabs(base) else Path.home() / ".cache"
    except RuntimeError:
        return None
    return root / "medlint" / __version__


def _write(cache: Path, compiled: Compiled) -> None:
    """Keep *compiled*; that it cannot be kept is no reason to stop."""
    new = cache.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.write_text(json.dumps(compiled), encoding="utf-8")
            new.replace(cache)
        finally:
            new.unlink(missing_ok=True)
