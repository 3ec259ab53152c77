"""Records are found again by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint.records.chunking import chunks
from medlint.records.sources import Source, open_source
from medlint.records.tagged import read
from medlint.records.visited import Visited

RECORD = "PMID- {}\nOWN - NLM\nTI  - A title\n      that goes on.\n{}SO  - J Ex. 2020.\n"


def written(folder: Path, numbers: list[int], line_end: str, head: str = "") -> Source:
    records = [RECORD.format(n, f"AB  - {'tea ' * (n % 90)}tea.\n") for n in numbers]
    path = folder / "some.nbib"
    path.write_bytes((head + "\n".join(records)).replace("\n", line_end).encode())
    return Source("some.nbib", path)


def visit(source: Source, block: int) -> tuple[Visited, dict[int, tuple[tuple[str, str], ...]]]:
    """What was noted while reading, and the records by their first line."""
    visited, found = Visited(), {}
    with open_source(source) as stream:
        for chunk in chunks(stream, block):
            visited.note(source, source.name, chunk)
            found.update({record.first_line: record.sequence for record in read(chunk).records})
    return visited, found


@settings(max_examples=40)
@given(
    numbers=st.lists(st.integers(1, 10**7), min_size=1, max_size=30, unique=True),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    head=st.sampled_from(["", "\n"]),
    block=st.sampled_from([64, 500, 4_000, 1 << 20]),
    data=st.data(),
)
def test_a_record_is_found_again_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    numbers: list[int],
    line_end: str,
    head: str,
    block: int,
    data: st.DataObject,
) -> None:
    source = written(tmp_path_factory.mktemp("visited"), numbers, line_end, head)
    visited, records = visit(source, block)
    lines = data.draw(st.sets(st.sampled_from(sorted(records))))
    again = list(visited.records([source], {("some.nbib", line) for line in lines}))
    assert {record.first_line: record.sequence for _, record in again} == {
        line: records[line] for line in lines
    }


def test_a_damaged_record_is_found_again(tmp_path: Path) -> None:
    source = written(tmp_path, [31000001], "\n")
    assert source.path is not None
    text = source.path.read_text() + "\nPMID- 31000002\nTI - No hyphen in place\nlost indent\n"
    source.path.write_text(text)
    visited, records = visit(source, 1 << 20)
    line = max(records)
    ((_, record),) = visited.records([source], {("some.nbib", line)})
    assert record.sequence == records[line]


def test_a_file_that_is_gone_or_shorter_gives_nothing(tmp_path: Path) -> None:
    source = written(tmp_path, [31000001, 31000002], "\n")
    visited, records = visit(source, 1 << 20)
    assert source.path is not None
    source.path.write_bytes(b"")
    assert list(visited.records([source], {("some.nbib", max(records))})) == []
    source.path.unlink()
    assert list(visited.records([source], {("some.nbib", max(records))})) == []
