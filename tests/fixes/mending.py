"""What the tests of fixes share: rules at work on small texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from medlint.checks.base import Context
from medlint.engine import Engine
from medlint.findings import Finding
from medlint.fixes.fixer import Mended, mend
from medlint.records.batch import Chunk
from medlint.records.record import Record
from medlint.records.tagged import read
from medlint.rulebook.load import load_rulebook

AS_OF = date(2026, 1, 1)


def chunk(data: bytes | str) -> Chunk:
    """*data* as a file of one chunk."""
    data = data.encode() if isinstance(data, str) else data
    return Chunk(data, 1, is_first=True, is_last=True)


def records(data: bytes | str) -> list[Record]:
    """The records of a file."""
    return read(chunk(data)).records


@cache
def linter(*names: str) -> Callable[[Chunk], list[Finding]]:
    """What lints a chunk by the rules of these *names*, or by all that are on."""
    book = load_rulebook()
    rules = [rule for rule in book.rules if (rule.name in names if names else rule.default)]
    assert not names or len(rules) == len(names)
    engine = Engine(rules, Context(AS_OF, book.vocabularies))
    return lambda chunk: engine.lint(read(chunk))


def mended(data: bytes | str, *names: str, unsafe: bool = False) -> Mended:
    """*data* after the fixes of the rules of these *names*, or of all that are on."""
    return mend(chunk(data), linter(*names), unsafe=unsafe)
