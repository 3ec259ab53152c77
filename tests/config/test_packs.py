"""The built-in packs: they name rules that are there, and do what they are for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support import record

from medlint.config.configuration import Configuration
from medlint.config.layer import Layer
from medlint.config.load import PACKS
from medlint.config.rules import rules_to_run
from medlint.config.settings import Settings
from medlint.findings import Severity
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.rule import Rule

Put = Callable[..., Path]
RULES = load_rulebook(use_cache=False).rules


def settings(put: Put, extends: str) -> Settings:
    put("medlint.yaml", f"extends: {extends}")
    return Configuration(Layer()).for_file("x.nbib")


def rules(put: Put, extends: str) -> list[Rule]:
    return rules_to_run(RULES, settings(put, extends))


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_names_rules_by_the_names_of_today(put: Put, pack: str) -> None:
    names = {rule.name for rule in RULES}
    assert set(settings(put, pack).words) <= names


def test_default_changes_nothing(put: Put) -> None:
    without = Configuration(Layer(), use=False).for_file("x.nbib")
    found = settings(put, "default")
    assert found[:-2] == without[:-2]


def test_strict_runs_all_that_runs_by_default_and_more_and_stops_at_warnings(put: Put) -> None:
    default = {rule.code: rule.severity for rule in rules(put, "default")}
    strict = {rule.code: rule.severity for rule in rules(put, "strict")}
    assert default.keys() < strict.keys()
    assert all(strict[code] >= severity for code, severity in default.items())
    added = strict.keys() - default.keys()
    assert all(strict[code] >= Severity.WARNING for code in added)
    assert settings(put, "strict").fail_level == "warning"


def test_strict_lets_a_clean_record_through(put: Put) -> None:
    assert found(put, "strict", record()) == []


def found(put: Put, pack: str, text: str) -> list[str]:
    """The rules of a pack that find fault with a record, at warning or error."""
    from medlint.checks.base import Context
    from medlint.engine import Engine
    from medlint.records.batch import Chunk
    from medlint.records.tagged import read

    book = load_rulebook(use_cache=False)
    engine = Engine(rules(put, pack), Context(date(2026, 1, 1), book.vocabularies))
    findings = engine.lint(read(Chunk(text.encode(), 1, True, True)))
    return sorted({f.name for f in findings if f.severity >= Severity.WARNING})


OLD = """\
PMID- 9012345
DA  - 19970501
DCOM- 19970501
LR  - 20001218
IS  - 0028-4793
VI  - 336
IP  - 5
DP  - 1997 Jan 30
TI  - A trial of something against something else in adults with a disease.
PG  - 309-15
AD  - Department of Medicine, University Hospital, Boston, MA 02115, USA.
AU  - Sample A
AU  - Example BC
LA  - eng
PT  - Journal Article
PL  - UNITED STATES
TA  - N Engl J Med
SB  - IM
CIN - N Engl J Med. 1997 Jun 5;336(23):1689-90
MH  - *Disease/drug therapy
SO  - N Engl J Med. 1997 Jan 30;336(5):309-15.
"""


def test_legacy_does_not_miss_what_old_exports_never_had(put: Put) -> None:
    assert {"record-whole", "issn-form"} <= set(found(put, "default", OLD))
    assert found(put, "legacy", OLD) == []


def test_legacy_still_finds_what_is_wrong_in_an_old_record(put: Put) -> None:
    wrong = OLD.replace("LA  - eng", "LA  - en").replace("DP  - 1997 Jan 30\n", "")
    assert {"language-code-known", "publication-date-present"} <= set(found(put, "legacy", wrong))


def test_legacy_and_strict_go_together(put: Put) -> None:
    assert found(put, "[strict, legacy]", OLD) == []
    assert found(put, "[legacy, strict]", OLD) == []
