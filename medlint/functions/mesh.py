"""MeSH headings as MH writes them: a descriptor, its qualifiers, and stars for the main topics."""

from __future__ import annotations

import re

_NAME = r"[^/*;\s]+(?: [^/*;\s]+)*"

#: Matches the headings that `mesh_heading` finds right, and no other text.
MESH_HEADING_CLEAN = rf"\*?{_NAME}(?:/\*?(?P<name>{_NAME})(?!.*/\*?(?P=name)(?:/|\Z)))*"


def mesh_heading(value: str) -> str | None:
    """Return None when *value* has the form of a MeSH heading in MH, else the reason.

    A heading is a descriptor, or a descriptor with one or more qualifiers, each after ``/``. A
    star before the descriptor or before a qualifier marks a main topic of the article (NLM,
    MEDLINE/PubMed Data Element Descriptions, MH). No name of MeSH holds a slash, a star or a
    semicolon. Whether MeSH has the descriptor is not judged.

    >>> mesh_heading("Tea/*adverse effects/chemistry"), mesh_heading("*Aged, 80 and over")
    (None, None)
    >>> mesh_heading("Tea//chemistry")
    "no qualifier stands after a '/'"
    >>> mesh_heading("Tea/chemistry; Humans")
    "';' parts two headings; each stands in a field of its own"
    >>> mesh_heading("Tea /chemistry")
    "a blank stands beside '/'"
    >>> mesh_heading("Tea/chemistry*")
    'a star stands only before a heading or a qualifier'
    >>> mesh_heading("Tea/chemistry/*chemistry")
    "the qualifier 'chemistry' stands there twice"
    """
    if re.search(";.", value):
        return "';' parts two headings; each stands in a field of its own"
    return _wrong_names(value, value.split("/"))


def _wrong_names(value: str, names: list[str]) -> str | None:
    descriptor, *qualifiers = names
    if not descriptor.strip("* "):
        return "no heading stands before the first '/'" if qualifiers else "it has no heading"
    if not all(name.strip("* ") for name in qualifiers):
        return "no qualifier stands after a '/'"
    if any(name != name.strip() for name in names):
        return "a blank stands beside '/'" if qualifiers else "a blank stands at its end"
    if any("*" in name[1:] for name in names):
        if any(name.startswith("**") for name in names):
            return "two stars stand together"
        return "a star stands only before a heading or a qualifier"
    bare = [name.removeprefix("*") for name in names]
    if any(name != name.strip() for name in bare):
        return "a blank stands after a star"
    if re.search(r"\s\s|[^\S ]", value):
        return "two blanks stand together"
    for index, name in enumerate(bare[1:], 1):
        if name in bare[1:index]:
            return f"the qualifier '{name}' stands there twice"
    return None
