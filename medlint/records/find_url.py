"""URLs -> sources: a file, a folder (what begins so, at a store that knows none), or a pattern."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from medlint.records.file_names import is_archive_name, is_left_out, plain_suffix
from medlint.records.find import Found
from medlint.records.holding import (
    NO_RECORDS_HERE,
    holds_records,
    may_hold_records,
    said_of_archives,
    text_head,
)
from medlint.records.sources import Source
from medlint.records.stream import UnpackError
from medlint.urls import Remote, remote, shown, telling

_MAGIC = frozenset("*?[")
#: As much of a file, which may be compressed, shows how its text begins.
_HEAD = 1 << 16


def find_url(url: str, is_excluded: Callable[[Path], bool] = lambda path: False) -> Found:
    """Return the sources that *url* means.

    A file is taken whatever its suffix, and so are those that fit a pattern (``*``, ``?``, ``[]``,
    and ``**`` for any folders). From a folder comes what would come from one of this machine. A
    web server is asked for one file, by a URL that is taken as it stands. Sources are called by
    their URLs, without passwords.
    """
    found = Found([], [], [])
    try:
        place = remote(url)
        if place.is_web:
            _take(url, place, is_excluded, found)
        else:
            _look(place, is_excluded, found)
    except OSError as error:
        found.problems.append(f"{shown(url)}: cannot be read: {error.strerror}")
    return found


def _look(place: Remote, is_excluded: Callable[[Path], bool], found: Found) -> None:
    """Ask what stands at *place*."""
    try:
        with telling():
            status = place.files.info(place.path)
    except FileNotFoundError:
        if _MAGIC.isdisjoint(place.path):
            raise
        _look_for_pattern(place, is_excluded, found)
        return
    if status["type"] == "directory":
        _look_in_folder(place, is_excluded, found)
    else:
        _take(place.url, place, is_excluded, found)


def _look_for_pattern(place: Remote, is_excluded: Callable[[Path], bool], found: Found) -> None:
    with telling():
        met: dict[str, Any] = place.files.glob(place.path, detail=True)
    root = place.path[: min(place.path.index(sign) for sign in _MAGIC if sign in place.path)]
    above = place._replace(path=root, url=place.url[: len(place.url) - len(place.path) + len(root)])
    for path, status in sorted(met.items()):
        part = above._replace(path=path, url=above.url_of(path))
        if status["type"] == "directory":
            _look_in_folder(part, is_excluded, found)
        else:
            _take(part.url, part, is_excluded, found)
    if not met:
        found.problems.append(f"{shown(place.url)}: no file fits this pattern")


def _look_in_folder(place: Remote, is_excluded: Callable[[Path], bool], found: Found) -> None:
    root = place.path.rstrip("/")
    with telling():
        met = place.files.find(place.path)
    is_empty = True
    archives = []
    for path in sorted(met, key=lambda path: _order(path[len(root) :])):
        inside = path[len(root) :].strip("/")
        if not inside or any(map(is_left_out, inside.split("/"))):
            continue
        part = place._replace(path=path, url=place.url_of(path))
        if is_archive_name(path):
            archives.append(shown(part.url))
            continue
        try:
            if not _holds_records(part):
                continue
            is_empty = False
            _take(part.url, part, is_excluded, found, is_named=False)
        except OSError as error:
            is_empty = False
            is_told = isinstance(error, UnpackError)
            where = "" if is_told else f"{shown(part.url)}: cannot be read: "
            found.problems.append(f"{where}{error.strerror or error}")
    if archives:
        found.notices.append(said_of_archives(archives, shown(place.url)))
    if is_empty:
        found.problems.append(f"{shown(place.url)}: {NO_RECORDS_HERE}")


def _take(
    url: str,
    place: Remote,
    is_excluded: Callable[[Path], bool],
    found: Found,
    *,
    is_named: bool = True,
) -> None:
    name = shown(url)
    if not is_excluded(Path(name)):
        path = Path(place.path) if place.is_local else None
        found.sources.append(Source(name, path, None if path else url, is_named))


def _holds_records(place: Remote) -> bool:
    suffix = plain_suffix(place.path)
    if not may_hold_records(suffix) or holds_records(suffix, b""):
        return may_hold_records(suffix)
    with telling():
        head = place.files.cat_file(place.path, start=0, end=_HEAD)
    return holds_records(suffix, text_head(BytesIO(head), shown(place.url)))


def _order(path: str) -> list[tuple[bool, str]]:
    """Sorts as a walk through folders does: the files of a folder before the folders in it."""
    *folders, name = path.strip("/").split("/")
    return [*((True, folder) for folder in folders), (False, name)]
