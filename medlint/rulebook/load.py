"""The rulebook: the built-in rules and the user's, compiled once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from medlint.version import __version__
from medlint.data import COMPILED_RULES, RULES
from medlint.rulebook.compile import Compiled, compile_rules, rule_files
from medlint.rulebook.rule import Rule


class Rulebook:
    """Rules, sorted by code, and the vocabularies that they use."""

    def __init__(self, compiled: Compiled):
        self.rules = [Rule.from_json(data) for data in compiled["rules"]]
        self.vocabularies: dict[str, Any] = compiled["vocabularies"]


def load_rulebook(user_rules: Sequence[Path] = (), *, use_cache: bool = True) -> Rulebook:
    """Load the built-in rules, and beside them those in the files and folders *user_rules*.

    Raises FileNotFoundError for a path that is not there, DocumentError for mistakes in the files.
    """
    compiled = _built_in(use_cache)
    if user_rules:
        files = rule_files(user_rules)
        own = _cached(files, lambda: compile_rules(files, compiled), use_cache)
        rules = sorted([*compiled["rules"], *own["rules"]], key=lambda rule: str(rule["code"]))
        compiled = {
            "rules": rules,
            "vocabularies": {**compiled["vocabularies"], **own["vocabularies"]},
        }
    return Rulebook(compiled)


def _built_in(use_cache: bool) -> Compiled:
    if COMPILED_RULES.is_file():
        compiled: Compiled = json.loads(COMPILED_RULES.read_bytes())
        return compiled
    files = rule_files([RULES])
    return _cached(files, lambda: compile_rules(files), use_cache)


def _cached(files: Iterable[Path], compute: Callable[[], Compiled], use_cache: bool) -> Compiled:
    """What *compute* returns, kept from the last time that the files were the same."""
    if not use_cache:
        return compute()
    cache = _cache_folder() / f"{_digest(files)}.json"
    try:
        compiled: Compiled = json.loads(cache.read_bytes())
    except (OSError, ValueError):
        compiled = compute()
        _write(cache, compiled)
    return compiled


def _digest(files: Iterable[Path]) -> str:
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for file in files:
        digest.update(f"{file}\0".encode("utf-8", "surrogateescape"))
        digest.update(file.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def _cache_folder() -> Path:
    """XDG Base Directory Specification, section 3; a folder for each version of medlint."""
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    root = Path(base) if base else Path.home() / ".cache"
    return root / "medlint" / __version__


def _write(cache: Path, compiled: Compiled) -> None:
    """Keep *compiled*; that it cannot be kept is no reason to stop."""
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        new = cache.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps(compiled), encoding="utf-8")
        new.replace(cache)
    except OSError:
        pass
