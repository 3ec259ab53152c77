"""A finding in XML shows its line, also where records stand on one line, and its element."""

from __future__ import annotations

import io
import json

from medlint.findings import Excerpt, Finding, Place, Severity
from medlint.findings_summary import Summary
from medlint.output.full import FullWriter
from medlint.output.json import JsonWriter
from medlint.output.writer import OutputOptions

WHERE = "//PubmedArticle[MedlineCitation/PMID=1]/MedlineCitation/Article/Journal/ISSN"
LINE = "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><ISSN>0028-4794</ISSN>"
FINDING = Finding(
    code="ML203",
    name="issn-check-digit",
    severity=Severity.ERROR,
    message="IS has '0028-4794': the check digit should be 3.",
    path="set.xml",
    place=Place(3, 9_071, 3, 9_080),
    pmid="1",
    excerpt=Excerpt(3, (LINE,), 9_001),
    where=WHERE,
)


def test_the_frame_underlines_a_part_of_a_line_that_begins_in_another_column() -> None:
    assert LINE[70:79] == "0028-4794"
    stream = io.StringIO()
    FullWriter(stream, OutputOptions()).write(FINDING)
    lines = stream.getvalue().splitlines()
    assert lines[0].startswith("set.xml:3:9071: error ML203")
    frame, underline, where = lines[2:5]
    start = underline.index("^")
    assert frame[start : start + underline.count("^")] == "0028-4794"
    assert where == f"  at: {WHERE}"


def test_json_names_the_element() -> None:
    stream = io.StringIO()
    writer = JsonWriter(stream, OutputOptions())
    writer.write(FINDING)
    writer.close(Summary())
    assert json.loads(stream.getvalue())["findings"][0]["where"] == WHERE
