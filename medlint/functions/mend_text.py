"""Named functions that mend text and names (see `medlint.functions.mend`)."""

from __future__ import annotations

import re

_ENTITY = re.compile(r"&(?:amp;)*(?:[a-zA-Z]{2,8}[0-9]{0,2}|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_LETTER_WITH_MARKS = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_OTHER_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_SEPARATORS = re.compile(" ?[\u2028\u2029]+ ?")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_SUBTAG = re.compile(r"</?(?:[ibu]|su[bp]|em|strong|italic|bold|sc)>", re.IGNORECASE)


def keyword(value: str) -> str | None:
    """A keyword without punctuation at its end.

    >>> keyword("tea,"), keyword("green tea.")
    ('tea', 'green tea')
    """
    return value.rstrip(",;:.。，；、 ")


def without_quotes(value: str) -> str | None:
    """A keyword without quotation marks around it.

    >>> without_quotes('"Brain fog"'), without_quotes('*"tea"')
    ('Brain fog', '*tea')
    """
    match = re.fullmatch('(\\*?)["“«„](.+)["”»“]', value)
    return f"{match[1]}{match[2]}" if match else None


def one_final_mark(value: str) -> str | None:
    """A title with one mark at its end.

    >>> one_final_mark("Tea.."), one_final_mark("Tea?."), one_final_mark("[Tea.].")
    ('Tea.', 'Tea?', '[Tea].')
    """
    value = re.sub(r"\.\]\.\Z", "].", value)
    value = re.sub(r"[,;:.]\.(?=\]?\Z)", ".", value)
    return re.sub(r"(?<=[?!])\.(?=\]?\Z)", "", value)


def without_entities(value: str) -> str | None:
    """Text with the characters that its HTML entities stand for.

    >>> without_entities("p &lt; 0.05 &amp;amp; r &#8805; 1")
    'p < 0.05 & r \u2265 1'
    """
    from html import unescape

    def character(match: re.Match[str]) -> str:
        name = re.sub("&(?:amp;)+", "&", match[0])
        found = "&" if name == "&" else unescape(name)
        if found == "\u00a0":
            return " "
        return found if len(found) == 1 and found.isprintable() else match[0]

    return _ENTITY.sub(character, value)


def without_tags(value: str) -> str | None:
    """Text without the HTML tags that only say how it looks.

    >>> without_tags("CO<sub>2</sub> in <i>Homo sapiens</i>")
    'CO2 in Homo sapiens'
    """
    return _SUBTAG.sub("", value)


def composed(value: str) -> str | None:
    """Letters and the accents that follow them as one character each (Unicode Annex 15, form C).

    >>> composed("Mu\u0308ller") == "M\u00fcller"
    True
    """
    from unicodedata import normalize

    return _LETTER_WITH_MARKS.sub(lambda match: normalize("NFC", match[0]), value)


def without_invisible(value: str) -> str | None:
    """Text without characters that nobody can see.

    >>> without_invisible("tea\u200b and sleep")
    'tea and sleep'
    """
    return _INVISIBLE.sub("", value)


def plain_blanks(value: str) -> str | None:
    """Text with plain blanks in place of others.

    >>> plain_blanks("5\u00a0mg")
    '5 mg'
    """
    return _OTHER_BLANKS.sub(" ", value)


def without_separators(value: str) -> str | None:
    """Text with a blank in place of each separator of lines or paragraphs.

    >>> without_separators("tea\u2028and sleep")
    'tea and sleep'
    """
    return _SEPARATORS.sub(" ", value).strip(" ")


def single_blanks(value: str) -> str | None:
    """Text with one blank between two words.

    >>> single_blanks("tea  and sleep")
    'tea and sleep'
    """
    return re.sub(" {2,}", " ", value)


def decoded(value: str) -> str | None:
    """Text whose UTF-8 was taken for Windows-1252, read rightly.

    >>> decoded("M\u00c3\u00bcller")
    'M\u00fcller'
    """

    def character(match: re.Match[str]) -> str:
        try:
            return b"".join(map(_byte, match[0])).decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            return match[0]

    return re.sub("[\u00c2-\u00f4][^\x00-\x7f]{1,3}", character, value)


def _byte(character: str) -> bytes:
    """The byte that Windows-1252 shows as *character*; where it shows none, Latin-1."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def name_blanks(value: str) -> str | None:
    """A full name with one blank between its words, and none before the comma.

    >>> name_blanks("Doe , Jane  A")
    'Doe, Jane A'
    """
    return re.sub(r" +,", ",", re.sub(r"  +", " ", value)).strip()


def without_full_stops(value: str) -> str | None:
    """A full name without full stops behind its initials.

    >>> without_full_stops("Doe, J. A."), without_full_stops("Doe, Jane A.")
    ('Doe, J A', 'Doe, Jane A')
    """
    surname, comma, rest = value.partition(", ")
    if not comma or any(len(word) > 2 and "." in word[:-1] for word in rest.split()):
        return None
    return f"{surname}, {rest.replace('.', '')}"
