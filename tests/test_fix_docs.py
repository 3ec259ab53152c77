"""What the documentation says of fixes is true."""

from __future__ import annotations

import re
import runpy

import pytest
from support import ROOT

from medlint.data import schema
from medlint.fixes.lines import FILE_FIXES, LINE_FIXES
from medlint.fixes.repairs import REPAIRS
from medlint.fixes.titles import title_of_lines
from medlint.fixes.values import VALUE_FIXES
from medlint.functions.mend import MENDERS
from medlint.rule_tests import failures
from medlint.rulebook.load import load_rulebook
from medlint.rulebook.rule import Rule

DOCS = ROOT / "docs"
BOOK = load_rulebook(use_cache=False)
MENDING = [rule for rule in BOOK.rules if rule.fix is not None]
FUNCTIONS = set(schema("rule")["$defs"]["fix"]["properties"]["function"]["enum"])
ON_LINES = {rule.fix["function"] for rule in MENDING if rule.fix and rule.check_type == "reading"}


def test_the_table_of_fixes_is_up_to_date() -> None:
    build = runpy.run_path(str(DOCS / "build.py"))
    assert (DOCS / "fixes.md").read_text(encoding="utf-8") == build["fixes"](BOOK)


def test_the_functions_of_the_schema_are_there_are_used_and_are_explained() -> None:
    there = {*MENDERS, *VALUE_FIXES, *LINE_FIXES, *FILE_FIXES}
    assert there <= FUNCTIONS
    assert FUNCTIONS - there <= ON_LINES
    assert {rule.fix.get("function") for rule in MENDING if rule.fix} - {None} == FUNCTIONS
    text = (DOCS / "writing-rules.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(\w+)`", text)) >= FUNCTIONS


def test_fixes_on_lines_belong_to_rules_on_reading_and_have_a_title() -> None:
    repairs = {rule.fix["function"] for rule in MENDING if rule.fix and rule.name in REPAIRS}
    assert {*LINE_FIXES, *FILE_FIXES, *repairs} == ON_LINES
    assert all(title_of_lines(name).endswith(".") for name in ON_LINES)


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: rule.name)
def test_each_rule_with_a_fix_shows_it_and_no_good_example_has_one(rule: Rule) -> None:
    assert any(example.fixed is not None for example in rule.bad)
    assert list(failures(rule, BOOK)) == []


def test_an_example_whose_fix_gives_another_text_fails() -> None:
    rule = next(rule for rule in MENDING if rule.name == "language-code-known")
    wrong = rule._replace(bad=(rule.bad[0]._replace(fixed=b"PMID- 1\n"),))
    [failure] = failures(wrong, BOOK)
    assert failure.reason.startswith("the fix gives 'PMID- ")
    wrong = rule._replace(bad=(rule.bad[2]._replace(fixed=b"PMID- 1\n"),))
    [failure] = failures(wrong, BOOK)
    assert failure.reason == "no fix was found"
