"""What medlint reports: severities, places and findings."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Severity(IntEnum):
    """How bad a finding is; comparable, so that ``>=`` reads as "at least"."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @classmethod
    def parse(cls, word: str) -> Severity:
        """Return the severity called *word* (``error``, ``warning`` or ``info``).

        Raises ValueError for another word.

        >>> Severity.parse("warning").label
        'warning'
        """
        for severity in cls:
            if severity.label == word:
                return severity
        raise ValueError(f"'{word}' is not a severity: use error, warning or info")

    @property
    def label(self) -> str:
        """The lower-case name, as rules and outputs write it."""
        return self.name.lower()


class Place(NamedTuple):
    """A stretch of a source file. Lines and columns count from 1, columns in code points;
    the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Excerpt(NamedTuple):
    """The source lines that a place covers, as they stand, for a code frame."""

    first_line: int
    lines: tuple[str, ...]
    #: The column in which the first of the lines begins: more than 1 where a record of XML begins
    #: in the middle of a line.
    first_column: int = 1


class Related(NamedTuple):
    """Another record that a finding on the data set speaks of."""

    path: str
    #: Its first line.
    line: int
    pmid: str | None


class Edit(NamedTuple):
    """A stretch of the source, and the text that takes its place."""

    place: Place
    text: str


class Fix(NamedTuple):
    """How a fault can be mended: edits that belong together."""

    #: What the fix does, as an order: "Write 'eng'."
    title: str
    #: Whether no fact is added or lost.
    is_safe: bool
    edits: tuple[Edit, ...]


class RuleCard(NamedTuple):
    """What an output may tell of a rule."""

    code: str
    name: str
    severity: Severity
    summary: str
    rationale: str
    references: tuple[str, ...]
    topics: tuple[str, ...]


class Finding(NamedTuple):
    """One thing that is wrong, where, and what the rule says of it."""

    code: str
    name: str
    severity: Severity
    message: str
    path: str
    place: Place
    pmid: str | None = None
    tag: str | None = None
    #: Which of the record's fields of that tag, from 1; None where no field is meant.
    occurrence: int | None = None
    #: The whole unwrapped value of that field.
    value: str | None = None
    excerpt: Excerpt | None = None
    #: The first line of the record; None where no record is meant.
    record_line: int | None = None
    #: One sentence that says what is right: the rule's summary.
    help: str = ""
    #: What stands for a record without PMID: a hash of its fields.
    record_digest: str | None = None
    #: Whether the finding is on several records, and if so, on which others.
    is_of_dataset: bool = False
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    #: An XPath that names the element, in XML.
    where: str | None = None
