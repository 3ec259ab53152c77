"""Authors, editors, investigators, persons as subjects and groups -> their names, identifiers and
affiliations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from medlint.records.xml_mapping.elements import IRREGULAR, Element, Put, text_of, write_text

_NAMES = frozenset(("LastName", "ForeName", "Initials", "Suffix", "CollectiveName"))


class _Person(NamedTuple):
    """The tags of one kind of person, or group."""

    full: str
    short: str
    identifier: str | None
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
            if not is_usual or len(identifiers) > (group is None):
                put(IRREGULAR, "", element)

    def _write_name(self, last: Element, part: Callable[[str], Element | None], put: Put) -> None:
        """``Garcia, Glenn E Jr`` and ``Garcia GE Jr``."""
        fore, initials, suffix = part("ForeName"), part("Initials"), part("Suffix")
        surname = text_of(last)
        if not surname:
            return
        end = f" {text}" if suffix is not None and (text := text_of(suffix)) else ""
        text = text_of(fore) if fore is not None else ""
        put(self.full, f"{surname}, {text}{end}" if text else surname + end, (last, fore, suffix))
        text = text_of(initials) if initials is not None else ""
        short = f"{surname} {text}{end}" if text else surname + end
        put(self.short, short, (last, initials, suffix))

    def _write_nameless(self, element: Element, put: Put) -> None:
        """A person, or group, of which the names do not say which it is."""
        texts = [text_of(child) for child in element if child.tag in _NAMES]
        put("XAU", " ".join(filter(None, texts)) or element.tag, element)

    def _write_below(self, below: list[Element], put: Put) -> None:
        """Write the identifiers, then the affiliations, in whatever order the elements stand."""
        if self.identifier:
            for child in below:
                if child.tag == "Identifier" and (value := text_of(child)):
                    put(self.identifier, f"{child.get('Source')}: {value}", child)
        for child in below:
            if child.tag == "AffiliationInfo":
                for inner in child:
                    if inner.tag == "Affiliation":
                        write_text(self.affiliation, inner, put)
                    elif inner.tag == "Identifier" and (value := text_of(inner)):
                        put("XAD", f"{inner.get('Source')}: {value}", inner)
            elif child.tag == "Affiliation":
                write_text(self.affiliation, child, put)


_write_author = _Person("FAU", "AU", "AUID", "AD").write
_write_editor = _Person("FED", "ED", "AUID", "AD").write
write_investigator = _Person("FIR", "IR", None, "IRAD").write
write_subject = _Person("FPS", "PS", None, "AD").write


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
