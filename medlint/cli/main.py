"""``medlint``: how the program begins and ends."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Literal, TextIO

from medlint.signals import Ended, heed_signals, ignore_signals


def main() -> None:
    """Run the command line."""
    # What is imported stays to the end: the collector would look through all of it for nothing.
    gc.disable()
    # A parent process may have closed the streams. Then there is nothing to read and nobody to
    # tell; but what is to be written must not be lost in silence.
    sys.stdin = sys.stdin or _nowhere(os.O_RDONLY, "r")
    sys.stdout = sys.stdout or _nowhere(os.O_RDONLY, "w")
    sys.stderr = sys.stderr or _nowhere(os.O_WRONLY, "w")
    heed_signals()
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
        sys.exit(code)
    except Ended as end:
        sys.exit(128 + end.number)
    except OSError as error:
        from medlint.cli.options import UNUSABLE, drop_output, say

        drop_output()
        say(f"medlint: output: {error.strerror or error}")
        sys.exit(UNUSABLE)
    finally:
        ignore_signals()


def _run(words: Sequence[str]) -> int | str | None:
    """Do what the words of the command line ask for; return the exit code.

    ``medlint check`` with nothing but paths, as hooks call it, has no options to be read: what
    reads them takes as long to import as all the rest.
    """
    try:
        if words[:1] == ["check"] and "_MEDLINT_COMPLETE" not in os.environ:
            paths = words[1:]
            if all(path == "-" or not path.startswith("-") for path in paths):
                from medlint.cli.checking import Mending, Shown, check_files
                from medlint.cli.linting import Wishes
                from medlint.cli.options import endings

                with endings():
                    return check_files(Wishes(paths=paths), Shown(), Mending())
        from medlint.cli.app import run_app

        return run_app()
    except SystemExit as end:
        return end.code


def _nowhere(flags: int, mode: Literal["r", "w"]) -> TextIO:
    """The null device. Opened for reading alone, it refuses what is written as a closed stream
    does, and what is empty it lets pass."""
    stream: TextIO = open(os.open(os.devnull, flags), mode, encoding="utf-8")  # noqa: SIM115
    return stream
