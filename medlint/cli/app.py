"""``medlint``: the commands and how they end."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from medlint.cli.check import check
from medlint.cli.options import show_version
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
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
