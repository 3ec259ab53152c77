"""`make docs`: writes docs/rules/, an index and a page for each rule, and docs/fixes.md, from the
rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from medlint.data import RULES
from medlint.explain import Page, Prose, Related, Section, Sources, Verbatim, page
from medlint.output.visible import visible
from medlint.rule_tests import AS_OF
from medlint.rulebook.load import Rulebook, load_rulebook
from medlint.rulebook.rule import STABLE, Rule
from medlint.run import Plan, Run

FOLDER = Path(__file__).parent / "rules"

_TOPICS = {
    "0": "Reading",
    "1": "Completeness",
    "2": "Form",
    "3": "Vocabulary",
    "4": "Agreement between fields",
    "5": "People",
    "6": "Text",
    "7": "Status and links",
    "8": "Journals",
    "9": "Data set",
}


def pages(rulebook: Rulebook) -> dict[str, str]:
    """File name -> text: the index, a page for each rule, and one for each former name that says
    what the rule is called now."""
    rules = rulebook.rules
    written = {"index.md": index(rules)}
    for rule in rules:
        written[f"{rule.name}.md"] = markdown(page(rule, rulebook))
    for former in sorted({word for rule in rules for word in rule.replaces if word.islower()}):
        now = [rule for rule in rules if former in rule.replaces]
        written.setdefault(
            f"{former}.md", f"# {former}\n\n`{former}` is now {' and '.join(map(_link, now))}.\n"
        )
    return written


def index(rules: Sequence[Rule]) -> str:
    """The table of all rules, topic by topic."""
    parts = [
        "# Rules\n\n"
        f"{len(rules)} rules, written by `make docs` from the files in `rules/`. "
        "`medlint rules show CODE` prints what stands behind the links; "
        "[versions](../versions.md) says what a rule's status promises.\n"
    ]
    for digit, topic in _TOPICS.items():
        rows = [_row(rule) for rule in rules if rule.code[2] == digit]
        if rows:
            heading = (
                f"\n## {topic}\n\n| code | name | severity | what is right |\n"
                "| --- | --- | --- | --- |\n"
            )
            parts.append(heading + "".join(rows))
    return "".join(parts)


def _row(rule: Rule) -> str:
    severity = rule.severity.label if rule.default else f"{rule.severity.label}, off by default"
    status = "" if rule.status == STABLE else f" ({rule.status})"
    return f"| {rule.code} | {_link(rule)} | {severity} | {escaped(rule.summary)}{status} |\n"


def markdown(page: Page) -> str:
    """The page of a rule as Markdown."""
    rule = page.rule
    return "\n\n".join([f"# {rule.code} {rule.name}", *_blocks(page)]) + "\n"


def _blocks(page: Page) -> Iterator[str]:
    yield f"[All rules](index.md){_file(page.rule)}"
    yield escaped(page.rule.summary)
    yield "\n".join(f"- **{label}**: {escaped(said)}" for label, said in page.facts.items())
    for section in page.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.heading}"
    for block in section.blocks:
        match block:
            case Prose(text):
                yield escaped(text)
            case Verbatim(text):
                yield fenced(text)
            case Sources(titles):
                yield "\n".join(f"- {escaped(title)}" for title in titles)
            case Related(text, rules):
                yield f"{escaped(text)}: {', '.join(map(_link, rules))}."


def _link(rule: Rule) -> str:
    return f"[{rule.name}]({rule.name}.md)"


def _file(rule: Rule) -> str:
    """A link to the file of a built-in rule."""
    for file in RULES.rglob(f"{rule.name}.yaml"):
        return f" · [the file of this rule](../../rules/{file.relative_to(RULES).as_posix()})"
    return ""


#: What looks like something else: blanks other than the usual one, and letters with an accent of
#: their own.
_MISTAKABLE = re.compile(r"[^\S ]|.[\u0300-\u036f]+")

#: What Markdown (CommonMark 0.31, and GitHub's tables, strike-outs and formulas) would obey.
_SIGNS = re.compile(
    r"[\\`*\[\]<>|$]"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|~(?=~)|(?<=~)~"
    r"|&(?=#?\w+;)"
    r"|^\s*(?:#(?=#{0,5}(?:\s|$))|[-+](?=\s|$)|[-=:](?=[-=:|\s]*$)|~(?=~~))",
    re.MULTILINE,
)
_NUMBER = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)


def escaped(text: str) -> str:
    """*text* so that Markdown shows it as it stands."""
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _NUMBER.sub(r"\1\\\2", _SIGNS.sub(r"\\\g<0>", text))


def fenced(text: str) -> str:
    """*text* between fences that nothing in it can close."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def fixes(rulebook: Rulebook) -> str:
    """The table of all fixes, each with what it does to the first example that it mends."""
    mending = [rule for rule in rulebook.rules if rule.fix is not None]
    safe = sum(rule.fix["safety"] == "safe" for rule in mending if rule.fix)
    head = (
        "# Fixes\n\n"
        f"{len(mending)} rules have a fix, {safe} of them a safe one. Written by `make docs` from "
        "the files in `rules/`; [Mending and laying out](fixing.md) says how fixes are made.\n\n"
        "| rule | safety | fix | before | after |\n| --- | --- | --- | --- | --- |\n"
    )
    return head + "".join(_fix_row(rule, rulebook) for rule in mending)


def _fix_row(rule: Rule, rulebook: Rulebook) -> str:
    example = next(example for example in rule.bad if example.fixed is not None)
    run = Run(Plan.uniform(rulebook, [rule], AS_OF))
    [finding] = run.findings_in("example", example.text)
    title = finding.fix.title if finding.fix else ""
    safety = rule.fix["safety"] if rule.fix else ""
    before, after = _changed(example.text, example.fixed or b"")
    link = f"[{rule.code} {rule.name}](rules/{rule.name}.md)"
    return f"| {link} | {safety} | {escaped(title)} | {before} | {after} |\n"


def _changed(old: bytes, new: bytes) -> tuple[str, str]:
    """The lines that differ, before and after."""
    before, after = (data.decode("utf-8", "surrogateescape").split("\n") for data in (old, new))
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    changes = [(range(i, j), range(k, m)) for kind, i, j, k, m in opcodes if kind != "equal"]
    gone = [number for lines, _ in changes for number in lines]
    come = [number for _, lines in changes for number in lines]
    has_moved = sorted(before[n] for n in gone) == sorted(after[n] for n in come)
    return _in_table(before, gone, has_moved), _in_table(after, come, has_moved)


def _in_table(lines: Sequence[str], numbers: Sequence[int], numbered: bool) -> str:
    """The lines with these *numbers* in a cell of a table, behind their numbers if *numbered*; of
    many the first ones, of long ones the beginning."""
    cells = []
    for number in numbers[:3]:
        line = _MISTAKABLE.sub(lambda match: ascii(match[0])[1:-1], visible(lines[number]))
        shown = line if len(line) <= 80 else f"{line[:79]}…"
        cell = f"`{shown}`".replace("|", "\\|") if shown else "(an empty line)"
        cells.append(f"line {number + 1}: {cell}" if numbered else cell)
    return "<br>".join([*cells, *(["…"] if len(numbers) > 3 else [])])


def write(written: dict[str, str], folder: Path) -> None:
    """Write the pages, and take away those of rules that are gone."""
    folder.mkdir(exist_ok=True)
    for file in folder.glob("*.md"):
        if file.name not in written:
            file.unlink()
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rules = load_rulebook(use_cache=False)
    built = pages(rules)
    write(built, FOLDER)
    (FOLDER.parent / "fixes.md").write_text(fixes(rules), encoding="utf-8")
    print(f"Wrote {len(built)} pages to {FOLDER}, and fixes.md")
