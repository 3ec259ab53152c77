"""What took long to work out, kept in the user's cache folder for the next run."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from medlint.store import Store, key_of
from medlint.version import __version__

#: The most that medlint keeps for a user.
MOST_BYTES = 256 << 20


def kept(parts: Iterable[bytes], compute: Callable[[], Any]) -> Any:
    """What *compute* returns (anything that JSON can hold), kept from the last time that *parts*
    and the version of medlint, on which alone it depends, were the same. That it cannot be kept is
    no reason to stop."""
    store = user_store()
    if store is None:
        return compute()
    key = key_of([__version__.encode(), *parts])
    found = store.get(key)
    if found is not None:
        return json.loads(found)
    computed = compute()
    store.put(key, json.dumps(computed).encode())
    return computed


def user_store() -> Store | None:
    """The store in the user's cache folder, or None for a user without a home.

    XDG Base Directory Specification, sections 2 and 3: a path that is not absolute is ignored.
    """
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    try:
        root = Path(base) if os.path.isabs(base) else Path.home() / ".cache"
    except RuntimeError:
        return None
    return Store(root / "medlint" / "kept", MOST_BYTES)
