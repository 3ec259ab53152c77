"""An entry is added at its place, and every other byte stays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from suppressing import BOOK, rules

from medlint.documents.problem import DocumentError
from medlint.documents.strict_yaml import load
from medlint.suppress.adding import START, NewIgnore, NotAddedError, with_ignore

(ISSN,) = rules("issn-check-digit")

FILE = """\
# Findings of ours
# that stay.
- pmid: 100        # the first
  rule: ML203
  reason: "It is so"   # quoted

# A comment on 300,
# in two lines.
-   {pmid: 300, rule: issn-check-digit,
     reason: x}

- pmid: 400
  rule: language-code-known
  reason: |
    Lines.

    # This is text.

# The end.
"""


def new(pmid: int | str, reason: str = "New.", **more: object) -> NewIgnore:
    return NewIgnore(str(pmid), ISSN, reason, **more)  # type: ignore[arg-type]


def added(text: str, one: NewIgnore) -> str:
    return with_ignore(text, "x.yaml", one, BOOK.rules)


def entry(pmid: int, indent: str = "") -> str:
    return f"{indent}- pmid: {pmid}\n{indent}  rule: issn-check-digit\n{indent}  reason: New.\n"


@pytest.mark.parametrize(
    ("pmid", "before"),
    [
        (99, "# that stay.\n"),
        (200, '  reason: "It is so"   # quoted\n'),
        (350, "     reason: x}\n"),
        (500, "    # This is text.\n\n"),
        (31000001, "    # This is text.\n\n"),
    ],
)
def test_it_stands_behind_the_next_lower_pmid(pmid: int, before: str) -> None:
    at = FILE.index(before) + len(before)
    assert added(FILE, new(pmid)) == FILE[:at] + entry(pmid) + FILE[at:]


def test_entries_of_one_pmid_are_sorted_by_rule() -> None:
    text = "".join(
        f"- pmid: 5\n  rule: {rule}\n  reason: x\n"
        for rule in ("abstract-present", "title-present")
    )
    assert [e["rule"] for e in load(added(text, new(5)), "").data] == [
        "abstract-present",
        "issn-check-digit",
        "title-present",
    ]


def test_a_comment_on_the_first_entry_stays_with_it() -> None:
    text = "# The file.\n\n# On 100.\n" + entry(100)
    assert added(text, new(9)) == "# The file.\n\n" + entry(9) + "# On 100.\n" + entry(100)


@pytest.mark.parametrize("text", ["", "# Nothing yet.\n", START, "---\n", "\ufeff"])
def test_a_file_without_entries_gets_one(text: str) -> None:
    assert added(text, new(7)) == text + entry(7)


def test_a_file_without_a_last_line_end_keeps_none() -> None:
    text = entry(100).removesuffix("\n")
    assert added(text, new(200)) == text + "\n" + entry(200).removesuffix("\n")
    assert added(text, new(9)) == entry(9) + text
    assert added("# Nothing yet.", new(9)) == "# Nothing yet.\n" + entry(9).removesuffix("\n")


def test_line_ends_indentation_and_mark_are_kept() -> None:
    text = "\ufeff" + (entry(100, "  ") + entry(300, "  ")).replace("\n", "\r\n")
    expected = "\ufeff" + "".join(entry(p, "  ") for p in (100, 200, 300)).replace("\n", "\r\n")
    assert added(text, new(200)) == expected


def test_all_that_is_said_is_written_in_order() -> None:
    one = new(7, "Why: #1", tag="IS", author="Åsa", until=date(2026, 12, 31))
    assert added("", one) == (
        "- pmid: 7\n  rule: issn-check-digit\n  tag: IS\n  reason: 'Why: #1'\n"
        "  author: Åsa\n  until: 2026-12-31\n"
    )


@pytest.mark.parametrize(
    ("text", "tag", "is_there"),
    [
        (entry(7), None, True),
        (entry(7), "IS", True),
        (entry(7).replace("issn-check-digit", "ML203"), None, True),
        (entry(7) + "  tag: IS\n", "IS", True),
        (entry(7) + "  tag: IS\n", "JID", False),
        (entry(7) + "  tag: IS\n", None, False),
        (entry(8), None, False),
        (entry(7).replace("issn-check-digit", "title-present"), None, False),
    ],
)
def test_what_is_said_already_is_refused(text: str, tag: str | None, is_there: bool) -> None:
    if not is_there:
        assert len(load(added(text, new(7, tag=tag)), "").data) == 2
        return
    with pytest.raises(NotAddedError, match=r"x\.yaml:2: .* is ignored for PMID 7 already"):
        added(text, new(7, tag=tag))


def test_an_entry_that_expired_is_named_with_its_day() -> None:
    with pytest.raises(NotAddedError, match="already, until 2020-01-01; edit that"):
        added(entry(7) + "  until: 2020-01-01\n", new(7))


@pytest.mark.parametrize("text", ["[]\n", "[{pmid: 1, rule: ML203, reason: x}]\n"])
def test_a_layout_that_has_no_lines_for_entries_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(NotAddedError, match=r"write by hand:\n- pmid: 7\n  rule: issn"):
        added(text, new(7))


def test_a_file_with_mistakes_is_not_touched() -> None:
    with pytest.raises(DocumentError, match="'ruel' is not a key"):
        added("- pmid: 1\n  ruel: ML203\n  reason: x\n", new(7))


@given(st.text(min_size=1), st.none() | st.text(min_size=1))
def test_any_text_is_read_as_it_was_written(reason: str, author: str | None) -> None:
    assume(reason.strip() and (author is None or author.strip()))
    text = added(FILE, new(200, reason, author=author))
    assert text.replace("\n", "").isprintable()
    (one,) = [entry for entry in load(text, "").data if entry["pmid"] == 200]
    assert (one["reason"], one.get("author")) == (reason, author)
    assert text.count("\n") == FILE.count("\n") + 3 + (author is not None)


@given(st.lists(st.integers(1, 10**8), unique=True, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_entries_added_one_by_one_are_sorted_and_others_stay(pmids: list[int], end: str) -> None:
    text = f"# Ours.{end}"
    for pmid in pmids:
        before, text = text, added(text, new(pmid))
        at = next((i for i, (a, b) in enumerate(zip(before, text, strict=False)) if a != b), None)
        grown = len(text) - len(before)
        start = len(before) if at is None else at
        assert any(
            text[:i] + text[i + grown :] == before for i in range(max(start - grown, 0), start + 1)
        )
    assert [entry["pmid"] for entry in load(text, "").data or []] == sorted(pmids)
    assert set(text.split(end)) >= {"# Ours."}
    assert "\n" not in text.replace("\r\n", "") or end == "\n"
