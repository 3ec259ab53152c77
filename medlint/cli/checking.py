"""The work of ``medlint check``, for a command line that has been read."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from medlint.cli.linting import Linting, Wishes
from medlint.cli.options import CLEAN, FINDINGS, UNUSABLE, say, stop
from medlint.cli.progress import Progress
from medlint.cli.wished_outputs import WishedOutputs, wished_outputs
from medlint.findings import Severity
from medlint.findings_summary import Summary
from medlint.output import COUNTING, FOR_PEOPLE
from medlint.output.outputs import Outputs
from medlint.output.writer import OutputOptions
from medlint.part import ChunkLinter
from medlint.run import Run
from medlint.signals import Ended
from medlint.version import __version__
from medlint.workers import Crew, Workers


class Shown(NamedTuple):
    """What the user said of standard output."""

    formats: Sequence[str] = ()
    statistics: bool = False
    show: str = "warning"
    max_per_rule: int | None = None


class Mending(NamedTuple):
    """What the user said of fixes."""

    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    fix_only: bool = False
    show_fixes: bool = False


def check_files(wishes: Wishes, shown: Shown, mending: Mending) -> int:
    """Lint files, tell what is wrong, and return the exit code.

    Raises what `Linting` does; ends the program for wishes that make no sense.
    """
    # Records and findings make no reference cycles, and the collector would look through them all.
    gc.disable()
    linting = Linting(wishes)
    wished = wished_outputs(shown.formats, shown.statistics, wishes.output, linting.settings)
    unmended = _mend(linting, mending, bool(wishes.output), is_quiet=wishes.is_quiet)
    options = OutputOptions(
        show=Severity.parse(shown.show),
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
        quiet=wishes.is_quiet,
        inputs=_inputs(linting, wished, wishes),
        said=wished.said,
        max_per_rule=shown.max_per_rule,
    ) as outputs:
        progress = Progress(linting.sources, is_wanted=not wishes.is_quiet)
        workers = _workers(wishes)
        plan = linting.plan._replace(with_fixes=outputs.show_fixes)
        run = Run(plan, progress.advance, suppression, workers, linting.store)
        least = options.show if outputs.standard in FOR_PEOPLE else Severity.INFO
        try:
            with progress, workers:
                for finding in linting.findings(run, least):
                    if outputs.standard not in COUNTING and finding.severity >= least:
                        progress.give_way()
                    outputs.write(finding)
            run.summary.unusable += [line for line in unmended if line not in run.summary.unusable]
            run.summary.ignored = suppression.ignored
            run.summary.baselined = suppression.baselined
            outputs.close(run.summary)
        except Ended as error:
            error.args = (_so_far(run.summary),)
            raise
    return _exit_code(linting, run.summary)


def _workers(wishes: Wishes) -> Workers:
    def call(linter: ChunkLinter) -> Crew | None:
        from medlint.cli.wished_crew import crew

        return crew(linter, wishes.jobs, wishes.scheduler)

    return Workers(call) if wishes.scheduler is None else Workers(call, patience=0)


def _so_far(summary: Summary) -> str:
    """What a run that was interrupted came to."""
    records, files, findings = summary.records, summary.files, summary.total
    return (
        f"after {records:,} record{'s' * (records != 1)} in {files:,} file{'s' * (files != 1)}, "
        f"with {findings:,} finding{'s' * (findings != 1)}"
    )


def _mend(linting: Linting, mending: Mending, wished_files: bool, *, is_quiet: bool) -> list[str]:
    """Mend what is to be mended; return why some files could not be, a line each."""
    if mending.fix or mending.unsafe_fixes or mending.diff or mending.fix_only:
        from medlint.cli.fixing import FixWishes, fix_sources

        _, unsafe, diff, only, show = mending
        if wished_files and (diff or only):
            stop("--output holds findings, and --diff and --fix-only look for none; leave it out")
        said = FixWishes(unsafe, diff, only, show, is_quiet)
        return fix_sources(linting.sources, linting.lint(), said)
    if mending.show_fixes:
        stop("--show-fixes says what was mended: it goes with --fix or --unsafe-fixes")
    return []


def _inputs(linting: Linting, wished: WishedOutputs, wishes: Wishes) -> Iterator[Path | str]:
    """The files and URLs that the run reads, beside those that it finds by their names; none where
    no output goes to a file."""
    if not any(wished.files()):
        return
    from medlint.rulebook.compile import rule_files

    yield from filter(None, (source.path or source.url for source in linting.sources))
    yield from filter(None, (wishes.config, wishes.baseline))
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
    """How many columns the terminal has, or COLUMNS says; 100 where there is none."""
    import os

    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() and len(columns) < 9 else 0
    if not width:
        try:
            width = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):
            width = 0
    return max(width or 100, 40)
