from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.batch import Chunk
from medlint.records.decoding import decode

PIECES = st.sampled_from(
    [b"PMID- 1", b"TI  - x", b"\n", b"\r\n", b"\r", b" ", b"\x00", b"\x1b", b"\xe9", b"\x93"]
)
MARKS = st.sampled_from([b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3\xa9", b"\xc2\x85", b"\xe2\x80\xa8"])
BYTES = st.binary(max_size=200) | st.lists(PIECES | MARKS, max_size=30).map(b"".join)


def whole(data: bytes) -> Chunk:
    return Chunk(data, 1, is_first=True, is_last=True)


def kinds(data: bytes) -> list[str]:
    return [fault.kind for fault in decode(whole(data))[1]]


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_what_pubmed_writes_has_no_fault(line_end: bytes) -> None:
    data = line_end.join([b"", b"PMID- 1", "TI  - Caf\u00e9 \u00a0\u2028.".encode(), b""])
    text, faults = decode(whole(data))
    assert text == "\nPMID- 1\nTI  - Caf\u00e9 \u00a0\u2028.\n"
    assert faults == []


def test_an_empty_chunk_is_an_empty_text() -> None:
    assert decode(whole(b"")) == ("", [])


def test_a_byte_order_mark_is_said_and_removed() -> None:
    text, faults = decode(whole(b"\xef\xbb\xbfPMID- 1\n"))
    assert text == "PMID- 1\n"
    assert [fault.kind for fault in faults] == ["no-byte-order-mark"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_and_without_its_mark(codec: str) -> None:
    text, faults = decode(whole("PMID- 1\r\nTI  - Caf\u00e9\r\n".encode(codec)))
    assert text == "PMID- 1\nTI  - Caf\u00e9\n"
    assert [fault.kind for fault in faults] == ["utf-8-not-utf-16"]


def test_bad_bytes_are_said_once_a_record_with_a_guess() -> None:
    text, faults = decode(
        whole(
            b"PMID- 1\nTI  - Caf\xe9 \xfcber\nAU  - M\xfcller\n\n"
            b"PMID- 2\nAU  - M\xfc\xe9ller\nAD  - \x93x\x94\n"
        )
    )
    assert [(f.kind, f.place) for f in faults] == [
        ("valid-utf-8", (2, 10, 2, 11)),
        ("valid-utf-8", (6, 8, 6, 10)),
    ]
    assert faults[0].params == {
        "bytes": "The byte 0xE9 is",
        "guess": "Latin-1",
        "read_as": "\u00e9",
        "more": " (and bytes in 1 line more of this record)",
    }
    assert faults[1].params["bytes"] == "The bytes 0xFC 0xE9 are"
    assert faults[1].params["guess"] == "Windows-1252"
    assert text.encode("utf-8", "surrogateescape").count(b"\xfc") == 3


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00\xd8", b"\xfe\xff\xdc\x00P\0M", b"\xff\xfe\x00\xdc\n\0"]
)
def test_half_a_character_of_utf_16_is_replaced(data: bytes) -> None:
    text, faults = decode(whole(data))
    assert "\ufffd" in text
    assert text.encode()
    assert "utf-8-not-utf-16" in [fault.kind for fault in faults]


def test_mixed_line_ends_are_said_where_the_rarer_kind_first_stands() -> None:
    _, faults = decode(whole(b"PMID- 1\r\nTI  - x\nAU  - y\r\n"))
    assert [(f.kind, f.place.line, f.params["few"]) for f in faults] == [
        ("same-line-ends", 2, "LF")
    ]


def test_old_macintosh_line_ends_are_read() -> None:
    text, faults = decode(whole(b"PMID- 1\rTI  - x\r"))
    assert text == "PMID- 1\nTI  - x\n"
    assert [fault.kind for fault in faults] == ["no-lone-carriage-return"]


def test_a_line_end_converted_twice_is_one_line_end() -> None:
    text, faults = decode(whole(b"PMID- 1\r\r\nTI  - x\r\r\n"))
    assert text == "PMID- 1\nTI  - x\n"
    assert [fault.kind for fault in faults] == ["no-lone-carriage-return"]


def test_a_carriage_return_inside_a_value_goes() -> None:
    text, faults = decode(whole(b"PMID- 1\nTI  - x\ry\r      z\n"))
    assert text == "PMID- 1\nTI  - xy z\n"
    assert [(f.kind, f.place.line) for f in faults] == [("no-lone-carriage-return", 2)]


@pytest.mark.parametrize("character", [*range(9), 11, 12, *range(14, 32), *range(127, 160)])
def test_every_control_character_is_found_and_kept(character: int) -> None:
    line = f"TI  - a{chr(character)}b"
    text, faults = decode(whole(f"PMID- 31000001\n{line}\n".encode()))
    assert text.split("\n")[1] == line
    assert [(f.kind, f.place) for f in faults] == [("no-control-characters", (2, 8, 2, 9))]


def test_control_characters_are_said_once_a_line() -> None:
    assert kinds(b"PMID- 1\nTI  - \x1b[31m\x1b[0m\n") == ["no-control-characters"]


def test_a_missing_last_line_end_is_added_and_said_at_the_end_of_the_file() -> None:
    text, faults = decode(whole(b"PMID- 1\nTI  - x"))
    assert text == "PMID- 1\nTI  - x\n"
    assert [(f.kind, f.place) for f in faults] == [("newline-at-end-of-file", (2, 7, 2, 8))]
    assert decode(Chunk(b"PMID- 1", 1, is_first=True, is_last=False))[1] == []


def test_lines_are_counted_from_the_first_line_of_the_chunk() -> None:
    _, faults = decode(Chunk(b"PMID- 1\nTI  - \x00\n", 101, is_first=False, is_last=False))
    assert faults[0].place.line == 102
    assert faults[0].excerpt.first_line == 102
    assert faults[0].excerpt.lines == ("TI  - \x00",)


@given(BYTES, st.booleans(), st.booleans())
def test_any_bytes_become_lines_with_faults_inside_them(
    data: bytes, is_first: bool, is_last: bool
) -> None:
    text, faults = decode(Chunk(data, 1, is_first, is_last))
    assert not text or text.endswith("\n")
    lines = text.split("\n")
    for fault in faults:
        line, column, end_line, end_column = fault.place
        assert line == end_line
        assert 1 <= column < end_column <= max(len(lines[line - 1]), 1) + 1
        assert fault.excerpt.lines == (lines[line - 1],)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=50))
def test_clean_text_comes_back_unchanged(value: str) -> None:
    line = f"TI  - {value}\n"
    assert decode(whole(line.encode())) == (line, [])


@given(BYTES.filter(lambda data: b"\0" not in data and data[:1] not in (b"\xfe", b"\xff")))
def test_no_byte_is_lost_but_marks_and_line_ends(data: bytes) -> None:
    text, _ = decode(whole(data))
    kept = text.encode("utf-8", "surrogateescape")
    bare = data.removeprefix(b"\xef\xbb\xbf").translate(None, b"\r\n")
    assert kept.translate(None, b"\r\n") == bare
