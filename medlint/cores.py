"""How many processes may work at the same time."""

from __future__ import annotations

import os
from contextlib import suppress

#: What a container may use: microseconds of work in so many microseconds (cgroup v2, "cpu.max" in
#: the kernel's documentation of control groups).
_QUOTA = "/sys/fs/cgroup/cpu.max"


def available_cores() -> int:
    """The number of cores that this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    with suppress(OSError, ValueError), open(_QUOTA, encoding="ascii") as file:
        work, period = map(int, file.read().split())
        cores = min(cores, -(-work // period))
    return max(cores, 1)
