"""Files elsewhere, by URL. The library fsspec and those that it calls do the work; they come with
extras, and are imported for the first URL.

Whatever goes wrong there is an OSError whose ``strerror`` is one line. No password or key that
stands in a URL is in it.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

#: Scheme -> what to install for it.
_NEEDS = {
    "file": "fsspec",
    "memory": "fsspec",
    "http": "fsspec[http]",
    "https": "fsspec[http]",
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "abfs": "adlfs",
    "az": "adlfs",
}
#: Where a file takes its place when it is complete, or never.
_WRITABLE = ("file", "s3", "s3a", "gs", "gcs")
#: Stores that know who asks by other ways than the URL.
_BUCKETS = ("s3", "s3a", "gs", "gcs")
_HERE = re.compile(r"file://(?:/|[a-z]:)", re.IGNORECASE)
_WEB = ("http", "https")

_BLOCK = 1 << 22
#: How long a web server may be silent, in seconds.
_PATIENCE = 60

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_USER = re.compile(r"(?<=://)[^/?#\s]*@")
#: A user and a password with a sign that ends them, for all but people. A port is none.
_TORN_USER = re.compile(r"(?<=://)[^/?#\s:\[]*:(?!\d+[/?#])[^\s@]*[/?#]\S*@")
_VALUE = re.compile(r"(?<=[?&;#])([^\s?&;#=/'\"]+=)[^\s&]+")
_LONGEST = 300

#: What aiohttp and botocore raise where an answer has no end.
_BREAKS = ("ClientPayloadError", "ServerDisconnectedError", "ResponseStreamingError")


class Remote(NamedTuple):
    """A file or folder somewhere."""

    files: AbstractFileSystem
    #: What *files* call it.
    path: str
    url: str

    @property
    def is_web(self) -> bool:
        """Whether it is a page of a web server, which has no folders and is never written."""
        return scheme(self.url) in _WEB

    @property
    def is_local(self) -> bool:
        """Whether `path` is a path of this machine."""
        return scheme(self.url) == "file"

    def url_of(self, path: str) -> str:
        """The URL of *path*, written as this one is."""
        own, whole = self.path.rstrip("/"), self.url.rstrip("/")
        if own and whole.endswith(own) and path.startswith(own):
            return whole + path[len(own) :]
        return str(self.files.unstrip_protocol(path))


def scheme(url: str) -> str:
    """What stands before ``://``, in lower case; nothing where it is no URL.

    >>> scheme("S3://bucket/a.nbib"), scheme("C:/a.nbib"), scheme("a:b")
    ('s3', '', '')
    """
    found = _URL.match(url)
    return found[1].lower() if found else ""


def shown(text: str) -> str:
    """Return *text* without the passwords of the URLs in it, and without the values of their
    queries, any of which may be a key.

    >>> shown("sarif:s3://me:word@bucket/x"), shown("https://host/x?id=1&sas=abc#y")
    ('sarif:s3://***@bucket/x', 'https://host/x?id=***&sas=***')
    """
    return _VALUE.sub(r"\1***", _USER.sub("***@", _TORN_USER.sub("***@", text)))


def remote(url: str) -> Remote:
    """What *url* leads to; nobody is asked yet whether it is there.

    Raises OSError for a URL that medlint does not read or whose library is not installed.
    """
    needed = _NEEDS.get(scheme(url))
    if needed is None or "::" in url:
        schemes = ", ".join(f"{name}://" for name in _NEEDS)
        raise OSError(errno.EPROTONOSUPPORT, f"medlint reads files and URLs with {schemes}")
    if reason := _fault(url):
        raise OSError(errno.EINVAL, reason)
    try:
        from fsspec.core import url_to_fs

        with telling():
            files, path = url_to_fs(url, **_options(url))
    except ImportError as error:
        missing = f"a library is missing: install it with: pip install '{needed}'"
        raise OSError(errno.ENOSYS, f"{missing} ({error})") from None
    return Remote(files, path, url)


def _fault(url: str) -> str | None:
    """Why *url* cannot be meant so, before a library says so with all that stands in it."""
    if scheme(url) == "file" and not _HERE.match(url):
        return "a file:// URL has no host; write file:///folder/a.nbib"
    if _TORN_USER.search(url):
        return "in a user or a password, / is written %2F, ? is %3F and # is %23"
    if scheme(url) in _BUCKETS and _USER.search(url):
        return "there is no user or password in a URL of a bucket; see docs/remote-files.md"
    return None


def _options(url: str) -> dict[str, Any]:
    if scheme(url) not in _WEB:
        return {}
    from aiohttp import ClientTimeout

    # Not the five minutes in all that a file may take by default.
    timeout = ClientTimeout(total=None, sock_connect=_PATIENCE, sock_read=_PATIENCE)
    return {"client_kwargs": {"timeout": timeout, "trust_env": True}}


def open_url(url: str) -> BinaryIO:
    """Open what stands at *url* for reading bytes, a few MB at a time.

    Raises OSError where it cannot be opened, as its methods do where it cannot be read on.
    """
    found = remote(url)
    options: dict[str, Any] = {"block_size": _BLOCK}
    if found.is_web:
        # One request, whose answer is read to its end: the file in one state. Where a size is told
        # (any will do), the server is not asked for it first.
        options = {"block_size": 0, "size": 1}
    with telling():
        return cast(BinaryIO, _File(found.files.open(found.path, "rb", **options)))


def is_file(url: str) -> bool:
    """Whether a file stands at *url*. A web server is not asked for what nobody named. Raises
    OSError where that cannot be said."""
    found = remote(url)
    with telling():
        return not found.is_web and bool(found.files.isfile(found.path))


class _File(RawIOBase):
    """A file that *inner* reads, and whose errors are told as all are here."""

    def __init__(self, inner: Any):
        self._inner = inner

    def read(self, size: int = -1, /) -> bytes:
        with telling():
            data: bytes = self._inner.read(size)
        return data

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._inner.seekable())

    def seek(self, offset: int, whence: int = 0, /) -> int:
        with telling():
            return int(self._inner.seek(offset, whence))

    def tell(self) -> int:
        return int(self._inner.tell())

    def close(self) -> None:
        if not self.closed:
            super().close()
            with telling():
                self._inner.close()


def check_can_be_written(found: Remote) -> None:
    """Raise OSError if *found* is where medlint writes nothing, or the bucket is not there."""
    if scheme(found.url) == "memory":
        return
    if scheme(found.url) not in _WRITABLE:
        schemes = ", ".join(f"{name}://" for name in _WRITABLE)
        raise OSError(errno.EROFS, f"medlint writes files, and to {schemes}")
    bucket, slash, name = found.path.lstrip("/").partition("/")
    if not slash or not name or name.endswith("/"):
        raise OSError(errno.EISDIR, "a name of a file in a bucket is needed")
    with telling():
        is_there = found.files.exists(bucket)
    if not is_there:
        raise OSError(errno.ENOENT, f"there is no bucket {bucket}")


@contextmanager
def telling() -> Iterator[None]:
    """Turn what the libraries raise into an OSError with one line."""
    try:
        yield
    except (ImportError, MemoryError):
        raise
    except FileNotFoundError as error:
        # All that fsspec says of a page that is not there is its URL.
        is_page = scheme(str(error)) in _WEB
        reason = "the server says 404 not found" if is_page else "no such file or folder"
        raise FileNotFoundError(errno.ENOENT, reason) from None
    except Exception as error:
        raise OSError(getattr(error, "errno", None) or errno.EIO, _reason(error)) from None


def _reason(error: Exception) -> str:
    """Why, on one line. Some libraries tell only the class, or wrap what happened."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    if isinstance(error, TimeoutError):
        text = "no answer in time"
    elif type(error).__name__ in _BREAKS:
        text = "the connection was lost"
    elif status := getattr(error, "status", None):
        text = f"the server says {status} {getattr(error, 'message', '')}"
    line = " ".join(shown(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
