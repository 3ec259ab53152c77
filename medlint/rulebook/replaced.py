"""What ``replaces`` may name: rules that are no more, and rules that are deprecated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from medlint.documents.document import Document
from medlint.documents.problem import DocumentProblem
from medlint.rulebook.rule import DEPRECATED


def living_rules_replaced(
    documents: Sequence[Document], others: Sequence[Mapping[str, Any]]
) -> Iterator[DocumentProblem]:
    """The mistakes in the rule files *documents* whose ``replaces`` names a rule that is there and
    not deprecated, one of them or of *others*; a name cannot mean two rules."""
    rules = [*others, *(d.data for d in documents if isinstance(d.data, dict))]
    living = [rule for rule in rules if rule.get("status") != DEPRECATED]
    taken = [rule.get(key) for rule in living for key in ("code", "name")]
    for document in documents:
        words = document.data.get("replaces") if isinstance(document.data, dict) else None
        for index, word in enumerate(words if isinstance(words, list) else ()):
            if word in taken:
                yield document.problem(
                    f"there is a rule '{word}'; only one that is deprecated, or no more, can be "
                    "replaced",
                    ("replaces", index),
                )
