"""Identifiers, links to other records and to data, references, grants -> AID, CIN, SI, GR..."""

from __future__ import annotations

from medlint.records.xml_mapping.elements import (
    VERSION,
    Element,
    Put,
    parts_of,
    text_of,
    write_text,
)

#: ArticleId/@IdType -> tag.
_IDENTIFIERS = {"pubmed": "XAID", "pmc": "PMC", "mid": "MID"}


#: CommentsCorrections/@RefType, or before 2010 the name of an element inside CommentsCorrections
#: -> tag. ``Cites`` and the reprints of older DTDs are not printed.
_LINKS = {
    "AssociatedDataset": "DDIN",
    "AssociatedPublication": "DRIN",
    "CommentIn": "CIN",
    "CommentOn": "CON",
    "CorrectedandRepublishedFrom": "CRF",
    "CorrectedandRepublishedIn": "CRI",
    "ErratumFor": "EFR",
    "ErratumIn": "EIN",
    "ExpressionOfConcernFor": "ECF",
    "ExpressionOfConcernIn": "ECI",
    "OriginalReportIn": "ORI",
    "PartialRetractionIn": "PRIN",
    "PartialRetractionOf": "PROF",
    "RepublishedFrom": "RPF",
    "RepublishedIn": "RPI",
    "RetractedandRepublishedFrom": "RRF",
    "RetractedandRepublishedIn": "RRI",
    "RetractionIn": "RIN",
    "RetractionOf": "ROF",
    "SummaryForPatientsIn": "SPIN",
    "UpdateIn": "UIN",
    "UpdateOf": "UOF",
}


def write_pmid(element: Element, put: Put) -> None:
    """The PMID, and a note on the version of the record."""
    if value := text_of(element):
        put("PMID", value, element)
    version = element.get("Version")
    if version is not None:
        put(VERSION, version, (element, "Version"))


def write_identifier(element: Element, put: Put) -> None:
    """An identifier. Those of PubMed, of PMC and of manuscripts have a tag each; that of MEDLINE,
    up to 2004, is what MedlineID says, which has one too.
    """
    value, kind = text_of(element), element.get("IdType") or "pubmed"
    if value and kind != "medline":
        tag = _IDENTIFIERS.get(kind)
        if tag is None:
            put("AID", f"{value} [{kind}]", (element, (element, "IdType")))
        else:
            put(tag, value, element)


def write_link(element: Element, put: Put) -> None:
    """What another record, or data, has to do with this one."""
    kind = element.get("RefType") or ""
    if tag := _LINKS.get(kind):
        _write_link(tag, element, put)
    elif kind:
        put("XCC", kind, (element, "RefType"))


def write_older_link(element: Element, put: Put) -> None:
    """A link of before 2010, whose kind is the name of the element."""
    if tag := _LINKS.get(element.tag):
        _write_link(tag, element, put)


def _write_link(tag: str, element: Element, put: Put) -> None:
    parts = parts_of(element)
    source, pmid = parts.get("RefSource", ""), parts.get("PMID", "")
    if pmid:
        stop = "" if source.endswith(".") or not source else "."
        source = f"{source}{stop} PMID: {pmid}".strip()
    if source:
        put(tag, source, element)


def write_references(element: Element, put: Put) -> None:
    """What the article cites, as far as PubMed has it; lists may hold lists."""
    for identifier in element.iter("ArticleId"):
        if identifier.get("IdType") == "pubmed":
            write_text("XREF", identifier, put)


def write_databank(element: Element, put: Put) -> None:
    """A line for each accession number; the name alone where there is none."""
    name, numbers = "", []
    named: Element | None = None
    for child in element:
        if child.tag == "DataBankName":
            named, name = child, text_of(child)
        elif child.tag == "AccessionNumberList":
            numbers = [number for number in child if text_of(number)]
    for number in numbers:
        put("SI", f"{name}/{text_of(number)}", (named, number))
    if name and not numbers:
        put("SI", name, element)


def write_grant(element: Element, put: Put) -> None:
    """A grant, its parts that there are. A Country that is there and empty, as the DTD wanted it
    before 2024, leaves its slash: ``12/34/Tea Fund/``.
    """
    parts = parts_of(element)
    shown = [parts.get(name) for name in ("GrantID", "Acronym", "Agency", "Country")]
    if value := "/".join(filter(None, shown)):
        put("GR", f"{value}/" if parts.get("Country") == "" else value, element)
