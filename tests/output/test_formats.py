"""Each format, shown with the same findings. ``UPDATE_SNAPSHOTS=1 pytest`` writes the snapshots
anew; read the difference before you commit it."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sample_findings import FINDINGS, ISSN, WIDE, summary_of

from medlint.findings import Edit, Excerpt, Finding, Fix, Place, Related, Severity
from medlint.findings_summary import Summary
from medlint.output import FORMATS, OutputOptions

SNAPSHOTS = Path(__file__).parent / "snapshots"
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schemas" / "findings.schema.json").read_text("utf-8")
)
OPTIONS = OutputOptions(tool_version="0.1.0", width=100)
HUMAN_FORMATS = ("full", "concise", "statistics")

#: A finding that says all that a finding can say.
DOUBLE = ISSN._replace(
    record_line=3,
    record_digest="5f0c",
    is_of_dataset=True,
    related=tuple(Related(f"b{n}.nbib", n, None if n == 2 else f"3100000{n}") for n in range(1, 7)),
    fix=Fix("Write '0028-4793'.", False, (Edit(Place(12, 7, 12, 16), "0028-4793"),)),
)


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not on a build server, whoever runs the tests."""
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)


def rendered(
    name: str,
    findings: tuple[Finding, ...] = FINDINGS,
    options: OutputOptions = OPTIONS,
    encoding: str = "utf-8",
    notices: tuple[str, ...] = (),
    failures: tuple[str, ...] = (),
) -> str:
    """What a format writes for *findings*; writing fails where *encoding* lacks a character."""
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding, newline="\n")
    writer = FORMATS[name](stream, options)
    summary = summary_of(findings)
    summary.notices += notices
    summary.unusable += failures
    for finding in findings:
        writer.write(finding)
    writer.close(summary)
    stream.flush()
    return written.getvalue().decode(encoding)


def problems_of(document: Any) -> list[str]:
    """What the schema says of *document*."""
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)]


@pytest.mark.parametrize(
    ("snapshot", "name", "changes", "encoding"),
    [
        ("full.txt", "full", {}, "utf-8"),
        ("full-color.txt", "full", {"color": True}, "utf-8"),
        ("full-narrow.txt", "full", {"width": 50}, "utf-8"),
        ("full-ascii.txt", "full", {}, "ascii"),
        ("concise.txt", "concise", {}, "utf-8"),
        ("concise-cp1252.txt", "concise", {}, "cp1252"),
        ("statistics.txt", "statistics", {}, "utf-8"),
        ("json.json", "json", {}, "utf-8"),
        ("json-ascii.json", "json", {}, "ascii"),
        ("jsonl.jsonl", "jsonl", {}, "utf-8"),
        ("github.txt", "github", {}, "utf-8"),
        ("csv.csv", "csv", {}, "utf-8"),
        ("csv-ascii.csv", "csv", {}, "ascii"),
        ("markdown.md", "markdown", {}, "utf-8"),
    ],
)
def test_format_looks_like_its_snapshot(
    snapshot: str, name: str, changes: dict[str, Any], encoding: str
) -> None:
    notices = ("exports/eric.nbib: 12 records are not PubMed's; rules for PubMed did not run",)
    text = rendered(name, options=OPTIONS._replace(**changes), encoding=encoding, notices=notices)
    path = SNAPSHOTS / snapshot
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_bytes(text.encode(encoding))
    assert text == path.read_bytes().decode(encoding)


@pytest.mark.parametrize("name", HUMAN_FORMATS)
def test_clean_run_is_one_line(name: str) -> None:
    stream = io.StringIO()
    FORMATS[name](stream, OPTIONS).close(Summary(files=1, records=12))
    assert stream.getvalue() == "Checked 12 records in 1 file: no findings.\n"


@pytest.mark.parametrize("name", ["full", "concise"])
def test_findings_below_the_shown_severity_are_counted_aloud(name: str) -> None:
    text = rendered(name, (ISSN, WIDE), OPTIONS._replace(show=Severity.WARNING))
    assert text.endswith(": 1 error, 1 info (infos not shown; --show info).\n")


def test_all_hidden_severities_are_named_with_the_option_that_shows_them() -> None:
    text = rendered("concise", options=OPTIONS._replace(show=Severity.ERROR))
    assert text.endswith(
        "5 errors, 4 warnings, 1 info (warnings and infos not shown; --show info).\n"
    )


@pytest.mark.parametrize(
    ("baselined", "ignored", "show", "end"),
    [
        (412, 3, Severity.INFO, "1 error, 1 info (412 known from the baseline, 3 ignored).\n"),
        (1412, 0, Severity.INFO, "1 error, 1 info (1,412 known from the baseline).\n"),
        (0, 3, Severity.ERROR, "1 error, 1 info (infos not shown; --show info; 3 ignored).\n"),
    ],
)
@pytest.mark.parametrize("name", [*HUMAN_FORMATS, "github"])
def test_what_was_held_back_is_counted(
    name: str, baselined: int, ignored: int, show: Severity, end: str
) -> None:
    stream, summary = io.StringIO(), summary_of((ISSN, WIDE))
    summary.baselined, summary.ignored = baselined, ignored
    FORMATS[name](stream, OPTIONS._replace(show=show)).close(summary)
    if name == "statistics":
        end = end.replace("infos not shown; --show info; ", "")
    assert stream.getvalue().endswith(f"Checked 1,204 records in 5 files: {end}")


def test_a_run_with_nothing_but_known_findings_says_so() -> None:
    stream, summary = io.StringIO(), Summary(files=1, records=12)
    summary.baselined = 2
    FORMATS["concise"](stream, OPTIONS).close(summary)
    assert stream.getvalue().endswith(": no findings (2 known from the baseline).\n")


@pytest.mark.parametrize("name", HUMAN_FORMATS)
def test_who_wants_it_quiet_is_spared_the_last_line(name: str) -> None:
    text = rendered(name, options=OPTIONS._replace(is_quiet=True), notices=("Stopped.",))
    assert "ML203" in text
    assert text.endswith("note: Stopped.\n")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_tells_the_notices(name: str) -> None:
    assert "stopped after 10 findings" in rendered(name, notices=("stopped after 10 findings",))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_format_takes_a_run_that_failed_for_a_clean_one(name: str) -> None:
    text = rendered(name, (), failures=("x.nbib: no such file",))
    assert "no findings" not in text
    if name not in HUMAN_FORMATS:
        assert "x.nbib: no such file" in text


@pytest.mark.parametrize("name", [*HUMAN_FORMATS, "github"])
def test_the_last_line_says_that_the_run_failed(name: str) -> None:
    assert rendered(name, (), failures=("x",)).endswith("in 5 files: the run failed.\n")
    assert rendered(name, (ISSN,), failures=("x",)).endswith(": the run failed; 1 error.\n")


def test_json_tells_failures_from_notices() -> None:
    document = json.loads(rendered("json", (), notices=("stopped",), failures=("x: empty",)))
    assert problems_of(document) == []
    assert document["summary"]["failures"] == ["x: empty"]
    assert document["summary"]["notices"] == ["stopped"]
    assert json.loads(rendered("json", ()))["summary"]["failures"] == []


def test_full_offers_the_fix_and_names_other_records() -> None:
    assert rendered("full", (DOUBLE,)).split("\n")[4:8] == [
        "  see also: b1.nbib:1 [PMID 31000001], b2.nbib:2, b3.nbib:3 [PMID 31000003], +3 more",
        "  help: what is right: Each ISSN has a correct check digit.",
        "  fix: Write '0028-4793'. (unsafe; --unsafe-fixes)",
        "",
    ]
    assert DOUBLE.fix is not None
    safe = DOUBLE._replace(related=DOUBLE.related[:1], fix=DOUBLE.fix._replace(is_safe=True))
    text = rendered("full", (safe,))
    assert "  see also: b1.nbib:1 [PMID 31000001]\n" in text
    assert "  fix: Write '0028-4793'. (safe; --fix)\n" in text


def test_json_says_all_that_a_finding_says() -> None:
    document = json.loads(rendered("json", (DOUBLE,)))
    assert problems_of(document) == []
    [finding] = document["findings"]
    assert finding["record_line"] == 3
    assert finding["record_digest"] == "5f0c"
    assert finding["related"][1] == {"path": "b2.nbib", "line": 2, "pmid": None}
    assert finding["fix"] == {
        "title": "Write '0028-4793'.",
        "is_safe": False,
        "edits": [{"line": 12, "column": 7, "end_line": 12, "end_column": 16, "text": "0028-4793"}],
    }


def test_json_counts_what_was_held_back_and_says_that_a_run_ended_early() -> None:
    stream, summary = io.StringIO(), Summary(files=1, records=12)
    summary.baselined, summary.ignored, summary.is_cut_short = 412, 3, True
    FORMATS["json"](stream, OPTIONS).close(summary)
    document = json.loads(stream.getvalue())
    assert problems_of(document) == []
    assert (
        document["summary"].items()
        >= {"baselined": 412, "ignored": 3, "is_cut_short": True}.items()
    )


def test_json_holds_all_findings_whatever_is_shown() -> None:
    document = json.loads(rendered("json", options=OPTIONS._replace(show=Severity.ERROR)))
    assert [f["code"] for f in document["findings"]] == [f.code for f in FINDINGS]
    assert document["summary"]["findings"] == {"error": 5, "warning": 4, "info": 1}


def test_json_of_a_clean_run_is_valid() -> None:
    document = json.loads(rendered("json", ()))
    assert problems_of(document) == []
    assert document["findings"] == []


def test_schema_is_a_schema_and_closed() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    document = json.loads(rendered("json"))
    assert problems_of(document) == []
    document["findings"][0]["colour"] = "red"
    document["summary"]["bytes"] = 1
    assert len(problems_of(document)) == 2
    assert problems_of({**json.loads(rendered("json")), "bytes": 1}) != []


def test_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        FORMATS["yaml"]


TEXTS = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["::error::x", " ::set-output name=a::b", "##[command]ls", "##vso[task]", "\x1b]8;;x\x07"]
)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    line, count = draw(st.integers(1, 10**6)), draw(st.integers(1, 5))
    return Finding(
        code=f"ML{draw(st.integers(0, 999)):03}",
        name=draw(TEXTS),
        severity=draw(st.sampled_from(Severity)),
        message=draw(TEXTS),
        path=draw(TEXTS),
        place=Place(
            line,
            draw(st.integers(1, 60)),
            line + count - 1,
            draw(st.integers(1, 60)),
        ),
        pmid=draw(st.none() | TEXTS),
        tag=draw(st.none() | TEXTS),
        occurrence=draw(st.none() | st.integers(1, 9)),
        value=draw(st.none() | TEXTS),
        excerpt=draw(
            st.none()
            | st.lists(TEXTS, min_size=count, max_size=count).map(
                lambda lines: Excerpt(line, tuple(lines))
            )
        ),
        help=draw(TEXTS),
        related=tuple(
            Related(path, line, pmid)
            for path, pmid in draw(st.lists(st.tuples(TEXTS, st.none() | TEXTS), max_size=5))
        ),
        fix=draw(
            st.none()
            | st.builds(
                Fix,
                TEXTS,
                st.booleans(),
                st.tuples(st.builds(Edit, st.just(Place(1, 1, 1, 2)), TEXTS)),
            )
        ),
    )


@given(st.lists(findings(), max_size=3).map(tuple), st.sampled_from(["utf-8", "ascii", "cp1252"]))
def test_json_always_parses_and_follows_its_schema(
    found: tuple[Finding, ...], encoding: str
) -> None:
    text = rendered("json", found, encoding=encoding, notices=("\udcff\x1b",))
    assert problems_of(json.loads(text)) == []
    assert "\x1b" not in text


@given(
    st.lists(findings(), max_size=3).map(tuple),
    st.sampled_from(HUMAN_FORMATS),
    st.sampled_from(["utf-8", "ascii", "cp1252", "shift_jis"]),
    st.integers(0, 120),
)
def test_people_never_see_a_control_character_or_a_command(
    found: tuple[Finding, ...], name: str, encoding: str, width: int
) -> None:
    text = rendered(name, found, OPTIONS._replace(width=width), encoding, notices=("::error::",))
    lines = text.split("\n")
    assert all(
        character.isprintable() or not character.isascii() for line in lines for character in line
    )
    assert not any(0x7F <= ord(character) <= 0x9F for character in text)
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines)
