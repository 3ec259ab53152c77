"""What the parts of SO should say by the other fields of a record, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from medlint.checks.base import Span
from medlint.functions.source import Part, Source, written_date
from medlint.records.record import Record

_PLAIN_DATE = "[0-9]{4}(?: [A-Z][a-z]{2}(?: [0-9]{1,2})?)?"
_PREPRINT = "Preprint"
_DOI = " [doi]"
_PII = " [pii]"

#: How SO ends -> the PST that it tells of.
_STATUS_OF_KIND = {"Epub": "ppublish", "eCollection": "epublish", "Print": "epublish"}


class Difference(NamedTuple):
    """A part of SO that does not say what another field says."""

    #: Where the part stands in SO, or, if it is missing, should stand.
    span: Span
    #: Both values, as a clause.
    reason: str
    #: The other fields, as (tag, occurrence); occurrence 0 is one that is missing.
    fields: tuple[tuple[str, int], ...]


def differences(record: Record, source: Source) -> Iterator[Difference]:
    """The parts of SO that differ from the fields they come from, in the order of SO.

    What each PST asks for, and which identifier stands as the location, is read off PubMed's own
    records of all generations.
    """
    if journal := record.first("TA"):
        yield from _compared("TA", journal, "journal", source.journal)
    if source.preprint.text and _PREPRINT not in record.values("PT") and record.values("PT"):
        reason = f"SO has '[Preprint]', but no PT says '{_PREPRINT}'"
        yield Difference(source.preprint.span, reason, (("PT", 0),))
    yield from _first_date(record, source)
    yield from _volume_and_issue(record.first("VI"), record.first("IP"), source.issue)
    yield from _location(record, source)
    yield from _doi(record, source.doi)
    yield from _last_date(record, source)


def _compared(
    tag: str, text: str, what: str, part: Part, occurrence: int = 1
) -> Iterator[Difference]:
    """The difference between a field and a part of SO, if there is one; texts are empty where
    nothing is."""
    if " ".join(text.split()) == " ".join(part.text.split()):
        return
    if not text:
        reason = f"SO has the {what} '{part.text}', but the record has no such {tag}"
    elif not part.text:
        reason = f"{tag} has '{text}', but SO has no {what}"
    else:
        reason = f"{tag} has '{text}', but SO has the {what} '{part.text}'"
    yield Difference(part.span, reason, ((tag, occurrence if text else 0),))


def _status(record: Record, source: Source) -> str:
    """PST, or, where the end of SO contradicts it, the PST that this end tells of."""
    return _STATUS_OF_KIND.get(source.kind.text, record.first("PST"))


def _first_date(record: Record, source: Source) -> Iterator[Difference]:
    printed, electronic = record.first("DP"), written_date(record.first("DEP"))
    there = source.date
    if _status(record, source) == "epublish":
        if electronic:
            yield from _compared("DEP", electronic, "date", there)
        if electronic and not source.kind.text and not _may_be(printed, there.text):
            yield from _compared("DP", printed, "date", there)
    elif printed and (record.first("PST") or there.text != electronic):
        for difference in _compared("DP", printed, "date", there):
            is_of_both = bool(electronic) and record.first("PST") == "aheadofprint"
            fields = (*difference.fields, ("DEP", 1)) if is_of_both else difference.fields
            yield difference._replace(fields=fields)


def _may_be(printed: str, electronic: str) -> bool:
    """Whether DP is the date of the electronic form, or only its year or month; a season or a
    range of months must be of the same year."""
    if not printed or f"{electronic} ".startswith(f"{printed} "):
        return True
    return not re.fullmatch(_PLAIN_DATE, printed) and printed[:4] == electronic[:4]


def _volume_and_issue(volume: str, issue: str, part: Part) -> Iterator[Difference]:
    there, start = part.text, part.span[0]
    if there == (f"{volume}({issue})" if issue else volume):
        return
    if volume and there.startswith(volume) and there[len(volume) :][:1] in ("", "("):
        end = len(volume)
    elif issue and there.endswith(f"({issue})"):
        end = len(there) - len(issue) - 2
    else:
        end = max(there.rfind("("), 0) if there.endswith(")") else len(there)
    first, last = (end + 1, len(there) - 1) if there[end:].endswith(")") else (end, len(there))
    there_volume = Part(there[:end], (start, start + end))
    there_issue = Part(there[first:last], (start + first, start + last))
    if _number(volume) != _number(there_volume.text):
        yield from _compared("VI", volume, "volume", there_volume)
    if _number(issue) != _number(there_issue.text):
        yield from _compared("IP", issue, "issue", there_issue)


def _number(text: str) -> str:
    """A volume or an issue in the form in which two are compared: leading zeros and the spelling
    of ``Suppl`` are matters of form.

    >>> _number("03") == _number("3"), _number("S1") == _number("Suppl 1"), _number("10")
    (True, True, '10')
    """
    text = re.sub(r"(?i)\b(?:suppl?(?:ement)?\.? ?|s)(?=[0-9])", "Suppl ", text)
    return re.sub("(?<![0-9])0+(?=[0-9])", "", text)


def _location(record: Record, source: Source) -> Iterator[Difference]:
    """Pages stand in SO as they are. In their place stands what LID has, or, as ``pii:`` in older
    exports, what AID has; an old LID without its twin in AID stands nowhere. Of an article number
    in PG, a LID without a type says the same."""
    pages, location, pii = record.first("PG"), source.location, source.pii
    bare = _first_of(record, "LID", "")
    known = {name for tag in ("LID", "AID") for name in map(_bare, record.values(tag))}
    if pages:
        yield from _compared("PG", pages, "pages", location)
        if bare and _is_number(bare[1]) and _is_number(location.text) and bare[1] != pages:
            yield from _compared("LID", bare[1], "location", location, bare[0])
    elif location.text and location.text not in known:
        if bare:
            yield from _compared("LID", bare[1], "location", location, bare[0])
        else:
            yield from _compared("PG", "", "pages", location)
    elif not location.text and not pii.text:
        named = bare or (_first_of(record, "AID", _PII) and _first_of(record, "LID", _PII))
        if named:
            yield from _compared("LID", named[1], "location", location, named[0])
    if pii.text and pii.text not in known:
        other = _first_of(record, "AID", _PII) or (0, "")
        yield from _compared("AID", other[1], "pii", pii, other[0])


def _is_number(location: str) -> bool:
    """Whether a location is the plain number of an article."""
    return re.fullmatch("[A-Za-z]*[0-9]+", location) is not None


def _doi(record: Record, part: Part) -> Iterator[Difference]:
    """The DOI in LID stands in SO too; one that is only in AID does so in newer exports."""
    if not part.text:
        if named := _first_of(record, "LID", _DOI):
            yield from _compared("LID", named[1], "DOI", part, named[0])
    elif not any("10." in value for tag in ("LID", "AID") for value in record.values(tag)):
        yield from _compared("AID", "", "DOI", part)


def _last_date(record: Record, source: Source) -> Iterator[Difference]:
    status, kind, there = record.first("PST"), source.kind.text, source.other_date
    implied = _STATUS_OF_KIND.get(kind)
    if implied and status and status != implied:
        span = source.kind.span[0], there.span[1]
        reason = f"PST has '{status}', but SO has '{kind} {there.text}'"
        yield Difference(span, reason, (("PST", 1),))
    electronic = written_date(record.first("DEP"))
    if kind == "Epub" or (not kind and status == "ppublish" and electronic):
        yield from _compared("DEP", electronic, "Epub date", there)
    elif kind and (printed := record.first("DP")):
        yield from _compared("DP", printed, f"{kind} date", there)


def _bare(value: str) -> str:
    """An identifier without its type."""
    return value.rpartition(" [")[0] or value


def _first_of(record: Record, tag: str, ending: str) -> tuple[int, str] | None:
    """The first value of *tag* with that type, as (occurrence, identifier); without a type, the
    first that has none and is no DOI."""
    for occurrence, value in enumerate(record.values(tag), 1):
        if ending and value.endswith(ending):
            return occurrence, value.removesuffix(ending)
        if not ending and not value.endswith("]") and not value.startswith("10."):
            return occurrence, value
    return None
