"""``medlint rules``: what a librarian who writes rules meets."""

from __future__ import annotations

from pathlib import Path

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
