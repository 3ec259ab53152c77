"""Text that does not follow the strict layout -> records, and what is wrong with it.

Line by line, every line is a tag line, a continuation, blank, or text that stands where it should
not. Each goes into the record that it belongs to most likely, so that nothing is lost; what had to
be guessed is reported.
"""

from __future__ import annotations

import re

from medlint.findings import Place
from medlint.records.batch import Batch, ReadingFault
from medlint.records.collapsed import (
    holds_record_start,
    read_collapsed,
)
from medlint.records.conflicts import Conflict, find_conflicts
from medlint.records.draft import Draft, count, excerpt_of
from medlint.records.record import Record
from medlint.records.tag_lines import TagLine, parse_tag_line, prefix_of
from medlint.records.tags import TAGS

_BLANKS = " \t"
_INDENT = 6
#: How records begin that do not begin with a PMID: those of ERIC, and PMC's own export.
_FIRST_TAGS = ("OWN", "PMC")
_SPACE = re.compile(r"[ \t]*")
#: A line of a record as mail programs quote it.
_QUOTED = re.compile(r">[> ]*(?:[A-Z]{2,4} {0,2}- | {6}|$)")


def read_tolerant(text: str, first_line: int) -> Batch:
    """Read *text*, whose first line is line *first_line* of its file. Never raises.

    The text has LF line ends; it may hold no record, one or many.
    """
    lines = text.removesuffix("\n").split("\n") if text else []
    reader = _Reader(lines, first_line)
    reader.read()
    reader.faults.sort(key=lambda fault: fault.place)
    return Batch(reader.records, reader.faults)


class _Reader:
    def __init__(self, lines: list[str], first_line: int):
        self.records: list[Record] = []
        self.faults: list[ReadingFault] = []
        self._lines = lines
        self._first_line = first_line
        self._draft: Draft | None = None
        #: Lines of text outside any record, first and last.
        self._stray: tuple[int, int] | None = None
        #: How many blank lines stand directly above.
        self._blank_lines = 0
        self._after_collapsed = False

    def read(self) -> None:
        skipped = self._skip_conflicts()
        for number, line in enumerate(self._lines, self._first_line):
            if number in skipped:
                continue
            if not line.strip(_BLANKS):
                self._blank_lines += 1
                continue
            if _QUOTED.match(line):
                self._pass_over(number)
                continue
            tag_line = parse_tag_line(line)
            if tag_line:
                self._read_tag_line(tag_line, number, line)
            else:
                self._read_text(number, line)
            self._blank_lines = 0
        self._check_blank_lines(self._first_line + len(self._lines))
        self._close()

    def _skip_conflicts(self) -> set[int]:
        skipped: set[int] = set()
        for conflict in find_conflicts(self._lines):
            skipped.update(index + self._first_line for index in conflict.skipped)
            self._report_conflict(conflict)
        return skipped

    def _report_conflict(self, conflict: Conflict) -> None:
        last = self._lines[conflict.end - 1]
        place = Place(
            self._first_line + conflict.start,
            1,
            self._first_line + conflict.end - 1,
            len(last) + 1,
        )
        if conflict.theirs:
            unread = count(conflict.unread, "line")
            found = f"the side '{conflict.ours}' was read, {unread} of '{conflict.theirs}' not"
        else:
            found = "this marker lacks its counterpart, and the lines around it were read as usual"
        self._report("no-merge-conflict", place, reading=found)

    def _read_tag_line(self, tag_line: TagLine, number: int, line: str) -> None:
        if self._starts_record(tag_line, number):
            self._start_record(tag_line, number)
        elif self._blank_lines:
            self._note_blank_line(number)
        draft = self._draft
        assert draft is not None
        tag, column, value_column, flaw = tag_line
        above = draft.fields[0].tag if draft.fields else ""
        draft.open_field(tag, number, column)
        if tag == "PMID" and above not in ("", "PMID", "PMC"):
            draft.flaw("pmid-first", Place(number, column, number, column + len(tag)))
        if flaw and not (column > 1 and column == draft.indent + 1 and len(draft.fields) > 1):
            found = line[: value_column - 1].replace("\t", "\\t")
            place = Place(number, 1, number, max(value_column, 2))
            draft.flaw("tag-line-form", place, found=found, expected=prefix_of(tag), reason=flaw)
        self._add_text(draft, number, line, value_column - 1)

    def _read_text(self, number: int, line: str) -> None:
        draft = self._draft
        if draft and self._blank_lines and draft.is_near_end and not line.startswith(" "):
            self._close()
            draft = None
        if draft is None and holds_record_start(line) and self._read_collapsed([line], number):
            return
        if draft is None:
            self._pass_over(number)
            return
        if self._blank_lines:
            self._note_blank_line(number)
        indent = _SPACE.match(line)[0]  # type: ignore[index]
        start = len(indent)
        if not indent:
            place = Place(number, 1, number, len(line.rstrip(_BLANKS)) + 1)
            draft.flaw("wrapped-text-is-indented", place, tag=draft.fields[-1].tag)
        elif start != _INDENT + draft.indent or "\t" in indent:
            place = Place(number, 1, number, start + 1)
            draft.flaw("continuation-indent", place, found=_describe(indent))
        self._add_text(draft, number, line, start)

    def _pass_over(self, number: int) -> None:
        """Take the line for text outside of records."""
        if self._draft is not None:
            self._close()
        self._stray = (self._stray[0] if self._stray else number, number)
        self._blank_lines = 0

    def _add_text(self, draft: Draft, number: int, line: str, start: int) -> None:
        text = line[start:].rstrip(_BLANKS)
        draft.add(number, start + 1, text)
        if "\t" in text:
            at = start + text.index("\t")
            draft.flaw("no-tabs-in-values", Place(number, at + 1, number, at + 2))
        end = start + len(text)
        if text and end < len(line):
            place = Place(number, end + 1, number, len(line) + 1)
            draft.note_trailing_blanks(place, is_single=line[end:] == " ")

    def _starts_record(self, tag_line: TagLine, number: int) -> bool:
        draft = self._draft
        if draft is None:
            return True
        tag = tag_line.tag
        first = draft.fields[0].tag
        if tag == "PMID":
            if draft.tags == {"PMID"} and not self._blank_lines:
                return False
            return "PMID" in draft.tags or not self._goes_on(draft, number)
        if first in _FIRST_TAGS and tag == first:
            return True
        repeats = tag in draft.tags and not (tag in TAGS and TAGS[tag].repeatable)
        return bool(self._blank_lines) and (repeats or draft.is_ended)

    def _goes_on(self, draft: Draft, number: int) -> bool:
        """Whether the PMID on the line *number* belongs to the draft, which has none yet."""
        if self._blank_lines:
            return False
        if draft.fields[0].tag == "PMC":
            return len(draft.fields) <= 3
        below = self._lines[number - self._first_line + 1 :][:1]
        return not draft.is_ended or not "".join(below).strip(_BLANKS)

    def _start_record(self, tag_line: TagLine, number: int) -> None:
        is_first = self._draft is None and not self.records
        has_separator = bool(self._blank_lines) or self._draft is None
        self._check_blank_lines(number, is_first=is_first)
        self._close()
        before = self._lines[number - self._first_line][: tag_line.column - 1]
        self._draft = Draft(number, 0 if before.strip() else len(before))
        self._draft.lacks_separator = not (has_separator or self._after_collapsed)

    def _note_blank_line(self, number: int) -> None:
        draft = self._draft
        assert draft is not None
        first = number - self._blank_lines
        width = max(len(self._lines[number - 1 - self._first_line]), 1)
        place = Place(first, 1, number - 1, width + 1)
        draft.note_blank_lines(place)

    def _check_blank_lines(self, number: int, *, is_first: bool = False) -> None:
        if self._blank_lines > 1:
            first = number - self._blank_lines + (0 if is_first else 1)
            self._report(
                "one-blank-line-between-records",
                Place(first, 1, number - 1, 2),
                count=str(self._blank_lines),
            )

    def _close(self) -> None:
        """Finish the draft and the text outside of records, if there are any."""
        self._close_stray()
        draft, self._draft = self._draft, None
        if draft is None:
            return
        start = draft.first_line - self._first_line
        lines = self._lines[start : draft.last_line - self._first_line + 1]
        if self._read_collapsed(lines, draft.first_line):
            return
        self._after_collapsed = False
        record, faults = draft.finish(tuple(lines))
        self.records.append(record)
        self.faults += faults

    def _read_collapsed(self, lines: list[str], first_line: int) -> bool:
        """Read lines as records without line breaks, if that is what they are."""
        batch = read_collapsed(lines, first_line)
        if batch is None:
            return False
        self._close_stray()
        self.records += batch.records
        self.faults += batch.faults
        self._after_collapsed = True
        return True

    def _close_stray(self) -> None:
        """Report the text outside of records that has been met, if any."""
        if self._stray is None:
            return
        (first, last), self._stray = self._stray, None
        end = len(self._lines[last - self._first_line].rstrip(_BLANKS))
        place = Place(first, 1, last, end + 1)
        where = "outside the records" if self.records else "before the first record"
        lines = count(last - first + 1, "line")
        self._report("no-text-outside-records", place, lines=lines, where=where)

    def _report(self, kind: str, place: Place, **params: str) -> None:
        excerpt = excerpt_of(self._lines, self._first_line, place)
        self.faults.append(ReadingFault(kind, place, excerpt, params))


def _describe(indent: str) -> str:
    """Say what an indent is made of.

    >>> _describe("    "), _describe("\\t")
    ('4 blanks', 'a tab')
    """
    if "\t" not in indent:
        return count(len(indent), "blank")
    return "a tab" if indent == "\t" else f"{len(indent)} blanks and tabs"
