"""Which files hold records, in folders, archives and at URLs: by their names, and by how the text
in them begins."""

from __future__ import annotations

import re
from typing import BinaryIO

from medlint.records.packed import HEAD, Compression, decompressed, form_of
from medlint.records.stream import FileStream, Stream
from medlint.records.tags import TAGS
from medlint.records.xml_head import xml_head

#: What files of records are called.
SUFFIXES = (".nbib", ".medline")

#: What is looked for in folders and archives, for people.
LOOKED_FOR = (
    f"{', '.join(SUFFIXES)} files, for .txt files with MEDLINE text and for .xml files of PubMed, "
    "compressed or not"
)
#: What is said of a folder without records.
NO_RECORDS_HERE = f"no records here; looked for {LOOKED_FOR}, in this folder and those in it"
#: How many bytes show what a text holds.
TEXT_HEAD = 8192


_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_TAG_LINE = re.compile(
    rb"(?:\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?|[\r\n])([A-Z]{4}|[A-Z]{3} |[A-Z]{2}  )- "
)
_COLLAPSED = re.compile(rb"\bPMID- ?\d+ *(?:OWN|STAT) *-")


def may_hold_records(suffix: str) -> bool:
    """Whether files with *suffix* (`plain_suffix`) are looked into in folders and archives."""
    return suffix in SUFFIXES or suffix in (".txt", ".xml")


def holds_records(suffix: str, head: bytes) -> bool:
    """Whether a file with *suffix*, which may hold records, is taken from a folder or an archive;
    *head* is how its text begins."""
    if suffix in SUFFIXES:
        return True
    return xml_head(head) is not None or (suffix == ".txt" and _looks_like_medline(head))


def said_of_archives(archives: list[str], folder: str) -> str:
    """The notice that there are *archives* in *folder*, which are left to be named."""
    if len(archives) == 1:
        return f"{archives[0]} is an archive and was not opened; name it to check it"
    count = f"{len(archives)} archives in {folder}, such as {archives[0]},"
    return f"{count} were not opened; name them to check them"


def text_head(file: BinaryIO, name: str) -> bytes:
    """How the text in *file* begins, which is called *name* and may be compressed.

    Raises OSError."""
    stream: Stream = FileStream(file)
    form = form_of(stream.peek(HEAD))
    if isinstance(form, Compression):
        stream = Stream(decompressed(stream, form, name))
    return stream.peek(TEXT_HEAD)


def _looks_like_medline(head: bytes) -> bool:
    """Whether a text begins as MEDLINE does, whole or with its line breaks lost."""
    if head.startswith(_UTF_16):
        head = head.replace(b"\0", b"")
    tags = {match[1].decode().rstrip() for match in _TAG_LINE.finditer(head)}
    if "TY" in tags:
        return False  # RIS
    return not tags.isdisjoint(TAGS) or _COLLAPSED.search(head) is not None
