"""docs/writing-rules.md and docs/check-types.md are true: their rules do what their examples say,
their checks find what the pages show, their commands print what they print, and nothing that a rule
may hold is left out."""

from __future__ import annotations

import json
import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from support import ROOT, Medlint

from medlint.checks import CHECK_TYPES, check_class
from medlint.data import RULES, schema
from medlint.documents.strict_yaml import load
from medlint.functions import FUNCTIONS, PAIR_FUNCTIONS
from medlint.rule_tests import failures
from medlint.rulebook.compile import compile_rules, rule_files
from medlint.rulebook.load import Rulebook
from medlint.rulebook.patterns import error_in
from medlint.rulebook.rule import Rule

PAGES = {
    name: (ROOT / "docs" / name).read_text(encoding="utf-8")
    for name in ("writing-rules.md", "check-types.md")
}
WRITING, TYPES = PAGES.values()
BUILT_IN = compile_rules(rule_files([RULES]))

#: A whole rule; the pieces of rules on the pages take the place of its parts.
WHOLE: dict[str, Any] = {
    "code": "MY999",
    "name": "piece-of-the-page",
    "summary": "The page is true.",
    "severity": "warning",
    "status": "preview",
    "since": "0.1",
    "topics": ["local"],
    "check": {"type": "required", "tag": "PMID"},
    "message": "There is no {missing}.",
    "rationale": "A manual that is wrong helps nobody.",
    "references": ["docs/writing-rules.md"],
    "examples": {"good": ["PMID- 31000001\n"], "bad": [{"record": "TI  - Tea.\n", "at": "TI"}]},
}


class Block(NamedTuple):
    """A fenced block of a page; ``path`` is the file that it shows, if it shows a whole one."""

    language: str
    path: str
    text: str


FENCED = re.compile(r"(?ms)^```(\w+) ?(\S*)\n(.*?)^```$")
BLOCKS = [Block(*parts) for page in PAGES.values() for parts in FENCED.findall(page)]
RULE_FILES = [b for b in BLOCKS if re.search(r"(?m)^code:", b.text)]
PIECES = [b for b in BLOCKS if b.language == "yaml" and not b.path]
#: A piece with a check, and the record below it.
SHOWN = [
    (piece, below)
    for piece, below in pairwise(BLOCKS)
    if piece in PIECES and "check:" in piece.text
]


def check_type(piece: Block) -> str:
    return str(load(piece.text, "page").data["check"]["type"])


def section(name: str) -> str:
    """What the page says of a check type."""
    return TYPES.partition(f"\n### `{name}`\n")[2].partition("\n#")[0]


def keys(settings: dict[str, Any]) -> set[str]:
    """The keys that a schema knows, but for the name of the check type."""
    return set(settings["properties"]) - {"type"}


def compiled(*files: Path) -> tuple[list[Rule], Rulebook]:
    """The rules in *files*, and the rulebook that holds them with all vocabularies."""
    own = compile_rules(rule_files(files), BUILT_IN)
    vocabularies = {**BUILT_IN["vocabularies"], **own["vocabularies"]}
    book = Rulebook({"rules": own["rules"], "vocabularies": vocabularies})
    return book.rules, book


def from_piece(folder: Path, piece: Block, **more: Any) -> tuple[Rule, Rulebook]:
    path = folder / f"{WHOLE['name']}.yaml"
    rule = {**WHOLE, **load(piece.text, "page").data, **more}
    path.write_text(json.dumps(rule, ensure_ascii=False), encoding="utf-8")
    (compiled_rule,), book = compiled(path)
    return compiled_rule, book


def write(block: Block, folder: Path) -> None:
    path = folder / block.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")


def test_every_whole_rule_shows_its_file() -> None:
    assert RULE_FILES
    assert [block.text for block in RULE_FILES if not block.path] == []


def test_the_examples_of_whole_rules_do_what_they_say(tmp_path: Path) -> None:
    for block in BLOCKS:
        if block.language == "yaml" and block.path and not block.path.startswith("wrong/"):
            write(block, tmp_path)
    rules, book = compiled(tmp_path)
    assert len(rules) == sum(not block.path.startswith("wrong/") for block in RULE_FILES)
    assert [failure for rule in rules for failure in failures(rule, book)] == []


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.text.split("\n")[0])
def test_a_piece_of_a_rule_fits_into_one(piece: Block, tmp_path: Path) -> None:
    rule, _ = from_piece(tmp_path, piece)
    assert rule.name == WHOLE["name"]


@pytest.mark.parametrize(("piece", "below"), SHOWN, ids=[check_type(p) for p, _ in SHOWN])
def test_a_check_finds_what_the_page_shows(piece: Block, below: Block, tmp_path: Path) -> None:
    record, _, finding = below.text.partition("=> ")
    at, _, says = finding.strip().partition(": ")
    bad = {"record": record, "at": at, "says": says}
    examples = {"good": ["PMID- 31000001\nTI  - Tea.\n"], "bad": [bad]}
    rule, book = from_piece(tmp_path, piece, examples=examples)
    assert [failure.reason for failure in failures(rule, book)] == []


def test_every_check_type_is_shown_at_work() -> None:
    assert {check_type(piece) for piece, _ in SHOWN} == set(CHECK_TYPES) - {"reading"}


def test_the_first_table_leads_to_every_check_type_in_the_order_of_the_page() -> None:
    table = TYPES.partition("\n## ")[0]
    headings = re.findall(r"(?m)^### `(\w+)`$", TYPES)
    assert sorted(headings) == sorted(CHECK_TYPES)
    assert re.findall(r"\[`(\w+)`\]\(#\1\)", table) == headings
    assert re.findall(r"(?m)^\| \*\*(.+)\*\* \| \|$", table) == re.findall(
        r"(?m)^## (.+)$", TYPES.partition("\n## Named functions\n")[0]
    )


@pytest.mark.parametrize("name", CHECK_TYPES)
def test_a_check_type_is_told_with_its_settings_and_placeholders(name: str) -> None:
    told = section(name)
    settings = {f"`{key}`" for key in keys(schema(f"checks/{name}"))}
    placeholders = {f"`{{{word}}}`" for word in check_class(name).placeholders - {"*"}}
    assert f"type: {name}\n" in told or name == "reading"
    assert {word for word in settings | placeholders if word not in told} == set()


@pytest.mark.parametrize("name", [*FUNCTIONS, *PAIR_FUNCTIONS])
def test_every_named_function_is_told(name: str) -> None:
    assert f"\n| `{name}` |" in TYPES.partition("\n## Named functions\n")[2]


def rows(heading: str) -> list[str]:
    """The words in code that begin the rows of the tables below a heading."""
    part = WRITING.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"(?m)^\| `(\w+)\b", part)


def test_the_tables_hold_every_key() -> None:
    rule, vocabulary = schema("rule"), schema("vocabulary")
    assert rows("The keys of a rule") == list(rule["properties"])
    assert set(rows("Conditions: `when`")) == keys(rule["$defs"]["condition"])
    assert set(rows("Examples: `at` and `says`")) >= keys(rule["$defs"]["badExample"])
    assert set(rows("Vocabularies")) == keys(vocabulary)
    assert rows("Dialects") == rule["properties"]["dialects"]["items"]["enum"]


def test_every_way_to_pick_a_part_is_told() -> None:
    settings = schema("checks/distinct")["properties"]
    ways = {*settings["where"]["properties"], *settings["compare_as"]["enum"]}
    assert set(rows("Parts of values")) == ways


def test_the_page_is_right_about_patterns() -> None:
    part = WRITING.partition("\n## Regular expressions\n")[2].partition("\n## ")[0]
    pairs = re.findall(r"`'([^`]*)'` in place of\s+`'([^`]*)'`", part)
    assert len(pairs) == 2
    assert [error_in(good) for good, _ in pairs] == [None, None]
    assert None not in [error_in(bad) for _, bad in pairs]


def test_the_sessions_are_what_happens(medlint: Medlint, tmp_path: Path) -> None:
    shown: list[str] = []
    happened: list[str] = []
    for block in BLOCKS:
        if block.path:
            write(block, tmp_path)
        elif block.language == "console":
            shown += block.text.splitlines()
            for command in re.findall(r"(?m)^\$ medlint (.*)$", block.text):
                done = medlint(*shlex.split(command))
                happened += [f"$ medlint {command}", *(done.stderr + done.stdout).splitlines()]
    assert happened == shown


def anchors(page: str) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.*)$", page)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_links_to_headings_lead_somewhere(name: str) -> None:
    for target, anchor in re.findall(r"\]\(([\w.-]*)#([^)]*)\)", PAGES[name]):
        page = (ROOT / "docs" / (target or name)).read_text(encoding="utf-8")
        assert anchor in anchors(page), f"{target}#{anchor}"


def test_new_rules_begin_with_the_line_for_editors(medlint: Medlint, tmp_path: Path) -> None:
    medlint("rules", "new", "tea-is-hot")
    first = (tmp_path / "tea-is-hot.yaml").read_text(encoding="utf-8").split("\n")[0]
    start, _, path = first.partition("$schema=")
    assert f"\n{start}$schema=/" in WRITING
    assert Path(path).is_file()
