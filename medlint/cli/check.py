"""``medlint check``: lint files and say what is wrong."""

from __future__ import annotations

import gc
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from medlint.cli.options import CLEAN, FINDINGS, UNUSABLE, endings, say, show_version, stop, words
from medlint.cli.progress import Progress
from medlint.findings import Severity
from medlint.findings_summary import Summary
from medlint.output.outputs import Outputs
from medlint.output.writer import OutputOptions
from medlint.records.sources import find
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.select import Selection, notices, select
from medlint.run import Plan, Run
from medlint.version import __version__


class FailLevel(StrEnum):
    """Findings at or above this severity end the run with 1."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


class ShowLevel(StrEnum):
    """Findings at or above this severity are printed for people."""

    error = "error"
    warning = "warning"
    info = "info"


class Scopes(StrEnum):
    """Which rules run."""

    record = "record"
    dataset = "dataset"
    all = "all"


class OutputFormat(StrEnum):
    """What standard output is written as."""

    full = "full"
    concise = "concise"
    json = "json"


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders, or - for standard input; by default this folder."),
    ] = None,
    selected: Annotated[
        list[str] | None,
        typer.Option(
            "--select", help="Run these rules only: codes, their beginnings, names, topics or ALL."
        ),
    ] = None,
    extended: Annotated[
        list[str] | None, typer.Option("--extend-select", help="Run these rules too.")
    ] = None,
    ignored: Annotated[
        list[str] | None, typer.Option("--ignore", help="Do not run these rules.")
    ] = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option(
            "--rules",
            metavar="PATH",
            help="Rules of your own, beside the built-in ones: files or folders.",
        ),
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option("--severity", metavar="RULE=LEVEL", help="Change how severe a rule is."),
    ] = None,
    fail_level: Annotated[
        FailLevel, typer.Option(help="End with 1 if there is a finding of this severity or worse.")
    ] = FailLevel.error,
    show: Annotated[
        ShowLevel,
        typer.Option(help="Print findings of this severity or worse; the rest is counted."),
    ] = ShowLevel.warning,
    scope: Annotated[
        Scopes, typer.Option(help="Run the rules on single records, those on the data set, or all.")
    ] = Scopes.all,
    pmid: Annotated[
        str | None, typer.Option(metavar="N", help="Look at the record with this PMID only.")
    ] = None,
    output_format: Annotated[
        OutputFormat, typer.Option(help="What standard output is written as.")
    ] = OutputFormat.full,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            metavar="FORMAT:FILE",
            help="Write the findings to a file too, as full, concise, json or statistics.",
        ),
    ] = None,
    statistics: Annotated[
        bool,
        typer.Option("--statistics", help="Print how often each rule speaks, not each finding."),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print the findings and nothing else.")
    ] = False,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day that counts as today, YYYY-MM-DD.")
    ] = None,
    stdin_filename: Annotated[
        str, typer.Option(metavar="NAME", help="What standard input is called in the output.")
    ] = "-",
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Compile rule files afresh.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Lint MEDLINE records and say what is wrong, where, and why.

    Ends with 0 when clean, 1 with findings at the fail level, 2 when medlint could not do its work.
    """
    # Records and findings make no reference cycles, and the collector would look through them all.
    gc.disable()
    with endings():
        if statistics and output_format is OutputFormat.json:
            stop("--statistics is for people; --output-format json holds the same counts")
        selection = Selection(
            words(selected or ()),
            words(extended or ()),
            words(ignored or ()),
            words(severity or ()),
        )
        plan = Plan(
            rulebook := load_rulebook(rules or (), use_cache=not no_cache),
            select(rulebook.rules, selection),
            _day(as_of),
            scope.value,
            pmid,
        )
        for notice in () if quiet else notices(rulebook.rules, selection.words):
            say(f"medlint: {notice}")
        if not any(map(plan.is_asked, plan.rules)):
            stop("no rule is left to run: look at --select, --ignore and --scope")
        if pmid is not None and not pmid.isdecimal():
            stop(f"--pmid '{pmid}': a PMID is a number, such as 37583846")
        sources, unusable = find(paths or (), stdin_filename)
        options = OutputOptions(
            show=Severity.parse(show.value),
            color=_wants_color(),
            width=_width(),
            tool_version=__version__,
        )
        standard = "statistics" if statistics else output_format.value
        inputs = [source.path for source in sources if source.path]
        with Outputs(
            standard, output or (), sys.stdout, options, quiet=quiet, inputs=inputs
        ) as outputs:
            with Progress(sources, is_wanted=not quiet) as progress:
                run = Run(plan, progress.advance)
                for finding in run.findings(sources):
                    if standard != "statistics" and finding.severity >= options.show:
                        progress.give_way()
                    outputs.write(finding)
            run.summary.unusable += unusable
            if pmid is not None and not run.summary.records and not run.summary.unusable:
                stop(f"no record has PMID {pmid}")
            outputs.close(run.summary)
        raise typer.Exit(_exit_code(run.summary, fail_level))


def _exit_code(summary: Summary, fail_level: FailLevel) -> int:
    for line in summary.unusable:
        say(f"medlint: {line}")
    if summary.unusable:
        return UNUSABLE
    worst = summary.worst
    if worst is None or fail_level is FailLevel.never:
        return CLEAN
    return FINDINGS if worst >= Severity.parse(fail_level.value) else CLEAN


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        stop(f"--as-of '{text}': expected a day such as 2026-01-31")


def _wants_color() -> bool:
    """Colour only on a terminal, and never against NO_COLOR (no-color.org)."""
    import os

    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def _width() -> int:
    import shutil

    return max(shutil.get_terminal_size((100, 24)).columns, 40)
