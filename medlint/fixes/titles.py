"""What a fix does, as an order."""

from __future__ import annotations

_LINES = {
    "blank_lines_inside": "Take the empty lines inside the record away.",
    "continuations": "Indent the lines that go on by six blanks.",
    "control_characters": "Take the control characters of this line away.",
    "empty_field": "Take the empty field away.",
    "encoding": "Write the file in UTF-8.",
    "final_line_end": "End the last line.",
    "laid_out_again": "Lay the record out again, each field on a line of its own.",
    "line_ends": "End all lines as most of them end.",
    "lone_returns": "Take the lone carriage returns away, or end a line there.",
    "mark": "Take the byte order mark away.",
    "one_blank_line": "Leave one empty line.",
    "other_encoding": "Write these characters in UTF-8.",
    "pmid_above": "Move the PMID to the top.",
    "separator": "Put an empty line above the record.",
    "tabs": "Write blanks in place of the tabs.",
    "tag_lines": "Write the tags of the record in column 1, padded to four.",
    "trailing_blanks": "Take the blanks at the ends of the lines away.",
    "unindented": "Indent the text by six blanks.",
}


def title_of_lines(function: str) -> str:
    """What the function on lines does."""
    return _LINES[function]


def written_title(tag: str, value: str) -> str:
    """What putting a field in does.

    >>> written_title("OTO", "NOTNLM")
    "Add 'OTO - NOTNLM'."
    """
    return f"Add '{tag:<4}- {value}'."
