"""Values are data: what a record holds is shown to people, and no terminal or build server
obeys it.

Sources: ECMA-48 (control functions), Unicode Annex 9 (bidirectional controls), the logging
commands of GitHub Actions (``::`` at the start of a line, ``##[`` anywhere), Azure Pipelines
(``##vso[``) and TeamCity (``##teamcity[``).
"""

from __future__ import annotations

import re

#: The inside of a character class: C0, DEL, C1, and format characters that nobody sees or that
#: reorder a line. The joiners U+200C and U+200D are left, for scripts need them.
HIDDEN_CHARACTERS = (
    r"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e007f"
)

#: The second sign of what a build server obeys anywhere in a line.
LOG_COMMAND = r"(?<=#)#(?=\[|vso\[|teamcity\[)"

_UNSAFE = re.compile(rf"[{HIDDEN_CHARACTERS}\ud800-\udfff]|{LOG_COMMAND}|\A\s*:(?=:)")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    r"""Return *text* on one line, with every control character and every hidden one written
    as an escape. A byte that was no character is shown as that byte.

    >>> visible("caf\udce9 \x1b[31m\u202e")
    'caf\\xe9 \\x1b[31m\\u202e'
    """
    return _UNSAFE.sub(_escape, text)


def visible_parts(text: str) -> list[str]:
    r"""Return what `visible` shows for each character of *text*, in order; joined, it is
    what `visible` returns.

    >>> visible_parts("a\tb")
    ['a', '\\t', 'b']
    """
    parts = list(text)
    for match in _UNSAFE.finditer(text):
        for index in range(match.start(), match.end()):
            parts[index] = _escape_character(text[index])
    return parts


def encodable(text: str, encoding: str | None) -> str:
    r"""Return *text* with backslash escapes for what *encoding* cannot hold.

    None and unknown encodings count as UTF-8 and ASCII.

    >>> encodable("Müller 山", "cp1252")
    'Müller \\u5c71'
    """
    try:
        text.encode(encoding or "utf-8")
    except UnicodeEncodeError:
        known = encoding or "utf-8"
        return text.encode(known, "backslashreplace").decode(known)
    except LookupError:
        return encodable(text, "ascii")
    return text


def _escape(match: re.Match[str]) -> str:
    return "".join(map(_escape_character, match[0]))


def _escape_character(character: str) -> str:
    number = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if character == " ":
        return character
    if 0xDC80 <= number <= 0xDCFF:
        number -= 0xDC00
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
