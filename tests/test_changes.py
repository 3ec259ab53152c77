"""What differs from a revision of git."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from git_repository import GitRepository
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, Medlint, record

from medlint.changes import Changes, ChangesError
from medlint.records.chunking import chunks
from medlint.records.find import find
from medlint.records.sources import Source
from medlint.records.tagged import read

ONE, TWO, THREE = record(31000001), record(31000002), record(31000003)
OTHER_ONE = record(31000001, TI="Another title.")
FAULTY = record(31000001, IS="1533-4407 (Electronic)")


def together(*records: str) -> str:
    return "\n".join(records)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepository:
    """An empty repository; the test works in it."""
    repository = GitRepository(tmp_path / "repository")
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, repository.environment[name])
    monkeypatch.chdir(repository.folder)
    return repository


def changed(revision: str = "HEAD", *paths: str) -> list[tuple[str, str]]:
    """File and PMID of the records in *paths* that have changed since *revision*."""
    sources, problems, _ = find(paths)
    assert problems == []
    changes = Changes.since(revision, sources)
    return [
        (source.name, found.pmid or "")
        for source in sources
        if source.path
        for chunk in chunks(io.BytesIO(source.path.read_bytes()))
        for found in read(chunk).records
        if changes.is_changed(source.name, found)
    ]


def touched(revision: str = "HEAD") -> set[str]:
    """The files that are as a whole not as they were."""
    sources, _, _ = find(())
    changes = Changes.since(revision, sources)
    return {source.name for source in sources if changes.is_touched(source.name)}


def test_nothing_has_changed_after_a_commit(repository: GitRepository) -> None:
    repository.write("a.nbib", together(ONE, TWO))
    repository.commit()
    assert changed() == []
    assert touched() == set()


def test_the_record_that_was_edited_has_changed_and_its_neighbours_have_not(
    repository: GitRepository,
) -> None:
    repository.write("a.nbib", together(ONE, TWO, THREE))
    repository.write("b.nbib", record(31000004))
    repository.commit()
    repository.write("a.nbib", together(THREE, OTHER_ONE, TWO))
    assert changed() == [("a.nbib", "31000001")]
    assert touched() == {"a.nbib"}


def test_the_work_tree_counts_and_not_the_index(repository: GitRepository) -> None:
    repository.write("a.nbib", ONE)
    repository.commit()
    repository.write("a.nbib", OTHER_ONE)
    repository.git("add", "a.nbib")
    assert changed() == [("a.nbib", "31000001")]
    repository.write("a.nbib", ONE)
    assert changed() == []


def test_a_file_that_git_does_not_keep_is_new(repository: GitRepository) -> None:
    repository.write("a.nbib", ONE)
    repository.write(".gitignore", "c.nbib\n")
    repository.commit()
    repository.write("b.nbib", TWO)
    repository.write("c.nbib", THREE)
    assert changed() == [("b.nbib", "31000002"), ("c.nbib", "31000003")]
    assert touched() == {"b.nbib", "c.nbib"}


def test_a_file_that_git_no_longer_keeps_is_compared_with_what_it_was(
    repository: GitRepository,
) -> None:
    repository.write("a.nbib", together(ONE, TWO))
    repository.commit()
    repository.git("rm", "--quiet", "--cached", "a.nbib")
    repository.write("a.nbib", together(OTHER_ONE, TWO))
    assert changed() == [("a.nbib", "31000001")]


def test_moving_splitting_and_joining_files_changes_nothing(repository: GitRepository) -> None:
    repository.write("a.nbib", together(ONE, TWO))
    repository.write("b.nbib", THREE)
    repository.write("old.txt", record(31000004))
    repository.commit()
    repository.git("mv", "b.nbib", "c.nbib")
    repository.write("sub/first.nbib", TWO)
    (repository.folder / "old.txt").unlink()
    repository.write("sub/second.nbib", together(ONE, record(31000004)))
    (repository.folder / "a.nbib").unlink()
    assert changed() == []
    assert touched() == {"sub/first.nbib", "sub/second.nbib"}
    repository.commit()
    assert changed("HEAD~1") == []


def test_a_record_is_looked_for_in_all_of_the_repository(repository: GitRepository) -> None:
    repository.write("elsewhere/a.nbib", together(ONE, TWO))
    repository.write("here/b.nbib", THREE)
    repository.commit()
    repository.write("elsewhere/a.nbib", ONE)
    repository.write("here/b.nbib", together(THREE, TWO))
    assert changed("HEAD", "here") == []


def test_a_second_copy_of_a_record_is_new(repository: GitRepository) -> None:
    repository.write("a.nbib", ONE)
    repository.write("b.nbib", TWO)
    repository.commit()
    repository.write("a.nbib", together(ONE, ONE))
    assert changed() == [("a.nbib", "31000001")]
    repository.write("a.nbib", together(ONE, TWO))
    assert changed() == [("a.nbib", "31000002")]


def test_line_ends_and_blanks_at_their_ends_do_not_matter(repository: GitRepository) -> None:
    repository.write("a.nbib", together(ONE, TWO))
    repository.write("b.nbib", THREE)
    repository.commit()
    repository.write("a.nbib", together(ONE, TWO).replace("\n", "\r\n"))
    repository.write("b.nbib", THREE.replace("long\n", "long \n").rstrip("\n"))
    assert changed() == []


def test_line_ends_that_git_converts_do_not_matter(repository: GitRepository) -> None:
    repository.write(".gitattributes", "*.nbib text eol=crlf\n")
    repository.write("a.nbib", together(ONE, TWO))
    repository.commit()
    text = together(ONE, OTHER_ONE).replace("\n", "\r\n")
    repository.write("a.nbib", text)
    assert changed() == [("a.nbib", "31000001")]


def test_a_file_that_git_keeps_in_another_encoding_is_compared_as_text(
    repository: GitRepository,
) -> None:
    repository.write(".gitattributes", "*.nbib working-tree-encoding=UTF-16LE-BOM\n")
    repository.write("a.nbib", ("\ufeff" + together(ONE, TWO)).encode("utf-16-le"))
    repository.commit()
    assert repository.git("show", "HEAD:a.nbib").startswith("PMID")
    repository.write("a.nbib", ("\ufeff" + together(OTHER_ONE, TWO)).encode("utf-16-le"))
    assert changed() == [("a.nbib", "31000001")]


def test_all_of_a_file_is_new_that_differs_and_that_git_keeps_encrypted(
    repository: GitRepository,
) -> None:
    repository.git("config", "filter.turn.clean", "tr A-Za-z N-ZA-Mn-za-m")
    repository.git("config", "filter.turn.smudge", "tr A-Za-z N-ZA-Mn-za-m")
    repository.write(".gitattributes", "*.nbib filter=turn\n")
    repository.write("a.nbib", together(ONE, TWO))
    repository.write("b.nbib", THREE)
    repository.commit()
    assert repository.git("show", "HEAD:a.nbib").startswith("CZVQ")
    repository.write("a.nbib", together(OTHER_ONE, TWO))
    assert changed() == [("a.nbib", "31000001"), ("a.nbib", "31000002")]


@pytest.mark.parametrize(
    "name",
    [
        "with blanks .nbib",
        "line\nend.nbib",
        '"quoted"\t\\.nbib',
        "é.nbib",
        b"latin-\xe9.nbib",
        ":(top)a*.nbib",
        "-x.nbib",
    ],
)
def test_any_name_of_a_file_is_understood(repository: GitRepository, name: str | bytes) -> None:
    try:
        repository.write(name, together(ONE, TWO))
    except OSError:
        pytest.skip("this file system does not take such a name")
    repository.commit()
    assert changed() == []
    repository.write(name, together(OTHER_ONE, TWO))
    assert [pmid for _, pmid in changed()] == ["31000001"]


def test_a_folder_of_the_repository_may_be_the_working_folder(
    repository: GitRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("sub/a.nbib", together(ONE, TWO))
    repository.write("b.nbib", THREE)
    repository.commit()
    repository.write("sub/a.nbib", OTHER_ONE)
    repository.write("b.nbib", together(THREE, TWO))
    monkeypatch.chdir(repository.folder / "sub")
    repository.git("config", "diff.relative", "true")
    assert changed("HEAD", ".", "../b.nbib") == [("a.nbib", "31000001")]


def test_a_link_stands_for_the_file_that_it_leads_to(repository: GitRepository) -> None:
    repository.write("data/a.nbib", together(ONE, TWO))
    (repository.folder / "a.nbib").symlink_to("data/a.nbib")
    (repository.folder / "folder").symlink_to("data")
    repository.commit()
    assert changed("HEAD", "a.nbib") == []
    repository.write("data/a.nbib", together(OTHER_ONE, TWO))
    assert changed("HEAD", "a.nbib") == [("a.nbib", "31000001")]
    assert changed("HEAD", "folder/a.nbib") == [("folder/a.nbib", "31000001")]


def test_of_what_lies_among_files_of_git_the_link_counts(repository: GitRepository) -> None:
    for name, text in (("first", ONE), ("second", OTHER_ONE)):
        repository.write(f".git/annex/{name}", text)
    link = repository.folder / "a.nbib"
    link.symlink_to(".git/annex/first")
    repository.commit()
    assert changed("HEAD", "a.nbib") == []
    link.unlink()
    link.symlink_to(".git/annex/second")
    assert changed("HEAD", "a.nbib") == [("a.nbib", "31000001")]


def test_each_repository_is_asked_for_the_revision(
    repository: GitRepository, tmp_path: Path
) -> None:
    repository.write("a.nbib", ONE)
    repository.commit()
    other = GitRepository(tmp_path / "other")
    nested = GitRepository(repository.folder / "nested")
    for place in (other, nested):
        place.write("a.nbib", ONE)
        place.commit()
    repository.write("a.nbib", together(ONE, TWO))
    other.write("a.nbib", together(ONE, THREE))
    nested.write("a.nbib", OTHER_ONE)
    paths = ["a.nbib", "../other/a.nbib", "nested/a.nbib"]
    pmids = ["31000002", "31000003", "31000001"]
    assert changed("HEAD", *paths) == list(zip(paths, pmids, strict=True))


def test_a_submodule_is_a_repository_of_its_own(repository: GitRepository, tmp_path: Path) -> None:
    library = GitRepository(tmp_path / "library")
    library.write("s.nbib", together(ONE, TWO))
    library.commit()
    allow = ("-c", "protocol.file.allow=always")
    repository.git(*allow, "submodule", "--quiet", "add", str(library.folder), "sub")
    repository.write("a.nbib", THREE)
    repository.commit()
    assert changed() == []
    repository.write("sub/s.nbib", together(ONE, THREE))
    assert changed() == [("sub/s.nbib", "31000003")]


def test_a_hook_may_tell_git_of_another_index_and_folder(
    repository: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("a.nbib", ONE)
    repository.commit()
    other = GitRepository(tmp_path / "other")
    other.write("b.nbib", ONE)
    other.commit()
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index")
    repository.write("a.nbib", together(ONE, TWO))
    other.write("b.nbib", together(ONE, THREE))
    paths = ["a.nbib", "../other/b.nbib"]
    assert changed("HEAD", *paths) == [(paths[0], "31000002"), (paths[1], "31000003")]


def test_a_work_tree_may_lie_apart_from_its_repository(
    repository: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("a.nbib", ONE)
    repository.commit()
    (repository.folder / ".git").rename(tmp_path / "apart.git")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "apart.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(repository.folder))
    repository.write("a.nbib", together(ONE, TWO))
    assert changed() == [("a.nbib", "31000002")]


def test_a_second_work_tree_is_compared_with_its_own_revision(
    repository: GitRepository, tmp_path: Path
) -> None:
    repository.write("a.nbib", ONE)
    repository.commit()
    second = tmp_path / "second"
    repository.git("worktree", "add", "--quiet", str(second), "HEAD")
    (second / "a.nbib").write_text(together(ONE, TWO))
    assert [pmid for _, pmid in changed("HEAD", str(second))] == ["31000002"]


@pytest.mark.parametrize("revision", ["HEAD~1", "v1", "start", ":/first", "HEAD~1^{tree}"])
def test_a_revision_may_be_written_in_any_way(repository: GitRepository, revision: str) -> None:
    repository.write("a.nbib", ONE)
    repository.commit("first")
    repository.git("tag", "--annotate", "v1", "--message", "first")
    repository.git("branch", "start")
    repository.write("a.nbib", together(ONE, TWO))
    repository.commit("second")
    assert changed(revision) == [("a.nbib", "31000002")]


def test_while_files_are_merged_the_work_tree_counts(repository: GitRepository) -> None:
    repository.write("a.nbib", ONE)
    repository.commit()
    repository.git("checkout", "--quiet", "-b", "side")
    repository.write("a.nbib", TWO)
    repository.commit()
    repository.git("checkout", "--quiet", "main")
    repository.write("a.nbib", THREE)
    repository.commit()
    repository.git("merge", "side", check=False)
    repository.write("a.nbib", together(THREE, TWO))
    assert changed() == [("a.nbib", "31000002")]


def test_files_of_other_kinds_are_no_hindrance(repository: GitRepository) -> None:
    repository.write("a.nbib", together(ONE, TWO))
    repository.write("picture.png", bytes(range(256)) * 100)
    repository.write("notes.txt", "No records here.\n")
    repository.write("empty.nbib", "")
    repository.commit()
    repository.write("a.nbib", together(ONE, THREE))
    for name in ("picture.png", "notes.txt", "empty.nbib"):
        repository.write(name, "something else\n")
    assert changed("HEAD", "a.nbib") == [("a.nbib", "31000003")]


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")
def test_no_program_that_watches_a_repository_is_run(repository: GitRepository) -> None:
    path = repository.write("a.nbib", ONE)
    repository.commit()
    ran = repository.folder.parent / "ran"
    program = repository.write(".git/hooks/post-index-change", f"#!/bin/sh\ntouch '{ran}'\n")
    program.chmod(0o755)
    repository.git("config", "core.fsmonitor", str(program))
    # The same content with another time is what git refreshes its index for.
    os.utime(path, (1, 1))
    assert changed() == []
    assert not ran.exists()
    repository.git("status")
    assert ran.exists(), "git itself runs it"


def refusal(revision: str = "HEAD", *paths: str) -> str:
    sources = [Source(path, None if path == "-" else Path(path)) for path in paths or ["a.nbib"]]
    with pytest.raises(ChangesError) as caught:
        Changes.since(revision, sources)
    message = str(caught.value)
    assert message.startswith(f"--since '{revision}': ")
    assert "\n" not in message.removeprefix(f"--since '{revision}'")
    return message


@pytest.mark.parametrize(
    "revision", ["nope", "", "-x", "--help", "main..side", "a\nb", "HEAD:a.nbib"]
)
def test_a_revision_that_is_not_there_is_named(repository: GitRepository, revision: str) -> None:
    repository.write("a.nbib", ONE)
    repository.commit()
    assert f"no such revision in {repository.folder}" in refusal(revision)


def test_a_repository_without_a_commit_has_no_revision(repository: GitRepository) -> None:
    repository.write("a.nbib", ONE)
    assert "no such revision" in refusal("HEAD")


def test_the_revision_that_was_meant_is_offered(repository: GitRepository, tmp_path: Path) -> None:
    repository.write("a.nbib", ONE)
    repository.commit()
    repository.git("branch", "records-of-june")
    assert refusal("record-of-june").endswith("; did you mean 'records-of-june'?")
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", ".", str(clone))
    GitRepository(clone).git("checkout", "--quiet", "-b", "work")
    GitRepository(clone).git("branch", "--quiet", "-D", "main")
    message = refusal("main", str(clone / "a.nbib"))
    assert message.endswith("; did you mean 'origin/main'?")


def test_a_shallow_clone_is_told_how_to_get_the_revision(
    repository: GitRepository, tmp_path: Path
) -> None:
    repository.write("a.nbib", ONE)
    first = repository.commit()
    repository.commit()
    clone = tmp_path / "clone"
    origin = repository.folder.as_uri()
    repository.git("clone", "--quiet", "--depth", "1", origin, str(clone))
    for revision in (first, "HEAD~1"):
        assert "fetch-depth: 0" in refusal(revision, str(clone / "a.nbib"))


def test_what_lies_in_no_repository_is_refused(repository: GitRepository, tmp_path: Path) -> None:
    outside = tmp_path / "outside.nbib"
    outside.write_text(ONE)
    repository.commit()
    assert refusal("HEAD", str(outside)).endswith(f"{outside} lies in no git repository")
    assert "standard input has no earlier state" in refusal("HEAD", "-")


def test_a_machine_without_git_is_told_so(
    repository: GitRepository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is needed" in refusal("HEAD")


def test_what_git_itself_refuses_is_passed_on(repository: GitRepository) -> None:
    repository.write("a.nbib", ONE)
    repository.commit()
    repository.write(".git/config", "[broken\n")
    assert "config" in refusal("HEAD")


def test_an_object_that_is_missing_is_named(repository: GitRepository) -> None:
    repository.write("a.nbib", ONE)
    repository.commit()
    name = repository.git("rev-parse", "HEAD:a.nbib")
    (repository.folder / ".git" / "objects" / name[:2] / name[2:]).unlink()
    repository.write("b.nbib", TWO)
    (repository.folder / "a.nbib").unlink()
    assert "git cannot read 'a.nbib'" in refusal("HEAD", "b.nbib")


@given(
    old=st.lists(st.integers(1, 6), max_size=8),
    new=st.lists(st.lists(st.integers(1, 6), max_size=5), max_size=3),
    ends=st.sampled_from(["\n", "\r\n"]),
)
def test_just_the_records_that_were_not_there_are_new(
    old: list[int], new: list[list[int]], ends: str
) -> None:
    def text(pmids: list[int]) -> bytes:
        return together(*map(record, pmids)).replace("\n", ends).encode()

    files = {f"{index}.nbib": text(pmids) for index, pmids in enumerate(new)}
    sources = {name: Source(name, Path(name)) for name in files}
    changes = Changes(sources, [io.BytesIO(together(*map(record, old)).encode())])
    found = [
        entry.pmid
        for name, data in files.items()
        for chunk in chunks(io.BytesIO(data))
        for entry in read(chunk).records
        if changes.is_changed(name, entry)
    ]
    expected = Counter(pmid for pmids in new for pmid in pmids) - Counter(old)
    assert Counter(map(int, filter(None, found))) == expected


@pytest.fixture
def records(tmp_path: Path) -> GitRepository:
    """A repository with an old fault, in the folder where the command line is run."""
    repository = GitRepository(tmp_path)
    repository.write("a.nbib", together(FAULTY, TWO))
    repository.write("b.nbib", THREE)
    repository.commit()
    return repository


def test_old_faults_are_not_told(records: GitRepository, medlint: Medlint) -> None:
    assert medlint("check", ".").returncode == 1
    done = medlint("check", "--since", "HEAD", ".")
    assert done.returncode == 0, done.stdout
    assert "ML203" not in done.stdout


def test_a_new_fault_is_told_and_it_alone(records: GitRepository, medlint: Medlint) -> None:
    records.write("b.nbib", together(record(31000004, IS="1533-4407 (Electronic)"), THREE))
    done = medlint("check", "--since", "HEAD", "--output-format", "concise", ".")
    assert done.returncode == 1, done.stdout
    assert done.stdout.count("error ML203") == 1
    assert "b.nbib:5:7" in done.stdout


def test_an_old_fault_in_a_record_that_was_edited_is_told(
    records: GitRepository, medlint: Medlint
) -> None:
    records.write("a.nbib", together(FAULTY.replace("VI  - 12", "VI  - 13"), TWO))
    assert "error ML203" in medlint("check", "--since", "HEAD", ".").stdout


def test_a_new_record_is_compared_with_all_old_ones(
    records: GitRepository, medlint: Medlint
) -> None:
    records.write("c.nbib", THREE)
    done = medlint("check", "--since", "HEAD", "--output-format", "concise", ".")
    assert done.returncode == 1, done.stdout
    assert done.stdout.count("error ML901 pmid-unique") == 1
    records.commit()
    assert medlint("check", "--since", "HEAD", ".").returncode == 0


def test_a_second_copy_in_the_same_file_is_told(records: GitRepository, medlint: Medlint) -> None:
    records.write("b.nbib", together(THREE, THREE))
    assert "error ML901 pmid-unique" in medlint("check", "--since", "HEAD", ".").stdout


def test_text_that_belongs_to_no_record_is_told_where_a_file_is_new(
    records: GitRepository, medlint: Medlint
) -> None:
    records.write("notes.nbib", "No records here.\n")
    assert "medline-text" in medlint("check", "--since", "HEAD", ".").stdout
    records.commit()
    records.git("mv", "notes.nbib", "moved.nbib")
    assert "medline-text" not in medlint("check", "--since", "HEAD", ".").stdout


def test_bad_revisions_and_places_end_with_2_and_one_line(
    records: GitRepository, medlint: Medlint, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.nbib"
    outside.write_text(ONE)
    for words, reason in (
        (("--since", "nope", "."), "no such revision"),
        (("--since=-x", "."), "no such revision"),
        (("--since", "a\x1b[31m", "."), "no such revision"),
        (("--since", "HEAD", outside), "lies in no git repository"),
        (("--since", "HEAD", "-"), "standard input"),
    ):
        done = medlint("check", *words, "--output", "json:out.json")
        assert done.returncode == 2, done.stdout
        assert done.stdout == ""
        assert reason in done.stderr
        assert done.stderr.count("\n") == 1
        assert "\x1b" not in done.stderr
        assert not (records.folder / "out.json").exists()


@pytest.mark.parametrize("words", [("--all",), ("a.nbib",), ("--only", "a.nbib")])
def test_a_commit_hook_may_ask_for_what_is_new(
    records: GitRepository, words: tuple[str, ...]
) -> None:
    hook = records.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f"#!/bin/sh\nPYTHONPATH={ROOT} {sys.executable} -m medlint check --since HEAD .\n"
    )
    hook.chmod(0o755)
    records.write("a.nbib", together(TWO, FAULTY))
    records.git("commit", "--quiet", "--message", "moved", *words)
    records.write("a.nbib", together(TWO, FAULTY, record(31000004, IS="1533-4407 (Electronic)")))
    records.git("commit", "--quiet", "--message", "worse", *words, check=False)
    assert records.git("log", "-1", "--format=%s") == "moved"
