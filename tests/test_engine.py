"""The engine: sieves never miss, one defect gives one finding, places are right."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import RECORD, SHARED, record

from medlint.checks import check_class
from medlint.checks.base import Context, RecordCheck
from medlint.engine import Engine
from medlint.findings import Finding
from medlint.records.batch import Chunk
from medlint.records.record import Record
from medlint.records.tagged import read
from medlint.rulebook.load import load_rulebook

AS_OF = date(2026, 1, 1)
BOOK = load_rulebook()
CONTEXT = Context(AS_OF, BOOK.vocabularies)
CHECKS = [
    (rule, check)
    for rule in BOOK.rules
    if isinstance(check := check_class(rule.check_type).build(rule.check, CONTEXT), RecordCheck)
]


def lint(text: str | bytes) -> list[Finding]:
    data = text.encode() if isinstance(text, str) else text
    rules = [rule for rule in BOOK.rules if rule.default]
    return Engine(rules, CONTEXT).lint(read(Chunk(data, 1, is_first=True, is_last=True)))


def test_findings_without_fixes_are_the_same_findings() -> None:
    batch = read(
        Chunk(record(IS="1533-4407 (Electronic)", TI="Tea &lt; milk").encode(), 1, True, True)
    )
    rules = [rule for rule in BOOK.rules if rule.default]
    findings = Engine(rules, CONTEXT).lint(batch)
    assert any(finding.fix for finding in findings)
    without = Engine(rules, CONTEXT, with_fixes=False).lint(batch)
    assert without == [finding._replace(fix=None) for finding in findings]


def judged_without_sieve(records: list[Record]) -> Counter[tuple[str, str | None]]:
    """What every check says of every record, sieves left out."""
    return Counter(
        (rule.code, record.pmid)
        for record in records
        for rule, check in CHECKS
        if record.dialect in rule.dialects
        and record.form in rule.forms
        and all(condition.holds(record) for condition in rule.conditions)
        for _ in check.faults(record)
    )


def sieved(records: list[Record]) -> Counter[tuple[str, str | None]]:
    alone = [rule._replace(silent_after=frozenset(), damage=False) for rule, _ in CHECKS]
    engine = Engine(alone, CONTEXT)
    found: Counter[tuple[str, str | None]] = Counter()
    for finding in engine.lint(read_batch(records)):
        found[finding.code, finding.pmid] += 1
    return found


def read_batch(records: list[Record]):  # type: ignore[no-untyped-def]
    from medlint.records.batch import Batch

    return Batch(records, [])


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Records with characters changed, lines dropped, doubled and swapped."""
    texts = []
    for number in range(draw(st.integers(1, 4))):
        lines = record(31000001 + number).split("\n")
        for _ in range(draw(st.integers(0, 4))):
            at = draw(st.integers(1, len(lines) - 1))
            kind = draw(st.sampled_from(["drop", "double", "swap", "change"]))
            if kind == "drop":
                del lines[at]
            elif kind == "double":
                lines.insert(at, lines[at])
            elif kind == "swap":
                other = draw(st.integers(1, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            elif len(lines[at]) > 7:
                column = draw(st.integers(6, len(lines[at]) - 1))
                sign = draw(st.sampled_from("0129aZ/-.[] é"))
                lines[at] = lines[at][:column] + sign + lines[at][column + 1 :]
        texts.append("\n".join(lines).strip("\n") + "\n")
    return "\n".join(texts)


@given(damaged(), st.sampled_from([0, 30]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_sieves_miss_nothing(text: str, few: int) -> None:
    """Whether the values of a tag are few, so that each check looks at them, or many."""
    records = read(Chunk(text.encode(), 1, is_first=True, is_last=True)).records
    with patch("medlint.sieve._FEW", few):
        assert sieved(records) == judged_without_sieve(records)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/corpus, real exports")
def test_the_sieves_miss_nothing_on_real_records() -> None:
    generator = random.Random(7)
    files = sorted((SHARED / "corpus" / "text").rglob("*.txt"))
    for file in generator.sample(files, 6):
        data = file.read_bytes()
        cut = data.rfind(b"PMID- ", 0, 600_000)
        batch = read(Chunk(data[:cut] if cut > 0 else data, 1, is_first=True, is_last=False))
        assert sieved(batch.records) == judged_without_sieve(batch.records)


def test_a_clean_record_has_no_finding_at_all() -> None:
    assert lint(RECORD) == []


@given(damaged())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_findings_come_in_order_and_point_into_the_text(text: str) -> None:
    findings = lint(text)
    lines = text.split("\n")
    places = [(f.place.line, f.place.column, f.code) for f in findings]
    assert places == sorted(places)
    for finding in findings:
        place = finding.place
        assert 1 <= place.line <= place.end_line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert 1 <= place.end_column <= len(lines[place.end_line - 1]) + 2


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_part_of_a_wrapped_value_is_underlined_where_it_stands(newline: str) -> None:
    text = record(SO="J Ex. 2019 Mar 5;12(3):11-19. doi:").replace(
        "11-19. doi:\n", "11-19. doi:\n      10.1000/xyz.999. Epub 2019 Mar 1.\n"
    )
    (finding,) = [f for f in lint(text.replace("\n", newline)) if f.code == "ML401"]
    line = text.split("\n").index("      10.1000/xyz.999. Epub 2019 Mar 1.") + 1
    assert finding.tag == "SO"
    assert finding.place == (line, 7, line, 7 + len("10.1000/xyz.999"))


def test_one_batch_or_many_gives_the_same() -> None:
    texts = [record(n, LA="xx" if n % 3 else "eng") for n in range(1, 20)]
    whole = [f.message for f in lint("\n".join(texts))]
    assert whole == [f.message for text in texts for f in lint(text)]
    assert len(whole) == 13
