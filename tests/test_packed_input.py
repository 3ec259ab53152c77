"""What is packed is linted as what is not; what cannot be unpacked is told, and no more."""

from __future__ import annotations

import gzip
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packing import COMPRESSED, PACKED, is_plain, tarred, zipped
from support import Medlint, record

from medlint.findings import Finding
from medlint.records.sources import Source
from medlint.rulebook.load import load_rulebook
from medlint.run import Plan, Run

BOOK = load_rulebook()
PLAN = Plan.uniform(BOOK, [rule for rule in BOOK.rules if rule.default], date(2026, 1, 1))
BAD = record(1, LA="xx")
BOMB = gzip.compress(bytes(24 << 20).replace(b"\0", b"\n"))


def lint(files: Mapping[str, bytes], folder: Path) -> tuple[Run, list[Finding]]:
    run, sources = Run(PLAN), []
    for name, data in files.items():
        path = folder / name
        path.write_bytes(data)
        sources.append(Source(name, path))
    return run, list(run.findings(sources))


def renamed(findings: list[Finding], old: str, new: str) -> list[Finding]:
    """The findings as they would be if the file had another name."""
    return [
        finding._replace(
            path=finding.path.replace(old, new),
            message=finding.message.replace(old, new),
            related=tuple(r._replace(path=r.path.replace(old, new)) for r in finding.related),
        )
        for finding in findings
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packed")


def name_in(form: str, name: str) -> str:
    return f"{name}!a.nbib" if form in ("zip", "tar") else name


TEXTS = (
    st.lists(
        st.sampled_from([record(1), record(2), BAD, record(3, TI=None)]).map(str.encode)
        | st.binary(max_size=30)
        | st.sampled_from([b"\n", b"\r\n", b"TI  - Tea.\n", "é".encode(), b"\xe9", b"\0"]),
        max_size=6,
    )
    .map(b"\n".join)
    .filter(is_plain)
)


@settings(max_examples=40)
@given(text=TEXTS, form=st.sampled_from(list(PACKED)))
def test_packed_text_gives_the_findings_of_plain_text(text: bytes, form: str, folder: Path) -> None:
    _, plain = lint({"some.nbib": text}, folder)
    run, packed = lint({"some.nbib": PACKED[form](text)}, folder)
    assert run.summary.unusable == []
    assert packed == renamed(plain, "some.nbib", name_in(form, "some.nbib"))


@pytest.mark.parametrize("form", PACKED)
def test_a_large_text_gives_the_findings_of_plain_text(form: str, tmp_path: Path) -> None:
    pmids = [*range(1, 2500), 5, 77, 2298]
    text = "\n".join(record(n, LA="xx" if n % 97 == 0 else "eng") for n in pmids).encode()
    assert len(text) > 2 << 20
    _, plain = lint({"large.nbib": text}, tmp_path)
    run, packed = lint({"large.nbib": PACKED[form](text)}, tmp_path)
    assert len({finding.code for finding in plain if finding.is_of_dataset}) > 0
    assert packed == renamed(plain, "large.nbib", name_in(form, "large.nbib"))
    assert (run.summary.files, run.summary.records) == (1, len(pmids))


@pytest.mark.parametrize("form", PACKED)
def test_progress_comes_to_the_size_of_the_packed_file(form: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(PACKED[form](BAD.encode()))
    sizes: list[int] = []
    list(Run(PLAN, lambda size, _: sizes.append(size)).findings([Source("x", path)]))
    # What follows the last member of an archive is not waited for.
    assert 0.4 * path.stat().st_size < sum(sizes) <= path.stat().st_size


@settings(max_examples=40)
@given(
    form=st.sampled_from(list(PACKED)),
    share=st.floats(0, 1, exclude_max=True),
    replacement=st.binary(max_size=4),
)
def test_damage_gives_findings_or_a_line_and_the_other_files_are_linted(
    form: str, share: float, replacement: bytes, folder: Path
) -> None:
    data = PACKED[form](("\n".join(record(n, LA="xx") for n in range(1, 9))).encode())
    at = int(share * len(data))
    damaged = data[:at] + replacement + data[at + 2 :]
    run, found = lint({"damaged": damaged, "good.nbib": BAD.encode()}, folder)
    assert any(finding.path == "good.nbib" and finding.code == "ML301" for finding in found)
    assert all(line.startswith("damaged") for line in run.summary.unusable)
    assert len(run.summary.unusable) <= 2


@pytest.mark.parametrize("form", COMPRESSED)
def test_findings_before_a_damaged_end_stay(form: str, tmp_path: Path) -> None:
    data = bytearray(COMPRESSED[form](BAD.encode()))
    data[-2] ^= 1
    run, found = lint({"x": bytes(data)}, tmp_path)
    assert found == lint({"x": BAD.encode()}, tmp_path)[1]
    assert run.summary.unusable == [
        "x: is damaged: the checksum at its end does not fit; all text was read"
    ]
    assert (run.summary.files, run.summary.records) == (1, 1)


def test_a_text_that_is_cut_off_gives_the_findings_of_its_whole_records(tmp_path: Path) -> None:
    records = [record(n, LA="xx") for n in range(1, 200)]
    data = gzip.compress("\n".join(records).encode())
    run, found = lint({"x": data[: len(data) // 2]}, tmp_path)
    read = run.summary.records
    assert 50 < read < 150
    _, plain = lint({"x": "\n".join(records[:read]).encode()}, tmp_path)
    assert [f for f in found if not f.is_of_dataset] == [f for f in plain if not f.is_of_dataset]
    assert len(run.summary.unusable) == 1


def test_a_damaged_archive_is_told_once(tmp_path: Path) -> None:
    tar = tarred({name: BAD.encode() for name in ("a.nbib", "b.nbib")})
    run, found = lint({"x.tar": tar[:2500]}, tmp_path)
    assert {finding.path for finding in found} == {"x.tar!a.nbib"}
    assert len(run.summary.unusable) == 1


# --- as a user meets it


def test_the_command_lints_packed_files_and_archives(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "a.nbib.gz").write_bytes(gzip.compress(BAD.encode()))
    (tmp_path / "b.zip").write_bytes(zipped({"in/c.nbib": record(2, LA="yy").encode()}))
    done = medlint("check", "--output-format", "concise", "a.nbib.gz", "b.zip")
    assert done.returncode == 1
    first, second, _ = done.stdout.splitlines()
    assert first.startswith("a.nbib.gz:18:7: error ML301 ")
    assert second.startswith("b.zip!in/c.nbib:18:7: error ML301 ")
    assert done.stdout.endswith("Checked 2 records in 2 files: 2 errors.\n")


def test_a_folder_gives_compressed_files_and_names_archives(
    medlint: Medlint, tmp_path: Path
) -> None:
    for name in ("a.nbib.gz", "b.medline.gz", "c.txt.gz", "notes.txt.gz", "d.gz"):
        text = b"Dear reader,\n" if name.startswith("notes") else BAD.encode()
        (tmp_path / name).write_bytes(gzip.compress(text))
    (tmp_path / "e.tar.gz").write_bytes(gzip.compress(tarred({"a.nbib": BAD.encode()})))
    done = medlint("check", "--select", "ML301", "--output-format", "concise")
    paths = [line.split(":")[0] for line in done.stdout.splitlines() if "ML301" in line]
    assert paths == ["a.nbib.gz", "b.medline.gz", "c.txt.gz"]
    assert "note: e.tar.gz is an archive and was not opened; name it to check it\n" in done.stdout
    (tmp_path / "f.zip").write_bytes(zipped({"README.md": b""}))
    done = medlint("check", "--select", "ML301", "--output-format", "concise")
    assert (
        "note: 2 archives in ., such as e.tar.gz, were not opened; name them to check them\n"
        in done.stdout
    )


def test_a_bomb_ends_with_2_and_one_line(medlint: Medlint, tmp_path: Path) -> None:
    (tmp_path / "bomb.nbib.gz").write_bytes(BOMB)
    done = medlint("check", "--select", "ML301", "bomb.nbib.gz")
    assert done.returncode == 2
    assert done.stderr == (
        "medlint: bomb.nbib.gz: unpacks to more than 256 times its size, as no records do; "
        "it was not read on\n"
    )


def test_names_in_archives_cannot_act_on_a_terminal(medlint: Medlint, tmp_path: Path) -> None:
    name = "\x1b]0;evil\x07\n::error::x.nbib"
    (tmp_path / "x.tar").write_bytes(tarred({name: BAD.encode()}))
    for form in ("full", "concise", "json"):
        done = medlint("check", "--output-format", form, "x.tar")
        assert "\x1b" not in done.stdout + done.stderr
        assert "\n::" not in done.stdout


def test_a_checksum_that_does_not_fit_ends_with_2(medlint: Medlint, tmp_path: Path) -> None:
    for number in (1, 3):
        (tmp_path / f"pubmed24n000{number}.nbib.gz").write_bytes(gzip.compress(BAD.encode()))
    (tmp_path / "pubmed24n0001.nbib.gz.md5").write_text("MD5(pubmed24n0001.nbib.gz)= " + "0" * 32)
    done = medlint("check", "--select", "ML301", "--output-format", "concise")
    assert done.returncode == 2
    assert done.stdout.count("ML301") == 2
    assert "note: pubmed24n0001 to 0003: 1 file is missing: 0002\n" in done.stdout
    assert done.stderr.count("\n") == 1
    assert "pubmed24n0001.nbib.gz: is not the file that" in done.stderr


def test_what_an_archive_holds_is_ignored_by_the_file_beside_the_archive(
    medlint: Medlint, tmp_path: Path
) -> None:
    ignore = "- pmid: 1\n  rule: ML301\n  reason: The language has no code.\n"
    for folder, text in (("in", ignore), ("other", "")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "medlint-ignores.yaml").write_text(text)
    members = {"a.nbib": BAD.encode(), "../../other/b.nbib": BAD.encode()}
    (tmp_path / "in/x.zip").write_bytes(zipped(members))
    done = medlint("check", "--select", "ML301", "in/x.zip")
    assert (done.returncode, done.stdout.count("ML301")) == (0, 0), done


def test_records_in_a_changed_archive_count_as_changed(medlint: Medlint, tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    git("init")
    for name in ("same.zip", "new.zip"):
        (tmp_path / name).write_bytes(zipped({"a.nbib": BAD.encode()}))
    git("add", ".")
    git("commit", "-m", "Archives")
    (tmp_path / "new.zip").write_bytes(zipped({"b.nbib": BAD.encode()}))
    options = ("--since", "HEAD", "--select", "ML301", "--output-format", "concise")
    done = medlint("check", *options, "same.zip", "new.zip")
    paths = {line.split(":")[0] for line in done.stdout.splitlines()[:-1]}
    assert paths == {"new.zip!b.nbib"}
