"""``source``: SO is laid out as PubMed does it, and says what the other fields say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import count
from typing import Self

from medlint.checks.base import Context, Fault, RecordCheck, Settings
from medlint.checks.known_tags import misspelt_as
from medlint.checks.source_parts import differences
from medlint.functions.source import misformed, parse_source, written_date
from medlint.records.columns import Columns
from medlint.records.record import Record

_written = lru_cache(maxsize=10_000)(written_date)
#: The fields that SO is made of, but for LID and AID.
_TAGS = ("SO", "TA", "DP", "PST", "DEP", "VI", "IP", "PG")


class SourceCheck(RecordCheck):
    """Looks at one ``aspect`` of SO: its ``form``, or its agreement with the other ``fields``.

    One fault at most, at the part of SO that is wrong; of several parts, at the first. What the
    other fields say stands in the reason. Two DOIs that differ are left to another check.
    """

    tags = ("SO",)
    placeholders = frozenset({"reason"})

    def __init__(self, aspect: str):
        self._judge = _form if aspect == "form" else _agreement

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls(settings["aspect"])

    def suspects(self, columns: Columns) -> Iterable[int]:
        return columns.once("source", lambda: _not_composed(columns))

    def faults(self, record: Record) -> Iterable[Fault]:
        texts = [record.first(tag) for tag in _TAGS]
        if not texts[0] or _is_composed(texts, record.values("LID"), record.values("AID")):
            return ()
        return self._judge(record, record.first("SO"))


def _form(record: Record, source: str) -> Iterator[Fault]:
    fault = misformed(source)
    if fault is not None:
        yield Fault("SO", 1, fault.span, {"reason": fault.reason})


def _agreement(record: Record, value: str) -> Iterator[Fault]:
    source = parse_source(value)
    if source is None:
        return
    found = list(differences(record, source))
    if found:
        also = [field for difference in found for field in difference.fields]
        absent = [tag for tag, occurrence in also if not occurrence]
        also += misspelt_as(absent, record) if absent else []
        reason = "; ".join(dict.fromkeys(difference.reason for difference in found))
        span = min(difference.span for difference in found)
        yield Fault("SO", 1, span, {"reason": reason}, tuple(also))


def _not_composed(columns: Columns) -> list[int]:
    """The records whose SO is not, letter by letter, what the usual fields give."""
    lids, aids = columns.by_record("LID"), columns.by_record("AID")
    rows = zip(count(), *map(columns.firsts, _TAGS), strict=False)
    return [
        index
        for index, *texts in rows
        if texts[0] and not _is_composed(texts, lids.get(index, ()), aids.get(index, ()))
    ]


def _is_composed(texts: Sequence[str], lids: Sequence[str], aids: Sequence[str]) -> bool:
    """Whether SO is made of the other fields in one of the usual ways: a cheap test that few
    records fail. *texts* are the values of `_TAGS`, empty where there are none."""
    source, journal, date, status, electronic, volume, issue, pages = texts
    if not (journal and date and status):
        return False
    tail = "."
    if electronic:
        date, tail = _date_and_tail(status, date, _written(electronic), source)
    head = f"{journal}. {date}"
    if volume:
        head = f"{head};{volume}"
    if issue:
        head = f"{head}({issue})" if volume else f"{head};({issue})"
    if pages:
        head = f"{head}:{pages}"
    if not (source.startswith(head) and source.endswith(tail)):
        return False
    if len(source) < len(head) + len(tail):
        return False
    return _is_identified(source[len(head) : -len(tail)], pages, lids, aids)


def _is_identified(text: str, pages: str, lids: Sequence[str], aids: Sequence[str]) -> bool:
    """Whether *text*, which stands in SO behind the pages, is what LID and AID give."""
    if pages:
        for value in lids:
            if not value.endswith("]") and value != pages:
                return False
    elif lids or text:
        rest = _after_location(text, lids, aids)
        if rest == text and any(not value.endswith(" [doi]") for value in lids):
            return False
        text = rest
    if not text:
        return not any(value.endswith(" [doi]") for value in lids)
    doi = f"{text[len('. doi: ') :]} [doi]"
    is_known = text.startswith(". doi: ") and (doi in lids or doi in aids)
    return is_known and " " not in doi[:-6]


def _after_location(text: str, lids: Sequence[str], aids: Sequence[str]) -> str:
    """What stands in SO after a location that is not pages: ``:e12``, or ``. pii: e12``."""
    for mark, values in ((":", lids), (". pii: ", aids)):
        if text.startswith(mark):
            for value in values:
                location = mark + value.rpartition(" [")[0]
                if len(location) > len(mark) and text.startswith(location):
                    rest = text[len(location) :]
                    if not rest or rest.startswith(". doi: "):
                        return rest
                if not value.endswith("]") and text.startswith(mark + value):
                    rest = text[len(mark) + len(value) :]
                    if not rest or rest.startswith(". doi: "):
                        return rest
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
