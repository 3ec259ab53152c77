"""Files, folders and standard input -> sources."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from medlint.records.file_names import is_archive_name, is_left_out, plain_suffix
from medlint.records.packed import HEAD, Compression, decompressed, form_of
from medlint.records.stream import FileStream, Stream, UnpackError
from medlint.records.tags import TAGS
from medlint.records.xml_head import xml_head

#: What files of records are called.
SUFFIXES = (".nbib", ".medline")

#: What is looked for in folders and archives, for people.
LOOKED_FOR = (
    f"{', '.join(SUFFIXES)} files, for .txt files with MEDLINE text and for .xml files of PubMed, "
    "compressed or not"
)
_MOST_NAMES_COMPARED = 10_000

#: How many bytes show what a text holds.
TEXT_HEAD = 8192
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

_TAG_LINE = re.compile(
    rb"(?:\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?|[\r\n])([A-Z]{4}|[A-Z]{3} |[A-Z]{2}  )- "
)
_COLLAPSED = re.compile(rb"\bPMID- ?\d+ *(?:OWN|STAT) *-")


class Source(NamedTuple):
    """One thing to read."""

    #: What the user knows it as.
    name: str
    #: None means standard input.
    path: Path | None
    #: Whether the user named it; if not, it was met in a folder.
    is_named: bool = True


class Found(NamedTuple):
    """What paths mean."""

    sources: list[Source]
    #: What cannot be used, a line each.
    problems: list[str]
    #: What was passed over and may be wanted, a line each.
    notices: list[str]


#: What tells one source from another (device and inode, or "-") -> the source.
_Sources = dict[tuple[int, int] | str, Source]


def find(
    paths: Sequence[str],
    stdin_name: str = "-",
    is_excluded: Callable[[Path], bool] = lambda path: False,
) -> Found:
    """Return the sources that *paths* mean.

    A path is a file, a folder or ``-`` for standard input, which is then known as *stdin_name*;
    none at all mean the current folder. A file that is named is taken whatever its suffix. From
    a folder and the folders in it come files that end in `SUFFIXES`, those ``.txt`` files that
    look like MEDLINE and those ``.xml`` files that are PubMed's, compressed or not, ordered by
    name; what is hidden is left out, and links to folders are not followed. Archives in folders
    are left to be named, and noticed. A file that is met twice is read once, and is named if it
    is so once.

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
        elif os.path.isdir(given):
            problems += _find_in_folder(given, sources, notices, is_excluded)
        elif problem := _take(given, sources, is_named=True):
            problems.append(problem)
    return Found(list(sources.values()), problems, notices)


def open_source(source: Source) -> BinaryIO:
    """Open *source* for reading bytes.

    Raises OSError when the file cannot be opened.
    """
    return sys.stdin.buffer if source.path is None else source.path.open("rb")


def may_hold_records(suffix: str) -> bool:
    """Whether files with *suffix* (`plain_suffix`) are looked into in folders and archives."""
    return suffix in SUFFIXES or suffix in (".txt", ".xml")


def holds_records(suffix: str, head: bytes) -> bool:
    """Whether a file with *suffix*, which may hold records, is taken from a folder or an archive;
    *head* is how its text begins."""
    if suffix in SUFFIXES:
        return True
    return xml_head(head) is not None or (suffix == ".txt" and _looks_like_medline(head))


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
            if problem := _take(str(path), sources, is_named=False):
                problems.append(problem)
    if archives:
        notices.append(_said_of(archives, folder))
    if is_empty and not problems:
        everything = _files_in(folder, lambda path: False, lambda error: None)
        if not any(_is_of_records(path, lambda error: None) for path in everything):
            problems.append(
                f"{folder}: no records here; looked for {LOOKED_FOR}, in this folder and those "
                "in it"
            )
    return problems


def _said_of(archives: list[str], folder: str) -> str:
    if len(archives) == 1:
        return f"{archives[0]} is an archive and was not opened; name it to check it"
    count = f"{len(archives)} archives in {folder}, such as {archives[0]},"
    return f"{count} were not opened; name them to check them"


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
        return holds_records(suffix, b"") or holds_records(suffix, _text_head(path))
    except OSError as error:
        complain(error)
        return False


def _take(name: str, sources: _Sources, *, is_named: bool) -> str | None:
    """Add the file called *name*, or return what is wrong with it."""
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
    file = status.st_dev, status.st_ino
    known = sources.get(file, Source(name, Path(name), is_named=False))
    sources[file] = known._replace(is_named=known.is_named or is_named)
    return None


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


def _text_head(path: Path) -> bytes:
    """How the text in a file begins, which may be compressed. Raises OSError."""
    with path.open("rb") as file:
        stream: Stream = FileStream(file)
        form = form_of(stream.peek(HEAD))
        if isinstance(form, Compression):
            stream = Stream(decompressed(stream, form, str(path)))
        return stream.peek(TEXT_HEAD)


def _looks_like_medline(head: bytes) -> bool:
    """Whether a text begins as MEDLINE does, whole or with its line breaks lost."""
    if head.startswith(_UTF_16):
        head = head.replace(b"\0", b"")
    tags = {match[1].decode().rstrip() for match in _TAG_LINE.finditer(head)}
    if "TY" in tags:
        return False  # RIS
    return not tags.isdisjoint(TAGS) or _COLLAPSED.search(head) is not None
