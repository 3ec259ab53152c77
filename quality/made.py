"""Records that nobody wrote: as many as are wanted, clean, and the same for the same numbers.

They stand in for real exports where a test or a benchmark needs thousands, and no export can be
handed on. Names, titles and journals are made up.
"""

from __future__ import annotations

import datetime
import random
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from medlint.functions.issn import issn_check_digit

_FORE = [
    "Anna",
    "Luis",
    "Mei",
    "Omar",
    "Ruth",
    "Jonas",
    "Ifeoma",
    "Pavel",
    "Sofia",
    "Henrik",
    "Leila",
    "Tomas",
    "Grace",
    "Yusuf",
]
_SUR = [
    "Miller",
    "Garcia",
    "Chen",
    "Haddad",
    "Cohen",
    "Lind",
    "Okafor",
    "Novak",
    "Rossi",
    "Berg",
    "Karimi",
    "Silva",
    "Osei",
    "Demir",
    "Weber",
    "Tanaka",
    "Moreau",
    "Kelly",
    "Kowalski",
    "Nguyen",
    "Fischer",
    "Santos",
    "Ivanova",
    "Larsen",
    "Dubois",
    "Ferrari",
]
_TREATMENTS = [
    "Tea",
    "Walking",
    "Early rehabilitation",
    "Vitamin D",
    "Singing",
    "Cold water",
    "Daylight",
    "Massage",
]
_OUTCOMES = [
    "sleep",
    "recovery",
    "blood pressure",
    "wound healing",
    "memory",
    "balance",
    "pain",
    "appetite",
]
_GROUPS = [
    "adults",
    "older people",
    "nurses",
    "students",
    "pregnant women",
    "shift workers",
    "athletes",
]
_PLACES = [
    "seven cities",
    "a rural district",
    "two hospitals",
    "northern clinics",
    "a coastal town",
]
#: All records have the headings of the first list, and some of the second.
_MESH = (
    ["Humans", "*Treatment Outcome"],
    ["Adult", "Aged", "Female", "Male", "Middle Aged", "Memory", "Sleep/physiology"],
)
_CITIES = ["Hobart, Australia", "Leeds, United Kingdom", "Ghent, Belgium", "Porto, Portugal"]


class _Journal(NamedTuple):
    short: str
    title: str
    jid: str
    issn: str


def _journals() -> list[_Journal]:
    journals = []
    for index, subject in enumerate(_OUTCOMES):
        short = f"J {subject.title().replace(' ', '')} Res"
        stem = f"{2900 + index * 37:04}{index * 71 % 1000:03}"
        digit = next(
            d for d in "0123456789X" if issn_check_digit(f"{stem[:4]}-{stem[4:]}{d}") is None
        )
        title = f"Journal of {subject} research"
        journals.append(_Journal(short, title, f"1019{index:05}", f"{stem[:4]}-{stem[4:]}{digit}"))
    return journals


_JOURNALS = _journals()


def made_records(count: int, start: int = 31000001) -> Iterator[str]:
    """Yield *count* records as PubMed lays them out, with PMIDs from *start*; a record depends on
    its PMID alone. No default rule finds fault with them, alone or together.

    >>> one, = made_records(1)
    >>> one.splitlines()[0]
    'PMID- 31000001'
    """
    for pmid in range(start, start + count):
        yield _laid_out(_fields(pmid))


def _fields(pmid: int) -> list[tuple[str, str]]:
    chance = random.Random(pmid)
    journal = _JOURNALS[pmid % len(_JOURNALS)]
    doi = f"10.1000/jr.{pmid}"
    page = pmid % 1000 + 1
    day = datetime.date(2019, 3, 1) + datetime.timedelta(days=pmid % 20)
    dates = f"{day:%Y/%m/%d} 06:00"
    authors = chance.sample(_SUR, chance.randint(1, 6))
    treatment, outcome, group, place = (
        chance.choice(words) for words in (_TREATMENTS, _OUTCOMES, _GROUPS, _PLACES)
    )
    fields = [
        ("PMID", str(pmid)),
        ("OWN", "NLM"),
        ("STAT", "MEDLINE"),
        ("DCOM", "20190520"),
        ("LR", "20190601"),
        ("IS", f"{journal.issn} (Electronic)"),
        ("IS", f"{journal.issn} (Linking)"),
        ("VI", "12"),
        ("IP", "3"),
        ("DP", "2019 Mar"),
        ("TI", f"{treatment} and {outcome} in {group} of {place}: trial {pmid}."),
        ("PG", str(page)),
        ("LID", f"{doi} [doi]"),
        (
            "AB",
            f"BACKGROUND: Little is known of {treatment.lower()} and {outcome} in {group}. "
            f"METHODS: We asked {chance.randint(40, 900)} {group} of {place}. "
            f"RESULTS: Of all, {chance.randint(20, 90)}% reported a better {outcome} after "
            f"{chance.randint(2, 12)} weeks. CONCLUSIONS: {treatment} may help. "
            f"Registered as trial {pmid}.",
        ),
    ]
    for surname in authors:
        first, second = chance.choice(_FORE), chance.choice("ABCDEFGHKLM")
        fields += [
            ("FAU", f"{surname}, {first} {second}"),
            ("AU", f"{surname} {first[0]}{second}"),
            ("AD", f"Department of Health, University of {chance.choice(_CITIES)}."),
        ]
    fields += [
        ("LA", "eng"),
        ("PT", "Journal Article"),
        ("PL", "England"),
        ("TA", journal.short),
        ("JT", journal.title),
        ("JID", journal.jid),
        ("SB", "IM"),
    ]
    headings = sorted([*_MESH[0], *chance.sample(_MESH[1], 4)], key=_heading)
    fields += [("MH", heading) for heading in headings]
    fields += [
        ("OTO", "NOTNLM"),
        ("OT", outcome),
        ("OT", f"trial {pmid}"),
        ("EDAT", dates),
        ("MHDA", "2019/05/21 06:00"),
        ("CRDT", dates),
        ("PHST", "2018/09/01 00:00 [received]"),
        ("PHST", "2019/01/15 00:00 [accepted]"),
        ("PHST", f"{dates} [pubmed]"),
        ("PHST", "2019/05/21 06:00 [medline]"),
        ("PHST", f"{dates} [entrez]"),
        ("AID", f"{doi} [doi]"),
        ("PST", "ppublish"),
        ("SO", f"{journal.short}. 2019 Mar;12(3):{page}. doi: {doi}."),
    ]
    return fields


def _heading(heading: str) -> str:
    return heading.lstrip("*")


def _laid_out(fields: list[tuple[str, str]]) -> str:
    lines: list[str] = []
    for tag, value in fields:
        first, *others = textwrap.wrap(value, 82, break_long_words=False, break_on_hyphens=False)
        lines += [f"{tag:<4}- {first}", *(f"      {line}" for line in others)]
    return "\n".join([*lines, ""])
