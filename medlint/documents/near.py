"""Which known word somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 100
_ALIKE = 0.72


def near_miss(word: str, known: Iterable[str]) -> str | None:
    """Return the word of *known* that *word* most likely stands for, or None.

    Tried in this order: the same but for capitals, blanks, hyphens and underscores; two
    neighbouring letters swapped; the beginning of one known word only; the most similar one.
    A word that is itself known has no near miss.

    >>> near_miss("severty", ["severity", "summary"])
    'severity'
    >>> near_miss("si", ["IS", "TI"]), near_miss("banana", ["IS", "TI"])
    ('IS', None)
    """
    candidates = list(known)
    if not word or len(word) > _LONGEST or word in candidates:
        return None
    plain = _plain(word)
    shortest, longest = len(word) // 2, 2 * len(word) + 2
    plains = {c: _plain(c) for c in candidates if shortest <= len(c) <= longest}
    for candidate, other in plains.items():
        if other == plain:
            return candidate
    for candidate, other in plains.items():
        if _is_swapped(plain, other):
            return candidate
    if len(plain) >= 3:
        longer = [c for c, other in plains.items() if other.startswith(plain)]
        if len(longer) == 1:
            return longer[0]
    return _most_similar(plain, plains)


def _plain(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")


def _is_swapped(a: str, b: str) -> bool:
    """Whether *b* is *a* with two neighbouring letters in the other order."""
    if len(a) != len(b):
        return False
    wrong = [i for i in range(len(a)) if a[i] != b[i]]
    if len(wrong) != 2:
        return False
    i, j = wrong
    return j == i + 1 and a[i] == b[j] and a[j] == b[i]


def _most_similar(plain: str, plains: dict[str, str]) -> str | None:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(plain)
    letters = set(plain)
    best, best_ratio = None, _ALIKE
    for candidate, other in plains.items():
        needed = best_ratio * (len(plain) + len(other)) / 2
        if min(len(plain), len(other)) < needed or 2 * len(letters.difference(other)) > len(plain):
            continue
        matcher.set_seq1(other)
        if matcher.quick_ratio() > best_ratio and (ratio := matcher.ratio()) > best_ratio:
            best, best_ratio = candidate, ratio
    return best
