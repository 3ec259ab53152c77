"""Whole records: parts of them lost, and text around them that is none of theirs."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from quality.mutations.completeness import NEEDED
from quality.mutations.entry import NotApplicable, tag_lines
from quality.mutations.kinds import Excerpt, file_kind, line_kind


@file_kind("the file ends in the middle of a record", "record-complete source-present", "SO")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    lines = excerpt.record.rstrip("\n").split("\n")
    kept = lines[: draw.randrange(5, len(lines) - 1)]
    text = "\n".join([excerpt.before, *kept, ""])
    last = text.count("\n")
    return text.encode(), range(excerpt.lines_above + 1, last + 1)


@file_kind("the file ends in the middle of a line", "record-complete")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    end = draw.randrange(len(excerpt.record) // 4, len(excerpt.record) * 9 // 10)
    text = excerpt.before + "\n" + excerpt.record[:end]
    return text.encode(), range(excerpt.lines_above + 1, text.count("\n") + 2)


@line_kind(
    "the middle of the record is lost",
    f"record-whole {' '.join(NEEDED.values())} title-present author-names-paired "
    "electronic-date-present source-agreement keywords-with-owner history-of-entry-complete",
    "record PST SO OT PHST LR",
)
def _(lines: list[str], draw: Random) -> Iterable[int]:
    tags = [lines[i][:4].rstrip() for i in range(len(lines))]
    if "TI" not in tags or "PT" not in tags:
        raise NotApplicable
    start = draw.choice(tag_lines(lines[: tags.index("TI") + 1], 3))
    end = draw.choice([i for i in tag_lines(lines[:-1]) if i > tags.index("PT")])
    del lines[start:end]
    return [start]


@file_kind(
    "the end of a record and the head of the next are lost",
    "record-whole single-fields-once source-agreement doi-agreement",
    "record",
)
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    first, second = excerpt.record.split("\n"), excerpt.after.split("\n")
    head = first[: draw.choice([i for i in tag_lines(first[:-1]) if i > len(first) // 3])]
    tail = second[draw.choice([i for i in tag_lines(second[:-1]) if 5 < i < len(second) // 2]) :]
    text = "\n".join([excerpt.before, *head, *tail])
    start = excerpt.lines_above + 1
    return text.encode(), range(start, start + len(head) + len(tail))


@line_kind("git left a conflict", "no-merge-conflict")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    at = draw.choice(tag_lines(lines))
    lines[at : at + 1] = [
        "<<<<<<< HEAD",
        lines[at],
        "=======",
        lines[at] + "1",
        ">>>>>>> other",
    ]
    return range(at, at + 5)


def _above(excerpt: Excerpt, *texts: str) -> tuple[bytes, Iterable[int]]:
    text = "\n".join([*texts, excerpt.text])
    return text.encode(), range(1, len(texts) + 2)


@file_kind("an HTML page before the records", "no-text-outside-records medline-text")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    return _above(
        excerpt, "<!DOCTYPE html>", "<html><head><title>PubMed</title></head>", "<body>", ""
    )


@file_kind("a line of a mail before the records", "no-text-outside-records")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    return _above(
        excerpt, draw.choice(["Hi Anna, here they are:", "Results: 3", "pubmed export"]), ""
    )


@file_kind("a line of text between two records", "no-text-outside-records")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    said = draw.choice(["Downloaded on 1 May 2020", "------", "2.", "# next"])
    text = "\n".join([excerpt.before, said, "", excerpt.record, excerpt.after])
    return text.encode(), [excerpt.lines_above + 1]


@file_kind("a fence of Markdown around the records", "no-text-outside-records")
def _(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
    text = f"```\n{excerpt.text}```\n"
    return text.encode(), [1, text.count("\n")]


@line_kind("a number before PMID", "no-text-outside-records tag-line-form wrapped-text-is-indented")
def _(lines: list[str], draw: Random) -> Iterable[int]:
    lines[0] = draw.choice(["1: ", "2. ", "[3] "]) + lines[0]
    return [0]


@line_kind(
    "a spreadsheet put quotes around each line",
    "tag-line-form no-text-outside-records wrapped-text-is-indented",
)
def _(lines: list[str], draw: Random) -> Iterable[int]:
    lines[:] = ['"' + line.replace('"', '""') + '"' for line in lines]
    return range(len(lines))
