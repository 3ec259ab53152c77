"""Terms of vocabularies -> MH, RN, PT and OT, and the identifiers that text does not print."""

from __future__ import annotations

from medlint.records.xml_mapping.elements import Element, Put, text_of

#: A MeSH heading and what it holds; Descriptor and SubHeading up to 2001.
_OF_MESH = ("MeshHeading", "DescriptorName", "QualifierName", "Descriptor", "SubHeading")


def write_mesh_headings(element: Element, put: Put) -> None:
    """Each descriptor and its qualifiers in one value, with a star before what is a main point."""
    heading = element
    terms: list[str] = []
    for part in element.iter(*_OF_MESH):
        if part.tag == "MeshHeading":
            if value := "/".join(terms):
                put("MH", value, heading)
            heading, terms = part, []
            continue
        name = text_of(part)
        if (identifier := part.get("UI")) is not None:
            value = f"{identifier} {name}" if identifier else name
            put("XSH" if terms else "XMH", value, (part, "UI"))
        terms.append(f"*{name}" if part.get("MajorTopicYN") == "Y" else name)
    if value := "/".join(terms):
        put("MH", value, heading)


def write_chemical(element: Element, put: Put) -> None:
    """A substance with its number."""
    numbers, names = {"RegistryNumber": "", "CASRegistryNumber": ""}, []
    for child in element:
        if child.tag == "NameOfSubstance":
            names.append(child)
        elif child.tag in numbers:
            numbers[child.tag] = text_of(child)
    number = numbers["RegistryNumber"] or numbers["CASRegistryNumber"]
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
