"""The Python API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from os import PathLike, fspath
from pathlib import Path
from typing import get_args

from medlint.findings import Finding
from medlint.records.find import find
from medlint.records.sources import Source
from medlint.rulebook.load import Rulebook, load_rulebook
from medlint.rulebook.select import Selection, silenced
from medlint.rulebook.select import select as select_rules
from medlint.run import Plan, Run, Scope

AnyPath = str | PathLike[str]


def check_text(
    text: str | bytes,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    rules: Sequence[AnyPath] = (),
    scope: Scope = "all",
    as_of: date | None = None,
) -> Iterator[Finding]:
    """Lint MEDLINE tagged text; yield what is wrong with it, in the order of the text.

    *select* and *ignore* hold codes, beginnings of codes, names or topics of rules; without
    *select* the rules that are on by default run. *rules* are files and folders with rules of your
    own. *as_of* is the day that counts as today. Configuration files, ignores and baselines are the
    command line's and play no part here. Findings carry ``<text>`` as their path. A string
    that was decoded with ``surrogateescape`` (PEP 383) is linted as the bytes it was made of.

    Raises `medlint.rulebook.select.SelectionError` (a ValueError) for a rule that does not exist,
    and `medlint.documents.problem.DocumentError` for mistakes in rule files. The text itself
    never makes it raise.

    >>> record = "PMID- 31000001\\nIS  - 0028-4794 (Print)\\n"
    >>> finding, = check_text(record, select=["issn-check-digit"])
    >>> finding.code, finding.place.line, finding.place.column
    ('ML203', 2, 7)
    """
    run = Run(_plan(select, ignore, rules, scope, as_of))
    return run.findings_in("<text>", _encoded(text) if isinstance(text, str) else text)


def check_paths(
    paths: Sequence[AnyPath],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    rules: Sequence[AnyPath] = (),
    scope: Scope = "all",
    as_of: date | None = None,
) -> Iterator[Finding]:
    """Lint files and folders; yield what is wrong, in the order of the input.

    Takes the same options as `check_text`, and raises the same; OSError, with one line for each
    path that cannot be read, after the findings of all the others; and
    `medlint.spill.drawers.SpillError` where a data set is too large for memory and the folder for
    temporary files has no room for what must be remembered of it.

    >>> list(check_paths(["examples/37583846.nbib"]))
    []
    """
    if isinstance(paths, str | PathLike):
        raise TypeError(f"expected a list of paths, such as [{str(paths)!r}]")
    run = Run(_plan(select, ignore, rules, scope, as_of))
    found = find([fspath(path) for path in paths])
    return _findings(run, found.sources, found.problems)


def _findings(run: Run, sources: list[Source], unusable: list[str]) -> Iterator[Finding]:
    yield from run.findings(sources)
    unusable = [*unusable, *run.summary.unusable]
    if unusable:
        raise OSError("\n".join(unusable))


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _plan(
    selected: Sequence[str],
    ignored: Sequence[str],
    rules: Sequence[AnyPath],
    scope: Scope,
    as_of: date | None,
) -> Plan:
    rulebook = load_rulebook([Path(path) for path in rules]) if rules else _built_in()
    if isinstance(selected, str) or isinstance(ignored, str):
        raise TypeError("select and ignore are lists of rules, such as ['ML203']")
    if scope not in get_args(Scope):
        raise ValueError(f"scope is '{scope}'; expected one of {', '.join(get_args(Scope))}")
    chosen = select_rules(rulebook.rules, Selection(select=selected, ignore=ignored))
    unheard = silenced(rulebook.rules, ignored, chosen)
    return Plan.uniform(rulebook, chosen, as_of or date.today(), scope, unheard=unheard)


@cache
def _built_in() -> Rulebook:
    return load_rulebook()
