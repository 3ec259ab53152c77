"""What a file that is not MEDLINE text looks like, and what its owner can do.

People save the wrong export format, an error page, or a document under the name of a MEDLINE
file. One clear sentence helps more than a finding for every line.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from medlint.records.tags import FOREIGN_TAGS, TAGS
from medlint.records.xml_head import foreign_namespace

#: As many bytes from the start of a file as `kind_of` wants to see.
HEAD = 65536


class Kind(NamedTuple):
    """A kind of file that is not MEDLINE text."""

    what: str
    advice: str


_EXPORT = "save the records again in the format PubMed (.nbib)"
_UNPACK = "unpack it first"
_AS_TEXT = "save it as plain text"

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind("a PDF document", _EXPORT)),
    (b"PK\x03\x04", Kind("a zip archive or an office document", f"{_UNPACK}, or {_AS_TEXT}")),
    (b"\x1f\x8b\x08", Kind("a gzip file", _UNPACK)),
    (b"BZh", Kind("a bzip2 file", _UNPACK)),
    (b"\xfd7zXZ", Kind("an xz file", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Kind("a zstd file", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Kind("a 7-zip archive", _UNPACK)),
    (b"\xd0\xcf\x11\xe0", Kind("an old Office document", _AS_TEXT)),
    (b"SQLite format 3\x00", Kind("an SQLite database", _EXPORT)),
    (b"\x89PNG", Kind("a PNG image", _EXPORT)),
    (b"\xff\xd8\xff", Kind("a JPEG image", _EXPORT)),
)

_LFS = Kind("a Git LFS pointer", "run 'git lfs pull' to fetch the file itself")

_SIGNS: tuple[tuple[re.Pattern[bytes], Kind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rb"version https://git-lfs\.github\.com/spec/", _LFS),
        (rb"\{\\rtf", Kind("an RTF document", _AS_TEXT)),
        (rb"(?i)<!doctype html|<html|<head|<body", Kind("an HTML page", _EXPORT)),
        (
            rb"(?s)(?=<).{0,2000}?<xml>\s*<records>",
            Kind("EndNote XML", _EXPORT),
        ),
        (rb"(?s)(?=<).{0,2000}?<html", Kind("an HTML page", _EXPORT)),
        (
            rb"(?s)(?=<).{0,2000}?<(eSearchResult|eSummaryResult|eFetchResult|ERROR)\b",
            Kind("an answer of NCBI's E-utilities", "fetch with rettype=medline and retmode=text"),
        ),
        (rb"<\?xml|<[A-Za-z][\w:.-]*[\s/>]", Kind("XML other than PubMed's", _EXPORT)),
        (
            rb"<!",
            Kind(
                f"XML in whose first {HEAD >> 10} KiB PubMed is not named", "shorten what is above"
            ),
        ),
        (rb"[\[{]\s*[\"\[{\]}]", Kind("JSON", _EXPORT)),
        (rb"(?i)(%[^\n]*\n\s*)*@[a-z]+\s*\{", Kind("BibTeX", _EXPORT)),
        (rb"TY  ?- ", Kind("RIS", _EXPORT)),
        (rb"%0 |%A |%T ", Kind("EndNote's tagged format", _EXPORT)),
        (rb"FN [^\n]*\nVR ", Kind("an export of Web of Science", _EXPORT)),
        (rb"\"?PMID\"?[,;\t]", Kind("a table (CSV)", _EXPORT)),
        (rb"(\d{1,8}\s+)+\Z", Kind("a list of PMIDs", "fetch their records from PubMed")),
        (
            rb"(?s)1[.:] (?=.*\bPMID: \d)",
            Kind("PubMed's summary or abstract format", _EXPORT),
        ),
    )
)
#: Bytes that text does not hold, for which one in fifty is enough.
_CONTROLS = bytes([*range(8), *range(14, 27), *range(28, 32)])
_QUOTED = Kind("the text of a quoted mail", "take away the '>' before each line")
_BINARY = Kind("binary data", _EXPORT)
_TEXT = Kind("text without MEDLINE fields", _EXPORT)

_PMID_LINE = re.compile(
    rb"^[^A-Za-z\n]{0,12}PMID ?- ?\d|\A\s*PMID ?: ?\d|\bPMID- ?\d+\s*(?:OWN|STAT) ?-",
    re.MULTILINE | re.IGNORECASE,
)
_TAG_LINE = re.compile(rb"^([A-Z]{4}|[A-Z]{3} |[A-Z][A-Z0-9]  ?)- ", re.MULTILINE)
_KNOWN = frozenset(tag.encode() for tag in {*TAGS, *FOREIGN_TAGS})


def kind_of(head: bytes) -> Kind | None:
    """Return what a file looks like that is not MEDLINE text; None if it may be MEDLINE.

    *head* is the start of the file in UTF-8 or in no encoding at all: `HEAD` bytes are enough.
    A file with a PMID line is MEDLINE whatever stands above that line, unless all lines are quoted.

    >>> kind_of(b"TY  - JOUR").what
    'RIS'
    >>> kind_of(b"PMID- 1") is None
    True
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if _is_quoted(head):
        return _QUOTED
    if _PMID_LINE.search(head):
        return None
    if len(head) - len(head.translate(None, _CONTROLS)) > len(head) // 50:
        return _BINARY
    if namespace := foreign_namespace(head):
        what = f"XML with its records in the namespace '{namespace[:100]}'"
        return Kind(what, "take the xmlns away: PubMed's elements are in none")
    start = head[:8192].lstrip().removeprefix(codecs.BOM_UTF8)
    for sign, kind in _SIGNS:
        if sign.match(start):
            return kind
    return None if _is_tagged(head) else _TEXT


def _is_quoted(head: bytes) -> bool:
    """Whether each of several lines begins as mail programs begin those that they quote."""
    if not head.lstrip().startswith(b">"):
        return False
    lines = [line for line in head.split(b"\n") if line.strip()]
    return len(lines) > 2 and all(line.startswith(b">") for line in lines)


def _is_tagged(head: bytes) -> bool:
    """Whether the first line is a tag line, or three others are, of tags that are known."""
    first = _TAG_LINE.match(head.lstrip())
    if first and first[1].strip() in _KNOWN:
        return True
    known = 0
    for match in _TAG_LINE.finditer(head):
        known += match[1].strip() in _KNOWN
        if known == 3:
            return True
    return False
