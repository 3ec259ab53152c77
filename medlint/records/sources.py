"""Files, folders and standard input -> chunks of bytes, cut between records."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from medlint.records.batch import Chunk
from medlint.records.tags import TAGS
from medlint.records.xml_cuts import column_after, place_to_cut_xml
from medlint.records.xml_head import xml_head

#: What files of records are called.
SUFFIXES = (".nbib", ".medline")

#: Files in folders that are looked into.
_SUFFIXES_TO_ASK = (".txt", ".xml")
_LEFT_OUT = frozenset({"node_modules", "__pycache__", "CVS"})

_MOST_NAMES_COMPARED = 10_000

_BLOCK = 1 << 20
_BOUND = 32 << 20
_HEAD = 8192
#: How many bytes at the ends of a chunk are nearly never all white space.
_MARGIN = 64
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

_TAG_LINE = re.compile(
    rb"(?:\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?|[\r\n])([A-Z]{4}|[A-Z]{3} |[A-Z]{2}  )- "
)
_COLLAPSED = re.compile(rb"\bPMID- ?\d+ *(?:OWN|STAT) *-")

#: Where text may be cut, the best place first: (what to look for, how much of it stays with
#: the chunk before). An empty line goes with the record below it.
_CUTS = (
    (b"\n\nPMID- ", 1),
    (b"\r\n\r\nPMID- ", 2),
    (b"\r\rPMID- ", 1),
    (b"\n\n", 1),
    (b"\r\n\r\n", 2),
    (b"\nPMID- ", 1),
    (b"\rPMID- ", 1),
)
#: Where text may be cut that must be cut.
_LAST_CUTS = ((b"\n", 1), (b"\r", 1), (b" PMID- ", 1), (b" ", 1))


class Source(NamedTuple):
    """One thing to read."""

    #: What the user knows it as.
    name: str
    #: None means standard input.
    path: Path | None


#: What tells one source from another (device and inode, or "-") -> the source.
_Found = dict[tuple[int, int] | str, Source]


def find(paths: Sequence[str], stdin_name: str = "-") -> tuple[list[Source], list[str]]:
    """Return the sources that *paths* mean, and one line for each path that cannot be used.

    A path is a file, a folder or ``-`` for standard input, which is then known as *stdin_name*;
    none at all mean the current folder. A file that is named is taken whatever its suffix. From
    a folder and the folders in it come files that end in `SUFFIXES`, those ``.txt`` files that
    look like MEDLINE and those ``.xml`` files that are PubMed's, ordered by name; what is hidden
    is left out, and links to folders are not followed. A file that is met twice is read once.
    """
    sources: _Found = {}
    problems: list[str] = []
    for given in paths or ["."]:
        if given == "-":
            sources.setdefault("-", Source(stdin_name, None))
        elif os.path.isdir(given):
            problems += _find_in_folder(given, sources)
        elif problem := _take(given, sources):
            problems.append(problem)
    return list(sources.values()), problems


def open_source(source: Source) -> BinaryIO:
    """Open *source* for reading bytes.

    Raises OSError when the file cannot be opened.
    """
    return sys.stdin.buffer if source.path is None else source.path.open("rb")


def chunks(stream: BinaryIO, block: int = _BLOCK, bound: int = _BOUND) -> Iterator[Chunk]:
    """Read *stream* to its end and yield it in chunks that begin and end between records.

    The stream is read *block* bytes at a time. Text that shows no place to cut is read on, up
    to about *bound* bytes, and then cut at a line end, a blank or anywhere, so that memory stays
    flat; PubMed XML is cut behind a record. UTF-16 is an exception: it is one chunk, since only
    its first bytes say what it is. An empty stream gives one empty chunk.
    """
    line, column, is_first = 1, 1, True
    data = stream.read(block)
    xml = xml_head(data)
    if data.startswith(_UTF_16) or (xml and xml.encoding.startswith("utf-16")):
        data += stream.read()
    while more := stream.read(block):
        must = len(data) >= bound
        cut = place_to_cut_xml(data) if xml else _place_to_cut(data, must=must)
        if xml and must:
            cut = cut or len(data)
        if cut:
            yield Chunk(data[:cut], line, is_first, False, xml, column)
            line += _count_lines(data, cut)
            column = column_after(data, cut, column) if xml else 1
            is_first = False
            data = data[cut:]
        data += more
    yield Chunk(data, line, is_first, True, xml, column)


def _place_to_cut(data: bytes, *, must: bool) -> int:
    """The offset at which *data* may be cut so that text stands on both sides; 0 for none."""
    head, tail = data[:_MARGIN], data[-_MARGIN:]
    if head.isspace() or tail.isspace():
        head = tail = data
    start = len(head) - len(head.lstrip())
    end = len(data) - len(tail) + len(tail.rstrip())
    for mark, kept in _CUTS:
        found = data.rfind(mark, start, end)
        if found >= 0:
            return found + kept
    if not must:
        return 0
    for mark, kept in _LAST_CUTS:
        found = data.rfind(mark, start, end)
        if found >= 0:
            return found + kept
    for cut in range(len(data) - 1, max(len(data) - 5, 0), -1):
        if data[cut] & 0xC0 != 0x80:
            return cut
    return len(data)


def _count_lines(data: bytes, end: int) -> int:
    """How many lines end before the offset *end*; CR ends lines only where there is no LF."""
    return data.count(b"\n", 0, end) or data.count(b"\r", 0, end)


def _find_in_folder(folder: str, sources: _Found) -> list[str]:
    """Add the sources of *folder*; return what was wrong."""
    problems: list[str] = []
    is_empty = True

    def complain(error: OSError) -> None:
        problems.append(f"{Path(error.filename)}: cannot be read: {_reason(error)}")

    for parent, folders, names in os.walk(folder, onerror=complain):
        folders[:] = sorted(name for name in folders if not _is_left_out(name))
        for name in sorted(names):
            suffix = os.path.splitext(name)[1].lower()
            path = Path(parent, name)
            if _is_left_out(name) or suffix not in (*SUFFIXES, *_SUFFIXES_TO_ASK):
                continue
            if not path.is_file():
                continue
            try:
                if suffix in _SUFFIXES_TO_ASK and not _holds_records(_head(path)):
                    continue
            except OSError as error:
                complain(error)
                continue
            is_empty = False
            if problem := _take(str(path), sources):
                problems.append(problem)
    if is_empty and not problems:
        problems.append(
            f"{folder}: no records here; looked for {', '.join(SUFFIXES)} files, for .txt files "
            "with MEDLINE text and for .xml files of PubMed, in this folder and those in it"
        )
    return problems


def _is_left_out(name: str) -> bool:
    return name.startswith(".") or name in _LEFT_OUT


def _take(name: str, sources: _Found) -> str | None:
    """Add the file called *name*, or return what is wrong with it."""
    try:
        status = os.stat(name)
    except FileNotFoundError:
        return f"{name or repr(name)}: no such file or folder{_hint(Path(name))}"
    except (OSError, ValueError) as error:
        return f"{name}: cannot be read: {_reason(error)}"
    if stat.S_ISSOCK(status.st_mode) or stat.S_ISBLK(status.st_mode):
        return f"{name}: is a socket or a disk; a file, a folder or - is needed"
    if not os.access(name, os.R_OK):
        return f"{name}: cannot be read: permission denied"
    sources.setdefault((status.st_dev, status.st_ino), Source(name, Path(name)))
    return None


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


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


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_HEAD)


def _holds_records(head: bytes) -> bool:
    """Whether a file begins as PubMed XML or as MEDLINE text does."""
    return xml_head(head) is not None or _looks_like_medline(head)


def _looks_like_medline(head: bytes) -> bool:
    """Whether a text begins as MEDLINE does, whole or with its line breaks lost."""
    if head.startswith(_UTF_16):
        head = head.replace(b"\0", b"")
    tags = {match[1].decode().rstrip() for match in _TAG_LINE.finditer(head)}
    if "TY" in tags:
        return False  # RIS
    return not tags.isdisjoint(TAGS) or _COLLAPSED.search(head) is not None
