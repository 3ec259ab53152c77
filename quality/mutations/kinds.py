"""Kinds of defects: how each is declared, and what its application gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random
from typing import Any, NamedTuple

from quality.mutations.entry import Entry, NotApplicable


class Mutant(NamedTuple):
    """A small file with one defect in it."""

    data: bytes
    #: The same file without the defect.
    original: bytes
    #: The lines of the file, from 1, on which a finding is in its place.
    lines: frozenset[int]
    #: The first line of the spoilt record.
    record_line: int


class Excerpt(NamedTuple):
    """A small file of clean records. The defect goes into *record*; of kinds that take two
    records, into *after* too."""

    #: One record, or several.
    before: str
    record: str
    after: str

    @property
    def text(self) -> str:
        """The file as it should be."""
        return "\n".join(self)

    @property
    def lines_above(self) -> int:
        """The number of lines above the record."""
        return self.before.count("\n") + 1


class Kind(NamedTuple):
    """One kind of defect, in one place."""

    name: str
    #: The tag, or what else tells this variant from others of the same name; may be empty.
    where: str
    family: str
    #: The rules of which one has to speak.
    rules: frozenset[str]
    #: The tags at which it may speak, besides the spoilt lines; ``record`` is the record's head.
    tags: frozenset[str]
    #: Why medlint does not find it 99 times in 100; empty where it does.
    why_not: str
    #: Whether the records around the spoilt one have to be of its journal.
    is_of_journal: bool
    make: Callable[[Excerpt, Random], Mutant | None]

    @property
    def title(self) -> str:
        """Name and place; no two kinds have one title."""
        return f"{self.name} ({self.where})" if self.where else self.name


KINDS: list[Kind] = []
_Spoil = Callable[[Entry, Random], object]
_SpoilLines = Callable[[list[str], Random], Iterable[int]]
_SpoilFile = Callable[[Excerpt, Random], "tuple[bytes, Iterable[int]]"]
_SpoilPair = Callable[[Entry, Entry, Random], object]


def _declare(
    name: str,
    rules: str,
    at: str,
    module: str,
    make: _SpoilFile,
    where: str = "",
    why_not: str = "",
    is_of_journal: bool = False,
) -> None:
    def mutant(excerpt: Excerpt, draw: Random) -> Mutant | None:
        try:
            data, lines = make(excerpt, draw)
        except NotApplicable:
            return None
        original = excerpt.text.encode()
        if data == original:
            return None
        return Mutant(data, original, frozenset(lines), excerpt.lines_above + 1)

    new = Kind(
        name,
        where,
        module.rpartition(".")[2],
        frozenset(rules.split()),
        frozenset(at.split()),
        why_not,
        is_of_journal,
        mutant,
    )
    if any(kind.title == new.title for kind in KINDS):
        raise ValueError(f"two kinds are called '{new.title}'")
    KINDS.append(new)


def kind(name: str, rules: str, at: str = "", **more: Any) -> Callable[[_Spoil], _Spoil]:
    """A defect in the fields of a record.

    *rules* are the names of the rules of which one has to speak, *at* the tags at which it may do
    so besides the fields that were changed; ``record`` is the first line of the record. *more*:
    ``where`` tells variants of one name apart, ``why_not`` says why medlint does not find it,
    ``is_of_journal`` puts the record among others of its journal.
    """

    def declare(spoil: _Spoil) -> _Spoil:
        def make(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
            entry = Entry(excerpt.record)
            spoil(entry, draw)
            return _file_with(excerpt, entry.lines, entry.spoilt_lines())

        _declare(name, rules, at, spoil.__module__, make, **more)
        return spoil

    return declare


def line_kind(
    name: str, rules: str, at: str = "", **more: Any
) -> Callable[[_SpoilLines], _SpoilLines]:
    """A defect in the lines of a record. The function changes the list of lines in place and gives
    the numbers, from 0, of the lines on which a finding is in its place."""

    def declare(spoil: _SpoilLines) -> _SpoilLines:
        def make(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
            lines = excerpt.record.rstrip("\n").split("\n")
            spoilt = spoil(lines, draw)
            return _file_with(excerpt, lines, spoilt)

        _declare(name, rules, at, spoil.__module__, make, **more)
        return spoil

    return declare


def file_kind(
    name: str, rules: str, at: str = "", **more: Any
) -> Callable[[_SpoilFile], _SpoilFile]:
    """A defect in the file. The function gives its bytes and the numbers, from 1, of the lines."""

    def declare(spoil: _SpoilFile) -> _SpoilFile:
        _declare(name, rules, at, spoil.__module__, spoil, **more)
        return spoil

    return declare


def pair_kind(
    name: str, rules: str, at: str = "", **more: Any
) -> Callable[[_SpoilPair], _SpoilPair]:
    """A defect that only two records together show: the record and the one behind it, both of
    which the function may change. A finding is in its place anywhere in the changed fields, and
    at the tags *at* in either record."""

    def declare(spoil: _SpoilPair) -> _SpoilPair:
        def make(excerpt: Excerpt, draw: Random) -> tuple[bytes, Iterable[int]]:
            first, second = Entry(excerpt.record), Entry(excerpt.after)
            spoil(first, second, draw)
            start = excerpt.lines_above
            lines = {start + 1 + line for line in first.spoilt_lines()}
            start += len(first.lines) + 1
            lines |= {start + 1 + line for line in second.spoilt_lines()} | {start + 1}
            texts = ("\n".join(entry.lines) + "\n" for entry in (first, second))
            return "\n".join([excerpt.before, *texts]).encode(), lines

        _declare(name, rules, at, spoil.__module__, make, **more)
        return spoil

    return declare


def _file_with(excerpt: Excerpt, lines: list[str], spoilt: Iterable[int]) -> tuple[bytes, set[int]]:
    text = "\n".join([excerpt.before, "\n".join(lines) + "\n", excerpt.after])
    numbers = {excerpt.lines_above + 1 + line for line in spoilt}
    return text.encode("utf-8", "surrogatepass"), numbers
