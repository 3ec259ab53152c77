"""The texts in a source: what is taken from an archive, what it is called, what is refused."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packing import COMPRESSED, PACKED, is_plain, tarred, zipped

from medlint.records import texts
from medlint.records.sources import Source
from medlint.records.texts import Reading

TEXT = b"PMID- 1\nTI  - Tea.\n"
PLAIN = {"a.nbib": TEXT, "b/c.nbib": TEXT + b"\n" + TEXT}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(data: bytes, name: str = "x") -> tuple[dict[str, bytes], list[str], list[str]]:
    """The texts in a file called *name*, its errors and its notices."""
    path = Path(name)
    path.write_bytes(data)
    reading = Reading(Source(name, path))
    found, errors = {}, []
    for text in reading.texts():
        found[text.name] = b""
        try:
            while part := text.stream.read(1000):
                found[text.name] += part
        except OSError as error:
            errors.append(str(error))
    assert reading.progress() <= len(data)
    return {name: data for name, data in found.items() if data}, errors, reading.notices


def read_well(data: bytes) -> dict[str, bytes]:
    found, errors, notices = read(data)
    assert errors == notices == []
    return found


# --- what comes out


@pytest.mark.usefixtures("folder")
@given(
    data=st.binary(max_size=200).filter(is_plain),
    forms=st.lists(st.sampled_from(list(PACKED)), max_size=4),
)
def test_packed_in_any_way_the_text_comes_out_as_it_went_in(data: bytes, forms: list[str]) -> None:
    packed, name = data, "x"
    for form in forms:
        packed = PACKED[form](packed)
    for form in reversed(forms):
        name += "!a.nbib" if form in ("zip", "tar") else ""
    found, errors, _ = read(packed)
    assert (found, errors) == ({name: data} if data else {}, [])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("data", [zipped(PLAIN), tarred(PLAIN), gzip.compress(tarred(PLAIN))])
def test_members_go_under_the_name_of_their_archive(data: bytes) -> None:
    assert read_well(data) == {"x!a.nbib": TEXT, "x!b/c.nbib": PLAIN["b/c.nbib"]}


@pytest.mark.usefixtures("folder")
def test_archives_in_archives_are_opened() -> None:
    inner = {"one.zip": zipped(PLAIN), "two.tar.gz": gzip.compress(tarred(PLAIN))}
    assert list(read_well(zipped(inner))) == [
        "x!one.zip!a.nbib",
        "x!one.zip!b/c.nbib",
        "x!two.tar.gz!a.nbib",
        "x!two.tar.gz!b/c.nbib",
    ]
    assert read_well(tarred(inner)) == read_well(zipped(inner))


@pytest.mark.usefixtures("folder")
def test_an_archive_gives_what_a_folder_would() -> None:
    members = {
        "a.MEDLINE": TEXT,
        "b.nbib.gz": gzip.compress(TEXT),
        "c.txt": TEXT,
        "d.txt.xz": COMPRESSED["xz"](TEXT),
        "letter.txt": b"Dear reader,\n",
        "README.md": b"# Tea\n",
        "data.csv": TEXT,
        ".git/e.nbib": TEXT,
        "__MACOSX/._a.nbib": b"\0",
        "node_modules/f.nbib": TEXT,
        "other.zip": zipped({"README.md": b""}),
    }
    taken = ["x!a.MEDLINE", "x!b.nbib.gz", "x!c.txt", "x!d.txt.xz"]
    assert read_well(zipped(members)) == read_well(tarred(members)) == dict.fromkeys(taken, TEXT)


def test_names_that_point_elsewhere_are_names_and_nothing_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = {
        "../up.nbib": TEXT,
        "/etc/passwd.nbib": TEXT,
        "C:\\a.nbib": TEXT,
        "\x1b[2J.nbib": TEXT,
    }
    expected = {f"x!{name}": TEXT for name in members}
    (folder / "inside").mkdir()
    monkeypatch.chdir("inside")
    for data in (zipped(members), tarred(members)):
        assert read_well(data) == expected
    assert sorted(folder.rglob("*")) == [folder / "inside", folder / "inside/x"]


@pytest.mark.usefixtures("folder")
def test_members_of_one_name_are_told_apart() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for number in range(3):
            info = tarfile.TarInfo("a.nbib")
            info.size = len(TEXT) + number
            archive.addfile(info, io.BytesIO(TEXT + b"\n" * number))
    assert [*read_well(file.getvalue())] == ["x!a.nbib", "x!a.nbib (2)", "x!a.nbib (3)"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_kind_of_tar_is_read(form: int) -> None:
    name = "deep/" * 30 + "Émile.nbib"
    assert read_well(tarred({name: TEXT}, form)) == {f"x!{name}": TEXT}


@pytest.mark.usefixtures("folder")
def test_tars_behind_one_another_are_one() -> None:
    data = tarred({"a.nbib": TEXT}) + tarred({"b.nbib": TEXT})
    assert list(read_well(data)) == ["x!a.nbib", "x!b.nbib"]


@pytest.mark.usefixtures("folder")
def test_links_devices_and_files_with_holes_are_passed_over_and_noticed() -> None:
    members: dict[str, bytes | tarfile.TarInfo] = {"a.nbib": TEXT}
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
        info = tarfile.TarInfo(f"{kind!r}.nbib")
        info.type, info.linkname = kind, "/etc/passwd"
        members[info.name] = info
    sparse = tarfile.TarInfo("sparse.nbib")
    sparse.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.map": "0,0", "GNU.sparse.size": "9"}
    members["sparse.nbib"] = sparse
    assert read(tarred(members)) == (
        {"x!a.nbib": TEXT},
        [],
        ["x: 5 links, devices or files with holes were passed over; plain files are read"],
    )


@pytest.mark.usefixtures("folder")
def test_zip64_is_read() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, archive.open("a.nbib", "w", force_zip64=True) as to:
        to.write(TEXT)
    assert read_well(file.getvalue()) == {"x!a.nbib": TEXT}


@pytest.mark.parametrize("data", [zipped(PLAIN), tarred(PLAIN), gzip.compress(zipped(PLAIN))])
def test_standard_input_may_be_packed(data: bytes) -> None:
    script = (
        "from medlint.records.texts import Reading\n"
        "from medlint.records.sources import Source\n"
        "for text in Reading(Source('-', None)).texts():\n"
        "    print(text.name, len(text.stream.read()))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True)
    assert done.stdout.decode().splitlines() == ["-!a.nbib 19", "-!b/c.nbib 39"]


# --- what is refused


@pytest.mark.usefixtures("folder")
def test_an_archive_without_records_is_told() -> None:
    (error,) = read(zipped({"README.md": TEXT}))[1]
    assert error.startswith("x: no records in it; looked for .nbib, .medline files, ")


@pytest.mark.usefixtures("folder")
def test_other_forms_are_told() -> None:
    assert read(b"7z\xbc\xaf\x27\x1c" + bytes(40))[1] == [
        "x: is packed as 7-Zip, which medlint does not unpack"
    ]


@pytest.mark.usefixtures("folder")
def test_what_is_packed_too_often_is_not_unpacked() -> None:
    data = TEXT
    for _ in range(texts.DEEPEST):
        data = zipped({"a.zip": data, "b.nbib": TEXT})
    found, errors, _ = read(data)
    assert len(found) == 5
    assert errors == []
    found, errors, _ = read(zipped({"a.zip": data, "b.nbib": TEXT}))
    assert list(found) == [
        *(f"x!{'a.zip!' * depth}b.nbib" for depth in (3, 2, 1)),
        "x!b.nbib",
    ]
    assert errors == [
        "x!a.zip!a.zip!a.zip!a.zip: is packed more than 4 times over; it was not unpacked"
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (gzip.compress(bytes(10 << 20)), "x"),
        (COMPRESSED["bzip2"](bytes(10 << 20)), "x"),
        (zipped({"a.nbib": bytes(10 << 20), "b.nbib": TEXT}), "x!a.nbib"),
        (gzip.compress(zipped({"a.nbib": bytes(10 << 20)})), "x!a.nbib"),
        (gzip.compress(tarred({"a.nbib": bytes(10 << 20)})), "x"),
    ],
    ids=["gzip", "bzip2", "zip", "zip in gzip", "tar.gz"],
)
def test_a_bomb_is_refused(data: bytes, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "FREE", 1 << 20)
    found, errors, _ = read(data)
    assert sum(map(len, found.values())) <= max(1 << 20, 256 * len(data))
    (error,) = set(errors)
    expected = "unpacks to more than 256 times its size, as no records do; it was not read on"
    assert error == f"{name}: {expected}"


@pytest.mark.usefixtures("folder")
def test_what_one_source_unpacks_to_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST", len(TEXT))
    found, errors, _ = read(zipped(PLAIN))
    assert found == {"x!a.nbib": TEXT}
    assert errors == ["x!b/c.nbib: unpacks to more than 1 TiB; it was not read on"]


@pytest.mark.usefixtures("folder")
def test_a_password_is_told_once() -> None:
    data = bytearray(zipped(PLAIN))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + flags] |= 1
    found, errors, _ = read(bytes(data))
    assert found == {}
    assert set(errors) == {"x: is protected by a password; medlint cannot read it"}


# --- damage


@pytest.mark.usefixtures("folder")
def test_a_damaged_member_is_told_and_the_others_are_read() -> None:
    data = bytearray(zipped({"a.nbib": TEXT, "b.nbib": TEXT * 50, "c.nbib": TEXT}))
    checksum = zlib.crc32(TEXT * 50).to_bytes(4, "little")
    at = data.rindex(checksum)
    data[at] ^= 1
    found, errors, _ = read(bytes(data))
    assert found == {"x!a.nbib": TEXT, "x!b.nbib": TEXT * 50, "x!c.nbib": TEXT}
    assert errors == [
        "x!b.nbib: is damaged: the checksum at its end does not fit; all text was read"
    ]


@pytest.mark.usefixtures("folder")
def test_archives_that_are_cut_off_are_told() -> None:
    members = {"a.nbib": TEXT, "b.nbib": TEXT * 500}
    tar = tarred(members)
    cut = "is cut off: the end of its"
    for data, form, size in (
        (tar[:5000], "tar archive", 5000 - 3 * 512),
        (tar[:1200], "tar archive", 0),
        (tar[:1024], "tar archive", 0),
        (tar.rstrip(b"\0"), "tar archive", 500 * len(TEXT)),
        (gzip.compress(tar)[:-5], "gzip data", 500 * len(TEXT)),
    ):
        found, errors, _ = read(data)
        assert {error.split(";")[0] for error in errors} == {f"x: {cut} {form} is missing"}
        assert len(found.get("x!b.nbib", b"")) == size
    found, (error,), _ = read(zipped(members)[:-30])
    assert found == {}
    assert error.startswith("x: is cut off or damaged: the list of files at its end cannot be read")


@pytest.mark.usefixtures("folder")
def test_a_damaged_header_of_a_tar_does_not_end_it_in_silence() -> None:
    data = bytearray(tarred({"a.nbib": TEXT, "b.nbib": TEXT, "c.nbib": TEXT}))
    data[data.index(b"b.nbib")] ^= 1
    found, errors, _ = read(bytes(data))
    assert found == {"x!a.nbib": TEXT}
    assert [error.split(";")[0] for error in errors] == [
        "x: is damaged: its tar archive cannot be read on (bad checksum)"
    ]


@pytest.mark.usefixtures("folder")
@given(
    form=st.sampled_from(["zip", "tar", "tar.gz"]),
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=9)), max_size=5
    ),
)
def test_no_damage_of_an_archive_raises_anything_else(
    form: str, changes: list[tuple[float, bytes]]
) -> None:
    members = {"a.nbib": TEXT * 20, "b.nbib.gz": gzip.compress(TEXT), "é" * 150 + ".nbib": TEXT}
    data = zipped(members) if form == "zip" else tarred(members)
    data = gzip.compress(data) if form == "tar.gz" else data
    for share, replacement in changes:
        at = int(share * len(data))
        data = data[:at] + replacement + data[at + len(replacement) // 2 :]
    _, errors, _ = read(data)
    assert all(error.startswith("x") and "\n" not in error for error in errors)


# --- memory and files


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", PACKED)
def test_memory_does_not_grow_with_the_text(form: str) -> None:
    data = b"".join(b"%d words and more words\n" % n for n in range(200_000))
    Path("x").write_bytes(PACKED[form](data))
    size = len(data)
    del data
    tracemalloc.start()
    opened = Reading(Source("x", Path("x"))).texts()
    text = next(opened)
    while data := text.stream.read(1 << 16):
        size -= len(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == 0
    assert peak < 3 << 20
