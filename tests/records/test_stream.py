"""A stream gives its pieces in any portion, and an error after all that came before it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.stream import FileStream, Stream

PIECES = st.lists(st.binary(min_size=1, max_size=20), max_size=8)


def breaking(pieces: list[bytes]) -> Iterator[bytes]:
    yield from pieces
    raise OSError("broken")


@given(pieces=PIECES, sizes=st.lists(st.integers(0, 30)))
def test_portions_are_as_large_as_asked_and_come_to_the_whole(
    pieces: list[bytes], sizes: list[int]
) -> None:
    whole, stream, at = b"".join(pieces), Stream(iter(pieces)), 0
    for size in sizes:
        assert stream.peek(size) == whole[at : at + size]
        assert stream.read(size) == whole[at : at + size]
        at += size
    assert stream.read() == whole[at:]
    assert stream.read(1) == b""


@given(pieces=PIECES, size=st.integers(1, 30))
def test_an_error_comes_after_all_that_stood_before_it(pieces: list[bytes], size: int) -> None:
    stream, whole = Stream(breaking(pieces)), b"".join(pieces)
    for at in range(0, len(whole), size):
        assert stream.read(size) == whole[at : at + size]
    for _ in range(2):
        with pytest.raises(OSError, match="broken"):
            stream.read(size)
    with pytest.raises(OSError, match="broken"):
        stream.peek(size)


@given(data=st.binary(max_size=50), first=st.integers(0, 60), skipped=st.integers(0, 60))
def test_what_is_skipped_is_not_read(data: bytes, first: int, skipped: int) -> None:
    for stream in (Stream(iter([data])), FileStream(io.BytesIO(data))):
        stream.read(first)
        stream.skip(skipped)
        assert stream.read() == data[first + skipped :]


def test_a_file_says_how_much_of_it_was_read() -> None:
    taken: list[int] = []
    stream = FileStream(io.BytesIO(bytes(1_000_000)), taken.append)
    stream.read(10)
    assert 10 <= sum(taken) < 1_000_000
    stream.read()
    assert sum(taken) == 1_000_000
