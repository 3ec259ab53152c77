"""``medlint``: the commands and how they end."""

from __future__ import annotations

import os
import re
import sys
from typing import Annotated, Any, Literal, NoReturn, TextIO

import typer

from medlint.cli.baseline import baseline_app
from medlint.cli.check import EXAMPLES, check
from medlint.cli.config import config_app
from medlint.cli.format import FORMAT_EXAMPLES, format_files
from medlint.cli.ignore import EXAMPLES as IGNORE_EXAMPLES
from medlint.cli.ignore import ignore
from medlint.cli.options import UNUSABLE, drop_output, say, show_version
from medlint.cli.rules import rules_app

#: What is raised for a command line that makes no sense, by whichever click typer brings.
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]

app = typer.Typer(
    name="medlint",
    help="Quality control of MEDLINE/PubMed bibliographic records.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog=EXAMPLES)(check)
app.command("format", epilog=FORMAT_EXAMPLES)(format_files)
app.command(epilog=IGNORE_EXAMPLES)(ignore)
app.add_typer(baseline_app, name="baseline")
app.add_typer(rules_app, name="rules")
app.add_typer(config_app, name="config")


@app.callback()
def medlint(
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Quality control of MEDLINE/PubMed bibliographic records."""


def main() -> None:
    """Run the command line."""
    # A parent process may have closed the streams. Then there is nothing to read and nobody to
    # tell; but what is to be written must not be lost in silence.
    sys.stdin = sys.stdin or _nowhere(os.O_RDONLY, "r")
    sys.stdout = sys.stdout or _nowhere(os.O_RDONLY, "w")
    sys.stderr = sys.stderr or _nowhere(os.O_WRONLY, "w")
    try:
        code = app(prog_name="medlint", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code)
    except _UsageError as error:
        _refuse(error)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        drop_output()
        say(f"medlint: output: {error.strerror or error}")
        sys.exit(UNUSABLE)


def _refuse(error: Any) -> NoReturn:
    """Say what is wrong with the command line, and end with 2."""
    # Empty where the help has been printed in place of a message.
    if message := error.format_message():
        command = error.ctx.command_path if error.ctx else "medlint"
        said = re.sub(r"[.:]? \(Possible options: (.*)\)$", r". Did you mean \1?", message)
        said = said if said.endswith((".", "?")) else f"{said}."
        say(f"medlint: {said} '{command} --help' shows what there is.")
    sys.exit(UNUSABLE)


def _nowhere(flags: int, mode: Literal["r", "w"]) -> TextIO:
    """The null device. Opened for reading alone, it refuses what is written as a closed stream
    does, and what is empty it lets pass."""
    stream: TextIO = open(os.open(os.devnull, flags), mode, encoding="utf-8")  # noqa: SIM115
    return stream


if __name__ == "__main__":
    main()
