"""One mistake in a document that somebody wrote, and how it is shown."""

from __future__ import annotations

from typing import NamedTuple

from medlint.documents.frame import code_frame, visible


class DocumentProblem(NamedTuple):
    """One mistake in a document, and where it stands. Lines and columns count from 1, columns
    in code points; the end is exclusive."""

    path: str
    line: int
    column: int
    end_column: int
    message: str

    def __str__(self) -> str:
        return visible(f"{self.path}:{self.line}:{self.column}: {self.message}")


class DocumentError(Exception):
    """A document cannot be used. ``problems`` holds every mistake that was found."""

    def __init__(self, problems: list[DocumentProblem]):
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def render(problem: DocumentProblem, source_text: str) -> str:
    """Return the problem on one line, with its code frame below.

    *source_text* is the whole text of the document. Nothing in it can act on a terminal.

    >>> print(render(DocumentProblem("x.yaml", 1, 7, 10, "name is 'bad'"), "name: bad"))
    x.yaml:1:7: name is 'bad'
    > 1 | name: bad
        |       ^^^
    """
    text = source_text.removeprefix("\ufeff")
    return f"{problem}\n{code_frame(text, *problem[1:4])}"
