"""What tells a server that a finding is one that it has seen before."""

from __future__ import annotations

from collections import Counter

from medlint.findings import Finding
from medlint.suppress.fingerprint import fingerprint


class Identities:
    """Gives each finding of a run a name of its own that stays the same when records move: its
    fingerprint, and which of the findings with that fingerprint it is."""

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()

    def of(self, finding: Finding) -> str:
        """The name of *finding*; asked once for each, in order."""
        found = fingerprint(finding)
        self._met[found] += 1
        return f"{found}:{self._met[found]}"
