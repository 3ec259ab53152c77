"""Values of which there is a list, and MeSH headings."""

from __future__ import annotations

from random import Random

from quality.mutations.chance import misspelt
from quality.mutations.entry import Entry
from quality.mutations.kinds import kind

_LISTED = {
    "STAT": ("status-known", "Published", "Medline", "In Process", "Final"),
    "OWN": ("owner-known", "PubMed", "nlm", "NIH"),
    "PST": ("publication-status-known", "published", "epub", "print", "ahead of print"),
    "OTO": ("keyword-owner-known", "AUTHOR", "notnlm", "NOT NLM"),
    "SB": ("subset-known", "index medicus", "ZZ", "I M"),
    "PT": ("publication-type-known", "Article", "Original Article", "Research Paper", "Case Study"),
    "PL": ("country-known", "Wonderland", "Londn", "Untied States"),
}


def _declare(tag: str, rule: str, words: tuple[str, ...]) -> None:
    @kind("a word that is not in its list", rule, tag, where=tag)
    def _(record: Entry, draw: Random) -> None:
        record.pick(draw, tag).value = draw.choice(words)

    if tag != "SB":  # its codes are so short that a slip often makes another code

        @kind("a slip of the keyboard", rule, tag, where=tag)
        def _(record: Entry, draw: Random) -> None:
            field = record.pick(draw, tag)
            field.value = misspelt(draw, field.value)


for _tag, (_rule, *_words) in _LISTED.items():
    _declare(_tag, _rule, tuple(_words))


def _declare_language(name: str, rules: str, *codes: str) -> None:
    @kind(f"LA: {name}", rules)
    def _(record: Entry, draw: Random) -> None:
        record.pick(draw, "LA").value = draw.choice(codes)


_declare_language("a code of two letters", "language-code-known", "en", "de", "fr", "zh")
_declare_language("the other code of ISO 639-2", "language-code-known", "deu", "fra", "nld", "zho")
_declare_language("a language in words", "language-code-known", "English", "German", "english")
_declare_language("letters exchanged", "language-code-known", "egn", "feg", "sap", "xxx")
_declare_language("capitals", "language-code-lower-case language-code-known", "ENG", "FRE", "Eng")


@kind("OABL: a code of two letters", "language-code-known")
def _(record: Entry, draw: Random) -> None:
    record.pick(draw, "OABL").value = draw.choice(["en", "es", "fr"])


@kind("PT in capitals", "publication-type-capitals publication-type-known")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "PT")
    field.value = field.value.upper()


@kind("two publication types in one field", "publication-type-known")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "PT")
    field.value = f"{field.value}{draw.choice([', ', '; ', '|'])}Review"


@kind("PL: in capitals", "country-capitals", "PL")
def _(record: Entry, draw: Random) -> None:
    field = record.one("PL")
    field.value = field.value.upper()


@kind("MID: the system misspelt", "manuscript-system-known manuscript-id-form", "MID")
def _(record: Entry, draw: Random) -> None:
    field = record.pick(draw, "MID", lambda value: value.startswith("NIHMS"))
    field.value = draw.choice(["NIMHS", "NHIMS", "NIHSM"]) + field.value[5:]
