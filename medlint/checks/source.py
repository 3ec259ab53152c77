"""``source``: SO is laid out as PubMed does it, and says what the other fields say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, Self

from medlint.checks.base import Columns, Context, Fault, RecordCheck, Settings
from medlint.functions.source import Source, parse_source, source_form, written_date
from medlint.records.record import Fields, Record

_written = lru_cache(maxsize=10_000)(written_date)


class SourceCheck(RecordCheck):
    """Looks at one ``aspect`` of SO: its ``form``, or its agreement with the other ``fields``.

    One fault at most: at the field that SO does not agree with, or at SO, where several differ.
    DOIs are left to other checks.
    """

    tags = ("SO",)
    placeholders = frozenset({"reason"})

    def __init__(self, aspect: str):
        self._judge = _form if aspect == "form" else _agreement

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings["aspect"])

    def suspects(self, columns: Columns) -> Iterable[int]:
        return columns.once("source", lambda: _not_composed(columns.fields))

    def faults(self, record: Record) -> Iterable[Fault]:
        if not record.values("SO") or _is_composed(record.fields):
            return ()
        return self._judge(record, record.first("SO"))


def _not_composed(records: list[Fields]) -> list[int]:
    """The records whose SO is not, letter by letter, what the usual fields give."""
    return [i for i, fields in enumerate(records) if "SO" in fields and not _is_composed(fields)]


def _is_composed(fields: Fields) -> bool:
    """Whether SO is made of the other fields in one of the usual ways: a cheap test that few
    records fail."""
    try:
        source, journal, date = fields["SO"][0], fields["TA"][0], fields["DP"][0]
        status = fields["PST"][0]
    except KeyError:
        return False
    tail = "."
    if "DEP" in fields:
        date, tail = _date_and_tail(status, date, _written(fields["DEP"][0]), source)
    head = f"{journal}. {date}"
    if "VI" in fields:
        head = f"{head};{fields['VI'][0]}"
    if "IP" in fields:
        head = f"{head}({fields['IP'][0]})" if "VI" in fields else f"{head};({fields['IP'][0]})"
    if "PG" in fields:
        head = f"{head}:{fields['PG'][0]}"
    if not (source.startswith(head) and source.endswith(tail)):
        return False
    between = source[len(head) : -len(tail)]
    if between and "PG" not in fields:
        between = _after_location(between, fields)
    if not between:
        return len(source) >= len(head) + len(tail)
    doi = between.removeprefix(". doi: ")
    return len(doi) == len(between) - len(". doi: ") > 0 and " " not in doi


def _after_location(text: str, fields: Fields) -> str:
    """What stands in SO after a location that is not pages: ``:e12``, or ``. pii: e12``."""
    for mark, tag in ((":", "LID"), (". pii: ", "AID")):
        if text.startswith(mark):
            for value in fields.get(tag, ()):
                location = mark + value.rpartition(" [")[0]
                if len(location) > len(mark) and text.startswith(location):
                    rest = text[len(location) :]
                    if not rest or rest.startswith(". doi: "):
                        return rest
                if not value.endswith("]") and text == mark + value:
                    return ""
    return text


def _date_and_tail(status: str, printed: str, electronic: str, source: str) -> tuple[str, str]:
    """The first date of SO, and what stands in it after the DOI; a newline where the other fields
    contradict each other."""
    if status == "ppublish":
        return printed, f". Epub {electronic}."
    if status != "epublish":
        return printed, "."
    if " eCollection " in source:
        return electronic, f". eCollection {printed}."
    return electronic, "." if f"{electronic} ".startswith(f"{printed} ") else "\n"


def _form(record: Record, source: str) -> Iterator[Fault]:
    reason = source_form(source)
    if reason is not None:
        yield Fault("SO", 1, params={"reason": reason})


class _Difference(NamedTuple):
    """A part of SO, and the tag that says something else; texts are empty where nothing is."""

    tag: str
    text: str
    what: str
    in_source: str

    @property
    def reason(self) -> str:
        if not self.text:
            there = f"SO has the {self.what} '{self.in_source}'"
            return f"{there}, but the record has no such {self.tag}"
        if not self.in_source:
            return f"{self.tag} has '{self.text}', but SO has no {self.what}"
        return f"{self.tag} has '{self.text}', but SO has the {self.what} '{self.in_source}'"


def _agreement(record: Record, source: str) -> Iterator[Fault]:
    parts = parse_source(source)
    if parts is None:
        return
    differences = [d for d in _compared(record, parts) if _plain(d.text) != _plain(d.in_source)]
    if len(differences) == 1:
        difference = differences[0]
        tag = difference.tag if difference.text else "SO"
        fields = (("SO", 1), (difference.tag, 0))
        yield Fault(tag, 1, params={"reason": difference.reason}, also=fields)
    elif differences:
        whats, tags = _join([d.what for d in differences]), _join([d.tag for d in differences])
        also = tuple((d.tag, 1) for d in differences if d.text)
        yield Fault("SO", 1, params={"reason": f"SO has another {whats} than {tags}"}, also=also)


def _compared(record: Record, parts: Source) -> Iterator[_Difference]:
    """The parts of SO beside the fields that they come from."""
    if journal := record.first("TA"):
        yield _Difference("TA", journal, "journal", parts.journal)
    printed, electronic = record.first("DP"), written_date(record.first("DEP"))
    status = record.first("PST")
    if status == "epublish" and electronic:
        yield _Difference("DEP", electronic, "date", parts.date)
        if not parts.kind and printed and not _may_be(printed, parts.date):
            yield _Difference("DP", printed, "date", parts.date)
    elif printed and (status or parts.date != electronic):
        yield _Difference("DP", printed, "date", parts.date)
    volume, issue = record.first("VI"), record.first("IP")
    if parts.issue != (f"{volume}({issue})" if issue else volume):
        yield from _volume_and_issue(volume, issue, parts.issue)
    pages = record.first("PG")
    others = "", *_locations(record)
    if pages or parts.location not in others:
        yield _Difference("PG", pages, "pages", parts.location)
    if parts.pii not in others:
        yield _Difference("AID", "", "pii", parts.pii)
    if parts.kind == "Epub" or (status == "ppublish" and electronic):
        there = parts.other_date if parts.kind == "Epub" else ""
        yield _Difference("DEP", electronic, "Epub date", there)
    elif parts.kind and printed:
        yield _Difference("DP", printed, f"{parts.kind} date", parts.other_date)


def _volume_and_issue(volume: str, issue: str, there: str) -> Iterator[_Difference]:
    if volume and there.startswith(volume) and there[len(volume) :][:1] in ("", "("):
        there_volume = volume
    elif issue and there.endswith(f"({issue})"):
        there_volume = there.removesuffix(f"({issue})")
    else:
        there_volume = there.rpartition("(")[0] if there.endswith(")") else there
    rest = there[len(there_volume) :]
    there_issue = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest
    yield _Difference("VI", volume, "volume", there_volume)
    yield _Difference("IP", issue, "issue", there_issue)


def _locations(record: Record) -> Iterator[str]:
    """What may stand in the place of the pages."""
    for tag in ("LID", "AID"):
        for value in record.values(tag):
            yield value.rpartition(" [")[0] or value


def _may_be(printed: str, electronic: str) -> bool:
    """Whether a publication date is that of the electronic form, or only its year or month."""
    return printed == electronic or (len(printed.split()) < 3 and printed[:4] == electronic[:4])


def _plain(text: str) -> str:
    return " ".join(text.split())


def _join(words: list[str]) -> str:
    words = list(dict.fromkeys(words))
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
