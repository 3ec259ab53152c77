"""Fixes: what is mended is right, and nothing else changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mending import chunk, linter, mended, records
from support import RECORD, SHARED, record

from medlint.findings import Edit, Finding, Fix, Place, Severity
from medlint.fixes.fixer import mend
from medlint.records.batch import Chunk
from medlint.records.chunking import chunks
from medlint.records.find import find
from medlint.records.record import Record
from medlint.records.sources import open_source
from medlint.records.tagged import read
from quality.mutations.catalogue import KINDS, Excerpt

#: Fixes of these rules mend the same text in SO.
_IN_SOURCE_TOO = {"DP", "TA", "VI", "IP", "PG", "LID", "AID"}


def test_a_safe_fix_is_made_and_an_unsafe_one_only_on_demand() -> None:
    data = record(LA="en", LID="10.1000/abc. [doi]")
    assert mended(data).data.decode() == data.replace("LA  - en\n", "LA  - eng\n")
    assert "LID - 10.1000/abc [doi]" in mended(data, unsafe=True).data.decode()


def test_a_clean_record_stays_as_it_is() -> None:
    assert mended(RECORD, unsafe=True) == (RECORD.encode(), [], [])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_several_faults_of_a_record_are_mended_together(end: str) -> None:
    good = record().replace("\n", end)
    bad = (
        good.replace("LA  - eng", "LA - EN")
        .replace("AID - ", "AID - https://doi.org/")
        .replace("PG  - 11-19", "PG  - 11\u201319")
        .replace(":11-19.", ":11\u201319.")
        .replace(f"PT  - Journal Article{end}", f"PT  - Journal Article{end}" * 2)
    )
    assert mended(bad).data.decode() == good


def test_a_fix_that_its_check_would_still_find_fault_with_is_not_offered() -> None:
    assert mended("PMID- 1\nIS  - 00284794 (Print)\n", "issn-form").applied == []
    assert mended("PMID- 1\nPG  - 20\u201311\n", "pagination-form").applied == []


def test_a_date_whose_twin_says_otherwise_is_not_padded() -> None:
    twin = "PHST- 2021/10/07 06:00 [pubmed]\n"
    assert mended(f"PMID- 1\nEDAT- 2021/1/07 06:00\n{twin}", "entry-date-form").applied == []
    assert mended(f"PMID- 1\nEDAT- 2021/10/7 06:00\n{twin}", "entry-date-form").applied


def test_source_is_left_alone_where_it_alone_knows_something() -> None:
    data = record(VI=None)
    assert mended(data, "source-agreement", unsafe=True).data.decode() == data


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("J Ex. 2019 Mar 5;21(3):11-19. doi: 10.1000/xyz.31000001. Epub 2019 Mar 1.", None),
        ("J Ex. 2019Mar 5;12(3):11-19. doi:10.1000/xyz.31000001. Epub 2019 Mar 1.", None),
        ("J Ex. 2019 Mar 5;21(3):11-19. doi: 10.1000/xyz.31000001. Epub 2019 Mar 1", None),
    ],
)
def test_source_is_put_together_as_pubmed_does(form: str, expected: str | None) -> None:
    assert mended(record(SO=form), unsafe=True).data.decode() == record()


def test_all_full_names_without_a_comma_are_mended_at_once() -> None:
    names = [f"Name{letter}" for letter in "abcdefghijklmnopqrst"]
    lines = "".join(f"FAU - {name}\nAU  - {name} J\n" for name in names)
    done = mended(f"PMID- 31000001\n{lines}", "author-short-name", unsafe=True)
    assert [r.values("FAU") for r in records(done.data)] == [[f"{name}, J" for name in names]]
    assert len(done.applied) == 1


def test_a_record_without_line_breaks_is_laid_out_again() -> None:
    text = " ".join(line.strip() for line in record().replace("  - ", " - ").split("\n"))
    done = mended(text.strip(), "record-line-breaks", "newline-at-end-of-file", unsafe=True)
    assert records(done.data) == records(record())


def test_records_without_line_breaks_on_one_line_are_parted() -> None:
    texts = [record(31000001), record(31000002), record(31000003)]
    line = " ".join(" ".join(text.split()) for text in texts) + "\n"
    done = mended(line, "record-line-breaks", unsafe=True)
    assert records(done.data) == records("\n".join(texts))
    assert done.data.count(b"\n\nPMID- ") == 2


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/seed, a record of PubMed")
def test_the_collapsed_record_of_pubmed_becomes_the_record_of_pubmed() -> None:
    collapsed = (SHARED / "seed" / "37583846-collapsed.txt").read_bytes()
    done = mended(collapsed, unsafe=True)
    assert records(done.data) == records((SHARED / "seed" / "37583846.nbib").read_bytes())
    assert linter()(chunk(done.data)) == []


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        (b"\xef\xbb\xbfPMID- 1\nTI  - A.\n", b"PMID- 1\nTI  - A.\n"),
        ("PMID- 1\nTI  - A.\n".encode("utf-16"), b"PMID- 1\nTI  - A.\n"),
        (b"PMID- 1\r\nTI  - A.\nTT  - B.\r\n", b"PMID- 1\r\nTI  - A.\r\nTT  - B.\r\n"),
        (b"PMID- 1\rTI  - A.\r", b"PMID- 1\nTI  - A.\n"),
        (b"PMID- 1\nSO  - A.", b"PMID- 1\nSO  - A.\n"),
        (b"PMID- 1\r\nSO  - A.", b"PMID- 1\r\nSO  - A.\r\n"),
        (b"PMID- 1\nTI  - A\n      b. \n", b"PMID- 1\nTI  - A\n      b.\n"),
        (b"PMID- 1\nTI  - A   \n      b.\n", b"PMID- 1\nTI  - A \n      b.\n"),
        (b"PMID- 1\n\nTI  - A.\n", b"PMID- 1\nTI  - A.\n"),
        (
            b"PMID- 1\nTI  - A.\n\n\n\nPMID- 2\nTI  - B.\n",
            b"PMID- 1\nTI  - A.\n\nPMID- 2\nTI  - B.\n",
        ),
        (b"PMID- 1\nTI  - A.\nPMID- 2\nTI  - B.\n", b"PMID- 1\nTI  - A.\n\nPMID- 2\nTI  - B.\n"),
        (b"PMID- 1\nTI  - A.\nAB  - \nSO  - B.\n", b"PMID- 1\nTI  - A.\nSO  - B.\n"),
        (b"  PMID- 1\n  TI  - A\n        b.\n", b"PMID- 1\nTI  - A\n      b.\n"),
        (b"PMID- 1\nTI  - A\tb.\n", b"PMID- 1\nTI  - A b.\n"),
        (b"OWN - NLM\nPMID- 1\nTI  - A.\n", b"PMID- 1\nOWN - NLM\nTI  - A.\n"),
    ],
)
def test_layout_is_mended(bad: bytes, good: bytes) -> None:
    names = [rule for rule in _LAYOUT if rule]
    done = mended(bad, *names)
    assert done.data == good
    assert done.left == []


_LAYOUT = (
    *("no-byte-order-mark", "utf-8-not-utf-16", "same-line-ends", "no-lone-carriage-return"),
    *("newline-at-end-of-file", "blank-line-before-record", "no-blank-line-in-record"),
    *("one-blank-line-between-records", "tag-line-form", "continuation-indent", "pmid-first"),
    *("no-tabs-in-values", "field-has-value", "no-trailing-blanks"),
)


def test_an_empty_field_that_shows_a_loss_stays() -> None:
    data = b"PMID- 1\nTI  - \nSO  - B.\n"
    assert mended(data, "field-has-value").data == data


def test_fixes_that_undo_each_other_end_and_are_told() -> None:
    def lint(piece: Chunk) -> list[Finding]:
        old, new = ("a", "b") if b"- a" in piece.data else ("b", "a")
        place = Place(2, 7, 2, 8)
        fix = Fix(f"Write '{new}'.", True, (Edit(place, new),))
        return [Finding("X001", old, Severity.ERROR, "", "", place, fix=fix)]

    done = mend(chunk("PMID- 1\nTI  - a\n"), lint, unsafe=False)
    assert [finding.name for finding in done.left] != []


def test_of_fixes_at_one_place_one_is_made_and_the_other_told_if_it_stays_wrong() -> None:
    def lint(piece: Chunk) -> list[Finding]:
        place = Place(1, 1, 1, 3)
        edits = (Edit(place, "x"), Edit(place, "y"))
        fix = Fix("Write both.", True, edits)
        return [Finding("X001", "both", Severity.ERROR, "", "", place, fix=fix)]

    done = mend(chunk("ab\n"), lint, unsafe=False)
    assert (done.data, done.applied, len(done.left)) == (b"ab\n", [], 1)


#: What the title of a fix says when it makes another tag.
_NEW_TAG = re.compile("(?:Add '|Write )([A-Z]{2,4})(?: *-| in place)")


def _changed(old: Record, new: Record) -> set[str]:
    return {tag for tag in {*old.fields, *new.fields} if old.fields.get(tag) != new.fields.get(tag)}


def _kinds(findings: Iterable[Finding]) -> Counter[tuple[str, str | None]]:
    return Counter((finding.code, finding.pmid) for finding in findings)


def assert_sound(piece: Chunk, *, unsafe: bool) -> int:
    """Assert what holds for every fix; return how many were made."""
    lint = linter()
    before = lint(piece)
    done = mend(piece, lint, unsafe=unsafe)
    again = piece._replace(data=done.data)
    after = lint(again)
    assert done.left == []
    assert [f for f in after if f.fix and (unsafe or f.fix.is_safe)] == []
    assert mend(again, lint, unsafe=unsafe).data == done.data
    if not unsafe:  # of two fields that differ, an unsafe fix may follow the wrong one
        assert not _kinds(after) - _kinds(before)
    if not any(f.name in ("record-line-breaks", "blank-line-before-record") for f in done.applied):
        reported: dict[str | None, set[str | None]] = {}
        for finding in done.applied:
            added = _NEW_TAG.match(finding.fix.title if finding.fix else "")
            reported.setdefault(finding.pmid, set()).update({finding.tag, added and added[1]})
        for old, new in zip(read(piece).records, read(again).records, strict=True):
            tags = reported.get(old.pmid, set()) | reported.get(new.pmid, set())
            assert _changed(old, new) <= tags | ({"SO"} if tags & _IN_SOURCE_TOO else set())
    return len(done.applied)


#: Kinds of defects whose mending shows another one, since the value is another one in itself, too:
#: "de" for "eng", say.
_DOUBLE = ("LA: ", "a word that is not in its list")


def _mutants(draw: Random, texts: list[str]) -> Iterator[bytes]:
    for kind in KINDS:
        if kind.is_of_journal or kind.title.startswith(_DOUBLE):
            continue
        before, spoilt, after = draw.sample(texts, 3)
        mutant = kind.make(Excerpt(before, spoilt, after), draw)
        if mutant is not None:
            yield mutant.data


@pytest.mark.parametrize("unsafe", [False, True])
def test_fixes_of_invented_records_are_sound_whatever_is_wrong(unsafe: bool) -> None:
    texts = [record(31000000 + n) for n in range(4)]
    made = sum(assert_sound(chunk(data), unsafe=unsafe) for data in _mutants(Random(1), texts))
    assert made > 50


@given(st.data())
def test_safe_fixes_keep_all_that_they_do_not_report(data: st.DataObject) -> None:
    lines = RECORD.split("\n")
    spoil = st.sampled_from(
        [
            lambda line: line + " ",
            lambda line: line.replace("  - ", " - "),
            lambda line: "\t" + line.strip() if line.startswith(" ") else line,
            lambda line: f"{line}\n{line}" if line.startswith(("PT", "AID", "OT  ")) else line,
            lambda line: line.replace("10.1000", "doi:10.1000") if line.startswith("LID") else line,
            lambda line: line.replace("Journal Article", "JOURNAL ARTICLE"),
            lambda line: line.replace("- eng", "- en"),
            lambda line: f"\n{line}" if line.startswith(("TI", "AU", "PG")) else line,
            lambda line: line.replace("1533-4406 (", "15334406 ("),
        ]
    )
    for number in data.draw(st.lists(st.integers(1, len(lines) - 2), max_size=6, unique=True)):
        lines[number] = data.draw(spoil)(lines[number])
    piece = chunk("\n".join(lines))
    assert_sound(piece, unsafe=False)
    assert mended(piece.data).data.decode().split() == RECORD.split()


_PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(RECORD.encode().split(b"\n")).map(lambda line: line + b"\n"),
    st.sampled_from(
        [
            *(
                b"\n",
                b"\r",
                b"\r\n",
                b"\t",
                b"  ",
                b"\xef\xbb\xbf",
                b"PMID- 7 OWN - NLM STAT- Publisher ",
            ),
            *(
                b"PMID- 12\nTI - Tea\n",
                b"\nPMID- 3\n",
                b"AB  - \n",
                b"   more \n",
                b"AU  - Doe J\n",
            ),
            *(
                b"LA  - ENG\n",
                b"SO  - J Ex. 2019Mar 5;12(03):11\xe2\x80\x9319",
                b"TI  - a &lt; b \n",
            ),
            *(b"<<<<<<< a\n", b"=======\n", b">>>>>>> b\n", b"PHST- 2019/3/6 06:00 [pubmed]\n"),
        ]
    ),
)


@given(st.lists(_PIECES, max_size=12).map(b"".join), st.booleans())
def test_whatever_the_bytes_mending_ends_and_mending_again_changes_nothing(
    data: bytes, unsafe: bool
) -> None:
    done = mended(data, unsafe=unsafe)
    if not done.left:
        assert mended(done.data, unsafe=unsafe).data == done.data


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/corpus, real exports")
@pytest.mark.parametrize("unsafe", [False, True])
def test_fixes_of_real_exports_are_sound(unsafe: bool) -> None:
    for source in find([str(SHARED / "corpus" / "text")])[0]:
        if "importer" in source.name:
            continue  # files that were made wrong on purpose, in several ways at once
        with open_source(source) as stream:
            assert_sound(next(chunks(stream, 60_000)), unsafe=unsafe)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/corpus, real exports")
def test_fixes_of_spoilt_real_records_are_sound() -> None:
    path = next((SHARED / "corpus" / "text").rglob("assets__bibs__pubmed.txt"))
    texts = [f"{text}\n" for text in path.read_text().split("\n\n")[:40]]
    clean = [text for text in texts if not linter()(chunk(text))]
    made = sum(assert_sound(chunk(data), unsafe=False) for data in _mutants(Random(2), clean))
    assert made > 50
