"""Titles."""

from __future__ import annotations

import re
from random import Random

from quality.mutations.chance import (
    for_blank,
)
from quality.mutations.entry import Entry, NotApplicable
from quality.mutations.kinds import kind

_TITLE_END = "title-final-punctuation"


@kind("TI: cut in the middle", _TITLE_END)
def _(record: Entry, draw: Random) -> None:
    field = record.one("TI")
    words = field.value.split(" ")
    if len(words) < 5:
        raise NotApplicable
    cut = " ".join(words[: draw.randrange(3, len(words) - 1)])
    if not cut[-1].isalpha():
        raise NotApplicable
    field.value = cut


@kind("TI: the full stop is missing", _TITLE_END)
def _(record: Entry, draw: Random) -> None:
    field = record.one("TI", lambda value: re.search(r"\w\.$", value))
    field.value = field.value[:-1]


@kind("TI: two full stops", "title-one-final-mark")
def _(record: Entry, draw: Random) -> None:
    field = record.one("TI", lambda value: re.search(r"\w\.$", value))
    field.value += "."


_NO_TITLE = "title-available title-is-words text-not-placeholder"


def _replace_title(name: str, rules: str, by: str) -> None:
    @kind(f"TI: {name}", rules)
    def _(record: Entry, draw: Random) -> None:
        field = record.one("TI")
        field.value = by.format(pmid=record.value("PMID"))


_replace_title("a placeholder", _NO_TITLE, "Untitled.")
_replace_title("the word 'Title'", _NO_TITLE, "Title.")
_replace_title("'null'", _NO_TITLE, "null")
_replace_title("the PMID", _NO_TITLE, "{pmid}.")
_replace_title("the name of a file", _NO_TITLE, "manuscript_final_v3.docx")
_replace_title("a web address", _NO_TITLE, "https://example.org/article/12.")


@kind("TI: in capitals", "title-not-all-capitals")
def _(record: Entry, draw: Random) -> None:
    field = record.one("TI", lambda value: len(value) > 40)
    field.value = field.value.upper()


@kind(
    "TI: in small letters",
    "title-begins-with-capital",
    why_not="Right titles begin with a small letter before a name of letters and digits, or behind "
    "a bracket.",
)
def _(record: Entry, draw: Random) -> None:
    field = record.one("TI", lambda value: len(value) > 40)
    field.value = field.value.lower()


@kind("TI: a bracket not closed", "title-brackets-balanced")
def _(record: Entry, draw: Random) -> None:
    field = record.one("TI", lambda value: re.search(r"\([^()]{3,}\)", value))
    field.value = field.value.replace(")", "", 1)


@kind("TI: two blanks", "single-blanks")
def _(record: Entry, draw: Random) -> None:
    field = record.one("TI")
    field.value = for_blank(draw, field.value, "  ")


@kind("TT on a record in English", "original-title-not-english", "TT LA TI")
def _(record: Entry, draw: Random) -> None:
    if record.values("LA") != ["eng"] or record.all("TT"):
        raise NotApplicable
    record.add("TT", "Tee und Schlaf bei Erwachsenen.", record.one("PT"))


@kind(
    "a translated title on a record in English",
    "bracketed-title-is-translated",
    "LA TI",
    why_not="Titles of corrections stand in brackets in English too.",
)
def _(record: Entry, draw: Random) -> None:
    if record.values("LA") != ["eng"] or record.all("TT"):
        raise NotApplicable
    field = record.one("TI", lambda value: re.search(r"\w\.$", value))
    field.value = f"[{field.value[:-1]}]."


@kind("TI: the brackets of a translated title are missing", "translated-title-in-brackets", "LA TT")
def _(record: Entry, draw: Random) -> None:
    record.one("TT")
    if "eng" in record.values("LA") or not record.all("LA"):
        raise NotApplicable
    field = record.one("TI", lambda value: re.search(r"^\[[^\[\]]+\]\.$", value))
    field.value = field.value[1:-2] + "."


@kind("TI is missing, TT stays", "english-title-present", "TT record")
def _(record: Entry, draw: Random) -> None:
    record.one("TT")
    record.drop_all("TI")


@kind("TI: in Cyrillic letters", "text-in-latin-letters")
def _(record: Entry, draw: Random) -> None:
    record.one("TI").value = "Влияние чая на сон взрослых."


@kind("TI: a web address in it", "title-without-address")
def _(record: Entry, draw: Random) -> None:
    field = record.one("TI", lambda value: re.search(r"\w\.$", value))
    field.value = f"{field.value[:-1]} ({draw.choice(_ADDRESSES)})."


_ADDRESSES = ("https://example.org/tea", "www.example.org", "http://example.org/1.html")


def _declare_notice(beginning: str, kind_of_article: str, rule: str) -> None:
    @kind("TI of a notice without its publication type", rule, "PT record", where=beginning)
    def _(record: Entry, draw: Random) -> None:
        if "Journal Article" not in record.values("PT") or kind_of_article in record.values("PT"):
            raise NotApplicable
        field = record.one("TI", lambda value: value[0].isupper())
        field.value = f"{beginning} {field.value}"


_declare_notice("Erratum to:", "Published Erratum", "erratum-type-of-title")
_declare_notice("Correction:", "Published Erratum", "erratum-type-of-title")
_declare_notice("Retraction:", "Retraction of Publication", "retraction-type-of-title")
_declare_notice("Expression of concern:", "Expression of Concern", "concern-type-of-title")
