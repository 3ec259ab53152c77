from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.batch import Chunk
from medlint.records.find import find
from medlint.records.sources import Source, chunks, open_source
from medlint.records.tagged import read

RECORD = """\
PMID- {pmid}
OWN - NLM
STAT- Publisher
TI  - A title that is long enough for the exporter to put its last words on the{blank}
      next line.
FAU - Doe, Jane
AU  - Doe J
AD  - Département de médecine, Liège.
SO  - J Inv Res. 2020 Jan;1(1):1-2.
""".replace("{blank}", " ")


def text_of(count: int, eol: str = "\n", *, leading: bool = False) -> bytes:
    """As many records as an export of PubMed has them."""
    text = "\n".join(RECORD.format(pmid=31000000 + n) for n in range(count))
    return (("\n" if leading else "") + text).replace("\n", eol).encode()


def chunks_of(data: bytes, block: int = 1 << 20, bound: int = 1 << 24) -> list[Chunk]:
    return list(chunks(io.BytesIO(data), block, bound))


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


# --- find


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
    assert find([])[:2] == ([Source("there.nbib", Path("there.nbib"))], [message])
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
        [Source("data/records.nbib", Path("data/records.nbib"))],
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
    writer = threading.Thread(target=lambda: Path("pipe.nbib").write_bytes(text_of(3)))
    writer.start()
    with open_source(source) as stream:
        assert b"".join(chunk.data for chunk in chunks(stream, 7)) == text_of(3)
    writer.join()
    assert find(["."])[0] == []


def test_dev_stdin_works() -> None:
    script = (
        "from medlint.records.sources import *\n"
        "from medlint.records.find import find\n"
        "for source in find(['/dev/stdin', '-'])[0]:\n"
        "    print(source.name, sum(len(c.data) for c in chunks(open_source(source))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=text_of(2), capture_output=True, check=True
    )
    assert done.stdout.decode().split("\n")[0] == f"/dev/stdin {len(text_of(2))}"


# --- chunks


def test_empty_stream_gives_one_empty_chunk() -> None:
    assert chunks_of(b"") == [Chunk(b"", 1, True, True)]


def test_small_stream_is_one_chunk() -> None:
    assert chunks_of(text_of(3)) == [Chunk(text_of(3), 1, True, True)]


def test_large_stream_is_cut_between_records() -> None:
    data = text_of(10_000)
    parts = chunks_of(data)
    assert len(parts) > 2
    assert all(part.data.startswith(b"\nPMID- ") for part in parts[1:])
    assert all(len(part.data) < 1.1 * 2**20 for part in parts)
    assert [p.is_first for p in parts] == [True] + [False] * (len(parts) - 1)
    assert [p.is_last for p in parts] == [False] * (len(parts) - 1) + [True]


@given(
    count=st.integers(1, 6),
    block=st.integers(1, 1500),
    eol=st.sampled_from(["\n", "\r\n", "\r"]),
    leading=st.booleans(),
)
def test_no_record_is_split_whatever_the_block(
    count: int, block: int, eol: str, leading: bool
) -> None:
    data = text_of(count, eol, leading=leading)
    whole = read(Chunk(data, 1, True, True))
    batches = [read(part) for part in chunks_of(data, block)]
    records = [record for batch in batches for record in batch.records]
    assert [r.sequence for r in records] == [r.sequence for r in whole.records]
    assert [r.place("SO") for r in records] == [r.place("SO") for r in whole.records]


PIECES = st.sampled_from(
    [b"\n", b"\r\n", b"\r", b"\n\n", b" ", b"PMID- 1", b"\nPMID- 2\n", b"TI  - x", "é".encode()]
)


@given(
    st.lists(PIECES | st.binary(max_size=9)).map(b"".join), st.integers(1, 20), st.integers(1, 60)
)
def test_chunks_are_the_stream_whatever_the_bytes(data: bytes, block: int, bound: int) -> None:
    parts = chunks_of(data, block, bound)
    assert b"".join(part.data for part in parts) == data
    assert all(part.data for part in parts) or data == b""
    assert [p.is_first for p in parts] == [True] + [False] * (len(parts) - 1)
    assert [p.is_last for p in parts] == [False] * (len(parts) - 1) + [True]


@given(st.lists(PIECES).map(b"".join), st.integers(1, 20), st.integers(20, 60))
def test_first_lines_count_line_feeds(data: bytes, block: int, bound: int) -> None:
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"")
    before = b""
    for part in chunks_of(data, block, bound):
        assert part.first_line == 1 + before.count(b"\n")
        before += part.data


@pytest.mark.parametrize(
    ("data", "first"),
    [
        (b"OWN - ERIC\nTI  - a\n\nOWN - ERIC\nTI  - b", b"OWN - ERIC\nTI  - a\n"),
        (b"PMID- 1\nTI  - a\nPMID- 2\nTI  - b", b"PMID- 1\nTI  - a\n"),
        (b"PMID- 1\r\nTI  - a\r\nPMID- 2\r\nTI  - b", b"PMID- 1\r\nTI  - a\r\n"),
    ],
)
def test_records_of_other_layouts_are_cut_where_they_part(data: bytes, first: bytes) -> None:
    assert chunks_of(data, len(data) - 1)[0].data == first


def test_text_without_a_place_to_cut_is_bounded() -> None:
    line = b"word " * 1000
    for data in (line, line.replace(b" ", b"\n"), b"x" * 5000, "é".encode() * 2500, b"\x80" * 5000):
        parts = chunks_of(data, 100, 1000)
        assert max(len(part.data) for part in parts) <= 1100
        assert b"".join(part.data for part in parts) == data


def test_forced_cut_leaves_characters_whole() -> None:
    data = "é山😀".encode() * 500
    for block in range(7, 12):
        for part in chunks_of(data, block, 50):
            part.data.decode()


def test_utf_16_is_one_chunk() -> None:
    data = text_of(20).decode().encode("utf-16")
    assert chunks_of(data, 64, 128) == [Chunk(data, 1, True, True)]
