"""``medlint rules``: list and explain rules, test and start your own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from medlint.cli.completion import rule_names, rule_words
from medlint.cli.options import CLEAN, FINDINGS, endings, here, say, stop, tell, words

if TYPE_CHECKING:
    from medlint.rulebook.rule import Rule

rules_app = typer.Typer(
    help="List and explain rules; test and start your own.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_RULES = typer.Option(
    "--rules", metavar="PATH", callback=here, help="Rules of your own: files or folders."
)


@rules_app.command("list")
def list_rules(
    selected: Annotated[
        list[str] | None,
        typer.Option("--select", autocompletion=rule_words, help="These rules only."),
    ] = None,
    rules: Annotated[list[Path] | None, _RULES] = None,
) -> None:
    """List the rules: code, severity, name and what each asks for."""
    with endings():
        from medlint.rulebook.load import load_rulebook
        from medlint.rulebook.select import Selection, select

        known = load_rulebook(rules or ()).rules
        wanted = words(selected or ())
        _say_notices(known, wanted)
        for rule in select(known, Selection(wanted)) if wanted else known:
            tell(f"{rule.code}  {rule.severity.label:<7}  {rule.name}: {rule.summary}{_mark(rule)}")


@rules_app.command()
def show(
    names: Annotated[
        list[str],
        typer.Argument(metavar="CODE_OR_NAME...", autocompletion=rule_names, help="Such as ML203."),
    ],
    rules: Annotated[list[Path] | None, _RULES] = None,
) -> None:
    """Explain rules: what each asks for, why, examples right and wrong, and how to mend it."""
    with endings():
        from medlint.explain import as_text, page
        from medlint.rulebook.load import load_rulebook
        from medlint.rulebook.select import find

        rulebook = load_rulebook(rules or ())
        wanted = words(names) or names
        found = {rule.code: rule for word in wanted for rule in find(rulebook.rules, word)}
        _say_notices(rulebook.rules, wanted)
        between = f"\n\n{'-' * 72}\n\n"
        tell(between.join(as_text(page(rule, rulebook)) for rule in found.values()))


@rules_app.command()
def test(
    paths: Annotated[
        list[Path], typer.Argument(callback=here, help="Rule files, or folders of them.")
    ],
) -> None:
    """Check rule files and run the examples in them.

    Ends with 0 when every example does what it says, 1 when one does not, 2 when a file has
    mistakes.
    """
    with endings():
        from medlint.rule_tests import failures
        from medlint.rulebook.load import load_rulebook

        rulebook = load_rulebook(paths, use_cache=False)
        own = {path.name for path in _files(paths)}
        tested = [rule for rule in rulebook.rules if rule.source in own]
        failed = 0
        for rule in tested:
            for failure in failures(rule, rulebook):
                failed += 1
                say(f"{rule.source}: {rule.code} {rule.name}, {failure.example}: {failure.reason}")
        examples = sum(len(rule.good) + len(rule.bad) for rule in tested)
        verdict = f"{failed} failed" if failed else "all as they say"
        noun = "rule" if len(tested) == 1 else "rules"
        tell(f"Ran {examples} examples of {len(tested)} {noun}: {verdict}.")
        raise SystemExit(FINDINGS if failed else CLEAN)


@rules_app.command()
def new(
    name: Annotated[str, typer.Argument(help="What is right, such as title-ends-with-a-stop.")],
) -> None:
    """Write a commented start for a rule to NAME.yaml."""
    with endings():
        from medlint.data import SCHEMAS
        from medlint.rulebook.load import load_rulebook
        from medlint.rulebook.starter import starter

        rules = load_rulebook().rules
        if any(name in (rule.name, *rule.replaces) for rule in rules):
            stop(f"there is a built-in rule {name}; choose another name")
        try:
            text = starter(name, _free_code(), (SCHEMAS / "rule.schema.json").as_posix())
        except ValueError as error:
            stop(str(error))
        path = Path(f"{name}.yaml")
        if path.exists():
            stop(f"{path} is there already; choose another name, or move it away")
        path.write_text(text, encoding="utf-8")
        tell(f"Wrote {path}. Edit it, then run: medlint rules test {path}")


def _say_notices(rules: Sequence[Rule], named: Iterable[str]) -> None:
    from medlint.rulebook.select import notices

    for notice in notices(rules, named):
        say(f"medlint: {notice}")


def _mark(rule: Rule) -> str:
    """What is special about *rule*: its status, and that it is off."""
    marks = [] if rule.status == "stable" else [rule.status]
    marks += [] if rule.default else ["off unless selected"]
    return f" ({', '.join(marks)})" if marks else ""


def _free_code() -> str:
    """The first code that no rule file of this folder has."""
    taken = {
        line.removeprefix("code:").strip()
        for path in Path().glob("*.y*ml")
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if line.startswith("code:")
    }
    return next(code for n in count(1) if (code := f"MY{n:03}") not in taken)


def _files(paths: list[Path]) -> list[Path]:
    from medlint.rulebook.compile import rule_files

    return rule_files(paths)
