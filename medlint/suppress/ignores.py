"""Ignores: findings on single records that somebody wants to keep, and the reason why.

`schemas/ignores.schema.json` describes the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from medlint.cache import kept
from medlint.data import SCHEMAS, schema
from medlint.documents.document import Document, Span
from medlint.documents.frame import shown, split_lines
from medlint.documents.problem import DocumentError, DocumentProblem
from medlint.findings import Excerpt, Finding, Place
from medlint.records.marks import Marks
from medlint.rulebook.rule import Rule, render
from medlint.rulebook.select import SelectionError, find

#: The names of the rules that speak of ignores.
EXPIRED, UNUSED = "ignore-not-expired", "ignore-in-use"


class Ignore(NamedTuple):
    """One entry."""

    pmid: str | None
    #: In place of a PMID: the whole value of a field.
    value: str | None
    #: The codes of the rules that it means; of a former code or name, those of the successors; none
    #: where the rule is not known.
    codes: frozenset[str]
    tag: str | None
    #: The last day on which it holds.
    until: date | None
    #: The rule as the entry names it.
    rule: str
    #: Where it names the rule, and where the last day.
    rule_span: Span
    until_span: Span

    @property
    def subject(self) -> str:
        """What a message calls the record."""
        return f"PMID {self.pmid}" if self.pmid else f"the value {shown(self.value or '')}"


class Ignores:
    """The entries of one file, and what became of them in a run."""

    def __init__(self, text: str, path: str, rules: Sequence[Rule], as_of: date):
        """Read the *text* of the file *path*. *rules* are all that the run knows. Raises
        DocumentError with all mistakes."""
        self._path = path
        self._rules = rules
        self._lines = split_lines(text.removeprefix("\ufeff"))
        self._as_of = as_of
        self.entries = parse(text, path, rules)
        self._of_pmid: dict[str, list[int]] = defaultdict(list)
        self._of_value: dict[str, list[int]] = defaultdict(list)
        for index, entry in enumerate(self.entries):
            if entry.pmid is not None:
                self._of_pmid[entry.pmid].append(index)
            elif entry.value is not None:
                self._of_value[entry.value].append(index)
        #: Indexes of the entries whose record was read; whose rule ran on it; that held something
        #: back.
        self._read: set[int] = set()
        self._tried: set[int] = set()
        self._used: set[int] = set()

    @property
    def watched(self) -> Marks:
        """What the records are known by that entries are on."""
        return Marks(frozenset(self._of_pmid), frozenset(self._of_value))

    def see(self, met: Marks, running: Callable[[], Collection[str]]) -> None:
        """Take notice of what was *met* in records that were looked at. *running* tells the codes
        of the rules that did; it is asked if there are entries on such a record."""
        found = [index for pmid in met.pmids for index in self._of_pmid.get(pmid, ())]
        found += [index for value in met.values for index in self._of_value.get(value, ())]
        if found:
            self._read.update(found)
            codes = running()
            self._tried.update(i for i in found if not self.entries[i].codes.isdisjoint(codes))

    def hold_back(self, finding: Finding) -> bool:
        """Whether an entry that has not expired is on *finding*."""
        if finding.pmid is not None:
            found = self._of_pmid.get(finding.pmid, ())
        else:
            found = self._of_value.get(finding.value or "", ())
        used = [index for index in found if self._holds(self.entries[index], finding)]
        self._used.update(used)
        return bool(used)

    def own_findings(self, rules: Mapping[str, Rule]) -> Iterator[Finding]:
        """What is wrong with entries whose records were read: those that have expired, and those
        that held nothing back although their rule ran. *rules* are those that run, by name."""
        for index in sorted(self._read):
            entry = self.entries[index]
            if self._has_expired(entry):
                rule, span = rules.get(EXPIRED), entry.until_span
            elif index in self._tried and index not in self._used:
                rule, span = rules.get(UNUSED), entry.rule_span
            else:
                continue
            if rule is not None:
                yield self._finding(rule, entry, span)

    def notices(self) -> Iterator[str]:
        """A line for each word that names no rule, from entries whose records were read."""
        told: set[str] = set()
        for index in sorted(self._read):
            entry = self.entries[index]
            if not entry.codes and entry.rule not in told:
                told.add(entry.rule)
                line, column, _ = entry.rule_span
                try:
                    find(self._rules, entry.rule)
                except SelectionError as error:
                    yield f"{self._path}:{line}:{column}: {error}"

    def _holds(self, entry: Ignore, finding: Finding) -> bool:
        is_meant = finding.code in entry.codes and entry.tag in (None, finding.tag)
        return is_meant and not self._has_expired(entry)

    def _has_expired(self, entry: Ignore) -> bool:
        return entry.until is not None and self._as_of > entry.until

    def _finding(self, rule: Rule, entry: Ignore, span: Span) -> Finding:
        line, column, end_column = span
        until = entry.until.isoformat() if entry.until else ""
        params = {"rule": entry.rule, "subject": entry.subject, "until": until}
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            message=render(rule.message, params),
            path=self._path,
            place=Place(line, column, line, end_column),
            pmid=entry.pmid,
            excerpt=Excerpt(line, (self._lines[line - 1],)),
            help=rule.summary,
        )


def text_of(path: Path) -> str:
    """The text of the file *path*, byte order mark and line ends as they are. Raises DocumentError
    where it cannot be read or is not UTF-8."""
    try:
        return path.read_bytes().decode()
    except OSError as error:
        reason = f"the ignores cannot be read: {(error.strerror or str(error)).lower()}"
    except UnicodeDecodeError as error:
        reason = f"the file is not UTF-8 ({error.reason})"
    raise DocumentError([DocumentProblem(str(path), 1, 1, 2, reason)])


def parse(text: str, path: str, rules: Sequence[Rule]) -> list[Ignore]:
    """The entries of the *text* of the file *path*, in order; none where it holds only comments.
    *rules* are all that the run knows; an entry on another one means none. Raises DocumentError
    with all mistakes. What was right once is not checked again."""
    parts = [
        b"ignores",
        text.encode("utf-8", "surrogatepass"),
        (SCHEMAS / "ignores.schema.json").read_bytes(),
    ]
    rows: list[_Row] = kept(parts, lambda: _checked(text, path))
    codes = {word: _codes(rules, word) for word in {row[4] for row in rows}}
    entries = [_entry(row, codes[row[4]]) for row in rows]
    if found := _repeated(entries, path):
        raise DocumentError(found)
    return entries


#: What an entry says, as JSON holds it: pmid, value, tag, until, rule, where it names the rule, and
#: where the last day.
_Row = list[Any]


def _checked(text: str, path: str) -> list[_Row]:
    """The entries of a text that has passed the schema. Raises DocumentError."""
    from medlint.documents.schema import problems
    from medlint.documents.strict_yaml import load

    document = load(text, path)
    if document.data is None:
        return []
    if found := problems(document, schema("ignores")):
        raise DocumentError(sorted(found, key=lambda problem: problem[1:3]))
    return [_row(document, index) for index in range(len(document.data))]


def _row(document: Document, index: int) -> _Row:
    data = document.data[index]
    pmid = str(data["pmid"]) if "pmid" in data else None
    places = [document.place((index, key)) for key in ("rule", "until")]
    return [pmid, data.get("value"), data.get("tag"), data.get("until"), data["rule"], *places]


def _codes(rules: Sequence[Rule], word: str) -> frozenset[str]:
    try:
        return frozenset(rule.code for rule in find(rules, word))
    except SelectionError:
        return frozenset()


def _entry(row: _Row, codes: frozenset[str]) -> Ignore:
    pmid, value, tag, until, rule, rule_span, until_span = row
    return Ignore(
        pmid=pmid,
        value=value,
        codes=codes,
        tag=tag,
        until=None if until is None else date.fromisoformat(until),
        rule=rule,
        rule_span=tuple(rule_span),
        until_span=tuple(until_span),
    )


def _repeated(entries: Iterable[Ignore], path: str) -> list[DocumentProblem]:
    """The mistakes of entries that say of the same finding what one above says."""
    first: dict[tuple[object, ...], int] = {}
    found = []
    for entry in entries:
        subject = (entry.pmid, entry.value, entry.codes or entry.rule, entry.tag)
        line = first.setdefault(subject, entry.rule_span[0])
        if line != entry.rule_span[0]:
            message = f"{entry.subject} has an ignore of {entry.rule} already, on line {line}"
            found.append(DocumentProblem(path, *entry.rule_span, message))
    return found
