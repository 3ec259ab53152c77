"""What a YAML parser's complaint means, in words for the author of the file."""

from __future__ import annotations

import re

from medlint.documents.frame import shown
from medlint.documents.problem import DocumentProblem

#: A pattern for what libyaml or PyYAML says (context, then problem), what to tell the author,
#: and whether the place meant is the one where the unfinished part begins.
_WORDING: tuple[tuple[str, str, bool], ...] = (
    (r"quoted scalar.*(end of stream|document indicator)", "this quote is never closed", True),
    (r"escape|hexdecimal|hexadecimal", "unknown escape in double quotes; use single quotes", False),
    (r"block scalar.*tab character", "a tab in the indentation; use blanks", False),
    (r"tab character", "a tab in the indentation; use blanks", False),
    (
        r"block scalar",
        "only an indicator such as '|' or '|-' may stand here; the text begins on the next line",
        False,
    ),
    (
        r"mapping values are not allowed",
        "a ':' is not expected here; quote a value that holds ': ', or correct the indentation",
        False,
    ),
    (r"expected ':'", "a ':' is missing after this key", True),
    (
        r"(block sequence|sequence) entries are not allowed",
        "a '- ' is not expected here; begin a new line",
        False,
    ),
    (r"flow (sequence|mapping)|expected ',' or", "this bracket is never closed", True),
    (
        r"scanning an? (anchor|alias)",
        "a value that begins with '*' or '&' must be in quotes",
        True,
    ),
    (r"node content|expected the node", "a value is missing before this", False),
    (r"tag", "a value that begins with '!' must be in quotes", True),
    (r"directive|document start|YAML document", "'%' directives are not allowed", False),
    (
        r"block (mapping|collection|sequence)|expected key",
        "the indentation does not fit the lines above",
        False,
    ),
)


def explain(error: Exception, path: str, lines: list[str]) -> DocumentProblem:
    """Turn what a YAML parser raised on the text *lines* of *path* into one problem."""
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or ''}"
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None) or mark
    at = _at(mark, lines)
    if "start any token" in said:
        return _problem(path, mark, lines, _bad_start(at))
    if "expected" in said and "block mapping" in said and _is_after_quote(mark, lines):
        return _problem(path, mark, lines, "text after a closing quote; put it inside the quotes")
    for pattern, message, is_context in _WORDING:
        if re.search(pattern, said):
            return _problem(path, start if is_context else mark, lines, message)
    reason = shown(said.strip() or type(error).__name__, 120)
    return _problem(path, mark, lines, f"this is not YAML: {reason}")


def _bad_start(character: str) -> str:
    if character == "\t":
        return "a tab in the indentation; use blanks"
    return f"a value that begins with {shown(character)} must be in quotes"


def _at(mark: object, lines: list[str]) -> str:
    line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    return lines[line][column : column + 1] if line < len(lines) else ""


def _is_after_quote(mark: object, lines: list[str]) -> bool:
    line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    return line < len(lines) and lines[line][:column].rstrip().endswith(("'", '"'))


def _problem(path: str, mark: object, lines: list[str], message: str) -> DocumentProblem:
    """Place *message*; what stands behind the last line is placed at the end of that."""
    line, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line = min(line, len(lines)) - 1
        column = len(lines[line].rstrip())
    return DocumentProblem(path, line + 1, column + 1, column + 2, message)
