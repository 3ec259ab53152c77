"""Elements of PubMed XML, and what all writers of fields need of them: text and children."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

_LINE_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")
_BLANKS = " \t\n"


class Element(Protocol):
    """What is used of an element, of whatever parser."""

    @property
    def tag(self) -> str:
        """The name."""

    @property
    def text(self) -> str | None:
        """The text before the first child."""

    def get(self, key: str) -> str | None:
        """The value of an attribute."""

    def itertext(self) -> Iterator[str]:
        """All text inside, in order."""

    def iter(self, *tags: str) -> Iterator[Element]:
        """The element and all inside that have one of these names, in order."""

    def __iter__(self) -> Iterator[Element]: ...

    def __len__(self) -> int: ...


#: An element, or an element and the name of its attribute.
Part = Element | tuple[Element, str]


#: What a value comes from: one part, or several in the order in which they stand in the value.
Origin = Part | tuple[Part | None, ...]


#: Takes one field of a record: its tag, its value, and what the value comes from.
Put = Callable[[str, str, Origin], None]


#: Writes the fields of one element.
Writer = Callable[[Element, Put], None]


#: The tag of a note, not of a field: the fields of this record do not stand as `REGULAR_ABOVE`
#: of `medlint.records.record` has it.
IRREGULAR = ""

#: The tag of another note: which version of the record this is.
VERSION = "@Version"

#: What stands among the fields and is none.
NOTES = frozenset((IRREGULAR, VERSION))


def text_of(element: Element) -> str:
    """The text of *element* with that of its markup (``i``, ``sup``, MathML); a line break and the
    blanks around it are one blank.

    >>> from xml.etree.ElementTree import fromstring
    >>> text_of(fromstring("<TI> Effect of CO<sub>2</sub> \\n  on tea </TI>"))
    'Effect of CO2 on tea'
    """
    text = "".join(element.itertext()) if len(element) else element.text
    if not text:
        return ""
    if "\n" in text:
        text = _LINE_BREAK.sub(" ", text)
    return text.strip(_BLANKS)


def write_text(tag: str, element: Element, put: Put) -> None:
    """Write the text of an element under a tag."""
    if value := text_of(element):
        put(tag, value, element)


def inside(writers: Mapping[str, Writer | str]) -> Writer:
    """Write the children of an element, each by its name: with a writer, or, where the text is the
    value, under a tag."""
    find = writers.get

    def write(element: Element, put: Put) -> None:
        for child in element:
            writer = find(child.tag)
            if isinstance(writer, str):
                if value := text_of(child):
                    put(writer, value, child)
            elif writer is not None:
                writer(child, put)

    return write


def each(writer: Writer) -> Writer:
    """Write all children of an element in one way."""

    def write(element: Element, put: Put) -> None:
        for child in element:
            writer(child, put)

    return write


def text_of_each(tag: str) -> Writer:
    """Write the text of all children of an element under one tag."""

    def write(element: Element, put: Put) -> None:
        for child in element:
            write_text(tag, child, put)

    return write


def labelled(tag: str, attribute: str) -> Writer:
    """``OWNER: text``, as of OtherID and GeneralNote."""

    def write(element: Element, put: Put) -> None:
        if value := text_of(element):
            label = element.get(attribute)
            shown = f"{label}: {value}" if label else value
            put(tag, shown, ((element, attribute), element))

    return write


def parts_of(element: Element) -> dict[str, str]:
    """The texts of the children, by name."""
    return {child.tag: text_of(child) for child in element}
