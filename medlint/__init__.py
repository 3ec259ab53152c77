"""medlint: quality control of MEDLINE/PubMed bibliographic records.

>>> import medlint
>>> text = "PMID- 31000001\\nOWN - NLM\\nSTAT- MEDLINE\\nLA  - en\\n"
>>> [f.message for f in medlint.check_text(text, select=["ML301"])]
["LA has 'en', which is not a MARC language code; use 'eng'."]
"""

from medlint.api import check_paths, check_text
from medlint.documents.problem import DocumentError
from medlint.findings import Finding, Severity
from medlint.rulebook.select import SelectionError
from medlint.version import __version__

__all__ = [
    "DocumentError",
    "Finding",
    "SelectionError",
    "Severity",
    "__version__",
    "check_paths",
    "check_text",
]
