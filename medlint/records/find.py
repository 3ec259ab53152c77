"""Paths -> sources: files, folders and standard input."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from medlint.records.file_names import is_archive_name, is_left_out, plain_suffix
from medlint.records.holding import (
    NO_RECORDS_HERE,
    holds_records,
    may_hold_records,
    said_of_archives,
    text_head,
)
from medlint.records.sources import Source
from medlint.records.stream import UnpackError

_MOST_NAMES_COMPARED = 10_000


class Found(NamedTuple):
    """What paths mean."""

    sources: list[Source]
    #: What cannot be used, a line each.
    problems: list[str]
    #: What was passed over and may be wanted, a line each.
    notices: list[str]


#: What tells one source from another (device and inode, a URL, or "-") -> the source.
_Sources = dict[tuple[int, int] | str, Source]


def find(
    paths: Sequence[str],
    stdin_name: str = "-",
    is_excluded: Callable[[Path], bool] = lambda path: False,
) -> Found:
    """Return the sources that *paths* mean.

    A path is a file, a folder, a URL (`medlint.records.find_url`) or ``-`` for standard input,
    which is then known as *stdin_name*; none at all mean the current folder. A file that is named
    is taken whatever its suffix. From a folder and the folders in it come files that end in
    `SUFFIXES`, those ``.txt`` files that look like MEDLINE and those ``.xml`` files that are
    PubMed's, compressed or not, ordered by name; what is hidden is left out, and links to folders
    are not followed. Archives in folders are left to be named, and noticed. A file that is met
    twice is read once, and is named if it is so once.

    Files and folders that *is_excluded* tells are left out, named ones too. No source and no line
    mean that all there is was left out.
    """
    sources: _Sources = {}
    problems: list[str] = []
    notices: list[str] = []
    for given in paths or ["."]:
        if given == "-":
            sources.setdefault("-", Source(stdin_name, None))
        elif os.path.lexists(given) and is_excluded(Path(given)):
            continue
        elif "://" in given and not os.path.lexists(given):
            _find_at(given, sources, problems, notices, is_excluded)
        elif os.path.isdir(given):
            problems += _find_in_folder(given, sources, notices, is_excluded)
        elif problem := _take(given, sources):
            problems.append(problem)
    return Found(list(sources.values()), problems, notices)


def _find_at(
    url: str,
    sources: _Sources,
    problems: list[str],
    notices: list[str],
    is_excluded: Callable[[Path], bool],
) -> None:
    """Add what *url* means."""
    from medlint.records.find_url import find_url

    found = find_url(url, is_excluded)
    for source in found.sources:
        if source.url is not None:
            _add(source, source.url, sources)
        elif problem := _take(str(source.path), sources, source):
            problems.append(problem)
    problems += found.problems
    notices += found.notices


def _find_in_folder(
    folder: str, sources: _Sources, notices: list[str], is_excluded: Callable[[Path], bool]
) -> list[str]:
    """Add the sources of *folder*; return what was wrong."""
    problems: list[str] = []

    def complain(error: OSError) -> None:
        if isinstance(error, UnpackError):
            problems.append(str(error))
        else:
            problems.append(_unreadable(str(Path(error.filename)), error))

    is_empty = True
    archives: list[str] = []
    for path in _files_in(folder, is_excluded, complain):
        if is_archive_name(path.name):
            archives.append(str(path))
        elif _is_of_records(path, complain):
            is_empty = False
            if problem := _take(str(path), sources, Source(str(path), path, is_named=False)):
                problems.append(problem)
    if archives:
        notices.append(said_of_archives(archives, folder))
    if is_empty and not problems:
        everything = _files_in(folder, lambda path: False, lambda error: None)
        if not any(_is_of_records(path, lambda error: None) for path in everything):
            problems.append(f"{folder}: {NO_RECORDS_HERE}")
    return problems


def _files_in(
    folder: str, is_excluded: Callable[[Path], bool], complain: Callable[[OSError], None]
) -> Iterator[Path]:
    """The files in *folder*, and in the folders in it, ordered by name, less what is left out.
    Links that lead nowhere are among them: their records are missing, not gone."""
    for parent, folders, names in os.walk(folder, onerror=complain):
        folders[:] = sorted(
            name
            for name in folders
            if not is_left_out(name) and not is_excluded(Path(parent, name))
        )
        for name in sorted(names):
            path = Path(parent, name)
            if is_left_out(name) or not (path.is_file() or _leads_nowhere(path)):
                continue
            if not is_excluded(path):
                yield path


def _is_of_records(path: Path, complain: Callable[[OSError], None]) -> bool:
    """Whether a file in a folder is taken. It is opened only if its name does not tell."""
    suffix = plain_suffix(path.name)
    if not may_hold_records(suffix):
        return False
    try:
        if holds_records(suffix, b""):
            return True
        with path.open("rb") as file:
            return holds_records(suffix, text_head(file, str(path)))
    except OSError as error:
        complain(error)
        return False


def _take(name: str, sources: _Sources, source: Source | None = None) -> str | None:
    """Add the file called *name*, which the user named if no *source* is given, or return what is
    wrong with it."""
    try:
        status = os.stat(name)
    except FileNotFoundError as error:
        if os.path.islink(name):
            return _unreadable(name, error)
        return f"{name or repr(name)}: no such file or folder{_hint(Path(name))}"
    except (OSError, ValueError) as error:
        return _unreadable(name, error)
    if stat.S_ISSOCK(status.st_mode) or stat.S_ISBLK(status.st_mode):
        return f"{name}: is a socket or a disk; a file, a folder or - is needed"
    if not os.access(name, os.R_OK):
        return f"{name}: cannot be read: permission denied"
    _add(source or Source(name, Path(name)), (status.st_dev, status.st_ino), sources)
    return None


def _add(source: Source, key: tuple[int, int] | str, sources: _Sources) -> None:
    """Add *source* under what tells it from others, unless it is there."""
    known = sources.get(key, source)
    sources[key] = known._replace(is_named=known.is_named or source.is_named)


def _leads_nowhere(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def _unreadable(name: str, error: OSError | ValueError) -> str:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    if isinstance(error, FileNotFoundError) and os.path.islink(name):
        reason = f"it is a link to {os.readlink(name)}, which is not there"
    return f"{name}: cannot be read: {reason}"


def _hint(path: Path) -> str:
    """The name most like the first missing part of *path*, whatever its suffix, as the end of
    a message."""
    from difflib import get_close_matches

    while not path.parent.exists():
        path = path.parent
    try:
        known = {Path(name).stem.lower(): name for name in sorted(os.listdir(path.parent))}
    except OSError:
        return ""
    if len(known) > _MOST_NAMES_COMPARED:
        return ""
    near = get_close_matches(path.stem.lower(), known, n=1, cutoff=0.7)
    return f"; did you mean '{path.parent / known[near[0]]}'?" if near else ""
