"""The file of a baseline: what is written, what is read, and what is refused."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from medlint.data import schema
from medlint.documents.problem import DocumentError
from medlint.findings import Finding, Place, Severity
from medlint.suppress.baseline import Baseline, read
from medlint.version import __version__

HEAD = f'{{"medlint-baseline": 1, "tool_version": "{__version__}"}}\n'
VALIDATOR = Draft202012Validator(schema("baseline"))

#: Values as records may hold them, bytes that are no text among them.
VALUES = st.none() | st.text(max_size=60) | st.sampled_from(["caf\udce9", "\x1b[31m", "a\u2028b"])


def finding(
    pmid: str | None = "31000001",
    code: str = "ML203",
    tag: str | None = "IS",
    value: str | None = "x",
) -> Finding:
    return Finding(
        code=code,
        name=f"rule-{code.lower()}",
        severity=Severity.ERROR,
        message="A message.",
        path="a.nbib",
        place=Place(5, 7, 5, 16),
        pmid=pmid,
        tag=tag,
        value=value,
        record_digest=None if pmid else "5" * 32,
    )


def baseline(findings: Iterable[Finding]) -> Baseline:
    found = Baseline()
    for one in findings:
        found.add(one)
    return found


FINDINGS = st.lists(
    st.builds(
        finding,
        pmid=st.none() | st.sampled_from(["1", "9", "10", "31000001", "x1", "\x1b", "٣"]),
        code=st.sampled_from(["ML101", "ML203", "MY001"]),
        tag=st.none() | st.sampled_from(["IS", "TI"]),
        value=VALUES,
    )
)


@given(FINDINGS)
def test_what_is_written_is_read_again(findings: list[Finding]) -> None:
    text = baseline(findings).to_text()
    again = Baseline.from_text(text, "x.jsonl")
    assert list(again) == list(baseline(findings))
    assert again.to_text() == text
    assert len(again) == len(findings)


@given(FINDINGS)
def test_the_file_does_not_depend_on_the_order_of_the_findings(findings: list[Finding]) -> None:
    assert baseline(findings).to_text() == baseline(reversed(findings)).to_text()


@given(FINDINGS)
def test_each_line_is_as_the_schema_says_and_shows_every_character(findings: list[Finding]) -> None:
    text = baseline(findings).to_text()
    assert text.replace("\n", "").isprintable()
    for line in text.splitlines():
        VALIDATOR.validate(json.loads(line))


def test_a_line_is_readable() -> None:
    assert baseline([finding(value="Münchner Ärzte (Print)")] * 2).to_text() == HEAD + (
        '{"pmid": "31000001", "rule": "ML203", "name": "rule-ml203", "tag": "IS", '
        '"value": "Münchner Ärzte (Print)", "hash": "7da076d711b83c44", "count": 2}\n'
    )


def test_lines_are_sorted_by_the_number_of_the_pmid_then_rule_tag_and_value() -> None:
    found = baseline(
        [
            finding("100", "ML203"),
            finding(None, "ML203"),
            finding("99", "ML301", "TI"),
            finding("99", "ML301", "LA"),
            finding("99", "ML203"),
        ]
    )
    keys = [(e.identity.pmid, e.identity.rule, e.identity.tag) for e in found]
    assert keys == [
        ("99", "ML203", "IS"),
        ("99", "ML301", "LA"),
        ("99", "ML301", "TI"),
        ("100", "ML203", "IS"),
        (None, "ML203", "IS"),
    ]


def test_one_finding_more_is_one_line_more() -> None:
    findings = [finding(str(number)) for number in range(1, 100)]
    before = baseline(findings).to_text().splitlines()
    after = baseline([*findings, finding("50", "ML999")]).to_text().splitlines()
    assert len(after) == len(before) + 1
    assert [line for line in after if line not in before] == after[51:52]


def test_only_the_beginning_of_a_value_is_written() -> None:
    long = "An abstract that is somebody else's. " * 9
    text = baseline([finding(value=long)]).to_text()
    assert '"An abstract that is somebody else\'s. An…"' in text
    assert (
        baseline([finding(value=long)]).to_text() != baseline([finding(value=f"{long}.")]).to_text()
    )


def test_entries_are_taken_away_one_by_one() -> None:
    found = baseline([finding(), finding(), finding("31000002")])
    first, second = found
    found.remove(first._replace(times=1))
    assert list(found) == [first._replace(times=1), second]
    found.remove(first._replace(times=1))
    assert list(found) == [second]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + baseline([finding()]).to_text(),
        baseline([finding()]).to_text().replace("\n", "\r\n"),
        baseline([finding()]).to_text().removesuffix("\n"),
        baseline([finding()]).to_text() + "\n\n",
        baseline([finding()]).to_text() + baseline([finding()]).to_text(),
        baseline([finding()]).to_text().replace('"pmid"', '"note": [1], "pmid"'),
        baseline([finding()]).to_text().replace(__version__, "99.0"),
    ],
    ids=["mark", "crlf", "no end", "empty lines", "twice", "another key", "another version"],
)
def test_what_editors_merges_and_other_versions_do_to_a_file_is_no_damage(text: str) -> None:
    assert list(Baseline.from_text(text, "x")) == list(baseline([finding()]))


def test_of_two_lines_on_one_finding_the_higher_count_holds() -> None:
    once, twice = (baseline([finding()] * times).to_text() for times in (1, 2))
    for text in (once + twice, twice + once):
        (entry,) = Baseline.from_text(text, "x")
        assert entry.times == 2


def merged(tmp_path: Path, *options: str, base: str, ours: str, theirs: str) -> str | None:
    """What git makes of the changes of two branches; None where they conflict."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    names = []
    for name, text in (("ours", ours), ("base", base), ("theirs", theirs)):
        (tmp_path / name).write_text(text)
        names.append(str(tmp_path / name))
    done = subprocess.run(
        ["git", "merge-file", "-p", *options, *names], capture_output=True, text=True
    )
    return done.stdout if done.returncode == 0 else None


def test_what_two_branches_add_and_take_away_is_merged(tmp_path: Path) -> None:
    old = [finding(str(number)) for number in range(10, 90, 10)]
    base = baseline(old).to_text()
    ours = baseline([*old[1:], finding("45")]).to_text()
    theirs = baseline([*old, finding("75")]).to_text()
    text = merged(tmp_path, base=base, ours=ours, theirs=theirs)
    assert text == baseline([*old[1:], finding("45"), finding("75")]).to_text()


def test_neighbouring_lines_of_two_branches_are_merged_by_union(tmp_path: Path) -> None:
    old = [finding(str(number)) for number in range(10, 90, 10)]
    base = baseline(old).to_text()
    ours = baseline([*old, finding("46"), finding("45")]).to_text()
    theirs = baseline([*old, finding("44")]).to_text().replace(__version__, "99.0")
    text = merged(tmp_path, "--union", base=base, ours=ours, theirs=theirs)
    assert text is not None
    both = baseline([*old, finding("44"), finding("45"), finding("46")])
    assert list(Baseline.from_text(text, "x")) == list(both)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "not a baseline of medlint: the file is empty"),
        ("\n \n", 1, "not a baseline of medlint: the file is empty"),
        (
            "PMID- 31000001\n",
            1,
            "not a baseline of medlint: 'medlint-baseline' is not on its first",
        ),
        ("[1]\n", 1, "not a baseline of medlint"),
        ('{"version": 1}\n', 1, "not a baseline of medlint"),
        (HEAD.replace("1,", "2,", 1), 1, "in layout 2; medlint .* reads layout 1"),
        (HEAD.replace("1,", '"1",', 1), 1, "in layout 1; medlint"),
        (HEAD + "x\n", 2, "damaged: it is not a JSON object"),
        (HEAD + '{"rule": "ML203", "na', 2, "damaged: it is not a JSON object"),
        (HEAD + "7\n", 2, "damaged: it is not a JSON object"),
        (HEAD + "[" * 100_000 + "\n", 2, "damaged: it is not a JSON object"),
        (HEAD + '{"pmid": "1"}\n', 2, "damaged: 'rule' is missing"),
        (HEAD + '{"pmid": 1, "rule": "ML203"}\n', 2, "damaged: 'pmid' is not text"),
        (HEAD + '{"rule": "ML203", "count": "2"}\n', 2, "damaged: 'count' is not a number"),
        (HEAD + '{"rule": "ML203", "count": true}\n', 2, "damaged: 'count' is not a number"),
        (HEAD + '{"rule": "ML203", "count": 0}\n', 2, "damaged: 'count' is less than 1"),
        (HEAD + "<<<<<<< HEAD\n", 2, "a merge was not finished"),
        ("<<<<<<< HEAD\n" + HEAD, 1, "a merge was not finished"),
    ],
)
def test_anything_else_is_refused_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        Baseline.from_text(text, "x.jsonl")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("x.jsonl", line)


@given(st.text(max_size=80) | st.text('{}[]":,\n1medlint-baseline', max_size=80))
def test_no_text_makes_it_raise_anything_else(text: str) -> None:
    for some in (text, HEAD + text):
        with suppress(DocumentError):
            Baseline.from_text(some, "x")


def test_a_file_that_is_not_there_or_no_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no\.jsonl: there is no such baseline"):
        read(tmp_path / "no.jsonl")
    with pytest.raises(FileNotFoundError, match="this is not a file"):
        read(tmp_path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(b"\x1f\x8b\x08\x00")
    with pytest.raises(DocumentError, match="not UTF-8"):
        read(file)
