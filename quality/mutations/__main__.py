"""The command behind `make mutations`."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from medlint.rulebook.load import load_rulebook
from quality.corpus import CORPUS, CorpusAbsent, distinct_records, files
from quality.mutations import report
from quality.mutations.catalogue import KINDS
from quality.mutations.run import Bench, Setting, run
from quality.mutations.show import show
from quality.pipe import until_pipe_closes

PAGE = Path(__file__).parents[2] / "docs" / "mutations.md"


def main() -> int:
    """Run as the options say; return the exit code."""
    options = _options()
    setting = Setting(options.corpus, options.records, options.seed, options.as_of)
    kinds = [kind for kind in KINDS if options.kind in f"{kind.family}: {kind.title}"]
    if not kinds:
        print(f"no kind of defect has '{options.kind}' in its name", file=sys.stderr)
        return 2
    try:
        exports = len(files(options.corpus))
    except CorpusAbsent as absent:
        print(absent, file=sys.stderr)
        return 2
    if options.show:
        bench = Bench(setting)
        for kind in kinds:
            show(kind, bench, options.show)
        return 0
    tallies = list(run(setting, kinds, options.jobs))
    for line in [*report.complaints(tallies), "", *report.totals(tallies)]:
        print(line)
    if len(kinds) == len(KINDS):
        records = len(distinct_records(options.corpus))
        options.page.write_text(report.page(tallies, setting, records, exports), encoding="utf-8")
        print(f"\nWrote {options.page}")
    unknown = unknown_rules()
    if unknown:
        print(f"kinds name rules that do not exist: {', '.join(unknown)}", file=sys.stderr)
    return 1 if unknown else 0


def unknown_rules() -> list[str]:
    """The rules that kinds name and the rulebook does not have, sorted."""
    known = {rule.name for rule in load_rulebook().rules}
    return sorted({name for kind in KINDS for name in kind.rules} - known)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m quality.mutations", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="the folder of exports")
    parser.add_argument("--records", type=int, default=100, help="records for each kind (100)")
    parser.add_argument("--seed", type=int, default=1, help="other numbers, other draws (1)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (2)")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, default=date(2026, 11, 22), help="what counts as today"
    )
    parser.add_argument("--page", type=Path, default=PAGE, help="where the report goes")
    parser.add_argument("--kind", default="", help="only kinds with this in 'family: name'")
    parser.add_argument(
        "--show",
        choices=("missed", "several", "all"),
        help="print some defects with the findings; never commit what it prints",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(until_pipe_closes(main))
