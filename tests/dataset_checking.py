"""What the tests of data-set checks share: a check run over several records."""

from __future__ import annotations

from checking import records

from medlint.checks.dataset import DatasetCheck, DatasetFault
from medlint.checks.memory import NO_PMID, Entry, Memory, Register
from medlint.records.columns import Columns


def entries(check: DatasetCheck, text: str) -> list[Entry]:
    """The entries of a text's records."""
    return list(check.entries(Columns(records(text))))


def found(check: DatasetCheck, *texts: str) -> list[DatasetFault]:
    """What a check finds in records that stand in files ``0.nbib``, ``1.nbib``, ..., sorted by the
    record it is filed under."""
    register = Register()
    memory = Memory(register, check.most)
    for number, text in enumerate(texts):
        some = records(text)
        pmids = [int(record.pmid) if record.pmid else NO_PMID for record in some]
        numbers = register.add(f"{number}.nbib", pmids, [record.first_line for record in some])
        memory.add(list(numbers), check.entries(Columns(some)))
    return sorted(check.faults(memory), key=lambda fault: fault.holder)
