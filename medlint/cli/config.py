"""``medlint config``: show what holds, and start a configuration."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from medlint.cli import check_options as option
from medlint.cli.options import endings, say, stop, tell

_EXAMPLES = """Examples:

medlint config init

medlint config show

medlint config show records/old.nbib
"""

config_app = typer.Typer(
    epilog=_EXAMPLES,
    help="Show the settings that hold, and start a configuration.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@config_app.command()
def show(
    path: Annotated[
        str | None, typer.Argument(help="A file or a folder; by default this folder.")
    ] = None,
    config: option.Config = None,
) -> None:
    """Print every setting that holds for a file or folder, and where it comes from."""
    with endings(is_check=False):
        from medlint.cli.wished_outputs import wished_outputs
        from medlint.config.configuration import Configuration
        from medlint.config.layer import Layer
        from medlint.config.rules import rules_to_run
        from medlint.config.show import as_yaml
        from medlint.output.wishes import masked, parse_wishes
        from medlint.rulebook.load import load_rulebook

        if path is not None and not os.path.exists(path):
            stop(f"{masked(path)}: there is no such file or folder")
        configuration = Configuration(Layer(), file=config)
        if path is None or os.path.isdir(path):
            folder = path or "."
            settings = configuration.for_folder(folder)
        else:
            folder = os.path.dirname(path) or "."
            settings = configuration.for_file(path)
        rules_to_run(load_rulebook(settings.rules).rules, settings)
        wished = wished_outputs((), False, (), settings)
        parse_wishes(wished.standard, wished.wishes, said=wished.said)
        for notice in configuration.notices:
            say(f"medlint: {notice}")
        file = configuration.file_for(folder) or "no configuration file"
        tell(f"# {path or 'this folder'}: {file}\n{as_yaml(settings)}")


@config_app.command()
def init() -> None:
    """Write a commented medlint.yaml into this folder; it changes nothing until it is edited."""
    with endings(is_check=False):
        from medlint.config.configuration import Configuration
        from medlint.config.layer import Layer
        from medlint.config.starter import STARTER
        from medlint.documents import CONFIG_FILE

        if os.path.lexists(CONFIG_FILE):
            stop(f"{CONFIG_FILE} is there already; edit it, or move it away")
        before = Configuration(Layer()).file_for(".")
        with open(CONFIG_FILE, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(STARTER)
        tell(f"Wrote {CONFIG_FILE}. Edit it, then run: medlint config show")
        if before is not None:
            say(f"medlint: {before} no longer counts in this folder")
