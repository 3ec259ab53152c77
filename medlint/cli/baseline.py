"""``medlint baseline``: old findings are let be, so that only new ones count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medlint.cli import check_options as option
from medlint.cli.linting import Wishes, day
from medlint.cli.options import FINDINGS, endings, here, say, tell, words

if TYPE_CHECKING:
    from medlint.findings import Finding
    from medlint.suppress.baseline import Entry

_EXAMPLES = """Examples:

medlint baseline create

medlint baseline create --accept-new records/2026/

medlint baseline check --rules house-rules/

medlint baseline prune
"""

baseline_app = typer.Typer(
    epilog=_EXAMPLES,
    help="Let old findings be, so that only new ones count.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]...", help="Files and folders with records; by default this folder."
    ),
]
_File = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        callback=here,
        metavar="FILE",
        help="The baseline; by default the nearest medlint-baseline.jsonl upwards.",
        show_default=False,
    ),
]

#: How many of the findings that are not accepted are named.
_NAMED = 10


@baseline_app.command()
def create(
    paths: _Paths = None,
    file: _File = None,
    accept_new: Annotated[
        bool,
        typer.Option("--accept-new", help="Add new findings to a baseline that is there already."),
    ] = False,
    selected: option.Select = None,
    extended: option.ExtendSelect = None,
    rules: option.Rules = None,
    dialect: option.Dialect = None,
    config: option.Config = None,
    as_of: option.AsOf = None,
) -> None:
    """Write the findings of the records to a baseline.

    If it is there already, new findings are added only with --accept-new.
    Without that they are named, nothing is written, and medlint ends with 1.
    """
    with endings():
        from medlint.cli.comparing import Comparing
        from medlint.output.human import plural

        wishes = _wishes(paths, selected, extended, rules, dialect, config, as_of)
        comparing = Comparing(wishes, file, may_be_missing=True)
        path, baseline = comparing.path, comparing.baseline
        is_refused = comparing.exists and not accept_new
        new = 0
        for finding in comparing.new_findings():
            new += 1
            baseline.add(finding)
            if is_refused and new <= _NAMED:
                tell(_line(finding))
        if new and is_refused:
            if new > _NAMED:
                tell(f"... and {new - _NAMED:,} more")
            say(
                f"medlint: {path} does not know {plural(new, 'finding')}; nothing was written. "
                "Mend what they say, or add them with --accept-new"
            )
            raise SystemExit(FINDINGS)
        if not comparing.exists:
            comparing.write()
            tell(f"Wrote {path}: {_sum(baseline.entries)}.")
        elif new:
            comparing.write()
            tell(f"{path}: added {plural(new, 'finding')}; it has {_sum(baseline.entries)}.")
        else:
            tell(f"{path}: nothing to add; it has {_sum(baseline.entries)}.")


@baseline_app.command()
def check(
    paths: _Paths = None,
    file: _File = None,
    selected: option.Select = None,
    extended: option.ExtendSelect = None,
    rules: option.Rules = None,
    dialect: option.Dialect = None,
    config: option.Config = None,
    as_of: option.AsOf = None,
) -> None:
    """Say which findings are new, and which of the baseline no longer occur.

    Ends with 0 when the records and the baseline agree, with 1 when they do not.
    """
    with endings():
        from medlint.cli.comparing import Comparing
        from medlint.output.human import plural

        wishes = _wishes(paths, selected, extended, rules, dialect, config, as_of)
        comparing = Comparing(wishes, file)
        path, new = comparing.path, 0
        for finding in comparing.new_findings():
            new += 1
            tell(f"new: {_line(finding)}")
        gone = comparing.gone()
        for entry in gone:
            tell(f"gone: {_entry_line(entry)}")
        if not new and not gone:
            tell(f"{path} agrees with the records: {_sum(comparing.baseline.entries)}.")
            return
        count = sum(entry.times for entry in gone)
        tell(f"{path}: {plural(new, 'new finding')}, {count:,} gone.")
        if gone:
            say("medlint: 'medlint baseline prune' takes away those that are gone")
        raise SystemExit(FINDINGS)


@baseline_app.command()
def prune(
    paths: _Paths = None,
    file: _File = None,
    selected: option.Select = None,
    extended: option.ExtendSelect = None,
    rules: option.Rules = None,
    dialect: option.Dialect = None,
    config: option.Config = None,
    as_of: option.AsOf = None,
) -> None:
    """Take away the findings that no longer occur; add none.

    With PATH, those of the records that are read.
    Without it, in the folder of the baseline, also those of records that are no longer there.
    What rules found that do not run is left.
    """
    with endings():
        from medlint.cli.comparing import Comparing
        from medlint.output.human import plural

        wishes = _wishes(paths, selected, extended, rules, dialect, config, as_of)
        comparing = Comparing(wishes, file)
        for _ in comparing.new_findings():
            pass
        gone = comparing.gone()
        for entry in gone:
            comparing.baseline.remove(entry)
        if gone:
            comparing.write()
        removed = plural(sum(entry.times for entry in gone), "finding") if gone else "nothing"
        left = _sum(comparing.baseline.entries)
        tell(f"{comparing.path}: {removed} removed; it has {left}.")


@baseline_app.command()
def stats(paths: _Paths = None, file: _File = None) -> None:
    """Count what is in the baseline, rule by rule; with PATH, for the records there only."""
    with endings():
        from medlint.suppress.baseline import read

        if paths:
            from medlint.cli.comparing import Comparing

            comparing = Comparing(Wishes(paths=paths), file)
            for _ in comparing.new_findings():
                pass
            path, entries = comparing.path, comparing.read_entries()
        else:
            from medlint.cli.comparing import locate

            path = locate((), file)
            entries = list(read(path))
        for line in _table(entries):
            tell(line)
        tell(f"{path}: {_sum(entries)}.")


def _wishes(
    paths: list[str] | None,
    selected: list[str] | None,
    extended: list[str] | None,
    rules: list[Path] | None,
    dialect: str | None,
    config: Path | None,
    as_of: str | None,
) -> Wishes:
    return Wishes(
        paths=paths or (),
        select=words(selected or ()),
        extend=words(extended or ()),
        rules=rules or (),
        dialect=dialect,
        config=config,
        as_of=day(as_of),
    )


def _line(finding: Finding) -> str:
    place = finding.place
    record = f" [PMID {finding.pmid}]" if finding.pmid else ""
    return (
        f"{finding.path}:{place.line}:{place.column}: {finding.severity.label} {finding.code} "
        f"{finding.name}{record} {finding.message}"
    )


def _entry_line(entry: Entry) -> str:
    pmid, record, code, tag, _ = entry.identity
    subject = f"PMID {pmid}" if pmid else f"record {record}" if record else "no record"
    value = f" '{entry.value}'" if entry.value else ""
    times = f", {entry.times:,} times" if entry.times > 1 else ""
    return f"{subject}, {code} {entry.name}{f', {tag}' if tag else ''}{value}{times}"


def _sum(entries: Collection[Entry]) -> str:
    """How much *entries* stand for."""
    from medlint.output.human import plural

    count = sum(entry.times for entry in entries)
    records = {entry.identity[:2] for entry in entries}
    on = f" on {plural(len(records), 'record')}" if count else ""
    return f"{plural(count, 'finding') if count else 'no findings'}{on}"


def _table(entries: Iterable[Entry]) -> list[str]:
    """Findings and records of each rule, the most frequent first."""
    findings: Counter[str] = Counter()
    records: dict[str, set[tuple[str | None, ...]]] = {}
    names: dict[str, str] = {}
    for entry in entries:
        code = entry.identity.rule
        names[code] = entry.name
        findings[code] += entry.times
        records.setdefault(code, set()).add(entry.identity[:2])
    rows = [
        f"{count:>9,}  {len(records[code]):>9,}  {code} {names[code]}"
        for code, count in sorted(findings.items(), key=lambda item: (-item[1], item[0]))
    ]
    return [f"{'findings':>9}  {'records':>9}  rule", *rows, ""] if rows else []
