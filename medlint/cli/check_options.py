"""The options of ``medlint check``, in groups, as its help shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from medlint.cli.completion import (
    file_format_names,
    format_names,
    levels_in_bash,
    rule_levels,
    rule_words,
)
from medlint.cli.options import show_version
from medlint.output import FORMATS

_RULES, _INPUT, _OUTPUT, _GATE = "Rules", "Input", "Output", "Gate"
_HELD_BACK, _SETTINGS = "Ignores and baseline", "Settings"
_FIXES, _SPEED = "Fixes", "Speed"


Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...",
        autocompletion=levels_in_bash,
        help="Files, folders, or - for standard input; by default this folder.",
    ),
]

Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="RULE",
        autocompletion=rule_words,
        rich_help_panel=_RULES,
        help="Run these rules only: codes, their beginnings, names, topics or ALL.",
    ),
]
ExtendSelect = Annotated[
    list[str] | None,
    typer.Option(
        "--extend-select",
        metavar="RULE",
        autocompletion=rule_words,
        rich_help_panel=_RULES,
        help="Run these rules too.",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="RULE",
        autocompletion=rule_words,
        rich_help_panel=_RULES,
        help="Do not run these rules.",
    ),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="PATH",
        rich_help_panel=_RULES,
        help="Rules of your own, beside the built-in ones: files or folders.",
    ),
]
SeverityOf = Annotated[
    list[str] | None,
    typer.Option(
        "--severity",
        metavar="RULE=LEVEL",
        autocompletion=rule_levels,
        rich_help_panel=_RULES,
        help="Change how severe a rule is.",
    ),
]
Scope = Annotated[
    Literal["record", "dataset", "all"],
    typer.Option(
        rich_help_panel=_RULES,
        help="Run the rules on single records, those on the data set, or all.",
    ),
]

Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="PATTERN",
        rich_help_panel=_INPUT,
        help="Leave out these files and folders, named ones too.",
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        metavar="REVISION",
        rich_help_panel=_INPUT,
        help="Look at the records that are not as they were in this revision of git.",
    ),
]
Pmid = Annotated[
    str | None,
    typer.Option(
        metavar="N", rich_help_panel=_INPUT, help="Look at the record with this PMID only."
    ),
]
Dialect = Annotated[
    Literal["auto", "pubmed", "book", "pmc", "eric", "other"] | None,
    typer.Option(
        rich_help_panel=_INPUT,
        help="Who wrote the records; by default each record shows it.",
        show_default=False,
    ),
]
StdinFilename = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        rich_help_panel=_INPUT,
        help="What standard input is called in the output.",
    ),
]

Format = Annotated[
    list[str] | None,
    typer.Option(
        "--output-format",
        metavar="FORMAT",
        autocompletion=format_names,
        rich_help_panel=_OUTPUT,
        help=f"What standard output is written as: {', '.join(FORMATS)}.",
        show_default=False,
    ),
]
Output = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        metavar="FORMAT:FILE",
        autocompletion=file_format_names,
        rich_help_panel=_OUTPUT,
        help="Write the findings to a file too, in any of these formats, or as parquet or sqlite.",
    ),
]
Statistics = Annotated[
    bool,
    typer.Option(
        "--statistics",
        rich_help_panel=_OUTPUT,
        help="Print how often each rule speaks, not each finding.",
    ),
]
Show = Annotated[
    Literal["error", "warning", "info"],
    typer.Option(
        rich_help_panel=_OUTPUT,
        help="Print findings of this severity or worse; the rest is counted.",
    ),
]
MaxPerRule = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=0,
        rich_help_panel=_OUTPUT,
        help="Print N findings of a rule and count the rest; 0 for all. By default 20 in full.",
        show_default=False,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", rich_help_panel=_OUTPUT, help="Print the findings and nothing else."
    ),
]

FailLevel = Annotated[
    Literal["error", "warning", "info", "never"] | None,
    typer.Option(
        rich_help_panel=_GATE,
        help="End with 1 if there is a finding of this severity or worse; by default error.",
        show_default=False,
    ),
]
MaxFindings = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        rich_help_panel=_GATE,
        help="Stop after N findings of those that are shown, and end with 1.",
        show_default=False,
    ),
]
MinRecords = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        rich_help_panel=_GATE,
        help="End with 2 if fewer records than N were read.",
        show_default=False,
    ),
]

NoIgnores = Annotated[
    bool,
    typer.Option(
        "--no-ignores",
        rich_help_panel=_HELD_BACK,
        help="Tell what medlint-ignores.yaml holds back.",
    ),
]
Baseline = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        rich_help_panel=_HELD_BACK,
        help="Hold back the findings in this baseline; by default the nearest one.",
    ),
]
NoBaseline = Annotated[
    bool,
    typer.Option(
        "--no-baseline", rich_help_panel=_HELD_BACK, help="Tell the findings in the baseline too."
    ),
]

Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        max=256,
        rich_help_panel=_SPEED,
        help="Let N processes work; by default one for each core, where there is much to do.",
        show_default=False,
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        rich_help_panel=_SPEED,
        help="Let a cluster work: the address of a scheduler of dask, or 'local' for a try.",
        show_default=False,
    ),
]

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        rich_help_panel=_SETTINGS,
        help="Take the settings from this file; by default from the nearest medlint.yaml.",
    ),
]
NoConfig = Annotated[
    bool,
    typer.Option("--no-config", rich_help_panel=_SETTINGS, help="Use no configuration file."),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        rich_help_panel=_SETTINGS,
        help="The day that counts as today, YYYY-MM-DD.",
    ),
]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache", rich_help_panel=_SETTINGS, help="Compile rules and lint files afresh."
    ),
]
Version = Annotated[
    bool,
    typer.Option("--version", callback=show_version, is_eager=True, help="Show the version."),
]
Fix = Annotated[
    bool,
    typer.Option(
        "--fix",
        rich_help_panel=_FIXES,
        help="Mend what can be mended without adding or losing a fact, and check what is left.",
    ),
]
UnsafeFixes = Annotated[
    bool,
    typer.Option(
        "--unsafe-fixes",
        rich_help_panel=_FIXES,
        help="As --fix, and mend what somebody should look at afterwards, too.",
    ),
]
Diff = Annotated[
    bool,
    typer.Option(
        "--diff",
        rich_help_panel=_FIXES,
        help="Print what --fix would change and write nothing; end with 1 if there is something.",
    ),
]
FixOnly = Annotated[
    bool,
    typer.Option(
        "--fix-only", rich_help_panel=_FIXES, help="As --fix, but say nothing of what is left."
    ),
]
ShowFixes = Annotated[
    bool,
    typer.Option("--show-fixes", rich_help_panel=_FIXES, help="Say of each fix what it did."),
]
