"""``medlint format`` changes the layout of records and nothing they say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mending import chunk, records
from support import SHARED, record

from medlint.fixes.layout import format_chunk, line_end_of
from medlint.fixes.order import bonds
from medlint.records.batch import Chunk
from medlint.records.chunking import chunks
from medlint.records.find import find
from medlint.records.record import Record
from medlint.records.sources import open_source
from medlint.records.tagged import read


def formatted(data: bytes | str, line_end: bytes = b"\n") -> bytes:
    return format_chunk(chunk(data), line_end).data


def said(record: Record) -> object:
    """What a record says, and what belongs to what."""
    fields = [field for field in record.layout.fields if field.pieces]
    return record.fields, bonds(fields)


def test_a_record_as_pubmed_writes_it_stays_as_it_is() -> None:
    data = record().replace("second line of\n", "second line of \n")
    assert formatted(data).decode() == data


def test_layout_is_brought_into_its_canonical_form() -> None:
    data = (
        "\ufeff\nPMID- 1\nTI - Tea\n    and sleep.  \nOWN - NLM\nAB  - \n"
        "PMID- 2\nTI  - Coffee.\n\n\n\nPMID- 3\nTI  - Milk."
    )
    assert formatted(data).decode() == (
        "PMID- 1\nOWN - NLM\nTI  - Tea and sleep.\n"
        "\nPMID- 2\nTI  - Coffee.\n"
        "\nPMID- 3\nTI  - Milk.\n"
    )


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_lines_end_as_asked(end: bytes) -> None:
    assert formatted("PMID- 1\r\nTI  - A.\n", end) == b"PMID- 1" + end + b"TI  - A." + end


def test_most_lines_say_how_lines_end() -> None:
    assert line_end_of(b"a\r\nb\r\nc\n") == b"\r\n"
    assert line_end_of(b"a\r\nb\nc\n") == b"\n"
    assert line_end_of(b"") == b"\n"


def test_what_can_only_be_guessed_stays_as_it_is_and_is_told() -> None:
    data = "PMID- 1\nTI  - Tea\nand sleep.\nOWN - NLM\n\nPMID- 2\nTI - Milk.\n"
    done = format_chunk(chunk(data), b"\n")
    assert done.data.decode() == data.replace("TI - Milk", "TI  - Milk")
    assert [(u.line, u.reason) for u in done.untouched] == [
        (1, "it has text with neither a tag nor an indent")
    ]


@pytest.mark.parametrize(
    "data",
    [
        "<html><body>Error</body></html>\n",
        "PMID- 1\n<<<<<<< ours\nTI - A.\n=======\nTI - B.\n>>>>>>> theirs\n",
        "\ufeffPMID- 1\nTI - A.\n".encode("utf-16-le"),
        b"",
        b"\n\n",
        b"\x00\xff\xfe\r",
    ],
)
def test_what_is_no_plain_medline_is_left_alone(data: bytes | str) -> None:
    assert formatted(data) == chunk(data).data


def test_text_between_records_is_kept() -> None:
    data = "From: me\n\nPMID- 1\nTI - A.\nSO  - B.\n\nbye\n"
    assert formatted(data).decode() == "From: me\n\nPMID- 1\nTI  - A.\nSO  - B.\n\nbye\n"


def test_bytes_that_are_no_utf_8_are_kept() -> None:
    assert formatted(b"PMID- 1\nTI - Caf\xe9.\n") == b"PMID- 1\nTI  - Caf\xe9.\n"


def test_the_order_of_other_programs_is_theirs() -> None:
    data = "PMC - PMC1\nPMID- 1\nSO  - B.\nTI  - A.\n"
    assert formatted(data).decode() == data


_LINES = st.sampled_from(
    [
        *(
            "PMID- 1\n",
            "PMID- 2\n",
            "TI  - Tea.\n",
            "TI - Tea\n",
            "AU  - Doe J\n",
            "FAU - Doe, J\n",
        ),
        *(
            "AD  - Leeds.\n",
            "      more\n",
            "\tmore\n",
            "more\n",
            "\n",
            "OTO - NLM\n",
            "OT  - tea\n",
        ),
        *(
            "SO  - B.\r\n",
            "AB  - \n",
            "AB  - a  b \n",
            "XX  - y\n",
            "AUID- x\n",
            "\ufeff",
            "a\rb\n",
        ),
        *("PMID- 3 OWN - NLM STAT- MEDLINE TI - Tea. SO - B.\n", "<<<<<<< a\n", "OABL- fre\n"),
    ]
)


@given(st.lists(_LINES, max_size=14).map("".join))
def test_any_text_keeps_its_records_and_is_laid_out_once_for_all(text: str) -> None:
    data = formatted(text)
    assert list(map(said, records(data))) == list(map(said, records(text)))
    assert formatted(data) == data


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    assert formatted(formatted(data)) == formatted(data)


def corpus() -> Iterator[Chunk]:
    for source in find([str(SHARED / "corpus" / "text")])[0]:
        with open_source(source) as stream:
            for number, piece in enumerate(chunks(stream, 200_000)):
                if number < 2:
                    yield piece


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/corpus, real exports")
def test_real_exports_are_laid_out_without_loss_and_once_for_all() -> None:
    count = 0
    for piece in corpus():
        done = format_chunk(piece, line_end_of(piece.data))
        again = piece._replace(data=done.data)
        old, new = read(piece).records, read(again).records
        assert list(map(said, new)) == list(map(said, old))
        assert format_chunk(again, line_end_of(done.data)).data == done.data
        count += len(old)
    assert count > 1000
