"""Which records are not as they were in a revision of git.

Records are compared by their text, wherever it stands: a record has not changed if one of the files
that differ from the revision held the same lines, whatever ended them. So records may be moved,
reordered and split over files, and files be renamed. Each old record stands for one record only: a
second copy of it is new.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from medlint.git import GitError, OldFile, Repositories, Repository
from medlint.records.chunking import chunks
from medlint.records.holding import SUFFIXES
from medlint.records.reader import read
from medlint.records.record import Record
from medlint.records.sources import Source, open_source

_SUFFIXES = (*SUFFIXES, ".txt", ".xml")
_DIGEST_SIZE = 16


class ChangesError(ValueError):
    """Records cannot be compared with a revision. The message is one line."""


class Changes:
    """What differs from a revision.

    *touched* are the sources, by name, that may not be as they were; *old* is what the files held
    that differ.
    """

    def __init__(self, touched: Mapping[str, Source], old: Iterable[BinaryIO]):
        self._touched = dict(touched)
        self._are_new: dict[str, bool] = {}
        #: The old records, and how often each is still to be found again.
        self._records: Counter[bytes] = Counter()
        self._contents = {self._take(stream) for stream in old}

    @classmethod
    def since(cls, revision: str, sources: Sequence[Source]) -> Changes:
        """What in *sources* differs from *revision*: a commit, a tag or a tree of git.

        Each repository that holds sources is asked for the revision. Raises ChangesError if git or
        the revision is missing, or a source lies in no repository.
        """
        try:
            differences = [
                _Difference(repository, revision, paths)
                for repository, paths in _by_repository(sources).items()
            ]
            touched = {source.name: source for d in differences for source in d.touched}
            suffixes = {*_SUFFIXES, *map(_suffix, touched)}
            old = (stream for d in differences for stream in d.old(suffixes))
            return cls(touched, old if touched else ())
        except GitError as error:
            raise ChangesError(f"--since '{revision}': {error}") from None

    def is_changed(self, path: str, record: Record) -> bool:
        """Whether *record*, of the source called *path*, is new or not as it was. To be asked once
        for each record: an old record is found again only as often as it stood there."""
        if path not in self._touched:
            return False
        digest = _digest(record)
        if not self._records[digest]:
            return True
        self._records[digest] -= 1
        return False

    def is_touched(self, path: str) -> bool:
        """Whether the source called *path* is, as a whole, what no file of the revision was."""
        source = self._touched.get(path)
        if source is None:
            return False
        if path not in self._are_new:
            self._are_new[path] = not self._is_old(source)
        return self._are_new[path]

    def _is_old(self, source: Source) -> bool:
        if source.path is None or not source.path.is_file():
            return False
        try:
            with open_source(source) as stream:
                return _digest_of_text(chunk.data for chunk in chunks(stream)) in self._contents
        except OSError:
            return False

    def _take(self, stream: BinaryIO) -> bytes:
        """Remember the records in *stream*; return the digest of the whole."""

        def text() -> Iterator[bytes]:
            for chunk in chunks(stream):
                self._records.update(map(_digest, read(chunk).records))
                yield chunk.data

        return _digest_of_text(text())


class _Difference:
    """What in one repository differs from a revision."""

    def __init__(self, repository: Repository, revision: str, sources: Mapping[str, Source]):
        """*sources* are known by their paths from the top of the repository."""
        self._repository = repository
        tree = repository.tree(revision)
        differing = repository.differing(tree)
        same: set[str] = set()
        #: The files of the revision that differ.
        self._old: list[OldFile] = []
        for file in repository.files(tree):
            if file.path not in differing:
                same.add(file.path)
            elif not file.is_link:
                self._old.append(file)
        self.touched = [source for path, source in sources.items() if path not in same]

    def old(self, suffixes: set[str]) -> Iterator[BinaryIO]:
        """What the files that differ held, of those that end so."""
        files = [file for file in self._old if _suffix(file.path) in suffixes]
        return self._repository.contents(files)


def _by_repository(sources: Sequence[Source]) -> dict[Repository, dict[str, Source]]:
    """Repository -> path from its top -> source."""
    repositories = Repositories()
    found: dict[Repository, dict[str, Source]] = {}
    for source in sources:
        if source.path is None:
            what = "standard input" if source.is_stdin else source.name
            raise GitError(f"{what} has no earlier state; name files or folders")
        path = _kept_path(source.path)
        repository = repositories.of(path)
        if repository is None:
            raise GitError(f"{source.name} lies in no git repository")
        inside = os.path.relpath(path, repository.top).replace(os.sep, "/")
        found.setdefault(repository, {})[inside] = source
    return found


def _kept_path(path: Path) -> str:
    """Where git keeps what *path* leads to. Of what lies among git's own files, as git-annex has
    it, git keeps the link to it."""
    real = os.path.realpath(path)
    if ".git" in real.split(os.sep):
        return os.path.join(os.path.realpath(path.parent), path.name)
    return real


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _digest(record: Record) -> bytes:
    from hashlib import blake2b

    text = "\n".join([line.rstrip(" \t") for line in record.lines])
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_SIZE).digest()


def _digest_of_text(parts: Iterable[bytes]) -> bytes:
    """A digest of a file, in *parts*, that does not depend on its line ends."""
    from hashlib import blake2b

    whole = blake2b(digest_size=_DIGEST_SIZE)
    for part in parts:
        whole.update(part.replace(b"\r", b""))
    return whole.digest()
