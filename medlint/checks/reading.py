"""``reading``: the rule speaks of what the reader meets; there is nothing left to check."""

from __future__ import annotations

from collections.abc import Set
from typing import Self

from medlint.checks.base import Context, Fault, PresenceCheck, Settings
from medlint.records.record import Record


class Reading(PresenceCheck):
    """Reported by `medlint.records` or `medlint.suppress`, under the rule's name."""

    placeholders = frozenset({"*"})
    tags = ()

    @classmethod
    def build(cls, settings: Settings, context: Context) -> Self:
        return cls()

    def is_violated(self, tags: Set[str]) -> bool:
        return False

    def faults(self, record: Record) -> list[Fault]:
        return []
