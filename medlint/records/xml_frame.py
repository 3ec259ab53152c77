"""What stands around the records of PubMed XML: declarations, comments, and the tags of the
elements that hold the records.

Sources: XML 1.0, sections 2.5 to 2.8; Namespaces in XML 1.0, section 6.1 (scoping).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

#: What may stand around records. A tag is the only kind with groups: ``/``, the name, the rest.
_TOKEN = re.compile(
    rb"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>|\xef\xbb\xbf"
    rb"|<(/?)([A-Za-z_\x80-\xff][\w:.\x80-\xff-]*)((?:\s[^<>]*|/)?)>",
    re.DOTALL,
)
_PREFIX = re.compile(rb"\sxmlns:(?!xml)([A-Za-z_][A-Za-z0-9_.-]*)\s*=")
_START_TAG = re.compile(rb"(<\w+)[^<>]*")
_RECORD = re.compile(rb"<(?:Pubmed(?:Book)?Article|MedlineCitation)[\s/>]")
#: How the names of NLM's elements around records end.
_SETS = (b"ArticleSet", b"CitationSet")
#: More elements than these are around no record.
_DEEPEST = 16
_DELETED, _DELETED_END = b"DeleteCitation", b"</DeleteCitation>"
#: What hides tags -> how it ends.
_HIDING = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_HIDING_START = re.compile(rb"<!--|<!\[CDATA\[")
_NO_SIGNS = bytes.maketrans(b"<>", b"  ")


class Token(NamedTuple):
    """A stretch of a frame: white space, a comment, a tag..."""

    start: int
    text: bytes
    #: The name of a tag, and of nothing else.
    name: bytes = b""
    is_end: bool = False
    #: Whether it may stand there.
    is_good: bool = True

    @property
    def begins_document(self) -> bool:
        """Whether it stands at the start of a document only."""
        return self.text.startswith((b"<?xml ", b"<!DOCTYPE"))


def tokens(frame: bytes) -> Iterator[Token]:
    """The tokens of the text between two records; what is no good ends before the next ``<``."""
    position = 0
    ends_deleted = True
    while position < len(frame):
        match = _TOKEN.match(frame, position)
        end = match.end() if match else frame.find(b"<", position + 1)
        if match is None:
            # A comment without its end hides all that follows.
            is_open = frame.startswith((b"<!", b"<?"), position)
            end = len(frame) if end < 0 or is_open else end
            yield Token(position, frame[position:end], is_good=False)
        elif match[2] == _DELETED and not match[1] and ends_deleted:
            found = frame.find(_DELETED_END, end)
            ends_deleted = found >= 0
            end = found + len(_DELETED_END) if ends_deleted else end
            yield Token(position, frame[position:end])
        elif match[2] is None or match[3].endswith(b"/"):
            yield Token(position, match[0])
        else:
            yield Token(position, match[0], match[2], bool(match[1]))
        position = end


class Frame(NamedTuple):
    """The elements around records that are open at one place of a file, the outermost first."""

    open: tuple[bytes, ...] = ()
    #: The prefixes of namespaces that are declared there.
    prefixes: tuple[bytes, ...] = ()

    def is_broken_by(self, token: Token) -> bool:
        """Whether another document begins with *token* though this one has not ended."""
        begins = token.begins_document or (token.name in self.open[:1] and not token.is_end)
        return begins and bool(self.open)

    def behind(self, token: Token) -> Frame:
        """What is open behind *token*."""
        if self.is_broken_by(token):
            return Frame().behind(token)
        if not token.name:
            return self
        if not token.is_end:
            if token.name in self.open or len(self.open) == _DEEPEST:
                return self
            declared = [p for p in _PREFIX.findall(token.text) if p not in self.prefixes]
            return Frame((*self.open, token.name), (*self.prefixes, *dict.fromkeys(declared)))
        if token.name not in self.open:
            return self
        still_open = self.open[: self.open.index(token.name)]
        return Frame(still_open, self.prefixes if still_open else ())

    def declared_in(self, element: bytes) -> bytes:
        """*element* with the prefixes that it has from the elements around it declared in its own
        start tag. Names of namespaces mean nothing to medlint, so it makes one up."""
        if not self.prefixes:
            return element
        end = _START_TAG.match(element)
        assert end is not None
        own = _PREFIX.findall(end[0])
        added = [b' xmlns:%s="urn:x"' % prefix for prefix in self.prefixes if prefix not in own]
        return end[1] + b"".join(added) + element[end.end(1) :]

    def behind_all(self, data: bytes) -> Frame:
        """What is open behind *data*, which holds records. Between them, only the elements that
        are open are looked for at first, or NLM's own where none is: that is fast."""
        match = _RECORD.search(data)
        start = match.start() if match else len(data)
        frame = self
        for token in tokens(data[:start]):
            frame = frame.behind(token)
        if not any(data.find(mark, start) >= 0 for mark in frame.open or _SETS):
            return frame
        names = b"|".join([rb"\w+Set", *map(re.escape, frame.open)])
        tags = re.compile(rb"<\?xml\s|</?(?:" + names + rb")(?:\s[^<>]*)?>")
        for tag in tags.finditer(without_hidden_tags(data[start:])):
            for token in tokens(tag[0]):
                frame = frame.behind(token)
        return frame


def without_hidden_tags(data: bytes) -> bytes:
    """*data*, as long as before, without the signs of XML in comments and CDATA that end."""
    parts, position = [], 0
    while start := _HIDING_START.search(data, position):
        mark = _HIDING[start[0]]
        end = data.find(mark, start.end())
        if end < 0:
            break
        end += len(mark)
        hidden = data[start.start() : end].translate(_NO_SIGNS)
        parts += [data[position : start.start()], hidden]
        position = end
    return b"".join([*parts, data[position:]])
