"""implies, all_or_none, not_among: what one field asks of another."""

from __future__ import annotations

from checking import build, faults, is_suspect, read, records
from hypothesis import given
from hypothesis import strategies as st

from medlint.records.columns import Columns

LINK = "(?:.* )?PMID: ([0-9]+)"
ON_COMMENT = build("implies", tag="PT", values=["Comment", "Reply"], needs=[{"tag": "CON"}])
ON_LINK = build(
    "implies", tag="CON", needs=[{"tag": "PT", "pattern": "(?i:comment)", "name": "Comment"}]
)
ON_TITLE = build(
    "implies", tag="TI", begins=["Erratum:", "Corrigendum"], needs=[{"tag": "EFR"}, {"tag": "CON"}]
)
APART = build("implies", tag="PT", values=["Preprint"], excludes=[{"tag": "VI"}, {"tag": "IP"}])
TOGETHER = build(
    "all_or_none",
    parts=[
        {"tag": "PMCR"},
        {"tag": "PHST", "ending": " [pubmed]", "name": "[pubmed]"},
        {"tag": "PHST", "ending": " [entrez]", "name": "[entrez]"},
    ],
)
NOT_ITSELF = build(
    "not_among",
    of=[{"tag": "CON", "pattern": LINK}, {"tag": "CIN", "pattern": LINK}],
    among={"tag": "PMID"},
)
NOT_TITLE = build("not_among", of=[{"tag": "TI"}], among={"tag": "AB"}, compare_as="letters")
CHECKS = [ON_COMMENT, ON_LINK, ON_TITLE, APART, TOGETHER, NOT_ITSELF, NOT_TITLE]
LINES = st.sampled_from(
    [
        *("PT  - Comment", "PT  - COMMENT", "PT  - Preprint", "PT  - Reply", "PTT - Comment"),
        *("CON - J Tea. 2019. PMID: 31000001", "CON - J Tea. 2019. PMID: 2", "CON - J Tea."),
        *("CIN - PMID: 31000001", "EFR - J Tea.", "VI  - 1", "IP  - 2", "CIN - "),
        *("TI  - Erratum: tea.", "TI  - Errata", "TI  - Tea.", "AB  - TEA.", "TI  - Corrigendum"),
        *("PMCR- 2019/03/01", "PHST- 2019/03/01 [pubmed]", "PHST- 2019/03/02 [entrez]"),
        *("PHST- 2019/03/02 [entrz]", "PHST- [entrez]"),
    ]
)


@given(st.lists(st.lists(LINES, max_size=7), min_size=1, max_size=4))
def test_the_sieve_misses_no_record(batch: list[list[str]]) -> None:
    text = "\n".join("\n".join(["PMID- 31000001", *lines]) + "\n" for lines in batch)
    read_together = records(text)
    columns = Columns(read_together)
    for check in CHECKS:
        faulty = {i for i, record in enumerate(read_together) if list(check.faults(record))}
        assert faulty <= set(check.suspects(columns))


def test_a_value_asks_for_a_tag() -> None:
    (fault,) = faults(ON_COMMENT, "PMID- 1\nPT  - Letter\nPT  - Comment\nPT  - Reply\n")
    assert (fault.tag, fault.occurrence, fault.params) == ("PT", 2, {"missing": "CON"})
    assert faults(ON_COMMENT, "PMID- 1\nPT  - Comment\nCON - J Tea.\n") == []
    assert faults(ON_COMMENT, "PMID- 1\nPT  - Comments\n") == []


def test_a_tag_asks_for_a_value() -> None:
    (fault,) = faults(ON_LINK, "PMID- 1\nPT  - Letter\nCON - J Tea.\n")
    assert (fault.tag, fault.params["missing"]) == ("CON", "Comment")
    assert faults(ON_LINK, "PMID- 1\nPT  - COMMENT\nCON - J Tea.\n") == []


def test_a_beginning_asks_for_one_of_several_tags() -> None:
    assert faults(ON_TITLE, "PMID- 1\nTI  - Erratum: tea.\nCON - J Tea.\n") == []
    (fault,) = faults(ON_TITLE, "PMID- 1\nTI  - Erratum: tea.\n")
    assert fault.params == {"missing": "EFR or CON"}


def test_what_is_missing_may_be_empty_or_misspelt() -> None:
    (fault,) = faults(ON_LINK, "PMID- 1\nPTT - Comment\nCON - J Tea.\n")
    assert ("PT", 0) in fault.also


def test_a_value_rules_out_a_tag() -> None:
    (fault,) = faults(APART, "PMID- 1\nVI  - 12\nPT  - Preprint\n")
    assert (fault.tag, fault.also) == ("PT", (("VI", 1),))
    assert (fault.params["other.tag"], fault.params["other.part"]) == ("VI", "12")
    assert faults(APART, "PMID- 1\nVI  - 12\nPT  - Letter\n") == []


def test_all_or_none() -> None:
    all_three = "PMCR- 2019/03/01\nPHST- 2019 [entrez]\nPHST- 2019 [pubmed]\n"
    assert faults(TOGETHER, f"PMID- 1\n{all_three}") == []
    assert faults(TOGETHER, "PMID- 1\nPHST- 2019 [received]\n") == []
    (fault,) = faults(TOGETHER, "PMID- 1\nPHST- 2019 [received]\nPHST- 2019 [pubmed]\n")
    assert (fault.tag, fault.occurrence) == ("PHST", 2)
    assert fault.params == {"name": "[pubmed]", "missing": "PMCR and [entrez]"}


def test_a_misspelt_label_explains_what_is_missing() -> None:
    text = "PMID- 1\nPMCR- 2019/03/01\nPHST- 2019 [pubmed]\nPHST- 2019 [entrz]\n"
    (fault,) = faults(TOGETHER, text)
    assert ("PHST", 2) in fault.also


def test_a_record_must_not_name_itself() -> None:
    (fault,) = faults(NOT_ITSELF, "PMID- 31\nCIN - J. 2019. PMID: 3\nCIN - J. 2019. PMID: 31\n")
    assert (fault.tag, fault.occurrence, fault.params["part"]) == ("CIN", 2, "31")
    assert not is_suspect(NOT_ITSELF, read("PMID- 31\nCIN - J. 2019. PMID: 312\n"))


def test_values_are_compared_as_asked() -> None:
    assert len(faults(NOT_TITLE, "PMID- 1\nTI  - Tea.\nAB  - TEA.\n")) == 1
    assert faults(NOT_TITLE, "PMID- 1\nTI  - Tea.\nAB  - Tea\n") == []
