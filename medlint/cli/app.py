"""``medlint``: its commands."""

from __future__ import annotations

import re
from typing import Annotated, Any, NoReturn

import typer

from medlint.cli.baseline import baseline_app
from medlint.cli.check import EXAMPLES, check
from medlint.cli.config import config_app
from medlint.cli.format import FORMAT_EXAMPLES, format_files
from medlint.cli.ignore import EXAMPLES as IGNORE_EXAMPLES
from medlint.cli.ignore import ignore
from medlint.cli.options import UNUSABLE, say, show_version
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


def run_app() -> int | None:
    """Run the command that the command line asks for; return the exit code.

    Ends the program for a command line that makes no sense.
    """
    try:
        code: int | None = app(prog_name="medlint", standalone_mode=False)
        return code
    except _UsageError as error:
        _refuse(error)


def _refuse(error: Any) -> NoReturn:
    """Say what is wrong with the command line, and end with 2."""
    # Empty where the help has been printed in place of a message.
    if message := error.format_message():
        command = error.ctx.command_path if error.ctx else "medlint"
        said = re.sub(r"[.:]? \(Possible options: (.*)\)$", r". Did you mean \1?", message)
        said = said if said.endswith((".", "?")) else f"{said}."
        say(f"medlint: {said} '{command} --help' shows what there is.")
    raise SystemExit(UNUSABLE)
