"""YAML without surprises."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from medlint.documents import strict_yaml
from medlint.documents.problem import DocumentError
from medlint.documents.strict_yaml import load


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML: the one built in C need not be there."""
    name = str(request.param)
    if not hasattr(yaml, name):
        pytest.skip(f"this PyYAML has no {name}")
    monkeypatch.setattr(strict_yaml, "_events", lambda text: yaml.parse(text, getattr(yaml, name)))
    return name


def complaints(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        load(text, "f.yaml")
    return [str(problem).removeprefix("f.yaml:") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", "~"),
        ("''", ""),
        ("'true'", "true"),
        ("'12'", "12"),
        ("12", 12),
        ("-12", -12),
        ("0", 0),
        ("012", "012"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("1.0", "1.0"),
        ("1e3", "1e3"),
        ("12:30", "12:30"),
        ("2020-01-10", "2020-01-10"),
        ("=", "="),
        ("9" * 30, "9" * 30),
    ],
)
def test_only_true_false_null_and_whole_numbers_are_not_text(text: str, value: object) -> None:
    data = load(f"key: {text}\n", "f.yaml").data
    assert data == {"key": value}
    assert type(data["key"]) is type(value)


def test_words_that_yaml_takes_for_truth_are_good_keys() -> None:
    assert load("no: nor\non: x\n", "f.yaml").data == {"no": "nor", "on": "x"}


def test_an_empty_text_holds_nothing(loader: str) -> None:
    for text in ("", "\n", "# only a comment\n", "\ufeff"):
        assert load(text, "f.yaml").data is None


def test_every_part_knows_its_place(loader: str) -> None:
    document = load("a: one\nb:\n  - x\n  - {c: 'two'}\nd: |\n  long\n  text\ne:\n", "f.yaml")
    assert document.place(("a",)) == (1, 4, 7)
    assert document.place(("a",), key=True) == (1, 1, 2)
    assert document.place(("b", 0)) == (3, 5, 6)
    assert document.place(("b", 1, "c")) == (4, 9, 14)
    assert document.place(("d",)) == (5, 4, 5)
    assert document.place(("e",)) == (8, 1, 2)


def test_what_is_not_there_is_placed_at_what_would_hold_it() -> None:
    document = load("a: 1\nb:\n  c: 2\n", "f.yaml")
    assert document.place(("b", "missing", "deeper")) == (2, 1, 2)
    assert document.place(("missing",)) == (1, 1, 2)


def test_columns_count_code_points(loader: str) -> None:
    assert load("ä𝒳: {b: c}\n", "f.yaml").place(("ä𝒳", "b")) == (1, 9, 10)


def test_all_mistakes_are_told_in_one_run(loader: str) -> None:
    text = "a: 1\na: 2\nb: &x 1\nc: *x\nd: !!str 1\n<<: {}\n1: x\n? [k]\n: v\n"
    assert complaints(text) == [
        "2:1: 'a' stands twice; it is first on line 1",
        "3:4: the anchor '&x' is not allowed; remove it",
        "4:4: the alias '*x' is not allowed; repeat the value, or put it in quotes if it is text",
        "5:4: the tag '!!str' is not allowed; remove it",
        "6:1: the merge key '<<' is not allowed; write the keys out",
        "7:1: a key must be text; put it in quotes: '1'",
        "8:3: a key must be a word, not a list or a mapping",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\n---\nb: 2\n", "2:1: a second document begins here; a file holds only one"),
        ("%YAML 1.1\n---\na: 1\n", "1:1: '%' directives are not allowed; remove the line"),
        ("a: 'x\nb: c\n", "1:4: this quote is never closed"),
        ("a: 'x' y\n", "1:8: text after a closing quote; put it inside the quotes"),
        ("a:\n\tb: 1\n", "2:1: a tab in the indentation; use blanks"),
        ("a: @x\n", "1:4: a value that begins with '@' must be in quotes"),
        ("a: *\n", "1:4: a value that begins with '*' or '&' must be in quotes"),
        ("a: [1, 2\nb: 3\n", "1:4: this bracket is never closed"),
        ("a: ]\n", "1:4: a value is missing before this"),
        ("a:\n  b: 1\n c: 2\n", "3:2: the indentation does not fit the lines above"),
        ("a: - b\n", "1:4: a '- ' is not expected here; begin a new line"),
        (
            "a: b: c\n",
            "1:5: a ':' is not expected here; "
            "quote a value that holds ': ', or correct the indentation",
        ),
        (
            "a: | text\n",
            "1:6: only an indicator such as '|' or '|-' may stand here; "
            "the text begins on the next line",
        ),
    ],
)
def test_a_broken_text_is_explained_at_its_place(loader: str, text: str, said: str) -> None:
    assert complaints(text) == [said]


def test_a_pattern_in_double_quotes_gets_good_advice(loader: str) -> None:
    (said,) = complaints('a: "\\d"\n')
    assert said.endswith("unknown escape in double quotes; use single quotes")


def test_control_characters_are_named_each_at_its_place() -> None:
    assert [said.split(" in YAML")[0] for said in complaints("a: \x1b[31m\nb: \x00\n")] == [
        "1:4: the character U+001B is not allowed",
        "2:4: the character U+0000 is not allowed",
    ]


@pytest.mark.parametrize("opening", ["[", "{", "- ", "[a, {b: "])
def test_endless_nesting_is_an_error_and_not_a_crash(opening: str) -> None:
    assert any("levels inside each other" in said for said in complaints(opening * 20_000))


_PIECES = st.sampled_from([*"ab: -?[]{},&*!|>'\"%@`#\n\t\r\\0<~", "- ", ": ", "\n  ", "---"])


@given(st.text() | st.lists(_PIECES, max_size=25).map("".join))
@example("%YAML 9" + "9" * 5000 + ".1\n--- a")
@example('"\\U99999999"')
@example("\ud800")
def test_any_text_gives_a_document_or_problems_on_its_lines(text: str) -> None:
    problems = []
    try:
        load(text, "f.yaml")
    except DocumentError as error:
        problems = error.problems
    for problem in problems:
        assert 1 <= problem.line <= text.count("\n") + text.count("\r") + 2
        assert 1 <= problem.column < problem.end_column
        assert str(problem).isprintable()


_TEXTS = st.recursive(
    st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(_TEXTS)
def test_text_that_pyyaml_wrote_in_quotes_comes_back(data: Any) -> None:
    assert load(yaml.safe_dump(data, default_style='"'), "f.yaml").data == data


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(_PLAIN)
def test_json_is_read_as_json(data: Any) -> None:
    text = json.dumps(data, ensure_ascii=True, indent=1)
    if "\\u" not in text:
        assert load(text, "f.yaml").data == data
