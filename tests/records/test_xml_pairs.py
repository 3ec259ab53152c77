"""Text and XML of the same records give the same values, but for what the forms do not share."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from support import SHARED

from medlint.records.reader import read, whole
from medlint.records.record import REGULAR_ABOVE, Record
from medlint.records.tags import TAGS, XML_TAGS

PAIRS = Path(__file__).parent / "pairs"
CORPUS = SHARED / "corpus"

#: What only one of the forms has: XML composes no SO, and text of after 2010 no PUBM, nor ever
#: what stands in `XML_TAGS`.
OF_TEXT, OF_XML = frozenset(("SO",)), frozenset(("PUBM", *XML_TAGS))


@cache
def records(file: Path) -> dict[str | None, Record]:
    return {record.pmid: record for record in read(whole(file.read_bytes())).records}


PAIRED = [
    pytest.param(PAIRS / f"{name}.xml", PAIRS / f"{name}.nbib", pmid, id=f"{name}-{pmid}")
    for name in sorted(file.stem for file in PAIRS.glob("*.xml"))
    for pmid in records(PAIRS / f"{name}.nbib")
]


@pytest.mark.parametrize(("xml", "text", "pmid"), PAIRED)
def test_both_forms_give_the_same_values(xml: Path, text: Path, pmid: str) -> None:
    of_xml, of_text = records(xml)[pmid], records(text)[pmid]
    found = {tag: some for tag, some in of_xml.fields.items() if tag not in OF_XML}
    expected = {tag: some for tag, some in of_text.fields.items() if tag not in OF_TEXT}
    assert found == expected
    assert list(found) == sorted(found, key=list(TAGS).index)
    assert of_xml.dialect == of_text.dialect


@pytest.mark.parametrize(("xml", "text", "pmid"), PAIRED)
def test_both_forms_give_the_same_sequence(xml: Path, text: Path, pmid: str) -> None:
    of_xml, of_text = records(xml)[pmid], records(text)[pmid]
    found = [pair for pair in of_xml.sequence if pair[0] not in OF_XML]
    assert found == [pair for pair in of_text.sequence if pair[0] not in OF_TEXT]


@pytest.mark.parametrize(("xml", "text", "pmid"), PAIRED)
def test_a_regular_record_keeps_its_word(xml: Path, text: Path, pmid: str) -> None:
    record = records(xml)[pmid]
    above = ""
    is_regular = True
    for tag, _ in record.sequence:
        is_regular &= tag not in REGULAR_ABOVE or above in REGULAR_ABOVE[tag]
        above = tag
    assert is_regular or not record.is_regular


def test_there_is_a_pair_for_each_record() -> None:
    for file in PAIRS.glob("*.xml"):
        assert list(records(file)) == list(records(file.with_suffix(".nbib")))


#: What old exports wrote for signs beyond ASCII.
_FOLDS = {"©": "(c)", "–": "-", "—": "-", "≥": ">/=", "≤": "</=", "µ": "mu", "’": "'"}


def _greek(sign: str) -> str:
    name = unicodedata.name(sign, "")
    return name.split()[-1].lower() if name.startswith("GREEK SMALL LETTER") else ""


def folded(tag: str, value: str) -> str:
    """*value* as every generation of the text export could have written it."""
    value = "".join([_FOLDS.get(sign) or _greek(sign) or sign for sign in value])
    value = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode()
    value = re.sub(r"[()\s]", "", value)  # 10(7) for a superscript, blanks at markup
    if tag == "LID":
        value = value.removesuffix("[pii]")
    if tag == "PMCR":
        value = value[:10]
    return value


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real exports is not there")
def test_records_that_the_corpus_has_in_both_forms_agree() -> None:
    folder = "dreamytang+Pubmed_Author_Ranking"
    xml = records(CORPUS / "xml" / folder / "pubmed_result@7122ecb6.xml")
    text = records(CORPUS / "text" / folder / "pubmed_result.txt")
    both = sorted(set(filter(None, xml)) & set(text), key=str)
    assert len(both) == 7
    for pmid in both:
        of_xml, of_text = xml[pmid].fields, text[pmid].fields
        assert set(of_xml) - OF_XML == set(of_text) - OF_TEXT
        for tag in set(of_text) - OF_TEXT:
            found = [folded(tag, value) for value in of_xml[tag]]
            assert found == [folded(tag, value) for value in of_text[tag]], (pmid, tag)
