"""What the beginning of a file says: that it is PubMed XML, and in which encoding.

Sources: XML 1.0, sections 2.8, 4.3.3 and appendix F; the DTD pubmed_250101 for the names of the
elements, and its forerunners for MedlineCitationSet.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from medlint.records.xml_frame import Frame

#: As many bytes from the start of a file as `xml_head` looks at.
HEAD = 65536

_UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*?\bencoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")
_PUBMED = re.compile("(?:PubmedArticle|PubmedBookArticle|MedlineCitation)(?:Set)?|DeleteCitation")
_HTML = re.compile(r"\s*<(?:!doctype\s+)?html\b", re.IGNORECASE)
#: What hides tags, to its end or to that of the text; or a start tag: its name, its attributes.
_ELEMENT = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
    r"|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>|<([A-Za-z_][\w:.-]*)([^<>]*)",
    re.DOTALL,
)
_DEFAULT_NAMESPACE = re.compile(r"\sxmlns\s*=\s*[\"']([^\"']*)")


class XmlHead(NamedTuple):
    """What the head of a file of PubMed XML tells."""

    #: The encoding that the XML declaration names; None where it names none.
    declared: str | None
    #: The encoding to read by, a name that Python knows.
    encoding: str
    #: What is open around the records where the chunk begins.
    frame: Frame = Frame()


def xml_head(data: bytes) -> XmlHead | None:
    """Return what the first bytes of a file tell if it is PubMed XML; else None.

    *data* is the start of the file: `HEAD` bytes are enough.

    >>> xml_head(b'<?xml version="1.0"?><PubmedArticleSet><PubmedArticle>')
    XmlHead(declared=None, encoding='utf-8', frame=Frame(open=(), prefixes=()))
    >>> xml_head(b"PMID- 1") is None
    True
    """
    codec = _codec_of_bytes(data)
    text = _text(data, codec)
    if _namespace(text) != "":
        return None
    declaration = _DECLARATION.match(text)
    declared = declaration[1] if declaration else None
    return XmlHead(declared, codec or _declared_codec(declared))


def foreign_namespace(data: bytes) -> str | None:
    """The namespace that the first of PubMed's elements is in, as those of PubMed never are; None
    where there is no such element, or none of a namespace.

    >>> foreign_namespace(b'<PubmedArticleSet xmlns="urn:x">')
    'urn:x'
    """
    return _namespace(_text(data, _codec_of_bytes(data))) or None


def _text(data: bytes, codec: str | None) -> str:
    return data[:HEAD].decode(codec or "utf-8", "replace").lstrip("\ufeff")


def _namespace(text: str) -> str | None:
    """The namespace of the first of PubMed's elements, empty for none; None where there is no such
    element in *text*, or where it stands in a document of another kind, whose root has a prefix."""
    if not text.lstrip().startswith("<") or _HTML.match(text):
        return None
    namespace, is_root = "", True
    for element in _ELEMENT.finditer(text):
        name, attributes = element.groups()
        if not name:
            continue
        if is_root and ":" in name:
            return None
        is_root = False
        if declared := _DEFAULT_NAMESPACE.search(attributes):
            namespace = declared[1]
        if _PUBMED.fullmatch(name):
            return namespace
    return None


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
