"""What git knows of files: which repository they lie in, which of them differ from a revision, and
what the files of that revision held.

The work tree counts, not the index: a file is compared as it stands on the disk. Git does the
comparing, so what the repository says of line ends and filters is obeyed (gitattributes(5)); the
programs of filters are those that the configuration of git names.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from subprocess import CompletedProcess

    from _typeshed import WriteableBuffer

#: Git as it is called: it runs no monitor of files that a repository names, and no hook, such as
#: the one after it has refreshed the index (git-config(1); githooks(5), post-index-change).
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")

#: The mode that git gives symbolic links.
_LINK = "120000"


class GitError(ValueError):
    """Git is not there, or cannot do what was asked of it. The message is one line."""


class OldFile(NamedTuple):
    """A file as a revision holds it."""

    #: Its path from the top of the work tree.
    path: str
    object_id: str
    is_link: bool


class Repositories:
    """Finds the repository that a path lies in. What git was told by variables of the environment,
    as hooks are, holds for the repository of the working folder alone."""

    def __init__(self) -> None:
        self._found: dict[str, Repository] = {}
        self._tops: dict[str, str | None] = {}
        self._environment = dict(os.environ)
        try:
            home = Repository(os.curdir, self._environment)
        except GitError:
            return
        self._found[home.top] = home
        self._tops[home.top] = home.top
        for name in home.own_variables():
            self._environment.pop(name, None)

    def of(self, path: str) -> Repository | None:
        """The repository whose work tree holds *path*, which has no links in it but perhaps the
        last part; None where there is none. Raises GitError where git does not want to read it."""
        folder = os.path.dirname(path)
        if folder not in self._tops:
            self._tops[folder] = self._top(folder)
        top = self._tops[folder]
        return None if top is None else self._found[top]

    def _top(self, folder: str) -> str | None:
        while self._tops.get(folder) is None:
            if os.path.lexists(os.path.join(folder, ".git")):
                repository = Repository(folder, self._environment)
                self._found.setdefault(repository.top, repository)
                return repository.top
            folder, below = os.path.dirname(folder), folder
            if folder == below:
                return None
        return self._tops[folder]


class Repository:
    """A repository with a work tree, as git sees it from *folder*.

    Raises GitError where there is none.
    """

    def __init__(self, folder: str, environment: Mapping[str, str]):
        self._folder = folder
        self._environment = dict(environment)
        #: The folder at the top of the work tree, without links.
        self.top = os.path.realpath(self._ask_line("rev-parse", "--show-toplevel"))

    def own_variables(self) -> list[str]:
        """The variables of the environment that speak of one repository."""
        return self._ask_line("rev-parse", "--local-env-vars").split()

    def tree(self, revision: str) -> str:
        """The tree that *revision* means: a commit, a tag or a tree, however it is written.

        Raises GitError, with the likely reason, if there is no such revision.
        """
        named = None if revision.startswith("-") else self._verified(revision)
        tree = named and self._verified(f"{named}^{{tree}}")
        if not tree:
            raise GitError(f"no such revision in {self.top}{self._hint(revision)}")
        return tree

    def differing(self, tree: str) -> set[str]:
        """The paths of files in *tree* whose content is another in the work tree, or that are not
        there; and of files that git keeps and that are not in *tree*."""
        options = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=all")
        return set(_parts(self._ask("-c", "diff.relative=false", "diff", *options, tree, "--")))

    def files(self, tree: str) -> Iterator[OldFile]:
        """The files in *tree*, in all its folders."""
        for entry in _parts(self._ask("ls-tree", "-r", "-z", "--full-tree", tree)):
            about, _, path = entry.partition("\t")
            mode, kind, object_id = about.split(" ")
            if kind == "blob":
                yield OldFile(path, object_id, is_link=mode == _LINK)

    def contents(self, files: Iterable[OldFile]) -> Iterator[BinaryIO]:
        """What each of *files* held, as git keeps it. Each is to be read, as far as it is wanted,
        before the next is asked for."""
        from subprocess import PIPE, Popen
        from tempfile import TemporaryFile

        command = [*_GIT, "cat-file", "--batch"]
        with (
            TemporaryFile() as complaints,
            Popen(
                command,
                cwd=self._folder,
                env=self._environment,
                stdin=PIPE,
                stdout=PIPE,
                stderr=complaints,
            ) as git,
        ):
            assert git.stdin
            assert git.stdout
            for file in files:
                try:
                    git.stdin.write(file.object_id.encode() + b"\n")
                    git.stdin.flush()
                    size = int(git.stdout.readline().split()[-1])
                except (OSError, IndexError, ValueError):
                    complaints.seek(0)
                    reason = _first_line(complaints.read()) or "the object is missing"
                    raise GitError(f"git cannot read '{file.path}': {reason}") from None
                content = io.BufferedReader(_Stretch(git.stdout, size))
                yield content
                while content.read(io.DEFAULT_BUFFER_SIZE):
                    pass
                git.stdout.read(1)

    def _verified(self, revision: str) -> str | None:
        """The name of the one object that *revision* means, or None."""
        done = self._run("rev-parse", "--verify", "--quiet", revision)
        return done.stdout.decode().strip() if done.returncode == 0 else None

    def _hint(self, revision: str) -> str:
        """Why there may be no such revision, as the end of a message."""
        if self._ask_line("rev-parse", "--is-shallow-repository") == "true":
            return (
                ", a shallow clone: fetch more of its history "
                "(GitHub: fetch-depth: 0; GitLab: GIT_DEPTH: 0)"
            )
        from medlint.documents.near import near_miss

        names = self._ask_line("for-each-ref", "--format=%(refname:short)").split()
        elsewhere = [name for name in names if revision and name.endswith(f"/{revision}")]
        near = elsewhere[0] if elsewhere else near_miss(revision, names)
        return f"; did you mean '{near}'?" if near else ""

    def _ask_line(self, *words: str) -> str:
        return os.fsdecode(self._ask(*words)).removesuffix("\n")

    def _ask(self, *words: str) -> bytes:
        done = self._run(*words)
        if done.returncode:
            raise GitError(_first_line(done.stderr) or f"git {words[0]} failed")
        return done.stdout

    def _run(self, *words: str) -> CompletedProcess[bytes]:
        import subprocess

        try:
            return subprocess.run(
                [*_GIT, *words],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise GitError("git is needed, and there is no such program here") from None


class _Stretch(io.RawIOBase):
    """The next *size* bytes of a stream."""

    def __init__(self, stream: IO[bytes], size: int):
        self._stream = stream
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)[: self._left]
        data = self._stream.read(len(view))
        if len(data) < len(view):
            raise GitError("git ended too early")
        view[: len(data)] = data
        self._left -= len(data)
        return len(data)


def _parts(output: bytes) -> list[str]:
    """What *output* holds, each part of it ended by NUL."""
    return os.fsdecode(output).split("\0")[:-1]


def _first_line(message: bytes) -> str:
    """The first line that git says, without the word that it begins with."""
    lines = message.decode("utf-8", "replace").strip().split("\n")
    return lines[0].removeprefix("fatal: ").removeprefix("error: ")
