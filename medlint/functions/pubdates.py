"""Publication dates: the grammar of DP.

A PubDate is a year with a month and a day, a year with a season, or a MedlineDate (DTD
pubmed_250101). NLM states no grammar for the MedlineDate; the shapes below are those of its
documentation and of its own records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from medlint.functions.dates import FULL_MONTHS, MONTHS, impossible_day

_SEASONS = ("Spring", "Summer", "Fall", "Autumn", "Winter")
_ORDINALS = ("1st", "2nd", "2d", "3rd", "3d", "4th")
_PARTS_OF_A_YEAR = ("Quart", "Quarter", "Trimest", "Trimester", "Semest", "Semester")

#: Y year, M month, D day, S season, O ordinal, P part of a year.
_SHAPES = frozenset(
    (
        *("Y", "Y M", "Y M D", "Y S", "Y-Y"),
        *("Y M-M", "Y M/M", "Y M-Y M", "Y M-M D", "Y-Y M", "Y-Y M-M"),
        *("Y M D-D", "Y M D-M D", "Y M D-Y M D"),
        *("Y S-S", "Y S/S", "Y S-Y S", "Y-Y S", "Y-Y S-S"),
        *("Y O P", "Y O-O P"),
    )
)
_CLASSES = {
    **dict.fromkeys(MONTHS, "M"),
    **dict.fromkeys(_SEASONS, "S"),
    **dict.fromkeys(_ORDINALS, "O"),
    **dict.fromkeys(_PARTS_OF_A_YEAR, "P"),
}
_WRITTEN_MONTHS = {
    **{month.lower(): month for month in MONTHS},
    **{month.lower(): month[:3] for month in FULL_MONTHS},
    "sept": "Sep",
}
_NUMERIC = r"([0-9]{4})[-/. ]?(0[1-9]|1[0-2]|[1-9](?![0-9]))(?:[-/. ]?([0-3]?[0-9]))?"

#: Matches most dates that `publication_date` finds right, and no other text.
PUBLICATION_DATE_CLEAN = (
    r"[12][0-9]{3}(?: (?:"
    r"(?:Jan|Mar|May|Jul|Aug|Oct|Dec)(?: (?:[1-9]|[12][0-9]|3[01]))?"
    r"|(?:Apr|Jun|Sep|Nov)(?: (?:[1-9]|[12][0-9]|30))?"
    r"|Feb(?: (?:[1-9]|1[0-9]|2[0-8]))?"
    r"|Jan-(?:Feb|Mar|Jun|Dec)|Mar-Apr|Apr-Jun|May-Jun|Jul-(?:Aug|Sep|Dec)|Sep-Oct"
    r"|Oct-Dec|Nov-Dec|Spring|Summer|Fall|Autumn|Winter))?"
)


def publication_date(value: str) -> str | None:
    """Return None when *value* is a publication date as MEDLINE writes it, else the reason.

    Right are ``2024``, ``2024 Mar``, ``2024 Mar 5``, ``2024 Spring``, ``2024 1st Quart`` and
    ranges of them. Whether the year is a likely one is not judged.

    >>> [publication_date(dp) for dp in ("2022 Jul-Aug", "1998 Dec-1999 Jan", "2018 Jul - Aug")]
    [None, None, None]
    >>> publication_date("2022 Sept 3")
    "write the month as 'Sep', not 'Sept'"
    >>> publication_date("2022/07")
    "write the month as a name: '2022 Jul'"
    >>> publication_date("2018 Jul-Ago")
    "'Ago' is not a month; perhaps 'Aug' is meant"
    >>> publication_date("2020 Aug-Jul")
    'the range runs backwards'
    """
    if match := re.fullmatch(_NUMERIC, value):
        return _numeric_month(*match.groups())
    tokens = re.split(r"( *[-/] *| )", value)
    for word in tokens[::2]:
        if reason := _wrong_word(word):
            return reason
    shape = "".join(_class(token) for token in tokens)
    if not shape.startswith("Y"):
        return "it must begin with a year of four digits"
    if tokens[0] == "0000":
        return "there is no year 0000"
    if shape not in _SHAPES:
        return "expected a date such as '2024', '2024 Mar 5', '2024 Mar-Apr' or '2024 Spring'"
    return _impossible(shape, tokens[::2])


def _class(token: str) -> str:
    """The letter of a token in a shape; a separator is its own letter."""
    if re.fullmatch("[0-9]{4}", token):
        return "Y"
    if re.fullmatch("[0-9]{1,2}", token):
        return "D"
    return _CLASSES.get(token) or token.strip()[:1] or " "


def _numeric_month(year: str, month: str, day: str | None) -> str:
    date = f"{year} {MONTHS[int(month) - 1]}" + (f" {int(day)}" if day and int(day) else "")
    return f"write the month as a name: '{date}'"


def _wrong_word(word: str) -> str | None:
    """Say what is wrong with a word that is neither a number nor of the grammar."""
    if word in _CLASSES or not re.search("[^0-9]", word):
        return None
    bare = word.rstrip(".,;:")
    if bare != word and (bare in _CLASSES or bare.isdigit()):
        return f"no '{word[len(bare) :]}' is written after '{bare}'"
    if month := _WRITTEN_MONTHS.get(bare.lower()):
        return f"write the month as '{month}', not '{word}'"
    season, month = _near(bare.capitalize(), _SEASONS, 0.7), _near(bare.lower(), _WRITTEN_MONTHS)
    if season:
        return f"'{word}' is not a season; perhaps '{season}' is meant"
    if month:
        return f"'{word}' is not a month; perhaps '{_WRITTEN_MONTHS[month]}' is meant"
    return f"'{word}' is not a month or a season"


def _near(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """The known word with the same letters, two neighbours swapped; or else the most similar one
    that begins alike."""
    from difflib import get_close_matches

    words = list(known)
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    alike = [other for other in words if other[0] == word[:1]]
    near = [w for w in words if w in swapped] or get_close_matches(word, alike, 1, least)
    return near[0] if near else None


def _impossible(shape: str, words: list[str]) -> str | None:
    """Say which day of a well-formed date does not exist, or which range runs backwards."""
    if shape.startswith("Y-Y"):
        return None if words[0] <= words[1] else "the range runs backwards"
    days: list[tuple[int, int, int]] = []
    year = month = 0
    words_left = iter(words)
    for side in re.split("[-/]", shape):
        day = 0
        for letter in side.replace(" ", ""):
            word = next(words_left)
            if letter == "Y":
                year = int(word)
            elif letter == "M":
                month = MONTHS.index(word) + 1
            elif letter == "D":
                if word.startswith("0") and shape != "Y M-M D":
                    return f"write the day without a leading zero: '{int(word)}'"
                day = int(word)
                if reason := impossible_day(year, month, day):
                    return reason
        days.append((year, month, day))
    return None if days == sorted(days) else "the range runs backwards"
