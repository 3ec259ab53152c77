"""``medlint format``: lay records out as PubMed does."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from medlint.cli.options import endings, say

FORMAT_EXAMPLES = """Examples:

medlint format records/

medlint format --check records/

medlint format --diff export.nbib

medlint format - < export.nbib > laid-out.nbib
"""

_LINE_ENDS = {"keep": None, "lf": b"\n", "crlf": b"\r\n"}


def format_files(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Files, folders, or - for standard input; by default this folder.",
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; end with 1 if a file would change."),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Print what would change and write nothing; end with 1 then."),
    ] = False,
    line_ends: Annotated[
        Literal["keep", "lf", "crlf"],
        typer.Option("--line-ends", help="How lines end; by default as most of the file do."),
    ] = "keep",
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say only what could not be done.")
    ] = False,
) -> None:
    """Lay records out as PubMed does today: order of the tags, padding, line breaks, empty lines.

    No value changes, and what belongs together stays together. Ends with 0 when done, 1 when
    --check or --diff found something, 2 when medlint could not do its work.
    """
    with endings():
        from medlint.cli.changed_files import change_sources, end_of_changes
        from medlint.config.configuration import Configuration
        from medlint.config.layer import Layer
        from medlint.fixes.files import Put, format_file
        from medlint.records.find import find
        from medlint.records.sources import Source

        configuration = Configuration(Layer())
        settings = configuration.for_run(paths or ())
        sources, unusable, notices = find(settings.paths, "-", configuration.is_excluded)
        records = 0

        def lay_out(source: Source, put: Put) -> None:
            nonlocal records
            formatted = format_file(source, put, _LINE_ENDS[line_ends])
            records += formatted.records
            for line, reason in formatted.untouched:
                say(f"medlint: {source.name}:{line}: left as it is: {reason}")

        writes = not (check or diff)
        changes = change_sources(sources, lay_out, shows_diff=diff, writes=writes)
        changes.problems.extend(unusable)
        for name in changes.changed if check and not quiet else ():
            say(f"Would lay out {name}")
        notices += filter(None, [changes.note()])
        for notice in () if quiet else notices:
            say(f"medlint: {notice}")
        if not quiet:
            files = len(sources) - len(changes.only_read)
            say(_told(len(changes.changed), files, records, writes=writes))
        code = end_of_changes(changes, counts=not writes)
        sys.stdout.flush()
        raise SystemExit(code)


def _told(changed: int, files: int, records: int, *, writes: bool) -> str:
    """One line that says what was done."""
    verb = "Laid out" if writes else "Would lay out"
    return (
        f"{verb} {changed:,} of {files:,} file{'s' * (files != 1)} "
        f"({records:,} record{'s' * (records != 1)} read)."
    )
