"""Makes large files of records that are all different, out of a few thousand real ones."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "text"
_FIXTURES = "JabRef+jabref"

_PMID = re.compile(r"^PMID- (\d+)", re.MULTILINE)
_DOI = re.compile(r"\b(10\.\d{4,9}/)")
_FULL_NAME = re.compile(r"^(F(?:AU|IR) - )([^,\n]+)", re.MULTILINE)
_SHORT_NAME = re.compile(r"^((?:AU|IR)  - )(.+)( \S+)$", re.MULTILINE)
_LETTERS = "abcdefghijklmnopqrst"


def distinct_records(corpus: Path = CORPUS) -> list[str]:
    """The text of each record of the corpus once, with LF line ends; test files of other programs
    are left out."""
    records: dict[str, str] = {}
    for file in sorted(corpus.rglob("*")):
        if not file.is_file() or _FIXTURES in file.parts[-2]:
            continue
        text = file.read_bytes().decode("utf-8").replace("\r\n", "\n").strip("\n")
        for record in re.split(r"\n\n+(?=PMID- )", text):
            match = _PMID.match(record)
            if match:
                records.setdefault(match[1], record + "\n")
    return list(records.values())


def grown(records: list[str], size: int) -> Iterator[str]:
    """Repeat *records* until *size* bytes are reached, each time with new PMIDs, DOIs and surnames,
    so that remembering values is no help that real life would not give."""
    written, cycle = 0, 0
    while True:
        for record in records:
            text = _changed(record, cycle) if cycle else record
            yield text
            written += len(text.encode()) + 1
            if written >= size:
                return
        cycle += 1


def _changed(record: str, cycle: int) -> str:
    mark = "".join(_LETTERS[int(digit, 20)] for digit in _base20(cycle))
    record = _PMID.sub(
        lambda match: f"PMID- {(int(match[1]) + cycle * 41_000_003) % 99_999_989}", record
    )
    record = _DOI.sub(rf"\g<1>{mark}.", record)
    record = _FULL_NAME.sub(rf"\g<1>\g<2>{mark}", record)
    return _SHORT_NAME.sub(rf"\g<1>\g<2>{mark}\g<3>", record)


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


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), distinct_records(), int(sys.argv[2]) * 1_000_000))
