"""Who does the work of a run, beside this process, as the command line asks for it."""

from __future__ import annotations

from medlint.cores import available_cores
from medlint.part import ChunkLinter
from medlint.signals import heed_signals
from medlint.workers import Crew


def crew(linter: ChunkLinter, jobs: int | None, scheduler: str | None) -> Crew | None:
    """The cluster of that *scheduler*; else *jobs* processes, or as many as there are cores; None
    where that is one. Raises `medlint.workers.CrewError`."""
    heed_signals()
    number = available_cores() if jobs is None else jobs
    if scheduler is not None:
        from medlint.cluster import Cluster

        return Cluster(scheduler, number, linter)
    if number == 1:
        return None
    from medlint.processes import Processes

    return Processes(number, linter)
