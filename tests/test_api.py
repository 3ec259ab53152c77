"""The Python API: text and files in, findings out, mistakes of the caller told at once."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rulebook_files import RULE
from support import RECORD, ROOT, record

import medlint
from medlint import check_paths, check_text
from medlint.documents.problem import DocumentError
from medlint.rulebook.select import SelectionError

AS_OF = date(2026, 1, 1)
BAD = record(IS="1533-4407 (Electronic)", LA="xx")


def codes(findings: object) -> list[str]:
    return [finding.code for finding in findings]  # type: ignore[attr-defined]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_a_clean_record_has_no_findings() -> None:
    assert list(check_text(RECORD)) == []


def test_str_and_bytes_give_the_same_findings() -> None:
    text = record(LA="xx", TI="Café 日本 🙂")
    found = list(check_text(text))
    assert "ML301" in codes(found)
    assert found == list(check_text(text.encode()))
    assert {finding.path for finding in found} == {"<text>"}


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "\x00", "PMID- ", b"PMID- 1"])
def test_next_to_nothing_is_linted_too(text: str | bytes) -> None:
    assert all(finding.code.startswith("ML") for finding in check_text(text))


def test_text_decoded_with_surrogateescape_is_linted_as_its_bytes() -> None:
    data = record(TI="Caf\xe9 and cr\xe8me").encode("latin-1")
    found = list(check_text(data.decode("utf-8", "surrogateescape")))
    assert found == list(check_text(data))
    assert found[0].code == "ML003"
    assert found[0].place[1] == 10


@pytest.mark.parametrize("sign", [chr(0xD800), chr(0xDFFF), chr(0xDCE9) + chr(0xD800)])
def test_other_lone_surrogates_are_a_finding_in_their_line(sign: str) -> None:
    found = [f for f in check_text(record(TI=f"A {sign} title.")) if f.code == "ML003"]
    assert [f.place.line for f in found] == [10]


def test_select_and_ignore_take_codes_names_topics_and_beginnings() -> None:
    assert codes(check_text(BAD, select=["ML203"])) == ["ML203"]
    assert codes(check_text(BAD, select=["language-code-known"])) == ["ML301"]
    assert codes(check_text(BAD, select=["ML2"], ignore=["ML203"])) == []
    assert codes(check_text(BAD, select=["identifiers"])) == ["ML203"]
    assert codes(check_text(BAD)) == ["ML203", "ML301"]
    assert codes(check_text(BAD, ignore=["ML3", "ML6"])) == ["ML203"]


DEFECTS = (ROOT / "examples/seeded-defects.nbib").read_text()
FOUND = list(check_text(DEFECTS, as_of=AS_OF))


@settings(max_examples=25)
@given(st.sets(st.sampled_from(sorted({finding.code for finding in FOUND})), min_size=1))
def test_to_ignore_rules_takes_findings_away_and_adds_none(ignored: set[str]) -> None:
    left = [finding for finding in FOUND if finding.code not in ignored]
    assert list(check_text(DEFECTS, ignore=sorted(ignored), as_of=AS_OF)) == left


def test_a_rule_that_is_not_selected_keeps_no_other_silent() -> None:
    bare = "<MedlineCitation><PMID>1</PMID></MedlineCitation>"
    assert codes(check_text(bare, select=["ML113", "ML288"])) == ["ML288"]
    assert codes(check_text(bare, select=["ML113"], ignore=["ML288"])) == []
    assert codes(check_text(bare, select=["ML113"])) == ["ML113"]


def test_rules_of_your_own_run_beside_the_built_in_ones_and_may_be_edited(tmp_path: Path) -> None:
    mine = write(tmp_path, "mine.yaml", RULE)
    text = record(TI="a low title.")
    assert codes(check_text(text, rules=[mine], ignore=["ML"])) == ["MY001"]
    assert codes(check_text(text, rules=[str(tmp_path)])) == ["ML624", "MY001"]
    assert codes(check_text(text)) == ["ML624"]
    mine.write_text(RULE.replace("MY001", "MY002"))
    assert codes(check_text(text, rules=[mine], ignore=["ML"])) == ["MY002"]


def test_as_of_is_the_day_that_counts_as_today() -> None:
    text = record(LR="20240101")
    assert codes(check_text(text, as_of=date(2024, 1, 2))) == []
    assert "20240101" in [f.value for f in check_text(text, as_of=date(2023, 1, 1))]


def test_scope_is_that_of_the_command_line() -> None:
    text = record(LA="xx") + "\n" + record()
    assert codes(check_text(text, scope="record")) == ["ML301"]
    assert codes(check_text(text, scope="dataset")) == ["ML901"]
    assert codes(check_text(text, scope="all")) == ["ML301", "ML901"]


def test_mistakes_of_the_caller_are_told_before_anything_is_linted(tmp_path: Path) -> None:
    broken = write(tmp_path, "broken.yaml", "code: [")
    nbib = write(tmp_path, "a.nbib", RECORD)
    with pytest.raises(SelectionError, match="did you mean 'ML203'"):
        check_text("", select=["ML2033"])
    with pytest.raises(ValueError, match="both selected and ignored"):
        check_paths([nbib], select=["ML203"], ignore=["ML203"])
    with pytest.raises(DocumentError, match=r"broken\.yaml:1:"):
        check_text("", rules=[broken])
    with pytest.raises(DocumentError, match=r"broken\.yaml:1:"):
        check_paths([nbib], rules=[broken])
    with pytest.raises(FileNotFoundError, match="nope"):
        check_paths([nbib], rules=[tmp_path / "nope"])


def test_paths_may_be_strings_paths_and_folders(tmp_path: Path) -> None:
    a, b = write(tmp_path, "a.nbib", record(1, LA="xx")), write(tmp_path, "b.nbib", record(2))
    assert [f.path for f in check_paths([str(a), b])] == [str(a)]
    assert [f.path for f in check_paths([tmp_path])] == [str(a)]
    assert codes(check_paths([b], select=["ML301"], as_of=AS_OF)) == []


def test_what_cannot_be_read_is_raised_after_the_findings_of_the_others(tmp_path: Path) -> None:
    a, b = write(tmp_path, "a.nbib", record(1, LA="xx")), write(tmp_path, "b.nbib", record(2))
    gone = tmp_path / "b.nbi"
    findings = check_paths([tmp_path / "nope", a, gone, b])
    assert next(findings).code == "ML301"
    with pytest.raises(OSError, match="no such file") as caught:
        next(findings)
    assert str(caught.value).split("\n") == [
        f"{tmp_path / 'nope'}: no such file or folder",
        f"{gone}: no such file or folder; did you mean '{b}'?",
    ]


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="needs /proc, as on Linux")
def test_what_fails_while_it_is_read_is_raised_too(tmp_path: Path) -> None:
    a = write(tmp_path, "a.nbib", record(1, LA="xx"))
    findings = check_paths(["/proc/self/mem", a])
    assert next(findings).code == "ML301"
    with pytest.raises(OSError, match="/proc/self/mem: cannot be read"):
        next(findings)


def test_the_api_is_what_the_package_offers() -> None:
    assert medlint.check_text is check_text
    assert medlint.check_paths is check_paths
    assert medlint.Severity.ERROR > medlint.Severity.WARNING > medlint.Severity.INFO
    assert all(hasattr(medlint, name) for name in medlint.__all__)


def assert_sound(text: str | bytes) -> None:
    """Linting ends, and what is found has a place."""
    for finding in check_text(text, as_of=AS_OF):
        place = finding.place
        assert (1, 1) <= (place.line, place.column) <= (place.end_line, place.end_column)


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=150)
def test_no_bytes_make_it_raise(data: bytes) -> None:
    assert_sound(data)


@given(st.text(st.characters(), max_size=100))
@settings(deadline=None, max_examples=100)
def test_no_text_makes_it_raise(text: str) -> None:
    assert_sound(text)
    assert_sound(f"PMID- 1\nTI  - {text}\n")


PIECES = st.one_of(
    st.sampled_from([b"\n", b"\r", b"\r\n", b"\n\n", b" ", b"      ", b"\t", b"- ", b"\x00"]),
    st.sampled_from([b"PMID- ", b"TI  - ", b"AU  - ", b"PMC - ", b"OWN - ERIC\n", b"[doi]"]),
    st.sampled_from([b"<<<<<<< a\n", b"=======\n", b"<p>", b"&amp;", b"9" * 40, b"\xff\xfe"]),
    st.sampled_from(["\ufeff", "\u2028", "é", "\u0661", "🙂"]).map(str.encode),
    st.binary(min_size=1, max_size=8),
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Two records in which stretches are cut out, doubled, moved and replaced."""
    data = (record(31000001) + "\n" + record(31000002)).encode()
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(data)))
        end = min(start + draw(st.integers(0, 60)), len(data))
        at = draw(st.integers(0, len(data)))
        kind = draw(st.sampled_from(["cut", "double", "move", "insert", "replace"]))
        piece = data[start:end] if kind in ("double", "move") else draw(PIECES)
        if kind in ("cut", "move", "replace"):
            data = data[:start] + (piece if kind == "replace" else b"") + data[end:]
        if kind in ("double", "move", "insert"):
            data = data[:at] + piece + data[at:]
    return data


@given(mutated())
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_no_damage_to_a_record_makes_it_raise(data: bytes) -> None:
    assert_sound(data)


@pytest.mark.parametrize("tag", ["DP", "VI", "IP", "PG", "PMID", "JID", "IS", "CRDT", "DEP", "SO"])
@pytest.mark.parametrize("digit", ["\u0661", "\u00b2", "\u2460"])
def test_digits_of_other_scripts_are_only_wrong_values(tag: str, digit: str) -> None:
    """Each first and last digit of the field, in one of two records that agree otherwise."""
    line = next(line for line in record(31000001).splitlines() if line.startswith(f"{tag:4}- "))
    spots = [spot for spot, letter in enumerate(line) if letter.isdigit()]
    for spot in (spots[0], spots[-1]):
        odd = f"{line[:spot]}{digit}{line[spot + 1 :]}"
        assert_sound(record(31000001).replace(line, odd) + "\n" + record(31000002))
        longer = f"{line[:spot]}{digit}{line[spot:]}"
        assert_sound(record(31000001).replace(line, longer) + "\n" + record(31000002))


@given(mutated(), st.sampled_from(["utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]))
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_no_encoding_makes_it_raise(data: bytes, encoding: str) -> None:
    assert_sound(data.decode("latin-1").encode(encoding, "replace"))
