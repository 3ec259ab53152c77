"""medlint: quality control of MEDLINE/PubMed bibliographic records.

>>> import medlint
>>> text = "PMID- 31000001\\nOWN - NLM\\nSTAT- MEDLINE\\nLA  - en\\n"
>>> [f.message for f in medlint.check_text(text, select=["ML301"])]
["LA has 'en', which is not a MARC language code; use 'eng'."]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medlint.version import __version__

if TYPE_CHECKING:
    from medlint.api import check_paths, check_text
    from medlint.documents.problem import DocumentError
    from medlint.findings import Finding, Severity
    from medlint.rulebook.select import SelectionError

__all__ = [
    "DocumentError",
    "Finding",
    "SelectionError",
    "Severity",
    "__version__",
    "check_paths",
    "check_text",
]


_MODULES = {
    "DocumentError": "medlint.documents.problem",
    "Finding": "medlint.findings",
    "SelectionError": "medlint.rulebook.select",
    "Severity": "medlint.findings",
    "check_paths": "medlint.api",
    "check_text": "medlint.api",
}


def __getattr__(name: str) -> object:
    """What programs use, imported when they do: the command line needs little of it."""
    if name not in _MODULES:
        raise AttributeError(f"module 'medlint' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_MODULES[name]), name)
