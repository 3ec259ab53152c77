"""Short names of persons (AU, IR, ED, PS) and the full names they are made from.

NLM makes ``Garcia GE Jr`` from ``Garcia, Glenn E Jr``: surname, initials, suffix. It has made
initials in several ways over the years, and old records keep what they got: until 2017 at most
two were printed (NLM support, policy on author names). What is said here of particles, hyphens and
transliteration is read off NLM's own records, as it is written nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple

#: From this PMID on every initial is printed; below it, names may be cut to two.
ALL_INITIALS_SINCE = 30_000_000

#: Below this PMID forenames may have been keyed as initials, and one of two letters kept whole.
_KEYED_INITIALS_UNTIL = 13_000_000

_SUFFIXES = frozenset(("Jr", "Sr", "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th"))

#: Particles that NLM leaves out today, whatever their case.
_DROPPED = frozenset(("de", "la", "d'", "ibn"))

#: Particles that NLM prints as an initial today, but has treated in other ways.
_PARTICLES = _DROPPED | frozenset(
    (
        *("af", "al", "av", "bin", "da", "dal", "das", "degli", "dei", "del", "della", "den"),
        *("der", "des", "di", "do", "dos", "du", "e", "el", "las", "le", "les", "lo", "los"),
        *("ten", "ter", "van", "von", "y", "zu", "zum", "zur"),
    )
)

#: Initials of names from Cyrillic, which keep both letters.
_DIGRAPHS = frozenset(("Ch", "Dzh", "Ia", "Ie", "Iu", "Kh", "Sh", "Shch", "Ts", "Ya", "Yu", "Zh"))

#: What one letter may have become in an ASCII export.
_LIGATURES = frozenset(("AE", "OE", "Th"))

#: What PubMed's ASCII exports make of the signs in ``Mª`` and ``Mº``.
_ORDINAL_SIGNS = frozenset(("feminine", "masculine"))

_FOLD = str.maketrans(
    "ØøŁłĐđÐðıĦħŦŧ\u2018\u2019\u02bc\u2010\u2011\u00a0", "OoLlDdDdiHhTt'''-- "
) | str.maketrans(
    {"Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "ẞ": "SS", "ß": "ss", "Þ": "Th", "þ": "th"}
)

#: The letters of most names. More of them would make the patterns below slow to compile.
UPPER = "[A-ZÀ-ÖØ-Þ]"
LATIN = "[a-zß-öø-ÿ]"
_REST = rf"{LATIN}*+"
_REST_WITH_HYPHENS = rf"(?:{LATIN}++|-{UPPER}?+)*"
NO_SUFFIX = r"(?<! Jr)(?<! Sr)(?<! Dr)(?<! Prof)"
NO_TITLE = "(?!(?:Dr|Prof(?:essor)?|M[rs]s?|Sir|Dame|Rev) )"
SURNAME = (
    rf"{NO_TITLE}(?:{LATIN}{{1,5}}[ '-])*{UPPER}(?:'{UPPER})?{LATIN}++"
    rf"(?:[ '-]?+{UPPER}?+{LATIN}++)*{NO_SUFFIX}"
)

#: Matches most right pairs "FAU<tab>AU" (as `agrees` judges them at any PMID), and no wrong one:
#: the same surname, and the first letter of one to three forenames, or of both parts of one. The
#: names it matches are written in the usual letters (`medlint.functions.names` finds no fault with
#: them, but for words that only groups have).
PAIR_CLEAN = (
    rf"(?P<surname>{SURNAME}), {NO_TITLE}(?P<a>{UPPER}){_REST}(?:"
    r"\t(?P=surname) (?P=a)"
    rf"|-(?P<part>[A-Za-z]){_REST}\t(?P=surname) (?P=a)(?=[A-Z])(?i:(?P=part))"
    rf"|(?:-{UPPER}?+{_REST_WITH_HYPHENS})? (?P<b>{UPPER}){_REST_WITH_HYPHENS}(?:"
    rf"{NO_SUFFIX}\t(?P=surname) (?P=a)(?P=b)"
    rf"| (?P<c>{UPPER}){_REST_WITH_HYPHENS}{NO_SUFFIX}\t(?P=surname) (?P=a)(?P=b)(?P=c)"
    r"))"
)


class _Name(NamedTuple):
    surname: str
    forenames: list[str]
    suffix: str


def agrees(full: str, short: str, pmid: int | None = None) -> bool:
    """Return whether *short* is a form that NLM gives the person named *full*.

    *full* is a value of FAU, FIR, FED or FPS, *short* the one of AU, IR, ED or PS that belongs
    to it. Diacritics do not count, since PubMed's older exports have none. The ways of the past
    are accepted in records before PMID 30,000,000, or where *pmid* is None.

    >>> agrees("Garcia, Glenn E Jr", "Garcia GE Jr"), agrees("Garcia, Glenn E Jr", "Garcia EG Jr")
    (True, False)
    >>> agrees("Silva, Luiz Carlos da", "Silva LCD"), agrees("Silva, Luiz Carlos da", "Silva LC")
    (True, True)
    >>> agrees("Huang, Mei Ling Ann", "Huang ML", 25_000_000)
    True
    >>> agrees("Huang, Mei Ling Ann", "Huang ML", 35_000_000)
    False
    """
    surname, forenames, suffix = _split(_fold(full))
    given = _fold(short)
    rest = given[len(surname) :]
    if not given.startswith(surname):
        return False
    if suffix:
        if not rest.endswith(" " + suffix):
            return False
        rest = rest[: -len(suffix) - 1]
    if rest and (rest[0] != " " or len(rest) == 1):
        return False
    return _are_initials(rest[1:], forenames, pmid)


def short_names(full: str) -> tuple[str, ...]:
    """Return the short names that NLM's practice of today gives the person named *full*.

    Each forename gives one initial; a single one with hyphens gives two. The usual form comes
    first; the others keep or drop other particles. At most 64 are listed.

    >>> short_names("Arruda, Maria de Fatima")
    ('Arruda MF', 'Arruda MDF')
    >>> short_names("Xie, Yan-ming"), short_names("Himani")
    (('Xie YM',), ('Himani',))
    """
    surname, forenames, suffix = _split(full)
    parts = forenames[0].split("-")[:2] if len(forenames) == 1 else forenames
    options = map(_options_of_today, parts)
    forms = ("".join(chosen) for chosen in islice(product(*options), 64))
    names = (" ".join(filter(None, (surname, form, suffix))) for form in forms)
    return tuple(dict.fromkeys(names))


def author_short_name(full: str) -> str:
    """Return the short name that NLM gives the person named *full* today.

    >>> author_short_name("Garcia, Glenn E Jr"), author_short_name("O'Brien, Mary-Kate")
    ('Garcia GE Jr', "O'Brien MK")
    >>> author_short_name("Jong, Herman De"), author_short_name("Matta, Carlos J da")
    ('Jong H', 'Matta CJD')
    """
    return short_names(full)[0]


def _fold(text: str) -> str:
    """Take the diacritics off, and write some letters as PubMed's ASCII exports do."""
    if text.isascii():
        return text
    from unicodedata import combining, normalize

    letters = normalize("NFD", text.translate(_FOLD))
    return "".join([letter for letter in letters if not combining(letter)])


def _split(full: str) -> _Name:
    surname, _, rest = full.partition(", ")
    forenames = [word for word in rest.split() if word not in _ORDINAL_SIGNS]
    suffix = forenames.pop() if len(forenames) > 1 and forenames[-1] in _SUFFIXES else ""
    return _Name(surname, forenames, suffix)


def _parts(forenames: list[str]) -> list[str]:
    """The parts that give an initial: of a single forename, those between its hyphens."""
    return forenames[0].split("-") if len(forenames) == 1 else forenames


def _initial(token: str) -> str:
    match = re.search(r"[^\W_]", token)
    return match[0].upper() if match else ""


def _is_particle(token: str) -> bool:
    """Whether a forename is a particle; a capital letter alone is an initial."""
    return token.lower() in _PARTICLES and not (len(token) == 1 and token.isupper())


def _options_of_today(token: str) -> tuple[str, ...]:
    """What a forename may add to the initials, the usual thing first."""
    if token.lower() in _DROPPED:
        return "", _initial(token)
    if _is_particle(token) and token.islower():
        return _initial(token), ""
    return (_initial(token),)


def _options(tokens: list[str], pmid: int | None) -> Iterator[tuple[str, ...]]:
    """What each forename may add to the initials in a record of that age."""
    is_old = pmid is None or pmid < ALL_INITIALS_SINCE
    is_keyed = pmid is None or pmid < _KEYED_INITIALS_UNTIL
    for token in tokens:
        options = _options_of_today(token)
        if token in _DIGRAPHS or (is_keyed and len(token) <= 2):
            options += (token,)
        if token[:2] in _LIGATURES:
            options += (token[:2],)
        if is_old and _is_particle(token):
            options += (token.lower() + " ", token[0].lower())
        yield options


def _are_initials(initials: str, forenames: list[str], pmid: int | None) -> bool:
    parts = _parts(forenames)
    if _can_spell(initials, parts, pmid):
        return True
    if sum(letter.isalpha() and not letter.islower() for letter in initials) != 2:
        return False
    if pmid is None or pmid < ALL_INITIALS_SINCE:
        every_part = [part for name in forenames for part in name.split("-")]
        return any(_can_spell(initials, p, pmid, is_cut=True) for p in (parts, every_part))
    return len(forenames) == 1 and _can_spell(initials, parts, pmid, is_cut=True)


def _can_spell(initials: str, tokens: list[str], pmid: int | None, *, is_cut: bool = False) -> bool:
    """Whether the tokens (all of them, or the first ones where *is_cut*) add up to the initials.

    *reached* holds how far along the initials the tokens so far may have come.
    """
    reached = {0}
    for options in _options(tokens, pmid):
        reached = {
            start + len(option)
            for start in reached
            for option in options
            if initials.startswith(option, start)
        }
        if is_cut and len(initials) in reached:
            return True
    return len(initials) in reached
