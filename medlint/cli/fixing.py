"""``medlint check --fix``: what is mended, shown as a diff or written, before the check."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from medlint.cli.changed_files import change_sources, end_of_changes
from medlint.cli.options import CLEAN, FINDINGS, say, stop
from medlint.findings import Finding
from medlint.fixes.files import FixedFile, Put, fix_file
from medlint.records.batch import Chunk
from medlint.records.sources import Source

#: The name of a file and a chunk of it -> its findings.
Lint = Callable[[str, Chunk], list[Finding]]


class FixWishes(NamedTuple):
    """What the user said of the fixes."""

    unsafe: bool
    #: Show what would change; write nothing, check nothing.
    diff: bool
    #: Check nothing afterwards.
    only: bool
    #: Say of each fix what it did.
    show: bool
    is_quiet: bool


def fix_sources(sources: Sequence[Source], lint: Lint, wishes: FixWishes) -> list[str]:
    """Mend *sources*; return why some could not be mended, a line each. Ends the program if
    nothing is to be checked afterwards."""
    if not (wishes.diff or wishes.only) and any(source.is_stdin for source in sources):
        stop("standard input can be mended with --fix-only, which prints it, or with --diff")
    fixed: dict[str, FixedFile] = {}

    def mend(source: Source, put: Put) -> None:
        found = fix_file(source, lambda chunk: lint(source.name, chunk), put, unsafe=wishes.unsafe)
        fixed[source.name] = found
        for finding in found.left:
            say(f"medlint: {_where(finding)} not mended: another fix undoes it or is in its way")
        for finding in found.applied if wishes.show else ():
            say(f"{_where(finding)} {finding.fix.title if finding.fix else ''}")

    changes = change_sources(sources, mend, shows_diff=wishes.diff)
    if not wishes.is_quiet and (changes.changed or not changes.problems):
        say(_told([fixed[name] for name in changes.changed], wishes))
    if not wishes.is_quiet and (note := changes.note()):
        say(f"medlint: {note}")
    if wishes.diff or wishes.only:
        code = end_of_changes(changes, counts=wishes.diff)
        if code == CLEAN and any(file.left for file in fixed.values()):
            code = FINDINGS
        sys.stdout.flush()
        raise SystemExit(code)
    return changes.problems


def _where(finding: Finding) -> str:
    return f"{finding.path}:{finding.place.line}: {finding.code} {finding.name}:"


def _told(fixed: Sequence[FixedFile], wishes: FixWishes) -> str:
    """One line that says what was mended."""
    count = sum(len(file.applied) for file in fixed)
    files = sum(bool(file.applied) for file in fixed)
    verb = "Would mend" if wishes.diff else "Mended"
    if not count:
        return f"{verb} nothing."
    unsafe = sum(not f.fix.is_safe for file in fixed for f in file.applied if f.fix)
    rules = Counter(f.name for file in fixed for f in file.applied)
    most = ", ".join(f"{name} {number}" for name, number in rules.most_common(3))
    more = f" and {len(rules) - 3} rules more" if len(rules) > 3 else ""
    what = f"{count:,} finding{'s' * (count > 1)} in {files:,} file{'s' * (files > 1)}"
    return f"{verb} {what}{f', {unsafe:,} of them unsafe' if unsafe else ''}: {most}{more}."
