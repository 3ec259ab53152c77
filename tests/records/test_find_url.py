"""What stands at a URL is read as what stands in a folder is."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import record

from medlint.api import check_paths
from medlint.config.command_line import command_line
from medlint.config.configuration import Configuration
from medlint.findings import Finding
from medlint.records.find import find
from medlint.records.sources import Source, open_source

BAD = record(IS="1533-4407 (Electronic)")
BAD_2 = BAD.replace("31000001", "31000002")
XML = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>31000003</PMID></MedlineCitation>"
    "</PubmedArticle></PubmedArticleSet>"
)


@pytest.fixture
def memory() -> Iterator[Any]:
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


def zipped(**members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.nbib", text)
    return data.getvalue()


def tarred(text: str) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        member = tarfile.TarInfo("a.nbib")
        member.size = len(text.encode())
        archive.addfile(member, io.BytesIO(text.encode()))
    return data.getvalue()


def names(*urls: str) -> list[str]:
    found = find(urls)
    assert found.problems == []
    return [source.name for source in found.sources]


def findings(*paths: str | Path) -> list[Finding]:
    return list(check_paths(paths, select=["issn-check-digit", "pmid-unique"]))


def test_a_file_is_read_as_one_of_this_machine_and_called_by_its_url(
    memory: Any, tmp_path: Path
) -> None:
    memory.pipe_file("/in/bad.nbib", BAD.encode())
    (tmp_path / "bad.nbib").write_text(BAD)
    (here,) = findings(tmp_path / "bad.nbib")
    for url in ("memory://in/bad.nbib", "memory:///in/bad.nbib", f"file://{tmp_path}/bad.nbib"):
        assert findings(url) == [here._replace(path=url)]


def told(*urls: str) -> tuple[list[str], list[str]]:
    """The files with findings, and what was told of those that cannot be read."""
    met: list[str] = []
    try:
        met.extend(f.path for f in check_paths(urls, select=["issn-check-digit"]))
    except OSError as error:
        return met, str(error).split("\n")
    return met, []


FILES = {
    "a.nbib": BAD.encode(),
    "b.TXT": BAD.encode(),
    "notes.txt": b"Not records.",
    "c.xml.gz": gzip.compress(XML.encode()),
    "other.xml": b"<other/>",
    "picture.png": b"PMID- 1",
    "d/deep.medline": BAD.encode(),
    "d/e/deeper.nbib.bz2": bz2.compress(BAD.encode()),
    "f.nbib": BAD.encode(),
    ".hidden.nbib": BAD.encode(),
    ".git/x.nbib": BAD.encode(),
    "e.zip": zipped(a=BAD),
}


def test_a_folder_holds_what_one_of_this_machine_holds_in_the_same_order(
    memory: Any, tmp_path: Path
) -> None:
    for name, data in FILES.items():
        memory.pipe_file(f"/in/{name}", data)
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    here = find([str(tmp_path)])
    for url in ("memory://in", "memory://in/", f"file://{tmp_path}"):
        there = find([url])
        base = url.rstrip("/")
        assert [s.name.removeprefix(base) for s in there.sources] == [
            s.name.removeprefix(str(tmp_path)) for s in here.sources
        ]
        assert [n.replace(base, "") for n in there.notices] == [
            n.replace(str(tmp_path), "") for n in here.notices
        ]
        assert there.problems == []


@given(st.sets(st.text("ab./", min_size=1, max_size=6), max_size=8))
def test_the_order_is_that_of_a_walk_whatever_the_names(
    tmp_path_factory: pytest.TempPathFactory, wanted: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("walk")
    for name in wanted:
        parts = [part for part in PurePosixPath(name).parts if part.strip("./")]
        path = Path(folder, *parts[:-1], f"{parts[-1] if parts else 'x'}.nbib")
        if not any(parent.is_file() for parent in path.parents) and not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(BAD)
    here, there = find([str(folder)]), find([f"file://{folder}"])
    assert [s.path for s in there.sources] == [s.path for s in here.sources]


def test_a_pattern_means_the_files_that_fit(memory: Any) -> None:
    for name in ("in/a.nbib", "in/b.nbib", "in/c.txt", "in/d/a.nbib", "x/a.nbib"):
        memory.pipe_file(f"/{name}", BAD.encode())
    assert names("memory://in/*.nbib") == ["memory://in/a.nbib", "memory://in/b.nbib"]
    assert names("memory://in/[bc].*") == ["memory://in/b.nbib", "memory://in/c.txt"]
    assert names("memory:///**/a.nbib") == [
        "memory:///in/a.nbib",
        "memory:///in/d/a.nbib",
        "memory:///x/a.nbib",
    ]
    assert names("memory://i*/d") == ["memory://in/d/a.nbib"]
    assert find(["memory://in/*.xml"]).problems == ["memory://in/*.xml: no file fits this pattern"]


def test_a_file_is_taken_though_its_name_is_a_pattern(memory: Any) -> None:
    memory.pipe_file("/in/a[1].nbib", BAD.encode())
    memory.pipe_file("/in/a1.nbib", BAD.encode())
    assert names("memory://in/a[1].nbib") == ["memory://in/a[1].nbib"]


def test_a_file_that_is_met_twice_is_read_once(memory: Any, tmp_path: Path) -> None:
    memory.pipe_file("/in/a.nbib", BAD.encode())
    (tmp_path / "a.nbib").write_text(BAD)
    assert names("memory://in", "memory://in/*.nbib", "memory://in/a.nbib") == [
        "memory://in/a.nbib"
    ]
    assert names(str(tmp_path), f"file://{tmp_path}/a.nbib") == [str(tmp_path / "a.nbib")]


@pytest.mark.parametrize(
    ("name", "data", "member"),
    [
        ("a.nbib.gz", gzip.compress(BAD.encode()), ""),
        ("a.zip", zipped(a=BAD), "!a.nbib"),
        ("a.tar.gz", tarred(BAD), "!a.nbib"),
    ],
)
def test_what_is_packed_is_unpacked(memory: Any, name: str, data: bytes, member: str) -> None:
    memory.pipe_file(f"/in/{name}", data)
    assert [f.path for f in findings(f"memory://in/{name}")] == [f"memory://in/{name}{member}"]


def test_findings_on_several_records_are_found_again_at_their_places(memory: Any) -> None:
    # The register of PMIDs reads the records again that it speaks of.
    memory.pipe_file("/in/a.nbib", f"{BAD}\n{BAD_2}".encode())
    memory.pipe_file("/in/b.nbib.gz", gzip.compress(BAD.encode()))
    last = findings("memory://in")[-1]
    assert (last.name, last.path, last.place.line) == ("pmid-unique", "memory://in/b.nbib.gz", 1)
    assert [(r.path, r.line) for r in last.related] == [("memory://in/a.nbib", 1)]


def test_a_checksum_beside_it_is_compared(memory: Any) -> None:
    memory.pipe_file("/in/a.nbib", BAD.encode())
    digest = hashlib.md5(BAD.encode()).hexdigest()
    memory.pipe_file("/in/a.nbib.md5", f"MD5(a.nbib)= {digest}\n".encode())
    assert len(findings("memory://in/a.nbib")) == 1
    memory.pipe_file("/in/a.nbib.md5", f"{'0' * 32}  a.nbib\n".encode())
    with pytest.raises(OSError, match=f"^memory://in/a.nbib: is not the file .* not {'0' * 32}$"):
        findings("memory://in/a.nbib")


def test_what_cannot_be_read_is_one_line_and_the_others_are_linted(memory: Any) -> None:
    memory.pipe_file("/in/a.nbib", BAD.encode())
    memory.pipe_file("/in/b.nbib.gz", gzip.compress(BAD.encode())[:-20])
    memory.pipe_file("/empty/readme.md", b"x")
    met, lines = told("memory://in/none", "memory://empty", "gopher://x/y", "memory://in/")
    assert met == ["memory://in/a.nbib"]
    none, empty, gopher, cut_off = lines
    assert none == "memory://in/none: cannot be read: no such file or folder"
    assert empty.startswith("memory://empty: no records here; looked for ")
    assert gopher.startswith(
        "gopher://x/y: cannot be read: medlint reads files and URLs with file:"
    )
    assert cut_off.startswith("memory://in/b.nbib.gz: is cut off")


def test_chained_urls_are_not_read(memory: Any) -> None:
    memory.pipe_file("/a.zip", zipped(a=BAD))
    (problem,) = find(["zip://a.nbib::memory://a.zip"]).problems
    assert "medlint reads files and URLs with" in problem


class Breaking(io.BytesIO):
    """A file whose connection is lost."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if not data:
            raise ConnectionResetError("Connection reset by peer")
        return data


def test_what_came_before_the_connection_was_lost_is_linted(
    memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe_file("/a.nbib", b"")
    memory.pipe_file("/b.nbib", BAD_2.encode())
    half = f"{BAD}\n{BAD_2}"[: len(BAD) + 100].encode()
    is_a = "/a.nbib".__eq__
    real = type(memory).open
    monkeypatch.setattr(
        type(memory),
        "open",
        lambda self, path, *a, **k: Breaking(half) if is_a(path) else real(self, path, *a, **k),
    )
    met, lines = told("memory://")
    assert met == ["memory:///a.nbib", "memory:///b.nbib"]
    assert lines == ["memory:///a.nbib: cannot be read: connection reset by peer"]


def test_configuration_and_patterns_are_those_of_the_working_folder(
    memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "medlint.yaml").write_text(
        "ignore: [ML1]\n"
        "paths: ['memory://in']\n"
        "exclude: ['memory://in/old/', '*.bak.nbib']\n"
        "per-file-ignores:\n  'memory://in/legacy/*': [ML2]\n"
    )
    for name in ("a", "old/b", "c.bak", "legacy/d"):
        memory.pipe_file(f"/in/{name}.nbib", BAD.encode())
    configuration = Configuration(command_line())
    assert configuration.for_run([]).paths == ("memory://in",)
    found = find(["memory://in"], is_excluded=configuration.is_excluded)
    assert [s.name for s in found.sources] == ["memory://in/a.nbib", "memory://in/legacy/d.nbib"]
    assert configuration.for_file("memory://in/a.nbib").ignore == ("ML1",)
    assert configuration.for_file("memory://in/legacy/d.nbib").ignore == ("ML1", "ML2")


def test_a_file_of_this_machine_keeps_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("memory:").mkdir()
    Path("memory:", "a.nbib").write_text(BAD)
    (source,) = find(["memory://a.nbib"]).sources
    assert source.path is not None


def test_a_source_at_a_url_can_be_read_again(memory: Any) -> None:
    memory.pipe_file("/a.nbib", b"x" * 10)
    (source,) = find(["memory://a.nbib"]).sources
    assert source.can_be_read_again
    assert not source.is_stdin
    assert not Source("-", None).can_be_read_again
    with open_source(source) as file:
        assert (file.seekable(), file.seek(4), file.read(2), file.tell()) == (True, 4, b"xx", 6)
