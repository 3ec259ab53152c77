"""The order in which PubMed writes the fields of a record, kept to without moving what belongs
together.

Whose an affiliation or an identifier is, which owner a keyword has, and which short name goes with
which full one is told by the order alone. Fields that tell such things keep their order among them;
a record in which even that would change something is left in its own order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from medlint.records.record import Field
from medlint.records.tags import TAGS

#: Tags whose fields keep their order among them.
_TOGETHER = (
    ("FED", "ED", "FAU", "AU", "AUID", "AD", "CN"),
    ("FPS", "PS"),
    ("OAB", "OABL", "OCI"),
    ("OTO", "OT"),
    ("FIR", "IR", "IRAD"),
)
_FIRST = {tag: group[0] for group in _TOGETHER for tag in group}

#: Tag -> the tags that it may belong to, and those that may stand between.
_HOLDERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "AU": (("FAU",), ()),
    "ED": (("FED",), ()),
    "PS": (("FPS",), ()),
    "AUID": (("AU", "ED", "CN", "IR"), ("AUID", "AD", "IRAD")),
    "AD": (("AU", "ED", "CN"), ("AUID", "AD")),
    "FIR": (("IR",), ()),
    "IR": (("FIR",), ()),
    "IRAD": (("IR", "FIR"), ("IRAD",)),
    "OABL": (("OAB",), ("OCI",)),
    "OCI": (("OAB",), ("OABL",)),
}

#: The tags that other fields may belong to.
HOLDERS = frozenset(tag for holders, _ in _HOLDERS.values() for tag in holders) | {"OTO"}

#: A field, as tag and occurrence, and the field that it belongs to.
_Bond = tuple[str, int, tuple[str, int] | None]


def in_order(fields: Sequence[Field]) -> list[Field]:
    """*fields* in PubMed's order; as they are, if one of them would change hands.

    An unknown tag stays behind the field that it follows.
    """
    ranks: list[int] = []
    for field in fields:
        tag = _FIRST.get(field.tag, field.tag)
        ranks.append(TAGS[tag].rank if tag in TAGS else (ranks[-1] if ranks else 0))
    numbers = sorted(range(len(fields)), key=ranks.__getitem__)
    ordered = [fields[number] for number in numbers]
    same = _numbers(fields, numbers) and bonds(fields) == bonds(ordered)
    return ordered if same else list(fields)


def _numbers(fields: Sequence[Field], order: Sequence[int]) -> bool:
    """Whether the fields of each tag keep their order."""
    last: dict[str, int] = {}
    for number in order:
        tag = fields[number].tag
        if last.setdefault(tag, number) > number:
            return False
        last[tag] = number
    return True


def bonds(fields: Sequence[Field]) -> list[_Bond]:
    """What belongs to what: each field that may belong to another one, and that one, sorted."""
    found: list[_Bond] = []
    counts: Counter[str] = Counter()
    above: list[tuple[str, int]] = []
    for field in fields:
        counts[field.tag] += 1
        if field.tag == "OT":
            found.append(("OT", counts["OT"], ("OTO", counts["OTO"])))
        elif field.tag in _HOLDERS:
            found.append((field.tag, counts[field.tag], _holder(field.tag, above)))
        above.append((field.tag, counts[field.tag]))
    return sorted(found, key=lambda bond: bond[:2])


def _holder(tag: str, above: Sequence[tuple[str, int]]) -> tuple[str, int] | None:
    holders, between = _HOLDERS[tag]
    for other in reversed(above):
        if other[0] in holders:
            return other
        if other[0] not in between:
            return None
    return None
