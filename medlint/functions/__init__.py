"""Named functions of the field, which rules choose by name.

A function judges one string: it returns None when the string is right, else the reason as a
short clause that reads well after a colon. It is pure and never raises.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from medlint.functions.author import agrees, author_short_name
from medlint.functions.dates import CALENDAR_DATE_CLEAN, calendar_date
from medlint.functions.doi import DOI_CLEAN, doi_form
from medlint.functions.grant import GRANT_CLEAN
from medlint.functions.grant import grant as grant_form
from medlint.functions.isbn import isbn_check_digit
from medlint.functions.issn import issn_check_digit
from medlint.functions.mesh import MESH_HEADING_CLEAN, mesh_heading
from medlint.functions.name_words import NAME_CLEAN
from medlint.functions.names import name_form
from medlint.functions.orcid import orcid_check_digit
from medlint.functions.pages import PAGES_CLEAN, page_span
from medlint.functions.pages import pages as page_form
from medlint.functions.pubdates import PUBLICATION_DATE_CLEAN, publication_date
from medlint.functions.registry import (
    REGISTRY_NUMBER_CLEAN,
    registry_check_digit,
    registry_number,
)
from medlint.functions.text import BALANCED_CLEAN, balanced_brackets


class Function(NamedTuple):
    """A named function, and what the engine may use to call it seldom."""

    check: Callable[[str], str | None]
    #: A pattern that matches, as a whole, only strings that are right, and no newline.
    clean: str | None = None


FUNCTIONS: dict[str, Function] = {
    "balanced_brackets": Function(balanced_brackets, BALANCED_CLEAN),
    "calendar_date": Function(calendar_date, CALENDAR_DATE_CLEAN),
    "doi_form": Function(doi_form, DOI_CLEAN),
    "grant": Function(grant_form, GRANT_CLEAN),
    "isbn_check_digit": Function(isbn_check_digit),
    "issn_check_digit": Function(issn_check_digit),
    "mesh_heading": Function(mesh_heading, MESH_HEADING_CLEAN),
    "name_form": Function(name_form, NAME_CLEAN),
    "orcid_check_digit": Function(orcid_check_digit),
    "page_span": Function(page_span, PAGES_CLEAN),
    "pages": Function(page_form, PAGES_CLEAN),
    "publication_date": Function(publication_date, PUBLICATION_DATE_CLEAN),
    "registry_check_digit": Function(registry_check_digit),
    "registry_number": Function(registry_number, REGISTRY_NUMBER_CLEAN),
}


class PairFunction(NamedTuple):
    """A named function that judges whether a short form follows from a full one."""

    #: (full form, short form, PMID of the record or None) -> whether the two agree.
    agrees: Callable[[str, str, int | None], bool]
    #: Full form -> the short form that it gives today.
    expected: Callable[[str], str]


PAIR_FUNCTIONS: dict[str, PairFunction] = {
    "author_short_name": PairFunction(agrees, author_short_name),
}
