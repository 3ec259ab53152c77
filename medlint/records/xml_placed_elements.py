"""The elements of one record and where they stand.

Expat tells where each stretch of text begins, which lxml does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import ref

_MARKUP = re.compile(
    rb"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL
)
#: An attribute whose name is not ASCII; the value of another, or a byte that is not ASCII.
_ODD_ATTRIBUTE = re.compile(
    rb"""\s[^\s=<>"'\x80-\xff]*[\x80-\xff][^\s=<>"']*\s*=\s*(?:"[^"]*"|'[^']*')|("[^"]*"|'[^']*')"""
)
_VALUE_OR_BYTE = re.compile(rb"""("[^"]*"|'[^']*')|[\x80-\xff]""")


class PlacedElement:
    """An element, as `medlint.records.xml_mapping` wants it, that knows where it stands.

    Offsets count bytes from the start of the record's text. An element holds what is in it, and
    not what it is in: cycles would stay in memory, since no collector looks for them.
    """

    __slots__ = (
        "__weakref__", "_parent", "attributes", "contents", "counts", "number", "offset", "tag"
    )  # fmt: skip

    def __init__(
        self, tag: str, attributes: dict[str, str], offset: int, parent: PlacedElement | None
    ):
        self.tag = tag
        self.attributes = attributes
        self.offset = offset
        self._parent = None if parent is None else ref(parent)
        #: Children, and stretches of text with their offsets.
        self.contents: list[PlacedElement | tuple[int, str]] = []
        #: How many children there are of each name, and which of its namesakes this one is.
        self.counts: dict[str, int] = {}
        self.number = 1

    @property
    def parent(self) -> PlacedElement | None:
        """The element around this one, while somebody holds it; None for the record."""
        return None if self._parent is None else self._parent()

    def add(self, child: PlacedElement) -> None:
        """Add a child."""
        child.number = self.counts[child.tag] = self.counts.get(child.tag, 0) + 1
        self.contents.append(child)

    @property
    def text(self) -> str | None:
        """The text before the first child."""
        text = []
        for content in self.contents:
            if isinstance(content, PlacedElement):
                break
            text.append(content[1])
        return "".join(text) or None

    def get(self, key: str) -> str | None:
        """The value of an attribute."""
        return self.attributes.get(key)

    def stretches(self) -> Iterator[tuple[int, str]]:
        """All text inside, each part with its offset."""
        pending = [iter(self.contents)]
        while pending:
            for content in pending[-1]:
                if isinstance(content, PlacedElement):
                    pending.append(iter(content.contents))
                    break
                yield content
            else:
                pending.pop()

    def itertext(self) -> Iterator[str]:
        """All text inside."""
        for _, text in self.stretches():
            yield text

    def iter(self, *tags: str) -> Iterator[PlacedElement]:
        """The element and all inside that have one of these names, in order."""
        pending = [self]
        while pending:
            element = pending.pop()
            if element.tag in tags:
                yield element
            pending += reversed(list(element))

    def __iter__(self) -> Iterator[PlacedElement]:
        return (content for content in self.contents if isinstance(content, PlacedElement))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return True

    @property
    def path(self) -> str:
        """The element's place below the record, such as ``/Article/AuthorList/Author[2]``."""
        steps = []
        element = self
        while (parent := element.parent) is not None:
            number = f"[{element.number}]" if parent.counts[element.tag] > 1 else ""
            steps.append(f"/{element.tag}{number}")
            element = parent
        return "".join(reversed(steps))


def read_placed(text: bytes) -> PlacedElement:
    """Read one record, *text* in UTF-8 with LF line ends, that lxml has read before."""
    from pyexpat import ExpatError

    try:
        return _read(text)
    except ExpatError:
        return _read(_with_plain_names(text))


def _with_plain_names(text: bytes) -> bytes:
    """*text*, as long as before, with ASCII alone in the names of elements, and no attribute of
    another name: lxml takes signs that Expat does not (XML 1.0 has them since its fifth edition),
    and NLM uses none."""

    def plain(markup: re.Match[bytes]) -> bytes:
        if markup[0].startswith((b"<!--", b"<![CDATA[")):
            return markup[0]
        tag = _ODD_ATTRIBUTE.sub(lambda part: part[1] or b" " * len(part[0]), markup[0])
        return _VALUE_OR_BYTE.sub(lambda part: part[1] or b"x", tag)

    return _MARKUP.sub(plain, text)


def _read(text: bytes) -> PlacedElement:
    from pyexpat import ParserCreate

    parser = ParserCreate("utf-8")
    top = PlacedElement("", {}, 0, None)
    open_elements = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        parent = open_elements[-1]
        element = PlacedElement(
            name, attributes, parser.CurrentByteIndex, parent if parent is not top else None
        )
        parent.add(element)
        open_elements.append(element)

    def end(name: str) -> None:
        open_elements.pop()

    def data(text: str) -> None:
        open_elements[-1].contents.append((parser.CurrentByteIndex, text))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    try:
        parser.Parse(text, True)
    finally:
        # The handlers know the parser, which knows them.
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = None
    return next(iter(top))
