"""A store that speaks S3: moto's server, in a process of its own (`make test-s3`)."""

from __future__ import annotations

import gzip
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import Medlint, record

pytest.importorskip("moto", reason="needs the extra test-s3")
pytest.importorskip("s3fs", reason="needs the extra test-s3")
boto3 = pytest.importorskip("boto3", reason="needs the extra test-s3")

BAD = record(IS="1533-4407 (Electronic)")
#: More than the store gives at once.
MANY = "\n".join(BAD.replace("31000001", str(31000001 + n)) for n in range(5000))


class Store:
    """The server, and what its users say of themselves."""

    def __init__(self, port: int):
        self.environment = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        self.client = boto3.client(
            "s3",
            endpoint_url=self.environment["AWS_ENDPOINT_URL"],
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
            region_name="us-east-1",
        )

    def put(self, name: str, data: str | bytes) -> None:
        self.client.put_object(Bucket="records", Key=name, Body=data)

    def read(self, name: str) -> bytes:
        data: bytes = self.client.get_object(Bucket="records", Key=name)["Body"].read()
        return data

    def names(self, prefix: str) -> list[str]:
        found = self.client.list_objects_v2(Bucket="records", Prefix=prefix)
        return [entry["Key"] for entry in found.get("Contents", ())]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    log = tmp_path_factory.mktemp("moto") / "log"
    with log.open("w") as file, subprocess.Popen(words, stdout=file, stderr=file) as server:
        for _ in range(300):
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        store = Store(port)
        store.client.create_bucket(Bucket="records")
        store.put("in/a.nbib", BAD)
        store.put("in/deep/b.nbib.gz", gzip.compress(BAD.encode()))
        store.put("in/notes.txt", "Not records.")
        store.put("large.nbib", MANY)
        yield store
        server.terminate()


def test_files_folders_and_patterns_are_read(store: Store, medlint: Medlint) -> None:
    for path in ("s3://records/in", "s3://records/in/**/*.nbib*"):
        done = medlint(
            *("check", "--output-format=concise", "--select=ML203", path), **store.environment
        )
        assert done.stderr == ""
        assert [line.split()[0] for line in done.stdout.splitlines()] == [
            "s3://records/in/a.nbib:5:7:",
            "s3://records/in/deep/b.nbib.gz:5:7:",
            "Checked",
        ]


def test_a_large_file_gives_what_it_gives_here(
    store: Store, medlint: Medlint, tmp_path: Path
) -> None:
    (tmp_path / "large.nbib").write_text(MANY)
    options = ("check", "--output-format=concise", "--select=ML203,ML9", "--max-per-rule=0")
    here = medlint(*options, "large.nbib")
    there = medlint(*options, "s3://records/large.nbib", **store.environment)
    assert there.stdout.replace("s3://records/", "") == here.stdout
    assert there.returncode == here.returncode == 1


def test_outputs_stand_there_whole(store: Store, medlint: Medlint) -> None:
    out = [
        f"--output={name}:s3://records/out/found.{name}" for name in ("jsonl", "sarif", "sqlite")
    ]
    done = medlint("check", "-q", *out, "s3://records/large.nbib", **store.environment)
    assert (done.returncode, done.stderr) == (1, "")
    assert store.read("out/found.jsonl").count(b'"code": "ML203"') == 5000
    sarif = json.loads(store.read("out/found.sarif"))
    (uri,) = {
        location["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif["runs"][0]["results"]
        for location in result["locations"]
    }
    assert uri == "s3://records/large.nbib"
    assert store.read("out/found.sqlite").startswith(b"SQLite format 3\0")


def test_where_one_output_fails_none_stands_there(
    store: Store, medlint: Medlint, tmp_path: Path
) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("needs /dev/full")
    store.put("kept/old.json", "from yesterday")
    done = medlint(
        *("check", "-q", "--output=json:s3://records/kept/old.json"),
        *("--output=json:s3://records/kept/new.json", "--output=json:/dev/full"),
        "s3://records/in/a.nbib",
        **store.environment,
    )
    assert done.returncode == 2
    assert done.stderr == "medlint: /dev/full: No space left on device\n"
    assert store.names("kept/") == ["kept/old.json"]
    assert store.read("kept/old.json") == b"from yesterday"
    assert "Uploads" not in store.client.list_multipart_uploads(Bucket="records")


@pytest.mark.parametrize(
    ("environment", "url", "said"),
    [
        ({}, "s3://nowhere/a.nbib", "no such file or folder"),
        ({}, "s3://records/none.nbib", "no such file or folder"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "s3://records/a", "Could not connect to "),
        (
            {
                "AWS_ACCESS_KEY_ID": "",
                "AWS_SECRET_ACCESS_KEY": "",
                "AWS_EC2_METADATA_DISABLED": "1",
            },
            "s3://records/in/a.nbib",
            "Unable to locate credentials",
        ),
    ],
)
def test_what_cannot_be_read_is_one_line(
    store: Store,
    medlint: Medlint,
    tmp_path: Path,
    environment: dict[str, str],
    url: str,
    said: str,
) -> None:
    (tmp_path / "a.nbib").write_text(BAD)
    environment = {**store.environment, "AWS_MAX_ATTEMPTS": "1", "HOME": "/nowhere", **environment}
    done = medlint("check", "-q", "--output-format=concise", url, "a.nbib", **environment)
    assert done.returncode == 2
    assert done.stdout.startswith("a.nbib:5:7: error ML203")
    assert done.stderr.startswith(f"medlint: {url}: cannot be read: {said}")
    assert done.stderr.count("\n") == 1


def test_a_bucket_that_is_not_there_is_told_before_the_work(store: Any, medlint: Medlint) -> None:
    done = medlint("check", "--output=json:s3://nowhere/x.json", "-", **store.environment)
    assert done.returncode == 2
    assert (
        done.stderr == "medlint: --output 'json:s3://nowhere/x.json': there is no bucket nowhere\n"
    )
    done = medlint("check", "--output=json:s3://records/", "-", **store.environment)
    assert done.stderr == (
        "medlint: --output 'json:s3://records/': a name of a file in a bucket is needed\n"
    )
