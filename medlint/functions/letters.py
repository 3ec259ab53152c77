"""Texts as they compare when only their letters count."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

#: ASCII but for letters, digits and newline.
_SIGNS = bytes(code for code in range(128) if code != 10 and not chr(code).isalnum())

_GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"),
    *("lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon"),
    *("phi", "chi", "psi", "omega"),
)
#: Letters that do not come apart into a plain one and a mark, as PubMed's ASCII exports write them.
_PLAIN = str.maketrans(
    dict(zip("αβγδεζηθικλμνξοπρςστυφχψω", _GREEK, strict=True))
    | dict(
        zip("øłđðıħŧæœþµ", ("o", "l", "d", "d", "i", "h", "t", "ae", "oe", "th", "mu"), strict=True)
    )
)


def letters(text: str) -> str:
    """Return the letters and digits of *text* in lower case, without diacritics, Greek letters by
    their names: what is left is the same in every export of PubMed's.

    >>> letters("The {beta}-cell: a review."), letters("Førre, Β-Cell")
    ('thebetacellareview', 'forrebetacell')
    """
    if text.isascii():
        return text.lower().encode().translate(None, _SIGNS).decode()
    from unicodedata import normalize

    plain = normalize("NFKD", normalize("NFKD", text).casefold()).translate(_PLAIN)
    return "".join([c for c in plain if c.isalnum()])


def digests(texts: Sequence[str]) -> list[int]:
    """Return a number of 64 bits for each of *texts*, which stands for its `letters` and is the
    same on every machine: their CRCs, read forwards and backwards. Among 40 million texts two with
    different letters have the same number less than once in 20,000 times.

    *texts* hold no newline.

    >>> one, other, third = digests(["Green tea.", "[Green Tea]", "Green eat"])
    >>> one == other, one == third
    (True, False)
    """
    if not texts:
        return []
    joined = "\n".join([text if text.isascii() else letters(text) for text in texts])
    data = joined.lower().encode(errors="replace").translate(None, _SIGNS).split(b"\n")
    return [crc32(some) << 32 | crc32(some[::-1]) for some in data]
