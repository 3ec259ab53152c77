"""Calendar dates as MEDLINE's processing and history fields write them, and a key to order any.

Forms: ``YYYYMMDD`` (DCOM, LR, DEP ...) and ``YYYY/MM/DD`` with or without ``HH:MM`` (EDAT, MHDA,
CRDT, PHST ...), read off PubMed's own exports; the oldest of them also print a year alone, or a
year and a month.
"""

from __future__ import annotations

import re

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

FULL_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_CALENDAR_DATE = (
    r"(?P<year>-?[0-9]{4})"
    r"(?:(?P<slash>/?)(?P<month>[0-9]{2})"
    r"(?:(?P=slash)(?P<day>[0-9]{2})(?:(?<=/..) (?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}))?)?)?"
)
_NAMED_DATE = rf"([0-9]{{4}})(?![0-9])(?: ({'|'.join(MONTHS)})(?: ([0-9]{{1,2}})(?![0-9]))?)?"

_ISO_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"


def _sure_days(mark: str) -> str:
    """A pattern for the days that every year has, month and day parted by *mark*."""
    return (
        rf"(?:(?:0[1-9]|1[0-2]){mark}(?:0[1-9]|1[0-9]|2[0-8])"
        rf"|(?:0[13-9]|1[0-2]){mark}(?:29|30)|(?:0[13578]|1[02]){mark}31)"
    )


#: Matches most dates that `calendar_date` finds right, and no other text.
CALENDAR_DATE_CLEAN = (
    rf"[12][0-9]{{3}}(?:{_sure_days('')}|/{_sure_days('/')}"
    r"(?: (?:[01][0-9]|2[0-3]):[0-5][0-9])?)"
)


def calendar_date(value: str) -> str | None:
    """Return None when *value* is a day that exists, else the reason why it is not.

    *value* may be ``YYYYMMDD``, ``YYYY/MM/DD`` with or without a time ``HH:MM`` of the 24-hour
    clock, or only its first parts: ``YYYY``, ``YYYYMM``, ``YYYY/MM``. Days follow the Gregorian
    calendar (ISO 8601). Whether the year is a likely one is not judged.

    >>> calendar_date("20240229"), calendar_date("2022/08/02 06:00")
    (None, None)
    >>> calendar_date("2023/02/30")
    '2023 has no February 30'
    >>> calendar_date("2022/08/02 24:00")
    'there is no hour 24'
    >>> calendar_date("-0001/11/30")
    'there is no year -0001'
    """
    match = re.fullmatch(_CALENDAR_DATE, value)
    if match is None:
        return "expected YYYYMMDD, or YYYY/MM/DD with or without HH:MM"
    year, month, day, hour, minute = match.group("year", "month", "day", "hour", "minute")
    if int(year) < 1:
        return f"there is no year {year}"
    if month and not 1 <= int(month) <= 12:
        return f"there is no month {month}"
    if day and (reason := impossible_day(int(year), int(month), int(day))):
        return reason
    if hour and int(hour) > 23:
        return f"there is no hour {hour}"
    if minute and int(minute) > 59:
        return f"there is no minute {minute}"
    return None


def impossible_day(year: int, month: int, day: int) -> str | None:
    """Return why a month (1 to 12) has no such day, or None when it has.

    >>> impossible_day(2000, 2, 29)
    >>> impossible_day(1900, 2, 29)
    '1900 has no February 29'
    """
    is_leap_year = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    length = 29 if month == 2 and is_leap_year else _LENGTHS[month - 1]
    if 1 <= day <= length:
        return None
    return f"{year} has no {FULL_MONTHS[month - 1]} {day}"


def date_key(value: str) -> str | None:
    """Return the first day of a date as ``YYYYMMDD``, to be compared as text.

    Reads what `calendar_date` reads, ISO dates, and the publication dates of DP and SO. A part
    that is not given is ``00``; a season or a quarter counts as not given. Returns None where
    *value* is no date or an impossible one.

    >>> date_key("2022/08/02 06:00"), date_key("2022 Aug 2"), date_key("2022 Jul-Aug")
    ('20220802', '20220802', '20220700')
    >>> date_key("1979-1980 Fall-Winter"), date_key("2019-03-05"), date_key("-0001/11/30")
    ('19790000', '20190305', None)
    """
    if re.match(_ISO_DATE, value):
        value = value[:10].replace("-", "/")
    match = re.fullmatch(_CALENDAR_DATE, value)
    if match is not None:
        if calendar_date(value) is not None:
            return None
        return match["year"] + (match["month"] or "00") + (match["day"] or "00")
    match = re.match(_NAMED_DATE, value)
    if match is None:
        return None
    year, name, day = match.groups()
    month = MONTHS.index(name) + 1 if name else 0
    if year == "0000" or (day and impossible_day(int(year), month, int(day))):
        return None
    return f"{year}{month:02}{int(day or 0):02}"
