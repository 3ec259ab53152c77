"""What records are known by, where nothing but that is to be kept of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from medlint.records.record import Record


class Marks(NamedTuple):
    """PMIDs; of records without one, values that they hold, and digests."""

    pmids: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    digests: frozenset[str] = frozenset()

    def __or__(self, other: Marks) -> Marks:
        """The marks of both."""
        return Marks(*[own | others for own, others in zip(self, other, strict=True)])

    def met_in(self, records: Iterable[Record]) -> Marks:
        """Those of the marks that *records* bear."""
        if not any(self):
            return self
        pmids: set[str] = set()
        values: set[str] = set()
        digests: set[str] = set()
        for record in records:
            if (pmid := record.pmid) is not None:
                pmids.add(pmid)
                continue
            if self.values:
                values.update(value for some in record.fields.values() for value in some)
            if self.digests:
                digests.add(record.digest)
        return Marks(self.pmids & pmids, self.values & values, self.digests & digests)
