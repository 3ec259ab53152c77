"""Wrapped lines and line breaks: what editors and mailers do."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from quality.mutations.entry import INDENT, needed, tag_lines
from quality.mutations.kinds import Excerpt, file_kind, line_kind


def _wrapped_lines(lines: list[str]) -> list[int]:
    return needed([i for i, line in enumerate(lines) if line.startswith(INDENT)])


def _whole(lines: list[str]) -> range:
    return range(len(lines))


# Continuation lines


def _indented(lines: list[str], draw: Random, indent: str) -> Iterable[int]:
    at = draw.choice(_wrapped_lines(lines))
    lines[at] = indent + lines[at].lstrip(" ")
    return [at]


@line_kind("a wrapped line lost its indent", "wrapped-text-is-indented")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    return _indented(lines, draw, "")


@line_kind("a wrapped line has five blanks", "continuation-indent")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    return _indented(lines, draw, " " * 5)


@line_kind("a wrapped line has four blanks", "continuation-indent")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    return _indented(lines, draw, " " * 4)


@line_kind("a wrapped line has seven blanks", "continuation-indent")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    return _indented(lines, draw, " " * 7)


@line_kind("a wrapped line has one blank", "continuation-indent")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    return _indented(lines, draw, " ")


@line_kind("a wrapped line begins with a tab", "continuation-indent no-tabs-in-values")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    return _indented(lines, draw, "\t")


@line_kind(
    "a wrapped line begins with no-break blanks", "continuation-indent wrapped-text-is-indented"
)
def _(lines: list[str], draw: Random) -> Iterable[int]:
    return _indented(lines, draw, "\u00a0" * 6)


@line_kind("all wrapped lines lost their indent", "wrapped-text-is-indented")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    wrapped = _wrapped_lines(lines)
    for at in wrapped:
        lines[at] = lines[at].lstrip(" ")
    return wrapped


@line_kind("all lines are two blanks to the right", "tag-line-form continuation-indent")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    lines[:] = ["  " + line for line in lines]
    return _whole(lines)


@line_kind(
    "a mailer quoted the record",
    "tag-line-form no-text-outside-records wrapped-text-is-indented",
)
def _(lines: list[str], draw: Random) -> Iterable[int]:
    lines[:] = ["> " + line for line in lines]
    return _whole(lines)


@line_kind("blanks at the end of a field", "no-trailing-blanks")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines, 2)) - 1
    lines[at] = lines[at].rstrip(" ") + draw.choice([" ", "   ", "  "])
    return [at]


@line_kind(
    "a no-break blank at the end of a field",
    "no-trailing-blanks single-blanks",
    why_not="Titles, keywords and names of journals are looked at; of other fields the rules on "
    "their form speak, and to search all text takes longer than it is worth.",
)
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines, 2)) - 1
    lines[at] = lines[at].rstrip(" ") + "\u00a0"
    return [at]


# Line breaks


@line_kind("a blank line in the middle", "no-blank-line-in-record")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.randrange(2, len(lines) - 1)
    lines.insert(at, "")
    return [at]


@line_kind("a line of blanks in the middle", "no-blank-line-in-record continuation-indent")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.randrange(2, len(lines) - 1)
    lines.insert(at, " " * draw.choice([1, 3, 6]))
    return [at]


@line_kind("each line is followed by an empty one", "no-blank-line-in-record")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    lines[:] = [part for line in lines for part in (line, "")][:-1]
    return _whole(lines)


def _joined(lines: list[str], draw: Random, by: str) -> Iterable[int]:
    at = draw.choice(needed([i for i in tag_lines(lines, 2) if i < len(lines)])) - 1
    lines[at : at + 2] = [lines[at].rstrip(" ") + by + lines[at + 1]]
    return [at]


@line_kind("the line break between two fields is lost", "record-line-breaks")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    return _joined(lines, draw, "")


@line_kind("two fields joined by a blank", "record-line-breaks")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    return _joined(lines, draw, " ")


@line_kind("all line breaks of the record lost, blanks instead", "record-line-breaks")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    lines[:] = [" ".join(line.strip(" ") if line.startswith(" ") else line for line in lines)]
    return [0]


@line_kind("all line breaks of the record lost", "record-line-breaks")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    lines[:] = ["".join(line.strip(" ") + " " if line[:1] == " " else line for line in lines)]
    return [0]


@file_kind("the empty line between two records is lost", "blank-line-before-record")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    text = excerpt.before + excerpt.record + "\n" + excerpt.after
    return text.encode(), [excerpt.lines_above]


@file_kind("too many empty lines between two records", "one-blank-line-between-records")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    extra = draw.choice([1, 2, 5])
    text = excerpt.before + "\n" * (1 + extra) + excerpt.record + "\n" + excerpt.after
    above = excerpt.lines_above
    return text.encode(), range(above, above + extra + 2)


@file_kind("the last line has no line end", "newline-at-end-of-file")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    text = "\n".join([excerpt.before, excerpt.after, excerpt.record.rstrip("\n")])
    return text.encode(), [text.count("\n") + 1]
