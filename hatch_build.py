"""Compiles the built-in rules into the wheel, so that an installed medlint reads one JSON file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface):
    """Adds ``medlint/_data/rules.json``; an editable install reads the checkout's rules instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the rules with medlint's own compiler."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, self.root)
        from medlint.rulebook.compile import compile_rules, rule_files

        compiled = Path(self.directory) / "rules.json"
        compiled.parent.mkdir(parents=True, exist_ok=True)
        compiled.write_text(
            json.dumps(compile_rules(rule_files([root / "rules"]))), encoding="utf-8"
        )
        build_data["force_include"][str(compiled)] = "medlint/_data/rules.json"
