"""Which rules run, and how severe they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from medlint.documents.near import near_miss
from medlint.findings import Severity
from medlint.rulebook.rule import Rule

_ALL, _TOPIC, _NAMED = 1, 2, 100


class SelectionError(ValueError):
    """The user named a rule that is not there, or asked for two things at once."""


class Selection(NamedTuple):
    """What the user said of rules. Each entry is a code (ML201), the beginning of one (ML2), a
    name, a former code or name, a topic, or ALL."""

    select: Sequence[str] = ()
    extend: Sequence[str] = ()
    ignore: Sequence[str] = ()
    #: "RULE=LEVEL" each.
    severity: Sequence[str] = ()

    @property
    def words(self) -> list[str]:
        """The words that name rules, each once."""
        severity = [entry.partition("=")[0] for entry in self.severity]
        return list(dict.fromkeys([*self.select, *self.extend, *self.ignore, *severity]))


def select(rules: Sequence[Rule], selection: Selection) -> list[Rule]:
    """The rules that run, as `choose` says, where *selection* was said in one place.

    Raises SelectionError, also for a word that is both selected and ignored.
    """
    refuse_contradictions(selection)
    return choose(rules, selection)


def refuse_contradictions(selection: Selection) -> None:
    """Raise SelectionError for a word that is both selected and ignored."""
    both = {*selection.select, *selection.extend} & set(selection.ignore)
    if both:
        word = min(both)
        raise SelectionError(f"'{word}' is both selected and ignored; say one of the two")


def choose(rules: Sequence[Rule], selection: Selection) -> list[Rule]:
    """The rules that run, with the severities that the user wants.

    Without ``select``, the rules that are on by default. The more exact entry wins: a code or name
    over a topic, a longer beginning of a code over a shorter one, anything over ALL; between two
    equal ones, ``ignore``. Of severities, too, the more exact entry wins; between two equal ones,
    the last. A deprecated rule runs only if it is selected by its own code or name. Raises
    SelectionError.
    """
    wanted = [_weights(rules, entry) for entry in (*selection.select, *selection.extend)]
    unwanted = [_weights(rules, entry) for entry in selection.ignore]
    severities = _severities(rules, selection.severity)
    chosen = []
    for rule in rules:
        weight = _greatest(wanted, rule)
        if weight < 0 and not selection.select and rule.default:
            weight = 0
        if rule.is_deprecated and weight < _NAMED:
            continue
        if weight >= 0 and weight > _greatest(unwanted, rule):
            severity = severities.get(rule.code, rule.severity)
            chosen.append(rule._replace(severity=severity))
    return chosen


def silenced(rules: Sequence[Rule], words: Iterable[str], running: Sequence[Rule]) -> list[Rule]:
    """Of the rules that *words* mean and that are not *running*, those after which one that is
    would be silent. They run all the same, unheard: to ignore a rule takes its findings away, and
    must not add those of others. Raises SelectionError."""
    codes = {code for word in words for code in meant(rules, word)}
    codes -= {rule.code for rule in running}
    before = {name for rule in running for name in rule.silent_after}
    return [rule for rule in rules if rule.code in codes and (rule.damage or rule.name in before)]


def meant(rules: Sequence[Rule], word: str) -> set[str]:
    """The codes of the rules that *word* means. Raises SelectionError where it means none."""
    return set(_weights(rules, word))


def rule_and_level(entry: str) -> tuple[str, Severity]:
    """The two parts of ``RULE=LEVEL``. Raises SelectionError for anything else.

    >>> rule_and_level("ML201=warning")
    ('ML201', <Severity.WARNING: 2>)
    """
    word, equals, level = entry.partition("=")
    if not equals:
        raise SelectionError(f"'{entry}' does not say RULE=LEVEL, such as ML201=warning")
    try:
        return word, Severity.parse(level)
    except ValueError as error:
        raise SelectionError(f"'{entry}': {error}") from None


def find(rules: Sequence[Rule], word: str) -> list[Rule]:
    """The rule whose code or name is *word*, or, for a former code or name, those that are in its
    place. Raises SelectionError where there is none."""
    found = _called(rules, word) or _replacing(rules, word)
    if not found:
        known = [known for rule in rules for known in (rule.code, rule.name)]
        raise SelectionError(f"there is no rule '{word}'{_hint(word, known)}")
    return found


def replacements(rules: Iterable[Rule], rule: Rule) -> list[Rule]:
    """The rules that take the place of *rule*; only a deprecated rule has some."""
    return [other for other in rules if not {rule.code, rule.name}.isdisjoint(other.replaces)]


def replaced(rules: Iterable[Rule], rule: Rule) -> list[Rule]:
    """The deprecated rules whose place *rule* takes."""
    return [other for other in rules if not {other.code, other.name}.isdisjoint(rule.replaces)]


def notices(rules: Sequence[Rule], words: Iterable[str]) -> list[str]:
    """What a user should know who named rules by *words*: a line for each former code or name, and
    for each deprecated rule."""
    lines = []
    for word in words:
        called = _called(rules, word)
        for rule in called:
            if rule.is_deprecated:
                names = _names(replacements(rules, rule))
                instead = f"use {names}" if names else "no rule replaces it"
                lines.append(f"'{word}' is deprecated and will go; {instead}")
        if not called and (names := _names(_replacing(rules, word))):
            lines.append(f"'{word}' is now {names}")
    return lines


def _called(rules: Iterable[Rule], word: str) -> list[Rule]:
    """The rule that has the code or name *word* today."""
    return [rule for rule in rules if word == rule.name or word.upper() == rule.code]


def _replacing(rules: Iterable[Rule], word: str) -> list[Rule]:
    """The rules in the place of the one that had the code or name *word*."""
    return [rule for rule in rules if word in rule.replaces or word.upper() in rule.replaces]


def _names(rules: Iterable[Rule]) -> str:
    return " and ".join(f"'{rule.name}'" for rule in rules)


def _weights(rules: Sequence[Rule], entry: str) -> dict[str, int]:
    """The codes of the rules that *entry* means, and how exact it is in speaking of each."""
    if entry == "ALL":
        return {rule.code: _ALL for rule in rules}
    topic, prefix = entry.removeprefix("topic:"), entry.upper()
    weights = {rule.code: _TOPIC for rule in rules if topic in rule.topics}
    if len(entry) > 1:
        weights |= {rule.code: len(entry) for rule in rules if rule.code.startswith(prefix)}
    named = _called(rules, entry) or _replacing(rules, entry)
    weights |= {rule.code: _NAMED for rule in named}
    if not weights:
        known = [word for rule in rules for word in (rule.code, rule.name, *rule.topics)]
        hint = _hint(entry, ["ALL", *known])
        raise SelectionError(f"there is no rule or topic '{entry}'{hint}")
    return weights


def _greatest(entries: Iterable[Mapping[str, int]], rule: Rule) -> int:
    return max((weights.get(rule.code, -1) for weights in entries), default=-1)


def _severities(rules: Sequence[Rule], entries: Iterable[str]) -> dict[str, Severity]:
    """Rule code -> its severity; the more exact entry wins, of two equal ones the last."""
    found: dict[str, tuple[int, Severity]] = {}
    for entry in entries:
        word, severity = rule_and_level(entry)
        for code, weight in _weights(rules, word).items():
            if code not in found or weight >= found[code][0]:
                found[code] = weight, severity
    return {code: severity for code, (_, severity) in found.items()}


def _hint(word: str, known: Iterable[str]) -> str:
    near = near_miss(word, dict.fromkeys(known))
    return f"; did you mean '{near}'?" if near else "; 'medlint rules list' shows them all"
