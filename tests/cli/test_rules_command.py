"""``medlint rules``: what a librarian who writes rules meets."""

from __future__ import annotations

from pathlib import Path

from rulebook_files import RULE
from support import Medlint, record


def test_list_names_every_rule_once(medlint: Medlint) -> None:
    lines = medlint("rules", "list").stdout.splitlines()
    codes = [line.split()[0] for line in lines]
    assert "ML203" in codes
    assert len(set(codes)) == len(codes) >= 45


def test_show_takes_code_or_name(medlint: Medlint) -> None:
    by_code, by_name = (
        medlint("rules", "show", "ML203"),
        medlint("rules", "show", "issn-check-digit"),
    )
    assert by_code.stdout == by_name.stdout
    assert "Each ISSN has a correct check digit." in by_code.stdout
    assert "    IS  - 0028-4794 (Linking)" in by_code.stdout


def test_show_tells_a_rule_from_its_requirement_to_its_sources(medlint: Medlint) -> None:
    shown = medlint("rules", "show", "ML203").stdout
    parts = [
        "ML203 issn-check-digit\nEach ISSN has a correct check digit.\n",
        "\nSeverity: error, on by default\n",
        "\nStatus: stable (since 0.1)\n",
        "\nTopics: identifiers, journal\n",
        "\nWhy it matters:\n",
        "\nRight:\n\n    PMID- ",
        "\nWrong:\n\n    PMID- ",
        "\nmedlint says:\n\n    example.nbib:3:7: error ML203 issn-check-digit [PMID 31000003]\n"
        "      IS has '0028-4794': the check digit should be 3.\n"
        "      3 | IS  - 0028-4794 (Linking)\n"
        "        |       ^^^^^^^^^\n",
        "\nHow to mend it:\n",
        "--ignore issn-check-digit\n",
        "\nRelated rules:\n",
        "ML201 issn-form.\n",
        "\nSources:\n",
    ]
    places = [shown.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_show_takes_several_rules_and_shows_each_once(medlint: Medlint) -> None:
    shown = medlint("rules", "show", "ML203", "ml201,issn-check-digit").stdout
    first, second = shown.split("-" * 72)
    assert first == medlint("rules", "show", "ML203").stdout + "\n"
    assert second == "\n\n" + medlint("rules", "show", "ML201").stdout


def test_show_prints_nothing_if_one_of_several_is_no_rule(medlint: Medlint) -> None:
    done = medlint("rules", "show", "ML203", "issn-form-x")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no rule 'issn-form-x'; did you mean 'issn-form'?" in done.stderr


def test_what_examples_hold_is_shown_and_not_obeyed(medlint: Medlint, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(RULE.replace("TI  - A title.", r"TI  - A \x1b[2J title\u202e."))
    done = medlint("rules", "show", "MY001", "--rules", path)
    assert "    TI  - A \\x1b[2J title\\u202e.\n" in done.stdout
    assert "\x1b" not in done.stdout


def test_show_says_where_an_example_is_not_what_it_should_be(
    medlint: Medlint, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(RULE.replace("TI  - a title.", "TI  - Right."))
    assert (
        "medlint finds nothing there." in medlint("rules", "show", "mine", "--rules", path).stdout
    )


def house(folder: Path) -> Path:
    """Rules of a house: one under a new name, and a deprecated one in whose place it stands."""
    (folder / "house").mkdir()
    new = RULE.replace("name: mine", "name: new\nreplaces: [old, former, MY009]")
    old = RULE.replace("name: mine", "name: old").replace("MY001", "MY002")
    (folder / "house" / "new.yaml").write_text(new)
    (folder / "house" / "old.yaml").write_text(old.replace("preview", "deprecated"))
    return folder / "house"


def test_a_former_name_leads_to_the_rule_with_a_notice(medlint: Medlint, tmp_path: Path) -> None:
    rules = house(tmp_path)
    today = medlint("rules", "show", "new", "--rules", rules)
    assert today.stderr == ""
    assert "\nFormerly: old, former, MY009\n" in today.stdout
    assert "\nThis rule takes the place of: MY002 old.\n" in today.stdout
    for word in ("former", "MY009"):
        done = medlint("rules", "show", word, "--rules", rules)
        assert done.stdout == today.stdout
        assert done.stderr == f"medlint: '{word}' is now 'new'\n"


def test_a_deprecated_rule_is_shown_with_the_one_to_use(medlint: Medlint, tmp_path: Path) -> None:
    done = medlint("rules", "show", "old", "--rules", house(tmp_path))
    assert done.stdout.startswith("MY002 old\n")
    assert "\nUse in place of this rule: MY001 new.\n" in done.stdout
    assert done.stderr == "medlint: 'old' is deprecated and will go; use 'new'\n"


def test_list_marks_what_is_not_stable_and_what_is_off(medlint: Medlint, tmp_path: Path) -> None:
    rules = house(tmp_path)
    lines = medlint("rules", "list", "--rules", rules).stdout.splitlines()
    mine = [line for line in lines if line.startswith("MY")]
    summary = "The title begins with a capital letter."
    assert mine == [
        f"MY001  warning  new: {summary} (preview)",
        f"MY002  warning  old: {summary} (deprecated, off unless selected)",
    ]
    listed = medlint("rules", "list", "--rules", rules, "--select", "former,old")
    assert listed.stdout.splitlines() == mine
    assert listed.stderr == (
        "medlint: 'former' is now 'new'\nmedlint: 'old' is deprecated and will go; use 'new'\n"
    )


def test_show_names_the_near_miss(medlint: Medlint) -> None:
    done = medlint("rules", "show", "issn-check-digits")
    assert done.returncode == 2
    assert "did you mean 'issn-check-digit'?" in done.stderr


def test_a_new_rule_passes_after_two_edits(medlint: Medlint, tmp_path: Path) -> None:
    assert medlint("rules", "new", "title-has-a-capital").returncode == 0
    path = tmp_path / "title-has-a-capital.yaml"
    assert medlint("rules", "test", path).returncode == 1
    text = path.read_text()
    assert text.count("EDIT ME") == 2
    path.write_text(text.replace("'EDIT ME'", "'[A-Z].*'").replace("EDIT ME", "a title"))
    done = medlint("rules", "test", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Ran 2 examples of 1 rule: all as they say.\n"


def test_new_overwrites_nothing(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("precious")
    done = medlint("rules", "new", "mine")
    assert done.returncode == 2
    assert (tmp_path / "mine.yaml").read_text() == "precious"


def test_new_refuses_a_name_that_is_none(medlint: Medlint, tmp_path: Path) -> None:
    done = medlint("rules", "new", "../Mine")
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_rules_of_the_users_own_run_beside_the_built_in_ones(
    medlint: Medlint, tmp_path: Path
) -> None:
    medlint("rules", "new", "title-has-a-capital")
    path = tmp_path / "title-has-a-capital.yaml"
    path.write_text(
        path.read_text().replace("'EDIT ME'", "'[A-Z].*'").replace("EDIT ME", "a title")
    )
    (tmp_path / "low.nbib").write_text(record(TI="a low title."))
    for _ in range(2):
        done = medlint("check", "low.nbib", "--rules", path, "--output-format", "concise")
        assert "warning MY001 title-has-a-capital" in done.stdout
    listed = medlint("rules", "list", "--rules", path, "--select", "MY001").stdout
    assert listed.startswith("MY001  warning  title-has-a-capital: ")


def test_every_mistake_of_every_file_is_told_with_a_frame(medlint: Medlint, tmp_path: Path) -> None:
    medlint("rules", "new", "one")
    medlint("rules", "new", "two")
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text(one.read_text().replace("severity: warning", "severty: warning"))
    two.write_text(
        two.read_text()
        .replace("'EDIT ME'", "'(a+)+b'")
        .replace("{value}", "{valu}")
        .replace("MY001", "MY002")
    )
    done = medlint("rules", "test", one, two)
    assert done.returncode == 2
    assert f"{one}:" in done.stderr
    assert "did you mean 'severity'?" in done.stderr
    assert f"{two}:" in done.stderr
    assert "did you mean {value}?" in done.stderr
    assert "^^^" in done.stderr
    assert "(a+)+b" in done.stderr


def test_a_broken_rule_file_stops_check_before_it_prints(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("code: [")
    (tmp_path / "clean.nbib").write_text(record())
    done = medlint("check", "clean.nbib", "--rules", "broken.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "broken.yaml:1:" in done.stderr


def test_a_code_that_is_taken_is_refused(medlint: Medlint, tmp_path: Path) -> None:
    medlint("rules", "new", "one")
    path = tmp_path / "one.yaml"
    path.write_text(path.read_text().replace("MY001", "ML203").replace("EDIT ME", ".*"))
    done = medlint("rules", "test", path)
    assert done.returncode == 2
    assert "is taken by the built-in rule issn-check-digit" in done.stderr
