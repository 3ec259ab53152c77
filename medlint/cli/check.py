"""``medlint check``: lint files and say what is wrong."""

from __future__ import annotations

from medlint.cli import check_options as option
from medlint.cli.checking import Mending, Shown, check_files
from medlint.cli.linting import Wishes, day
from medlint.cli.options import endings, words

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
    jobs: option.Jobs = None,
    scheduler: option.Scheduler = None,
    config: option.Config = None,
    no_config: option.NoConfig = False,
    as_of: option.AsOf = None,
    no_cache: option.NoCache = False,
    version: option.Version = False,
) -> None:
    """Lint MEDLINE records and say what is wrong, where, and why.

    Ends with 0 when clean, 1 with findings at the fail level, 2 when medlint could not do its work.
    """
    with endings():
        wishes = Wishes(
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
            jobs=jobs,
            scheduler=scheduler,
            is_quiet=quiet,
        )
        code = check_files(
            wishes,
            Shown(output_format or (), statistics, show, max_per_rule),
            Mending(fix, unsafe_fixes, diff, fix_only, show_fixes),
        )
        raise SystemExit(code)
