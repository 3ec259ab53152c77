"""Check types: what a rule can ask of records, by the name that rules use."""

from __future__ import annotations

from importlib import import_module

from medlint.checks.base import Check

#: Check type -> module and class. Modules are imported when a rule needs them.
CHECK_TYPES: dict[str, tuple[str, str]] = {
    "agree": ("agree", "Agree"),
    "count": ("count", "Count"),
    "date_order": ("date_order", "DateOrder"),
    "derived": ("derived", "Derived"),
    "distinct": ("distinct", "Distinct"),
    "follows": ("follows", "Follows"),
    "forbidden": ("forbidden", "Forbidden"),
    "format": ("format", "Format"),
    "free_of": ("free_of", "FreeOf"),
    "included": ("included", "Included"),
    "known_tags": ("known_tags", "KnownTags"),
    "not_after": ("not_after", "NotAfter"),
    "paired": ("paired", "Paired"),
    "reading": ("reading", "Reading"),
    "required": ("required", "Required"),
    "source": ("source", "SourceCheck"),
    "together": ("together", "Together"),
    "unique": ("unique", "Unique"),
    "vocabulary": ("vocabulary", "Vocabulary"),
}


def check_class(check_type: str) -> type[Check]:
    """The class of a check type. Raises KeyError for an unknown one."""
    module, name = CHECK_TYPES[check_type]
    found: type[Check] = getattr(import_module(f"medlint.checks.{module}"), name)
    return found
