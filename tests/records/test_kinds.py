from __future__ import annotations

import gzip
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.batch import Chunk
from medlint.records.kinds import kind_of
from medlint.records.tagged import read


def zipped() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.nbib", "PMID- 1\n")
    return stream.getvalue()


FOREIGN = {
    "RIS": b"TY  - JOUR\nTI  - Tea\nER  - \n",
    "BibTeX": b"% exported\n@article{doe2023,\n  title = {Tea}\n}\n",
    "an HTML page": b"<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n",
    "JSON": b'{"error": "API rate limit exceeded"}\n',
    "EndNote XML": b'<?xml version="1.0"?><xml><records><record/></records></xml>',
    "XML other than PubMed's": b'<?xml version="1.0"?>\n<feed/>\n',
    "an answer of NCBI's E-utilities": b'<?xml version="1.0"?>\n<eSearchResult/>\n',
    "a PDF document": b"%PDF-1.7\n%\xe2\xe3\n",
    "a gzip file": gzip.compress(b"PMID- 1\n"),
    "a zip archive or an office document": zipped(),
    "an RTF document": rb"{\rtf1\ansi PMID}",
    "a Git LFS pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
    "a table (CSV)": b'"PMID","Title","Authors"\n"1","Tea","Doe J"\n',
    "a list of PMIDs": b"31000001\n31000002\n",
    "PubMed's summary or abstract format": b"1. J Tea. 2023.\n\nTea.\n\nDoe J.\n\nPMID: 31000001\n",
    "an export of Web of Science": b"FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\n",
    "binary data": bytes(range(256)),
    "text without MEDLINE fields": b"Dear all,\nplease find the records attached.\n",
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_file_of_another_kind_has_one_fault_and_no_record(what: str) -> None:
    batch = read(Chunk(FOREIGN[what], 1, is_first=True, is_last=True))
    assert batch.records == []
    assert [(fault.kind, fault.params["what"]) for fault in batch.faults] == [
        ("medline-text", what)
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"PMID- 1\n",
        b"\n\nPMID- 1\n",
        b"<pre>\nPMID- 1\n",
        b"Search of May 2023\n\nPMID- 1\n",
        b"pmid- 1\n",
        b"  PMID - 1\n",
        b"OWN - ERIC\nTI  - Tea\n",
        b"PMC - PMC1\nPMID- 1\n",
        b"STAT- MEDLINE\n",
        b"Here it is: PMID- 1 OWN - NLM\n",
    ],
)
def test_what_may_be_medline_is_read(data: bytes) -> None:
    assert kind_of(data) is None
    assert len(read(Chunk(data, 1, is_first=True, is_last=True)).records) == 1


@pytest.mark.parametrize("data", [b"", b"\n\n", b" \r\n", b"\xef\xbb\xbf"])
def test_a_file_without_text_is_empty(data: bytes) -> None:
    batch = read(Chunk(data, 1, is_first=True, is_last=True))
    assert (batch.records, [f.kind for f in batch.faults]) == ([], ["file-has-records"])


def test_only_the_first_chunk_of_a_file_can_be_refused() -> None:
    batch = read(Chunk(b"a note\n\nPMID- 1\n", 900, is_first=False, is_last=False))
    assert len(batch.records) == 1
    assert read(Chunk(b"\n", 900, is_first=False, is_last=True))[:2] == ([], [])


@given(st.binary(max_size=300))
def test_any_bytes_are_of_some_kind_or_of_none(data: bytes) -> None:
    kind = kind_of(data)
    assert kind is None or (kind.what and kind.advice)
