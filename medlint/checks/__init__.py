"""Check types: what a rule can ask of records, by the name that rules use."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from medlint.checks.base import Check

#: Check type -> module and class. Modules are imported when a rule needs them.
CHECK_TYPES: dict[str, tuple[str, str]] = {
    "agree": ("agree", "Agree"),
    "all_or_none": ("all_or_none", "AllOrNone"),
    "at_most": ("at_most", "AtMost"),
    "count": ("count", "Count"),
    "date_order": ("date_order", "DateOrder"),
    "dates_near": ("dates_near", "DatesNear"),
    "derived": ("derived", "Derived"),
    "differ": ("differ", "Differ"),
    "distinct": ("distinct", "Distinct"),
    "follows": ("follows", "Follows"),
    "forbidden": ("forbidden", "Forbidden"),
    "form_by_kind": ("form_by_kind", "FormByKind"),
    "format": ("format", "Format"),
    "free_of": ("free_of", "FreeOf"),
    "implies": ("implies", "Implies"),
    "included": ("included", "Included"),
    "journal": ("journal", "Journal"),
    "known_tags": ("known_tags", "KnownTags"),
    "last": ("last", "Last"),
    "most_of": ("most_of", "MostOf"),
    "mutual": ("mutual", "Mutual"),
    "not_after": ("not_after", "NotAfter"),
    "not_among": ("not_among", "NotAmong"),
    "not_older": ("not_older", "NotOlder"),
    "one_person": ("one_person", "OnePerson"),
    "packed": ("packed", "Packed"),
    "paired": ("paired", "Paired"),
    "person_name": ("person_name", "PersonName"),
    "person_once": ("person_once", "PersonOnce"),
    "pmid_date": ("pmid_date", "PmidDate"),
    "reading": ("reading", "Reading"),
    "required": ("required", "Required"),
    "same_work": ("same_work", "SameWork"),
    "sections": ("sections", "Sections"),
    "some": ("some", "Some"),
    "source": ("source", "SourceCheck"),
    "together": ("together", "Together"),
    "unique": ("unique", "Unique"),
    "vocabulary": ("vocabulary", "Vocabulary"),
    "volume_year": ("volume_year", "VolumeYear"),
}


@cache
def check_class(check_type: str) -> type[Check]:
    """The class of a check type. Raises KeyError for an unknown one."""
    module, name = CHECK_TYPES[check_type]
    found: type[Check] = getattr(import_module(f"medlint.checks.{module}"), name)
    return found
