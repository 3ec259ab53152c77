"""What the user says of outputs: ``FORMAT:FILE``, or ``FORMAT`` alone for standard output."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from medlint.output import FILE_FORMATS, NAMES
from medlint.output.new_file import is_stream

#: Where an output goes: a file, or a URL.
Target = Path | str


class OutputError(ValueError):
    """The user's wish for an output makes no sense."""


def parse_wishes(
    standard: str | None,
    wishes: Sequence[str],
    inputs: Iterable[Target] = (),
    said: str = "--output",
) -> tuple[str, list[tuple[str, Target]]]:
    """Return the format of standard output, and the formats and files beside it.

    *standard* is what was said of standard output elsewhere, if anything; *said* is where the
    wishes were said. Raises OutputError for a format that does not exist, for a second word on
    standard output, be it the same, or a format that it cannot be written as, and for a file that
    cannot be meant: the same twice, one of the *inputs*, one in no folder.

    >>> standard, [(name, path)] = parse_wishes(None, ["concise", "json:found.json"])
    >>> standard, name, str(path)
    ('concise', 'json', 'found.json')
    """
    read = {_key(path) for path in inputs}
    written: set[str] = set()
    files: list[tuple[str, Target]] = []
    if standard is not None:
        _check_format("--output-format", standard)
        _check_is_text("--output-format", standard)
    for wish in wishes:
        option = f"{said} '{masked(wish)}'"
        name, colon, file = wish.partition(":")
        _check_format(option, name)
        if not colon:
            _check_is_text(option, name)
            if standard is not None:
                raise OutputError(
                    f"{option}: standard output is written as {standard} already; "
                    "for a file say FORMAT:FILE"
                )
            standard = name
            continue
        path = _url(option, file) if "://" in file else Path(file)
        if isinstance(path, Path):
            _check_file(option, name, file, path)
        key = _key(path)
        if key in written:
            raise OutputError(f"{option}: two outputs cannot go to the same file")
        if key in read and (isinstance(path, str) or path.is_file()):
            raise OutputError(f"{option}: medlint reads that file in this run")
        written.add(key)
        files.append((name, path))
    return standard or "full", files


def masked(wish: str) -> str:
    """*wish*, or its file, without the passwords of a URL."""
    if "://" not in wish:
        return wish
    from medlint.urls import shown

    return shown(wish)


def _check_format(option: str, name: str) -> None:
    if name in NAMES:
        return
    from medlint.documents.near import near_miss

    near = near_miss(name, NAMES)
    hint = f"did you mean '{near}'?" if near else "there are " + ", ".join(NAMES)
    raise OutputError(f"{option}: '{name}' is not a format; {hint}")


def _check_is_text(option: str, name: str) -> None:
    if name in FILE_FORMATS:
        raise OutputError(
            f"{option}: {name} is no text for standard output; for a file say --output {name}:FILE"
        )


def _check_file(option: str, name: str, file: str, path: Path) -> None:
    if file in ("", "-"):
        hint = "" if name in FILE_FORMATS else f"; for standard output say --output-format {name}"
        raise OutputError(f"{option}: expected a file after the colon{hint}")
    if "\0" in file or not path.resolve().parent.is_dir():
        raise OutputError(f"{option}: there is no folder '{path.parent}'")
    if path.is_dir():
        raise OutputError(f"{option}: that is a folder; expected a file")
    if name in FILE_FORMATS and is_stream(path):
        raise OutputError(f"{option}: {name} needs a file; that is a pipe or a device")


def _url(option: str, url: str) -> Target:
    """Where *url* leads: a file of this machine is one like any other."""
    from medlint.urls import check_can_be_written, remote

    try:
        place = remote(url)
        if place.is_local:
            return Path(place.path)
        check_can_be_written(place)
    except OSError as error:
        raise OutputError(f"{option}: {error.strerror}") from None
    return url


def _key(path: Target) -> str:
    """What two names of one file share."""
    return path if isinstance(path, str) else os.path.normcase(path.resolve())
