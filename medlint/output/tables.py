"""What `parquet` and `sqlite` share: rows for programs that ask questions of tables.

A finding is a row with the keys of the format ``json``. Beside the findings stand the rules that
spoke, and one row on the run.
"""

from __future__ import annotations

import re
from typing import Any

from medlint.findings_summary import Summary
from medlint.output.json import LAYOUT_VERSION, summary_as_json
from medlint.output.writer import OutputOptions

#: What the row on the run takes over from the summary of ``json``.
_RUN_KEYS = ("ignored", "baselined", "is_cut_short", "failures", "notices")

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(data: Any, forbidden: re.Pattern[str]) -> Any:
    r"""*data* with U+FFFD for each *forbidden* character of its texts.

    >>> storable({"path": "a\udce9", "related": [{"line": 1}]}, LONE_SURROGATE)
    {'path': 'a�', 'related': [{'line': 1}]}
    """
    if isinstance(data, str):
        return forbidden.sub("\ufffd", data)
    if isinstance(data, dict):
        return {key: storable(value, forbidden) for key, value in data.items()}
    if isinstance(data, list):
        return [storable(value, forbidden) for value in data]
    return data


def rule_rows(summary: Summary, options: OutputOptions) -> list[dict[str, Any]]:
    """The rules that spoke, by code. The summary of a rule that is not known is None."""
    rows = []
    for rule in sorted(summary.rules.values(), key=lambda rule: rule.code):
        card = options.card(rule.code)
        rows.append(
            {
                "code": rule.code,
                "name": rule.name,
                "severity": rule.severity.label,
                "summary": card and card.summary,
                "instances": rule.instances,
                "records": rule.records,
            }
        )
    return rows


def run_row(summary: Summary, options: OutputOptions) -> dict[str, Any]:
    """What the run came to. ``failures`` and ``notices`` are lists."""
    told = summary_as_json(summary)
    counts = {f"{severity}s": count for severity, count in told["findings"].items()}
    return {
        "version": LAYOUT_VERSION,
        "tool": "medlint",
        "tool_version": options.tool_version,
        "files": told["files"],
        "records": told["records"],
        **counts,
        **{key: told[key] for key in _RUN_KEYS},
    }
