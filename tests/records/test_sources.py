from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from medlint.records.chunking import chunks
from medlint.records.find import find
from medlint.records.sources import Source, open_source

TEXT = b"PMID- 1\nTI  - Tea.\n\nPMID- 2\nTI  - More tea.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: str, data: bytes = b"PMID- 1\n") -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def names(*paths: str) -> list[str]:
    """The names of the sources found; there must be no problem."""
    sources, problems, _ = find(paths)
    assert problems == []
    return [source.name for source in sources]


@pytest.mark.usefixtures("folder")
def test_folder_gives_its_records_in_the_order_of_names() -> None:
    for path in ("b.nbib", "a.MEDLINE", "sub/c.nbib", "notes.md", "a.nbib.bak"):
        put(path)
    assert names() == ["a.MEDLINE", "b.nbib", "sub/c.nbib"]
    assert names(".") == names()
    assert names("sub") == ["sub/c.nbib"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("head", "is_taken"),
    [
        (b"\r\nPMID- 1\r\nOWN - NLM\r\n", True),
        (b"\xef\xbb\xbfPMID- 1\n", True),
        ("\ufeffPMID- 1\nOWN - NLM\n".encode("utf-16"), True),
        (b"OWN - ERIC\nTI  - A\n", True),
        (b"Saved on Monday\n\nPMID- 1\n", True),
        (b"PMID- 37583846 OWN - NLM STAT- MEDLINE\n", True),
        (b"", False),
        (b"Dear reader,\nNOTE- this is a letter.\n", False),
        (b"TY  - JOUR\nAU  - Doe, Jane\nTI  - A\nER  - \n", False),
        (b"see PMID- 1\n", False),
    ],
)
def test_text_file_in_a_folder_is_taken_if_it_looks_like_medline(
    head: bytes, is_taken: bool
) -> None:
    put("a.nbib")
    put("b.txt", head)
    assert names() == ["a.nbib", "b.txt"][: 1 + is_taken]


@pytest.mark.usefixtures("folder")
def test_hidden_and_foreign_folders_are_left_out() -> None:
    put("a.nbib")
    for path in (".git", ".venv/lib", "node_modules/x", "__pycache__", "sub/.svn"):
        put(f"{path}/b.nbib")
    put("._a.nbib")
    assert names() == ["a.nbib"]


@pytest.mark.usefixtures("folder")
def test_named_file_is_taken_whatever_it_is_called() -> None:
    put(".hidden/export.csv")
    put("README", b"no records")
    assert names(".hidden/export.csv", "README") == [".hidden/export.csv", "README"]


@pytest.mark.usefixtures("folder")
def test_file_met_twice_is_read_once() -> None:
    put("sub/a.nbib")
    put("sub/b.nbib")
    os.symlink("a.nbib", "sub/link.nbib")
    assert names("sub/b.nbib", "sub", "./sub/a.nbib") == ["sub/b.nbib", "sub/a.nbib"]


@pytest.mark.usefixtures("folder")
def test_links_that_turn_in_circles_do_no_harm() -> None:
    put("sub/a.nbib")
    os.symlink("..", "sub/up")
    assert names() == ["sub/a.nbib"]
    os.symlink("self.nbib", "self.nbib")
    for paths, found in (([], ["sub/a.nbib"]), (["self.nbib"], [])):
        sources, problems, _ = find(paths)
        assert [source.name for source in sources] == found
        assert [problem[:11] for problem in problems] == ["self.nbib: "]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["a.nbib", "a.txt", "a.nbib.gz"])
def test_a_link_that_leads_nowhere_is_told_not_passed_over(name: str) -> None:
    put("there.nbib")
    os.symlink("gone", name)
    message = f"{name}: cannot be read: it is a link to gone, which is not there"
    assert find([])[:2] == ([Source("there.nbib", Path("there.nbib"), is_named=False)], [message])
    assert find([name]).problems == [message]
    assert find([], is_excluded=lambda path: path.name == name).problems == []
    assert find([name], is_excluded=lambda path: path.name == name).problems == []


@pytest.mark.usefixtures("folder")
def test_a_link_that_leads_nowhere_and_shows_no_records_is_passed_over() -> None:
    put("there.nbib")
    for name in ("readme.md", ".#there.nbib"):
        os.symlink("gone", name)
    assert names() == ["there.nbib"]


def test_standard_input_is_taken_once_and_has_the_name_given() -> None:
    assert find(["-", "-"], "saved.nbib") == ([Source("saved.nbib", None)], [], [])
    assert find(["-"])[0] == [Source("-", None)]


@pytest.mark.usefixtures("folder")
def test_path_that_is_not_there_is_a_problem_with_a_hint() -> None:
    put("data/records.nbib")
    assert find(
        ["data/recrods.nbib", "dta/records.nbib", "elsewhere.nbib", "data", "data/Records.txt"]
    ) == (
        [Source("data/records.nbib", Path("data/records.nbib"), is_named=False)],
        [
            "data/recrods.nbib: no such file or folder; did you mean 'data/records.nbib'?",
            "dta/records.nbib: no such file or folder; did you mean 'data'?",
            "elsewhere.nbib: no such file or folder",
            "data/Records.txt: no such file or folder; did you mean 'data/records.nbib'?",
        ],
        [],
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("path", ["", "a.nbib/b.nbib", "a\0b", "x" * 5000])
def test_impossible_path_is_one_problem(path: str) -> None:
    put("a.nbib")
    sources, problems, _ = find([path])
    assert sources == []
    assert len(problems) == 1


@pytest.mark.usefixtures("folder")
def test_folder_without_records_is_a_problem() -> None:
    put("notes/a.md")
    sources, problems, _ = find(["notes"])
    assert sources == []
    assert [problem[:22] for problem in problems] == ["notes: no records here"]


@pytest.mark.usefixtures("folder")
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_problem() -> None:
    for path in ("a.nbib", "b.txt", "c/d.nbib", "e.nbib"):
        put(path)
    for path in ("a.nbib", "b.txt", "c"):
        os.chmod(path, 0)
    sources, problems, _ = find(["."])
    os.chmod("c", 0o700)
    assert [s.name for s in sources] == ["e.nbib"]
    assert problems == [
        "a.nbib: cannot be read: permission denied",
        "b.txt: cannot be read: permission denied",
        "c: cannot be read: permission denied",
    ]


@pytest.mark.usefixtures("folder")
def test_unreadable_file_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.nbib")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert find([]) == ([], ["a.nbib: cannot be read: permission denied"], [])


@pytest.mark.usefixtures("folder")
def test_socket_is_a_problem() -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.nbib")
        assert find(["s.nbib"]) == (
            [],
            ["s.nbib: is a socket or a disk; a file, a folder or - is needed"],
            [],
        )


@pytest.mark.usefixtures("folder")
def test_pipe_that_is_named_is_read_and_one_in_a_folder_is_not() -> None:
    os.mkfifo("pipe.nbib")
    (source,), problems, _ = find(["pipe.nbib"])
    assert problems == []
    writer = threading.Thread(target=lambda: Path("pipe.nbib").write_bytes(TEXT))
    writer.start()
    with open_source(source) as stream:
        assert b"".join(chunk.data for chunk in chunks(stream, 7)) == TEXT
    writer.join()
    assert find(["."])[0] == []


def test_dev_stdin_works() -> None:
    script = (
        "from medlint.records.find import find\n"
        "from medlint.records.chunking import chunks\n"
        "from medlint.records.sources import open_source\n"
        "for source in find(['/dev/stdin', '-'])[0]:\n"
        "    print(source.name, sum(len(c.data) for c in chunks(open_source(source))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=TEXT, capture_output=True, check=True
    )
    assert done.stdout.decode().split("\n")[0] == f"/dev/stdin {len(TEXT)}"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("paths", [["data", "data/a.nbib"], ["data/a.nbib", "data"]])
def test_a_file_in_a_folder_that_is_named_too_is_named(paths: list[str]) -> None:
    put("data/a.nbib")
    put("data/b.nbib")
    assert [(s.name, s.is_named) for s in find(paths).sources] == [
        ("data/a.nbib", True),
        ("data/b.nbib", False),
    ]
