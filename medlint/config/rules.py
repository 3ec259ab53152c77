"""Settings -> the rules that run; each word for a rule is checked at its place in the file."""

from __future__ import annotations

from collections.abc import Sequence

from medlint.config.settings import Settings
from medlint.documents.problem import DocumentError, DocumentProblem
from medlint.rulebook.rule import Rule
from medlint.rulebook.select import SelectionError, choose, meant


def rules_to_run(rules: Sequence[Rule], settings: Settings) -> list[Rule]:
    """The rules of a rulebook that run under *settings*, with the severities these give.

    What ``per-file-ignores`` names is silent, however exactly it is selected. Raises DocumentError
    with each word of a file that names no rule, SelectionError for one on the command line.
    """
    _check_words(rules, settings)
    silent = {code for word in settings.ignore_here for code in meant(rules, word)}
    return [rule for rule in choose(rules, settings.selection) if rule.code not in silent]


def _check_words(rules: Sequence[Rule], settings: Settings) -> None:
    problems: list[DocumentProblem] = []
    for word, origin in settings.words.items():
        try:
            meant(rules, word)
        except SelectionError as error:
            problems.append(origin.problem(str(error)))
    if problems:
        raise DocumentError(sorted(problems))
