"""The report on a run: a page in Markdown, and what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from statistics import median

from quality.mutations.catalogue import FAMILIES, NOT_MADE
from quality.mutations.run import Setting, Tally

#: A kind counts as found when so many of a hundred are.
GOAL = 99
_MOST_FINDINGS = 3

_HEADING = """\
# Mutations

How many defects does medlint find? To know that, defects are made: one of a known kind is put into
one clean record of a real export, between other clean records, and medlint is asked what it says.

    make mutations

writes this page, from up to {records} records for each kind, drawn by chance (seed {seed}) out of
{corpus:,} different records of {files} public exports, as of {as_of}. A record is clean when
medlint says nothing of it, or nothing above the level *info*. The exports are not part of medlint.

- A defect is **found** when a rule that is meant for it speaks, at the field or on the lines that
  were spoilt. What other rules say, or the right one elsewhere, does not count.
- A kind is put only into records that still hold what contradicts it. The others are **not
  applicable**: where an article has no DOI in AID, nobody can tell that the one in LID is wrong.
- **Findings** are those that the defect caused, of all rules that are on by default. One defect
  should cause one. Where it causes more, the *other rules* tell which.
- Some kinds come in variants, one for each tag they are put into; a row of a table sums them up.
"""


def page(tallies: Sequence[Tally], setting: Setting, corpus: int, files: int) -> str:
    """The whole report; *corpus* and *files* are the numbers of records and of exports."""
    heading = _HEADING.format(
        records=setting.records,
        seed=setting.seed,
        as_of=setting.as_of.isoformat(),
        corpus=corpus,
        files=files,
    )
    return "".join(
        [
            heading,
            "\n## In short\n\n",
            *(f"- {line}\n" for line in totals(tallies)),
            *_missed(tallies),
            *_several(tallies),
            *_not_made(),
            *_families(tallies),
        ]
    )


def totals(tallies: Sequence[Tally]) -> list[str]:
    """The totals, one sentence each."""
    applied = [tally for tally in tallies if tally.applied]
    good = [tally for tally in applied if is_found(tally)]
    counts = [count for tally in applied for count in tally.counts]
    defects, found = len(counts), sum(tally.found for tally in applied)
    if not counts:
        return ["No defect could be made."]
    kinds = len({(tally.family, tally.name) for tally in applied})
    return [
        f"{kinds} kind{'s' * (kinds != 1)} of defects, {len(applied)} with their variants; "
        f"of {len(good)} ({_share(len(good), len(applied))}) at least {GOAL} in 100 are found.",
        f"{defects:,} defects, {found:,} found ({_share(found, defects)}).",
        f"{median(counts):g} finding{'s' * (median(counts) != 1)} per defect (median), "
        f"{sum(counts) / len(counts):.2f} (mean), {max(counts)} at most.",
        f"{sum(tally.elsewhere for tally in applied):,} defects were told by the right rule at "
        "another place; they count as not found.",
    ]


def complaints(tallies: Iterable[Tally]) -> list[str]:
    """What to look at: kinds not found, not applied, or with several findings a defect."""
    lines = []
    for tally in tallies:
        lines += [f"medlint ends with an error: {tally.title}: {crash}" for crash in tally.crashes]
        if not tally.applied:
            lines.append(f"never applied: {tally.title}")
            continue
        if not is_found(tally):
            lines.append(
                f"found {tally.found} of {tally.applied}: {tally.title}"
                + (f" ({tally.elsewhere} elsewhere)" if tally.elsewhere else "")
                + (f"; others: {_others(tally.others)}" if tally.others else "")
            )
        if median(tally.counts) > 1 or max(tally.counts) > _MOST_FINDINGS:
            lines.append(
                f"findings per defect {median(tally.counts):g}, at most {max(tally.counts)}: "
                f"{tally.title}; others: {_others(tally.others)}"
            )
    return lines


def is_found(tally: Tally) -> bool:
    """Whether the kind is found often enough."""
    return 100 * tally.found >= GOAL * tally.applied


def _missed(tallies: Sequence[Tally]) -> Iterator[str]:
    missed = [tally for tally in tallies if tally.applied and not is_found(tally)]
    if missed:
        yield f"\n## Found less than {GOAL} times in 100\n\n"
        yield "| kind | applied | found | share | why |\n| --- | ---: | ---: | ---: | --- |\n"
    for tally in missed:
        yield _row(
            tally.title,
            str(tally.applied),
            str(tally.found),
            _share(tally.found, tally.applied),
            tally.why_not or "Not looked into yet.",
        )


def _several(tallies: Sequence[Tally]) -> Iterator[str]:
    several = [tally for tally in tallies if tally.counts and median(tally.counts) > 1]
    if several:
        yield "\n## More than one finding a defect\n\n"
        yield "| kind | findings: median | most | other rules |\n| --- | ---: | ---: | --- |\n"
    for tally in several:
        yield _row(
            tally.title, f"{median(tally.counts):g}", str(max(tally.counts)), _others(tally.others)
        )


def _not_made() -> Iterator[str]:
    yield "\n## Defects that are not made\n\n"
    yield "Of these, no rule that is on by default can tell.\n\n"
    for defect, reason in NOT_MADE.items():
        yield f"- {defect}: {reason}\n"


def _families(tallies: Sequence[Tally]) -> Iterator[str]:
    families = {family: list(some) for family, some in groupby(tallies, lambda t: t.family)}
    for family, some in families.items():
        yield (
            f"\n## {FAMILIES[family]}\n\n"
            "| kind | applied | found | share | not applicable | findings: median | most | "
            "other rules |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n"
        )
        names = dict.fromkeys(tally.name for tally in some)
        for name in names:
            yield _summed([tally for tally in some if tally.name == name])


def _summed(variants: Sequence[Tally]) -> str:
    """The row of one kind: the sums of its variants."""
    kind = variants[0].name + _where(variants)
    applied = sum(tally.applied for tally in variants)
    found = sum(tally.found for tally in variants)
    missing = f"{sum(tally.not_applicable for tally in variants):,}"
    counts = [count for tally in variants for count in tally.counts]
    if not counts:
        return _row(kind, "0", "", "", missing, "", "", "")
    others: Counter[str] = Counter()
    for tally in variants:
        others.update(dict(tally.others))
    return _row(
        kind,
        str(applied),
        str(found),
        _share(found, applied),
        missing,
        f"{median(counts):g}",
        str(max(counts)),
        _others(sorted(others.items(), key=lambda item: (-item[1], item[0]))),
    )


def _where(variants: Sequence[Tally]) -> str:
    places = ", ".join(tally.where for tally in variants)
    return f" ({places})" if places else ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _others(others: Sequence[tuple[str, int]]) -> str:
    shown = [f"`{name}` {count}" for name, count in others[:3]]
    more = len(others) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _share(part: int, whole: int) -> str:
    """A percentage, rounded down, so that 100% means all."""
    tenths = 1000 * part // whole
    return f"{tenths / 10:g}%"
