"""Which records of a data set are past: a later version of them is there, or NLM took them back.

NLM's files of a year are numbered: a record stands as the last file with it has it, and is gone if
a file says so ("MEDLINE/PubMed data: baseline and daily update files", nlm.nih.gov). A PMID may
have several versions, too (``PMID/@Version``). What has the same number and the same version, or
stands in a file without a number, is no version of another record but a copy.
"""

from __future__ import annotations

from collections.abc import Sequence

from medlint.checks.memory import Register
from medlint.records.batch import Edition
from medlint.records.numbering import file_number

#: The year and the number of a file; those of files without come first.
_Number = tuple[int, int]
_NONE: _Number = (-1, -1)


class Versions:
    """What is known of the versions of records, by their number in the `Register`."""

    def __init__(self) -> None:
        self._files: dict[str, _Number] = {}
        #: The records that are a later version than the first, and which.
        self._later: dict[int, int] = {}
        #: PMID -> the last file that takes it back.
        self._deleted: dict[int, _Number] = {}

    def add(self, path: str, numbers: Sequence[int], edition: Edition) -> None:
        """Remember of the records *numbers* of the file *path* what their *edition* says."""
        file = self._files.get(path)
        if file is None:
            file = self._files[path] = file_number(path) or _NONE
        self._later.update((numbers[index], version) for index, version in edition.versions)
        for pmid in edition.deleted:
            self._deleted[pmid] = max(file, self._deleted.get(pmid, _NONE))

    def past(self, register: Register) -> set[int]:
        """The numbers of the records that are past. To be asked when all records are entered."""
        past = {
            number
            for pmid in self._deleted
            for number in register.numbers(pmid)
            if self._is_deleted(pmid, self._files[register.holder(number).path])
        }
        if self._later or len({*self._files.values()} - {_NONE}) > 1:
            for numbers in register.repeated():
                past.update(self._replaced(numbers, register))
        return past

    def _is_deleted(self, pmid: int, file: _Number) -> bool:
        """Whether a record in *file* is taken back: not if a later file brings it again."""
        return self._deleted[pmid] == _NONE or file <= self._deleted[pmid]

    def _replaced(self, numbers: Sequence[int], register: Register) -> set[int]:
        """Of the records of one PMID, those that another one replaces."""
        versions = {number: self._later.get(number, 1) for number in numbers}
        last_version = max(versions.values())
        files = {
            number: self._files[register.holder(number).path]
            for number in numbers
            if versions[number] == last_version
        }
        last_file = max(files.values())
        return {
            number
            for number in numbers
            if versions[number] < last_version or _NONE < files[number] < last_file
        }
