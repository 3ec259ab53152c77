"""What a reader of PubMed XML has to say of it: records that are damaged, and what stands around
them.

Source: XML 1.0, sections 2.1 (well-formed documents), 2.8 (prolog) and 4.1 (references).
"""

from __future__ import annotations

import re

from medlint.findings import Excerpt, Place
from medlint.records.batch import Chunk, ReadingFault
from medlint.records.xml_frame import Frame, tokens
from medlint.records.xml_source import XmlText

_LONGEST_SHOWN = 400

_NAME = re.compile(rb"[A-Za-z]+")
_ENTITY = re.compile(rb"<!ENTITY\s+(?:%\s*)?([\w:.-]+)")
_LATE_DECLARATION = re.compile(rb"(?:\s|<!--(?:[^-]|-[^-])*-->)+(?=<\?xml\s)")
#: A declaration is looked for so far.
_LATEST = 1 << 16

#: What libxml2 says -> what it means.
_REASONS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"Opening and ending tag mismatch: (\S+)(?: line \d+)? and (\S+)",
         "<{0}> is closed by </{1}>"),
        (r"Entity '(.*)' not defined", "the entity '&{0};' is not declared"),
        (r"xmlParseEntityRef: no name", "a '&' that begins no entity; write '&amp;'"),
        (r"EntityRef: expecting ';'", "a '&' that begins no entity; write '&amp;'"),
        (r"StartTag: invalid element name", "a '<' that begins no tag; write '&lt;'"),
        (r"PCDATA invalid Char value (\d+)", "character number {0}, which XML does not allow"),
        (r"(?:xmlParseCharRef: )?invalid xmlChar value (\d+)",
         "a reference to character number {0}, which XML does not allow"),
        (r"[Ii]nvalid character: Char 0x([0-9A-F]+)",
         "the character U+{0}, which XML does not allow"),
        (r"[Ii]nvalid bytes in character encoding", "bytes that are no text in this encoding"),
        (r"CData section not finished", "<![CDATA[ is not closed by ]]>"),
        (r"Comment not terminated", "a comment is not closed by -->"),
        (r"Comment must not contain '--'|Double hyphen within comment", "'--' within a comment"),
        (r"AttValue: \" or ' expected", "the value of an attribute stands in no quotes"),
        (r"Unescaped '<' not allowed in attributes",
         "a '<' in the value of an attribute; write '&lt;'"),
        (r"Specification mandates? value for attribute (\S+)", "the attribute {0} has no value"),
        (r"Attribute (\S+) redefined", "the attribute {0} stands twice in one tag"),
        (r"attributes construct error", "no blank stands between two attributes"),
        (r"Couldn't find end of Start Tag (\S+)", "the tag <{0} is not closed by '>'"),
        (r"Sequence ']]>' not allowed in content", "']]>' in text; write ']]&gt;'"),
        (r"Extra content at the end of the document", "something follows the end of the record"),
        (r"Namespace prefix (\S+) .*is not defined", "the prefix {0} of a name is not declared"),
        (r"xmlns:(\S+): Empty XML namespace", "the prefix {0} is declared empty"),
        (r"[Ff]ailed to parse QName '(.*)'", "'{0}' is no name of an element or attribute"),
        (r"error parsing attribute name", "something in a tag that is no attribute"),
        (r"XML declaration allowed only at the start", "an XML declaration inside a record"),
        (r"(?:xmlP|p|P)arsePI: PI", "a processing instruction is not closed by ?>"),
        (r"xmlParseCharRef: character reference out of bounds",
         "a reference to a character that there is not"),
        (r"Premature end of data in tag (\S+)", "<{0}> is not closed"),
    )
)  # fmt: skip


def damage(text: XmlText, index: int, end: int, error: Exception) -> ReadingFault:
    """The fault of a record that is not well formed; *error* is what lxml raised."""
    start = text.starts[index]
    offset = start + _offset_of_error(text.data[start:end])
    return _well_formed(text, offset, _reason(str(error)), "the record is not read")


def unclosed(text: XmlText, index: int, frame: Frame) -> ReadingFault:
    """The fault of a record that has no end; *frame* is what is open around it."""
    start = text.starts[index]
    is_last = index == len(text.starts) - 1
    if is_last and not any(text.tags.find(b"</" + name, start) >= 0 for name in frame.open):
        reason = "the file ends inside a record"
    else:
        name = _NAME.match(text.tags, start + 1)
        reason = f"<{name[0].decode() if name else ''}> is not closed"
    return _well_formed(text, start, reason, "the record is not read")


def too_large(text: XmlText, index: int) -> ReadingFault:
    """The fault of a record that is larger than medlint reads."""
    size = (len(text.data) - text.starts[index]) >> 20
    reason = f"a record has not ended after {size} MiB"
    return _well_formed(text, text.starts[index], reason, "the record is not read")


def no_records(text: XmlText, chunk: Chunk) -> list[ReadingFault]:
    """The fault of a file without records."""
    if not (chunk.is_first and chunk.is_last) or b"<DeleteCitation" in text.tags:
        return []
    offset = len(text.data) - len(text.data.lstrip())
    return [_at(text, offset, "file-has-records", {"what": "PubMed XML without a record"})]


class Surroundings:
    """What stands around the records of a text, taken in from front to back; *frame* is what is
    open where the text begins."""

    def __init__(self, text: XmlText, frame: Frame):
        self._text = text
        #: What is open behind all that was taken in.
        self.frame = frame
        self.faults: list[ReadingFault] = []

    def take(self, start: int, end: int) -> None:
        """Take in the text between two offsets, which holds no record."""
        data = self._text.data[start:end]
        if not data.strip():
            return
        if entity := _ENTITY.search(data):
            params = {"entity": entity[1].decode()}
            self.faults.append(
                _at(self._text, start + entity.start(), "xml-without-entities", params)
            )
        for token in tokens(data):
            if not token.is_good:
                self._tell_of_text(start + token.start, token.text)
                self.frame = self.frame.behind_all(data[token.start + len(token.text) :])
                return
            if self.frame.is_broken_by(token):
                reason = f"another document begins without {self._missing()}"
                self._tell(start + token.start, reason)
            self.frame = self.frame.behind(token)

    def take_damaged(self, start: int, end: int) -> None:
        """Take in the text between two offsets, of which is told already that it is no good."""
        self.frame = self.frame.behind_all(self._text.data[start:end])

    def end(self) -> None:
        """Take in that the file ends here."""
        if self.frame.open:
            data = self._text.data
            last = len(data.rstrip())
            offset = max(data.rfind(b"\n", 0, last) + 1, last - _LONGEST_SHOWN, 0)
            self._tell(offset, f"the file ends without {self._missing()}")

    def _missing(self) -> str:
        return f"</{self.frame.open[0].decode('utf-8', 'replace')}>"

    def _tell(self, offset: int, reason: str) -> None:
        self.faults.append(_well_formed(self._text, offset, reason, "records may be missing"))

    def _tell_of_text(self, offset: int, stray: bytes) -> None:
        lines = stray.strip().count(b"\n") + 1
        params = {
            "lines": "1 line" if lines == 1 else f"{lines} lines",
            "where": "outside the records",
        }
        self.faults.append(_at(self._text, offset, "no-text-outside-records", params))


def late_declaration(text: XmlText) -> list[ReadingFault]:
    """The fault of a file in which something stands before the XML declaration."""
    match = _LATE_DECLARATION.match(text.data, 0, _LATEST)
    if match is None:
        return []
    reason = "the XML declaration does not stand at the very beginning"
    return [_well_formed(text, match.end(), reason, "strict readers refuse the file")]


def _reason(message: str) -> str:
    message = message.partition(", line ")[0]
    for pattern, reason in _REASONS:
        if match := pattern.match(message):
            return reason.format(*match.groups())
    return " ".join((message[:1].lower() + message[1:]).split()).rstrip(" ;")


def _offset_of_error(record: bytes) -> int:
    """Where Expat stumbles, which tells the place to the byte."""
    from pyexpat import ExpatError, ParserCreate

    parser = ParserCreate("utf-8")
    try:
        parser.Parse(record, True)
    except ExpatError:
        return max(min(parser.ErrorByteIndex, len(record) - 1), 0)
    return 0


def _well_formed(text: XmlText, offset: int, reason: str, effect: str) -> ReadingFault:
    return _at(text, offset, "xml-well-formed", {"reason": reason, "effect": effect})


def _at(text: XmlText, offset: int, kind: str, params: dict[str, str]) -> ReadingFault:
    """A fault from an offset to the end of the line."""
    data = text.data
    farthest = max(offset - _LONGEST_SHOWN, 0)
    start = max(data.rfind(b"\n", farthest, offset) + 1, farthest)
    end = data.find(b"\n", offset, offset + _LONGEST_SHOWN)
    end = min(len(data), offset + _LONGEST_SHOWN) if end < 0 else end
    line = data[start:end].decode("utf-8", "replace")
    number, column = text.position_of(offset)
    first_column = column - len(data[start:offset].decode("utf-8", "replace"))
    place = Place(number, column, number, max(first_column + len(line.rstrip()), column + 1))
    return ReadingFault(kind, place, Excerpt(number, (line,), first_column), params)
