"""The commented start of a rule file."""

from __future__ import annotations

import re
import textwrap

_TEMPLATE = """\
# yaml-language-server: $schema={schema}
# A rule of your own. Two things must be edited before it passes `medlint rules test`: the pattern
# of the check, and the bad example.

# Letters of your house and three digits; ML is kept for the built-in rules.
code: {code}
name: {name}
# What is right, in one sentence.
summary: The title begins with a capital letter.
# error (the record is wrong), warning (it very likely is) or info (worth a look).
severity: warning
# preview (it may still change) or stable (others rely on it).
status: preview
since: "0.1"
topics: [local]

# Only for records that ... (optional). One condition a tag: is, in, not_in, present, absent,
# matches, not_matches, before, after.
# when:
#   STAT: {{is: MEDLINE}}

{types}
check:
  type: format
  tag: TI
  # 1. Edit: a regular expression that every right value matches as a whole.
  pattern: 'EDIT ME'
  expected: a capital letter first

# One line for the user. {{tag}}, {{value}}, {{pmid}}, and what the check type adds: {{reason}}.
message: "{{tag}} is '{{value}}': {{reason}}."

# Why it matters to a reader or a program.
rationale: |
  Titles are sorted and compared letter by letter.
references:
  - House rules, page 1

# The examples are the tests and the documentation of the rule.
examples:
  good:
    - |
      PMID- 31000001
      TI  - A title with a capital.
  bad:
    - record: |
        PMID- 31000002
        TI  - EDIT ME
      # Where the finding is: TI, or TI[2] for the second one.
      at: TI
      # 2. Edit the record above so that the rule finds fault with it.
"""

#: The check types that rules of one's own mostly need.
_USUAL = (
    *("required", "forbidden", "together", "count", "distinct", "format", "vocabulary"),
    *("free_of", "agree", "date_order", "not_after", "implies", "included", "unique"),
)

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def starter(name: str, code: str, schema: str) -> str:
    """The text of a rule file for a rule called *name* with *code*; *schema* is where editors find
    the schema that they complete and check it by.

    Raises ValueError for a name that is not made of small letters, digits and hyphens.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(
            f"'{name}' cannot be the name of a rule: small letters, digits and single hyphens, "
            "such as title-ends-with-a-stop"
        )
    comment = textwrap.fill(
        f"What is checked. Types: {', '.join(_USUAL)}, and more in docs/check-types.md.",
        98,
        initial_indent="# ",
        subsequent_indent="# ",
    )
    return _TEMPLATE.format(name=name, code=code, schema=schema, types=comment)
