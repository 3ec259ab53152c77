"""Fixes add no fact and lose none: where the right value is not plain, nothing is offered."""

from __future__ import annotations

import pytest
from mending import linter, mended
from support import record

from medlint.records.batch import Chunk

PERSON = "PMID- 1\nFAU - Doe, Jane\nAU  - Doe J\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0000-0002-1825-0097", "ORCID: 0000-0002-1825-0097"),
        ("0000-0001-2103-2683", None),
        ("https://orcid.org/0000-0001-2103-2683", "ORCID: 0000-0001-2103-2683"),
    ],
)
def test_a_bare_number_becomes_an_orcid_id_only_if_it_is_kept_for_them(
    value: str, expected: str | None
) -> None:
    done = mended(f"{PERSON}AUID- {value}\n", "orcid-form").data.decode()
    assert done == f"{PERSON}AUID- {expected or value}\n"


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("EDAT- 2019/03/02 06:00:{}", "entry-date-form"),
        ("PHST- 2018-09-01T11:12:{} [received]", "history-date-form"),
    ],
)
def test_seconds_are_taken_away_only_where_they_say_nothing(line: str, rule: str) -> None:
    kept = f"PMID- 1\n{line.format('13')}\n"
    assert mended(kept, rule).data.decode() == kept
    assert mended(f"PMID- 1\n{line.format('00')}\n", rule).applied


@pytest.mark.parametrize(
    "change",
    [
        {"PG": "7-Mar"},
        {"VI": "12(3)"},
        {"VI": "Vol. 13"},
        {"DP": "2019 Mra 5"},
        {"TA": "RRev Ex"},
        {"LID": "10.1000/xyz–1 [doi]", "VI": "13"},
    ],
)
def test_source_is_not_put_together_from_a_part_that_is_wrong_in_itself(
    change: dict[str, str],
) -> None:
    data = record(**change)
    assert "SO" not in {f.tag for f in mended(data, "source-agreement", unsafe=True).applied}


def test_source_is_put_together_from_parts_that_are_right() -> None:
    for change in ({"VI": "13"}, {"PG": "20-8"}, {"DP": "2019 Apr"}, {"TA": "J Exam"}):
        [finding] = mended(record(**change), "source-agreement", unsafe=True).applied
        assert finding.tag == "SO"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10.1000/xyz.1[doi]", "10.1000/xyz.1 [doi]"),
        ("10.1000/xyz.1 [doi", "10.1000/xyz.1 [doi]"),
        ("doi:10.1000/xyz.1", "10.1000/xyz.1 [doi]"),
        ("S0140-6736(19)30000-1[pii]", "S0140-6736(19)30000-1 [pii]"),
        ("10.1000/xyz.1[3]", None),
        ("10.1000/xyz", "10.1000/xyz [doi]"),
    ],
)
def test_the_type_of_an_identifier_is_written_once(value: str, expected: str | None) -> None:
    data = f"PMID- 1\nAID - {value}\n"
    done = mended(data, "article-id-form", unsafe=True).data.decode()
    assert done == f"PMID- 1\nAID - {expected or value}\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("doi: https://doi.org/10.1000/xyz.1", "10.1000/xyz.1"),
        ("DOI 10.1000/xyz.1", "10.1000/xyz.1"),
        ("https://doi.org/10.1000%2Fxyz%281%29", "10.1000/xyz(1)"),
        ("doi:10.1000/xyz%281", "10.1000/xyz%281"),
        ("https://doi.org/10.1000/xyz?via=page", None),
        ("https://doi.org/10.1000/xyz#page", None),
        ("https://doi.org/10.1000/xyz%FF", None),
        ("https://doi.org/about", None),
    ],
)
def test_the_address_goes_from_a_doi_as_a_whole_or_not_at_all(
    value: str, expected: str | None
) -> None:
    done = mended(f"PMID- 1\nLID - {value} [doi]\n", "doi-without-resolver").data.decode()
    assert done == f"PMID- 1\nLID - {expected or value} [doi]\n"


def test_a_field_without_its_hyphen_gets_it_back_and_is_no_text_of_the_one_above() -> None:
    data = "PMID- 1\nMH  - Adult\nMH    *Tea\n"
    expected = "PMID- 1\nMH  - Adult\nMH  - *Tea\n"
    assert mended(data, "wrapped-text-is-indented", unsafe=True).data.decode() == expected


def test_text_that_may_begin_with_a_tag_is_left_alone() -> None:
    data = "PMID- 1\nTI  - Tea and\nAD in old age.\n"
    assert mended(data, "wrapped-text-is-indented", unsafe=True).data.decode() == data


def test_text_without_indent_is_indented() -> None:
    data = "PMID- 1\nTI  - Tea\nADHD and sleep.\n"
    done = mended(data, "wrapped-text-is-indented", unsafe=True).data.decode()
    assert done == "PMID- 1\nTI  - Tea\n      ADHD and sleep.\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Gon\xa7alves", None),
        (b"Gon\xe7alves", "Gonçalves"),
        (b"Gon\xc3alves", None),
        (b"Jo\xe3o don\x92t", "João don’t"),
        (b"Kr\x9aek", "Kršek"),
        (b"5 \xb5g", "5 µg"),
    ],
)
def test_half_a_letter_is_not_read_in_another_encoding(data: bytes, expected: str | None) -> None:
    raw = b"PMID- 1\nTI  - " + data + b".\n"
    done = mended(raw, "valid-utf-8", unsafe=True).data
    assert done == (f"PMID- 1\nTI  - {expected}.\n".encode() if expected else raw)


@pytest.mark.parametrize("end", [b"\x0a", b"\x00\xd8\x0a\x00"])
def test_utf_16_that_cannot_be_read_as_a_whole_has_no_fix(end: bytes) -> None:
    data = "\ufeffPMID- 1\nTI  - Tea.".encode("utf-16-le")
    lint = linter("utf-8-not-utf-16")
    [broken] = lint(Chunk(data + end, 1, is_first=True, is_last=True))
    assert broken.fix is None
    [whole] = lint(Chunk(data, 1, is_first=True, is_last=True))
    assert whole.fix


def test_an_identifier_that_stands_twice_goes_only_where_it_is_of_the_same_person() -> None:
    line = "AUID- ORCID: 0000-0002-1825-0097\n"
    other = "FAU - Roe, Richard\nAU  - Roe R\n"
    assert mended(PERSON + line + line, "orcid-once").data.decode() == PERSON + line
    data = PERSON + line + other + line
    assert mended(data, "orcid-once").data.decode() == data


def test_two_lines_that_a_safe_fix_makes_equal_become_one() -> None:
    data = "PMID- 1\nIS  - 2434-561x (linking)\nIS  - 2434-561X (Linking)\n"
    done = mended(data, "issn-form", "issn-one-per-type").data.decode()
    assert done == "PMID- 1\nIS  - 2434-561X (Linking)\n"


def test_a_date_whose_source_says_otherwise_is_not_written_anew() -> None:
    data = record(DP="2019-03-1")
    assert mended(data, "publication-date-form").applied == []
    assert mended(record(DP="2019-03-5"), "publication-date-form").applied


@pytest.mark.parametrize(
    "below", ["AU  -\n", "UA  - Roe R\n", "AU Roe R\n", "AU  - Roe R\nFAU - Poe\n"]
)
def test_no_short_name_is_added_where_it_may_be_there_or_the_full_one_is_not_plain(
    below: str,
) -> None:
    data = f"{PERSON}FAU - Roe, Richard\n{below}"
    done = mended(data, "author-names-paired", unsafe=True).data.decode()
    assert done == data


def test_the_short_name_stands_below_a_full_name_and_above_its_affiliation() -> None:
    data = f"{PERSON}FAU - Garcia, Glenn E Jr\nAD  - Tea House, London.\n"
    done = mended(data, "author-names-paired", unsafe=True).data.decode()
    assert done == data.replace("E Jr\n", "E Jr\nAU  - Garcia GE Jr\n")
    assert mended(data, "author-names-paired").applied == []
