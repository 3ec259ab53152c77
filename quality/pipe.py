"""A command whose reader goes away, such as `head`, ends without a word."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable


def until_pipe_closes(command: Callable[[], int]) -> int:
    """Run *command* and return its exit code; 141, as a shell says it, when nobody reads on."""
    try:
        code = command()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return code
