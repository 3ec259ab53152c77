"""No value makes a check fail: whatever stands in a field, the default rules judge it calmly."""

from __future__ import annotations

import datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint.findings import Finding
from medlint.records.tags import TAGS
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.select import Selection, select
from medlint.run import Plan, Run

#: One value for each tag, as PubMed writes it; tags that are not named have a link to an article.
SAMPLE = """\
PMID- 31000001
OWN - NLM
STAT- MEDLINE
DRDT- 2020/01/10
CTDT- 2019/03/01
UI  - 31000001
DA  - 20190306
DCOM- 20191201
LR  - 20200110
PUBM- Print-Electronic
IS  - 0028-4793 (Linking)
ISBN- 9780306406157
VI  - 12
IP  - 3
PB  - Tea House Press
CTI - Teas
DP  - 2019 Mar 5
TI  - Tea and sleep in a large cohort.
BTI - Tea
VTI - Tea
CP  - 3
EN  - 2nd
PG  - 11-19
LID - 10.1000/xyz.123 [doi]
CI  - (c) 2019.
AB  - BACKGROUND: Tea. METHODS: We drank (n = 9) cups.
FED - Doe, Jane
ED  - Doe J
FAU - Example, Anna B
AU  - Example AB
AUID- ORCID: 0000-0002-1825-0097
AD  - Tea House, London, UK. a.b@example.org
CN  - Tea Study Group
LA  - eng
SI  - ClinicalTrials.gov/NCT00000001
GR  - R01 HL000001/HL/NHLBI NIH HHS/United States
PT  - Journal Article
TT  - Tee.
DEP - 20190301
PL  - United States
TA  - J Ex
JT  - Journal of examples
JID - 0255562
SB  - IM
GS  - tea
RN  - EC 3.1.1.4 (Water)
NM  - Water
MH  - Tea/*chemistry
RF  - 12
FPS - Roe, Ann
PS  - Roe A
PMC - PMC6000001
MID - NIHMS1000001
OID - NLM: PMC6000001
OAB - Publisher: Tee.
OABL- ger
OCI - (c) 2019.
OTO - NOTNLM
OT  - examples
SFM - Flight Experiment
GN  - NLM: a note
COIS- None.
FIR - Poe, Max
IR  - Poe M
IRAD- Tea House, London.
EDAT- 2019/03/06 06:00
MHDA- 2019/03/06 06:01
CRDT- 2019/03/06 06:00
PMCR- 2019/09/06 00:00
CDAT- 2019/03/06
PHST- 2019/01/02 00:00 [accepted]
AID - 10.1000/xyz.123 [doi]
PST - ppublish
SO  - J Ex. 2019 Mar 5;12(3):11-19. doi: 10.1000/xyz.123. Epub 2019 Mar 1.
"""
VALUES = {line[:4].rstrip(): line[6:] for line in SAMPLE.splitlines()}
#: Tags of which each makes a record one of a book, or stands in those alone.
_OF_BOOKS = frozenset({"BTI", "CTI", "VTI", "CP", "EN", "PB", "ISBN", "DRDT", "CTDT", "CDAT"})
_LINK = "J Tea. 2018 Mar;11(3):1-9. doi: 10.1000/abc.1. PMID: 30000001"


@cache
def _plan() -> Plan:
    rulebook = load_rulebook()
    return Plan.uniform(rulebook, select(rulebook.rules, Selection()), datetime.date(2026, 1, 1))


def findings(text: str) -> list[Finding]:
    return list(Run(_plan()).findings_in("text", text.encode("utf-8", "surrogatepass")))


def _records(tag: str, values: list[str]) -> str:
    """Records of articles that have every tag, each with one of *values* in *tag*; of books, where
    *tag* is one of theirs."""
    tags = [name for name in TAGS if name not in _OF_BOOKS or tag in _OF_BOOKS]
    texts = []
    for number, value in enumerate(values):
        fields = {name: VALUES.get(name, _LINK) for name in tags}
        fields["PMID"] = str(31000001 + number)
        fields[tag] = value
        texts.append("".join(f"{name:<4}- {text}\n" for name, text in fields.items()))
    return "\n".join(texts)


_SIGNS = st.one_of(st.characters(exclude_categories=()), st.sampled_from("0a-/.:;,()[]?* Ж٣²\t"))


@st.composite
def _damaged(draw: st.DrawFn, value: str) -> str:
    """*value* with a few characters lost, added, changed or exchanged."""
    letters = list(value)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(letters)))
        new = draw(st.lists(_SIGNS, max_size=2))
        letters[at : at + draw(st.integers(0, 2))] = new
    return "".join(letters)


@pytest.mark.parametrize("tag", TAGS)
@settings(max_examples=8)
@given(data=st.data())
def test_no_check_fails_on_any_value_of_a_field(tag: str, data: st.DataObject) -> None:
    value = VALUES.get(tag, _LINK)
    some = st.one_of(st.text(_SIGNS, max_size=40), _damaged(value), st.just(value * 500))
    findings(_records(tag, data.draw(st.lists(some, min_size=1, max_size=6))))


_DAMAGED_DATES = (
    *("2019-03-06", "2019a03/06", "2019/3/6", "201903/06", "2019/0306", "20190a06", "0000", "-"),
    *("2019/00/06 06:00", "2019-13-45", "2019/03/6x", "٢٠١٩/03/06", "²019/03/06", "9999/99/99"),
    *("2019 Mar 45", "2019 Mar 0", "0000 Mar 1", "2019-00-00", "-2019/03/06", "2019/00", "2019-"),
    *("2019-00-06", "2019 Feb 29", "20190006", "2019/00/06", "0000/00/00", "00010101", "99991231"),
)


@pytest.mark.parametrize("tag", ["CRDT", "EDAT", "MHDA", "DEP", "DP", "PHST", "LR", "DCOM", "PMCR"])
def test_no_check_fails_on_a_damaged_date(tag: str) -> None:
    for ending in ("", " 06:00", " 06:00 [entrez]", " [entrez]"):
        findings(_records(tag, [date + ending for date in _DAMAGED_DATES]))
