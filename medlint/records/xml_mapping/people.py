"""Authors, editors, investigators, persons as subjects and groups -> their names, identifiers and
affiliations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from medlint.records.xml_mapping.elements import (
    IRREGULAR,
    Element,
    Put,
    labelled,
    text_of,
    write_text,
)

#: What names a person or a group; FirstName and MiddleName up to 2008.
_NAMES = frozenset(
    "LastName ForeName FirstName MiddleName Initials Suffix CollectiveName".split()  # noqa: SIM905
)


_write_identifier = labelled("AUID", "Source")
_write_identifier_of_place = labelled("XAD", "Source")


def _after_blank(element: Element | None) -> str:
    """The text of an element that may be missing, with a blank before it."""
    return f" {text}" if element is not None and (text := text_of(element)) else ""


class _Person(NamedTuple):
    """The tags of one kind of person, or group."""

    full: str
    short: str
    affiliation: str

    def write(self, element: Element, put: Put) -> None:
        """Write the block of one person: names, identifiers, affiliations.

        A spelling that NLM has replaced (``ValidYN="N"``) is left out.
        """
        if element.get("ValidYN") == "N":
            return
        names: dict[str, Element] = {}
        below: list[Element] = []
        for child in element:
            name = child.tag
            if name in _NAMES:
                names[name] = child
            else:
                below.append(child)
        last, group = names.get("LastName"), names.get("CollectiveName")
        if (last is None) == (group is None):
            self._write_nameless(element, put)
        if last is not None:
            self._write_name(last, names.get, put)
        if group is not None:
            write_text("CN", group, put)
        if below:
            self._write_below(below, put)
            is_usual = self.full in ("FAU", "FIR") and (last is None) != (group is None)
            identifiers = [child for child in below if child.tag == "Identifier"]
            if not is_usual or len(identifiers) > (self.full == "FAU" and group is None):
                put(IRREGULAR, "", element)

    def _write_name(self, last: Element, part: Callable[[str], Element | None], put: Put) -> None:
        """``Garcia, Glenn E Jr`` and ``Garcia GE Jr``."""
        surname = text_of(last)
        if not surname:
            return
        fore, initials, suffix = part("ForeName"), part("Initials"), part("Suffix")
        given = (fore,) if fore is not None else (part("FirstName"), part("MiddleName"))
        text = " ".join([text_of(name) for name in given if name is not None])
        end = _after_blank(suffix)
        full = f"{surname}, {text}{end}" if text else surname + end
        put(self.full, full, (last, *given, suffix))
        put(self.short, surname + _after_blank(initials) + end, (last, initials, suffix))

    def _write_nameless(self, element: Element, put: Put) -> None:
        """A person, or group, of which the names do not say which it is."""
        names = {child.tag: text_of(child) for child in element if child.tag in _NAMES}
        kind = "neither a surname nor the name of a group"
        if names.keys() >= {"LastName", "CollectiveName"}:
            kind = "both a surname and the name of a group"
        shown = " ".join(filter(None, names.values()))
        put("XAU", f"{kind}: {shown}" if shown else kind, element)

    def _write_below(self, below: list[Element], put: Put) -> None:
        """Write the identifiers, then the affiliations, in whatever order the elements stand."""
        for child in below:
            if child.tag == "Identifier":
                _write_identifier(child, put)
        for child in below:
            if child.tag == "AffiliationInfo":
                for inner in child:
                    if inner.tag == "Affiliation":
                        write_text(self.affiliation, inner, put)
                    elif inner.tag == "Identifier":
                        _write_identifier_of_place(inner, put)
            elif child.tag == "Affiliation":
                write_text(self.affiliation, child, put)


_write_author = _Person("FAU", "AU", "AD").write
_write_editor = _Person("FED", "ED", "AD").write
write_investigator = _Person("FIR", "IR", "IRAD").write
write_subject = _Person("FPS", "PS", "AD").write


def write_authors(element: Element, put: Put) -> None:
    """Authors or editors, as the list says, and ``et al.`` where it is not complete."""
    is_of_editors = element.get("Type") == "editors"
    for child in element:
        (_write_editor if is_of_editors else _write_author)(child, put)
    if element.get("CompleteYN") == "N" and not is_of_editors:
        put("AU", "et al.", (element, "CompleteYN"))
        put(IRREGULAR, "", element)


def write_first_affiliation(element: Element, put: Put) -> None:
    """The one affiliation of a record of before 2014, that of the first author."""
    write_text("AD", element, put)
    put(IRREGULAR, "", element)
