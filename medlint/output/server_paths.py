"""How a server that shows a repository wants to be told of a file."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from functools import lru_cache
from urllib.parse import quote

#: What no UTF-8 stands behind: lone surrogates, but for those that stand for a byte (PEP 383).
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")

#: What stands in a URI as it is (RFC 3986, section 2).
_OF_URIS = ":/?#[]@!$&'(*)+,;=%~"


def repository_path(path: str) -> str:
    """Return *path* from the root of the repository, with ``/`` between folders.

    GitHub Actions (``GITHUB_WORKSPACE``) and GitLab CI (``CI_PROJECT_DIR``) say where that is;
    elsewhere it is the current folder. A link is followed, for servers show no file behind one. A
    path that leads elsewhere, a URL, and ``-`` for standard input stay as they are.
    """
    here = os.getcwd()
    root = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR") or here
    if path == "-" or "://" in path:
        return path
    file, member = file_and_member(path)
    return _within(file, root, here) + member


@lru_cache(maxsize=64)
def file_and_member(path: str) -> tuple[str, str]:
    """Return the file of *path*, and what names a member of an archive, from its ``!`` on."""
    at = path.find("!")
    while at >= 0:
        if os.path.isfile(path[:at]):
            return path[:at], path[at:]
        at = path.find("!", at + 1)
    return path, ""


@lru_cache(maxsize=64)
def _within(path: str, root: str, here: str) -> str:
    """*path*, seen from the folder *here*, as it is seen from *root*."""
    with suppress(ValueError):  # a name that no file can have
        real, real_root = os.path.realpath(os.path.join(here, path)), os.path.realpath(root)
        if real.startswith(os.path.join(real_root, "")):
            path = os.path.relpath(real, real_root)
    return os.path.normpath(path).replace(os.sep, "/")


def uri_reference(path: str) -> str:
    """Return *path* as a URI reference (RFC 3986, section 4.1): relative to the root of the
    repository, or a ``file`` URI (RFC 8089) where it lies elsewhere. A byte of a name that is no
    UTF-8 stays that byte.

    >>> uri_reference("exports/山 1.nbib")
    'exports/%E5%B1%B1%201.nbib'
    >>> uri_reference("s3://bucket/a b.nbib")
    's3://bucket/a%20b.nbib'
    """
    file, member = file_and_member(path)
    path = repository_path(file)
    if member:
        # To a reader of URIs ".." is the folder above, and here it is part of a name.
        safe = "" if ".." in member.split("/") else "/"
        return uri_reference(file) + quote(_bytes_of(member), safe=safe)
    name = _bytes_of(path)
    if "://" in path:
        return quote(name, safe=_OF_URIS)
    if not os.path.isabs(path):
        return quote(name)
    return "file://" + quote(name if name.startswith(b"/") else b"/" + name, safe="/:")


def _bytes_of(name: str) -> bytes:
    return _NO_BYTE.sub("\ufffd", name).encode("utf-8", "surrogateescape")
