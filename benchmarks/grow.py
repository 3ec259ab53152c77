"""Makes large files of records that are all different, out of a few thousand real ones."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from quality.corpus import CORPUS, distinct_records

_PMID = re.compile(r"^PMID- (\d+)", re.MULTILINE)
_DOI = re.compile(r"\b(10\.\d{4,9}/)")
_FULL_NAME = re.compile(r"^(F(?:AU|IR) - )([^,\n]+)", re.MULTILINE)
_SHORT_NAME = re.compile(r"^((?:AU|IR)  - )(.+)( \S+)$", re.MULTILINE)
_TEXT = re.compile(r"^((?:TI|AB)  - \[?)", re.MULTILINE)
_LETTERS = "abcdefghijklmnopqrst"


def grown(records: list[str], size: int) -> Iterator[str]:
    """Repeat *records* until *size* bytes are reached, each time with new PMIDs, DOIs, titles,
    abstracts and surnames, so that remembering values is no help that real life would not give."""
    written, cycle = 0, 0
    pmids = {int(match[1]) for record in records if (match := _PMID.match(record))}
    while True:
        for record in records:
            text = _changed(record, cycle, pmids) if cycle else record
            yield text
            written += len(text.encode()) + 1
            if written >= size:
                return
        cycle += 1


def _changed(record: str, cycle: int, pmids: set[int]) -> str:
    mark = "".join(_LETTERS[int(digit, 20)] for digit in _base20(cycle))
    record = _PMID.sub(lambda match: f"PMID- {_next_free(int(match[1]), pmids)}", record)
    record = _DOI.sub(rf"\g<1>{mark}.", record)
    record = _TEXT.sub(rf"\g<1>{mark.capitalize()} ", record)
    record = _FULL_NAME.sub(rf"\g<1>\g<2>{mark}", record)
    return _SHORT_NAME.sub(rf"\g<1>\g<2>{mark}\g<3>", record)


def _next_free(pmid: int, pmids: set[int]) -> int:
    """A PMID given on the same day or soon after, which is then taken."""
    while pmid in pmids:
        pmid += 1
    pmids.add(pmid)
    return pmid


def _base20(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 20)
        digits = "0123456789abcdefghij"[digit] + digits
    return digits


def write(path: Path, records: list[str], size: int) -> int:
    """Write *size* bytes of grown records to *path*; return how many records these are."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        for record in grown(records, size):
            stream.write(("\n" if count else "") + record)
            count += 1
    return count


__all__ = ["CORPUS", "distinct_records", "grown", "write"]

if __name__ == "__main__":
    print(write(Path(sys.argv[1]), distinct_records(), int(sys.argv[2]) * 1_000_000))
