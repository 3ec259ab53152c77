"""``medlint check``: lint files and say what is wrong."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from medlint.cli import check_options as option
from medlint.cli.linting import Linting, Wishes, day
from medlint.cli.options import CLEAN, FINDINGS, UNUSABLE, endings, say, stop, words
from medlint.cli.progress import Progress
from medlint.cli.wished_outputs import WishedOutputs, wished_outputs
from medlint.findings import Severity
from medlint.findings_summary import Summary
from medlint.output import COUNTING, FOR_PEOPLE
from medlint.output.outputs import Outputs
from medlint.output.writer import OutputOptions
from medlint.run import Run
from medlint.version import __version__

#: Shown under the help.
EXAMPLES = """Examples:

medlint check export.nbib

medlint check --select ML2,doi-form --show info records/

medlint check --output-format concise --output sarif:medlint.sarif records/

medlint check --since main records/

medlint check --fix --diff records/

medlint rules show ML203
"""


def check(
    paths: option.Paths = None,
    selected: option.Select = None,
    extended: option.ExtendSelect = None,
    ignored: option.Ignore = None,
    rules: option.Rules = None,
    severity: option.SeverityOf = None,
    scope: option.Scope = "all",
    exclude: option.Exclude = None,
    since: option.Since = None,
    pmid: option.Pmid = None,
    dialect: option.Dialect = None,
    stdin_filename: option.StdinFilename = "-",
    output_format: option.Format = None,
    output: option.Output = None,
    statistics: option.Statistics = False,
    show: option.Show = "warning",
    max_per_rule: option.MaxPerRule = None,
    quiet: option.Quiet = False,
    fail_level: option.FailLevel = None,
    max_findings: option.MaxFindings = None,
    min_records: option.MinRecords = None,
    no_ignores: option.NoIgnores = False,
    baseline: option.Baseline = None,
    no_baseline: option.NoBaseline = False,
    fix: option.Fix = False,
    unsafe_fixes: option.UnsafeFixes = False,
    diff: option.Diff = False,
    fix_only: option.FixOnly = False,
    show_fixes: option.ShowFixes = False,
    config: option.Config = None,
    no_config: option.NoConfig = False,
    as_of: option.AsOf = None,
    no_cache: option.NoCache = False,
    version: option.Version = False,
) -> None:
    """Lint MEDLINE records and say what is wrong, where, and why.

    Ends with 0 when clean, 1 with findings at the fail level, 2 when medlint could not do its work.
    """
    # Records and findings make no reference cycles, and the collector would look through them all.
    gc.disable()
    with endings():
        linting = Linting(
            Wishes(
                paths=paths or (),
                select=words(selected or ()),
                extend=words(extended or ()),
                ignore=words(ignored or ()),
                severity=words(severity or ()),
                rules=rules or (),
                scope=scope,
                exclude=exclude or (),
                since=since,
                pmid=pmid,
                dialect=dialect,
                stdin_filename=stdin_filename,
                output=output or (),
                fail_level=fail_level,
                max_findings=max_findings,
                min_records=min_records,
                uses_ignores=not no_ignores,
                baseline=baseline,
                uses_baseline=not no_baseline,
                config=config,
                uses_config=not no_config,
                as_of=day(as_of),
                uses_cache=not no_cache,
                is_quiet=quiet,
            )
        )
        wished = wished_outputs(output_format or (), statistics, output or (), linting.settings)
        if fix or unsafe_fixes or diff or fix_only:
            from medlint.cli.fixing import FixWishes, fix_sources

            wishes = FixWishes(unsafe_fixes, diff, fix_only, show_fixes, quiet)
            fix_sources(linting.sources, linting.lint(), wishes)
        elif show_fixes:
            stop("--show-fixes says what was mended: it goes with --fix or --unsafe-fixes")
        options = OutputOptions(
            show=Severity.parse(show),
            color=_wants_color(),
            width=_width(),
            fail_level=_severity(linting.settings.fail_level),
            tool_version=__version__,
            card=linting.card,
        )
        suppression = linting.suppression()
        with Outputs(
            wished.standard,
            wished.wishes,
            sys.stdout,
            options,
            quiet=quiet,
            inputs=_inputs(linting, wished, config, baseline),
            said=wished.said,
            max_per_rule=max_per_rule,
        ) as outputs:
            with Progress(linting.sources, is_wanted=not quiet) as progress:
                run = Run(linting.plan, progress.advance, suppression)
                shown = options.show if outputs.standard in FOR_PEOPLE else Severity.INFO
                for finding in linting.findings(run, shown):
                    if outputs.standard not in COUNTING and finding.severity >= shown:
                        progress.give_way()
                    outputs.write(finding)
            run.summary.ignored = suppression.ignored
            run.summary.baselined = suppression.baselined
            outputs.close(run.summary)
        raise typer.Exit(_exit_code(linting, run.summary))


def _inputs(linting: Linting, wished: WishedOutputs, *named: Path | None) -> Iterator[Path]:
    """The files that the run reads, beside those that it finds by their names; none where no
    output goes to a file."""
    if not any(wished.files()):
        return
    from medlint.rulebook.compile import rule_files

    yield from (source.path for source in linting.sources if source.path)
    yield from filter(None, named)
    yield from rule_files(linting.own_rules)


def _severity(level: str) -> Severity | None:
    return None if level == "never" else Severity.parse(level)


def _exit_code(linting: Linting, summary: Summary) -> int:
    for line in summary.unusable:
        say(f"medlint: {line}")
    if summary.unusable:
        return UNUSABLE
    return FINDINGS if linting.is_failing or summary.is_cut_short else CLEAN


def _wants_color() -> bool:
    """Colour only on a terminal, and never against NO_COLOR (no-color.org)."""
    import os

    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def _width() -> int:
    import shutil

    return max(shutil.get_terminal_size((100, 24)).columns, 40)
