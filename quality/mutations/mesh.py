"""MeSH headings."""

from __future__ import annotations

import re
from random import Random

from quality.mutations.chance import misspelt
from quality.mutations.entry import Entry, NotApplicable, needed
from quality.mutations.kinds import kind

_MESH = "mesh-heading-form"


def _declare_mesh(name: str, rules: str, pattern: str, by: str) -> None:
    @kind(f"MH: {name}", rules)
    def _(record: Entry, draw: Random) -> None:
        field = record.pick(draw, "MH", lambda value: re.search(pattern, value))
        field.value = re.sub(pattern, by, field.value, count=1)


_declare_mesh("two stars", _MESH, r"^\*?", "**")
_declare_mesh("a star at the end", _MESH, r"(?<=[a-z])$", "*")
_declare_mesh("a slash at the end", _MESH, r"$", "/")
_declare_mesh("an empty qualifier", _MESH, r"/", "//")
_declare_mesh("no descriptor", _MESH, r"^\*?[^/]+(?=/)", "")
_declare_mesh("blanks around the slash", _MESH, r"/", " / ")
_declare_mesh(
    "a qualifier that MeSH does not have", _MESH + " mesh-qualifier-known", r"/.*$", "/usefulness"
)
_declare_mesh(
    "a qualifier in capitals", _MESH + " mesh-qualifier-known", r"/(\*?)[a-z].*$", r"/\1THERAPY"
)
_declare_mesh(
    "an abbreviated qualifier", _MESH + " mesh-qualifier-known", r"/(\*?)[a-z].*$", r"/\1DT"
)


@kind("MH: a qualifier misspelt", _MESH + " mesh-qualifier-known")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "MH", lambda value: re.search(r"/\*?[a-z]{4,}$", value))
    head, _, qualifier = field.value.rpartition("/")
    star = "*" * qualifier.startswith("*")
    field.value = f"{head}/{star}{misspelt(draw, qualifier.lstrip('*'))}"


@kind("MH: all headings in one field", _MESH + " mesh-qualifier-known")
def _(record: Entry, draw: Random) -> None:
    headings = record.all("MH")
    if len(headings) < 3:
        raise NotApplicable
    headings[0].value = "; ".join(field.value for field in headings)
    record.drop(*headings[1:])


@kind("MH: all stars lost", "major-topic-present", "MH record")
def _(record: Entry, draw: Random) -> None:
    for field in needed(record.all("MH", lambda value: "*" in value)):
        field.value = field.value.replace("*", "")


_AGES = ("Adult", "Aged", "Child", "Infant", "Adolescent", "Middle Aged", "Young Adult")


@kind("MH: Humans is missing, an age group stays", "age-group-with-humans", "MH record")
def _(record: Entry, draw: Random) -> None:
    if not {field.value for field in record.all("MH")} & set(_AGES):
        raise NotApplicable
    record.drop(record.one("MH", lambda value: value == "Humans"))


@kind("MH: a publication type", "mesh-heading-not-type", "MH")
def _(record: Entry, draw: Random) -> None:
    types = ("Journal Article", "Comment", "Published Erratum", "English Abstract")
    record.add("MH", draw.choice(types), record.pick(draw, "MH"))
