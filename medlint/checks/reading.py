"""``reading``: the rule speaks of what the reader meets; there is nothing left to check."""

from __future__ import annotations

from typing import Self

from medlint.checks.base import Check, Context, Settings


class Reading(Check):
    """Reported by `medlint.records` or `medlint.suppress`, under the rule's name."""

    placeholders = frozenset({"*"})
    tags = ()

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls()
