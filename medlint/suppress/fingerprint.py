"""What a finding is known by, wherever its record stands."""

from __future__ import annotations

from typing import NamedTuple

from medlint.findings import Finding


class Identity(NamedTuple):
    """What stays of a finding when its record moves: no path, no line, no message, no severity."""

    pmid: str | None
    #: What stands for a record without PMID: a hash of its fields.
    record: str | None
    #: The code of the rule.
    rule: str
    tag: str | None
    #: A hash of the value; None where the finding has none.
    hash: str | None


def identity(finding: Finding) -> Identity:
    """The identity of *finding*. Findings of one record that speak of equal values share it.

    A finding that belongs to no record is known by the text it stands on. One on the data set that
    is filed under a record without PMID is known by its rule and the letters and digits of its
    value alone: which of several such records it is filed under depends on where they stand.
    """
    tag, value, record = finding.tag, finding.value, finding.record_digest
    if finding.pmid is not None:
        record = None
    elif finding.is_of_dataset:
        tag, record = None, None
        value = "".join(filter(str.isalnum, (value or "").casefold()))
    elif record is None and value is None and finding.excerpt is not None:
        value = "\n".join(finding.excerpt.lines)
    return Identity(finding.pmid, record, finding.code, tag, _hash(value) if value else None)


def fingerprint(finding: Finding) -> str:
    """The `identity` of *finding* as 32 hexadecimal digits, the same in every version."""
    return _hash("\n".join([part or "" for part in identity(finding)]), 16)


def _hash(text: str, size: int = 8) -> str:
    from hashlib import blake2b

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
