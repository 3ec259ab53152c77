"""A rule, told to a reader."""

from __future__ import annotations

from medlint.output.visible import visible
from medlint.rulebook.rule import Example, Rule


def explain(rule: Rule) -> str:
    """What *rule* asks for, why, and its examples, as plain text."""
    default = "on by default" if rule.default else "off unless selected"
    parts = [
        f"{rule.code} {rule.name}\n{rule.summary}",
        f"Severity: {rule.severity.label}, {default}. Status: {rule.status}, since {rule.since}.\n"
        f"Topics: {', '.join(rule.topics)}. Records of: {', '.join(sorted(rule.dialects))}. "
        f"Check type: {rule.check_type}.",
        rule.rationale.strip(),
        *[f"Right:\n\n{_shown(example)}" for example in rule.good],
        *[f"Wrong, at {example.at}:\n\n{_shown(example)}{_says(example)}" for example in rule.bad],
        "References:\n" + "\n".join(f"  {reference}" for reference in rule.references),
    ]
    return "\n\n".join(part for part in parts if part)


def _shown(example: Example) -> str:
    text = example.text.decode("utf-8", "surrogateescape")
    return "\n".join(f"    {visible(line)}" for line in text.rstrip("\n").split("\n"))


def _says(example: Example) -> str:
    return f"\n\n  {example.says.strip()}" if example.says else ""
