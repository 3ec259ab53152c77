"""Options and endings that commands share."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from medlint.version import __version__

if TYPE_CHECKING:
    from medlint.documents.problem import DocumentError

CLEAN, FINDINGS, UNUSABLE = 0, 1, 2
_BROKEN_PIPE = 141

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


def show_version(wanted: bool) -> None:
    """Print the version and stop, if *wanted*."""
    if wanted:
        print(f"medlint {__version__}")
        raise SystemExit


def say(message: str) -> None:
    """Print *message* on standard error, for people, below what was printed before. That nobody is
    there to read it changes nothing."""
    from medlint.output.visible import encodable, visible

    with suppress(OSError):
        sys.stdout.flush()

    lines = [encodable(visible(line), sys.stderr.encoding) for line in message.split("\n")]
    try:
        print("\n".join(lines), file=sys.stderr, flush=True)
    except OSError:
        _drop(sys.stderr)


def stop(message: str) -> NoReturn:
    """Say why medlint cannot do its work, and end with 2."""
    say(f"medlint: {message}")
    raise SystemExit(UNUSABLE)


def words(values: Sequence[str]) -> list[str]:
    """The words of an option that may be repeated and may hold several with commas."""
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


def here(value: Any) -> Any:
    """The paths of an option that names files of this machine. Raises typer.BadParameter for a URL,
    of which the second slash is gone by now."""
    for path in value if isinstance(value, list) else filter(None, [value]):
        if _URL.match(str(path)) and not path.exists():
            import typer

            raise typer.BadParameter("a file or folder is needed; only records are read at URLs")
    return value


def drop_output() -> None:
    """Send what is left for standard output nowhere, so that Python does not try it again."""
    _drop(sys.stdout)


def _drop(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(text: str) -> None:
    """Print *text* on standard output, for people; what it holds of values is made visible."""
    from medlint.output.visible import encodable, visible

    print("\n".join(encodable(visible(line), sys.stdout.encoding) for line in text.split("\n")))


@contextmanager
def endings(*, is_check: bool = True) -> Iterator[None]:
    """Turn what may end a command early into one line and an exit code; *is_check* says whether the
    user asked for a check."""
    from medlint.active_rule import RuleCrashError, described
    from medlint.config.patterns import PatternError
    from medlint.documents.problem import DocumentError
    from medlint.output.outputs import OutputError
    from medlint.rulebook.select import SelectionError
    from medlint.signals import Ended
    from medlint.spill.drawers import SpillError
    from medlint.workers import CrewError

    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        drop_output()
        raise SystemExit(_BROKEN_PIPE) from None
    except Ended as end:
        say(" ".join(["medlint: interrupted", *map(str, end.args)]))
        raise SystemExit(128 + end.number) from None
    except DocumentError as error:
        _show_document_error(error, is_check=is_check)
        raise SystemExit(UNUSABLE) from None
    except OSError as error:
        drop_output()
        if isinstance(error, FileNotFoundError) and error.filename is None:
            stop(str(error))
        stop(f"{error.filename or 'output'}: {error.strerror or error}")
    except (
        SelectionError,
        PatternError,
        OutputError,
        RuleCrashError,
        SpillError,
        CrewError,
    ) as error:
        stop(str(error))
    except MemoryError:
        stop("there is not enough memory")
    except Exception as error:
        stop(described(error))


def _show_document_error(error: DocumentError, *, is_check: bool) -> None:
    from pathlib import Path

    from medlint.documents.problem import render

    for problem in error.problems:
        try:
            text = Path(problem.path).read_text(encoding="utf-8", errors="replace")
        except OSError:
            text = ""
        say(render(problem, text) if text else str(problem))
    count = len(error.problems)
    files = {problem.path for problem in error.problems}
    where = f"in {next(iter(files))}" if len(files) == 1 else f"in {len(files)} files"
    outcome = "; nothing was checked" if is_check else ""
    say(f"medlint: {count} mistake{'s' if count > 1 else ''} {where}{outcome}")
