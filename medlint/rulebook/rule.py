"""Rule: what a rule file says, ready for use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from medlint.findings import Severity
from medlint.records.record import PUBMED, TEXT, XML, Dialect, Form
from medlint.rulebook.condition import Condition

STABLE, PREVIEW, DEPRECATED = "stable", "preview", "deprecated"


class Example(NamedTuple):
    """An example that a rule carries; the bad ones say where and what the finding is."""

    text: bytes
    #: "IS", "IS[2]", "record", "record[2].PMID" or "line 3"; None for a good example.
    at: str | None = None
    says: str | None = None
    #: The text of the medlint-ignores.yaml beside it, for rules on ignores.
    ignores: str | None = None
    #: The text after the rule's fix.
    fixed: bytes | None = None


class Rule(NamedTuple):
    """One rule. See ``schemas/rule.schema.json`` for what each key means."""

    code: str
    name: str
    summary: str
    severity: Severity
    default: bool
    status: str
    since: str
    topics: tuple[str, ...]
    dialects: frozenset[Dialect]
    #: How records must be written for the rule to apply.
    forms: frozenset[Form]
    #: The conditions as the file says them: tag -> {kind: operand}.
    when: Mapping[str, Mapping[str, Any]]
    conditions: tuple[Condition, ...]
    silent_after: frozenset[str]
    #: Whether its findings say that text is damaged, so that other rules are silent on it.
    damage: bool
    #: Former codes and names, still accepted, and those of deprecated rules.
    replaces: tuple[str, ...]
    check: Mapping[str, Any]
    message: str
    rationale: str
    references: tuple[str, ...]
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    #: How a fault is mended, as the file says it; None where medlint cannot.
    fix: Mapping[str, Any] | None
    #: The file the rule was read from, as the user may know it.
    source: str

    @property
    def check_type(self) -> str:
        """The check type's name, such as ``format``."""
        return str(self.check["type"])

    @property
    def is_deprecated(self) -> bool:
        """Whether the rule will go; until then it runs only if it is selected by code or name."""
        return self.status == DEPRECATED

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Rule:
        """Make a rule from what its file says; the file has passed the schemas."""
        examples = data["examples"]
        when = data.get("when", {})
        status = data.get("status", STABLE)
        return cls(
            code=data["code"],
            name=data["name"],
            summary=data["summary"],
            severity=Severity.parse(data["severity"]),
            default=data.get("default", True) and status != DEPRECATED,
            status=status,
            since=data["since"],
            topics=tuple(data["topics"]),
            dialects=frozenset(data.get("dialects", (PUBMED,))),
            forms=frozenset(data.get("forms", (TEXT, XML))),
            when=when,
            conditions=_conditions(when),
            silent_after=frozenset(data.get("silent_after", ())),
            damage=data.get("damage", False),
            replaces=tuple(data.get("replaces", ())),
            check=data["check"],
            message=data["message"],
            rationale=data["rationale"],
            references=tuple(data.get("references", ())),
            good=tuple(_good_example(example) for example in examples["good"]),
            bad=tuple(_bad_example(example) for example in examples["bad"]),
            fix=None if data.get("fix") == "none" else data.get("fix"),
            source=data.get("source", ""),
        )

    def __reduce__(self) -> tuple[Callable[..., Rule], tuple[Any, ...]]:
        """How a rule travels to another process: conditions are functions, and made anew there."""
        return _arrived, tuple(self._replace(conditions=()))


def _arrived(*said: Any) -> Rule:
    rule = Rule(*said)
    return rule._replace(conditions=_conditions(rule.when))


def _conditions(when: Mapping[str, Mapping[str, Any]]) -> tuple[Condition, ...]:
    return tuple(Condition.from_json(tag, when[tag]) for tag in when)


def _good_example(data: str | Mapping[str, str]) -> Example:
    if isinstance(data, str):
        return Example(data.encode())
    return Example(data["record"].encode(), ignores=data["ignores"])


def _bad_example(data: Mapping[str, str]) -> Example:
    encoding = "latin-1" if "bytes" in data else "utf-8"
    text = data["bytes"] if "bytes" in data else data["record"]
    fixed = data["fixed"].encode(encoding) if "fixed" in data else None
    return Example(text.encode(encoding), data["at"], data.get("says"), data.get("ignores"), fixed)


PLACEHOLDER = re.compile(r"\{([\w.]+)\}")
_LONGEST = 120


def render(message: str, params: Mapping[str, str]) -> str:
    """Fill the placeholders of *message*; one without a value stays as it is.

    A value of more than 120 characters is shown by its beginning and an ellipsis.

    >>> render("{tag} has '{value}'", {"tag": "LA", "value": "en"})
    "LA has 'en'"
    """

    def fill(match: re.Match[str]) -> str:
        text = params.get(match[1], match[0])
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    return PLACEHOLDER.sub(fill, message)
