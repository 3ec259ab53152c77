"""Outputs at URLs hold what files hold."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from sample_findings import FINDINGS, summary_of

from medlint.output import FILE_FORMATS, FORMATS
from medlint.output.outputs import OutputError, Outputs
from medlint.output.server_paths import repository_path, uri_reference
from medlint.output.writer import OutputOptions


@pytest.fixture
def memory() -> Iterator[Any]:
    files = fsspec.filesystem("memory")
    files.store.clear()
    yield files
    files.store.clear()


def send(*wishes: str) -> None:
    with Outputs("concise", wishes, io.StringIO(), OutputOptions()) as outputs:
        for finding in FINDINGS:
            outputs.write(finding)
        outputs.close(summary_of())


@pytest.mark.parametrize("name", [*FORMATS, *FILE_FORMATS])
def test_every_format_goes_to_a_url(name: str, memory: Any, tmp_path: Path) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="needs pyarrow")
    send(f"{name}:{tmp_path / 'here'}", f"{name}:memory://out/there", f"{name}:file://{tmp_path}/l")
    here = (tmp_path / "here").read_bytes()
    assert memory.cat_file("/out/there") == here
    assert (tmp_path / "l").read_bytes() == here


@pytest.mark.parametrize("name", ["json", "sqlite"])
def test_a_run_that_breaks_off_leaves_nothing_there(
    name: str, memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    wishes = [f"{name}:memory://out/x"]
    with Outputs("concise", wishes, io.StringIO(), OutputOptions()) as outputs:
        outputs.write(FINDINGS[0])
    assert memory.store == {}
    send(f"{name}:memory://out/x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("json:https://me:word@h/x", "--output 'json:https://***@h/x': medlint writes files, and"),
        ("json:gopher://h/x", "--output 'json:gopher://h/x': medlint reads files and URLs with"),
        ("jsn:https://me:word@h/x", "--output 'jsn:https://***@h/x': 'jsn' is not a format"),
        ("json:file:///nowhere/at/all", "there is no folder '/nowhere/at'"),
    ],
)
def test_a_wish_that_makes_no_sense_is_one_line(wish: str, said: str) -> None:
    with pytest.raises(OutputError) as caught:
        send(wish)
    assert said in str(caught.value)
    assert "word" not in str(caught.value)


def test_the_same_url_twice_or_one_that_is_read_is_refused(memory: Any) -> None:
    with pytest.raises(OutputError, match="two outputs cannot go to the same file"):
        send("json:memory://x", "csv:memory://x")
    with pytest.raises(OutputError, match="medlint reads that file in this run"):
        Outputs(None, ["json:memory://x"], io.StringIO(), OutputOptions(), inputs=["memory://x"])


def test_a_url_stays_one_for_servers() -> None:
    for url in ("s3://bucket/a.nbib", "https://host/a?b=1&c=2", "s3://b/a.zip!m.nbib"):
        assert repository_path(url) == uri_reference(url) == url
    assert uri_reference("s3://b/山 1.nbib") == "s3://b/%E5%B1%B1%201.nbib"
