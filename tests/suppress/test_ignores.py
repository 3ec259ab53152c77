"""What an ignores file may say, and what it does in a run."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from support import record
from suppressing import AS_OF, BOOK, left, rules

from medlint.documents.problem import DocumentError
from medlint.findings import Finding
from medlint.records.batch import Chunk
from medlint.records.tagged import read
from medlint.suppress.ignores import Ignores, parse

RUNNING = rules(
    "issn-check-digit", "language-code-known", "doi-unique", "ignore-not-expired", "ignore-in-use"
)
BAD = record(31000001, IS="1533-4407 (Electronic)", LA="xxx")
ENTRY = "- pmid: 31000001\n  rule: issn-check-digit\n  reason: Printed so.\n"


def told(
    folder: Path, ignores: str, *texts: str, as_of: date = AS_OF
) -> list[tuple[str, str, int]]:
    """Path, rule and line of what is told of some files beside an ignores file."""
    (folder / "medlint-ignores.yaml").write_text(ignores)
    paths = [folder / f"{number}.nbib" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    findings, _ = left(paths, RUNNING, as_of)
    return [(Path(f.path).name, f.name, f.place.line) for f in findings]


ISSN = ("0.nbib", "issn-check-digit", 5)
LANGUAGE = ("0.nbib", "language-code-known", 18)


def own(name: str, line: int) -> tuple[str, str, int]:
    return "medlint-ignores.yaml", name, line


@pytest.mark.parametrize(
    ("entry", "left_over"),
    [
        (ENTRY, [LANGUAGE]),
        (ENTRY.replace("issn-check-digit", "ML203"), [LANGUAGE]),
        (ENTRY.replace("31000001", "'31000001'"), [LANGUAGE]),
        (ENTRY + "  tag: IS\n", [LANGUAGE]),
        (ENTRY + "  tag: JID\n", [ISSN, LANGUAGE, own("ignore-in-use", 2)]),
        (ENTRY + "  author: A. Example\n  until: 2026-01-01\n", [LANGUAGE]),
        (ENTRY + "  until: 2025-12-31\n", [ISSN, LANGUAGE, own("ignore-not-expired", 4)]),
        (ENTRY.replace("31000001", "31000002"), [ISSN, LANGUAGE]),
        (ENTRY + ENTRY.replace("issn-check-digit", "ML301"), []),
        ("# nothing yet\n", [ISSN, LANGUAGE]),
        ("", [ISSN, LANGUAGE]),
        ("\ufeff" + ENTRY.replace("\n", "\r\n"), [LANGUAGE]),
    ],
)
def test_an_entry_holds_back_what_it_names(
    tmp_path: Path, entry: str, left_over: list[tuple[str, str, int]]
) -> None:
    assert told(tmp_path, entry, BAD) == left_over


def test_the_last_day_is_the_last_on_which_it_holds(tmp_path: Path) -> None:
    entry = ENTRY + "  until: 2026-03-31\n"
    assert told(tmp_path, entry, BAD, as_of=date(2026, 3, 31)) == [LANGUAGE]
    after = told(tmp_path, entry, BAD, as_of=date(2026, 4, 1))
    assert after == [ISSN, LANGUAGE, own("ignore-not-expired", 4)]


def test_an_expired_entry_that_is_no_longer_needed_is_told_once(tmp_path: Path) -> None:
    assert told(tmp_path, ENTRY + "  until: 2025-12-31\n", record()) == [
        own("ignore-not-expired", 4)
    ]


def test_an_entry_of_a_mended_record_is_told_if_the_record_was_read(tmp_path: Path) -> None:
    assert told(tmp_path, ENTRY, record()) == [own("ignore-in-use", 2)]
    assert told(tmp_path, ENTRY, record(31000002)) == []


def test_an_entry_whose_rule_did_not_run_is_not_told(tmp_path: Path) -> None:
    entry = ENTRY.replace("issn-check-digit", "title-present")
    assert told(tmp_path, entry, record()) == []


def test_an_entry_holds_in_every_file_and_is_told_once(tmp_path: Path) -> None:
    other = record(31000002, IS="1533-4407 (Electronic)")
    text = f"{BAD}\n{other}"
    assert told(tmp_path, ENTRY, text, BAD) == [
        LANGUAGE,
        ("0.nbib", "issn-check-digit", 43),
        ("1.nbib", "language-code-known", 18),
    ]
    assert told(tmp_path, ENTRY, record(), record()) == [own("ignore-in-use", 2)]


def test_a_finding_on_the_data_set_can_be_ignored(tmp_path: Path) -> None:
    twin = record(31000002).replace("xyz.31000002", "xyz.31000001")
    entry = ENTRY.replace("issn-check-digit", "doi-unique").replace("31000001", "31000002")
    assert told(tmp_path, "", record(), twin) == [("1.nbib", "doi-unique", 35)]
    assert told(tmp_path, entry, record(), twin) == []


def test_a_record_without_pmid_is_named_by_the_value(tmp_path: Path) -> None:
    bad = BAD.partition("\n")[2]
    entry = ENTRY.replace("pmid: 31000001", 'value: "1533-4407 (Electronic)"')
    assert told(tmp_path, entry, bad) == [("0.nbib", "language-code-known", 17)]
    assert told(tmp_path, entry, BAD) == [ISSN, LANGUAGE], "it has a PMID"
    assert told(tmp_path, entry, record().partition("\n")[2]) == [], "the value is not there"
    entry = entry.replace("issn-check-digit", "language-code-known")
    assert own("ignore-in-use", 2) in told(tmp_path, entry, bad)


def test_what_is_told_of_an_entry_says_which_and_how_bad(tmp_path: Path) -> None:
    (tmp_path / "medlint-ignores.yaml").write_text(ENTRY + "  until: 2025-12-31\n")
    (tmp_path / "0.nbib").write_text(record())
    finding = left([tmp_path / "0.nbib"], RUNNING)[0][0]
    expected = "The ignore of issn-check-digit for PMID 31000001 held until 2025-12-31."
    assert finding.message == expected
    assert (finding.code, finding.pmid) == ("ML091", "31000001")
    assert finding.excerpt is not None
    assert finding.excerpt.lines == ("  until: 2025-12-31",)
    assert finding.path.endswith("medlint-ignores.yaml")


def test_the_rules_on_ignores_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "medlint-ignores.yaml").write_text(ENTRY)
    (tmp_path / "0.nbib").write_text(record())
    assert left([tmp_path / "0.nbib"], rules("issn-check-digit"))[0] == []


def test_a_former_name_of_a_rule_still_holds() -> None:
    (rule,) = rules("issn-check-digit")
    renamed = [rule._replace(code="ML299", name="issn-right", replaces=("ML203", rule.name))]
    for word in ("ML203", "issn-check-digit", "ML299", "issn-right"):
        text = ENTRY.replace("issn-check-digit", word)
        assert parse(text, "x", renamed)[0].codes == {"ML299"}


MISTAKES = {
    "no list": ("pmid: 31000001\n", ["1:1: the file is a mapping; it must be a list"]),
    "no pmid": (ENTRY.replace("pmid: 31000001\n  ", ""), ["1:3: [1] needs 'pmid' or 'value'"]),
    "both": (ENTRY + "  value: x\n", ["1:3: [1] has 'pmid' and 'value'; use only one of them"]),
    "no reason": ("- pmid: 1\n  rule: ML203\n", ["1:3: [1].reason is missing"]),
    "blank reason": (
        ENTRY.replace("Printed so.", "' '"),
        ["3:11: [1].reason is ' '; it must say why the finding may stay"],
    ),
    "unknown key": (
        ENTRY + "  untill: 2026-01-01\n",
        ["4:3: 'untill' is not a key of an ignore; did you mean 'until'?"],
    ),
    "no such day": (
        ENTRY + "  until: 2026-02-30\n",
        ["4:10: [1].until is '2026-02-30'; it must be a day such as 2026-12-31"],
    ),
    "no pmid at all": (
        ENTRY.replace("31000001", "PMC123"),
        ["1:9: [1].pmid is 'PMC123'; it must be a PMID such as 37583846"],
    ),
    "no tag": (
        ENTRY + "  tag: issn\n",
        [
            "4:8: [1].tag is 'issn'; it must be a tag: up to four capital letters or digits, "
            "like STAT"
        ],
    ),
    "twice": (
        ENTRY + ENTRY.replace("issn-check-digit", "ML203"),
        ["5:9: PMID 31000001 has an ignore of ML203 already, on line 2"],
    ),
    "not YAML": (ENTRY + '  author: "A\n', ["4:11: this quote is never closed"]),
    "several": (
        ENTRY.replace("Printed so.", "''") + "- pmid: 2\n  rule: ML203\n",
        ["3:11: [1].reason is ''", "4:3: [2].reason is missing"],
    ),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_mistakes_are_told_with_their_places_all_at_once(kind: str) -> None:
    text, expected = MISTAKES[kind]
    with pytest.raises(DocumentError) as caught:
        parse(text, "medlint-ignores.yaml", BOOK.rules)
    said = str(caught.value).splitlines()
    assert len(said) == len(expected)
    for line, beginning in zip(said, expected, strict=True):
        assert line.startswith(f"medlint-ignores.yaml:{beginning}")


def test_a_rule_that_the_run_does_not_know_is_told_where_its_record_was_read() -> None:
    unknown = ENTRY.replace("digit", "digitt")
    elsewhere = unknown.replace("31000001", "2")
    ignores = Ignores(elsewhere + unknown + unknown + "  tag: IS\n", "x.yaml", BOOK.rules, AS_OF)
    assert list(ignores.notices()) == []
    records = read(Chunk(BAD.encode(), 1, is_first=True, is_last=True)).records
    ignores.see(ignores.watched.met_in(records), lambda: {"ML203"})
    assert list(ignores.notices()) == [
        "x.yaml:5:9: there is no rule 'issn-check-digitt'; did you mean 'issn-check-digit'?"
    ]
    assert list(ignores.own_findings({rule.name: rule for rule in RUNNING})) == []


def test_what_was_read_once_is_the_same_from_the_cache_and_needs_no_yaml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    text = ENTRY + "  tag: IS\n  until: 2026-12-31\n- value: å\n  rule: nix\n  reason: x\n"
    first = parse(text, "x", BOOK.rules)
    monkeypatch.setitem(sys.modules, "yaml", None)
    monkeypatch.setitem(sys.modules, "medlint.documents.strict_yaml", None)
    monkeypatch.setitem(sys.modules, "medlint.documents.schema", None)
    assert parse(text, "x", BOOK.rules) == first
    assert parse(text, "x", [])[0].codes == set()
    with pytest.raises(ImportError):
        parse(text + " ", "x", BOOK.rules)


def test_entries_on_different_tags_are_no_mistake() -> None:
    text = ENTRY + ENTRY + "  tag: IS\n"
    assert len(parse(text, "x", BOOK.rules)) == 2


def test_a_finding_may_be_asked_for_without_records() -> None:
    ignores = Ignores(ENTRY, "x", BOOK.rules, AS_OF)
    (rule,) = rules("issn-check-digit")
    base = {"severity": rule.severity, "message": "", "path": "a", "place": (1, 1, 1, 2)}
    finding = Finding(code=rule.code, name=rule.name, pmid="31000001", **base)  # type: ignore[arg-type]
    assert ignores.hold_back(finding)
    assert not ignores.hold_back(finding._replace(pmid=None))
    assert list(ignores.own_findings({rule.name: rule for rule in RUNNING})) == []
