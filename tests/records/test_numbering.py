"""A gap in the numbers of NLM's files is told; other numbers in names are none."""

from __future__ import annotations

import pytest

from medlint.records.numbering import Numbering


def notices(*names: str) -> list[str]:
    numbering = Numbering()
    for name in names:
        numbering.note(name)
    return numbering.notices()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["pubmed24n0001.xml.gz"], []),
        (["pubmed24n0002.xml.gz", "pubmed24n0001.xml.gz"], []),
        (
            ["pubmed20n0016.xml.gz", "pubmed20n0014.xml.gz"],
            ["pubmed20n0014 to 0016: 1 file is missing: 0015"],
        ),
        (
            ["in/medline16n0001.xml", "in/medline16n0009.xml", "in/medline16n0003.xml"],
            ["in/medline16n0001 to 0009: 6 files are missing: 0002, 0004 to 0008"],
        ),
        (
            ["a.zip!pubmed24n0001.nbib", "a.zip!pubmed24n0003.nbib"],
            ["a.zip!pubmed24n0001 to 0003: 1 file is missing: 0002"],
        ),
        (["pubmed23n0001.xml", "pubmed24n0003.xml"], []),
        (["a/pubmed24n0001.xml", "b/pubmed24n0003.xml"], []),
        (["37583846.nbib", "37583849.nbib", "part1.nbib", "part3.nbib"], []),
    ],
)
def test_gaps(names: list[str], expected: list[str]) -> None:
    assert notices(*names) == expected
