"""Parts as JSON, and back. What is read may have been damaged or forged, so it is taken for what it
says only where each value is of the kind that stands there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from medlint.checks.memory import Entry, Key
from medlint.dataset import Gathered
from medlint.findings import Edit, Excerpt, Finding, Fix, Place, Related, Severity
from medlint.part import Part
from medlint.records.batch import Edition
from medlint.records.marks import Marks

_T = TypeVar("_T")


def written(part: Part) -> bytes:
    """*part* as JSON. An excerpt that several findings share is written once."""
    excerpts = {id(f.excerpt): f.excerpt for f in part.findings if f.excerpt is not None}
    numbers = {key: number for number, key in enumerate(excerpts)}
    plain = {
        **part._asdict(),
        "findings": [f._asdict() | {"excerpt": numbers.get(id(f.excerpt))} for f in part.findings],
        "met": [sorted(some) for some in part.met],
    }
    return json.dumps([list(excerpts.values()), plain], separators=(",", ":")).encode()


def read(data: bytes) -> Part:
    """The part that *data* was `written` from. Raises ValueError where that is no part."""
    try:
        shared, plain = json.loads(data)
        return _part(plain, [_excerpt(one) for one in shared])
    except (TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ValueError(f"this is no part: {error}") from None


def _part(plain: Any, excerpts: list[Excerpt]) -> Part:
    one = Part(**plain)
    return Part(
        findings=[_finding(finding, excerpts) for finding in one.findings],
        gathered=_maybe(_gathered, one.gathered),
        records_read=_number(one.records_read),
        records=_number(one.records),
        foreign={_text(dialect): _number(count) for dialect, count in one.foreign.items()},
        met=Marks(*[frozenset(map(_text, some)) for some in one.met]),
        is_refused=_flag(one.is_refused),
    )


def _finding(plain: Any, excerpts: list[Excerpt]) -> Finding:
    one = Finding(**plain)
    return Finding(
        code=_text(one.code),
        name=_text(one.name),
        severity=Severity(one.severity),
        message=_text(one.message),
        path=_text(one.path),
        place=_place(one.place),
        pmid=_maybe(_text, one.pmid),
        tag=_maybe(_text, one.tag),
        occurrence=_maybe(_number, one.occurrence),
        value=_maybe(_text, one.value),
        excerpt=None if one.excerpt is None else excerpts[_number(plain["excerpt"])],
        record_line=_maybe(_number, one.record_line),
        help=_text(one.help),
        record_digest=_maybe(_text, one.record_digest),
        is_of_dataset=_flag(one.is_of_dataset),
        related=tuple(map(_related, one.related)),
        fix=_maybe(_fix, one.fix),
        where=_maybe(_text, one.where),
    )


def _excerpt(plain: Any) -> Excerpt:
    first_line, lines, first_column = plain
    return Excerpt(_number(first_line), tuple(map(_text, lines)), _number(first_column))


def _related(plain: Any) -> Related:
    path, line, pmid = plain
    return Related(_text(path), _number(line), _maybe(_text, pmid))


def _fix(plain: Any) -> Fix:
    title, is_safe, edits = plain
    made = tuple(Edit(_place(place), _text(text)) for place, text in edits)
    return Fix(_text(title), _flag(is_safe), made)


def _place(plain: Any) -> Place:
    return Place(*map(_number, plain))


def _gathered(plain: Any) -> Gathered:
    pmids, lines, tables, (versions, deleted) = plain
    rows = range(len(pmids))
    entries = [list(map(_entry, table)) for table in tables]
    if len(lines) != len(pmids) or any(row not in rows for one in entries for row, _, _ in one):
        raise ValueError("a record is missing")
    numbers = ((rows[row], _number(which)) for row, which in versions)
    edition = Edition(tuple(numbers), tuple(map(_number, deleted)))
    return Gathered(_all(_number, pmids), _all(_number, lines), entries, edition)


def _entry(plain: Any) -> Entry:
    row, key, note = plain
    return _number(row), _key(key), _text(note)


def _key(plain: Any) -> Key:
    if isinstance(plain, list):
        return tuple(map(_key, plain))
    if type(plain) not in (str, int):
        raise ValueError("a key is missing")
    found: Key = plain
    return found


def _all(kind: Callable[[Any], _T], plain: Iterable[Any]) -> list[_T]:
    return list(map(kind, plain))


def _maybe(kind: Callable[[Any], _T], plain: Any) -> _T | None:
    return None if plain is None else kind(plain)


def _text(plain: Any) -> str:
    if type(plain) is not str:
        raise ValueError("a text is missing")
    return plain


def _number(plain: Any) -> int:
    if type(plain) is not int or plain < 0:
        raise ValueError("a number is missing")
    return plain


def _flag(plain: Any) -> bool:
    if type(plain) is not bool:
        raise ValueError("a yes or no is missing")
    return plain
