"""`python benchmarks/dataset.py 5000000`: what the rules on the data set cost for so many records.

A tenth, a third and the whole of that number, each in a process of its own. Records are made up and
go from text to findings without a file; the single-record rules do not run. Of the time, that of
making the text is left out. One record in a hundred has the DOI of another, so that there are
findings.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from medlint.checks.base import Context
from medlint.dataset import Dataset
from medlint.functions.orcid import orcid_check_digit
from medlint.records.batch import Chunk
from medlint.records.columns import Columns
from medlint.records.record import Record
from medlint.records.tagged import read
from medlint.rulebook.load import load_rulebook

_IN_A_BATCH = 500
#: About as many as PubMed has.
_JOURNALS = 30_000
_RECORD = """PMID- {pmid}
OWN - NLM
STAT- MEDLINE
IS  - {journal:04}-{low:04} (Print)
VI  - {volume}
DP  - {year} Mar
TI  - Tea and sleep in nurses of two hospitals: trial number {pmid}.
PG  - {low}-{high}
AB  - Tea was given to nurses who work at night, for six weeks. Sleep was measured by diary.
      Sleep did not change in any of the groups that we looked at. Side effects were few. We
      do not know whether tea helps nurses who work by day. Registered as trial {pmid}.
FAU - Example, Anna {pmid}
AU  - Example A
AUID- ORCID: {orcid}
LA  - eng
PT  - Journal Article
{link}
PL  - England
TA  - J Ex {journal}
JT  - Journal of examples {journal}
JID - {jid}
AID - 10.1000/j.example.2020.{doi} [doi]

"""
_LINKS = {
    0: "CIN - J Ex. 2020;1(1):1. PMID: {after}",
    1: "CON - J Ex. 2020;1(1):1. PMID: {before}",
}


def texts(count: int) -> Iterator[bytes]:
    """The text of *count* records, batch by batch."""
    for start in range(1, count + 1, _IN_A_BATCH):
        some = range(start, min(start + _IN_A_BATCH, count + 1))
        yield "".join([_record(pmid) for pmid in some]).encode()


def _record(pmid: int) -> str:
    journal = pmid * 7919 % _JOURNALS
    volume = 5 + pmid * 104_729 // _JOURNALS % 50
    low = pmid % 3000
    orcid = f"{pmid % 400_000_000:015}"
    orcid = "-".join((orcid[:4], orcid[4:8], orcid[8:12], orcid[12:] + "0"))
    orcid = orcid[:-1] + (orcid_check_digit(orcid) or orcid)[-1]
    return _RECORD.format(
        pmid=pmid,
        journal=journal,
        jid=101_000_000 + journal,
        volume=volume,
        year=1960 + volume,
        low=low,
        high=low + 7,
        orcid=orcid,
        doi=pmid if pmid % 100 else pmid - 50,
        link=_LINKS.get(pmid % 10, "SB  - IM").format(before=pmid - 1, after=pmid + 1),
    )


def measure(count: int) -> None:
    """Check *count* records and print what it took."""
    rulebook = load_rulebook()
    rules = [rule for rule in rulebook.rules if rule.default]
    dataset = Dataset(rules, Context(date(2026, 1, 1), rulebook.vocabularies))
    floor = _peak()
    reading = collecting = 0.0
    for text in texts(count):
        begun = time.process_time()
        columns = Columns(read(Chunk(text, 1, True, True)).records)
        columns.values("PMID")
        was_read = time.process_time()
        dataset.collect("made.nbib", columns)
        reading += was_read - begun
        collecting += time.process_time() - was_read
    peak = _peak()
    begun = time.process_time()
    findings = sum(1 for _ in dataset.findings(_nowhere))
    merging = time.process_time() - begun
    each = 1e6 / count
    times = (reading * each, collecting * each, merging * each)
    row = [*(f"{time:.1f}" for time in times), *(f"{mib:.0f}" for mib in (floor, peak, _peak()))]
    print(f"{count:>11,}", *(f"{cell:>10}" for cell in (f"{findings:,}", *row)), flush=True)


def _nowhere(_: set[tuple[str, int]]) -> Iterator[tuple[str, Record]]:
    return iter(())


def _peak() -> float:
    """The most memory that this process has had, in MiB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure in new processes."""
    most = int(sys.argv[1])
    print("                       microseconds a record            peak of memory, MiB")
    print(
        "    records   findings    reading collecting    merging   at first collecting    at last"
    )
    for count in (most // 10, most // 3, most):
        child = os.fork()
        if not child:
            import gc

            gc.disable()
            measure(count)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            sys.exit(
                f"{count:,} records: the process ended with {os.waitstatus_to_exitcode(status)}"
            )


if __name__ == "__main__":
    main()
