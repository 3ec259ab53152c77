"""The baseline: the findings that a data set had when it was written, one a line.

`schemas/baseline.schema.json` describes the file: JSON Lines (jsonlines.org), sorted, so that the
changes of two branches can be merged.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from medlint.documents.problem import DocumentError, DocumentProblem
from medlint.findings import Finding
from medlint.suppress.fingerprint import Identity, identity
from medlint.version import __version__

#: The version of the layout; it changes when a key goes or changes its meaning.
LAYOUT_VERSION = 1

_HEAD = "medlint-baseline"
_MERGE_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_SHOWN = 40
_KEYS = {"pmid": str, "record": str, "rule": str, "tag": str, "hash": str} | {
    "name": str,
    "value": str,
    "count": int,
}


class Entry(NamedTuple):
    """A line of a baseline."""

    identity: Identity
    #: How many findings it stands for.
    times: int
    #: The name of the rule and the beginning of the value, for people.
    name: str
    value: str


class Baseline:
    """Findings that are known, by identity."""

    def __init__(self) -> None:
        self._entries: dict[Identity, Entry] = {}

    @property
    def entries(self) -> Collection[Entry]:
        """The entries, in no order."""
        return self._entries.values()

    def __iter__(self) -> Iterator[Entry]:
        """The entries, sorted by PMID as a number, rule, tag and hash."""
        return iter(sorted(self.entries, key=_order))

    def __len__(self) -> int:
        """How many findings the entries stand for."""
        return sum(entry.times for entry in self.entries)

    def add(self, finding: Finding) -> None:
        """Add one more *finding*."""
        key = identity(finding)
        known = self._entries.get(key)
        if known is None:
            value = finding.value or ""
            shown = value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"
            self._entries[key] = Entry(key, 1, finding.name, shown)
        else:
            self._entries[key] = known._replace(times=known.times + 1)

    def remove(self, entry: Entry) -> None:
        """Remove as many of the findings that *entry* stands for as it counts."""
        times = self._entries[entry.identity].times - entry.times
        if times > 0:
            self._entries[entry.identity] = entry._replace(times=times)
        else:
            del self._entries[entry.identity]

    @classmethod
    def from_text(cls, text: str, path: str) -> Baseline:
        """Read what `to_text` wrote; *path* is the name of the file, for messages.

        Lines may come in any order. Of two lines on the same finding, as a merge may leave them,
        the higher count holds. Raises DocumentError for anything else.
        """
        baseline = cls()
        is_known = False
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
            if not line or line.isspace():
                continue
            data = _parsed(line)
            if line.startswith(_MERGE_MARKS):
                raise _error(path, number, "a merge was not finished; keep the lines of both sides")
            if not is_known or (data and _HEAD in data):
                _check_head(data, path, number)
                is_known = True
            elif data is None:
                raise _error(path, number, "the line is damaged: it is not a JSON object")
            else:
                entry = _entry(data, path, number)
                known = baseline._entries.get(entry.identity)
                if known is None or known.times < entry.times:
                    baseline._entries[entry.identity] = entry
        if not is_known:
            raise _error(path, 1, "this is not a baseline of medlint: the file is empty")
        return baseline

    def to_text(self) -> str:
        """The whole file."""
        head = {_HEAD: LAYOUT_VERSION, "tool_version": __version__}
        return "".join(f"{_line(data)}\n" for data in (head, *map(_as_json, self)))


def read(path: Path) -> Baseline:
    """Read the baseline *path*.

    Raises FileNotFoundError where there is none, DocumentError where it is damaged or something
    else, and OSError.
    """
    if not path.is_file():
        if path.is_symlink() and not path.exists():
            raise FileNotFoundError(f"{path}: this is a link to a file that is not there")
        what = "this is not a file" if path.exists() else "there is no such baseline"
        raise FileNotFoundError(f"{path}: {what}; 'medlint baseline create' writes one")
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        raise _error(str(path), 1, "this is not a baseline of medlint: it is not UTF-8") from None
    return Baseline.from_text(text, str(path))


def _order(entry: Entry) -> tuple[int, int, tuple[str, ...]]:
    """Sorts entries: PMIDs by their number, before everything that is not a number."""
    pmid, record, rule, tag, digest = entry.identity
    number = int(pmid) if pmid and pmid.isdecimal() and len(pmid) < 19 else 0
    rest = (pmid or "", record or "", rule, tag or "", digest or "")
    return (0, number, rest) if number else (1, 0, rest)


def _as_json(entry: Entry) -> dict[str, Any]:
    pmid, record, rule, tag, digest = entry.identity
    data = {
        "pmid": pmid,
        "record": record,
        "rule": rule,
        "name": entry.name,
        "tag": tag,
        "value": entry.value or None,
        "hash": digest,
        "count": entry.times if entry.times > 1 else None,
    }
    return {key: value for key, value in data.items() if value is not None}


def _line(data: dict[str, Any]) -> str:
    """*data* on one line. Where a value holds what nobody would see, all but ASCII is escaped."""
    line = json.dumps(data, ensure_ascii=False)
    return line if line.isprintable() else json.dumps(data)


def _parsed(line: str) -> dict[str, Any] | None:
    """The JSON object that *line* is; None where it is something else."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _check_head(data: dict[str, Any] | None, path: str, line: int) -> None:
    """Make sure that the first line says that this version can read the others."""
    if data is None or _HEAD not in data:
        message = f"this is not a baseline of medlint: '{_HEAD}' is not on its first line"
        raise _error(path, line, message)
    if data[_HEAD] != LAYOUT_VERSION:
        message = (
            f"medlint {data.get('tool_version', '')} wrote this baseline in layout {data[_HEAD]}; "
            f"medlint {__version__} reads layout {LAYOUT_VERSION}: use that version, or write the "
            "baseline anew"
        )
        raise _error(path, line, message)


def _entry(data: dict[str, Any], path: str, number: int) -> Entry:
    for key, kind in _KEYS.items():
        if key in data and type(data[key]) is not kind:
            wanted = "text" if kind is str else "a number"
            raise _error(path, number, f"the line is damaged: '{key}' is not {wanted}")
    get = data.get
    rule, times = get("rule"), get("count", 1)
    if not rule:
        raise _error(path, number, "the line is damaged: 'rule' is missing")
    if times < 1:
        raise _error(path, number, "the line is damaged: 'count' is less than 1")
    known_by = Identity(get("pmid"), get("record"), rule, get("tag"), get("hash"))
    return Entry(known_by, times, get("name", ""), get("value", ""))


def _error(path: str, line: int, message: str) -> DocumentError:
    return DocumentError([DocumentProblem(path, line, 1, 2, message)])
