"""``medlint``: the commands and how they end."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Literal, TextIO

import typer

from medlint.cli.check import check
from medlint.cli.options import UNUSABLE, drop_output, say, show_version
from medlint.cli.rules import rules_app

app = typer.Typer(
    name="medlint",
    help="Quality control of MEDLINE/PubMed bibliographic records.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(check)
app.add_typer(rules_app, name="rules")


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
    # A parent process may have closed the streams; then there is nobody to read or to tell.
    sys.stdin = sys.stdin or _nothing("r")
    sys.stdout = sys.stdout or _nothing("w")
    sys.stderr = sys.stderr or _nothing("w")
    try:
        app()
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        drop_output()
        say(f"medlint: output: {error.strerror or error}")
        sys.exit(UNUSABLE)


def _nothing(mode: Literal["r", "w"]) -> TextIO:
    stream: TextIO = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115
    return stream


if __name__ == "__main__":
    main()
