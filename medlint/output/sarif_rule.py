"""What a SARIF log tells of a rule."""

from __future__ import annotations

import re
from typing import Any

from medlint.findings import Finding, RuleCard, Severity

#: What GitHub takes: tags of a rule, and characters of its name and of each description.
MOST_TAGS = 20
MOST_IN_NAME, MOST_IN_DESCRIPTION = 255, 1024

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

#: What Markdown would obey in a text of one line.
_SIGNS = re.compile(
    r"[\\`*\[\]<>|$~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|^[-+#=:]|(?<=^\d)[.)]|(?<=^\d\d)[.)]"
)


def descriptor(finding: Finding, card: RuleCard | None) -> dict[str, Any]:
    """What is known of the rule of *finding*: a reportingDescriptor (SARIF 2.1.0, section 3.49).

    It has no helpUri, for that must be absolute, and the pages of the rules have no public address.
    """
    summary = _line(card.summary if card else finding.help) or finding.name or finding.code
    why = _line(card.rationale if card else "") or summary
    sources = [_line(reference) for reference in card.references] if card else []
    return {
        "id": finding.code,
        "name": (finding.name or finding.code)[:MOST_IN_NAME],
        "shortDescription": {"text": summary[:MOST_IN_DESCRIPTION]},
        "fullDescription": {"text": why[:MOST_IN_DESCRIPTION]},
        "help": {
            "text": _help(summary, why, sources, f"medlint rules show {finding.code}"),
            "markdown": _help(
                f"**{_escaped(summary)}**",
                _escaped(why),
                [_escaped(source) for source in sources],
                f"`medlint rules show {finding.code}`",
            ),
        },
        "defaultConfiguration": {"level": LEVELS[card.severity if card else finding.severity]},
        "properties": {"tags": list(card.topics[:MOST_TAGS]) if card else []},
    }


def _help(summary: str, why: str, sources: list[str], show: str) -> str:
    paragraphs = [summary, why]
    if sources:
        paragraphs += ["Sources:", "\n".join([f"- {source}" for source in sources])]
    paragraphs.append(f"Right and wrong records: {show}")
    return "\n\n".join(dict.fromkeys(paragraphs))


def _line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    """*text* so that Markdown shows it as it stands."""
    return _SIGNS.sub(r"\\\g<0>", text)
