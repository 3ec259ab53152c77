"""What the beginning of a file says: that it is PubMed XML, and in which encoding.

Sources: XML 1.0, sections 2.8, 4.3.3 and appendix F; the DTD pubmed_250101 for the names of the
elements, and its forerunners for MedlineCitationSet.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

#: As many bytes from the start of a file as `xml_head` looks at.
HEAD = 65536

#: The elements that hold a record.
RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")

_UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")
_PUBMED = re.compile(
    r"<(?:(?:PubmedArticle|PubmedBookArticle|MedlineCitation)(?:Set)?|DeleteCitation)[\s/>]"
)
_HTML = re.compile(r"\s*<(?:!doctype\s+)?html\b", re.IGNORECASE)
_FIRST_ELEMENT = re.compile(r"<([A-Za-z_][\w.-]*)")


class XmlHead(NamedTuple):
    """What the head of a file of PubMed XML tells."""

    #: The encoding that the XML declaration names; None where it names none.
    declared: str | None
    #: The encoding to read by, a name that Python knows.
    encoding: str
    #: The element around the records; None where they stand by themselves.
    root: str | None


def xml_head(data: bytes) -> XmlHead | None:
    """Return what the first bytes of a file tell if it is PubMed XML; else None.

    *data* is the start of the file: `HEAD` bytes are enough.

    >>> xml_head(b'<?xml version="1.0"?><PubmedArticleSet><PubmedArticle>')
    XmlHead(declared=None, encoding='utf-8', root='PubmedArticleSet')
    >>> xml_head(b"PMID- 1") is None
    True
    """
    data = data[:HEAD]
    codec = _codec_of_bytes(data)
    text = data.decode(codec or "utf-8", "replace").removeprefix("\ufeff")
    if not text.lstrip().startswith("<") or _HTML.match(text) or not _PUBMED.search(text):
        return None
    declaration = _DECLARATION.match(text)
    declared = declaration[1] if declaration else None
    first = _FIRST_ELEMENT.search(text)
    root = first[1] if first and first[1] not in (*RECORDS, "DeleteCitation") else None
    return XmlHead(declared, codec or _declared_codec(declared), root)


def _codec_of_bytes(data: bytes) -> str | None:
    """The encoding that the bytes themselves show, whatever is declared."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    for mark, codec in _UTF_16:
        if data.startswith(mark):
            return codec
    if data[:4] in (b"<\0?\0", b"<\0P\0", b"<\0!\0"):
        return "utf-16-le"
    return "utf-16-be" if data[:4] in (b"\0<\0?", b"\0<\0P", b"\0<\0!") else None


def _declared_codec(declared: str | None) -> str:
    """The encoding to read by; one that does not exist, or cannot be meant, is UTF-8."""
    try:
        name = codecs.lookup(declared or "utf-8").name
        b"<".decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return "utf-8"
    return "utf-8" if name in ("ascii", "utf-8") or not _holds_ascii(name) else name


def _holds_ascii(codec: str) -> bool:
    """Whether ASCII is written as itself."""
    try:
        return b"<PubmedArticle>".decode(codec) == "<PubmedArticle>"
    except (UnicodeDecodeError, LookupError):
        return False
