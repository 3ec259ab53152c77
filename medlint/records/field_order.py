"""How likely one field follows another, told as a cost.

PubMed writes its fields in one order (`medlint.records.tags`), with blocks that repeat: authors,
editors, investigators, keywords, other abstracts. Exports before about 2020 put PMCR after CRDT and
IR before its FIR.
"""

from __future__ import annotations

from functools import cache

from medlint.records.tags import TAGS

_BACKWARD, _TWICE, _AFTER_END, _NO_END = 5.0, 12.0, 8.0, 1.0

#: Steps back that PubMed itself takes.
_BLOCKS = (
    ("FAU", "AU", "AUID", "AD", "CN"),
    ("FED", "ED"),
    ("FIR", "IR", "IRAD"),
    ("FPS", "PS"),
    ("OAB", "OABL", "OCI"),
    ("OTO", "OT"),
    ("CRDT", "PMCR"),
    ("RN", "NM"),
)
#: Comments and corrections, which come in any order.
_LINKS = (
    "CON CIN EIN EFR CRI CRF DDIN DRIN ECI ECF ORI SPIN PRIN PROF RPI RPF RRI RRF UOF UIN RIN ROF"
)
_BLOCK_OF = {tag: block for block in (*_BLOCKS, tuple(_LINKS.split())) for tag in block}

#: Full names are followed by short ones.
_SHORT_NAME = {"FAU": "AU", "FED": "ED"}
_FULL_NAME = {short: full for full, short in _SHORT_NAME.items()}

#: Tags that PubMed writes seldom or for books only: likelier to be text.
_RARE = frozenset(
    "VTI CTI CP EN PB ISBN FED ED DRDT CTDT CDAT UI PUBM GS NM PS FPS SFM GN RF OCI".split()  # noqa: SIM905
)
_COST_OF_RARE = 1.0


@cache
def cost_of_step(tag: str, following: str) -> float:
    """What speaks against a field of *following* after one of *tag*; 0 if nothing does.

    >>> cost_of_step("TI", "PG"), cost_of_step("AD", "FAU"), cost_of_step("AB", "TI")
    (0.0, 0.0, 5.0)
    """
    cost = _COST_OF_RARE if following in _RARE else 0.0
    if tag == "SO":
        cost += _AFTER_END
    if tag in _SHORT_NAME and following != _SHORT_NAME[tag]:
        cost += 4.0
    if following in _FULL_NAME and tag not in (_FULL_NAME[following], following):
        cost += 2.0
    if following == "AD" and tag not in ("AU", "AUID", "AD", "CN"):
        cost += 2.0
    if tag == following:
        return cost if TAGS[tag].repeatable else cost + _TWICE
    if _BLOCK_OF.get(tag, tag) == _BLOCK_OF.get(following, following):
        return cost
    return cost if TAGS[tag].rank < TAGS[following].rank else cost + _BACKWARD


def cost_of_end(tag: str) -> float:
    """What speaks against a record that ends with a field of *tag*."""
    return 0.0 if tag == "SO" else _NO_END
