"""Which findings a baseline knows: whatever file they stand in, and after rules were renamed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import record
from suppressing import BOOK, baseline_of, findings, rules

from medlint.findings import Finding
from medlint.rulebook.rule import DEPRECATED, Rule
from medlint.suppress.baseline import Baseline
from medlint.suppress.fingerprint import Identity
from medlint.suppress.matching import Matching

#: Rules on values, on records, on several records and on lines.
RUNNING = rules(
    "issn-check-digit",
    "language-code-known",
    "pmid-present",
    "journal-abbreviation-present",
    "no-trailing-blanks",
    "tag-known",
    "pmid-unique",
    "doi-unique",
    "journal-title-agreement",
)

#: Codes of all rules, today's and those of the tests.
CODES = [*(rule.code for rule in BOOK.rules), "ML399"]


def no_pmid(text: str) -> str:
    return text.partition("\n")[2]


#: Records with old faults; some share a DOI or a PMID, and some have no PMID.
OLD = [
    record(31000001, IS="1533-4407 (Electronic)"),
    record(31000001, IS="1533-4407 (Electronic)", LA="xxx"),
    record(31000002, TA=None),
    record(31000003).replace("xyz.31000003", "xyz.31000002"),
    record(31000004, LA="english").replace("\nVI  -", " \nVI  -"),
    no_pmid(record(31000005, LA="xxx")),
    no_pmid(record(31000006)).replace("xyz.31000006", "xyz.31000002"),
    no_pmid(record(31000007)).replace("xyz.31000007", "XYZ.31000002"),
    record(31000008, JT="Journal of exemples"),
    record(31000009, VI="12\nXYZ - stray"),
]


def written(folder: Path, files: Sequence[Sequence[str]]) -> list[Path]:
    """Files with these records, in folders of their own."""
    paths = []
    for number, texts in enumerate(files):
        path = folder / f"d{number % 3}" / f"{number}.nbib"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(texts))
        paths.append(path)
    return paths


def found(files: Sequence[Sequence[str]], running: Sequence[Rule] = RUNNING) -> list[Finding]:
    with TemporaryDirectory() as folder:
        return findings(written(Path(folder), files), running)


def known_by(some: Sequence[Finding]) -> list[tuple[Identity, int]]:
    return [(entry.identity, entry.times) for entry in baseline_of(some)]


BEFORE = found([OLD])


@given(st.permutations(OLD), st.sets(st.integers(1, len(OLD) - 1)))
@settings(max_examples=40)
def test_moving_reordering_and_splitting_files_changes_nothing(
    order: list[str], cuts: set[int]
) -> None:
    bounds = [0, *sorted(cuts), len(order)]
    files = [order[start:end] for start, end in pairwise(bounds)]
    after = found(files)
    assert known_by(after) == known_by(BEFORE)
    matching = Matching(baseline_of(BEFORE), BOOK.rules)
    assert [finding for finding in after if not matching.takes(finding)] == []
    assert list(matching.left(CODES)) == []


def test_the_old_faults_are_of_every_kind() -> None:
    assert {finding.name for finding in BEFORE} == {rule.name for rule in RUNNING}


@pytest.mark.parametrize("place", range(len(OLD)))
def test_a_fault_more_is_new_and_only_that(place: int) -> None:
    with_fault = OLD[place].replace("\nPL  - ", "\nLA  - zzz\nPL  - ")
    after = found([[*OLD[:place], with_fault, *OLD[place + 1 :]]])
    matching = Matching(baseline_of(BEFORE), BOOK.rules)
    new = [finding for finding in after if not matching.takes(finding)]
    if OLD[place].startswith("PMID"):
        assert [(finding.name, finding.value) for finding in new] == [
            ("language-code-known", "zzz")
        ]
    else:  # what stands for the record is a hash of it all
        assert ("language-code-known", "zzz") in [(f.name, f.value) for f in new]


def test_a_new_instance_of_an_old_kind_is_new() -> None:
    one = record(31000001, LA="xxx")
    two = one.replace("LA  - xxx", "LA  - xxx\nLA  - xxx")
    running = rules("language-code-known")
    known = baseline_of(found([[one]], running))
    matching = Matching(known, BOOK.rules)
    assert [matching.takes(finding) for finding in found([[two]], running)] == [True, False]
    assert list(matching.left(CODES)) == []


def test_what_no_longer_occurs_is_left_with_how_often() -> None:
    (finding,) = found([[record(31000001, LA="xxx")]], rules("language-code-known"))
    matching = Matching(baseline_of([finding] * 3), BOOK.rules)
    assert matching.takes(finding)
    assert [entry.times for entry in matching.left(CODES)] == [2]


def renamed(**changes: object) -> tuple[Baseline, list[Finding], list[Rule]]:
    """A baseline that was written before a rule changed, the findings of today, and the rules."""
    running = rules("language-code-known")
    before = found([[record(31000001, LA="xxx")]], running)
    today = [rule._replace(**changes) for rule in running]  # type: ignore[arg-type]
    after = [f._replace(code=today[0].code, name=today[0].name) for f in before]
    return baseline_of(before), after, [r for r in BOOK.rules if r not in running] + today


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "language-known", "replaces": ("language-code-known",)},
        {"code": "ML399", "name": "language-known", "replaces": ("ML301", "language-code-known")},
        {"code": "ML399", "name": "language-known", "replaces": ("ML301",)},
        {"code": "ML399", "name": "language-known", "replaces": ("language-code-known",)},
        {"code": "ML399"},
    ],
)
def test_a_rule_that_was_renamed_still_matches(changes: dict[str, object]) -> None:
    known, after, today = renamed(**changes)
    matching = Matching(known, today)
    assert [matching.takes(finding) for finding in after] == [True]
    assert list(matching.left(CODES)) == []


def test_the_successors_of_a_deprecated_rule_match_its_entries() -> None:
    known, after, today = renamed(code="ML399", name="language-known", replaces=("ML301",))
    old = rules("language-code-known")[0]._replace(status=DEPRECATED)
    matching = Matching(known, [*today, old])
    assert [matching.takes(finding) for finding in after] == [True]


def test_what_is_left_is_told_of_the_rules_asked_for() -> None:
    known, _, today = renamed(code="ML399", name="language-known", replaces=("ML301",))
    matching = Matching(known, today)
    assert list(matching.left(["ML203"])) == []
    assert [entry.identity.rule for entry in matching.left(["ML203", "ML399"])] == ["ML301"]


def test_another_rule_does_not_match() -> None:
    known, after, today = renamed(code="ML399", name="another")
    assert not Matching(known, today).takes(after[0])


def test_entries_of_rules_that_are_not_there_do_no_harm() -> None:
    known, after, _ = renamed()
    others = [rule for rule in BOOK.rules if rule.code != "ML301"]
    matching = Matching(known, others)
    assert not matching.takes(after[0]._replace(code="ML302"))
    assert list(matching.left(CODES)) == [], "whether they are gone is not known"
