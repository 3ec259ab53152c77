"""``medlint ignore``: keep a finding, and say why."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medlint.cli.completion import rule_names
from medlint.cli.options import endings, stop, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medlint.rulebook.rule import Rule


#: Shown under the help.
EXAMPLES = """Examples:

medlint ignore 37583846 issn-check-digit --reason "Printed so in the journal."

medlint ignore 37583846 ML203 --tag IS --reason "NLM was asked." --until 2027-06-30
"""


def ignore(
    pmid: Annotated[str, typer.Argument(metavar="PMID", help="Of the record, such as 37583846.")],
    rule: Annotated[
        str,
        typer.Argument(
            metavar="RULE",
            autocompletion=rule_names,
            help="Code or name, such as issn-check-digit.",
        ),
    ],
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why the finding may stay.", show_default=False)
    ],
    tag: Annotated[
        str | None, typer.Option(metavar="TAG", help="Ignore the rule on this tag only.")
    ] = None,
    author: Annotated[str | None, typer.Option(metavar="NAME", help="Who says so.")] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day on which it holds, YYYY-MM-DD.")
    ] = None,
) -> None:
    """Keep the findings of one rule on one record, and say why.

    The entry goes into the nearest medlint-ignores.yaml upwards, or into a new one here.
    'medlint check' then holds those findings back.
    """
    with endings(is_check=False):
        from medlint.config.configuration import Configuration
        from medlint.config.layer import Layer
        from medlint.documents import IGNORES
        from medlint.nearest import as_shown, nearest
        from medlint.rulebook.load import load_rulebook
        from medlint.suppress.adding import START, NewIgnore, NotAddedError, with_ignore
        from medlint.suppress.ignores import text_of
        from medlint.suppress.replacing import replace

        known = load_rulebook(Configuration(Layer()).for_file(None).rules).rules
        new = NewIgnore(
            _pmid(pmid),
            _rule(known, rule),
            _text("--reason", reason),
            _tag(tag),
            None if author is None else _text("--author", author),
            _day(until),
        )
        found = nearest(Path(), [IGNORES])
        path = Path(as_shown(found or Path(IGNORES)))
        text = text_of(path) if found else START
        try:
            changed = with_ignore(text, str(path), new, known)
        except NotAddedError as error:
            stop(str(error))
        replace(path, changed.encode())
        tag_said = f" on {new.tag}" if new.tag else ""
        until_said = f", until {new.until}" if new.until else ""
        wrote = "Added to" if found else "Wrote"
        tell(f"{wrote} {path}: PMID {new.pmid}, {new.rule.name}{tag_said}{until_said}.")


def _pmid(text: str) -> str:
    if not re.fullmatch("[1-9][0-9]*", text):
        stop(f"'{text}' is not a PMID; expected a number such as 37583846")
    return text


def _rule(known: Sequence[Rule], word: str) -> Rule:
    from medlint.rulebook.select import find

    first, *others = find(known, word)
    if others:
        names = " or ".join(f"'{rule.name}'" for rule in (first, *others))
        stop(f"'{word}' is now several rules; say {names}")
    return first


def _text(option: str, text: str) -> str:
    if not text.strip():
        stop(f"{option} is empty; say why the finding may stay, or who says so")
    try:
        text.encode()
    except UnicodeEncodeError:
        stop(f"{option} holds bytes that are not text")
    return text


def _tag(text: str | None) -> str | None:
    if text is not None and not re.fullmatch("[A-Z][A-Z0-9]{0,3}", text):
        stop(f"--tag '{text}': expected up to four capital letters or digits, such as IS")
    return text


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        day = None
    if day is None:
        stop(f"--until '{text}': expected a day such as 2026-12-31")
    if day < date.today():
        stop(f"--until {text}: that day is over")
    return day
