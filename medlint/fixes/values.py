"""Named fixes that look at more than the value they mend.

Each takes the record, the field that the finding is on (None where it is on none) and what the
message knows. It returns the new value of that field, or the title and the edits of another fix, or
None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile

from medlint.checks.known_tags import meant_tag, misspelt_as
from medlint.checks.pairing import pairs
from medlint.findings import Edit, Place
from medlint.fixes.fields import inserted, lines_of, removed
from medlint.fixes.source_too import source_with
from medlint.fixes.titles import written_title
from medlint.fixes.wrapping import written
from medlint.functions.author import author_short_name
from medlint.functions.composed_source import composed_source, is_doubtful
from medlint.functions.dates import MONTHS
from medlint.functions.mend import publication_date, slashed_date
from medlint.functions.source import parse_source
from medlint.records.record import Field, Record
from medlint.records.tag_lines import prefix_of

_Other = tuple[str, Sequence[Edit]]

#: The label in PHST of the date that a tag gives.
_LABELS = {"EDAT": "pubmed", "MHDA": "medline", "CRDT": "entrez", "PMCR": "pmc-release"}
_LOST_BLANK = re.compile(
    rf"(?<=\bdoi:|\bpii:)(?=[^ ])|(?<=[12][0-9]{{3}})(?={'|'.join(MONTHS)})"
    r"|(?<=\bEpub)(?=[12][0-9])"
)
_LONGEST_KEYWORD = 60
#: Tags that stand below the person whom they tell of.
_OF_A_PERSON = frozenset(("AD", "AUID", "IRAD"))
#: A full name -> the short name that belongs to it.
_SHORT = {"FAU": "AU", "FED": "ED", "FIR": "IR", "FPS": "PS"}
#: Tags of which one at least is wanted.
_KIN = {
    **dict.fromkeys(("VI", "IP"), ("VI", "IP")),
    **dict.fromkeys(("PG", "LID"), ("PG", "LID")),
    "AID": ("AID", "LID"),
}
#: Codes of single languages in ISO 639-3, for which MARC has only the group they belong to.
_NARROWER = frozenset("ajm arb azj cmn ekk lvs npi pes swh yue zsm".split())  # noqa: SIM905


def language(record: Record, field: Field | None, params: Mapping[str, str]) -> str | None:
    """The MARC code that says the same as another code, or as the name of the language."""
    value = field.value if field else ""
    return params.get("instead") if value.casefold() not in _NARROWER else None


def repeated_field(record: Record, field: Field | None, params: Mapping[str, str]) -> _Other | None:
    """A field taken away that says to the letter what one above it says; an affiliation or an
    identifier of a person only if that one is of the same person."""
    if field is None:
        return None
    above = [other for other in record.layout.fields if other.line < field.line]
    if field.tag in _OF_A_PERSON:
        above = list(takewhile(lambda other: other.tag in _OF_A_PERSON, reversed(above)))
    if not any((other.tag, other.value) == (field.tag, field.value) for other in above):
        return None
    return f"Take this {field.tag} away; it stands above already.", [removed(field)]


def from_history(
    record: Record, field: Field | None, params: Mapping[str, str]
) -> str | _Other | None:
    """The date that PHST gives, as long as the old one; not one that puts MHDA before EDAT."""
    tag = params.get("missing") or (field.tag if field else "")
    label = _LABELS.get(tag)
    ending = f" [{label}]"
    dates = [v.removesuffix(ending) for v in record.values("PHST") if v.endswith(ending)]
    if label is None or len(set(dates)) != 1:
        return None
    entered, indexed = (
        dates[0] if tag == this else record.first(this) for this in ("EDAT", "MHDA")
    )
    if tag in ("EDAT", "MHDA") and "" not in (entered, indexed) and indexed < entered:
        return None
    if field is None or field.tag != tag:
        date = dates[0][:10] if tag == "PMCR" else dates[0]
        return written_title(tag, date), [inserted(record, tag, date)]
    return dates[0] if " " in field.value else dates[0][: len(field.value)]


def into_history(
    record: Record, field: Field | None, params: Mapping[str, str]
) -> str | _Other | None:
    """The missing dates of PHST, as the fields of their own give them; or such a field, as PHST
    gives it."""
    missing = params.get("missing", "")
    if missing in _LABELS:
        return from_history(record, field, params)
    found = {
        label: record.first(tag)
        for tag, label in _LABELS.items()
        if f"[{label}]" in missing and record.first(tag)
    }
    if not found or len(found) < missing.count("["):
        return None
    lines = [
        f"{date if ' ' in date else f'{date} 00:00'} [{label}]" for label, date in found.items()
    ]
    edits = [inserted(record, "PHST", line) for line in lines]
    text = "".join([edit.text for edit in edits])
    return written_title("PHST", lines[0]), [edits[0]._replace(text=text)]


def keywords_apart(record: Record, field: Field | None, params: Mapping[str, str]) -> _Other | None:
    """A field for each of the keywords that one field holds; not of the clauses of a sentence."""
    mark = params.get("mark", "")
    if field is None or not mark:
        return None
    keywords = [part.strip(" .") for part in field.value.split(mark)]
    keywords = [keyword for keyword in keywords if keyword.strip("*")]
    if max(map(len, keywords), default=0) > _LONGEST_KEYWORD:
        return None
    lines = [line for keyword in keywords for line in written(field.tag, keyword)]
    edit = Edit(lines_of(field), "".join([f"{line}\n" for line in lines]))
    return f"Give each of the {len(keywords)} keywords a field of its own.", [edit]


def meant_tag_instead(
    record: Record, field: Field | None, params: Mapping[str, str]
) -> _Other | None:
    """The tag that an unknown one most likely stands for."""
    meant = meant_tag(field.tag, record) if field else None
    if field is None or meant is None:
        return None
    edits = [
        Edit(Place(other.line, 1, other.line, 7), prefix_of(meant))
        for other in record.layout.fields
        if other.tag == field.tag and other.pieces and other.pieces[0][:2] == (other.line, 7)
    ]
    return f"Write {meant} in place of {field.tag}.", edits


def padded_date(record: Record, field: Field | None, params: Mapping[str, str]) -> str | None:
    """A date as PubMed writes it, unless the field that gives the same date then contradicts it: of
    ``2021/1/07``, a digit may be lost that was no zero."""
    value = slashed_date(field.value) if field else None
    if field is None or value is None:
        return None
    day = value[:10]
    if field.tag == "PHST":
        twins = [tag for tag, label in _LABELS.items() if value.endswith(f" [{label}]")]
        others = [other for tag in twins for other in record.values(tag)]
    else:
        ending = f" [{_LABELS.get(field.tag)}]"
        others = [other for other in record.values("PHST") if other.endswith(ending)]
    return value if all(other.startswith(day) for other in others) else None


def printed_date(record: Record, field: Field | None, params: Mapping[str, str]) -> str | None:
    """DP as PubMed writes it, unless SO then contradicts it."""
    value = publication_date(field.value) if field else None
    if field is None or value is None:
        return None
    there = parse_source(record.first("SO"))
    if there is None or source_with(record.first("SO"), "DP", field.value, value) is not None:
        return value
    dates = [there.date.text, "" if there.kind.text == "Epub" else there.other_date.text]
    return value if any(f"{date} ".startswith(f"{value} ") for date in dates) else None


def short_name(record: Record, field: Field | None, params: Mapping[str, str]) -> _Other | None:
    """The short name of a person, below the full one, as NLM makes it today; of all persons, if
    none has one. Not where it is there in another place, or under another tag."""
    short = params.get("missing", "")
    fields = record.layout.fields
    if field is None or _SHORT.get(field.tag) != short or misspelt_as((short,), record):
        return None
    if any(other.tag == short and not other.pieces for other in fields):
        return None
    full_names = [other for other in fields if other.tag == field.tag and other.pieces]
    alone = [full for full, found in pairs(record, field.tag, short) if full and not found]
    names = [full_names[full - 1] for full in alone]
    if field not in names:
        return None
    if record.values(short):
        names = [field]
    edits = [_short_below(name, short) for name in names if ", " in name.value]
    if len(edits) < len(names):
        return None
    value = author_short_name(field.value)
    return written_title(short, value), edits


def _short_below(name: Field, tag: str) -> Edit:
    line = lines_of(name).end_line
    text = "\n".join(written(tag, author_short_name(name.value)))
    return Edit(Place(line, 1, line, 1), f"{text}\n")


def source(record: Record, field: Field | None, params: Mapping[str, str]) -> str | _Other | None:
    """SO with its lost blanks and full stop, if that is all; else put together from the other
    fields, unless it alone has something to tell."""
    if field is not None and parse_source(field.value) is None:
        mended = _LOST_BLANK.sub(" ", field.value).rstrip(".") + "."
        if parse_source(mended) is not None:
            return mended
    value = composed_source(record.values)
    if value is None or is_doubtful(record.values):
        return None
    if field is None:
        return written_title("SO", value), [inserted(record, "SO", value)]
    old, new = parse_source(field.value), parse_source(value)
    pairs = zip(old, new, strict=True) if old and new else ()
    if any(part.text in there.text and part.text != there.text for there, part in pairs):
        return None
    return value


def unknown_left_out(
    record: Record, field: Field | None, params: Mapping[str, str]
) -> _Other | None:
    """A field taken away that holds a word for "not known", if another one of its kind is there and
    SO does not repeat the word."""
    if field is None:
        return None
    others = [tag for tag in _KIN.get(field.tag, ()) for _ in record.values(tag)]
    if len(others) < 2 or source_with(record.first("SO"), field.tag, field.value, "") is not None:
        return None
    return f"Take this {field.tag} away.", [removed(field)]


VALUE_FIXES: dict[str, Callable[[Record, Field | None, Mapping[str, str]], str | _Other | None]] = {
    "from_history": from_history,
    "into_history": into_history,
    "keywords_apart": keywords_apart,
    "language": language,
    "meant_tag": meant_tag_instead,
    "padded_date": padded_date,
    "publication_date": printed_date,
    "repeated_field": repeated_field,
    "short_name": short_name,
    "source": source,
    "unknown_left_out": unknown_left_out,
}
