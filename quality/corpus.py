"""The real exports that quality and speed are measured on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "text"
_FIXTURES = "JabRef+jabref"
_PMID = re.compile(r"^PMID- (\d+)", re.MULTILINE)


class CorpusAbsent(Exception):  # noqa: N818
    """There is no corpus; the text says so in one line."""


def files(corpus: Path = CORPUS) -> list[Path]:
    """The exports, in order of their names; test files of other programs are left out.

    Raises CorpusAbsent when there are none.
    """
    found = [
        file
        for file in sorted(corpus.rglob("*"))
        if file.is_file() and _FIXTURES not in file.parts[-2]
    ]
    if not found:
        raise CorpusAbsent(
            f"{corpus}: no exports there. They are not part of medlint: put MEDLINE files of your "
            "own into that folder."
        )
    return found


def records_of(file: Path) -> Iterator[tuple[str, str]]:
    """PMID and text of each record of one export, with LF line ends and one at its end."""
    text = file.read_bytes().decode("utf-8").replace("\r\n", "\n").strip("\n")
    for record in re.split(r"\n\n+(?=PMID- )", text):
        match = _PMID.match(record)
        if match:
            yield match[1], record + "\n"


def distinct_records(corpus: Path = CORPUS) -> list[str]:
    """The text of each record of the corpus once: of two with the same PMID, the first."""
    records: dict[str, str] = {}
    for file in files(corpus):
        for pmid, record in records_of(file):
            records.setdefault(pmid, record)
    return list(records.values())
