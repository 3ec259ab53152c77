"""Annotations of GitHub Actions, read back as its runner reads them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_findings import FINDINGS, HOSTILE, ISSN, NO_VALUE, WIDE, WRAPPED
from test_formats import OPTIONS, TEXTS, findings, rendered

from medlint.findings import Finding, Place, Severity


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def unescaped(text: str, *escapes: str) -> str:
    for escape in (*escapes, "%0D", "%0A", "%25"):
        text = text.replace(escape, chr(int(escape[1:], 16)))
    return text


def read(text: str) -> tuple[list[Command], list[str]]:
    """The commands in a log, and its other lines. A command is a line that begins with ``::``,
    blanks apart, up to the next ``::``; or one with ``##[`` anywhere."""
    commands, others = [], []
    for line in re.split("\r\n|\r|\n", text.removesuffix("\n")):
        if not line.lstrip().startswith("::"):
            assert "##[" not in line
            others.append(line)
            continue
        head, message = line.lstrip()[2:].split("::", 1)
        name, _, pairs = head.partition(" ")
        parts = [pair.partition("=") for pair in pairs.split(",")]
        properties = {key: unescaped(value, "%3A", "%2C") for key, _, value in parts}
        commands.append(Command(name, properties, unescaped(message)))
    return commands, others


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not on a build server, whoever runs the tests."""
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)


def test_a_finding_is_an_annotation_at_its_place() -> None:
    [command], _ = read(rendered("github", (ISSN,)))
    assert command == Command(
        "error",
        {
            "file": "exports/cardiology.nbib",
            "line": "12",
            "col": "7",
            "endColumn": "16",
            "title": "ML203 issn-check-digit",
        },
        "exports/cardiology.nbib:12:7: ML203 issn-check-digit [PMID 31000002] "
        "IS has '0028-4794 (Print)': the check digit should be 3.",
    )


def test_columns_are_given_on_a_single_line_only() -> None:
    [command], _ = read(rendered("github", (WRAPPED,)))
    assert command.properties == {
        "file": "exports/cardiology.nbib",
        "line": "104",
        "endLine": "105",
        "title": "ML601 title-ends-the-sentence",
    }


def test_severities_are_the_kinds_of_github() -> None:
    commands, _ = read(rendered("github", (ISSN, WRAPPED, WIDE)))
    assert [command.name for command in commands] == ["error", "warning", "notice"]


def test_standard_input_is_no_file() -> None:
    [command], _ = read(rendered("github", (NO_VALUE,)))
    assert command.properties == {"title": "ML011 value-present"}


def test_a_clean_run_annotates_nothing() -> None:
    commands, others = read(rendered("github", ()))
    assert commands == []
    assert others == ["Checked 1,204 records in 5 files: no findings."]


def test_what_github_shows_is_told_and_the_rest_is_counted_aloud() -> None:
    found = (ISSN,) * 1500 + (WRAPPED,) * 11 + (WIDE,) * 10
    text = rendered("github", found, failures=("x.nbib: no such file", "y.nbib: empty"))
    commands, others = read(text)
    names = [command.name for command in commands]
    assert (names.count("error"), names.count("warning"), names.count("notice")) == (10, 10, 10)
    assert commands[-1].properties == {"title": "medlint"}
    assert commands[-1].message.startswith("+1,491 more errors, 1 more warning, 1 more info: ")
    failed = Command("error", {"title": "medlint"}, "x.nbib: no such file\ny.nbib: empty")
    assert commands[-2] == failed
    assert others == [
        "Checked 1,204 records in 5 files: the run failed; 1,500 errors, 11 warnings, 10 infos."
    ]


def test_exactly_what_fits_is_shown_without_a_word() -> None:
    commands, _ = read(rendered("github", (ISSN,) * 9 + (WRAPPED,) * 10 + (WIDE,) * 9))
    assert len(commands) == 28
    assert "more" not in commands[-1].message


def test_notices_share_one_annotation() -> None:
    commands, _ = read(rendered("github", notices=("100% read,", "::error::b")))
    assert commands[-1] == Command("notice", {"title": "medlint"}, "100% read,\n\\x3a:error::b")


def test_files_are_named_from_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path / "data")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    paths = ["a.nbib", "../b.nbib", str(tmp_path / "c.nbib"), "../../d.nbib"]
    commands, _ = read(rendered("github", tuple(ISSN._replace(path=path) for path in paths)))
    assert [command.properties["file"] for command in commands] == [
        "data/a.nbib",
        "b.nbib",
        "c.nbib",
        "../../d.nbib",
    ]


def test_no_value_is_a_command_or_a_property() -> None:
    hostile = HOSTILE._replace(
        name="x::y,title=z", path="a,b:c%0A.nbib", message="%0A::stop-commands::x\n::error::y %25"
    )
    [command], others = read(rendered("github", (hostile,)))
    assert command.properties["file"] == "a,b:c%0A.nbib"
    assert command.properties["title"] == "ML605 x::y,title=z"
    assert command.message.endswith("%0A::stop-commands::x\\n::error::y %25")
    assert len(others) == 1


@given(
    st.lists(findings(), max_size=4).map(tuple),
    st.sampled_from(["utf-8", "ascii", "cp1252"]),
    TEXTS,
)
def test_only_findings_and_one_notice_are_commands(
    found: tuple[Finding, ...], encoding: str, notice: str
) -> None:
    text = rendered("github", found, OPTIONS, encoding, notices=(notice,))
    commands, others = read(text)
    assert len(commands) == len(found) + 1
    assert len(others) == 1
    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
    for command, finding in zip(commands, found, strict=False):
        assert command.name == kinds[finding.severity]
        assert set(command.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
    assert "\x1b" not in text


def test_colours_stay_away() -> None:
    assert "\x1b" not in rendered("github", FINDINGS, OPTIONS._replace(color=True))


def test_a_place_of_no_width_is_a_place() -> None:
    [command], _ = read(rendered("github", (ISSN._replace(place=Place(1, 1, 1, 1)),)))
    assert (command.properties["col"], command.properties["endColumn"]) == ("1", "1")
