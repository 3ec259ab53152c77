"""PubMed XML elements -> the tags and values that PubMed's text export prints of them.

Source: the DTD pubmed_250101 and the elements of older ones (MedlineCitationSet, DateCreated), and
PubMed's own exports of the same records in both forms. Where the generations of the text differ,
the newest is followed, except that an ELocationID keeps its type. The tables below say which
element becomes what; an element that is in none of them has no tag. What the text does not print
and a rule can judge has a tag of `medlint.records.tags.XML_TAGS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol


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

    def __iter__(self) -> Iterator[Element]: ...

    def __len__(self) -> int: ...


#: What a value comes from: an element, several in the order in which they stand in the value, or
#: an element and the name of its attribute.
Origin = Element | tuple[Element | str | None, ...]

#: Takes one field of a record: its tag, its value, and what the value comes from.
Put = Callable[[str, str, Origin], None]


#: The tag of a note, not of a field: the fields of this record do not stand as `REGULAR_ABOVE`
#: of `medlint.records.record` has it.
IRREGULAR = ""

#: Writes the fields of one element.
Writer = Callable[[Element, Put], None]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")
_BLANKS = " \t\n"
#: How many dates are remembered; those of a file are few.
_MEMORY = 10_000

#: PubMedPubDate/@PubStatus -> the tag that repeats the date.
_HISTORY = {"pubmed": "EDAT", "medline": "MHDA", "entrez": "CRDT"}

#: ArticleId/@IdType -> tag.
_IDENTIFIERS = {"pubmed": "XAID", "pmc": "PMC", "mid": "MID"}

#: CommentsCorrections/@RefType -> tag. ``Cites`` and the reprints of older DTDs are not printed.
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


def write_fields(record: Element, put: Put) -> None:
    """Give *put* the fields of a PubmedArticle, PubmedBookArticle or bare MedlineCitation."""
    (_citation if record.tag == "MedlineCitation" else _RECORD)(record, put)


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


def _inside(writers: Mapping[str, Writer | str]) -> Writer:
    """Write the children of an element, each by its name: with a writer, or, where the text is the
    value, under a tag."""
    find = writers.get

    def write(element: Element, put: Put) -> None:
        for child in element:
            writer = find(child.tag)
            if writer is None:
                continue
            if not isinstance(writer, str):
                writer(child, put)
            elif value := text_of(child):
                put(writer, value, child)

    return write


def _each(writer: Writer) -> Writer:
    """Write all children of an element in one way."""

    def write(element: Element, put: Put) -> None:
        for child in element:
            writer(child, put)

    return write


def _text_of_each(tag: str) -> Writer:
    """Write the text of all children of an element under one tag."""

    def write(element: Element, put: Put) -> None:
        for child in element:
            _write_text(tag, child, put)

    return write


def _write_text(tag: str, element: Element, put: Put) -> None:
    if value := text_of(element):
        put(tag, value, element)


def _labelled(tag: str, attribute: str) -> Writer:
    """``OWNER: text``, as of OtherID and GeneralNote."""

    def write(element: Element, put: Put) -> None:
        if value := text_of(element):
            label = element.get(attribute)
            put(tag, f"{label}: {value}" if label else value, element)

    return write


#: The names and texts of the children of an element.
_Parts = tuple[tuple[str, str | None], ...]


def _parts(element: Element) -> dict[str, str]:
    return {child.tag: text_of(child) for child in element}


def _put_identifier(tag: str, term: Element, name: str, put: Put) -> None:
    """The identifier of a term and its name: ``D013662 Tea``; old XML has none."""
    identifier = term.get("UI")
    if identifier is not None:
        put(tag, f"{identifier} {name}" if identifier else name, (term, "UI"))


def _date_parts(element: Element) -> _Parts:
    """The parts of a date as they are, a key to what has been made of them before."""
    return tuple([(child.tag, child.text) for child in element])


def _two_digits(number: str) -> str:
    return number.zfill(2) if number.isdecimal() else number


def _number_of_month(month: str) -> str:
    return f"{_MONTHS.index(month) + 1:02}" if month in _MONTHS else _two_digits(month)


def _date(tag: str) -> Writer:
    """``YYYYMMDD``, or less where less is there."""

    def write(element: Element, put: Put) -> None:
        if value := _compact_date(_date_parts(element)):
            put(tag, value, element)

    return write


def _by_name(parts: _Parts) -> Callable[[str], str]:
    texts = {name: (text or "").strip() for name, text in parts}
    return lambda name: texts.get(name, "")


@lru_cache(_MEMORY)
def _compact_date(parts: _Parts) -> str:
    part = _by_name(parts)
    return part("Year") + _number_of_month(part("Month")) + _two_digits(part("Day"))


def _publication_date(element: Element, put: Put) -> None:
    if value := _written_date(_date_parts(element)):
        put("DP", value, element)


@lru_cache(_MEMORY)
def _written_date(parts: _Parts) -> str:
    """``1979 Jun 5``, ``1979 Spring`` or what MedlineDate says."""
    written = []
    for name, text in parts:
        part = (text or "").strip()
        if part.isdecimal() and name == "Month" and 1 <= int(part) <= 12:
            part = _MONTHS[int(part) - 1]
        elif part.isdecimal() and name == "Day":
            part = str(int(part))
        written.append(part)
    return " ".join(filter(None, written))


def _history_date(element: Element, put: Put) -> None:
    """A line of PHST, and the tag that says the same of the steps at NLM."""
    status = element.get("PubStatus") or ""
    date, time = _date_and_time(_date_parts(element))
    if not date:
        return
    if status == "pmc-release":
        put("PMCR", date, element)
    elif status in _HISTORY:
        put(_HISTORY[status], time, element)
    put("PHST", f"{time} [{status}]", element)


@lru_cache(_MEMORY)
def _date_and_time(parts: _Parts) -> tuple[str, str]:
    """``1979/06/05`` and ``1979/06/05 06:00``; a date without its day has no time."""
    part = _by_name(parts)
    day = _two_digits(part("Day"))
    date = "/".join(filter(None, (part("Year"), _number_of_month(part("Month")), day)))
    hour, minute = part("Hour") or "0", part("Minute") or "0"
    return date, f"{date} {_two_digits(hour)}:{_two_digits(minute)}" if day else date


def _issn(element: Element, put: Put) -> None:
    if value := text_of(element):
        kind = "Linking" if element.tag == "ISSNLinking" else element.get("IssnType")
        put("IS", f"{value} ({kind})" if kind else value, element)


def _pagination(element: Element, put: Put) -> None:
    """MedlinePgn; where it is missing, the first and the last page."""
    pages = {child.tag: child for child in element if text_of(child)}
    shown = ["MedlinePgn"] if "MedlinePgn" in pages else ["StartPage", "EndPage"]
    if ends := [pages[name] for name in shown if name in pages]:
        put("PG", "-".join(map(text_of, ends)), tuple(ends))
    if len(pages) > 1 and "MedlinePgn" in pages:
        ends = [pages[name] for name in ("StartPage", "EndPage") if name in pages]
        put("XPG", "-".join(map(text_of, ends)), tuple(ends))


def _location(element: Element, put: Put) -> None:
    value, kind = text_of(element), element.get("EIdType")
    if value:
        tag = "XLID" if element.get("ValidYN") == "N" else "LID"
        put(tag, f"{value} [{kind}]" if kind else value, element)


def _sections(element: Element) -> Iterable[Element]:
    return [child for child in element if child.tag == "AbstractText"]


def _abstract_text(element: Element) -> str:
    """The sections of an abstract with their labels, in one."""
    sections = []
    for section in _sections(element):
        label, text = section.get("Label"), text_of(section)
        sections.append(f"{label}: {text}".strip() if label else text)
    return " ".join(filter(None, sections))


def _abstract(element: Element, put: Put) -> None:
    if text := _abstract_text(element):
        put("AB", text, tuple(_sections(element)))
    for child in element:
        if child.tag == "CopyrightInformation" and (text := text_of(child)):
            put("CI", text, child)
        elif category := child.get("NlmCategory"):
            put("XAB", f"{category}: {child.get('Label') or ''}".strip(), (child, "NlmCategory"))


def _other_abstract(element: Element, put: Put) -> None:
    """Another abstract with its kind, unless that is the usual one for laymen."""
    kind, text = element.get("Type"), _abstract_text(element)
    if not text:
        return
    is_named = kind and kind != "plain-language-summary"
    put("OAB", f"{kind}: {text}" if is_named else text, tuple(_sections(element)))
    if language := element.get("Language"):
        put("OABL", language, (element, "Language"))
    for child in element:
        if child.tag == "CopyrightInformation" and (copyright_ := text_of(child)):
            put("OCI", copyright_, child)


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
            _write_text("CN", group, put)
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
                        _write_text(self.affiliation, inner, put)
                    elif inner.tag == "Identifier" and (value := text_of(inner)):
                        put("XAD", f"{inner.get('Source')}: {value}", inner)
            elif child.tag == "Affiliation":
                _write_text(self.affiliation, child, put)


_author = _Person("FAU", "AU", "AUID", "AD").write
_editor = _Person("FED", "ED", "AUID", "AD").write
_investigator = _Person("FIR", "IR", None, "IRAD").write
_subject = _Person("FPS", "PS", None, "AD").write


def _authors(element: Element, put: Put) -> None:
    is_of_editors = element.get("Type") == "editors"
    for child in element:
        (_editor if is_of_editors else _author)(child, put)
    if element.get("CompleteYN") == "N" and not is_of_editors:
        put("AU", "et al.", (element, "CompleteYN"))
        put(IRREGULAR, "", element)


def _first_affiliation(element: Element, put: Put) -> None:
    """The one affiliation of a record of before 2014, that of the first author."""
    _write_text("AD", element, put)
    put(IRREGULAR, "", element)


def _databank(element: Element, put: Put) -> None:
    """A line for each accession number; the name alone where there is none."""
    name, numbers = "", []
    for child in element:
        if child.tag == "DataBankName":
            name = text_of(child)
        elif child.tag == "AccessionNumberList":
            numbers = [number for number in child if text_of(number)]
    for number in numbers:
        put("SI", f"{name}/{text_of(number)}", number)
    if name and not numbers:
        put("SI", name, element)


def _grant(element: Element, put: Put) -> None:
    parts = _parts(element)
    shown = [parts.get(name) for name in ("GrantID", "Acronym", "Agency", "Country")]
    if value := "/".join(filter(None, shown)):
        put("GR", value, element)


def _chemical(element: Element, put: Put) -> None:
    parts = _parts(element)
    number, name = parts.get("RegistryNumber", ""), parts.get("NameOfSubstance", "")
    if value := f"{number} ({name})" if number and name else number or name:
        put("RN", value, element)
    for child in element:
        if child.tag == "NameOfSubstance":
            _put_identifier("XRN", child, name, put)


def _supplementary_concept(element: Element, put: Put) -> None:
    _write_text("RN", element, put)
    _put_identifier("XRN", element, text_of(element), put)


def _publication_type(element: Element, put: Put) -> None:
    _write_text("PT", element, put)
    _put_identifier("XPT", element, text_of(element), put)


def _mesh_heading(element: Element, put: Put) -> None:
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


def _link(element: Element, put: Put) -> None:
    kind = element.get("RefType") or ""
    tag = _LINKS.get(kind)
    if tag is None:
        if kind:
            put("XCC", kind, (element, "RefType"))
        return
    parts = _parts(element)
    source, pmid = parts.get("RefSource", ""), parts.get("PMID", "")
    if pmid:
        stop = "" if source.endswith(".") or not source else "."
        source = f"{source}{stop} PMID: {pmid}".strip()
    if source:
        put(tag, source, element)


def _keywords(element: Element, put: Put) -> None:
    keywords = [child for child in element if text_of(child)]
    owner = element.get("Owner")
    if keywords and owner:
        put("OTO", owner, (element, "Owner"))
    for keyword in keywords:
        mark = "*" if keyword.get("MajorTopicYN") == "Y" else ""
        put("OT", mark + text_of(keyword), keyword)


def _identifier(element: Element, put: Put) -> None:
    """An identifier; those of PubMed, of PMC and of manuscripts have a tag each."""
    value, kind = text_of(element), element.get("IdType") or "pubmed"
    if value:
        tag = _IDENTIFIERS.get(kind)
        put(tag or "AID", value if tag else f"{value} [{kind}]", element)


def _references(element: Element, put: Put) -> None:
    """What the article cites, as far as PubMed has it; lists may hold lists."""
    for child in element:
        if child.tag == "ReferenceList":
            _references(child, put)
        elif child.tag == "Reference":
            for inner in child:
                if inner.tag == "ArticleIdList":
                    for identifier in inner:
                        if identifier.get("IdType") == "pubmed":
                            _write_text("XREF", identifier, put)


def _electronic_date(element: Element, put: Put) -> None:
    if element.get("DateType") in ("Electronic", None):
        _date("DEP")(element, put)


def _chapter(element: Element, put: Put) -> None:
    if element.get("Type") == "chapter":
        _write_text("CP", element, put)


_JOURNAL = _inside(
    {
        "ISSN": _issn,
        "JournalIssue": _inside({"Volume": "VI", "Issue": "IP", "PubDate": _publication_date}),
        "Title": "JT",
    }
)

#: What articles and books have in common.
_WORK: dict[str, Writer | str] = {
    "ArticleTitle": "TI",
    "VernacularTitle": "TT",
    "Pagination": _pagination,
    "ELocationID": _location,
    "Abstract": _abstract,
    "AuthorList": _authors,
    "Language": "LA",
    "GrantList": _each(_grant),
}

_ARTICLE_PARTS = _inside(
    {
        **_WORK,
        "Journal": _JOURNAL,
        "Affiliation": _first_affiliation,
        "DataBankList": _each(_databank),
        "PublicationTypeList": _each(_publication_type),
        "ArticleDate": _electronic_date,
    }
)


def _article(element: Element, put: Put) -> None:
    if model := element.get("PubModel"):
        put("PUBM", model, (element, "PubModel"))
    _ARTICLE_PARTS(element, put)


_CITATION_PARTS = _inside(
    {
        "PMID": "PMID",
        "MedlineID": "UI",
        "DateCreated": _date("DA"),
        "DateCompleted": _date("DCOM"),
        "DateRevised": _date("LR"),
        "Article": _article,
        "MedlineJournalInfo": _inside(
            {
                "Country": "PL",
                "MedlineTA": "TA",
                "NlmUniqueID": "JID",
                "ISSNLinking": _issn,
            }
        ),
        "ChemicalList": _each(_chemical),
        "SupplMeshList": _each(_supplementary_concept),
        "CitationSubset": "SB",
        "CommentsCorrectionsList": _each(_link),
        "GeneSymbolList": _text_of_each("GS"),
        "MeshHeadingList": _each(_mesh_heading),
        "NumberOfReferences": "RF",
        "PersonalNameSubjectList": _each(_subject),
        "OtherID": _labelled("OID", "Source"),
        "OtherAbstract": _other_abstract,
        "KeywordList": _keywords,
        "CoiStatement": "COIS",
        "SpaceFlightMission": "SFM",
        "InvestigatorList": _each(_investigator),
        "GeneralNote": _labelled("GN", "Owner"),
    }
)


def _citation(element: Element, put: Put) -> None:
    for attribute, tag in (("Owner", "OWN"), ("Status", "STAT"), ("IndexingMethod", "XIM")):
        if value := element.get(attribute):
            put(tag, value, (element, attribute))
    _CITATION_PARTS(element, put)


_BOOK = _inside(
    {
        **_WORK,
        "AuthorList": _authors,
        "Publisher": _inside({"PublisherName": "PB", "PublisherLocation": "PL"}),
        "BookTitle": "BTI",
        "PubDate": _publication_date,
        "Volume": "VI",
        "VolumeTitle": "VTI",
        "Edition": "EN",
        "CollectionTitle": "CTI",
        "Isbn": "ISBN",
    }
)

_BOOK_DOCUMENT_PARTS = _inside(
    {
        **_WORK,
        "PMID": "PMID",
        "ArticleIdList": _each(_identifier),
        "Book": _BOOK,
        "LocationLabel": _chapter,
        "PublicationType": _publication_type,
        "InvestigatorList": _each(_investigator),
        "KeywordList": _keywords,
        "ContributionDate": _date("CTDT"),
        "DateRevised": _date("DRDT"),
    }
)


def _book_document(element: Element, put: Put) -> None:
    """A book or a chapter; the text gives each the status ``Publisher``, which XML does not say."""
    put("STAT", "Publisher", element)
    _BOOK_DOCUMENT_PARTS(element, put)


_HISTORY_DATES = _each(_history_date)

_RECORD = _inside(
    {
        "MedlineCitation": _citation,
        "PubmedData": _inside(
            {
                "History": _HISTORY_DATES,
                "PublicationStatus": "PST",
                "ArticleIdList": _each(_identifier),
                "ReferenceList": _references,
            }
        ),
        "BookDocument": _book_document,
        "PubmedBookData": _inside({"History": _HISTORY_DATES}),
    }
)
