"""Terms of vocabularies -> MH, RN, PT and OT, and the identifiers that text does not print."""

from __future__ import annotations

from medlint.records.xml_mapping.elements import Element, Put, parts_of, text_of, write_text


def write_mesh_heading(element: Element, put: Put) -> None:
    """A descriptor and its qualifiers in one value."""
    terms: list[str] = []
    for term in element:
        name = text_of(term)
        identifier = term.get("UI")
        if identifier is not None:
            value = f"{identifier} {name}" if identifier else name
            put("XSH" if terms else "XMH", value, (term, "UI"))
        terms.append(f"*{name}" if term.get("MajorTopicYN") == "Y" else name)
    if terms:
        put("MH", "/".join(terms), element)


def write_chemical(element: Element, put: Put) -> None:
    """A substance with its number."""
    parts = parts_of(element)
    number = parts.get("RegistryNumber") or parts.get("CASRegistryNumber", "")
    name = parts.get("NameOfSubstance", "")
    if value := f"{number} ({name})" if number and name else number or name:
        put("RN", value, element)
    for child in element:
        if child.tag == "NameOfSubstance":
            _put_identifier("XRN", child, name, put)


def write_supplementary_concept(element: Element, put: Put) -> None:
    """A disease, an organism or a protocol: the bare name."""
    write_text("RN", element, put)
    _put_identifier("XRN", element, text_of(element), put)


def write_publication_type(element: Element, put: Put) -> None:
    """The publication type."""
    write_text("PT", element, put)
    _put_identifier("XPT", element, text_of(element), put)


def write_keywords(element: Element, put: Put) -> None:
    """Keywords, and who gave them."""
    keywords = [child for child in element if text_of(child)]
    owner = element.get("Owner")
    if keywords and owner:
        put("OTO", owner, (element, "Owner"))
    for keyword in keywords:
        mark = "*" if keyword.get("MajorTopicYN") == "Y" else ""
        put("OT", mark + text_of(keyword), keyword)


def _put_identifier(tag: str, term: Element, name: str, put: Put) -> None:
    """The identifier of a term and its name: ``D013662 Tea``; old XML has none."""
    identifier = term.get("UI")
    if identifier is not None:
        put(tag, f"{identifier} {name}" if identifier else name, (term, "UI"))
