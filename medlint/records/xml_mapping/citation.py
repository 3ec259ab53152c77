"""MedlineCitation: what NLM says of an article, beside the article itself."""

from __future__ import annotations

from medlint.records.xml_mapping.abstracts import write_other_abstract
from medlint.records.xml_mapping.dates import date
from medlint.records.xml_mapping.elements import Element, Put, each, inside, labelled, text_of_each
from medlint.records.xml_mapping.links import write_link, write_older_link, write_pmid
from medlint.records.xml_mapping.people import write_investigator, write_subject
from medlint.records.xml_mapping.terms import (
    write_chemical,
    write_keywords,
    write_mesh_headings,
    write_supplementary_concept,
)
from medlint.records.xml_mapping.work import write_article, write_issn

_CITATION_PARTS = inside(
    {
        "PMID": write_pmid,
        "MedlineID": "UI",
        "DateCreated": date("DA"),
        "DateCompleted": date("DCOM"),
        "DateRevised": date("LR"),
        "Article": write_article,
        "MedlineJournalInfo": inside(
            {
                "Country": "PL",
                "MedlineTA": "TA",
                "NlmUniqueID": "JID",
                "ISSNLinking": write_issn,
            }
        ),
        "ChemicalList": each(write_chemical),
        "SupplMeshList": each(write_supplementary_concept),
        "CitationSubset": "SB",
        "CommentsCorrectionsList": each(write_link),
        "CommentsCorrections": each(write_older_link),
        "GeneSymbolList": text_of_each("GS"),
        "MeshHeadingList": write_mesh_headings,
        "NumberOfReferences": "RF",
        "PersonalNameSubjectList": each(write_subject),
        "OtherID": labelled("OID", "Source"),
        "OtherAbstract": write_other_abstract,
        "KeywordList": write_keywords,
        "CoiStatement": "COIS",
        "SpaceFlightMission": "SFM",
        "InvestigatorList": each(write_investigator),
        "GeneralNote": labelled("GN", "Owner"),
    }
)


def write_citation(element: Element, put: Put) -> None:
    """Who keeps the record, how far it has come, and its parts."""
    for attribute, tag in (("Owner", "OWN"), ("Status", "STAT"), ("IndexingMethod", "XIM")):
        if value := element.get(attribute):
            put(tag, value, (element, attribute))
    _CITATION_PARTS(element, put)
