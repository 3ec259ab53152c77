"""What the tests of the rulebook share: a rule file and a vocabulary."""

from __future__ import annotations

RULE = """\
code: MY001
name: mine
summary: The title begins with a capital letter.
severity: warning
status: preview
since: "0.1"
topics: [local]
check:
  type: format
  tag: TI
  pattern: '[A-Z].*'
message: "{tag} is '{value}': {reason}."
rationale: Titles are sorted.
references: [House rules]
examples:
  good: ["PMID- 1\\nTI  - A title."]
  bad: [{record: "PMID- 1\\nTI  - a title.", at: TI}]
"""
TEA_RULE = (
    RULE.replace("  type: format\n", "  type: vocabulary\n  list: teas\n")
    .replace("  pattern: '[A-Z].*'\n", "")
    .replace("{reason}", "{part}{suggestion}")
)
TEAS = """\
name: teas
title: Teas of the house
source: The house
date: "2026-01-01"
values: [Green, Black]
"""
