"""A file is compared with the ``.md5`` beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from medlint.records.checksum import checksum_problem
from medlint.records.sources import Source

DATA = b"PMID- 1\n" * 1000
SUM = hashlib.md5(DATA).hexdigest()


def problem(folder: Path, beside: str | None, data: bytes = DATA) -> str | None:
    path = folder / "pubmed24n0001.xml.gz"
    path.write_bytes(data)
    if beside is not None:
        path.with_name("pubmed24n0001.xml.gz.md5").write_text(beside)
    return checksum_problem(Source("pubmed24n0001.xml.gz", path))


@pytest.mark.parametrize(
    "beside",
    [
        None,
        f"MD5(pubmed24n0001.xml.gz)= {SUM}\n",
        f"MD5 (pubmed24n0001.xml.gz) = {SUM.upper()}\r\n",
        f"{SUM}  pubmed24n0001.xml.gz\n",
        SUM,
    ],
)
def test_a_file_that_fits_is_no_problem(tmp_path: Path, beside: str | None) -> None:
    assert problem(tmp_path, beside) is None


def test_a_file_that_does_not_fit_is_one(tmp_path: Path) -> None:
    line = f"MD5(pubmed24n0001.xml.gz)= {SUM}\n"
    assert problem(tmp_path, line, DATA + b"\n") == (
        "pubmed24n0001.xml.gz: is not the file that pubmed24n0001.xml.gz.md5 was made of: its MD5 "
        f"checksum is {hashlib.md5(DATA + bytes([10])).hexdigest()}, not {SUM}"
    )


@pytest.mark.parametrize("beside", ["", "MD5(x)= 123", f"{SUM}0", f"{SUM} a\n{SUM} b\n", "\0\xff"])
def test_a_file_without_one_checksum_is_told(tmp_path: Path, beside: str) -> None:
    said = problem(tmp_path, beside)
    assert said is not None
    assert said.endswith(
        ".md5: does not hold one MD5 checksum, so pubmed24n0001.xml.gz was not compared"
    )


def test_what_has_no_file_beside_it_is_no_problem(tmp_path: Path) -> None:
    assert checksum_problem(Source("-", None)) is None
    assert checksum_problem(Source("gone", tmp_path / "gone")) is None
    (tmp_path / "a.nbib").write_bytes(b"")
    (tmp_path / "a.nbib.md5").mkdir()
    assert checksum_problem(Source("a.nbib", tmp_path / "a.nbib")) is None
