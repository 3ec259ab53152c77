"""What a shell offers for a word that is not whole yet."""

from __future__ import annotations

import os
from collections.abc import Iterator

from medlint.findings import Severity
from medlint.output import FORMATS, NAMES

#: A word, and what the shell may say of it.
Offer = tuple[str, str]


def rule_names(incomplete: str) -> Iterator[Offer]:
    """Codes and names of rules that begin so, each with what the rule asks for."""
    from medlint.rulebook.load import load_rulebook

    for rule in load_rulebook().rules:
        for word in (rule.code, rule.name):
            if word.startswith(incomplete):
                yield word, rule.summary


def rule_words(incomplete: str) -> Iterator[Offer]:
    """The same, and topics, for the last of several words with commas between them."""
    from medlint.rulebook.load import load_rulebook

    before, comma, last = incomplete.rpartition(",")
    topics = {topic for rule in load_rulebook().rules for topic in rule.topics}
    offers = [(topic, "topic") for topic in sorted(topics) if topic.startswith(last)]
    for word, about in (*rule_names(last), *offers):
        yield before + comma + word, about


def rule_levels(incomplete: str) -> Iterator[Offer]:
    """``RULE=LEVEL``, first the one and then the other; several may have commas between them."""
    before, comma, last = incomplete.rpartition(",")
    rule, equals, level = last.partition("=")
    if not equals:
        for word, about in rule_words(incomplete):
            yield f"{word}=", about
    for severity in sorted(Severity, reverse=True) if equals else ():
        if severity.label.startswith(level):
            yield f"{before}{comma}{rule}={severity.label}", "level"


def levels_in_bash(incomplete: str) -> list[str]:
    """Levels that begin so, after ``--severity RULE=``: for bash a word ends at the sign, so that
    medlint is asked for a path. Else nothing: a shell knows paths itself."""
    words = os.environ.get("COMP_WORDS", "").split("\n")
    typed = words[: int(os.environ.get("COMP_CWORD", "0")) + 1]
    before = typed if typed[-1:] == ["="] else typed[:-1]
    if before[-1:] != ["="] or before[-3:-2] != ["--severity"]:
        return []
    return [s.label for s in sorted(Severity, reverse=True) if s.label.startswith(incomplete)]


def format_names(incomplete: str) -> list[str]:
    """The formats of standard output that begin so."""
    return [name for name in FORMATS if name.startswith(incomplete)]


def file_format_names(incomplete: str) -> list[str]:
    """The formats of files that begin so."""
    return [name for name in NAMES if name.startswith(incomplete)]
