"""The documentation is true."""

from __future__ import annotations

import runpy

from support import ROOT, Medlint


def test_the_page_of_rules_is_up_to_date() -> None:
    build = runpy.run_path(str(ROOT / "docs" / "build.py"))
    assert (ROOT / "docs" / "rules.md").read_text() == build["page"](), "run: make docs"


def test_the_picture_in_the_readme_is_true(medlint: Medlint) -> None:
    readme = (ROOT / "README.md").read_text()
    picture = readme.partition("```text\n")[2].partition("```")[0].splitlines()
    printed = medlint("check", ROOT / "examples").stdout.replace(f"{ROOT}/", "").splitlines()
    for line in picture:
        assert line in printed or line in ("...", "$ medlint check examples/")
