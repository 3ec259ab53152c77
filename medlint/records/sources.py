"""Files, folders and standard input -> sources; streams -> chunks, cut between records."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from medlint.records.batch import Chunk
from medlint.records.file_names import is_archive_name, is_left_out, plain_suffix
from medlint.records.packed import HEAD, Compression, decompressed, form_of
from medlint.records.stream import FileStream, Readable, Stream, UnpackError
from medlint.records.tags import TAGS
from medlint.records.xml_cuts import column_after, place_to_cut_xml
from medlint.records.xml_head import XmlHead, xml_head

#: What files of records are called.
SUFFIXES = (".nbib", ".medline")

#: What is looked for in folders and archives, for people.
LOOKED_FOR = (
    f"{', '.join(SUFFIXES)} files, for .txt files with MEDLINE text and for .xml files of PubMed, "
    "compressed or not"
)
_MOST_NAMES_COMPARED = 10_000

_BLOCK = 1 << 20
_BOUND = 16 << 20
#: How many bytes show what a text holds.
TEXT_HEAD = 8192
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

    @property
    def is_packed(self) -> bool:
        """Whether the file is compressed or an archive, by its content. Standard input and pipes
        are not looked into. Raises OSError when the file cannot be read."""
        return (
            self.path is not None and self.path.is_file() and form_of(_head(self.path)) is not None
        )


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
    are left to be named, and noticed. A file that is met twice is read once.

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
        elif problem := _take(given, sources):
            problems.append(problem)
    return Found(list(sources.values()), problems, notices)


def open_source(source: Source) -> BinaryIO:
    """Open *source* for reading bytes.

    Raises OSError when the file cannot be opened.
    """
    return sys.stdin.buffer if source.path is None else source.path.open("rb")


def chunks(stream: Readable, block: int = _BLOCK, bound: int = _BOUND) -> Iterator[Chunk]:
    """Read *stream* to its end and yield it in chunks that begin and end between records.

    The stream is read *block* bytes at a time. Text that shows no place to cut is read on, up
    to about *bound* bytes, and then cut at a line end, a blank or anywhere, so that memory stays
    flat; PubMed XML is cut behind a record, and may be twice as large before it must be. UTF-16
    is an exception: it is one chunk, since only its first bytes say what it is. An empty stream
    gives one empty chunk.

    Raises OSError where the stream cannot be read on, after the whole records before that.
    """
    line, column, is_first = 1, 1, True
    data = stream.read(block)
    xml = xml_head(data)
    if data.startswith(_UTF_16) or (xml and xml.encoding.startswith("utf-16")):
        data += stream.read()
    bound = 2 * bound if xml else bound
    while True:
        try:
            more = stream.read(block)
        except OSError as error:
            is_whole = isinstance(error, UnpackError) and error.is_whole
            end = len(data) if is_whole else _place_to_cut(data, xml, must=False)
            if end:
                yield Chunk(data[:end], line, is_first, is_whole, xml, column)
            raise
        if not more:
            break
        cut = _place_to_cut(data, xml, must=len(data) >= bound)
        if cut:
            yield Chunk(data[:cut], line, is_first, False, xml, column)
            line += _count_lines(data, cut)
            column = column_after(data, cut, column) if xml else 1
            is_first = False
            data = data[cut:]
        data += more
    yield Chunk(data, line, is_first, True, xml, column)


def _place_to_cut(data: bytes, xml: XmlHead | None, *, must: bool) -> int:
    """The offset at which *data* may be cut so that text stands on both sides; 0 for none."""
    if xml:
        return place_to_cut_xml(data) or (len(data) if must else 0)
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
            if problem := _take(str(path), sources):
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


def _take(name: str, sources: _Sources) -> str | None:
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
    sources.setdefault((status.st_dev, status.st_ino), Source(name, Path(name)))
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


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


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
