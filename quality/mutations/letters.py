"""Letters and signs in titles and abstracts: what happens to text on its way."""

from __future__ import annotations

from random import Random

from quality.mutations.chance import (
    for_blank,
    inside,
)
from quality.mutations.entry import Entry
from quality.mutations.kinds import kind


def _declare_letters(name: str, rules: str, wrongs: list[str]) -> None:
    for tag in ("TI", "AB"):

        @kind(name, rules, tag, where=tag)
        def _(record: Entry, draw: Random, tag: str = tag) -> None:
            field = record.one(tag)
            field.value = inside(draw, field.value, draw.choice(wrongs))


_UTF8_AS_CP1252 = [
    letter.encode().decode("cp1252") for letter in ("é", "–", "’", "µ", "ü", "±", "α", "≥", "©")
]
_UTF8_AS_LATIN1 = [letter.encode().decode("latin-1") for letter in ("é", "ü", "ö", "ñ", "±", "µ")]
_UTF8_AS_MAC = [letter.encode().decode("mac-roman") for letter in ("é", "ü", "–", "’", "±")]
_TWICE = [wrong.encode().decode("cp1252", "replace") for wrong in ("Ã©", "Ã¼", "Â±")]

_declare_letters("UTF-8 read as Windows-1252", "text-decoded", _UTF8_AS_CP1252)
_declare_letters("UTF-8 read as Latin-1", "text-decoded", _UTF8_AS_LATIN1)
_declare_letters("UTF-8 read as Mac Roman", "text-decoded", _UTF8_AS_MAC)
_declare_letters("UTF-8 read wrongly twice", "text-decoded", _TWICE)
_declare_letters("the replacement character", "text-decoded", ["\ufffd"])
_declare_letters(
    "an invisible character",
    "no-invisible-characters",
    ["\u200b", "\u00ad", "\u200e", "\u2060", "\ufeff"],
)
_declare_letters("a private-use character", "no-private-characters", ["\uf0b1", "\ue000"])
_declare_letters("an entity", "no-html-entities", ["&amp;", "&lt;", "&#8217;", "&nbsp;"])
_declare_letters(
    "an entity escaped twice", "no-html-entities", ["&amp;lt;", "&amp;amp;", "&amp;#8217;"]
)
_declare_letters(
    "a tag of HTML", "no-html-tags", ["<i>", "<b>", "</sub>", "<br/>", "<p>", '<span class="x">']
)
_declare_letters(
    "a tag of JATS", "no-html-tags", ["<italic>", "<xref>", "</jats:p>", "<jats:title>"]
)
_declare_letters("a Cyrillic letter in a word", "one-script-per-word", ["а", "о", "е", "с"])

_LATEX = (r"\alpha", r"$\beta$", r"\documentclass[12pt]{minimal}", r"\textit{in}", r"$$ x_{i} $$")


def _declare_commands(tag: str) -> None:
    @kind("remains of LaTeX", "no-markup-commands", tag, where=tag)
    def _(record: Entry, draw: Random) -> None:
        field = record.one(tag)
        field.value = for_blank(draw, field.value, f" {draw.choice(_LATEX)} ")


_declare_commands("TI")
_declare_commands("AB")


_declare_letters("a separator of lines", "no-line-separators", ["\u2028", "\u2029"])
_declare_letters("a letter and its accent apart", "letters-composed", ["e\u0301", "u\u0308"])
_declare_letters(
    "an accent beside its letter", "accents-on-letters", ["\u00b4e", "\u00a8u", "\u00b4a"]
)
