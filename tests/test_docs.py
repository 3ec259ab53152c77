"""The documentation is true."""

from __future__ import annotations

import runpy

from support import ROOT


def test_the_page_of_rules_is_up_to_date() -> None:
    build = runpy.run_path(str(ROOT / "docs" / "build.py"))
    assert (ROOT / "docs" / "rules.md").read_text() == build["page"](), "run: make docs"
