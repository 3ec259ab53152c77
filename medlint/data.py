"""Where medlint's rules and schemas lie: in the installed package, or in the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

#: The built-in rules, compiled when the wheel was built; a checkout has no such file.
COMPILED_RULES = _INSTALLED / "rules.json"
RULES = _ROOT / "rules"
SCHEMAS = _ROOT / "schemas"


def schema(name: str) -> dict[str, Any]:
    """Read the JSON Schema *name*, such as ``rule`` or ``checks/format``."""
    text = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
