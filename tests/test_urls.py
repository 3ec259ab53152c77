"""Web servers as medlint asks them, and what is told of URLs."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import Medlint, record

from medlint.urls import remote, scheme, shown

BAD = record(IS="1533-4407 (Electronic)").encode()


class Page(BaseHTTPRequestHandler):
    """Answers as web servers do, well and badly."""

    def do_GET(self) -> None:
        self.server.asked.append(f"GET {self.path}")  # type: ignore[attr-defined]
        path = self.path.partition("?")[0]
        if path not in ("/a", "/a.gz", "/cut"):
            self.send_error(403 if path == "/secret" else 404)
            return
        body = gzip.compress(BAD) if path == "/a.gz" else BAD + b"\n" + BAD
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(BAD) + 80] if path == "/cut" else body)

    def do_HEAD(self) -> None:
        self.server.asked.append(f"HEAD {self.path}")  # type: ignore[attr-defined]
        self.send_error(405)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_one_request_reads_a_page_and_nothing_else_is_asked_for(
    server: Any, medlint: Medlint
) -> None:
    url = f"http://127.0.0.1:{server.server_port}/a.gz?db=pubmed&id=1"
    done = medlint("check", "--output-format", "concise", "-q", url)
    assert done.stderr == ""
    shown = url.replace("pubmed&id=1", "***&id=***")
    assert done.stdout.startswith(f"{shown}:5:7: error ML203 ")
    assert server.asked == ["GET /a.gz?db=pubmed&id=1"]


def test_what_a_server_refuses_or_breaks_off_is_one_line_each(
    server: Any, medlint: Medlint
) -> None:
    base = f"http://127.0.0.1:{server.server_port}"
    masked = f"http://***@127.0.0.1:{server.server_port}"
    with_user = base.replace("//", "//me:word@")
    done = medlint(
        "check",
        "--select=issn-check-digit",
        "--output-format=concise",
        *(f"{base}/none", f"{with_user}/secret?token=abc", f"{with_user}/cut", f"{base}/a"),
        f"--output=json:{with_user}/x",
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        f"medlint: --output 'json:{masked}/x': "
        "medlint writes files, and to file://, s3://, s3a://, gs://, gcs://\n"
    )
    done = medlint(
        "check",
        "--select=issn-check-digit",
        "--output-format=concise",
        *(f"{base}/none", f"{with_user}/secret?token=abc", f"{with_user}/cut", f"{base}/a"),
    )
    assert done.returncode == 2
    assert "word" not in done.stdout + done.stderr
    # What came before a connection broke may still be read, or be lost with it.
    places = [line.split(" ")[0] for line in done.stdout.splitlines() if "/cut:" not in line]
    assert places == [f"{base}/a:5:7:", f"{base}/a:{6 + BAD.count(10)}:7:", "Checked"]
    assert done.stderr.splitlines() == [
        f"medlint: {base}/none: cannot be read: the server says 404 not found",
        f"medlint: {masked}/secret?token=***: cannot be read: the server says 403 forbidden",
        f"medlint: {masked}/cut: cannot be read: the connection was lost",
    ]


def test_a_server_that_is_not_there_is_one_line(medlint: Medlint) -> None:
    done = medlint("check", "http://127.0.0.1:9/a.nbib")
    assert done.returncode == 2
    assert done.stderr.startswith("medlint: http://127.0.0.1:9/a.nbib: cannot be read: ")
    assert done.stderr.count("\n") == 1


HOST = st.text("abcxyz.-0189", min_size=1, max_size=8)
WORD = st.text("abcXYZ019%:!*~", min_size=6, max_size=12)


@given(HOST, WORD, WORD)
def test_no_password_is_shown(host: str, user: str, password: str) -> None:
    url = f"s3://{user}:{password}@{host}/a.nbib"
    assert (
        shown(f"sarif:{url} and {url}")
        == f"sarif:s3://***@{host}/a.nbib and s3://***@{host}/a.nbib"
    )
    for key in ("X-Amz-Signature", "sig", "pass", "sas", "code", "password"):
        query = f"{key}={password};/#?'&id=1"
        assert shown(f"https://{host}/a?{query}") == f"https://{host}/a?{key}=***&id=***"


@pytest.mark.parametrize("sign", "/?#")
@given(host=HOST, user=WORD, password=WORD)
def test_a_password_with_a_sign_that_ends_it_is_not_shown(
    sign: str, host: str, user: str, password: str
) -> None:
    url = f"http://{user.replace(':', '')}:x{password}{sign}{password}@{host}/a"
    assert shown(url) == f"http://***@{host}/a"
    with pytest.raises(OSError, match=r"in a user or a password|medlint reads files and URLs with"):
        remote(url)


def test_what_is_no_secret_is_shown() -> None:
    for text in (
        "https://host:80/a:b@c",
        "http://[::1]:80/a@b",
        "s3://b/year=1/me@home?.nbib",
        "a@b://",
        "x",
    ):
        assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "found"), [("S3://b", "s3"), ("a.b+c://x", "a.b+c"), ("C:\\x", ""), ("1a://x", "")]
)
def test_what_is_a_url(text: str, found: str) -> None:
    assert scheme(text) == found


@pytest.mark.parametrize(
    ("url", "library"),
    [("memory://x", "fsspec"), ("s3://b/x", "s3fs"), ("https://h/x", "fsspec[http]")],
)
def test_without_the_library_one_line_says_what_to_install(
    medlint: Medlint, tmp_path: Any, url: str, library: str
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nfor name in ('fsspec', 's3fs', 'aiohttp'):\n    sys.modules[name] = None\n"
    )
    (tmp_path / "a.nbib").write_bytes(BAD)
    from support import ROOT

    done = medlint("check", "-q", url, "a.nbib", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert done.returncode == 2
    assert done.stdout.startswith("a.nbib:5:7: error ML203")
    (line,) = done.stderr.splitlines()
    wanted = f"medlint: {url}: cannot be read: a library is missing: install it with: pip install"
    assert line.startswith(f"{wanted} '{library}'")
    done = medlint("check", "-q", "a.nbib", f"--output=json:{url}", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_check_without_urls_imports_nothing_of_this(medlint: Medlint, tmp_path: Any) -> None:
    (tmp_path / "a.nbib").write_bytes(BAD)
    done = medlint("check", "a.nbib", PYTHONPROFILEIMPORTTIME="1")
    assert "medlint.records.find" in done.stderr
    for name in ("medlint.urls", "find_url", "fsspec", "new_remote_file"):
        assert name not in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "--fix"], "not changed: medlint only reads at URLs; copy it first"),
        (["check", "--fix-only"], "not changed: medlint only reads at URLs; copy it first"),
        (["format"], "not changed: medlint only reads at URLs; copy it first"),
        (["check", "--since", "HEAD"], "has no earlier state; name files or folders"),
    ],
)
def test_what_is_only_for_files_is_refused(
    server: Any, medlint: Medlint, words: list[str], said: str
) -> None:
    url = f"http://127.0.0.1:{server.server_port}/a"
    done = medlint(*words, url)
    assert done.returncode == 2
    assert done.stderr.rstrip().endswith(
        f"{url} {said}" if "--since" in words else f"{url}: {said}"
    )
    assert BAD.decode() not in done.stdout


def test_who_is_refused_is_told_nothing_else(server: Any, medlint: Medlint) -> None:
    done = medlint("check", "--fix", f"http://127.0.0.1:{server.server_port}/a")
    assert done.stderr.count("\n") == 1
    assert "only reads at URLs" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "s3://me:word@bucket/x"], "there is no user or password in a URL of a bucket"),
        (["check", "file://host/a.nbib"], "a file:// URL has no host"),
        (["check", "--output=json:file://host/x", "a.nbib"], "a file:// URL has no host"),
        (["check", "--output=json:s3://me:word@b/x", "a.nbib"], "there is no user or password"),
        (["check", "--output=json:memory://x/y", "a.nbib"], "the memory is gone when medlint ends"),
        (["check", "--baseline=http://me:word@h/x", "a.nbib"], "a file or folder is needed"),
        (["check", "--config=http://me:word@h/x", "a.nbib"], "a file or folder is needed"),
        (["check", "--rules=http://me:word@h/x", "a.nbib"], "a file or folder is needed"),
        (["rules", "test", "http://me:word@h/x"], "a file or folder is needed"),
        (["config", "show", "http://me:word@h/x"], "there is no such file or folder"),
    ],
)
def test_a_url_that_is_not_for_this_is_one_line_without_secrets(
    medlint: Medlint, tmp_path: Any, words: list[str], said: str
) -> None:
    (tmp_path / "a.nbib").write_bytes(BAD)
    done = medlint(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "word@" not in done.stderr


def test_names_and_settings_are_shown_without_secrets(medlint: Medlint, tmp_path: Any) -> None:
    done = medlint("check", "-q", "--stdin-filename=http://me:word@h/x?k=word", "-", stdin=BAD)
    assert done.stdout.startswith("http://***@h/x?k=***:5:7: error ML203 ")
    (tmp_path / "medlint.yaml").write_text("paths: ['https://me:word@h/x?k=word']\n")
    done = medlint("config", "show")
    assert 'paths: ["https://***@h/x?k=***"]' in done.stdout


def test_what_would_be_mended_at_a_url_is_shown(server: Any, medlint: Medlint) -> None:
    url = f"http://127.0.0.1:{server.server_port}/a"
    assert medlint("format", "--diff", url).returncode in (0, 1)
    done = medlint("check", "--diff", url)
    assert done.returncode == 0
    assert done.stderr == "Would mend nothing.\n"


def test_a_baseline_of_what_stands_at_a_url_lies_in_the_working_folder(
    server: Any, medlint: Medlint, tmp_path: Any
) -> None:
    url = f"http://127.0.0.1:{server.server_port}/a"
    done = medlint("baseline", "create", url)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["medlint-baseline.jsonl"]
    assert medlint("check", url).returncode == 0
    assert medlint("baseline", "check", url).returncode == 0


def test_a_configuration_may_not_send_findings_to_a_url(medlint: Medlint, tmp_path: Any) -> None:
    (tmp_path / "a.nbib").write_bytes(BAD)
    (tmp_path / "medlint.yaml").write_text("output: ['json:s3://me:word@bucket/x']\n")
    done = medlint("check", "a.nbib")
    assert done.returncode == 2
    assert done.stderr.startswith(
        "medlint: medlint.yaml:1: output 'json:s3://***@bucket/x': a configuration may only name"
    )
