"""Named functions that mend a value: the whole value of a field -> the right one. Those for
identifiers are in `medlint.functions.mend_identifiers`, those for running text and names in
`medlint.functions.mend_text`.

A function returns None where it cannot tell the right value without doubt. It is pure and never
raises. What it returns is used only if the rule then finds no fault with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from medlint.functions.dates import FULL_MONTHS, MONTHS
from medlint.functions.mend_identifiers import bare_doi, issn, orcid, pmcid, pmid, with_type
from medlint.functions.mend_text import (
    composed,
    decoded,
    keyword,
    name_blanks,
    one_final_mark,
    plain_blanks,
    single_blanks,
    without_entities,
    without_full_stops,
    without_invisible,
    without_quotes,
    without_separators,
    without_tags,
)

_DASH = re.compile("[\u2010-\u2015\u2212]")
_PAGES_MARK = re.compile(r"(?:pp?\.? |pp?\.|pages? )(?=[A-Za-z]?[0-9])", re.IGNORECASE)
_BLANKS_BESIDE_HYPHEN = re.compile(r"(?<=[0-9]) *- *(?=[0-9])")
_LEADING_ZERO = re.compile(r"(?<![0-9A-Za-z.])0+(?=[1-9])")
_LABEL = re.compile(
    r"(?:vol(?:ume)?s?|issues?|iss|no|nos|nr|num|number|n[°º]|#)\.? ?(?=[0-9])", re.IGNORECASE
)
_DATE = re.compile(
    r"([12][0-9]{3})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:[ T]([0-9]{1,2}):([0-9]{2})(?::00)?)?"
    r"( \[[^\[\]]+\])?"
)
#: A month without a day has two digits: ``1998-9`` may be two years.
_NUMERIC_DATE = re.compile(
    r"([12][0-9]{3})([-/])(0[1-9]|1[0-2]|[1-9](?=[-/]))(?:\2(0?[1-9]|[12][0-9]|3[01]))?"
)
_SHORT_MONTHS = {
    **{month.casefold(): short for month, short in zip(FULL_MONTHS, MONTHS, strict=True)},
    **{short.casefold(): short for short in MONTHS},
    "sept": "Sep",
}
_MONTH = re.compile(rf"\b({'|'.join(_SHORT_MONTHS)})\b\.?", re.IGNORECASE)
_SUPPLEMENT = re.compile(r"(?i)\b(?:supplement|suppl?)\b\.? ?(?=[0-9A-Za-z]|\Z)")


def pages(value: str) -> str | None:
    """Pages with plain hyphens, without blanks beside them and without ``pp.``.

    >>> pages("pp. 110 \u2013 121"), pages("110-121")
    ('110-121', '110-121')
    """
    value = _PAGES_MARK.sub("", _DASH.sub("-", value), count=1)
    return _BLANKS_BESIDE_HYPHEN.sub("-", value)


def without_leading_zeros(value: str) -> str | None:
    """Numbers without leading zeros.

    >>> without_leading_zeros("03"), without_leading_zeros("12 Suppl 01")
    ('3', '12 Suppl 1')
    """
    return _LEADING_ZERO.sub("", value)


def without_label(value: str) -> str | None:
    """A volume or an issue without ``Vol.`` or ``No.`` before it.

    >>> without_label("Vol. 12"), without_label("No. 3")
    ('12', '3')
    """
    return _LABEL.sub("", value, count=1)


def compact_date(value: str) -> str | None:
    """A full date as ``YYYYMMDD``.

    >>> compact_date("2019-03-06"), compact_date("2019/3/6"), compact_date("2019 Mar 6")
    ('20190306', '20190306', None)
    """
    match = re.fullmatch(r"([12][0-9]{3})([-/.])([0-9]{1,2})\2([0-9]{1,2})", value.strip())
    return f"{match[1]}{match[3]:0>2}{match[4]:0>2}" if match else None


def slashed_date(value: str) -> str | None:
    """A full date as ``YYYY/MM/DD``, its time and its label kept; not one with seconds.

    >>> slashed_date("2019-3-6 6:00"), slashed_date("2019/3/6 00:00 [received]")
    ('2019/03/06 06:00', '2019/03/06 00:00 [received]')
    >>> slashed_date("2019-03-06T06:00:00"), slashed_date("2019-03-06T06:00:59")
    ('2019/03/06 06:00', None)
    """
    match = _DATE.fullmatch(value.strip())
    if match is None:
        return None
    time = f" {match[5]:0>2}:{match[6]}" if match[5] else ""
    return f"{match[1]}/{match[3]:0>2}/{match[4]:0>2}{time}{match[7] or ''}"


def publication_date(value: str) -> str | None:
    """DP with its months as PubMed writes them, without leading zeros and full stops.

    >>> publication_date("2019 March 06"), publication_date("2020 Feb.")
    ('2019 Mar 6', '2020 Feb')
    >>> publication_date("2022/07"), publication_date("2019/3/5")
    ('2022 Jul', '2019 Mar 5')
    """
    if match := _NUMERIC_DATE.fullmatch(value):
        day = f" {int(match[4])}" if match[4] else ""
        return f"{match[1]} {MONTHS[int(match[3]) - 1]}{day}"
    value = _MONTH.sub(lambda match: _SHORT_MONTHS[match[1].casefold()], value)
    return re.sub(r"(?<= )0(?=[1-9](?![0-9]))", "", value)


def without_edges(value: str) -> str | None:
    """A volume or an issue without marks at its ends.

    >>> without_edges("12,"), without_edges("(3"), without_edges("12(")
    ('12', '3', '12')
    """
    return value.strip(" ,.;:/–—-" + ("()[]" if not re.search(r"[(\[].*[)\]]", value) else ""))


def supplement(value: str) -> str | None:
    """A volume or an issue with ``Suppl`` for a supplement.

    >>> supplement("12 Supplement 1"), supplement("Suppl. 2"), supplement("suppl")
    ('12 Suppl 1', 'Suppl 2', 'Suppl')
    """
    return _SUPPLEMENT.sub("Suppl ", value).strip()


def without_dots(value: str) -> str | None:
    """Text without full stops.

    >>> without_dots("N. Engl. J. Med.")
    'N Engl J Med'
    """
    return " ".join(value.replace(".", " ").split())


MENDERS: dict[str, Callable[[str], str | None]] = {
    "bare_doi": bare_doi,
    "compact_date": compact_date,
    "composed": composed,
    "decoded": decoded,
    "issn": issn,
    "keyword": keyword,
    "name_blanks": name_blanks,
    "one_final_mark": one_final_mark,
    "orcid": orcid,
    "pages": pages,
    "plain_blanks": plain_blanks,
    "pmcid": pmcid,
    "pmid": pmid,
    "single_blanks": single_blanks,
    "supplement": supplement,
    "with_type": with_type,
    "without_dots": without_dots,
    "without_edges": without_edges,
    "without_entities": without_entities,
    "without_full_stops": without_full_stops,
    "without_invisible": without_invisible,
    "without_label": without_label,
    "without_leading_zeros": without_leading_zeros,
    "without_quotes": without_quotes,
    "without_separators": without_separators,
    "without_tags": without_tags,
}
