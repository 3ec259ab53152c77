"""What took long to work out, kept in the user's cache folder for the next run."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from medlint.version import __version__


def kept(parts: Iterable[bytes], compute: Callable[[], Any]) -> Any:
    """What *compute* returns (anything that JSON can hold), kept from the last time that *parts*,
    on which alone it depends, were the same. That it cannot be kept is no reason to stop."""
    folder = _folder()
    if folder is None:
        return compute()
    cache = folder / f"{_digest(parts)}.json"
    try:
        found = json.loads(cache.read_bytes())
    except (OSError, ValueError):
        found = None
    if isinstance(found, dict) and found.keys() == {"kept"}:
        return found["kept"]
    computed = compute()
    _write(cache, json.dumps({"kept": computed}))
    return computed


def _digest(parts: Iterable[bytes]) -> str:
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _folder() -> Path | None:
    """A folder for each version of medlint, or None for a user without a home.

    XDG Base Directory Specification, sections 2 and 3: a path that is not absolute is ignored.
    """
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    try:
        root = Path(base) if os.path.isabs(base) else Path.home() / ".cache"
    except RuntimeError:
        return None
    return root / "medlint" / __version__


def _write(cache: Path, text: str) -> None:
    new = cache.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        try:
            new.write_text(text, encoding="utf-8")
            new.replace(cache)
        finally:
            new.unlink(missing_ok=True)
