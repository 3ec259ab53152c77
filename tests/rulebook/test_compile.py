"""Rule files -> rules: every mistake of every file is told at once, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from rulebook_files import RULE, TEA_RULE, TEAS

from medlint.api import check_text
from medlint.documents.problem import DocumentError
from medlint.rulebook.compile import Compiled, compile_rules, rule_files

BASE: Compiled = {
    "rules": [{"code": "ML203", "name": "issn-check-digit"}],
    "vocabularies": {"languages": {"values": ["eng"]}},
}


def write(folder: Path, **files: str | bytes) -> Path:
    """Write files; a double underscore parts a folder from a name, a single one is a hyphen."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/').replace('_', '-')}.yaml"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def mistakes(folder: Path) -> list[str]:
    """What is told of the files in *folder*, in order: name:line: message."""
    with pytest.raises(DocumentError) as caught:
        compile_rules(rule_files([folder]), BASE)
    return [f"{Path(p.path).name}:{p.line}: {p.message}" for p in caught.value.problems]


def test_a_sound_rule_is_compiled(tmp_path: Path) -> None:
    write(tmp_path, mine=RULE)
    (rule,) = compile_rules(rule_files([tmp_path]), BASE)["rules"]
    assert (rule["code"], rule["source"]) == ("MY001", "mine.yaml")


def test_all_mistakes_of_all_files_are_told_in_one_run(tmp_path: Path) -> None:
    write(
        tmp_path,
        broken="code: [",
        mine=RULE.replace("severity: warning", "severty: warning")
        .replace("'[A-Z].*'", "'('")
        .replace("{value}", "{valu} {tga}"),
        other=RULE.replace("MY001", "ML203").replace("type: format", "type: formt"),
        vocabularies__teas=TEAS.replace('date: "2026-01-01"', "date: soon"),
    )
    said = "\n".join(mistakes(tmp_path))
    for expected in (
        "broken.yaml:1: ",
        "mine.yaml:4: 'severty' is not a key of a rule; did you mean 'severity'?",
        "mine.yaml:11: the pattern does not compile",
        "mine.yaml:12: a message of this check type has no {tga}; did you mean {tag}?",
        "mine.yaml:12: a message of this check type has no {valu}; did you mean {value}?",
        "other.yaml:1: the code ML203 is taken by the built-in rule issn-check-digit",
        "other.yaml:2: the file must be called mine.yaml, like the rule",
        "other.yaml:2: the name mine is taken by ",
        "other.yaml:9: 'formt' is not a check type; did you mean 'format'?",
        "teas.yaml:4: date is 'soon'; it must be a day",
    ):
        assert expected in said
    assert len(said.split("\n")) == 10


def test_mistakes_stand_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    bad = RULE.replace("warning", "wrong").replace("{value}", "{x} {y} {z} {x}")
    write(tmp_path, b=bad.replace("mine", "b"), a=bad.replace("mine", "a").replace("Y001", "Y002"))
    places = [said.split(": ")[0] for said in mistakes(tmp_path)]
    assert places == ["a.yaml:4", *["a.yaml:12"] * 3, "b.yaml:4", *["b.yaml:12"] * 3]
    names = [said.split("{")[1][0] for said in mistakes(tmp_path) if ":12" in said]
    assert names == ["x", "y", "z"] * 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: mine", "name: yours", "2: the file must be called yours.yaml, like the rule"),
        ("type: format", "type: fromat", "9: 'fromat' is not a check type; did you mean 'format'?"),
        ("type: format", "type: zzz", "9: 'zzz' is not a check type; there are agree, all_or_none"),
        ("{reason}", "{raeson}", "12: a message of this check type has no {raeson}; did you mean"),
        ("{reason}", "{qqq}", "has no {qqq}; there are part, pmid, reason, tag, value"),
        ("{reason}", "{when.STAT}", "has no {when.STAT}"),
        (
            "check:\n",
            "silent_after: [issn-check-digits]\ncheck:\n",
            "8: there is no rule 'issn-check-digits'; did you mean 'issn-check-digit'?",
        ),
        ("check:\n", "silent_after: [qqq]\ncheck:\n", "8: there is no rule 'qqq'"),
        ("'[A-Z].*'", "'[A-Z'", "11: the pattern does not compile"),
        ("'[A-Z].*'", "'(a+)+b'", "11: "),
        ("'[A-Z].*'", "'a{99999999999}'", "11: the pattern does not compile"),
        ("check:\n", "when: {TI: {matches: '('}}\ncheck:\n", "8: the pattern does not compile"),
        ("  pattern:", "  using: no_such_function\n  pattern:", "is not a named function"),
        ("name: mine", "name: [mine]", "2: name is a list"),
        ("code: MY001", "code: {a: b}", "1: code is a mapping"),
        ("code: MY001", "code: ML999", "1: codes that begin with ML are kept for the built-in"),
        ("code: MY001", "code: ML203", "1: the code ML203 is taken by the built-in rule"),
        ("code: MY001", "code: my1", "1: code is 'my1'; it must look like ML123"),
        ("message: \"{tag} is '{value}': {reason}.\"", "message: [a]", "12: message is a list"),
    ],
)
def test_one_mistake_is_told_once(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert RULE.count(old) == 1
    write(tmp_path, mine=RULE.replace(old, new))
    (told,) = mistakes(tmp_path)
    assert said in told


@pytest.mark.parametrize("text", ["", "- a list", "just words", "12", "{}"])
def test_what_is_no_rule_at_all_is_told(tmp_path: Path, text: str) -> None:
    write(tmp_path, mine=text)
    assert all(said.startswith("mine.yaml:1: ") for said in mistakes(tmp_path))


def test_a_file_that_is_not_utf_8_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path, mine=RULE.encode("utf-16"), other="code: [")
    mine, other = mistakes(tmp_path)
    assert mine.startswith("mine.yaml:1: the file is not UTF-8")
    assert other.startswith("other.yaml:1: ")


def test_a_condition_may_be_named_in_the_message(tmp_path: Path) -> None:
    text = RULE.replace("check:\n", "when: {STAT: {is: MEDLINE}}\ncheck:\n")
    write(tmp_path, mine=text.replace("{reason}", "{when.STAT}"))
    assert len(compile_rules(rule_files([tmp_path]), BASE)["rules"]) == 1


def test_two_files_cannot_have_one_code_or_name(tmp_path: Path) -> None:
    write(tmp_path, a__mine=RULE, b__mine=RULE)
    code, name = mistakes(tmp_path)
    first = tmp_path / "a" / "mine.yaml"
    assert code == f"mine.yaml:1: the code MY001 is taken by {first}"
    assert name == f"mine.yaml:2: the name mine is taken by {first}"


def test_a_rule_may_be_silent_after_any_other_rule(tmp_path: Path) -> None:
    silent = RULE.replace("check:\n", "silent_after: [issn-check-digit, other]\ncheck:\n")
    other = RULE.replace("MY001", "MY002").replace("name: mine", "name: other")
    write(tmp_path, mine=silent, other=other)
    assert len(compile_rules(rule_files([tmp_path]), BASE)["rules"]) == 2
    write(tmp_path, other="code: [")
    (told,) = mistakes(tmp_path)
    assert told.startswith("other.yaml:1: ")


def test_an_unknown_vocabulary_has_a_near_miss(tmp_path: Path) -> None:
    write(tmp_path, mine=TEA_RULE.replace("teas", "languagse"))
    (told,) = mistakes(tmp_path)
    assert "there is no vocabulary 'languagse'; did you mean 'languages'?" in told


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: teas", "name: tea", "teas.yaml:1: the name is not that of the file"),
        ("values: [Green, Black]", "values: []", "teas.yaml:5: values is empty"),
        ("values: [Green, Black]", "values: [1]", "teas.yaml:5: values[1] must be text"),
        ("title:", "titel:", "teas.yaml:2: 'titel' is not a key of a vocabulary"),
        ("name: teas", "name: [", "teas.yaml:"),
    ],
)
def test_a_mistake_in_a_vocabulary_is_not_held_against_its_rule(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    write(tmp_path, mine=TEA_RULE, vocabularies__teas=TEAS.replace(old, new))
    (told,) = mistakes(tmp_path)
    assert said in told


def test_a_vocabulary_of_the_users_own_serves_a_rule_of_his(tmp_path: Path) -> None:
    write(tmp_path, mine=TEA_RULE, vocabularies__teas=TEAS)
    text = "PMID- 1\nTI  - Green\n\nPMID- 2\nTI  - Balck\n"
    (finding,) = check_text(text, rules=[tmp_path], select=["MY001"])
    assert finding.message == "TI is 'Balck': Balck; perhaps 'Black' is meant."
    assert finding.place == (5, 7, 5, 12)


def test_a_vocabulary_cannot_take_the_place_of_another(tmp_path: Path) -> None:
    mine = TEAS.replace("teas", "languages")
    write(
        tmp_path,
        vocabularies__languages=mine,
        a__vocabularies__teas=TEAS,
        b__vocabularies__teas=TEAS,
    )
    teas, languages = mistakes(tmp_path)
    assert teas.startswith("teas.yaml:1: the name teas is taken by ")
    assert languages == (
        "languages.yaml:1: the name languages is taken by the built-in vocabulary languages"
    )


def test_a_file_in_a_folder_vocabularies_is_one_however_it_is_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path, vocabularies__teas=TEAS) / "vocabularies")
    compiled = compile_rules(rule_files([Path("teas.yaml")]), BASE)
    assert list(compiled["vocabularies"]) == ["teas"]


def test_hidden_files_and_other_files_in_a_folder_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, b=RULE, _a=RULE, sub__c=RULE)
    for name in (".hidden.yaml", ".git/x.yaml", "sub/.x/y.yaml", "notes.txt", "d.YML"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(RULE)
    (tmp_path / "folder.yaml").mkdir()
    found = [file.relative_to(tmp_path).as_posix() for file in rule_files([tmp_path])]
    assert found == ["-a.yaml", "b.yaml", "d.YML", "sub/c.yaml"]


def test_a_hidden_folder_that_is_named_is_read(tmp_path: Path) -> None:
    folder = write(tmp_path / ".rules", mine=RULE)
    assert rule_files([folder]) == [folder / "mine.yaml"]
    assert rule_files([folder, folder / "mine.yaml"]) == [folder / "mine.yaml"]


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_path_without_rules_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match=name):
        rule_files([tmp_path / name])


def test_a_rule_can_replace_only_rules_that_are_gone_or_deprecated(tmp_path: Path) -> None:
    def replacing(words: str) -> str:
        return RULE.replace("topics:", f"replaces: [{words}]\ntopics:")

    words = "mine, MY001, other, MY002, issn-check-digit, ML203, old, MY003, gone, MY009"
    write(
        tmp_path,
        mine=replacing(words),
        other=RULE.replace("MY001", "MY002").replace("name: mine", "name: other"),
        old=RULE.replace("MY001", "MY003")
        .replace("name: mine", "name: old")
        .replace("preview", "deprecated"),
    )
    living = ["mine", "MY001", "other", "MY002", "issn-check-digit", "ML203"]
    assert mistakes(tmp_path) == [
        f"mine.yaml:7: there is a rule '{word}'; only one that is deprecated, or no more, can be "
        "replaced"
        for word in living
    ]
    write(tmp_path, mine=replacing("old, MY003, gone, MY009"))
    assert len(compile_rules(rule_files([tmp_path]), BASE)["rules"]) == 3
