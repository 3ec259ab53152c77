"""What one place says (the command line, a file, a pack), and how a nearer place goes over it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from medlint.config.patterns import Pattern
from medlint.documents.document import Span
from medlint.documents.problem import DocumentProblem

T = TypeVar("T")


class Origin(NamedTuple):
    """Where something was said: ``medlint.yaml``, ``pack strict``, ``command line``."""

    name: str
    #: The file and the place in it, if it was a file.
    path: str | None = None
    span: Span = (1, 1, 2)

    def __str__(self) -> str:
        return f"{self.name}:{self.span[0]}" if self.name == self.path else self.name

    def problem(self, message: str) -> DocumentProblem:
        """The problem that *message* tells of what was said there."""
        return DocumentProblem(self.path or self.name, *self.span, message)


class Said(NamedTuple, Generic[T]):
    """A value and where it comes from."""

    value: T
    origin: Origin


class Level(NamedTuple):
    """The severity that a rule is to have."""

    rule: str
    level: str


class FileIgnore(NamedTuple):
    """A rule that is to be silent on the files that a pattern means."""

    pattern: Pattern
    rule: str


class Layer(NamedTuple):
    """What one place says; None and nothing stand for what it does not speak of."""

    select: tuple[Said[str], ...] | None = None
    extend_select: tuple[Said[str], ...] = ()
    ignore: tuple[Said[str], ...] = ()
    severity: tuple[Said[Level], ...] = ()
    fail_level: Said[str] | None = None
    per_file_ignores: tuple[Said[FileIgnore], ...] = ()
    rules: tuple[Said[Path], ...] = ()
    paths: tuple[Said[str], ...] | None = None
    exclude: tuple[Said[Pattern], ...] = ()
    dialect: Said[str] | None = None
    as_of: Said[date] | None = None
    output: tuple[Said[str], ...] | None = None
    #: What is selected farther away, where a nearer place begins afresh.
    dropped: tuple[Said[str], ...] = ()

    def over(self, other: Layer) -> Layer:
        """What both say together, where this layer is the nearer one.

        It replaces single values and the lists of what is to be done; ignores, patterns and rule
        files add up; of two severities of a rule its own holds. With a ``select`` of its own it
        begins afresh: what the other one selects beside that is gone.
        """
        selected = (*(other.select or ()), *other.extend_select)
        dropped = () if self.select is None else selected
        return Layer(
            select=other.select if self.select is None else self.select,
            extend_select=_together(
                other.extend_select if self.select is None else (), self.extend_select
            ),
            ignore=_together(other.ignore, self.ignore),
            severity=_together(other.severity, self.severity, lambda level: level.rule),
            fail_level=self.fail_level or other.fail_level,
            per_file_ignores=_together(other.per_file_ignores, self.per_file_ignores),
            rules=_together(other.rules, self.rules),
            paths=other.paths if self.paths is None else self.paths,
            exclude=_together(other.exclude, self.exclude),
            dialect=self.dialect or other.dialect,
            as_of=self.as_of or other.as_of,
            output=other.output if self.output is None else self.output,
            dropped=(*other.dropped, *self.dropped, *dropped),
        )

    @property
    def rule_words(self) -> list[Said[str]]:
        """All words that name rules, also where a nearer place goes over them."""
        return [
            *self.dropped,
            *(self.select or ()),
            *self.extend_select,
            *self.ignore,
            *(Said(level.rule, origin) for level, origin in self.severity),
            *(Said(ignore.rule, origin) for ignore, origin in self.per_file_ignores),
        ]


def _together(
    far: Iterable[Said[T]],
    near: Iterable[Said[T]],
    key: Callable[[T], Hashable] = lambda value: value,
) -> tuple[Said[T], ...]:
    """Both, the nearer last; of what stands in both, the nearer one, in its place."""
    found: dict[Hashable, Said[T]] = {}
    for said in (*far, *near):
        found.pop(key(said.value), None)
        found[key(said.value)] = said
    return tuple(found.values())
