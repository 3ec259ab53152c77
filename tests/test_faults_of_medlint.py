"""A fault of medlint's own costs the stretch of text that it was met in, and nothing else."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import record

from medlint import part
from medlint.cli.checking import Mending, Shown, check_files
from medlint.cli.linting import Wishes
from medlint.records.batch import Batch, Chunk
from medlint.records.reader import read


@pytest.fixture(autouse=True)
def _a_faulty_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def faulty(chunk: Chunk) -> Batch:
        if b"a hole in medlint" in chunk.data:
            raise IndexError("list index\nout of range")
        return read(chunk)

    monkeypatch.setattr(part, "read", faulty)
    yield
    gc.enable()  # a check turns it off, for a process that ends with it


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    texts = {
        "a.nbib": record(IS="0028-4794 (Print)"),
        "b.nbib": record(TI="On a hole in medlint."),
        "c.nbib": record(IS="0028-4794 (Print)"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / name) for name in texts]


def test_the_other_files_are_linted_and_the_output_is_whole(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    wishes = Wishes(paths=files, select=["issn-check-digit"], uses_config=False, jobs=1)
    assert check_files(wishes, Shown(formats=["json"]), Mending()) == 2
    shown = capsys.readouterr()
    document = json.loads(shown.out)
    assert [Path(finding["path"]).name for finding in document["findings"]] == ["a.nbib", "c.nbib"]
    (line,) = [line for line in shown.err.splitlines() if "fault" in line]
    assert line.startswith(f"medlint: {files[1]}: the text from line 1 on (")
    assert "IndexError: list index out of range in test_faults_of_medlint.py:" in line
    assert "please report it" in line


def test_the_other_files_are_mended(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for file in files:
        path = Path(file)
        path.write_bytes(path.read_bytes().replace(b"\n", b" \n", 2))
    before = [Path(file).read_bytes() for file in files]
    wishes = Wishes(paths=files, uses_config=False, jobs=1)
    assert check_files(wishes, Shown(), Mending(fix=True)) == 2
    changed = [Path(file).read_bytes() != old for file, old in zip(files, before, strict=True)]
    assert changed == [True, False, True]
    assert f"{files[1]}: not changed: internal fault of medlint" in capsys.readouterr().err
