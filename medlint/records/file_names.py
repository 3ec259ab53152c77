"""What the names of files tell, in folders and in archives."""

from __future__ import annotations

import os
import re

_COMPRESSED = (".gz", ".bz2", ".xz", ".zst")
_ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tzst"})
_LEFT_OUT = frozenset({"node_modules", "__pycache__", "CVS", "__MACOSX"})


def plain_suffix(name: str) -> str:
    """Return the suffix of a name in lower case, below that of a compression.

    >>> plain_suffix("data/Export.NBIB"), plain_suffix("a.xml.gz"), plain_suffix("a.gz")
    ('.nbib', '.xml', '')
    """
    root, suffix = os.path.splitext(name.lower())
    return os.path.splitext(root)[1] if suffix in _COMPRESSED else suffix


def is_archive_name(name: str) -> bool:
    """Whether *name* is that of a zip or tar archive, compressed or not.

    >>> is_archive_name("2026.tar.gz"), is_archive_name("2026.nbib.gz")
    (True, False)
    """
    return plain_suffix(name) in _ARCHIVES


def is_left_out(name: str) -> bool:
    """Whether the file or folder *name* is passed over unless it is named: what is hidden, and
    what other programs keep for themselves.

    >>> is_left_out(".git"), is_left_out("records")
    (True, False)
    """
    return name.startswith(".") or name in _LEFT_OUT


def is_left_out_of_archive(path: str) -> bool:
    """Whether one of the folders of *path*, or the file, is left out.

    >>> is_left_out_of_archive("__MACOSX/._a.nbib"), is_left_out_of_archive("../a.nbib")
    (True, False)
    """
    return any(part not in (".", "..") and is_left_out(part) for part in re.split(r"[/\\]", path))
