"""``same_work``: one work under two PMIDs, known by title and first author."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple, Self

from medlint.checks.base import Context, Settings
from medlint.checks.dataset import DatasetCheck, DatasetFault, apart
from medlint.checks.memory import Entry, Holder, Memory
from medlint.checks.parts import by_bracket
from medlint.functions.letters import digests
from medlint.records.columns import Columns
from medlint.records.record import Record

#: A title with fewer characters says too little: ``Human monkeypox.``, ``Case for diagnosis.``
_LONG = 25
#: A title that more records have, of one author, is that of a column. Every two are compared.
_MOST = 100

#: Records of these types bear the title of another work, or the title of a column.
_REPEATING = frozenset(
    (
        *("Published Erratum", "Retraction of Publication", "Retraction Notice", "Comment"),
        *("Expression of Concern", "Corrected and Republished Article", "Letter", "News"),
    )
)

#: What stands at the end of a translated title in older records.
_TRANSLATED = "(author's transl)"


class _Work(NamedTuple):
    """What must be known of a record to judge whether another one is of the same work."""

    year: str
    journal: str
    volume: str
    pages: str
    #: ``D``: has a DOI; ``P``: a preprint; ``R``: of a type that repeats a title; ``U``: linked to
    #: another form of itself; ``G``: title and author do not tell the work.
    marks: str

    @property
    def may_repeat(self) -> bool:
        """Whether its title may be that of another work."""
        return "R" in self.marks

    @property
    def is_preprint(self) -> bool:
        return "P" in self.marks

    def years_from(self, other: _Work) -> int:
        """How many years lie between the two."""
        if self.year.isdecimal() and other.year.isdecimal():
            return abs(int(self.year) - int(other.year))
        return 0 if self.year == other.year else 9


class SameWork(DatasetCheck):
    """Records with one title and one first author (or group), as far as letters go, are about
    different works. ``kind`` says which of those that are not is meant:

    ``copy``: in one journal, a year apart at most, on the same pages of one volume; or one of them
    has no pages yet, and they do not have two DOIs. ``reprint``: in one year, in two
    journals. ``preprint``: a preprint and an article, two years apart at most, of which neither is
    an update of something. Each is told at the record with the higher PMID, and at the preprint.

    Titles of under 25 characters, records without an author, and types that repeat a title (errata,
    comments, letters, news) count only for copies on the same pages. "Pages" are PG, or else the
    article's number in LID. What more than 100 records have is the title of a column.
    """

    placeholders = frozenset({"first.record", "first.place", "first.journal", "first.year"})
    tags = ("TI",)

    def __init__(self, settings: Settings):
        self._kind: str = settings["kind"]
        self._is_kind = _KINDS[self._kind]

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings)

    @property
    def memory_key(self) -> Hashable:
        return "same_work"

    def entries(self, columns: Columns) -> Iterator[Entry]:
        with_doi = by_bracket(columns, "AID").get("doi]", {})
        found: list[tuple[int, str]] = []
        texts: list[str] = []
        authors, notes = _authors(columns), _notes(columns, with_doi)
        for index, title in enumerate(columns.firsts("TI")):
            if not title:
                continue
            author, note = authors[index], notes[index]
            if _TRANSLATED in title:
                title = title.replace(_TRANSLATED, "")
            if len(title) >= _LONG and author:
                texts.append(f"{title} {author}")
                found.append((index, note))
            elif (work := _Work(*note.split("\t"))).pages and work.volume:
                texts.append(f"{title} {author} {work.journal} {work.volume} {work.pages}")
                found.append((index, note + "G"))
        for (index, note), key in zip(found, digests(texts), strict=True):
            yield index, key, note

    def faults(self, memory: Memory) -> Iterator[DatasetFault]:
        for _, _, holders in memory.shared():
            records = apart(holders)
            told: set[Holder] = set()
            for pair in combinations(records if len(records) <= _MOST else (), 2):
                works = [_Work(*holder.note.split("\t")) for holder in pair]
                if not self._is_kind(*works):
                    continue
                other = 0 if works[0].is_preprint and not works[1].is_preprint else 1
                if pair[other] not in told:
                    told.add(pair[other])
                    first, params = pair[1 - other], _params(pair[1 - other], works[1 - other])
                    yield DatasetFault(pair[other], params, related=[first])

    def field(self, record: Record, said: str) -> tuple[str, int] | None:
        return ("TI", 1) if record.values("TI") else None


def _params(first: Holder, work: _Work) -> dict[str, str]:
    return {
        "first.record": first.name,
        "first.place": first.place,
        "first.journal": work.journal,
        "first.year": work.year,
    }


def _authors(columns: Columns) -> list[str]:
    """For each record the surname of the first author, or the group; empty where is neither."""
    names = zip(*map(columns.firsts, ("FAU", "AU", "CN")), strict=True)
    return [
        full.partition(",")[0] if full else short.rpartition(" ")[0] if short else group
        for full, short, group in names
    ]


def _notes(columns: Columns, with_doi: Collection[int]) -> list[str]:
    """A `_Work` of each record, as one string."""
    marks = ["D" if index in with_doi else "" for index in range(len(columns.records))]
    for mark, rows in (
        ("P", columns.holding("PT", ("Preprint",))),
        ("R", columns.holding("PT", _REPEATING)),
        ("U", {*columns.rows("UIN"), *columns.rows("UOF")}),
    ):
        for row in rows:
            marks[row] += mark
    locations = columns.by_record("LID")
    works = zip(*map(columns.firsts, ("DP", "TA", "VI", "PG")), marks, strict=True)
    notes = []
    for index, (date, journal, volume, pages, mark) in enumerate(works):
        parts = date[:4], journal, volume, pages or _locator(locations.get(index, ())), mark
        note = "\t".join(parts)
        if note.count("\t") > 4:
            note = "\t".join([part.replace("\t", " ") for part in parts])
        notes.append(note)
    return notes


def _locator(locations: Iterable[str]) -> str:
    """The article's number, where it has one in place of pages."""
    for value in locations:
        if not value.endswith(" [doi]"):
            return value.removesuffix(" [pii]")
    return ""


def _is_copy(a: _Work, b: _Work) -> bool:
    if a.journal != b.journal or a.years_from(b) > 1 or a.is_preprint != b.is_preprint:
        return False
    have_dois = "D" in a.marks and "D" in b.marks
    if a.pages and b.pages:
        is_same_place = a.pages == b.pages and a.volume == b.volume
        return is_same_place and not (have_dois and "G" in a.marks)
    return not (a.may_repeat or b.may_repeat or have_dois)


def _is_reprint(a: _Work, b: _Work) -> bool:
    if a.may_repeat or b.may_repeat or a.is_preprint or b.is_preprint:
        return False
    return a.journal != b.journal and a.year == b.year


def _is_preprint(a: _Work, b: _Work) -> bool:
    if a.may_repeat or b.may_repeat or "U" in a.marks or "U" in b.marks:
        return False
    return a.is_preprint != b.is_preprint and a.years_from(b) <= 2


_KINDS: dict[str, Callable[[_Work, _Work], bool]] = {
    "copy": _is_copy,
    "reprint": _is_reprint,
    "preprint": _is_preprint,
}
