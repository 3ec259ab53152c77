"""differ, packed, sections: what titles, abstracts and keywords must be like."""

from __future__ import annotations

import pytest
from checking import build, faults, is_suspect, read, records
from hypothesis import given
from hypothesis import strategies as st

from medlint.checks.base import RecordCheck

DIFFER = build("differ", tag="AB", **{"from": ["TI", "BTI"]})
PACKED = build("packed", tag="OT")
SECTIONS = build("sections", tag="AB")
CHECKS = [DIFFER, PACKED, SECTIONS]

PIECES = st.sampled_from(
    [
        *(
            "BACKGROUND: ",
            "METHODS: ",
            "RESULTS: ",
            "RESULTS:",
            "Tea. ",
            "tea",
            " ",
            ", ",
            ",",
            "; ",
        ),
        *(
            " / ",
            ". ",
            "[",
            "]",
            ".",
            "Sleep",
            "Tea and sleep",
            "(n = 2) ",
            "DNA: ",
            "|",
            " • ",
            "&lt;",
        ),
    ]
)
VALUES = st.lists(PIECES, min_size=1, max_size=8).map("".join).map(str.strip).filter(bool)
FIELDS = st.lists(st.tuples(st.sampled_from(["TI", "AB", "OT", "BTI"]), VALUES), max_size=4)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: type(check).__name__)
@given(fields=FIELDS)
def test_the_sieve_keeps_just_the_records_with_a_fault(
    check: RecordCheck, fields: list[tuple[str, str]]
) -> None:
    text = "PMID- 1\n" + "".join(f"{tag:<4}- {value}\n" for tag, value in fields)
    for record in records(text):
        assert is_suspect(check, record) == bool(list(check.faults(record)))


@pytest.mark.parametrize(
    ("title", "abstract", "is_same"),
    [
        ("Tea and sleep.", "Tea and sleep", True),
        ("Tea and sleep.", "Tea and sleep?", True),
        ("Tea and sleep.", "Tea and sleep go together.", False),
        ("Tea.", "Tea.", False),
    ],
)
def test_values_that_differ(title: str, abstract: str, is_same: bool) -> None:
    found = faults(DIFFER, f"PMID- 1\nTI  - {title}\nAB  - {abstract}\n")
    assert [fault.params["other"] for fault in found] == (["TI"] if is_same else [])


@pytest.mark.parametrize(
    ("keywords", "packed"),
    [
        (["tea; sleep"], [1]),
        (["mice", "tea; sleep"], [2]),
        (["tea, sleep, mice"], [1]),
        (["tea,sleep,mice"], [1]),
        (["*tea, *sleep, *mice"], [1]),
        (["Tea. Sleep. Mice."], [1]),
        (["tea / sleep / mice"], [1]),
        (["tea • sleep"], [1]),
        (["mice", "tea, sleep, rats, cats, dogs"], [2]),
        (["renal insufficiency, chronic"], []),
        (["mice", "MELAS, encephalomyopathy, acidosis, and stroke"], []),
        (["PET/CT"], []),
        (["1,2,3,4-tetrahydronaphthalene"], []),
        (["R&amp;D"], []),
        (["tea;"], []),
    ],
)
def test_keywords_that_are_lists(keywords: list[str], packed: list[int]) -> None:
    text = "PMID- 1\n" + "".join(f"OT  - {keyword}\n" for keyword in keywords)
    assert [fault.occurrence for fault in faults(PACKED, text)] == packed


@pytest.mark.parametrize(
    ("abstract", "says"),
    [
        ("BACKGROUND: Tea. METHODS: RESULTS: We slept.", "METHODS has no text"),
        ("RESULTS: We slept. CONCLUSIONS:", "CONCLUSIONS has no text"),
        ("METHODS: Tea. RESULTS: Sleep. RESULTS: Sleep.", "RESULTS stands twice"),
        ("CASE: Tea. CASE: Sleep.", ""),
        ("METHODS: We gave DNA: 5 mg. RESULTS: The ratio (95% CI: 1-2) and CI: 3.", ""),
        ("We slept. RESULTS: RESULTS: This is no structured abstract.", ""),
    ],
)
def test_sections(abstract: str, says: str) -> None:
    found = faults(SECTIONS, f"PMID- 1\nAB  - {abstract}\n")
    assert [f"{fault.params['label']} {fault.params['reason']}" for fault in found] == (
        [says] if says else []
    )
    assert is_suspect(SECTIONS, read(f"PMID- 1\nAB  - {abstract}\n")) == bool(says)
