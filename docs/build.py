"""`make docs`: writes docs/rules.md from the rules."""

from __future__ import annotations

from pathlib import Path

from medlint.rulebook.load import load_rulebook
from medlint.rulebook.rule import Rule

PAGE = Path(__file__).parent / "rules.md"

_TOPICS = {
    "0": "Reading",
    "1": "Completeness",
    "2": "Form",
    "3": "Vocabulary",
    "4": "Agreement between fields",
    "5": "People",
    "6": "Text",
    "7": "Status and links",
    "8": "Journals",
    "9": "Data set",
}


def page() -> str:
    """The text of docs/rules.md."""
    rules = load_rulebook(use_cache=False).rules
    parts = [
        "# Rules\n\n"
        f"{len(rules)} rules, written by `make docs` from the files in `rules/`. "
        "`medlint rules show CODE` explains each with examples.\n"
    ]
    for digit, topic in _TOPICS.items():
        rows = [_row(rule) for rule in rules if rule.code[2] == digit]
        if rows:
            heading = (
                f"\n## {topic}\n\n| code | name | severity | what is right |\n"
                "| --- | --- | --- | --- |\n"
            )
            parts.append(heading + "".join(rows))
    return "".join(parts)


def _row(rule: Rule) -> str:
    severity = rule.severity.label if rule.default else f"{rule.severity.label}, off by default"
    summary = rule.summary.replace("|", "\\|")
    return f"| {rule.code} | `{rule.name}` | {severity} | {summary} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE}")
