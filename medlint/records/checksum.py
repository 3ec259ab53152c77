"""The checksum that stands beside a file: ``pubmed24n0001.xml.gz.md5`` beside the baseline's
``pubmed24n0001.xml.gz`` holds ``MD5(pubmed24n0001.xml.gz)= `` and 32 hexadecimal digits.

The form of `md5sum` (the digits, blanks, the name) is read too. MD5 finds damage, not forgery.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from medlint.records.sources import Source, open_source

_SUM = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32}(?![0-9a-fA-F])")
_LONGEST = 4096
_PIECE = 1 << 20


def checksum_problem(source: Source) -> str | None:
    """Compare the file of *source* with the ``.md5`` beside it, if there is one; return one line if
    they do not agree. The file is read once for that; one that cannot be read is no problem here.
    Nothing is looked for beside a page of a web server.
    """
    try:
        beside = _beside(source)
        if beside is None:
            return None
        with open_source(beside) as file:
            sums = _SUM.findall(file.read(_LONGEST).decode("ascii", "replace"))
        if len(sums) != 1:
            name = beside.name
            return f"{name}: does not hold one MD5 checksum, so {source.name} was not compared"
        actual = _md5(source)
    except OSError:
        return None
    if actual == sums[0].lower():
        return None
    return (
        f"{source.name}: is not the file that {os.path.basename(beside.name)} was made of: "
        f"its MD5 checksum is {actual}, not {sums[0].lower()}"
    )


def _beside(source: Source) -> Source | None:
    """The checksum beside *source*. Raises OSError."""
    name = f"{source.name}.md5"
    if source.url is not None:
        from medlint.urls import is_file

        url = f"{source.url}.md5"
        return Source(name, None, url) if is_file(url) else None
    if source.path is None:
        return None
    beside = f"{source.path}.md5"
    if not os.path.isfile(beside) or not source.path.is_file():
        return None
    return Source(name, Path(beside))


def _md5(source: Source) -> str:
    import hashlib

    digest = hashlib.md5(usedforsecurity=False)
    with open_source(source) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
