"""A file is replaced whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from medlint.fixes.writing import CannotWriteError, Rewriting

OLD, NEW = b"old\n", b"new\n"


def rewrite(path: Path, old: bytes = OLD, new: bytes = NEW) -> bool:
    with Rewriting(path) as rewriting:
        rewriting.put(old, new)
        return rewriting.finish()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.nbib"
    path.write_bytes(OLD)
    return path


def alone(file: Path) -> bool:
    return list(file.parent.iterdir()) == [file]


def test_a_file_is_replaced(file: Path) -> None:
    assert rewrite(file)
    assert file.read_bytes() == NEW
    assert alone(file)


def test_pieces_that_are_the_same_before_a_change_are_kept(file: Path) -> None:
    file.write_bytes(b"1234")
    with Rewriting(file) as rewriting:
        for old, new in ((b"1", b"1"), (b"2", b"2"), (b"3", b"x"), (b"4", b"4")):
            rewriting.put(old, new)
        rewriting.finish()
    assert file.read_bytes() == b"12x4"


def test_a_file_that_does_not_change_is_not_touched(file: Path) -> None:
    os.utime(file, (1, 1))
    assert not rewrite(file, new=OLD)
    assert file.stat().st_mtime == 1
    assert alone(file)


def test_without_the_end_nothing_happens(file: Path) -> None:
    with Rewriting(file) as rewriting:
        rewriting.put(OLD, NEW)
    assert file.read_bytes() == OLD
    assert alone(file)


def test_an_error_in_between_leaves_the_old_file(file: Path) -> None:
    with suppress(ZeroDivisionError), Rewriting(file) as rewriting:
        rewriting.put(OLD, NEW)
        _ = 1 // 0
    assert file.read_bytes() == OLD
    assert alone(file)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_the_mode_is_kept(file: Path, mode: int) -> None:
    file.chmod(mode)
    rewrite(file)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_the_owner_is_kept(file: Path) -> None:
    os.chown(file, 12345, 23456)
    rewrite(file)
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 23456)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_symbolic_link_is_followed_and_stays(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.nbib"
    link.symlink_to(file)
    rewrite(link)
    assert link.is_symlink()
    assert file.read_bytes() == NEW
    assert list(folder.iterdir()) == [link]


def test_a_file_that_somebody_else_wrote_to_is_left_to_them(file: Path) -> None:
    with Rewriting(file) as rewriting:
        rewriting.put(OLD, NEW)
        file.write_bytes(b"theirs\n")
        with pytest.raises(CannotWriteError, match="somebody else changed it"):
            rewriting.finish()
    assert file.read_bytes() == b"theirs\n"
    assert alone(file)


def test_a_file_that_somebody_else_replaced_is_left_to_them(file: Path) -> None:
    other = file.with_name("b")
    other.write_bytes(b"you\n")
    with Rewriting(file) as rewriting:
        rewriting.put(OLD, NEW)
        other.replace(file)
        with pytest.raises(CannotWriteError, match="somebody else changed it"):
            rewriting.finish()
    assert file.read_bytes() == b"you\n"


def test_a_file_that_is_gone_is_not_made_again(file: Path) -> None:
    with Rewriting(file) as rewriting:
        rewriting.put(OLD, NEW)
        file.unlink()
        with pytest.raises(CannotWriteError):
            rewriting.finish()
    assert list(file.parent.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_read_only_file_is_left_alone(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(CannotWriteError, match=r"a.nbib: not changed: it is read-only"):
        rewrite(file)
    assert file.read_bytes() == OLD


def _in_child(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run *code* in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", _PRELUDE + code, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
    )


_PRELUDE = """\
import os, signal, sys, tempfile
from pathlib import Path
from medlint.fixes.writing import CannotWriteError, Rewriting

def rewrite(path, old, new):
    with Rewriting(Path(path)) as rewriting:
        rewriting.put(old, new)
        rewriting.finish()

"""


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
def test_a_read_only_folder_is_told() -> None:
    code = """
if os.geteuid() == 0:
    os.setuid(65534)
try:
    rewrite(sys.argv[1], b"old\\n", b"new\\n")
except CannotWriteError as error:
    print(error)
"""
    # Not below pytest's own folder, which other users cannot reach: root has to become one.
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.nbib")
        file.write_bytes(OLD)
        file.chmod(0o666)
        file.parent.chmod(0o555)
        done = _in_child(code, file)
        assert "not changed: no file can be made in its folder: permission denied" in done.stdout
        assert file.read_bytes() == OLD
        assert alone(file)
        file.parent.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
def test_a_disk_that_is_full_is_told_and_the_old_file_stays(file: Path) -> None:
    code = """
import resource
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    rewrite(sys.argv[1], b"old\\n", b"new\\n" * 100_000)
except CannotWriteError as error:
    print(error)
"""
    done = _in_child(code, file)
    assert "a.nbib: not changed: file too large" in done.stdout, done.stderr
    assert file.read_bytes() == OLD
    assert alone(file)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
def test_whoever_is_killed_leaves_the_old_file_or_the_new_one(file: Path) -> None:
    contents = {letter * 300_000 for letter in (b"a", b"b")}
    file.write_bytes(b"a" * 300_000)
    code = """
print("ready", flush=True)
while True:
    old = Path(sys.argv[1]).read_bytes()
    rewrite(sys.argv[1], old, (b"b" if old.startswith(b"a") else b"a") * 300_000)
"""
    seen = set()
    for number in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", _PRELUDE + code, str(file)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.003 * number)
            process.send_signal(signal.SIGKILL)
        seen.add(file.read_bytes())
        assert seen <= contents
    left = [path.name for path in file.parent.iterdir() if path != file]
    assert all(name.startswith(".a.nbib.medlint-") for name in left)
