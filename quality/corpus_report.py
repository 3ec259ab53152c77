"""`make corpus-report`: what medlint says of real exports, by rule and by file."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

from medlint import Severity
from medlint.findings import Finding
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.rule import Rule
from quality.corpus import CORPUS, CorpusAbsent, files, records_of
from quality.linter import Linter
from quality.pipe import until_pipe_closes

PAGE = Path(__file__).parents[1] / "docs" / "corpus-report.md"
_AROUND = 4
_HEADING = """\
# Corpus report

What does medlint say of records as people have them? This page tells, rule by rule, for
{records:,} different PubMed records out of {files} public exports, as of {as_of}.

    make corpus-report

writes it. Of records with one PMID the first is taken; test files of other programs are left out.
The exports are not part of medlint, and nothing of their text is shown here.

How much of what medlint says is right was judged by reading: see [precision](precision.md). How
much it finds of what is wrong is measured with defects that are made: see
[mutations](mutations.md).

## In short

{totals}
"""


class Corpus(NamedTuple):
    """The exports, and each of their records once."""

    sources: list[Path]
    #: PMID -> (number of the export, text).
    records: dict[str, tuple[int, str]]

    @property
    def text(self) -> str:
        """All records as one file."""
        return "\n".join(text for _, text in self.records.values())


def read_corpus(folder: Path) -> Corpus:
    """Read all exports; raises CorpusAbsent when there are none."""
    sources, records = files(folder), dict[str, tuple[int, str]]()
    for number, source in enumerate(sources):
        for pmid, text in records_of(source):
            records.setdefault(pmid, (number, text))
    return Corpus(sources, records)


def page(corpus: Corpus, rules: Sequence[Rule], as_of: date) -> str:
    """The whole report."""
    data = corpus.text.encode()
    usual = Linter(as_of)
    on = [rule for rule in rules if rule.default]
    off = [rule for rule in rules if not rule.default]
    findings = usual.findings(data)
    more = Linter(as_of, [rule.code for rule in off]).findings(data) if off else []
    total = len(corpus.records)
    return "".join(
        [
            _HEADING.format(
                records=total,
                files=len(corpus.sources),
                as_of=as_of.isoformat(),
                totals="\n".join(_totals(findings, on, total)),
            ),
            "\n## Rules that are on by default\n\n",
            *_by_rule(on, findings, total),
            "\n## Rules that are off by default\n\n"
            "They tell habits of PubMed, or take long; `--select` turns them on.\n\n",
            *_by_rule(off, more, total),
            "\n## By file\n\nEach export by itself, with the rules that are on by default.\n\n",
            *_by_file(corpus.sources, usual),
        ]
    )


def _totals(findings: Sequence[Finding], rules: Sequence[Rule], records: int) -> Iterator[str]:
    for severity in sorted(Severity, reverse=True):
        some = [finding for finding in findings if finding.severity == severity]
        holders = {finding.pmid for finding in some}
        speaking = {finding.name for finding in some}
        yield (
            f"- {severity.label}: {len(some):,} findings of {len(speaking)} rules, in "
            f"{len(holders):,} records ({100 * len(holders) / records:.1f}%)."
        )
    spoken = {finding.name for finding in findings}
    yield f"- {len(rules)} rules are on by default; {len(spoken)} of them say something."


def _by_rule(rules: Sequence[Rule], findings: Iterable[Finding], records: int) -> Iterator[str]:
    instances: Counter[str] = Counter()
    holders: defaultdict[str, set[str | None]] = defaultdict(set)
    for finding in findings:
        instances[finding.name] += 1
        holders[finding.name].add(finding.pmid)
    yield "| code | name | severity | instances | records | share of records |\n"
    yield "| --- | --- | --- | ---: | ---: | ---: |\n"
    for rule in rules:
        if instances[rule.name]:
            count = len(holders[rule.name])
            yield (
                f"| {rule.code} | [{rule.name}](rules/{rule.name}.md) | {rule.severity.label} "
                f"| {instances[rule.name]:,} | {count:,} | {100 * count / records:.2f}% |\n"
            )
    silent = [rule.code for rule in rules if not instances[rule.name]]
    if silent:
        yield f"\n{len(silent)} rules say nothing: {', '.join(silent)}.\n"


def _by_file(sources: Sequence[Path], linter: Linter) -> Iterator[str]:
    yield "| source | file | records | errors | warnings | infos | rules that speak |\n"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    numbers: Counter[str] = Counter()
    for source in sources:
        name = _source_name(source)
        numbers[name] += 1
        findings = linter.findings(source.read_bytes())
        count = Counter(finding.severity for finding in findings)
        yield (
            f"| {name} | {numbers[name]} | {sum(1 for _ in records_of(source)):,} "
            f"| {count[Severity.ERROR]:,} | {count[Severity.WARNING]:,} "
            f"| {count[Severity.INFO]:,} | {len({finding.name for finding in findings})} |\n"
        )


def _source_name(source: Path) -> str:
    return source.parent.name.replace("+", "/")


def samples(corpus: Corpus, as_of: date, size: int, rule: str, is_whole: bool) -> Iterator[str]:
    """Findings to judge, up to *size* of each rule at error or warning, or of *rule* (a code or a
    name), spread over the exports; each with the lines around it or the whole record."""
    findings = Linter(as_of, [rule] if rule else ()).findings(corpus.text.encode())
    lines = corpus.text.split("\n")
    by_rule: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if rule or finding.severity > Severity.INFO:
            by_rule[finding.code].append(finding)
    for code, some in sorted(by_rule.items()):
        chosen = _spread(some, corpus)[:size]
        yield f"\n=== {code} {some[0].name}: {len(chosen)} of {len(some)}\n"
        for number, finding in enumerate(chosen, 1):
            origin = corpus.records.get(finding.pmid or "")
            source = _source_name(corpus.sources[origin[0]]) if origin else "-"
            yield f"\n--- {code} {number}: PMID {finding.pmid} of {source}\n"
            yield f"{finding.severity.label} at {finding.tag or 'the record'}: {finding.message}\n"
            yield from _around(finding, lines, is_whole)


def _spread(findings: list[Finding], corpus: Corpus) -> list[Finding]:
    """The same findings, one of each export in turn."""
    by_source: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        number, _ = corpus.records.get(finding.pmid or "", (-1, ""))
        by_source[number].append(finding)
    rounds = zip_longest(*(by_source[number] for number in sorted(by_source)))
    return [finding for finding in chain.from_iterable(rounds) if finding is not None]


def _around(finding: Finding, lines: list[str], is_whole: bool) -> Iterator[str]:
    place = finding.place
    start, end = place.line - _AROUND, place.end_line + _AROUND
    if is_whole:
        start = finding.record_line or place.line
        end = next((i for i in range(start, len(lines)) if not lines[i]), len(lines))
    for number in range(max(start, 1), min(end, len(lines)) + 1):
        mark = ">" if place.line <= number <= place.end_line else " "
        yield f" {mark} {_shown(lines[number - 1])}\n"


def _shown(line: str) -> str:
    """The line with signs that a terminal would obey made visible."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)


def main() -> int:
    """Run as the options say; return the exit code."""
    options = _options()
    try:
        corpus = read_corpus(options.corpus)
    except CorpusAbsent as absent:
        print(absent, file=sys.stderr)
        return 2
    rules = load_rulebook().rules
    if options.rule and not any(options.rule in (rule.code, rule.name) for rule in rules):
        print(f"--rule: there is no rule '{options.rule}'", file=sys.stderr)
        return 2
    if options.sample or options.rule:
        size = options.sample or 20
        for part in samples(corpus, options.as_of, size, options.rule, options.whole):
            sys.stdout.write(part)
        return 0
    text = page(corpus, rules, options.as_of)
    options.page.write_text(text, encoding="utf-8")
    print(text[: text.index("\n## By file")])
    print(f"Wrote {options.page}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m quality.corpus_report", description=__doc__)
    parser.add_argument("--page", type=Path, default=PAGE, help="where the report goes")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="the folder of exports")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, default=date(2026, 11, 22), help="what counts as today"
    )
    parser.add_argument(
        "--sample",
        type=int,
        default=0,
        metavar="N",
        help="print up to N findings of each rule at error or warning, to be judged; it is text of "
        "others, never commit it",
    )
    parser.add_argument("--rule", default="", help="samples of this rule alone (code or name)")
    parser.add_argument("--whole", action="store_true", help="samples with the whole record")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(until_pipe_closes(main))
