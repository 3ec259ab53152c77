"""The work of ``medlint check``, for a command line that has been read."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import NamedTuple

from medlint.cli.linting import Linting, Wishes
from medlint.cli.options import CLEAN, FINDINGS, UNUSABLE, say, stop
from medlint.cli.progress import Progress
from medlint.findings import Severity
from medlint.findings_summary import Summary
from medlint.output import COUNTING
from medlint.output.outputs import Outputs
from medlint.output.writer import OutputOptions
from medlint.run import Run
from medlint.version import __version__


class Shown(NamedTuple):
    """What the user said of standard output."""

    format: str | None = None
    statistics: bool = False
    show: str = "warning"
    max_per_rule: int | None = None


def check_files(wishes: Wishes, shown: Shown) -> int:
    """Lint files, tell what is wrong, and return the exit code.

    Raises what `Linting` does; ends the program for wishes that make no sense.
    """
    # Records and findings make no reference cycles, and the collector would look through them all.
    gc.disable()
    if shown.statistics and shown.format not in (None, "full", "concise", "statistics"):
        stop(f"--statistics is for people; --output-format {shown.format} has its own counts")
    standard = "statistics" if shown.statistics else shown.format
    linting = Linting(wishes)
    options = OutputOptions(
        show=Severity.parse(shown.show),
        color=_wants_color(),
        width=_width(),
        fail_level=_severity(linting.settings.fail_level),
        tool_version=__version__,
        card=linting.card,
    )
    inputs = [source.path for source in linting.sources if source.path]
    suppression = linting.suppression()
    with Outputs(
        standard,
        _wishes(linting.settings.output, is_standard_said=standard is not None),
        sys.stdout,
        options,
        quiet=wishes.is_quiet,
        inputs=inputs,
        max_per_rule=shown.max_per_rule,
    ) as outputs:
        with Progress(linting.sources, is_wanted=not wishes.is_quiet) as progress:
            run = Run(linting.plan, progress.advance, suppression)
            for finding in linting.findings(run):
                if outputs.standard not in COUNTING and finding.severity >= options.show:
                    progress.give_way()
                outputs.write(finding)
        run.summary.ignored = suppression.ignored
        run.summary.baselined = suppression.baselined
        if wishes.pmid is not None and not run.summary.records and not run.summary.unusable:
            stop(f"no record has PMID {wishes.pmid}")
        outputs.close(run.summary)
    return _exit_code(linting, run.summary)


def _wishes(output: Sequence[str], *, is_standard_said: bool) -> list[str]:
    """Of the wishes, those that still count where the format of standard output was said."""
    return [wish for wish in output if ":" in wish or not is_standard_said]


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
