"""A rule at work: the rule, and the check that it asks for."""

from __future__ import annotations

import os
from collections.abc import Iterable

from medlint.checks.base import Fault, RecordCheck
from medlint.records.columns import Columns
from medlint.records.record import Record
from medlint.rulebook.rule import Rule


class RuleCrashError(Exception):
    """A rule's check failed by itself: a fault of medlint, never of the record."""

    @classmethod
    def of(cls, rule: Rule, record: Record, error: Exception) -> RuleCrashError:
        """The *error* that *rule* met with on *record*."""
        where = f" on the record with PMID {record.pmid}"
        return cls(
            f"rule {rule.code} {rule.name} crashed{where} ({type(error).__name__}: {error}); "
            f"this is a fault of medlint, please report it; '--ignore {rule.code}' goes on without "
            "the rule"
        )


def described(error: Exception) -> str:
    """What is to be said of a fault of medlint, in one line that asks for a report."""
    if isinstance(error, RuleCrashError):
        return str(error)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = ""
    if trace is not None:
        file = os.path.basename(trace.tb_frame.f_code.co_filename)
        where = f" in {file}:{trace.tb_lineno}"
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"internal fault of medlint ({what}{where}); please report it, with the file if you may"


class ActiveRule:
    """A rule and the check it asks for."""

    __slots__ = ("_tests", "check", "rule")

    def __init__(self, rule: Rule, check: RecordCheck):
        self.rule = rule
        self.check = check
        self._tests = [(condition.tag, condition.test) for condition in rule.conditions]

    def is_for(self, columns: Columns, indexes: Iterable[int]) -> Iterable[int]:
        """Those of the records with these *indexes* for which the rule's conditions hold."""
        for tag, test in self._tests:
            values = columns.by_record(tag)
            indexes = [index for index in indexes if test(values.get(index, ()))]
        return indexes

    def faults(self, record: Record) -> list[Fault]:
        """What is wrong with *record*."""
        try:
            return list(self.check.faults(record))
        except Exception as error:
            raise RuleCrashError.of(self.rule, record, error) from error
