"""Compressed data become what they were; damage is told after all that stands before it."""

from __future__ import annotations

import lzma
import random
import sys
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packing import COMPRESSED, zstd

from medlint.records.packed import COMPRESSIONS, decompressed, form_of
from medlint.records.stream import Stream, UnpackError

BY_NAME = {compression.name: compression for compression in COMPRESSIONS}
FORMS = pytest.mark.parametrize("form", COMPRESSED)
TEXT = b"".join(b"PMID- %d\nTI  - Tea.\n\n" % n for n in range(2000))


def unpack(data: bytes, form: str, block: int = 1000) -> tuple[bytes, UnpackError | None]:
    """What comes out of compressed *data*, and the error behind it."""
    pieces = iter([data[at : at + block] for at in range(0, len(data), block)])
    stream = Stream(decompressed(Stream(pieces), BY_NAME[form], "a.gz"))
    parts = b""
    try:
        while part := stream.read(500):
            parts += part
    except UnpackError as error:
        return parts, error
    return parts, None


@FORMS
@given(parts=st.lists(st.binary(max_size=300), min_size=1, max_size=4), padding=st.integers(0, 70))
def test_parts_behind_one_another_are_one_text(form: str, parts: list[bytes], padding: int) -> None:
    data = b"".join(map(COMPRESSED[form], parts)) + bytes(padding)
    assert unpack(data, form, 7) == (b"".join(parts), None)


@FORMS
def test_compressed_data_are_known_by_their_first_bytes(form: str) -> None:
    for data in (b"", b"PMID- 1\n", TEXT):
        assert form_of(COMPRESSED[form](data)[:512]) == BY_NAME[form]


@pytest.mark.parametrize("head", [b"", b"PMID- 1", b"BZhang, X. 2020", b"PK is a city", b"\x1f"])
def test_texts_are_not_taken_for_packed(head: bytes) -> None:
    assert form_of(head) is None


@FORMS
def test_data_that_are_cut_off_give_what_stands_before_the_cut(form: str) -> None:
    text = random.Random(1).randbytes(300_000)
    data = COMPRESSED[form](text)
    for end in (len(data) * 9 // 10, len(data) - 1):
        output, error = unpack(data[:end], form)
        assert str(error).startswith(f"a.gz: is cut off: the end of its {form} data is missing")
        assert text.startswith(output)
        # bzip2 can only give whole blocks, zstd only parts of 128 KiB.
        assert len(output) >= (100_000 if form != "bzip2" or end > 280_000 else 0)


@FORMS
@pytest.mark.parametrize("from_end", [2, 3])
def test_a_wrong_check_at_the_end_takes_no_text_along(form: str, from_end: int) -> None:
    data = bytearray(COMPRESSED[form](TEXT))
    data[-from_end] ^= 1
    output, error = unpack(bytes(data), form)
    assert output == TEXT
    assert error is not None
    assert error.is_whole
    assert str(error) == "a.gz: is damaged: the checksum at its end does not fit; all text was read"


@FORMS
@pytest.mark.parametrize("garbage", [b"x", b"something else, and long" * 9])
def test_something_else_behind_the_end_is_told(form: str, garbage: bytes) -> None:
    output, error = unpack(COMPRESSED[form](TEXT) + garbage, form)
    assert output == TEXT
    assert str(error) == (f"a.gz: something else follows its {form} data; all text before was read")


@FORMS
@settings(max_examples=30)
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=3)), max_size=4
    )
)
def test_no_damage_raises_anything_else(form: str, changes: list[tuple[float, bytes]]) -> None:
    data = COMPRESSED[form](TEXT)
    for share, replacement in changes:
        at = int(share * len(data))
        data = data[:at] + replacement + data[at + 2 :]
    output, error = unpack(data, form)
    assert output == TEXT or error is not None


def test_a_missing_library_is_one_line_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("backports.zstd", "compression.zstd"):
        monkeypatch.setitem(sys.modules, module, None)
    assert str(unpack(zstd.compress(TEXT), "zstd")[1]) == (
        "a.gz: is zstd, and a library for zstd is missing: "
        "install it with 'pip install backports.zstd'"
    )


def test_data_that_ask_for_much_memory_are_refused() -> None:
    data = bytearray(lzma.compress(TEXT))
    # The header of the block (xz format 1.2, section 3.1) names the filter LZMA2 and the size of
    # its dictionary, 36 for 1 GiB, and ends with a checksum.
    end = 12 + (data[12] + 1) * 4
    data[data.index(b"\x21\x01", 12) + 2] = 36
    data[end - 4 : end] = zlib.crc32(data[12 : end - 4]).to_bytes(4, "little")
    assert str(unpack(bytes(data), "xz")[1]) == (
        "a.gz: was not read: to be unpacked it asks for more than 128 MiB of memory"
    )
