"""``medlint``: how the program begins and ends."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Literal, TextIO


def main() -> None:
    """Run the command line."""
    # What is imported stays to the end: the collector would look through all of it for nothing.
    gc.disable()
    # A parent process may have closed the streams; then there is nobody to read or to tell.
    sys.stdin = sys.stdin or _nothing("r")
    sys.stdout = sys.stdout or _nothing("w")
    sys.stderr = sys.stderr or _nothing("w")
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
        sys.exit(code)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        from medlint.cli.options import UNUSABLE, drop_output, say

        drop_output()
        say(f"medlint: output: {error.strerror or error}")
        sys.exit(UNUSABLE)


def _run(words: Sequence[str]) -> int | str | None:
    """Do what the words of the command line ask for; return the exit code.

    ``medlint check`` with nothing but paths, as hooks call it, has no options to be read: what
    reads them takes as long to import as all the rest.
    """
    try:
        if words[:1] == ["check"] and "_MEDLINT_COMPLETE" not in os.environ:
            paths = words[1:]
            if all(path == "-" or not path.startswith("-") for path in paths):
                from medlint.cli.checking import Shown, check_files
                from medlint.cli.linting import Wishes
                from medlint.cli.options import endings

                with endings():
                    return check_files(Wishes(paths=paths), Shown())
        from medlint.cli.app import run_app

        return run_app()
    except SystemExit as end:
        return end.code


def _nothing(mode: Literal["r", "w"]) -> TextIO:
    stream: TextIO = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115
    return stream
