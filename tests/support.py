"""What the tests share: records, paths, types."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

RECORD = """\
PMID- 31000001
OWN - NLM
STAT- PubMed-not-MEDLINE
LR  - 20200110
IS  - 1533-4406 (Electronic)
IS  - 0028-4793 (Linking)
VI  - 12
IP  - 3
DP  - 2019 Mar 5
TI  - A title of a work that never was, long enough to be wrapped on a second line of
      record 31000001.
PG  - 11-19
LID - 10.1000/xyz.123 [doi]
FAU - Example, Anna B
AU  - Example AB
FAU - Sample, Carl
AU  - Sample C
LA  - eng
PT  - Journal Article
DEP - 20190301
PL  - United States
TA  - J Ex
JT  - Journal of examples
JID - 0255562
OTO - NOTNLM
OT  - examples
EDAT- 2019/03/06 06:00
MHDA- 2019/03/06 06:01
CRDT- 2019/03/06 06:00
PHST- 2018/10/01 00:00 [received]
PHST- 2019/01/02 00:00 [accepted]
PHST- 2019/03/06 06:00 [pubmed]
PHST- 2019/03/06 06:01 [medline]
PHST- 2019/03/06 06:00 [entrez]
AID - 10.1000/xyz.123 [doi]
PST - ppublish
SO  - J Ex. 2019 Mar 5;12(3):11-19. doi: 10.1000/xyz.123. Epub 2019 Mar 1.
"""


def record(pmid: int = 31000001, **changes: str | None) -> str:
    """A clean record; *changes* gives tags another first value, or takes them away (None)."""
    lines = RECORD.replace("31000001", str(pmid)).replace("xyz.123", f"xyz.{pmid}").split("\n")
    for tag, value in changes.items():
        at = next(i for i, line in enumerate(lines) if line.startswith(f"{tag:<4}- "))
        lines[at : at + 1] = [] if value is None else [f"{tag:<4}- {value}"]
        while value is None and lines[at].startswith("      "):
            del lines[at]
    return "\n".join(lines)


def long_record(pmid: int, **changes: str | None) -> str:
    """A clean record of about 4 kB."""
    abstract = f"AB  - Tea {pmid} was drunk." + " It was drunk again." * 160
    return record(pmid, **changes).replace("\nFAU ", f"\n{abstract}\nFAU ", 1)


Medlint = Callable[..., subprocess.CompletedProcess[str]]
