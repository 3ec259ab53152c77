"""Where a value of PubMed XML stands: the text of one record, read again with places.

Only a record with a finding is read so. Expat tells where each stretch of text begins, which lxml
does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from medlint.records.record import Field, Layout, Piece
from medlint.records.tags import RANKS, XML_TAGS
from medlint.records.xml_mapping import IRREGULAR, Element, Origin, write_fields

_BLANKS = " \t\r\n"
_STEP = 1024
#: The bytes of UTF-8 that begin no character.
_CONTINUATION = bytes(range(0x80, 0xC0))
#: What stands below another field that it belongs to, whatever its own place in the order.
_BELONGING = frozenset("AU AUID AD CN ED IR IRAD PS OABL OCI OT".split())  # noqa: SIM905
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

    Offsets count bytes from the start of the record's text.
    """

    __slots__ = ("attributes", "contents", "counts", "number", "offset", "parent", "tag")

    def __init__(
        self, tag: str, attributes: dict[str, str], offset: int, parent: PlacedElement | None
    ):
        self.tag = tag
        self.attributes = attributes
        self.offset = offset
        self.parent = parent
        #: Children, and stretches of text with their offsets.
        self.contents: list[PlacedElement | tuple[int, str]] = []
        #: How many children there are of each name, and which of its namesakes this one is.
        self.counts: dict[str, int] = {}
        self.number = 1

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
        while element.parent is not None:
            number = f"[{element.number}]" if element.parent.counts[element.tag] > 1 else ""
            steps.append(f"/{element.tag}{number}")
            element = element.parent
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
    parser.Parse(text, True)
    return next(iter(top))


class _Trace(NamedTuple):
    """A field, and what its value comes from."""

    tag: str
    value: str
    origin: tuple[Element | str, ...]

    @property
    def elements(self) -> list[PlacedElement]:
        """The elements of origin."""
        return [part for part in self.origin if isinstance(part, PlacedElement)]

    @property
    def attribute(self) -> str | None:
        """The attribute of origin, if there is one."""
        last = self.origin[-1]
        return last if isinstance(last, str) else None


class PlacedRecord:
    """One record and the places of its fields.

    *text* is the record in UTF-8, from ``<`` to ``>``; *line* and *column* are where it begins.
    """

    def __init__(self, text: bytes, line: int, column: int):
        self._text = text
        self._line = line
        self._column = column

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self._text.split(b"\n")[:-1])]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines; the first one begins where the record does."""
        return tuple(self._text.decode().split("\n"))

    @cached_property
    def _record(self) -> PlacedElement:
        return read_placed(self._text)

    @cached_property
    def _traces(self) -> list[_Trace]:
        """All fields, in the order of the text export."""
        found: list[_Trace] = []

        def put(tag: str, value: str, origin: Origin) -> None:
            if tag != IRREGULAR:
                parts = origin if isinstance(origin, tuple) else (origin,)
                found.append(_Trace(tag, value, tuple([p for p in parts if p is not None])))

        write_fields(self._record, put)
        return _in_order(found)

    @cached_property
    def layout(self) -> Layout:
        """All fields, placed."""
        return Layout(self._line, self.lines, tuple(map(self._field, self._traces)))

    def field(self, tag: str, occurrence: int) -> Field | None:
        """The field that holds the *occurrence*-th value of *tag*, if there is one."""
        trace = self._trace(tag, occurrence)
        return self._field(trace) if trace else None

    def where(self, tag: str | None, occurrence: int) -> str:
        """An XPath that names the element of a value, or, without a tag, the record."""
        record = _name(self._record)
        trace = self._trace(tag, occurrence) if tag is not None else None
        if trace is None:
            return record
        elements = trace.elements
        element = elements[0] if len(elements) == 1 else elements[0].parent or elements[0]
        attribute = f"/@{trace.attribute}" if trace.attribute else ""
        return f"{record}{element.path}{attribute}"

    def _trace(self, tag: str, occurrence: int) -> _Trace | None:
        traces = self._traces_by_tag.get(tag, ())
        return traces[occurrence - 1] if occurrence <= len(traces) else None

    @cached_property
    def _traces_by_tag(self) -> dict[str, list[_Trace]]:
        by_tag: dict[str, list[_Trace]] = {}
        for trace in self._traces:
            by_tag.setdefault(trace.tag, []).append(trace)
        return by_tag

    def _field(self, trace: _Trace) -> Field:
        tag, value, _ = trace
        first = trace.elements[0]
        if trace.attribute:
            start = self._offset_of(first, trace.attribute)
            stretches = [(start, first.attributes.get(trace.attribute, ""))]
        else:
            stretches = [stretch for part in trace.elements for stretch in part.stretches()]
        pieces = self._pieces(value, stretches)
        if not pieces:
            pieces = [Piece(*self._locate(first.offset), value, 0)]
        return Field(tag, pieces[0].line, pieces[0].column, tuple(pieces), value)

    def _pieces(self, value: str, stretches: list[tuple[int, str]]) -> list[Piece]:
        """The parts of *value* that stand in the source as they are, in order."""
        pieces: list[Piece] = []
        position = 0
        for offset, text in stretches:
            part = text.strip(_BLANKS)
            at = value.find(part, position) if part else -1
            if at < 0:
                continue
            offset += len(text) - len(text.lstrip(_BLANKS))
            pieces.append(Piece(*self._locate(offset), part, at))
            position = at + len(part)
        return pieces

    def _offset_of(self, element: PlacedElement, attribute: str) -> int:
        """Where the value of an attribute begins."""
        pattern = rb"\s%s\s*=\s*[\"']" % attribute.encode()
        match = re.compile(pattern).search(self._text, element.offset)
        return match.end() if match else element.offset

    def _locate(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self._line_starts, offset) - 1
        column = self._column if index == 0 else 1
        before = self._code_points(offset) - self._code_points(self._line_starts[index])
        return self._line + index, column + before

    def _code_points(self, offset: int) -> int:
        """How many characters stand before an offset; a line may be as long as a file."""
        step = offset // _STEP
        rest = self._text[step * _STEP : offset]
        return self._code_points_at_steps[step] + len(rest.translate(None, _CONTINUATION))

    @cached_property
    def _code_points_at_steps(self) -> list[int]:
        steps = range(0, len(self._text), _STEP)
        parts = [self._text[at : at + _STEP].translate(None, _CONTINUATION) for at in steps]
        return [0, *accumulate(map(len, parts))]


def _name(record: PlacedElement) -> str:
    """A record as a step of XPath: by its PMID, which does not change with its place in a file."""
    inner = {"PubmedArticle": "MedlineCitation", "PubmedBookArticle": "BookDocument"}
    for above in [child for child in record if child.tag == inner.get(record.tag)] or [record]:
        for child in above:
            if child.tag == "PMID" and child.text and child.text.strip().isdecimal():
                step = "" if above is record else f"{above.tag}/"
                return f"//{record.tag}[{step}PMID={child.text.strip()}]"
    return f"//{record.tag}"


def _in_order(traces: list[_Trace]) -> list[_Trace]:
    """Fields in the order of the tags; what belongs to another field stays below it."""
    keyed = []
    rank = 0
    for trace in traces:
        if trace.tag in XML_TAGS:
            keyed.append((RANKS[trace.tag], trace))
            continue
        if trace.tag not in _BELONGING:
            rank = RANKS[trace.tag]
        elif trace.tag == "CN" and rank != RANKS["FED"]:
            rank = RANKS["FAU"]
        keyed.append((rank, trace))
    return [trace for _, trace in sorted(keyed, key=lambda item: item[0])]
