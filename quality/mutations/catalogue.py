"""All kinds of defects, in the order of the report."""

from __future__ import annotations

from importlib import import_module

from quality.mutations.kinds import KINDS, Excerpt, Kind, Mutant

#: The families, each a module that declares its kinds when it is imported, and their headings.
FAMILIES = {
    "wrapping": "Wrapped lines and line breaks",
    "tags": "Tags",
    "records": "Parts of records, and text around them",
    "encoding": "Bytes and characters",
    "completeness": "Fields missing, doubled, in the wrong place",
    "identifiers": "Identifiers",
    "doi": "DOI",
    "numbers": "Substances, databanks, grants",
    "dates": "Dates: how they are written",
    "chronology": "Dates: what they say of each other",
    "vocabulary": "Words of a vocabulary",
    "mesh": "MeSH headings",
    "source": "Source (SO)",
    "parts": "Volume, issue, pages, journal, with SO",
    "pairs": "Full and short names of authors",
    "names": "What does not belong into a name",
    "belonging": "Identifiers and affiliations of authors",
    "letters": "Letters and signs",
    "titles": "Titles",
    "abstracts": "Abstracts and keywords",
    "status": "Status, preprints",
    "links": "Links to other records",
    "books": "Books",
    "dataset": "Two records",
    "journals": "A record among others of its journal",
}
for _family in FAMILIES:
    import_module(f"quality.mutations.{_family}")

#: What is a defect, but contradicted by nothing that a rule could hold it to, and why.
NOT_MADE = {
    "PST aheadofprint becomes epublish": "an article that appears on paper never looks the same as "
    "one whose volume has not been given yet.",
    "An ORCID iD stands at two surnames in two records": "`orcid-one-person` tells it, and is off "
    "by default, because it takes as long as all other rules together.",
    "An affiliation stands twice under an author": "`affiliation-once` tells it, and is off by "
    "default, because it takes longer than other rules.",
    "A blank stands before a comma in the title": "`title-punctuation-spacing` tells it, and is "
    "off by default: one title of two hundred in PubMed has such a place.",
    "The title is that of the journal": "`title-differs-from-journal` tells it, and is off by "
    "default: some articles are about their journal.",
    "The title stands in quotation marks": "a title may be a quotation.",
    "A record never indexed has a MeSH date (MHDA) of its own": "`mesh-date-when-not-indexed` "
    "tells it, and is off by default: PubMed does so.",
}

__all__ = ["FAMILIES", "KINDS", "NOT_MADE", "Excerpt", "Kind", "Mutant"]
