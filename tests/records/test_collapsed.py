from __future__ import annotations

import re
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.batch import Batch, Chunk
from medlint.records.record import Record
from medlint.records.tagged import read

Lose = Callable[[str], str]

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "text"

RECORD = """\
PMID- {pmid}
OWN - NLM
STAT- MEDLINE
DCOM- 20230105
LR  - 20230206
IS  - 1533-4406 (Electronic)
IS  - 0028-4793 (Linking)
VI  - 11
IP  - 2
DP  - 2023 Jan 2
TI  - {title}
PG  - 1-9
LID - 10.1000/tea.{pmid} [doi]
AB  - {abstract}
{copyright}FAU - Doe, Jane
AU  - Doe J
AUID- ORCID: 0000-0002-1825-0097
AD  - Department of Tea, University of Leeds, Leeds, UK. j.doe@example.org.
FAU - Roe, Max 3rd
AU  - Roe M 3rd
AD  - Institute of Sleep, Oslo, Norway.
CN  - Tea and Sleep Group
LA  - eng
SI  - ClinicalTrials.gov/NCT00000001
GR  - R01 HL000001/HL/NHLBI NIH HHS/United States
PT  - Journal Article
PT  - Research Support, N.I.H., Extramural
DEP - 20221231
PL  - England
TA  - J Tea
JT  - Journal of tea
JID - 1234567
RN  - 3G6A5W338E (Caffeine)
SB  - IM
CIN - J Tea. 2023 Feb;1(3):10. PMID: 31000009
MH  - *Tea/adverse effects
MH  - Sleep
PMC - PMC1234567
OTO - NOTNLM
OT  - tea
OT  - sleep onset
COIS- The authors declare no conflict.
EDAT- 2023/01/03 06:00
MHDA- 2023/01/06 06:00
CRDT- 2023/01/02 05:00
PHST- 2022/06/01 00:00 [received]
PHST- 2022/12/01 00:00 [accepted]
AID - 10.1000/tea.{pmid} [doi]
PST - ppublish
SO  - J Tea. 2023 Jan 2;11(2):1-9. doi: 10.1000/tea.{pmid}.
"""
COPYRIGHT = "CI  - (c) 2023 The Authors.\n"
ABSTRACT = "BACKGROUND: Tea is common. METHODS: We asked. RESULTS: Nobody slept."


def record(
    pmid: str = "31000001",
    abstract: str = ABSTRACT,
    title: str = "Tea and sleep.",
    *,
    notice: str = COPYRIGHT,
) -> str:
    return RECORD.format(pmid=pmid, abstract=abstract, title=title, copyright=notice)


def read_text(text: str) -> Batch:
    return read(Chunk(text.encode(), 1, is_first=True, is_last=True))


def strict(text: str) -> Record:
    batch = read_text(text)
    assert batch.faults == []
    return batch.records[0]


def fold(text: str) -> str:
    """As a browser shows it: each stretch of white space is one blank."""
    return " ".join(text.split())


def keep(text: str) -> str:
    """As a line edit field takes it: only the line ends go."""
    return text.rstrip("\n").replace("\n", " ")


def rewrap(text: str) -> str:
    return "\n".join(textwrap.wrap(fold(text), 70, break_long_words=False, break_on_hyphens=False))


WAYS = pytest.mark.parametrize("lose", [fold, keep, rewrap])


@WAYS
def test_a_record_without_its_line_breaks_is_read_as_it_was(lose: Lose) -> None:
    batch = read_text(lose(record()) + "\n")
    assert [fault.kind for fault in batch.faults] == ["record-line-breaks"]
    assert batch.records == [strict(record())]
    assert batch.faults[0].place.line == 1


@WAYS
@pytest.mark.parametrize("separator", ["\n", "\n\n", " "])
def test_a_file_may_hold_many(lose: Lose, separator: str) -> None:
    pmids = ["31000001", "31000002", "31000003"]
    batch = read_text(separator.join(lose(record(pmid)) for pmid in pmids) + "\n")
    assert [r.pmid for r in batch.records] == pmids
    assert [fault.kind for fault in batch.faults] == ["record-line-breaks"] * 3
    assert [r.sequence for r in batch.records] == [strict(record(p)).sequence for p in pmids]


def test_a_collapsed_record_among_good_ones_leaves_them_alone() -> None:
    good, other = record("31000001"), record("31000003")
    batch = read_text(f"{good}\n{fold(record('31000002'))}\n\n{other}")
    assert [r.pmid for r in batch.records] == ["31000001", "31000002", "31000003"]
    assert [(f.kind, f.place.line) for f in batch.faults] == [
        ("record-line-breaks", good.count("\n") + 2)
    ]
    assert batch.records[2].layout.fields[0].line == good.count("\n") + 4


def test_a_record_of_which_only_the_pmid_stands_alone_is_found() -> None:
    pmid, rest = record().split("\n", 1)
    batch = read_text(f"{pmid}\n{fold(rest)}\n")
    assert [fault.kind for fault in batch.faults] == ["record-line-breaks"]
    assert batch.records == [strict(record())]


def test_some_lost_line_breaks_are_enough() -> None:
    batch = read_text(record().replace("\nMHDA-", " MHDA-").replace("\nCRDT-", " CRDT-"))
    mhda = record()[: record().index(" 06:00\nMHDA-")].count("\n") + 1
    assert [(f.kind, f.place.line, f.params) for f in batch.faults] == [
        ("record-line-breaks", mhda, {"fields": "2 fields"})
    ]
    assert batch.records == [strict(record())]


@pytest.mark.parametrize("tag", ["TI  ", "JT  ", "JID ", "AU  ", "STAT", "EDAT", "SO  "])
def test_one_lost_line_break_is_found(tag: str) -> None:
    batch = read_text(record().replace(f"\n{tag}- ", f" {tag}- ", 1))
    assert [(f.kind, f.params) for f in batch.faults] == [
        ("record-line-breaks", {"fields": "1 field"})
    ]
    assert batch.records == [strict(record())]


@pytest.mark.parametrize("tag", re.findall(r"^([A-Z]{2,4})\s*- ", record(), re.MULTILINE)[1:])
def test_one_lost_line_break_without_a_blank_is_found_at_the_tag(tag: str) -> None:
    text = record().replace(f"\n{tag:<4}- ", f"{tag:<4}- ", 1)
    start = text.index(f"{tag:<4}- ", text.index("- ") + 2)
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    batch = read_text(text)
    assert [(f.kind, f.place) for f in batch.faults] == [
        ("record-line-breaks", (line, column, line, column + len(tag)))
    ]
    assert batch.records == [strict(record())]


def test_a_record_without_line_breaks_and_blanks_is_read_as_it_was() -> None:
    for text in (record().replace("\n", ""), "".join(record().split("\n")) + "\n"):
        batch = read_text(text)
        assert [fault.kind for fault in batch.faults] == ["record-line-breaks"]
        assert batch.records == [strict(record())]


def test_a_record_glued_to_the_one_above_has_one_fault() -> None:
    batch = read_text(record().rstrip("\n") + record("31000002"))
    assert [fault.kind for fault in batch.faults] == ["record-line-breaks"]
    assert [r.pmid for r in batch.records] == ["31000001", "31000002"]


def test_doubled_blanks_of_a_lost_wrap_become_one() -> None:
    wrapped = record(abstract=ABSTRACT.replace(" METHODS", " \n      METHODS"))
    collapsed = re.sub(r"\n *", " ", wrapped)
    assert "  METHODS" in collapsed
    assert read_text(collapsed + "\n").records == [strict(record())]


@pytest.mark.parametrize(
    "abstract",
    [
        "The MID - minimal important difference - was 3. CIN - cervical neoplasia.",
        "JAK- and STAT- signalling; SPIN- echo; a VALID - and SOLID - PROTEIN - assay.",
        "PST - primary. AID - artificial. PMC - partial. LID - eyelid. DEP - deprivation.",
    ],
)
def test_text_that_looks_like_a_padded_tag_is_no_field(abstract: str) -> None:
    batch = read_text(record(abstract=abstract))
    assert batch.faults == []
    assert batch.records[0].first("AB") == abstract


def test_places_point_into_the_one_line() -> None:
    text = fold(record())
    batch = read_text(text + "\n")
    assert batch.faults[0].place == (1, 1, 1, len(text) + 1)
    for field in batch.records[0].layout.fields:
        assert text[field.column - 1 :].startswith(field.tag)
        line, start, _, end = field.place()
        assert (line, text[start - 1 : end - 1]) == (1, field.value)


def test_text_before_the_record_is_said() -> None:
    batch = read_text(f"Here is the record: {fold(record())}\n")
    assert [f.kind for f in batch.faults] == ["no-text-outside-records", "record-line-breaks"]
    assert batch.records == [strict(record())]


TRAPS = [
    "The risk fell (95% CI - 1.2 to 3.4) in adults.",
    "Patients with AD - Alzheimer disease - and PD were seen. OT - occupational therapy - helped.",
    "PT - physiotherapy - too. IS - ischaemic stroke. VI - volume index. IP - in person.",
    "T2DM - type 2 diabetes. DNA - methylation. CI - confidence interval; CI - 3 to 4.",
    "We compared SO - standard oil. PMC - partial motor. TI - time interval. LA - left atrium.",
    "ED - emergency department, GN - glomerulonephritis. MH - mental health. RN - nurse.",
    "Seen in 2023. DP - diastolic pressure. SB - sedentary behaviour. PL - placebo. OAB - bladder.",
]


@WAYS
@pytest.mark.parametrize("abstract", TRAPS)
@pytest.mark.parametrize("notice", [COPYRIGHT, ""])
def test_abbreviations_in_the_abstract_are_no_fields(
    lose: Lose, abstract: str, notice: str
) -> None:
    text = record(abstract=abstract, notice=notice)
    assert read_text(lose(text) + "\n").records[0].sequence == strict(text).sequence


@WAYS
def test_abbreviations_in_the_title_are_no_fields(lose: Lose) -> None:
    text = record(title="Early signs of AD - a review of CI - and tea.")
    assert read_text(lose(text) + "\n").records[0].sequence == strict(text).sequence


def test_the_order_of_older_exports_is_no_obstacle() -> None:
    crdt = "CRDT- 2023/01/02 05:00\n"
    text = record().replace(crdt, f"{crdt}PMCR- 2023/07/01 00:00\n")
    text = text.replace("EDAT-", "IR  - Poe E\nFIR - Poe, Eva\nIR  - Moe A\nFIR - Moe, Ada\nEDAT-")
    assert read_text(fold(text) + "\n").records[0].sequence == strict(text).sequence


SENTENCE = st.lists(
    st.sampled_from(["the", "AD", "CI", "TI", "(95%", "1.2,", "sleep.", "DNA", "-", "T2DM-", "A"]),
    min_size=1,
    max_size=20,
).map(" ".join)


@given(SENTENCE, SENTENCE, st.sampled_from([fold, keep, rewrap]))
def test_whatever_the_text_nothing_of_it_is_lost(title: str, abstract: str, lose: Lose) -> None:
    text = record(abstract=abstract, title=title)
    collapsed = read_text(lose(text) + "\n").records
    assert len(collapsed) == 1
    words = " ".join(f"{tag} - {value}" for tag, value in collapsed[0].sequence).split()
    assert [w.rstrip("-") for w in words if w != "-"] == [
        w.rstrip("-") for w in text.split() if w != "-"
    ]


def test_time_grows_in_a_straight_line() -> None:
    def seconds(count: int) -> float:
        text = " ".join(fold(record(str(31000001 + i))) for i in range(count))
        start = time.perf_counter()
        assert len(read_text(text + "\n").records) == count
        return time.perf_counter() - start

    seconds(10)
    few, many = (min(seconds(count) for _ in range(3)) for count in (100, 400))
    assert many < 12 * max(few, 0.02)


def test_a_line_full_of_tags_takes_no_more_than_seconds() -> None:
    text = "PMID- 1 OWN - NLM AB - " + "CI - x AD - y LA - eng SB - IM " * 3000
    start = time.perf_counter()
    assert len(read_text(text + "\n").records) == 1
    assert time.perf_counter() - start < 10


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real exports is not there")
@pytest.mark.parametrize("lose", [fold, keep])
def test_real_records_are_read_as_they_were(lose: Lose) -> None:
    records = {}
    for path in sorted(CORPUS.rglob("*.nbib")) + sorted(CORPUS.rglob("*mcda*.txt")):
        if "JabRef" not in str(path):
            batch = read(Chunk(path.read_bytes(), 1, is_first=True, is_last=True))
            records.update({r.pmid: r for r in batch.records})
    right = sum(
        _squeezed(read_text(lose("\n".join(r.layout.lines)) + "\n").records) == _squeezed([r])
        for r in records.values()
    )
    assert len(records) > 100
    assert right >= 0.995 * len(records)


def _squeezed(records: list[Record]) -> list[tuple[str, str]]:
    return [(tag, re.sub(r"\s+", " ", value)) for r in records for tag, value in r.sequence]
