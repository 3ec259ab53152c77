"""The tags of the MEDLINE display format.

Sources: PubMed User Guide, "PubMed format"; the pubmed_250101 DTD for what may repeat. The order
is the one in which PubMed's exports write the fields.
"""

from __future__ import annotations

from typing import NamedTuple


class Tag(NamedTuple):
    """What is known of one tag."""

    tag: str
    name: str
    repeatable: bool
    #: Place in the order in which PubMed writes the fields, from 0.
    rank: int


_ONE, _MANY = False, True

_TABLE: tuple[tuple[str, str, bool], ...] = (
    ("PMID", "PubMed unique identifier", _ONE),
    ("OWN", "Owner", _ONE),
    ("STAT", "Status", _ONE),
    ("DRDT", "Date revised (book)", _ONE),
    ("CTDT", "Contribution date", _ONE),
    ("UI", "MEDLINE unique identifier", _ONE),
    ("DA", "Date created", _ONE),
    ("DCOM", "Completion date", _ONE),
    ("LR", "Modification date", _ONE),
    ("PUBM", "Publishing model", _ONE),
    ("IS", "ISSN", _MANY),
    ("ISBN", "ISBN", _MANY),
    ("VI", "Volume", _ONE),
    ("IP", "Issue", _ONE),
    ("PB", "Publisher", _ONE),
    ("CTI", "Collection title", _ONE),
    ("DP", "Publication date", _ONE),
    ("TI", "Title", _ONE),
    ("BTI", "Book title", _ONE),
    ("VTI", "Volume title", _ONE),
    ("CP", "Chapter", _ONE),
    ("EN", "Edition", _ONE),
    ("PG", "Pagination", _ONE),
    ("LID", "Location identifier", _MANY),
    ("AB", "Abstract", _ONE),
    ("CI", "Copyright information", _ONE),
    ("FED", "Full editor name", _MANY),
    ("ED", "Editor", _MANY),
    ("FAU", "Full author name", _MANY),
    ("AU", "Author", _MANY),
    ("AUID", "Author identifier", _MANY),
    ("AD", "Affiliation", _MANY),
    ("CN", "Corporate author", _MANY),
    ("LA", "Language", _MANY),
    ("SI", "Secondary source identifier", _MANY),
    ("GR", "Grant number", _MANY),
    ("PT", "Publication type", _MANY),
    ("TT", "Transliterated title", _ONE),
    ("DEP", "Date of electronic publication", _ONE),
    ("PL", "Place of publication", _ONE),
    ("TA", "Journal title abbreviation", _ONE),
    ("JT", "Journal title", _ONE),
    ("JID", "NLM unique identifier", _ONE),
    ("RN", "Registry number", _MANY),
    ("NM", "Substance name", _MANY),
    ("SB", "Subset", _MANY),
    ("CON", "Comment on", _MANY),
    ("CIN", "Comment in", _MANY),
    ("EIN", "Erratum in", _MANY),
    ("EFR", "Erratum for", _MANY),
    ("CRI", "Corrected and republished in", _MANY),
    ("CRF", "Corrected and republished from", _MANY),
    ("DDIN", "Dataset described in", _MANY),
    ("DRIN", "Dataset use reported in", _MANY),
    ("ECI", "Expression of concern in", _MANY),
    ("ECF", "Expression of concern for", _MANY),
    ("ORI", "Original report in", _MANY),
    ("SPIN", "Summary for patients in", _MANY),
    ("PRIN", "Partial retraction in", _MANY),
    ("PROF", "Partial retraction of", _MANY),
    ("RPI", "Republished in", _MANY),
    ("RPF", "Republished from", _MANY),
    ("RRI", "Retracted and republished in", _MANY),
    ("RRF", "Retracted and republished from", _MANY),
    ("UOF", "Update of", _MANY),
    ("GS", "Gene symbol", _MANY),
    ("MH", "MeSH terms", _MANY),
    ("RF", "Number of references", _ONE),
    ("FPS", "Full personal name as subject", _MANY),
    ("PS", "Personal name as subject", _MANY),
    ("RIN", "Retraction in", _MANY),
    ("UIN", "Update in", _MANY),
    ("ROF", "Retraction of", _MANY),
    ("PMC", "PubMed Central identifier", _ONE),
    ("MID", "Manuscript identifier", _ONE),
    ("OID", "Other identifier", _MANY),
    ("OAB", "Other abstract", _MANY),
    ("OABL", "Other abstract language", _MANY),
    ("OCI", "Other copyright information", _MANY),
    ("OTO", "Other term owner", _MANY),
    ("OT", "Other term", _MANY),
    ("SFM", "Space flight mission", _MANY),
    ("GN", "General note", _MANY),
    ("COIS", "Conflict of interest statement", _ONE),
    ("FIR", "Full investigator name", _MANY),
    ("IR", "Investigator", _MANY),
    ("IRAD", "Investigator affiliation", _MANY),
    ("EDAT", "Entry date", _ONE),
    ("MHDA", "MeSH date", _ONE),
    ("PMCR", "PMC release", _ONE),
    ("CRDT", "Create date", _ONE),
    ("CDAT", "Create date (older books)", _ONE),
    ("PHST", "Publication history status", _MANY),
    ("AID", "Article identifier", _MANY),
    ("PST", "Publication status", _ONE),
    ("SO", "Source", _ONE),
)

#: Tags of today and of PubMed's own older exports, by tag.
TAGS: dict[str, Tag] = {
    tag: Tag(tag, name, repeatable, rank) for rank, (tag, name, repeatable) in enumerate(_TABLE)
}

#: What PubMed XML says and the text does not print, under tags that no text has: X, and the tag
#: beside which it stands.
XML_TAGS: dict[str, Tag] = {
    tag: Tag(tag, name, repeatable, rank)
    for rank, (tag, name, repeatable) in enumerate(
        (
            ("XIM", "Indexing method", _ONE),
            ("XPG", "First and last page", _ONE),
            ("XLID", "Location identifier that is not valid", _MANY),
            ("XAB", "Category and label of a section of the abstract", _MANY),
            ("XAU", "Person or group without a name of its own", _MANY),
            ("XAD", "Identifier of an affiliation", _MANY),
            ("XPT", "Publication type and its identifier", _MANY),
            ("XRN", "Substance and its identifier", _MANY),
            ("XCC", "Kind of a link that text does not print", _MANY),
            ("XMH", "MeSH descriptor and its identifier", _MANY),
            ("XSH", "MeSH qualifier and its identifier", _MANY),
            ("XAID", "PMID among the article identifiers", _MANY),
            ("XREF", "PMID of a reference", _MANY),
        ),
        len(TAGS),
    )
}

#: Tag -> its place in the order, of text and of XML.
RANKS: dict[str, int] = {tag.tag: tag.rank for tag in (*TAGS.values(), *XML_TAGS.values())}

#: Tags of ELHILL and Grateful Med, gone about 2000 but still met in old files.
HISTORIC_TAGS = frozenset(
    "AA AR CA CM CU CY EA EM ID JC LI MN MR NI RO SH YR ZN".split()  # noqa: SIM905
)

#: Tags that ERIC, KoreaMed, Ovid and RIS write, and PubMed never does.
FOREIGN_TAGS = frozenset("KW ISSN DOI URL VN TY ER T1 Y1 JO SN SP EP PY DO".split())  # noqa: SIM905
