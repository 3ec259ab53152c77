"""The documentation is true."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support import ROOT, Medlint

from medlint.cli.options import CLEAN, FINDINGS, UNUSABLE
from medlint.data import schema
from medlint.output.json import LAYOUT_VERSION
from medlint.rulebook.load import Rulebook, load_rulebook

DOCS = ROOT / "docs"
build = runpy.run_path(str(DOCS / "build.py"))
BOOK = load_rulebook(use_cache=False)
PAGES: dict[str, str] = build["pages"](BOOK)
VERSIONS = (DOCS / "versions.md").read_text(encoding="utf-8")

#: Text with everything that Markdown obeys.
TRICKY = st.text(st.sampled_from("aé1. -+*_=#`~<>[]()|&;!\\$:/\n\tnbsp"), max_size=40)


def house_rule(code: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "summary": "The title | has *no* <b>tea</b>.",
        "severity": "warning",
        "status": "preview",
        "since": "0.1",
        "topics": ["local"],
        "check": {"type": "format", "tag": "TI", "pattern": "[A-Z].*"},
        "message": "{tag} is '{value}': {reason}.",
        "rationale": "Why.",
        "references": ["House rules"],
        "examples": {
            "good": ["PMID- 1\nTI  - A title."],
            "bad": [{"record": "PMID- 1\nTI  - ```\n      ````<b>\x1b[31m|", "at": "TI"}],
        },
        **more,
    }


def house_pages(*rules: dict[str, Any]) -> dict[str, str]:
    written: dict[str, str] = build["pages"](Rulebook({"rules": rules, "vocabularies": {}}))
    return written


def shown(markdown: str) -> str:
    """What a reader sees of one paragraph; fails where it is anything else."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special", "softbreak"}
    return "".join("\n" if child.type == "softbreak" else child.content for child in children)


def test_the_pages_of_the_rules_are_up_to_date() -> None:
    folder = DOCS / "rules"
    there = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    stale = {name for name in there.keys() | PAGES if there.get(name) != PAGES.get(name)}
    assert stale == set(), "run: make docs"


def test_each_rule_has_a_page_with_what_medlint_says_of_its_examples() -> None:
    for rule in BOOK.rules:
        page = PAGES[f"{rule.name}.md"]
        assert page.startswith(f"# {rule.code} {rule.name}\n")
        assert page.count("\nmedlint says:\n") == len(rule.bad)
        assert "medlint finds nothing there" not in page


def test_links_between_the_pages_lead_somewhere() -> None:
    for name, text in PAGES.items():
        for target in re.findall(r"\]\(([^)]+)\)", text):
            path = (DOCS / "rules" / target).resolve()
            assert target in PAGES or path.is_file(), f"{name}: {target}"


def test_writing_takes_away_the_pages_of_rules_that_are_gone(tmp_path: Path) -> None:
    build["write"]({"index.md": "a", "gone.md": "b"}, tmp_path / "rules")
    build["write"]({"index.md": "c"}, tmp_path / "rules")
    assert {f.name: f.read_text() for f in (tmp_path / "rules").iterdir()} == {"index.md": "c"}


def test_a_former_name_has_a_page_that_leads_on() -> None:
    pages = house_pages(
        house_rule("MY001", "one", replaces=["former", "MY009"]),
        house_rule("MY002", "two", replaces=["former"]),
    )
    assert set(pages) == {"index.md", "one.md", "two.md", "former.md"}
    assert "`former` is now [one](one.md) and [two](two.md)." in pages["former.md"]
    assert "- **Formerly**: former, MY009\n" in pages["one.md"]


def test_a_deprecated_rule_keeps_its_page_and_names_its_successor() -> None:
    pages = house_pages(
        house_rule("MY001", "new", replaces=["old"]),
        house_rule("MY002", "old", status="deprecated"),
    )
    assert "Use in place of this rule: [new](new.md)." in pages["old.md"]
    assert "warning, off by default" in pages["old.md"]
    assert "This rule takes the place of: [old](old.md)." in pages["new.md"]


def test_the_index_marks_what_is_not_stable_and_keeps_its_table_whole() -> None:
    pages = house_pages(house_rule("ML901", "one"))
    summary = r"The title \| has \*no\* \<b\>tea\</b\>."
    row = f"| ML901 | [one](one.md) | warning | {summary} (preview) |"
    assert row in pages["index.md"].split("\n")


def test_values_stay_in_their_fences_and_hide_nothing() -> None:
    page = house_pages(house_rule("MY001", "one"))["one.md"]
    tokens = MarkdownIt("commonmark").parse(page)
    fences = [token.content for token in tokens if token.type == "fence"]
    assert len(fences) == 3
    assert fences[1] == "PMID- 1\nTI  - ```\n      ````<b>\\x1b[31m|\n"
    assert "TI is '``` ````<b>\\x1b[31m|'" in fences[2]
    assert "\x1b" not in page


@given(TRICKY)
def test_no_text_closes_its_fence(text: str) -> None:
    fence, *after = MarkdownIt("commonmark").parse(build["fenced"](text) + "\n\nafter")
    assert [token.type for token in after] == ["paragraph_open", "inline", "paragraph_close"]
    assert (fence.type, fence.content) == ("fence", text + "\n")


@given(TRICKY.filter(lambda text: re.search(r"(?m)^\s*$", text) is None))
def test_prose_is_shown_as_it_stands(text: str) -> None:
    lines = [line.strip() for line in text.split("\n")]
    assert shown(build["escaped"](text)) == "\n".join(lines)


@pytest.mark.parametrize(
    "text", ["p<0.05", "R&amp;D", "- a", "1. a", "# a", "===", "___", "a_b _c_", "~~a~~", "[a](b)"]
)
def test_what_markdown_would_obey_is_shown(text: str) -> None:
    assert shown(build["escaped"](text)) == text


def table(text: str, heading: str) -> list[list[str]]:
    """The rows of the first table below a heading."""
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"(?m)^\| (.*) \|$", part)[2:]
    return [row.split(" | ") for row in rows]


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("versions.md", "Statuses of rules"),
        ("writing-rules.md", "Statuses and former names: `status` and `replaces`"),
    ],
)
def test_every_status_is_told(page: str, heading: str) -> None:
    told = [row[0].strip("`") for row in table((DOCS / page).read_text(encoding="utf-8"), heading)]
    assert told == schema("rule")["properties"]["status"]["enum"]


def test_the_page_on_versions_knows_exit_codes_and_the_json_layout() -> None:
    assert (CLEAN, FINDINGS, UNUSABLE) == (0, 1, 2)
    assert "Exit codes are 0 (nothing at the fail level), 1 (findings) and 2 (medlint" in VERSIONS
    assert schema("findings")["properties"]["version"]["const"] == LAYOUT_VERSION


def test_no_preview_rule_that_is_built_in_is_an_error() -> None:
    errors = [rule.name for rule in BOOK.rules if rule.status == "preview" and rule.severity > 2]
    assert errors == [], "docs/versions.md promises that a preview rule is a warning at most"


def test_no_code_or_name_is_used_again() -> None:
    former = {word for rule in BOOK.rules for word in rule.replaces}
    kept = [rule for rule in BOOK.rules if not rule.is_deprecated]
    assert {word for rule in kept for word in (rule.code, rule.name)} & former == set()


def test_the_picture_in_the_readme_is_true(medlint: Medlint) -> None:
    readme = (ROOT / "README.md").read_text()
    picture = readme.partition("```text\n")[2].partition("```")[0].splitlines()
    printed = medlint("check", ROOT / "examples").stdout.replace(f"{ROOT}/", "").splitlines()
    for line in picture:
        assert line in printed or line in ("...", "$ medlint check examples/")


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{f.name}" for f in DOCS.glob("*.md"))])
def test_links_between_documents_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / page).read_text()):
        assert (ROOT / page).parent.joinpath(target).exists(), target
