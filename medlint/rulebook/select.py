"""Which rules run, and how severe they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from medlint.documents.near import near_miss
from medlint.findings import Severity
from medlint.rulebook.rule import Rule


class SelectionError(ValueError):
    """The user named a rule that is not there, or asked for two things at once."""


class Selection(NamedTuple):
    """What the user said of rules. Each entry is a code (ML201), the beginning of one (ML2), a
    name, a topic, or ALL."""

    select: Sequence[str] = ()
    extend: Sequence[str] = ()
    ignore: Sequence[str] = ()
    #: "RULE=LEVEL" each.
    severity: Sequence[str] = ()


def select(rules: Sequence[Rule], selection: Selection) -> list[Rule]:
    """The rules that run, with the severities that the user wants.

    Without ``select``, the rules that are on by default. The more exact entry wins: a code or name
    over a topic, a longer beginning of a code over a shorter one, anything over ALL; between two
    equal ones, ``ignore``. Of severities, too, the more exact entry wins; between two equal ones,
    the last. Raises SelectionError.
    """
    both = {*selection.select, *selection.extend} & set(selection.ignore)
    if both:
        word = min(both)
        raise SelectionError(f"'{word}' is both selected and ignored; say one of the two")
    wanted = [(entry, _matching(rules, entry)) for entry in (*selection.select, *selection.extend)]
    unwanted = [(entry, _matching(rules, entry)) for entry in selection.ignore]
    severities = _severities(rules, selection.severity)
    chosen = []
    for rule in rules:
        weight = max((_weight(e, rule) for e, codes in wanted if rule.code in codes), default=-1)
        against = max((_weight(e, rule) for e, codes in unwanted if rule.code in codes), default=-1)
        if weight < 0 and not selection.select and rule.default:
            weight = 0
        if weight >= 0 and weight > against:
            severity = severities.get(rule.code, rule.severity)
            chosen.append(rule._replace(severity=severity))
    return chosen


def find(rules: Iterable[Rule], word: str) -> Rule:
    """The rule whose code or name is *word*. Raises SelectionError."""
    rules = list(rules)
    for rule in rules:
        if word in (rule.code, rule.name, *rule.replaces) or word.upper() == rule.code:
            return rule
    raise SelectionError(f"there is no rule '{word}'{_hint(word, rules)}")


def _matching(rules: Sequence[Rule], entry: str) -> frozenset[str]:
    """The codes of the rules that *entry* means."""
    if entry == "ALL":
        return frozenset(rule.code for rule in rules)
    topic = entry.removeprefix("topic:")
    matching = frozenset(
        rule.code
        for rule in rules
        if (len(entry) > 1 and rule.code.startswith(entry.upper()))
        or entry in (rule.name, *rule.replaces)
        or topic in rule.topics
    )
    if not matching:
        raise SelectionError(f"there is no rule or topic '{entry}'{_hint(entry, rules)}")
    return matching


def _weight(entry: str, rule: Rule) -> int:
    """How exact *entry* is, in speaking of *rule*."""
    if entry == "ALL":
        return 1
    if entry in (rule.name, *rule.replaces) or entry.upper() == rule.code:
        return 100
    return len(entry) if rule.code.startswith(entry.upper()) else 2


def _severities(rules: Sequence[Rule], entries: Iterable[str]) -> dict[str, Severity]:
    """Rule code -> its severity; the more exact entry wins, of two equal ones the last."""
    found: dict[str, tuple[int, Severity]] = {}
    by_code = {rule.code: rule for rule in rules}
    for entry in entries:
        word, equals, level = entry.partition("=")
        if not equals:
            raise SelectionError(f"'{entry}' does not say RULE=LEVEL, such as ML201=warning")
        try:
            severity = Severity.parse(level)
        except ValueError as error:
            raise SelectionError(f"'{entry}': {error}") from None
        for code in _matching(rules, word):
            weight = _weight(word, by_code[code])
            if code not in found or weight >= found[code][0]:
                found[code] = weight, severity
    return {code: severity for code, (_, severity) in found.items()}


def _hint(word: str, rules: Iterable[Rule]) -> str:
    known = [known for rule in rules for known in (rule.code, rule.name, *rule.topics)]
    near = near_miss(word, dict.fromkeys(["ALL", *known]))
    return f"; did you mean '{near}'?" if near else "; 'medlint rules list' shows them all"
