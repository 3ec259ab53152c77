"""What cannot be part of a personal name (FAU, FIR, FED, FPS), in several respects.

NLM writes ``Surname, Forename Suffix`` in capital and small letters, without degrees and titles
(NLM, policies on author names); groups have a field of their own, CN. What else is said here is
read off NLM's own records, where hardly a name in ten thousand has such a fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from medlint.functions.name_words import (
    DEGREES,
    GROUP,
    MARKUP,
    MIXED,
    NAMED_LETTER,
    NAMES_TOO,
    ORDINAL_SUFFIX,
    SEVERAL,
    SIGN,
    SUFFIX,
    TITLE,
)


class NameFault(NamedTuple):
    """What is wrong with a name, as a clause, and which part of it."""

    reason: str
    span: tuple[int, int]


def signs(name: str) -> NameFault | None:
    """Digits (but for a suffix such as ``3rd``), marks of footnotes, brackets, addresses, markup.

    >>> signs("Mainous, Arch G 3rd"), signs("O'Brien, Mary-Kate")
    (None, None)
    >>> signs("Smith, John1")
    NameFault(reason="'1' is not part of a name", span=(11, 12))
    """
    if match := re.search(r"\S*@\S*", name):
        return NameFault("an e-mail address is not part of a name", match.span())
    if match := re.search(r"(?:https?:|www\.)\S*", name, re.IGNORECASE):
        return NameFault("a web address is not part of a name", match.span())
    if match := re.search(MARKUP, name):
        return NameFault(f"'{match[0]}' is markup, not a name", match.span())
    if match := re.search(SIGN, re.sub(ORDINAL_SUFFIX, "", name)):
        return NameFault(f"'{match[0]}' is not part of a name", match.span())
    return None


def titles(name: str) -> NameFault | None:
    """Academic degrees, and titles before or behind the name.

    >>> titles("Smith, John PhD").reason, titles("Smith, Dr John").reason
    ("'PhD' is a degree, not a name", "'Dr' is a title, not a name")
    >>> titles("Rahman, MD Abdur")
    """
    start = name.find(", ") + 1
    for place, word in enumerate(re.finditer("[^ ,;]+", name[start:]) if start else ()):
        degree = word[0].replace(".", "")
        if degree in DEGREES and (place > 0 or degree not in NAMES_TOO):
            span = start + word.start(), start + word.end()
            return NameFault(f"'{word[0]}' is a degree, not a name", span)
    if match := re.search(TITLE, name):
        group = "part" if match["part"] else "last"
        return NameFault(f"'{match[group]}' is a title, not a name", match.span(group))
    return None


def capitals(name: str) -> NameFault | None:
    """A surname in capitals (a word of three letters or more), or a forename of five or more.

    Initials that stand for a surname, as in the south of India, are right.

    >>> capitals("SMITH, JOHN")
    NameFault(reason="'SMITH' is in capitals", span=(0, 5))
    >>> capitals("M C D A-O U, D"), capitals("Smits, JFMA")
    (None, None)
    """
    surname = name.partition(",")[0]
    if surname.isupper() and (match := re.search(r"[^\W\d_]{3,}", surname)):
        return NameFault(f"'{surname}' is in capitals", (0, len(surname)))
    for match in re.finditer(r"[^\W\d_]{5,}", name[len(surname) :]):
        if match[0].isupper() and not re.fullmatch("[IVX]+", match[0]):
            start = len(surname) + match.start()
            return NameFault(f"'{match[0]}' is in capitals", (start, start + len(match[0])))
    return None


def small_letters(name: str) -> NameFault | None:
    """A surname or a forename without any capital letter.

    >>> small_letters("smith, John")
    NameFault(reason="'smith' has no capital letter", span=(0, 5))
    >>> small_letters("de la Cruz, Ana")
    """
    surname, _, forename = name.partition(", ")
    for part, start in ((surname, 0), (forename, len(surname) + 2)):
        if part.islower():
            return NameFault(f"'{part}' has no capital letter", (start, start + len(part)))
    return None


def commas(name: str) -> NameFault | None:
    """A second comma, or one before the surname; but those in the names that ASCII exports give to
    letters, such as ``small el, Cyrillic``, do not count.

    >>> commas("Smith, John, Jr")
    NameFault(reason='one comma parts surname and forename, and no other stands in a name', \
span=(11, 12))
    """
    name = re.sub(NAMED_LETTER, lambda match: match[0].replace(",", "_"), name)
    at = 0 if name.startswith(",") else name.find(",", name.find(",") + 1)
    if at < 0 or "," not in name:
        return None
    reason = "one comma parts surname and forename, and no other stands in a name"
    return NameFault(reason, (at, at + 1))


def blanks(name: str) -> NameFault | None:
    """Two blanks in a row, or one before a comma or beside a hyphen.

    >>> blanks("Smith,  John")
    NameFault(reason='two blanks stand together', span=(6, 8))
    """
    if match := re.search("  +", name):
        return NameFault("two blanks stand together", match.span())
    if match := re.search(" +,", name):
        return NameFault("a blank stands before the comma", match.span())
    return None


def full_stops(name: str) -> NameFault | None:
    """A full stop after an initial, or at the end.

    >>> full_stops("Moore, Marlyn J.")
    NameFault(reason="no full stop is written after the initial 'J'", span=(14, 16))
    >>> full_stops("Moore, Marlyn.").reason
    'a name does not end with a full stop'
    """
    if match := re.search(r"(?<![^\W\d_])([^\W\d_])\.", name):
        reason = f"no full stop is written after the initial '{match[1]}'"
        return NameFault(reason, match.span())
    if name.endswith("."):
        return NameFault("a name does not end with a full stop", (len(name) - 1, len(name)))
    return None


def one_person(name: str) -> NameFault | None:
    """More than one person: ``and``, ``&``, ``et al``, a semicolon.

    >>> one_person("Smith, John and Doe, Jane").reason
    "'and' parts two persons"
    >>> one_person("M&uuml;ller, Ren&eacute;")
    """
    plain = re.sub(MARKUP, lambda match: "x" * len(match[0]), name)
    match = re.search(SEVERAL, plain)
    if match is None:
        return None
    what = "parts two persons" if match[0] in ("and", "AND", "&", ";") else "stands for others"
    return NameFault(f"'{match[0]}' {what}", match.span())


def group(name: str) -> NameFault | None:
    """A word that only groups and institutions have in their names.

    >>> group("Consortium, Tea").reason
    "'Consortium' is part of the name of a group, which belongs in CN"
    >>> group("Center, E M"), group("Groupe, V"), group("Stroup, Donna")
    (None, None, None)
    """
    if match := re.search(GROUP, name):
        reason = f"'{match[0]}' is part of the name of a group, which belongs in CN"
        return NameFault(reason, match.span())
    return None


def suffix(name: str) -> NameFault | None:
    """A suffix (Jr, 3rd) that does not stand last, or not as NLM writes it.

    >>> suffix("Smith Jr, John").reason
    "the suffix 'Jr' stands after the forename, as in 'Smith, John Jr'"
    >>> suffix("Smith, John III").reason
    "the suffix 'III' is written '3rd'"
    >>> suffix("Smith, John Jr"), suffix("Hassan, Ii")
    (None, None)
    """
    match = re.search(SUFFIX, name)
    if match is None:
        return None
    if found := match["part"]:
        surname, _, forename = name.partition(", ")
        right = f"{surname[: match.start('part') - 1]}, {forename} {found}"
        reason = f"the suffix '{found}' stands after the forename, as in '{right}'"
        return NameFault(reason, match.span("part"))
    found = match["last"]
    written = {"II": "2nd", "III": "3rd"}.get(found, found.rstrip("."))
    return NameFault(f"the suffix '{found}' is written '{written}'", match.span("last"))


def one_script(name: str) -> NameFault | None:
    """Latin beside Greek or Cyrillic letters in one word; also beside the names that ASCII exports
    give to such letters.

    >>> one_script("Mr\u03ccwka, Jan").reason
    "in 'Mr\u03ccwka' Latin letters stand beside '\u03cc'"
    """
    plain = re.sub(NAMED_LETTER, lambda match: "\u0400" * len(match[0]), name)
    if "," not in plain:
        plain = name
    match = re.search(MIXED, plain)
    if match is None:
        return None
    start, end = plain.rfind(" ", 0, match.start()) + 1, plain.find(" ", match.start())
    word = name[start : end if end >= 0 else len(name)].rstrip(",")
    at = match.start() + (match[0][0] < "\u0370")
    named = re.compile(NAMED_LETTER).match(name, at)
    foreign = named[0] if named else name[at]
    reason = f"in '{word}' Latin letters stand beside '{foreign}'"
    return NameFault(reason, (start, start + len(word)))


def is_spelled_out(name: str) -> bool:
    """Whether PubMed's ASCII export has written letters of *name* by what they are called, with
    commas of their own.

    >>> is_spelled_out("Bsmall el, Cyrillic, M"), is_spelled_out("Small, Cyril")
    (True, False)
    """
    return re.search(NAMED_LETTER, name) is not None


def inverted(name: str) -> NameFault | None:
    """Several words and no comma.

    >>> inverted("Jane Doe").reason
    'no comma parts surname and forename; the name of a group belongs in CN'
    """
    if "," in name or " " not in name.strip():
        return None
    reason = "no comma parts surname and forename; the name of a group belongs in CN"
    return NameFault(reason, (0, len(name)))


def name_form(name: str) -> str | None:
    """Return None when *name* may be the full name of a person, else the reason.

    Signs, digits, markup, addresses, degrees and titles are no part of a name (`signs`, `titles`).

    >>> name_form("Smith, John PhD")
    "'PhD' is a degree, not a name"
    """
    fault = signs(name) or titles(name)
    return None if fault is None else fault.reason


def divided(name: str) -> NameFault | None:
    """Surname and initials without a comma between them.

    >>> divided("Doe JM").reason
    "no comma stands before the initials 'JM'"
    >>> divided("Doe, J M"), divided("The Lancet")
    (None, None)
    """
    match = re.search(r" ((?:[^\W\d_a-z]-?){1,3})(?: (?:Jr|Sr|[1-9](?:st|nd|rd|th)))?$", name)
    if match is None or "," in name:
        return None
    return NameFault(f"no comma stands before the initials '{match[1]}'", match.span(1))


#: What a rule may look at -> its function.
ASPECTS: dict[str, Callable[[str], NameFault | None]] = {
    "blanks": blanks,
    "capitals": capitals,
    "commas": commas,
    "divided": divided,
    "full_stops": full_stops,
    "group": group,
    "inverted": inverted,
    "one_person": one_person,
    "one_script": one_script,
    "signs": signs,
    "small_letters": small_letters,
    "suffix": suffix,
    "titles": titles,
}
