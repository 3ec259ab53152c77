"""Terms of vocabularies -> MH, RN, PT and OT, and the identifiers that text does not print."""

from __future__ import annotations

from medlint.records.xml_mapping.elements import Element, Put, text_of


def write_mesh_headings(element: Element, put: Put) -> None:
    """Each descriptor and its qualifiers in one value, with a star before what is a main point."""
    heading = element
    terms: list[str] = []
    for part in element.iter("MeshHeading", "DescriptorName", "QualifierName"):
        if part.tag == "MeshHeading":
            if terms:
                put("MH", "/".join(terms), heading)
                terms = []
            heading = part
            continue
        name = text_of(part)
        identifier = part.get("UI")
        if identifier is not None:
            value = f"{identifier} {name}" if identifier else name
            put("XSH" if terms else "XMH", value, (part, "UI"))
        terms.append(f"*{name}" if part.get("MajorTopicYN") == "Y" else name)
    if terms:
        put("MH", "/".join(terms), heading)


def write_chemical(element: Element, put: Put) -> None:
    """A substance with its number."""
    number, names = "", []
    for child in element:
        if child.tag == "RegistryNumber":
            number = text_of(child)
        elif child.tag == "NameOfSubstance":
            names.append(child)
    name = text_of(names[-1]) if names else ""
    if value := f"{number} ({name})" if number and name else number or name:
        put("RN", value, element)
    for term in names:
        _put_identifier("XRN", term, name, put)


def write_supplementary_concept(element: Element, put: Put) -> None:
    """A disease, an organism or a protocol: the bare name."""
    _write_term("RN", "XRN", element, put)


def write_publication_type(element: Element, put: Put) -> None:
    """The publication type."""
    _write_term("PT", "XPT", element, put)


def write_keywords(element: Element, put: Put) -> None:
    """Keywords, and who gave them."""
    keywords = [child for child in element if text_of(child)]
    owner = element.get("Owner")
    if keywords and owner:
        put("OTO", owner, (element, "Owner"))
    for keyword in keywords:
        mark = "*" if keyword.get("MajorTopicYN") == "Y" else ""
        put("OT", mark + text_of(keyword), keyword)


def _write_term(tag: str, identifier_tag: str, term: Element, put: Put) -> None:
    name = text_of(term)
    if name:
        put(tag, name, term)
    _put_identifier(identifier_tag, term, name, put)


def _put_identifier(tag: str, term: Element, name: str, put: Put) -> None:
    """The identifier of a term and its name: ``D013662 Tea``; old XML has none."""
    identifier = term.get("UI")
    if identifier is not None:
        put(tag, f"{identifier} {name}" if identifier else name, (term, "UI"))
