"""A rule, told to a reader: the parts of its page, and that page as plain text.

`medlint rules show` prints the text; `docs/build.py` writes the same parts as Markdown.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import NamedTuple

from medlint.checks import check_class
from medlint.checks.base import Context
from medlint.findings import Severity
from medlint.output.full import FullWriter
from medlint.output.visible import visible
from medlint.output.writer import OutputOptions
from medlint.records.record import BOOK, ERIC, OTHER, PMC, PUBMED, TEXT, XML
from medlint.rule_tests import AS_OF, found
from medlint.rulebook.load import Rulebook
from medlint.rulebook.rule import DEPRECATED, PREVIEW, STABLE, Example, Rule
from medlint.rulebook.select import replaced, replacements

#: What each status means for the user of a rule.
STATUSES = {
    STABLE: "stable",
    PREVIEW: "preview: it may still change or go",
    DEPRECATED: "deprecated: it will go",
}

_FORMS = {TEXT: "in MEDLINE text only", XML: "in XML only"}
_RECORDS = {
    PUBMED: "articles of PubMed",
    BOOK: "books of PubMed",
    PMC: "exports of PMC",
    ERIC: "exports of ERIC",
    OTHER: "exports of other programs",
}

#: How a condition reads.
_CONDITIONS = {
    "is": "{tag} is {operand}",
    "in": "{tag} is {operand}",
    "not_in": "{tag} is not {operand}",
    "present": "there is {tag}",
    "absent": "there is no {tag}",
    "matches": "{tag} matches {operand}",
    "not_matches": "{tag} does not match {operand}",
    "before": "{tag} is before {operand}",
    "after": "{tag} is after {operand}",
}

_WIDTH = 100


class Prose(NamedTuple):
    """Sentences."""

    text: str


class Verbatim(NamedTuple):
    """Lines to be shown to the letter; what nobody could see in them is written as an escape."""

    text: str


class Sources(NamedTuple):
    """Titles or addresses of pages."""

    titles: tuple[str, ...]


class Related(NamedTuple):
    """What some other rules have to do with this one."""

    text: str
    rules: Sequence[Rule]


class Section(NamedTuple):
    """A part of a page under a heading."""

    heading: str
    blocks: Sequence[Prose | Verbatim | Sources | Related]


class Page(NamedTuple):
    """What there is to say of a rule."""

    rule: Rule
    #: Label -> value, a line each.
    facts: Mapping[str, str]
    sections: Sequence[Section]


def page(rule: Rule, rulebook: Rulebook) -> Page:
    """Tell what *rule*, of *rulebook*, asks for and why. What medlint says of the bad examples is
    found out by linting them."""
    sections = [
        Section("Why it matters", [Prose(rule.rationale.strip())]),
        Section("Right", list(_right(rule))),
        Section("Wrong", list(_wrong(rule, rulebook))),
        Section("How to mend it", list(_mending(rule))),
        Section("Related rules", list(_related(rule, rulebook.rules))),
        Section("Sources", [Sources(rule.references)] if rule.references else []),
    ]
    return Page(rule, _facts(rule, rulebook), [section for section in sections if section.blocks])


def as_text(page: Page) -> str:
    """The page for a terminal."""
    rule = page.rule
    facts = "\n".join(_wrapped(f"{label}: {value}", "  ") for label, value in page.facts.items())
    parts = [f"{rule.code} {rule.name}\n{rule.summary}", facts]
    for section in page.sections:
        parts += [f"{section.heading}:", *map(_block_as_text, section.blocks)]
    return "\n\n".join(parts)


def _block_as_text(block: Prose | Verbatim | Sources | Related) -> str:
    match block:
        case Prose(text):
            return "\n".join(map(_wrapped, text.split("\n")))
        case Verbatim(text):
            return textwrap.indent(text, "    ")
        case Sources(titles):
            return "\n".join(f"  {title}" for title in titles)
        case Related(text, rules):
            names = ", ".join(f"{rule.code} {rule.name}" for rule in rules)
            return _wrapped(f"{text}: {names}.")


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _facts(rule: Rule, rulebook: Rulebook) -> dict[str, str]:
    check = check_class(rule.check_type).build(rule.check, Context(AS_OF, rulebook.vocabularies))
    on = f" on {', '.join(check.tags)}" if check.tags else ""
    facts = {
        "Severity": f"{rule.severity.label}, {'on' if rule.default else 'off'} by default",
        "Status": f"{STATUSES[rule.status]} (since {rule.since})",
        "Topics": ", ".join(rule.topics),
        "Records": _records(rule),
        "Only where": "; ".join(_condition(tag, said) for tag, said in rule.when.items()),
        "Check type": f"{rule.check_type}{on}",
        "Formerly": ", ".join(rule.replaces),
    }
    return {label: value for label, value in facts.items() if value}


def _records(rule: Rule) -> str:
    some = [words for dialect, words in _RECORDS.items() if dialect in rule.dialects]
    records = "all" if len(some) == len(_RECORDS) else ", ".join(some)
    only = [words for form, words in _FORMS.items() if rule.forms == {form}]
    return ", ".join([records, *only])


def _condition(tag: str, said: Mapping[str, object]) -> str:
    ((kind, operand),) = said.items()
    words = " or ".join(map(str, operand)) if isinstance(operand, list) else str(operand)
    return _CONDITIONS[kind].format(tag=tag, operand=words)


def _shown(example: Example) -> Iterator[Prose | Verbatim]:
    yield _verbatim(example.text.decode("utf-8", "surrogateescape"))
    if example.ignores is not None:
        yield Prose("with this medlint-ignores.yaml:")
        yield _verbatim(example.ignores)


def _verbatim(text: str) -> Verbatim:
    return Verbatim("\n".join(map(visible, text.rstrip("\n").split("\n"))))


def _right(rule: Rule) -> Iterator[Prose | Verbatim]:
    for number, example in enumerate(rule.good):
        if number:
            yield Prose("Also right:")
        yield from _shown(example)


def _wrong(rule: Rule, rulebook: Rulebook) -> Iterator[Prose | Verbatim]:
    for number, example in enumerate(rule.bad):
        if number:
            yield Prose("Also wrong:")
        yield from _shown(example)
        said = _said(rule, rulebook, example)
        yield Prose("medlint says:" if said else "medlint finds nothing there.")
        if said:
            yield Verbatim(said)
        if example.fixed is not None:
            yield Prose("After the fix:")
            yield _verbatim(example.fixed.decode("utf-8", "surrogateescape"))


def _said(rule: Rule, rulebook: Rulebook, example: Example) -> str:
    """What `medlint check` prints of *example* when *rule* runs alone, but for the last lines."""
    stream = StringIO()
    writer = FullWriter(stream, OutputOptions(width=_WIDTH))
    for finding in found(rule, rulebook, example, "example.nbib"):
        writer.write(finding._replace(help=""))
    return stream.getvalue().rstrip("\n")


def _mending(rule: Rule) -> Iterator[Prose]:
    yield Prose(_how(rule))
    if rule.default:
        level = "info" if rule.severity > Severity.INFO else "warning"
        yield Prose(
            f"To leave the rule out: --ignore {rule.name}\n"
            f"To change how severe it is: --severity {rule.name}={level}"
        )
    else:
        yield Prose(f"The rule runs only if it is selected: --extend-select {rule.name}")


def _how(rule: Rule) -> str:
    if rule.fix is None:
        return "By hand; medlint has no fix for it."
    where = "Where the right value is not certain, the finding offers none."
    if rule.fix["safety"] == "safe":
        return f"medlint check --fix mends it: no fact is added or lost. {where}"
    return f"medlint check --unsafe-fixes mends it; look at what it did. {where}"


def _related(rule: Rule, rules: Sequence[Rule]) -> Iterator[Related]:
    same = "has a finding on the same value, or on the record as a whole"
    told = [
        ("Use in place of this rule", replacements(rules, rule)),
        ("This rule takes the place of", replaced(rules, rule)),
        (
            f"This rule is silent where one of these {same}",
            [other for other in rules if other.name in rule.silent_after],
        ),
        (
            f"These rules are silent where this one {same}",
            [other for other in rules if rule.name in other.silent_after],
        ),
    ]
    for text, others in told:
        if others:
            yield Related(text, others)
