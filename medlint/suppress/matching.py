"""Findings beside a baseline: which are known, and what is left of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from medlint.findings import Finding
from medlint.rulebook.rule import Rule
from medlint.rulebook.select import SelectionError, find, replacements
from medlint.suppress.baseline import Baseline, Entry
from medlint.suppress.fingerprint import identity


class Matching:
    """Takes findings one by one, and uses each entry of a baseline as often as it counts.

    *rules* are all that the run knows: an entry of a rule that was renamed or replaced stands for
    what its successors find.
    """

    def __init__(self, baseline: Baseline, rules: Sequence[Rule]):
        self._baseline = baseline
        self._left = {entry.identity: entry.times for entry in baseline.entries}
        #: Code of today -> the codes in the baseline that stand for it.
        self._filed: dict[str, list[str]] = defaultdict(list)
        names = {entry.identity.rule: entry.name for entry in baseline.entries}
        for code, name in sorted(names.items()):
            for today in _codes_today(rules, code, name):
                self._filed[today].append(code)

    def takes(self, finding: Finding) -> bool:
        """Whether the baseline knows *finding*, and has not used it up for equal ones."""
        codes = self._filed.get(finding.code)
        if codes is None:
            return False
        known_as = identity(finding)
        for code in codes:
            key = known_as._replace(rule=code)
            if self._left.get(key, 0):
                self._left[key] -= 1
                return True
        return False

    def left(self, codes: Iterable[str]) -> Iterator[Entry]:
        """The entries on rules with these *codes* that findings did not use up, sorted, each with
        how often it is left."""
        filed = {code for today in codes for code in self._filed.get(today, ())}
        for entry in self._baseline:
            times = self._left[entry.identity]
            if times and entry.identity.rule in filed:
                yield entry._replace(times=times)


def _codes_today(rules: Sequence[Rule], code: str, name: str) -> set[str]:
    for word in (code, name):
        try:
            found = find(rules, word)
        except SelectionError:
            continue
        return {rule.code for one in found for rule in (one, *replacements(rules, one))}
    return set()
