from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.batch import Chunk
from medlint.records.chunking import chunks
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


def torn(text: str) -> list[bool]:
    found = list(chunks(io.BytesIO(text.encode()), block=100, bound=1000))
    assert "".join(chunk.data.decode() for chunk in found) == text
    return [chunk.is_torn for chunk in found]


def test_a_chunk_that_ends_in_a_record_says_so() -> None:
    lines = "PMID- 1\n" + "AB  - A line that goes on\n      and on\n" * 100
    assert torn(lines)[:-1] == [True] * (len(torn(lines)) - 1)
    assert len(torn(lines)) > 2
    assert any(torn("x" * 5000))
    assert any(torn("word " * 1000))


def test_a_chunk_that_ends_between_records_does_not_say_so() -> None:
    assert not any(torn("PMID- 1\nTI  - A title.\n\n" * 200))
    assert not any(torn("PMID- 1 OWN - NLM TI  - A title. " * 200))
    assert not any(torn("PMID- 1\nTI  - A title.\n" * 200))
