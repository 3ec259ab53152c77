"""Named functions that mend identifiers (see `medlint.functions.mend`)."""

from __future__ import annotations

import re

from medlint.functions.doi import doi_form
from medlint.functions.issn import issn_check_digit
from medlint.functions.orcid import orcid_check_digit

_ISSN = re.compile(r"([0-9]{4}) ?[-\u2010-\u2015\u2212]? ?([0-9]{3}[0-9Xx]) *[(\[]?(\w+)[)\]]?")
_KINDS = {"print": "Print", "electronic": "Electronic", "linking": "Linking"}
_ORCID = re.compile(
    r"(?:ORCID(?: iD)?:? ?)?(?:https?:/*)?(?:www\.)?(?:orcid\.org/+)?"
    r"([0-9]{4})[- ]?([0-9]{4})[- ]?([0-9]{4})[- ]?([0-9]{3}[0-9X])/?",
    re.IGNORECASE,
)
#: ORCID, "Structure of the ORCID Identifier": the blocks that are kept for it within ISNI, as their
#: first and last numbers without the check digit.
_ORCID_BLOCKS = (("000000015000000", "000000035000000"), ("000900000000000", "000900100000000"))
_PMID = re.compile(r"(?:PMID|PubMed(?: ID)?)?[:\- ]*0*([1-9][0-9]{0,7})", re.IGNORECASE)
_PMC = re.compile(
    r"(?:PMCID|PMC)?[: ]*(?:PMC)?0*([1-9][0-9]{3,7}(?:\.[1-9][0-9]?)?)", re.IGNORECASE
)
_RESOLVER = re.compile(r"(?:(?:https?:/*)?(?:dx\.|www\.)?doi\.org/+|doi(?:: ?| ))+", re.IGNORECASE)
#: An identifier and its type, the blank between them lost, or the last bracket.
_TYPED = re.compile(r"([^ ]+?) ?\[(doi|pii)\]?")


def issn(value: str) -> str | None:
    """An ISSN with its hyphen, a capital X and its kind in brackets; not one that fails its check.

    >>> issn("00284793 (Print)"), issn("2434-561x (linking)"), issn("00284794 (Print)")
    ('0028-4793 (Print)', '2434-561X (Linking)', None)
    """
    match = _ISSN.fullmatch(value.strip())
    kind = match and _KINDS.get(match[3].casefold())
    if not (match and kind):
        return None
    number = f"{match[1]}-{match[2].upper()}"
    return None if issn_check_digit(number) else f"{number} ({kind})"


def orcid(value: str) -> str | None:
    """A bare ORCID iD with its hyphens; not one that fails its check, nor a number that may as well
    be an ISNI: one that stands without the word must be of a block that is kept for ORCID.

    >>> orcid("ORCID: https://orcid.org/0000-0002-1825-0097"), orcid("0000-0002-1825-0097")
    ('ORCID: 0000-0002-1825-0097', 'ORCID: 0000-0002-1825-0097')
    >>> orcid("ORCID: 0000-0002-1825-0098"), orcid("0000-0001-2103-2683")
    (None, None)
    """
    match = _ORCID.fullmatch(value.strip())
    if match is None:
        return None
    number = "".join(match.groups())[:15]
    is_of_orcid = any(first <= number <= last for first, last in _ORCID_BLOCKS)
    found = "-".join(match.groups()).upper()
    if orcid_check_digit(found) or not (is_of_orcid or "orcid" in value.casefold()):
        return None
    return f"ORCID: {found}"


def pmid(value: str) -> str | None:
    """The bare number of a PMID, without leading zeros.

    >>> pmid("PMID: 31000001"), pmid("0031000001"), pmid("31000001v2")
    ('31000001', '31000001', None)
    """
    match = _PMID.fullmatch(value.strip())
    return match[1] if match else None


def pmcid(value: str) -> str | None:
    """The identifier of PubMed Central, ``PMC`` and a number.

    >>> pmcid("6401234"), pmcid("PMCID: PMC6401234"), pmcid("pmc06401234")
    ('PMC6401234', 'PMC6401234', 'PMC6401234')
    """
    match = _PMC.fullmatch(value.strip())
    return f"PMC{match[1]}" if match else None


def with_type(value: str) -> str | None:
    """A DOI without the address of the resolver and with its type in brackets behind it; another
    identifier with a blank before its type.

    >>> with_type("10.1000/xyz.123"), with_type("doi:10.1000/xyz.123[doi]")
    ('10.1000/xyz.123 [doi]', '10.1000/xyz.123 [doi]')
    >>> with_type("S0140-6736(19)30000-1[pii]"), with_type("10.1000/xyz.123[3]")
    ('S0140-6736(19)30000-1 [pii]', None)
    """
    match = _TYPED.fullmatch(value)
    name, kind = (match[1], match[2]) if match else (value, "doi")
    if kind != "doi":
        return f"{name} [{kind}]"
    name = _RESOLVER.sub("", name)
    return bare_doi(f"{name} [doi]") if name.startswith("10.") and name[-1] != "]" else None


def bare_doi(value: str) -> str | None:
    """A DOI with its type and without the address of the resolver, from which it is decoded; None
    where something of the address would stay.

    >>> bare_doi("doi: https://doi.org/10.1000%2Fxyz.123 [doi]"), bare_doi("DOI 10.1000/x [doi]")
    ('10.1000/xyz.123 [doi]', '10.1000/x [doi]')
    >>> bare_doi("https://doi.org/10.1000/xyz.123?via=page [doi]")
    """
    name = value.removesuffix(" [doi]")
    front = _RESOLVER.match(name)
    if front and "doi.org" in front[0].casefold() and "%" in name:
        from urllib.parse import unquote

        name = unquote(name, errors="replace")
    name = _RESOLVER.sub("", name)
    if re.search("[?#]|\ufffd", name) and front:
        return None
    return None if doi_form(name.rstrip(".,:;")) else f"{name} [doi]"
