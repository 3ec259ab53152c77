"""The findings that every output format is shown with, hostile values among them."""

from __future__ import annotations

from medlint.findings import Excerpt, Finding, Place, Severity
from medlint.findings_summary import Summary

ISSN = Finding(
    code="ML203",
    name="issn-check-digit",
    severity=Severity.ERROR,
    message="IS has '0028-4794 (Print)': the check digit should be 3.",
    path="exports/cardiology.nbib",
    place=Place(12, 7, 12, 16),
    pmid="31000002",
    tag="IS",
    occurrence=1,
    value="0028-4794 (Print)",
    excerpt=Excerpt(12, ("IS  - 0028-4794 (Print)",)),
    help="Each ISSN has a correct check digit.",
)

MISSING = Finding(
    code="ML101",
    name="title-present",
    severity=Severity.ERROR,
    message="The record has no TI.",
    path="exports/cardiology.nbib",
    place=Place(98, 1, 98, 15),
    pmid="31000003",
    excerpt=Excerpt(98, ("PMID- 31000003",)),
    help="Each record has a title.",
)

WRAPPED = Finding(
    code="ML601",
    name="title-ends-the-sentence",
    severity=Severity.WARNING,
    message="TI does not end in a full stop, a question mark, an exclamation mark or a bracket.",
    path="exports/cardiology.nbib",
    place=Place(104, 7, 105, 30),
    pmid="31000004",
    tag="TI",
    occurrence=1,
    value="Early and late outcomes of a procedure whose name is long enough to be wrapped "
    "by the exporter of it",
    excerpt=Excerpt(
        104,
        (
            "TI  - Early and late outcomes of a procedure whose name is long enough to be wrapped ",
            "      by the exporter of it.",
        ),
    ),
    help="A title ends in a full stop, a question mark, an exclamation mark or a bracket.",
)

MANY_LINES = Finding(
    code="ML602",
    name="text-is-readable",
    severity=Severity.WARNING,
    message="AB runs over 12 lines.",
    path="exports/cardiology.nbib",
    place=Place(199, 7, 210, 12),
    pmid="31000004",
    tag="AB",
    occurrence=1,
    value="line " * 11 + "line",
    excerpt=Excerpt(199, ("AB  - line ", *["      line "] * 11)),
)

WIDE = Finding(
    code="ML603",
    name="no-full-width-digits",
    severity=Severity.INFO,
    message="AD has '１２' where 12 is meant.",
    path="exports/山田.nbib",
    place=Place(7, 17, 7, 19),
    pmid="31000005",
    tag="AD",
    occurrence=2,
    value="東京大学 Tokyo１２ cafe\u0301.",
    excerpt=Excerpt(7, ("AD  - 東京大学 Tokyo１２ cafe\u0301.",)),
    help="Digits are ASCII digits.",
)

LONG_LINE = Finding(
    code="ML604",
    name="no-entities",
    severity=Severity.WARNING,
    message="AB has '&lt;', which stands for '<'.",
    path="exports/cardiology.nbib",
    place=Place(300, 1807, 300, 1811),
    pmid="31000006",
    tag="AB",
    occurrence=1,
    value="word " * 360 + "&lt;" + " word" * 200,
    excerpt=Excerpt(300, ("AB  - " + "word " * 360 + "&lt;" + " word" * 200,)),
    help="Text holds no character entities.",
)

TABS = Finding(
    code="ML014",
    name="no-tabs",
    severity=Severity.ERROR,
    message="Line 3 has a tab.",
    path="exports/tabs.txt",
    place=Place(3, 10, 3, 11),
    tag="TI",
    occurrence=1,
    value="One\ttwo\tthree",
    excerpt=Excerpt(3, ("TI  - One\ttwo\tthree",)),
    help="Fields are laid out with blanks.",
)

HOSTILE = Finding(
    code="ML605",
    name="no-control-characters",
    severity=Severity.ERROR,
    message="::error::AB has '\x1b[2J\x1b[31mred' and\r\n##[add-mask]x.",
    path="::warning::\x1b]0;title\x07\nnext\u202etxt.nbib",
    place=Place(4, 10, 4, 15),
    pmid="1\x1b[8m",
    tag="AB",
    occurrence=1,
    value="a \u202e\x1b[31mred\x9b\udce9\u200b##vso[task] =1+1 <script>",
    excerpt=Excerpt(4, ("AB  - a \u202e\x1b[31mred\x9b\udce9\u200b##vso[task] =1+1 <script>\r",)),
    help="Text holds no \x1b control\x00 characters.",
)

NO_VALUE = Finding(
    code="ML011",
    name="value-present",
    severity=Severity.WARNING,
    message="VI has no value.",
    path="-",
    place=Place(1, 1, 1, 3),
    tag="VI",
    occurrence=1,
    excerpt=Excerpt(1, ("VI  -",)),
    help="A field has a value.",
)

NO_EXCERPT = Finding(
    code="ML901",
    name="pmid-once",
    severity=Severity.ERROR,
    message="PMID 31000002 stands also in exports/cardiology.nbib:10.",
    path="exports/other.nbib",
    place=Place(1, 1, 1, 15),
    pmid="31000002",
    tag="PMID",
    occurrence=1,
    value="31000002",
)

FINDINGS = (
    ISSN,
    MISSING,
    WRAPPED,
    MANY_LINES,
    LONG_LINE,
    WIDE,
    TABS,
    HOSTILE,
    NO_VALUE,
    NO_EXCERPT,
)


def summary_of(findings: tuple[Finding, ...] = FINDINGS) -> Summary:
    """The summary of a run that found *findings*."""
    summary = Summary(files=5, records=1204)
    for finding in findings:
        summary.add(finding)
    return summary
