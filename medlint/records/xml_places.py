"""Where a value of PubMed XML stands: the text of one record, read again with places.

Only a record with a finding is read so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from medlint.records.record import Field, Layout, Piece
from medlint.records.tags import RANKS, XML_TAGS
from medlint.records.xml_mapping import NOTES, Origin, write_fields
from medlint.records.xml_placed_elements import PlacedElement, read_placed

_BLANKS = " \t\r\n"
_STEP = 1024
_REFERENCE = re.compile(rb"&[^;&<\s]+;")
#: The bytes of UTF-8 that begin no character.
_CONTINUATION = bytes(range(0x80, 0xC0))
#: What stands below another field that it belongs to, whatever its own place in the order.
_BELONGING = frozenset("AU AUID AD CN ED IR IRAD PS OABL OCI OT".split())  # noqa: SIM905


#: An element, or the attribute of one.
_Part = PlacedElement | tuple[PlacedElement, str]


class _Trace(NamedTuple):
    """A field, and what its value comes from."""

    tag: str
    value: str
    #: Elements, and attributes of elements, in the order in which they stand in the value.
    origin: tuple[_Part, ...]

    @property
    def elements(self) -> list[PlacedElement]:
        """The elements that hold the value; what stands apart from the last of them, such as the
        name of a databank, does not count."""
        elements = [part for part in self.origin if isinstance(part, PlacedElement)]
        return [element for element in elements if element.parent is elements[-1].parent]


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
            if tag not in NOTES:
                found.append(_Trace(tag, value, _parts(origin)))

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
        if elements := trace.elements:
            element = elements[0] if len(elements) == 1 else elements[0].parent or elements[0]
            return f"{record}{element.path}"
        element, attribute = next(part for part in trace.origin if isinstance(part, tuple))
        return f"{record}{element.path}/@{attribute}"

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
        pieces = self._pieces(trace) or [self._whole(trace)]
        return Field(tag, pieces[0].line, pieces[0].column, tuple(pieces), value)

    def _pieces(self, trace: _Trace) -> list[Piece]:
        """The parts of a value that stand in the source as they are, in order."""
        pieces: list[Piece] = []
        value, position = trace.value, 0
        holding = trace.elements or trace.origin[:1]
        for part in trace.origin:
            is_apart = part not in holding
            for offset, text in self._stretches(part):
                shown = text.strip(_BLANKS)
                at = value.find(shown, position) if shown else -1
                if at < 0:
                    continue
                begin, end = text.find(shown), len(text)
                # Blanks around it that are not lost in the value.
                while begin and at > position and value[at - 1] == text[begin - 1]:
                    at, begin = at - 1, begin - 1
                while not value.startswith(text[begin:end], at):
                    end -= 1
                width = self._width_of_reference(offset) if len(text) == 1 else None
                place = self._locate(offset + begin)
                pieces.append(Piece(*place, text[begin:end], at, width, is_apart))
                position = at + end - begin
        return pieces

    def _whole(self, trace: _Trace) -> Piece:
        """The place of a value that does not stand in the source as it is: the attribute, or the
        name of the element, that says it."""
        first = trace.origin[0]
        if isinstance(first, tuple):
            offset, text = self._offset_of(*first), first[0].get(first[1]) or ""
            return Piece(*self._locate(offset), trace.value, width=max(len(text), 1))
        return Piece(*self._locate(first.offset), trace.value, width=len(first.tag) + 1)

    def _stretches(self, part: _Part) -> Iterable[tuple[int, str]]:
        """The text of a part, each stretch with its offset."""
        if isinstance(part, PlacedElement):
            return part.stretches()
        element, attribute = part
        return [(self._offset_of(element, attribute), element.get(attribute) or "")]

    def _width_of_reference(self, offset: int) -> int | None:
        """How many columns a reference at an offset takes, such as ``&lt;``; None where there is
        none, and text stands for itself."""
        match = _REFERENCE.match(self._text, offset)
        return len(match[0]) if match else None

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


def _parts(origin: Origin) -> tuple[_Part, ...]:
    """What a value comes from, one by one."""
    is_one = not isinstance(origin, tuple) or isinstance(origin[-1], str)
    parts: Any = (origin,) if is_one else origin
    return tuple([part for part in parts if part is not None])


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
