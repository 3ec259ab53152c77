"""What is to be written where, as the command line says, or else the configuration."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from medlint.cli.options import stop
from medlint.config.configuration import CONFIG_FILE, PROJECT_FILE
from medlint.config.settings import Settings
from medlint.output.wishes import masked
from medlint.suppress import BASELINE, IGNORES

#: What the files are called that medlint finds by their names.
_OWN_NAMES = frozenset({CONFIG_FILE, PROJECT_FILE, BASELINE, IGNORES})


class WishedOutputs(NamedTuple):
    """What the user wants written."""

    #: The format of standard output, if the command line says it in an option of its own.
    standard: str | None
    #: ``FORMAT:FILE``, or ``FORMAT`` alone for standard output.
    wishes: Sequence[str]
    #: Where the wishes were said.
    said: str = "--output"

    def files(self) -> Iterator[tuple[str, str]]:
        """Each wish for a file, as it was said, and the file."""
        for wish in self.wishes:
            _, colon, file = wish.partition(":")
            if colon and "\0" not in file:
                yield f"{self.said} '{masked(wish)}'", file


def wished_outputs(
    formats: Sequence[str], statistics: bool, wishes: Sequence[str], settings: Settings
) -> WishedOutputs:
    """What *formats* (of standard output), *statistics* and *wishes*, all of the command line, and
    *settings* together say.

    A file of settings gives way to the command line. It may have come with the records, so what it
    names must lie in its folder or below, and in no hidden place, such as that of git. Ends the
    program for wishes that make no sense.
    """
    words = [f"--output-format {name}" for name in formats]
    words += ["--statistics"] if statistics else []
    if len(words) > 1:
        stop(f"{words[0]} and {words[1]} both say what standard output is written as; say one")
    standard = "statistics" if statistics else next(iter(formats), None)
    wished = WishedOutputs(standard, wishes)
    if settings.output and not wishes:
        place = settings.origins["output"]
        told = [wish for wish in settings.output if ":" in wish or standard is None]
        wished = WishedOutputs(standard, told, f"{place}: output")
        folder = os.path.dirname(place.rpartition(":")[0])
        for wish, file in wished.files():
            if not _is_below(file, folder):
                stop(
                    f"{wish}: a configuration may only name files in its own folder and below, "
                    "and none that are hidden; for others say --output"
                )
    for wish, file in wished.files():
        if (name := Path(file).resolve().name) in _OWN_NAMES:
            stop(f"{wish}: {name} is what medlint reads; choose another name")
    return wished


def _is_below(file: str, folder: str) -> bool:
    """Whether *file* lies in *folder* or below, and in no hidden place there."""
    if os.path.isabs(file) or "://" in file:
        return False
    inside = os.path.relpath(os.path.realpath(file), os.path.realpath(folder))
    return not any(part.startswith(".") for part in inside.split(os.sep))
