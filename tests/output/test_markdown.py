"""The summary of a job, read by a parser of Markdown."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from sample_findings import FINDINGS, ISSN, WIDE, WRAPPED, summary_of
from test_formats import OPTIONS, findings, rendered

from medlint.findings import Finding
from medlint.findings_summary import Summary
from medlint.output import FORMATS

GFM = MarkdownIt("gfm-like", {"html": True, "linkify": False})

#: Text with everything that Markdown obeys.
TRICKY = st.text(st.sampled_from("aé1. -+*_=#`~<>[]()|&;!\\$:/@\n\t"), max_size=30)


def inline(text: str) -> list[list[Token]]:
    """What stands in the paragraphs, headings and cells."""
    return [token.children or [] for token in GFM.parse(text) if token.type == "inline"]


def codes(text: str) -> list[str]:
    return [
        token.content for tokens in inline(text) for token in tokens if token.type == "code_inline"
    ]


def table(text: str, heading: str) -> list[list[str]]:
    """The rows of the table under *heading*, without the headings of its columns."""
    part = text.split(f"### {heading}\n\n")[1].split("\n\n")[0]
    cells = [token.content for token in GFM.parse(part) if token.type == "inline"]
    width = part.split("\n")[0].count("|") - 1
    return [cells[at : at + width] for at in range(width, len(cells), width)]


def test_the_headline_tells_the_counts() -> None:
    text = rendered("markdown")
    assert text.startswith("## medlint: 5 errors, 4 warnings, 1 info\n\nChecked 1,204 records in ")


def test_a_clean_run_is_two_lines() -> None:
    stream = io.StringIO()
    FORMATS["markdown"](stream, OPTIONS).close(Summary(files=1, records=12))
    assert stream.getvalue() == (
        "## medlint: no findings\n\nChecked 12 records in 1 file: no findings.\n"
    )


def test_rules_come_worst_first_with_their_counts() -> None:
    text = rendered(
        "markdown",
        (WIDE, WIDE, WRAPPED, ISSN._replace(record_line=3), ISSN._replace(record_line=3)),
    )
    assert table(text, "Rules") == [
        ["`ML203` `issn-check-digit`", "error", "2", "1"],
        ["`ML601` `title-ends-the-sentence`", "warning", "1", "1"],
        ["`ML603` `no-full-width-digits`", "info", "2", "1"],
    ]


def test_files_come_worst_first_and_the_rest_is_counted() -> None:
    found = [ISSN._replace(path=f"{n:02}.nbib") for n in range(12) for _ in range(n)]
    text = rendered("markdown", (*found, *(WIDE,) * 99))
    rows = table(text, "Files with the most findings")
    assert rows[:2] == [["`11.nbib`", "11", "0", "0"], ["`10.nbib`", "10", "0", "0"]]
    assert len(rows) == 10
    assert "\n\n+2 more files\n" in text


def test_the_first_finding_of_each_rule_is_shown_worst_first() -> None:
    later = ISSN._replace(message="Another.", path="later.nbib")
    text = rendered("markdown", (WIDE, ISSN, later))
    assert text.endswith(
        "### The first finding of each rule\n\n"
        "- error `ML203` `exports/cardiology.nbib:12:7 [PMID 31000002]`\n"
        "  `IS has '0028-4794 (Print)': the check digit should be 3.`\n"
        "- info `ML603` `exports/山田.nbib:7:17 [PMID 31000005]`\n"
        "  `AD has '１２' where 12 is meant.`\n"
    )


def test_notices_stand_under_the_headline() -> None:
    text = rendered("markdown", notices=("`stopped`",))
    assert text.split("\n\n")[2:4] == ["### Notices", "- `` `stopped` ``"]


def test_a_run_that_failed_is_headed_so_and_says_why() -> None:
    text = rendered("markdown", (ISSN,), notices=("stopped",), failures=("x.nbib: no such file",))
    assert text.split("\n\n")[:6] == [
        "## medlint: the run failed; 1 error",
        "Checked 1,204 records in 5 files: the run failed; 1 error.",
        "### Why the run failed",
        "- `x.nbib: no such file`",
        "### Notices",
        "- `stopped`",
    ]


@given(
    st.lists(st.tuples(findings(), TRICKY), max_size=4),
    st.lists(TRICKY, max_size=3),
    st.sampled_from(["utf-8", "ascii"]),
)
def test_nothing_in_a_value_is_markup(
    found: list[tuple[Finding, str]], notices: list[str], encoding: str
) -> None:
    tricky = tuple(finding._replace(message=text, path=text) for finding, text in found)
    text = rendered("markdown", tricky, OPTIONS, encoding, tuple(notices))
    allowed = {"text", "code_inline", "softbreak"}
    for tokens in inline(text):
        assert {token.type for token in tokens} <= allowed
    kinds = {token.type.removesuffix("_open") for token in GFM.parse(text)}
    assert not kinds & {"fence", "code_block", "html_block", "blockquote", "hr", "ordered_list"}
    plain = "".join(t.content for tokens in inline(text) for t in tokens if t.type == "text")
    assert not re.search("[@<`]", plain)


@given(st.text(st.sampled_from("a|\\` <&@"), min_size=1, max_size=20))
def test_a_file_name_is_shown_as_it_is(path: str) -> None:
    text = rendered("markdown", (ISSN._replace(path=path),))
    shown = codes(text.split("### The first finding")[0])[-1]
    assert shown.strip(" ") == path.strip(" ")


@settings(max_examples=5)
@given(st.sampled_from(["|", "é", "`", "\x1b", "山"]))
def test_the_whole_fits_into_a_job_summary(sign: str) -> None:
    long = tuple(
        ISSN._replace(
            code=f"ML{n}", name=sign * 2000, message=sign * 2000, path=f"{n}{sign * 2000}"
        )
        for n in range(700)
    )
    stream = io.StringIO()
    writer, summary = FORMATS["markdown"](stream, OPTIONS), summary_of(long)
    summary.unusable += [f"{n}{sign * 2000}: cannot be read" for n in range(3000)]
    for finding in long:
        writer.write(finding)
    writer.close(summary)
    text = stream.getvalue()
    assert len(text.encode()) < 1024 * 1024
    for more in ("+2,980 more reasons", "+200 more rules", "+690 more files", "+690 more rules"):
        assert more in text


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_what_the_encoding_lacks_is_escaped(encoding: str) -> None:
    assert "ML603" in rendered("markdown", FINDINGS, encoding=encoding)
