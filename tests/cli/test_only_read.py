"""``check --fix`` and ``format`` meet what medlint only reads: XML and packed files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from packing import PACKED
from support import Medlint

BAD = "PMID- 31000001\nOWN - NLM\nTI  - Tea and sleep.\nLA  - en\n"
MENDED = BAD.replace("en", "eng")
HOPELESS = BAD.replace("- en", "- zz")
XML = """<PubmedArticleSet>
<PubmedArticle><MedlineCitation Owner="NLM" Status="MEDLINE"><PMID Version="1">31000003</PMID>
<Article PubModel="Print"><ArticleTitle>Tea and sleep.</ArticleTitle><Language>zz</Language>
</Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>
"""
FIX = ("check", "--select", "ML301", "--fix")
NOTE = "2 files, such as b.nbib.gz, were left as is: medlint changes neither XML nor what is packed"
#: What each command says of a file that it was to change, but for the reason.
REFUSALS = {"a.xml": "it is XML, which medlint only reads", "a.gz": "it is packed; unpack it first"}


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with text, packed text and XML, each with a wrong language."""
    (tmp_path / "a.nbib").write_text(BAD)
    (tmp_path / "b.nbib.gz").write_bytes(PACKED["gzip"](HOPELESS.encode()))
    (tmp_path / "c.xml").write_text(XML)
    return tmp_path


def test_in_a_folder_they_are_checked_and_the_rest_is_mended(medlint: Medlint, mixed: Path) -> None:
    only_read = {name: (mixed / name).read_bytes() for name in ("b.nbib.gz", "c.xml")}
    done = medlint(*FIX)
    assert (mixed / "a.nbib").read_text() == MENDED
    assert {name: (mixed / name).read_bytes() for name in only_read} == only_read
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Mended 1 finding in 1 file: language-code-known 1.",
        f"medlint: {NOTE}",
    ]
    assert "b.nbib.gz:4:7: error ML301" in done.stdout
    assert "c.xml:3:80: error ML301" in done.stdout
    assert "2 errors" in done.stdout


def test_a_folder_without_findings_ends_with_0(medlint: Medlint, mixed: Path) -> None:
    (mixed / "b.nbib.gz").write_bytes(PACKED["gzip"](MENDED.encode()))
    (mixed / "c.xml").write_text(XML.replace("zz", "eng"))
    (mixed / "a.nbib").write_text(MENDED)
    for command in (FIX, (*FIX, "--fix-only"), (*FIX, "--diff"), ("format", "--check")):
        done = medlint(*command)
        assert done.returncode == 0
        assert f"medlint: {NOTE}\n" in done.stderr


def test_nobody_is_told_who_wants_it_quiet(medlint: Medlint, mixed: Path) -> None:
    (mixed / "a.nbib").write_text(MENDED)
    for command in ((*FIX, "--fix-only"), ("format", "--check")):
        done = medlint(*command, "--quiet")
        assert (done.returncode, done.stderr) == (0, "")


def test_format_counts_the_files_that_it_can_lay_out(medlint: Medlint, mixed: Path) -> None:
    done = medlint("format", "--check")
    assert f"medlint: {NOTE}\n" in done.stderr
    assert "Would lay out 0 of 1 file (1 record read)." in done.stderr


@pytest.mark.parametrize("command", [("check", "--diff"), ("check", "--fix-only"), ("format",)])
@pytest.mark.parametrize("name", REFUSALS)
def test_a_file_that_is_named_is_refused_in_one_line(
    command: tuple[str, ...], name: str, medlint: Medlint, tmp_path: Path
) -> None:
    data = PACKED["gzip"](BAD.encode()) if name == "a.gz" else XML.encode()
    (tmp_path / name).write_bytes(data)
    (tmp_path / "b.nbib").write_text(BAD)
    done = medlint(*command, "--quiet", name, "b.nbib")
    assert done.returncode == 2
    assert done.stderr == f"medlint: {name}: not changed: {REFUSALS[name]}\n"
    assert (tmp_path / name).read_bytes() == data


def test_a_file_that_is_named_is_refused_and_checked(medlint: Medlint, mixed: Path) -> None:
    done = medlint(*FIX, "--output-format", "json", "a.nbib", "b.nbib.gz", "c.xml")
    assert done.returncode == 2
    assert (mixed / "a.nbib").read_text() == MENDED
    found = json.loads(done.stdout)
    assert [finding["path"] for finding in found["findings"]] == ["b.nbib.gz", "c.xml"]
    refused = [
        "b.nbib.gz: not changed: it is packed; unpack it first",
        "c.xml: not changed: it is XML, which medlint only reads",
    ]
    assert found["summary"]["failures"] == refused
    assert done.stderr.splitlines()[1:] == [f"medlint: {line}" for line in refused]


@pytest.mark.parametrize("form", PACKED)
def test_each_packed_form_is_refused(form: str, medlint: Medlint, tmp_path: Path) -> None:
    data = PACKED[form](BAD.encode())
    (tmp_path / "packed").write_bytes(data)
    done = medlint(*FIX, "--fix-only", "packed")
    assert done.returncode == 2
    assert "packed: not changed: it is packed; unpack it first\n" in done.stderr
    assert (tmp_path / "packed").read_bytes() == data


def test_packed_standard_input_is_refused(medlint: Medlint) -> None:
    data = PACKED["gzip"](BAD.encode())
    for command in (("check", "--fix-only", "-"), ("check", "--diff", "-"), ("format", "-")):
        done = medlint(*command, stdin=data)
        assert (done.returncode, done.stdout) == (2, "")
        assert "medlint: -: not changed: it is packed; unpack it first\n" in done.stderr


def test_a_file_that_cannot_be_read_is_told_once(medlint: Medlint, mixed: Path) -> None:
    (mixed / "a.nbib").unlink()
    (mixed / "a.nbib").symlink_to("/proc/self/mem")
    done = medlint(*FIX, "a.nbib")
    assert done.returncode == 2
    assert done.stderr.count("a.nbib: cannot be read") == 1
