"""Files that a command changes: each is written, or shown as a diff; standard input is printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from medlint.active_rule import described
from medlint.cli.options import CLEAN, FINDINGS, UNUSABLE, say
from medlint.fixes.diff import Diff
from medlint.fixes.files import OnlyReadError, Put, UnfitError
from medlint.fixes.writing import CannotWriteError, Rewriting
from medlint.output.visible import encodable, visible
from medlint.records.sources import Source

#: Changes one source: gives each piece of it, old and new, to the second argument.
Change = Callable[[Source, Put], None]


class Changes(NamedTuple):
    """What came of it."""

    changed: list[str]
    #: What could not be read or written, a line each.
    problems: list[str]
    #: The names of those that were met in folders, and that medlint only reads.
    only_read: list[str]

    def note(self) -> str | None:
        """One line on the files that medlint only reads, if there are any."""
        count = len(self.only_read)
        if not count:
            return None
        were = f"{self.only_read[0]} was"
        if count > 1:
            were = f"{count:,} files, such as {self.only_read[0]}, were"
        return f"{were} left as is: medlint changes neither XML nor what is packed"


def change_sources(
    sources: Sequence[Source], change: Change, *, shows_diff: bool = False, writes: bool = True
) -> Changes:
    """Change *sources* one by one. With *shows_diff*, the changes are printed and no file is
    written; without *writes*, neither."""
    changes = Changes([], [], [])
    for source in sources:
        try:
            if _is_changed(source, change, shows_diff, writes):
                changes.changed.append(source.name)
        except OnlyReadError as error:
            if source.is_named:
                changes.problems.append(str(error))
            else:
                changes.only_read.append(source.name)
        except (CannotWriteError, UnfitError) as error:
            changes.problems.append(str(error))
        except BrokenPipeError:
            raise
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            changes.problems.append(f"{source.name}: cannot be read: {reason}")
        except Exception as error:
            changes.problems.append(f"{source.name}: not changed: {described(error)}")
    return changes


def _is_changed(source: Source, change: Change, shows_diff: bool, writes: bool) -> bool:
    if source.url is not None and writes and not shows_diff:
        told = f"{source.name}: not changed: medlint only reads at URLs; copy it first"
        raise CannotWriteError(told)
    if source.path is not None and writes and not shows_diff:
        with Rewriting(source.path) as rewriting:
            change(source, rewriting.put)
            return rewriting.finish()
    diff = Diff(source.name)
    differs = False

    def put(old: bytes, new: bytes) -> None:
        nonlocal differs
        differs |= old != new
        if shows_diff:
            _show(diff.lines(old, new))
        elif writes:
            sys.stdout.buffer.write(new)

    change(source, put)
    _show(diff.rest())
    return differs


def end_of_changes(changes: Changes, *, counts: bool) -> int:
    """Say what could not be done; return the exit code. With *counts*, a change counts as a
    finding."""
    for line in changes.problems:
        say(f"medlint: {line}")
    if changes.problems:
        return UNUSABLE
    return FINDINGS if counts and changes.changed else CLEAN


def _show(lines: Iterable[bytes]) -> None:
    """Print lines of a diff: for people on a terminal with what nobody could see written out, for
    programs byte by byte."""
    if not sys.stdout.isatty():
        sys.stdout.buffer.writelines(lines)
        return
    for line in lines:
        text = line.decode("utf-8", "surrogateescape").removesuffix("\n")
        print(encodable(visible(text), sys.stdout.encoding))
