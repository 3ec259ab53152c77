"""The words and patterns by which names of persons (FAU, FIR, FED, FPS) are judged.

Read off NLM's own records, where hardly a name in ten thousand has a fault.
"""

from __future__ import annotations

from medlint.functions.author import LATIN, NO_SUFFIX, NO_TITLE, SURNAME, UPPER

_LETTER = r"[^\W\d_¹²³⁰⁴-⁹]"

#: Matches most names that `name_form` finds right, and no other text.
NAME_CLEAN = (
    rf"{_LETTER}+(?:[ '-]{_LETTER}+)*, {_LETTER}+(?:-{_LETTER}+)*(?: {_LETTER}(?!{_LETTER}))*"
)

_WORD = rf"{UPPER}(?:{LATIN}|-{UPPER}?+|'{UPPER}?+)*"

#: Matches most names with which no aspect but `group` finds fault, and no other text.
PLAIN_NAME = (
    rf"{SURNAME}, {NO_TITLE}{_WORD}(?: (?:{_WORD}|(?!and |et ){LATIN}{{1,5}}))*"
    rf"(?:{NO_SUFFIX}|(?<= Jr)|(?<= Sr)| [1-9](?:st|nd|rd|th))"
)

ORDINAL_SUFFIX = r" [1-9](?:st|nd|rd|th)$"
DEGREES = frozenset(
    (
        *("MD", "PhD", "DPhil", "DSc", "ScD", "MSc", "BSc", "MPH", "DrPH", "MBBS", "MBChB"),
        *("MBBCh", "PharmD", "DDS", "DMD", "DVM", "PsyD", "EdD", "FRCP", "FRCS", "MRCP", "MRCS"),
        *("FACP", "FACS", "FACC", "FAAN"),
    )
)
#: Degrees that may be the forename too, or initials of it.
NAMES_TOO = frozenset(("MD", "MPH", "DSc", "ScD", "EdD", "DDS", "DMD", "DVM"))
TITLE = (
    r"(?:^|(?<=, ))(?P<part>(?:Dr|Prof|Professor|Mrs?|Ms|Sir|Dame|Rev)\.?) (?=\w)"
    r"|(?<=[^,] )(?P<last>(?:Dr|Prof)\.?)$"
)
MARKUP = r"</?[A-Za-z][^<>]*>|&#?[A-Za-z0-9]+;"
SIGN = r"[*†‡§¶#(){}<>|\\\"“”=+_%$!:^~\[\]]|[0-9¹²³⁰⁴-⁹]+"
SEVERAL = r"(?<= )(?:and|AND|&)(?= )|\bet\.? ?al\b\.?|\band others\b|;(?= |$)"
GROUP = (
    r"\b(?:Consorti(?:um|a)|Committee|Societ(?:y|ies)|Network|Universit(?:y|ies)|Investigators"
    r"|Collaborators|Collaborati(?:on|ve)|Associations?|Department|Institute|Initiative|Foundation"
    r"|Organi[sz]ation|Organizaci[oó]n|Ministry|Federation"
    r"|(?:Study|Studies|Research|Working|Writing|Trial|Task|Collaborative)[ -](?:Group|Team|Force)"
    r"|(?:Group|Team), (?:\w+ )*(?:Study|Research|Trial|Working|Writing)"
    r"|(?:National|Medical|Research|Cancer|Health) Cent(?:er|re))\b"
)
#: Of these texts one stands in every name that `group` condemns.
GROUP_HINTS = (
    *("tion", "ommitt", "ociet", "etwork", "niversit", "nvestig", "aborat", "epartm", "nstitut"),
    *("anizac", "tiativ", "inistr", "onsorti", "Group", "Team", "Force", " Cent"),
)
SUFFIX = (
    r" (?P<part>Jr|Sr|II|III|IV|[1-9](?:st|nd|rd|th))\.?(?=, )"
    r"|, \S.* (?P<last>Jr\.|Sr\.|II|III)$"
)
#: How PubMed's ASCII exports write a letter of another script.
NAMED_LETTER = (
    r"(?:small|capital) [^,]{1,20}, ?(?:Cyrillic|Ukrainian|Greek|Hebrew|Arabic|Armenian|Georgian)"
)
MIXED = r"[A-Za-zÀ-ɏ][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-zÀ-ɏ]"
