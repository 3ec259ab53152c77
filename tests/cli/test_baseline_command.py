"""``medlint baseline`` as a team meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from rulebook_files import RULE
from support import ROOT, Medlint, record

from medlint import check_text
from medlint.suppress.baseline import Baseline

ISSN = "1533-4407 (Electronic)"
OLD = [record(31000001, IS=ISSN), record(31000002, IS=ISSN), record(31000003, TA=None)]
NEW = record(31000004, LA="xxx")
NAME = "medlint-baseline.jsonl"
HEAD = '{"medlint-baseline": 1, "tool_version": "0.1"}\n'


@cache
def baseline() -> str:
    """What ``create`` writes for the old records."""
    known = Baseline()
    for finding in check_text("\n".join(OLD)):
        known.add(finding)
    return known.to_text()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with old faults, and beside it their baseline."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "old.nbib").write_text("\n".join(OLD))
    (tmp_path / NAME).write_text(baseline())
    return tmp_path / "data"


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / NAME).read_text().splitlines()]


def test_create_writes_what_is_there(medlint: Medlint, data: Path) -> None:
    (data.parent / NAME).unlink()
    done = medlint("baseline", "create")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Wrote {NAME}: 3 findings on 3 records.\n"
    assert (data.parent / NAME).read_text() == baseline()


def test_old_findings_no_longer_fail_the_check(medlint: Medlint, data: Path) -> None:
    done = medlint("check")
    assert done.returncode == 0
    said = "Checked 3 records in 1 file: no findings (3 known from the baseline).\n"
    assert done.stdout == said
    assert medlint("check", "--no-baseline").returncode == 1
    assert [line.get("pmid") for line in lines(data.parent)[1:]] == [
        "31000001",
        "31000002",
        "31000003",
    ]


def test_a_new_fault_fails_and_is_the_only_one_named(medlint: Medlint, data: Path) -> None:
    (data / "new.nbib").write_text(NEW)
    done = medlint("check", "--output-format", "concise")
    assert done.returncode == 1
    first, last = done.stdout.splitlines()
    assert first.startswith("data/new.nbib:18:7: error ML301 language-code-known [PMID 31000004]")
    assert last == "Checked 4 records in 2 files: 1 error (3 known from the baseline)."


def test_a_second_fault_of_a_known_kind_in_a_record_is_new(medlint: Medlint, data: Path) -> None:
    text = OLD[0].replace(f"IS  - {ISSN}\n", f"IS  - {ISSN}\nIS  - {ISSN}\n")
    (data / "old.nbib").write_text("\n".join([text, *OLD[1:]]))
    done = medlint("check", "--select", "ML203", "--output-format", "concise")
    assert done.returncode == 1
    assert done.stdout.count("ML203") == 1


def test_it_is_found_from_everywhere(medlint: Medlint, data: Path) -> None:
    (data / "a" / "b").mkdir(parents=True)
    os.rename(data / "old.nbib", data / "a" / "b" / "moved.nbib")
    for arguments in (["data/a/b/moved.nbib"], [data], ["."]):
        assert medlint("check", *arguments).returncode == 0
    text = (data / "a" / "b" / "moved.nbib").read_bytes()
    assert medlint("check", "-", stdin=text).returncode == 0


def test_create_refuses_to_swallow_new_findings(medlint: Medlint, data: Path) -> None:
    (data / "new.nbib").write_text(NEW)
    before = (data.parent / NAME).read_bytes()
    done = medlint("baseline", "create")
    assert done.returncode == 1
    assert done.stdout.startswith("data/new.nbib:18:7: error ML301 language-code-known")
    assert done.stderr == (
        f"medlint: {NAME} does not know 1 finding; nothing was written. "
        "Mend what they say, or add them with --accept-new\n"
    )
    assert (data.parent / NAME).read_bytes() == before
    accepted = medlint("baseline", "create", "--accept-new")
    assert accepted.returncode == 0
    assert accepted.stdout == f"{NAME}: added 1 finding; it has 4 findings on 4 records.\n"
    assert medlint("check").returncode == 0


def test_of_many_new_findings_the_first_are_named(medlint: Medlint, data: Path) -> None:
    many = [record(31000010 + number, LA="xxx") for number in range(15)]
    (data / "new.nbib").write_text("\n".join(many))
    done = medlint("baseline", "create")
    assert done.stdout.count("language-code-known") == 10
    assert done.stdout.endswith("\n... and 5 more\n")
    assert "does not know 15 findings" in done.stderr


def test_create_with_nothing_new_leaves_the_file_alone(medlint: Medlint, data: Path) -> None:
    before = (data.parent / NAME).stat().st_ino
    done = medlint("baseline", "create", "--accept-new")
    assert done.stdout == f"{NAME}: nothing to add; it has 3 findings on 3 records.\n"
    assert (data.parent / NAME).stat().st_ino == before


def test_check_says_what_is_new_and_what_is_gone(medlint: Medlint, data: Path) -> None:
    agrees = medlint("baseline", "check")
    said = f"{NAME} agrees with the records: 3 findings on 3 records.\n"
    assert (agrees.returncode, agrees.stdout) == (0, said)
    (data / "old.nbib").write_text("\n".join([record(31000001), *OLD[1:], NEW]))
    done = medlint("baseline", "check")
    assert done.returncode == 1
    new, gone, last = done.stdout.splitlines()
    assert new.startswith("new: data/old.nbib:131:7: error ML301 language-code-known")
    assert gone == f"gone: PMID 31000001, ML203 issn-check-digit, IS '{ISSN}'"
    assert last == f"{NAME}: 1 new finding, 1 gone."
    assert "'medlint baseline prune'" in done.stderr


def test_prune_takes_away_what_is_mended_and_adds_nothing(medlint: Medlint, data: Path) -> None:
    (data / "old.nbib").write_text("\n".join([record(31000001), *OLD[1:], NEW]))
    done = medlint("baseline", "prune")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{NAME}: 1 finding removed; it has 2 findings on 2 records.\n"
    assert [line["pmid"] for line in lines(data.parent)[1:]] == ["31000002", "31000003"]
    assert medlint("check").returncode == 1, "the new fault is still new"


def test_prune_of_a_part_leaves_the_rest(medlint: Medlint, data: Path) -> None:
    (data / "old.nbib").unlink()
    (data / "rest.nbib").write_text("\n".join([record(31000001), OLD[2]]))
    part = medlint("baseline", "prune", "data/rest.nbib")
    assert "1 finding removed" in part.stdout
    assert [line["pmid"] for line in lines(data.parent)[1:]] == ["31000002", "31000003"]
    whole = medlint("baseline", "prune")
    assert "1 finding removed" in whole.stdout
    assert [line["pmid"] for line in lines(data.parent)[1:]] == ["31000003"]


def test_prune_in_a_folder_below_does_not_take_the_others_away(
    medlint: Medlint, data: Path
) -> None:
    (data.parent / "other").mkdir()
    (data.parent / "other" / "some.nbib").write_text(OLD[2])
    done = subprocess.run(
        [sys.executable, "-m", "medlint", "baseline", "prune"],
        cwd=data.parent / "other",
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == f"../{NAME}: nothing removed; it has 3 findings on 3 records.\n"


def test_a_source_that_cannot_be_read_leaves_the_baseline_alone(
    medlint: Medlint, data: Path
) -> None:
    before = (data.parent / NAME).read_bytes()
    for command in (["create", "--accept-new"], ["check"], ["prune"]):
        done = medlint("baseline", *command, "data", "none.nbib")
        assert done.returncode == 2
        assert "none.nbib: no such file or folder" in done.stderr
        assert (data.parent / NAME).read_bytes() == before


def test_ignored_findings_are_no_part_of_it(medlint: Medlint, data: Path) -> None:
    medlint("ignore", "31000001", "ML203", "--reason", "Printed so.")
    assert "gone: PMID 31000001, ML203" in medlint("baseline", "check").stdout
    (data.parent / NAME).unlink()
    assert medlint("baseline", "create").stdout == f"Wrote {NAME}: 2 findings on 2 records.\n"


def test_a_nearer_baseline_has_its_own_findings(medlint: Medlint, data: Path) -> None:
    (data / "sub").mkdir()
    (data / "sub" / "new.nbib").write_text(NEW)
    done = medlint("baseline", "create", "data/sub", "--baseline", f"data/sub/{NAME}")
    assert "1 finding" in done.stdout
    assert medlint("baseline", "check").returncode == 0
    assert medlint("baseline", "check", "data/sub").returncode == 0
    assert medlint("check").returncode == 0


def test_stats_counts_rule_by_rule(medlint: Medlint, data: Path) -> None:
    assert medlint("baseline", "stats").stdout == (
        " findings    records  rule\n"
        "        2          2  ML203 issn-check-digit\n"
        "        1          1  ML110 journal-abbreviation-present\n"
        "\n"
        f"{NAME}: 3 findings on 3 records.\n"
    )
    (data / "part.nbib").write_text(OLD[2])
    part = medlint("baseline", "stats", "data/part.nbib").stdout
    assert "ML110" in part
    assert "ML203" not in part


@pytest.mark.parametrize("command", ["check", "prune", "stats"])
def test_a_baseline_that_is_not_there_is_said_so(medlint: Medlint, command: str) -> None:
    done = medlint("baseline", command)
    assert done.returncode == 2
    assert done.stderr == (
        f"medlint: {NAME}: there is no such baseline; 'medlint baseline create' writes one\n"
    )


@pytest.mark.parametrize(
    ("command", "text", "message"),
    [
        (["check"], "", "this is not a baseline of medlint: the file is empty"),
        (["check"], "PMID- 1\n", "this is not a baseline of medlint"),
        (["check"], HEAD.replace("1", "2", 1), "medlint 0.1 wrote this baseline in layout 2"),
        (["check"], HEAD + '{"pm', ":2:1: the line is damaged"),
        (["baseline", "create", "--accept-new"], HEAD + '{"pm', ":2:1: the line is damaged"),
        (["baseline", "prune"], HEAD + '{"pm', ":2:1: the line is damaged"),
        (["baseline", "stats"], HEAD + '{"pm', ":2:1: the line is damaged"),
    ],
)
def test_a_damaged_baseline_is_never_taken_for_an_empty_one(
    medlint: Medlint, data: Path, command: list[str], text: str, message: str
) -> None:
    (data.parent / NAME).write_text(text)
    done = medlint(*command)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert (data.parent / NAME).read_text() == text


def test_a_baseline_that_is_named_must_be_there(medlint: Medlint, data: Path) -> None:
    done = medlint("check", "--baseline", "none.jsonl")
    assert done.returncode == 2
    assert "none.jsonl: there is no such baseline" in done.stderr
    (data.parent / NAME).rename(data.parent / "mine.jsonl")
    assert medlint("check", "--baseline", "mine.jsonl").returncode == 0


def test_rules_that_do_not_run_keep_their_entries(medlint: Medlint, data: Path) -> None:
    (data / "old.nbib").write_text(record())
    done = medlint("baseline", "check", "--select", "ML110")
    assert (done.returncode, done.stdout.count("gone: ")) == (1, 1)
    done = medlint("baseline", "prune", "--select", "ML110")
    assert done.stdout == f"{NAME}: 1 finding removed; it has 2 findings on 2 records.\n"
    (data.parent / "medlint.yaml").write_text("ignore: [ML203]")
    assert "nothing removed" in medlint("baseline", "prune").stdout
    (data.parent / "medlint.yaml").unlink()
    assert "2 findings removed" in medlint("baseline", "prune").stdout


def test_the_options_of_check_that_decide_on_findings_hold_here_too(
    medlint: Medlint, data: Path
) -> None:
    folder = data.parent
    (folder / "mine.yaml").write_text(RULE.replace("[A-Z].*", "The .*"))
    (folder / "house.yaml").write_text("extend-select: [MY001]\nas-of: 2019-01-01\n")
    assert medlint("baseline", "check").returncode == 0
    preview = ("--extend-select", "MY001", "--rules", "mine.yaml")
    for options, new in (
        (preview, "3 new findings"),
        (("--select", "MY001", "--rules", "mine.yaml"), "3 new findings"),
        (("--config", "house.yaml", "--rules", "mine.yaml"), "new findings"),
        (("--as-of", "2018-01-01"), "new findings"),
    ):
        done = medlint("baseline", "check", *options)
        assert done.returncode == 1, options
        assert new in done.stdout, options
    assert medlint("baseline", "check", "--dialect", "eric").stdout.count("gone: ") > 0
    done = medlint("baseline", "create", "--accept-new", *preview)
    assert done.stdout == f"{NAME}: added 3 findings; it has 6 findings on 3 records.\n"
    assert medlint("check", "--fail-level", "info", *preview).returncode == 0
    assert "nothing removed" in medlint("baseline", "prune").stdout


def test_paths_of_the_configuration_do_not_stand_for_the_whole(
    medlint: Medlint, data: Path
) -> None:
    (data / "more.nbib").write_text(record(31000001))
    config = data.parent / "medlint.yaml"
    config.write_text("paths: [data/more.nbib]")
    done = medlint("baseline", "prune")
    assert done.stdout == f"{NAME}: 1 finding removed; it has 2 findings on 2 records.\n"
    (data / "old.nbib").unlink()
    config.write_text("paths: [.]")
    assert "2 findings removed" in medlint("baseline", "prune").stdout


def test_a_link_that_leads_nowhere_leaves_the_baseline_alone(medlint: Medlint, data: Path) -> None:
    before = (data.parent / NAME).read_bytes()
    (data / "old.nbib").unlink()
    os.symlink("gone", data / "old.nbib")
    (data / "new.nbib").write_text(record())
    for command in (["check"], ["baseline", "prune"], ["baseline", "create", "--accept-new"]):
        done = medlint(*command)
        assert done.returncode == 2
        assert "data/old.nbib: cannot be read: it is a link to gone" in done.stderr
        assert (data.parent / NAME).read_bytes() == before


def test_a_baseline_that_is_a_link_to_nowhere_is_told(medlint: Medlint, data: Path) -> None:
    (data.parent / NAME).unlink()
    os.symlink("gone", data.parent / NAME)
    message = f"medlint: {NAME}: this is a link to a file that is not there\n"
    for command in (["check"], ["baseline", "check"], ["baseline", "create"]):
        done = medlint(*command)
        assert (done.returncode, done.stderr) == (2, message)


def test_another_version_of_the_rules_is_no_reason_to_fail(medlint: Medlint, data: Path) -> None:
    file = data.parent / NAME
    text = file.read_text().replace('"tool_version": "', '"tool_version": "99.')
    gone = '{"pmid": "31000001", "rule": "ML999", "name": "no-such-rule", "hash": "00"}\n'
    file.write_text(text + gone)
    assert medlint("check").returncode == 0
    assert medlint("baseline", "check").returncode == 0
    assert "nothing removed" in medlint("baseline", "prune").stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_what_cannot_be_written_is_said(medlint: Medlint, data: Path) -> None:
    (data / "new.nbib").write_text(NEW)
    done = medlint("baseline", "create", "--baseline", "no/such/folder.jsonl")
    assert done.returncode == 2
    assert done.stderr == (
        "medlint: no/such/folder.jsonl: there is no folder no/such; make it first\n"
    )
    done = medlint("baseline", "create", "--baseline", "/dev/full")
    assert done.returncode == 2
    assert "/dev/full: this is not a file" in done.stderr
