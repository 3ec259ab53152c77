"""Ignores and baseline together: which hold for a file, and in what order."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import record
from suppressing import BOOK, baseline_of, findings, left, plan, rules

from medlint.documents.problem import DocumentError
from medlint.interest import OfPmid
from medlint.records.sources import Source
from medlint.run import Plan, Run
from medlint.suppress.held_back import Suppression

RUNNING = rules("issn-check-digit", "language-code-known", "ignore-in-use")
BAD = record(31000001, IS="1533-4407 (Electronic)", LA="xxx")
IGNORES = "- pmid: 31000001\n  rule: issn-check-digit\n  reason: Printed so.\n"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A file with two faults, in a folder of its own."""
    path = tmp_path / "a" / "b" / "bad.nbib"
    path.parent.mkdir(parents=True)
    path.write_text(BAD)
    return path


def write_baseline(folder: Path, *paths: Path) -> Path:
    file = folder / "medlint-baseline.jsonl"
    file.write_text(baseline_of(findings(paths, RUNNING)).to_text())
    return file


def names(path: Path, **wishes: object) -> list[str]:
    return [finding.name for finding in left([path], RUNNING, **wishes)[0]]


def test_nothing_is_held_back_where_there_is_neither(bad: Path) -> None:
    assert names(bad) == ["issn-check-digit", "language-code-known"]


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_they_are_found_upwards_from_the_file(bad: Path, depth: int) -> None:
    folder = bad.parents[depth]
    (folder / "medlint-ignores.yaml").write_text(IGNORES)
    assert names(bad) == ["language-code-known"]
    write_baseline(folder, bad)
    assert names(bad) == []


def test_the_nearest_one_alone_holds(bad: Path, tmp_path: Path) -> None:
    (tmp_path / "medlint-ignores.yaml").write_text(IGNORES)
    write_baseline(tmp_path, bad)
    (bad.parent / "medlint-ignores.yaml").write_text("# none\n")
    write_baseline(bad.parent)
    assert names(bad) == ["issn-check-digit", "language-code-known"]


def test_files_of_one_run_may_have_their_own(bad: Path, tmp_path: Path) -> None:
    (bad.parent / "medlint-ignores.yaml").write_text(IGNORES)
    other = tmp_path / "other.nbib"
    other.write_text(BAD)
    told = [(Path(f.path).name, f.name) for f in left([bad, other], RUNNING)[0]]
    assert told == [
        ("bad.nbib", "language-code-known"),
        ("other.nbib", "issn-check-digit"),
        ("other.nbib", "language-code-known"),
    ]


def test_ignores_come_before_the_baseline(bad: Path, tmp_path: Path) -> None:
    (tmp_path / "medlint-ignores.yaml").write_text(IGNORES)
    write_baseline(tmp_path, bad)
    told, suppression = left([bad], RUNNING)
    assert (told, suppression.ignored, suppression.baselined) == ([], 1, 1)


def test_each_can_be_switched_off(bad: Path, tmp_path: Path) -> None:
    (tmp_path / "medlint-ignores.yaml").write_text(IGNORES)
    write_baseline(tmp_path, bad)
    both = ["issn-check-digit", "language-code-known"]
    assert names(bad, uses_ignores=False) == []
    assert names(bad, uses_baseline=False) == both[1:]
    assert names(bad, uses_ignores=False, uses_baseline=False) == both


def test_what_is_switched_off_is_not_even_read(bad: Path, tmp_path: Path) -> None:
    (tmp_path / "medlint-ignores.yaml").write_text("[")
    (tmp_path / "medlint-baseline.jsonl").write_text("[")
    assert len(names(bad, uses_ignores=False, uses_baseline=False)) == 2


def test_a_named_baseline_holds_for_all_files_and_must_be_there(bad: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    file = write_baseline(tmp_path / "far", bad)
    assert names(bad, baseline_file=file) == []
    with pytest.raises(FileNotFoundError, match="there is no such baseline"):
        left([bad], RUNNING, baseline_file=tmp_path / "none.jsonl")
    with pytest.raises(FileNotFoundError, match="there is no such baseline"):
        left([], RUNNING, baseline_file=tmp_path / "none.jsonl")


@pytest.mark.parametrize("name", ["medlint-ignores.yaml", "medlint-baseline.jsonl"])
@pytest.mark.parametrize("data", [b"\xff\xfe", b"{", b'"x"\n'])
def test_mistakes_are_told_before_the_run(
    bad: Path, tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError, match=name):
        Suppression([str(bad)], BOOK.rules, lambda path: RUNNING, plan([]).as_of)


def test_a_baseline_knows_a_finding_as_often_as_it_counts(bad: Path, tmp_path: Path) -> None:
    write_baseline(tmp_path, bad)
    other = bad.with_name("copy.nbib")
    other.write_text(BAD)
    told, suppression = left([bad, other], RUNNING)
    assert [Path(finding.path).name for finding in told] == ["copy.nbib", "copy.nbib"]
    assert suppression.baselined == 2


def test_ignores_of_records_that_were_not_looked_at_are_not_judged(
    bad: Path, tmp_path: Path
) -> None:
    entry = IGNORES.replace("31000001", "31000002")
    (tmp_path / "medlint-ignores.yaml").write_text(entry)
    bad.write_text(f"{BAD}\n{record(31000002)}")

    def told(plan: Plan) -> list[str]:
        suppression = Suppression(
            [str(bad)], BOOK.rules, lambda name: plan.asked(plan.profile(name)), plan.as_of
        )
        run = Run(plan, suppression=suppression)
        return [finding.name for finding in run.findings([Source(str(bad), bad)])]

    assert "ignore-in-use" in told(plan(RUNNING))
    assert "ignore-in-use" not in told(plan(RUNNING)._replace(interests=[OfPmid("31000001")]))
    assert "ignore-in-use" not in told(plan(rules("title-present", "ignore-in-use")))


def test_what_is_told_of_ignores_is_counted_like_any_finding(bad: Path, tmp_path: Path) -> None:
    (tmp_path / "medlint-ignores.yaml").write_text(IGNORES)
    bad.write_text(record(31000001))
    suppression = Suppression([str(bad)], BOOK.rules, lambda name: RUNNING, plan(RUNNING).as_of)
    run = Run(plan(RUNNING), suppression=suppression)
    assert [finding.name for finding in run.findings([Source(str(bad), bad)])] == ["ignore-in-use"]
    assert run.summary.total == 1
