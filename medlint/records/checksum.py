"""The checksum that stands beside a file: ``pubmed24n0001.xml.gz.md5`` beside the baseline's
``pubmed24n0001.xml.gz`` holds ``MD5(pubmed24n0001.xml.gz)= `` and 32 hexadecimal digits.

The form of `md5sum` (the digits, blanks, the name) is read too. MD5 finds damage, not forgery.
"""

from __future__ import annotations

import os
import re

from medlint.records.sources import Source

_SUM = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32}(?![0-9a-fA-F])")
_LONGEST = 4096


def checksum_problem(source: Source) -> str | None:
    """Compare the file of *source* with the ``.md5`` beside it, if there is one; return one line if
    they do not agree. The file is read once for that; one that cannot be read is no problem here.
    """
    if source.path is None:
        return None
    beside = f"{source.path}.md5"
    if not os.path.isfile(beside) or not source.path.is_file():
        return None
    try:
        with open(beside, encoding="ascii", errors="replace") as file:
            sums = _SUM.findall(file.read(_LONGEST))
        if len(sums) != 1:
            return f"{beside}: does not hold one MD5 checksum, so {source.name} was not compared"
        actual = _md5(str(source.path))
    except OSError:
        return None
    if actual == sums[0].lower():
        return None
    return (
        f"{source.name}: is not the file that {os.path.basename(beside)} was made of: "
        f"its MD5 checksum is {actual}, not {sums[0].lower()}"
    )


def _md5(path: str) -> str:
    import hashlib

    with open(path, "rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
