"""The counts of a run, filled while findings pass by; the findings themselves are not kept."""

from __future__ import annotations

from collections.abc import Iterable

from medlint.findings import Finding, Severity


class RuleCount:
    """How often one rule spoke, and in how many records."""

    __slots__ = ("_last_record", "code", "instances", "name", "records", "severity")

    def __init__(self, code: str, name: str, severity: Severity):
        self.code = code
        self.name = name
        self.severity = severity
        self.instances = 0
        self.records = 0
        self._last_record: tuple[str, int, str | None] | None = None

    def add(self, finding: Finding) -> None:
        """Count *finding*. Findings of one record follow one another, so it is enough to
        remember the last record. Those that stand on one line have PMIDs or digests."""
        self.instances += 1
        line = finding.record_line or finding.place.line
        record = (finding.path, line, finding.pmid or finding.record_digest)
        if record != self._last_record:
            self.records += 1
            self._last_record = record


class Summary:
    """What a run came to."""

    def __init__(self, files: int = 0, records: int = 0, notices: Iterable[str] = ()):
        #: How many files were read, and how many records were looked at.
        self.files = files
        self.records = records
        #: How many records were read; of some runs only a part of them is looked at.
        self.records_read = records
        #: Rule code -> its counts, in the order in which the rules first spoke.
        self.rules: dict[str, RuleCount] = {}
        #: What else the user must know, a line each: paths not read, rules that did not run.
        self.notices: list[str] = list(notices)
        #: Why the run failed, a line each: what could not be read, too few records.
        self.unusable: list[str] = []
        #: How many findings were held back: by ignores, and as known from a baseline.
        self.ignored = 0
        self.baselined = 0
        #: Whether the run ended early, at the most findings that the user wanted.
        self.is_cut_short = False
        self._severities = dict.fromkeys(Severity, 0)

    def add(self, finding: Finding) -> None:
        """Count *finding*; findings come in the order of the input."""
        self._severities[finding.severity] += 1
        rule = self.rules.get(finding.code)
        if rule is None:
            rule = RuleCount(finding.code, finding.name, finding.severity)
            self.rules[finding.code] = rule
        rule.add(finding)

    def count(self, severity: Severity) -> int:
        """How many findings are of just that *severity*."""
        return self._severities[severity]

    @property
    def total(self) -> int:
        """How many findings there are."""
        return sum(self._severities.values())

    @property
    def worst(self) -> Severity | None:
        """The highest severity met, or None where there is no finding."""
        return max((s for s, count in self._severities.items() if count), default=None)

    def rules_by_frequency(self) -> list[RuleCount]:
        """The rules that spoke, the most frequent first, then by code."""
        return sorted(self.rules.values(), key=lambda rule: (-rule.instances, rule.code))
