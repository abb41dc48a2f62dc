"""What a date string states, and nothing more."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

import pandas as pd

from corpus_tools.schema import require_choice

# A default that a spreadsheet, a database or a Unix clock writes where it knows no date.
DEFAULT_DATES = ("0001-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01", "9999-12-31")
LAST_PLAUSIBLE_YEAR = 2030

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = (
    r"(?:(?:,|T|\s|\s+at|,\s+at|\s+[-–|])\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap]\.?m\.?)(?!\w))?"
    r"(?:\s*\(?(?:UTC|GMT)?\s*(?P<offset>[+-]\d{1,2}(?::?\d{2})?|Z)\b\)?|\s*\(?(?P<utc>UTC|GMT)\b\)?"
    r"|\s+\w+/\w+|\s+[A-Z]{2,5}\b)?"
    r"|,?(?:\s+at)?\s+(?P<bare_hour>\d{1,2})\s*(?P<bare_half>[ap]\.?m\.?)(?!\w))?"
)
_LEAD_IN = r"(?:(?:date|dated|published|posted|updated|first published)(?:\s+on)?\s*:?\s*)?"
_FORMS = tuple(
    re.compile(_LEAD_IN + _WEEKDAY + form + _CLOCK, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
        rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}(?!\d)",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\d)",
        rf"{_YEAR}[\s,]+{_MONTH}\s+{_DAY}(?!\d)",
    )
)
_CLOCK_BEFORE_YEAR = re.compile(
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}}):(?P<second>\d{{2}})"
    rf"\s+(?:(?P<utc>UTC|GMT)\s+|[A-Z]{{3,4}}\s+)?{_YEAR}",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    _LEAD_IN + _WEEKDAY + r"(?P<first>\d{1,2})[/.-](?P<second_number>\d{1,2})[/.-](?P<year>\d{4})(?!\d)" + _CLOCK,
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"\s*(?:[,;|–-]\s*)?(?:last\s+)?(?:updated|modified|edited)\b.*", re.IGNORECASE | re.DOTALL)
_RELATIVE = re.compile(r"\b(?:ago|yesterday|today|tomorrow|now|last|this|next)\b", re.IGNORECASE)


class ReadDate(NamedTuple):
    """A date with the reason why it is missing or suspicious (`rule` and `hint` empty when it is neither)."""

    date: pd.Timestamp
    rule: str
    hint: str


def parse_date(text: str, *, order: str | None = None) -> pd.Timestamp:
    """Which day, and time if any, does this string state?

    Parameters
    ----------
    text : str
        A date as printed: ISO, RFC 2822, ``19 September 2023``, ``Sept. 19, 2023``, ``19/09/2023``,
        with or without a clock time.
    order : {"day", "month"}, optional
        How to read numbers such as ``09/10/2023``. Without it they are ambiguous, hence missing.

    Returns
    -------
    pandas.Timestamp
        With a time zone where the string states an offset (never shifted to another zone), without one
        otherwise; ``NaT`` for relative, ambiguous, incomplete or impossible dates. The clock of the
        machine is never looked at. A second date after "updated" is ignored: the first one is the date of publication.

    Raises
    ------
    CorpusError
        When ``order`` is neither "day" nor "month".

    Examples
    --------
    >>> from corpus_tools import parse_date
    >>> parse_date("Sept. 19, 2023")
    Timestamp('2023-09-19 00:00:00')
    >>> parse_date("09/10/2023"), parse_date("09/10/2023", order="day")
    (NaT, Timestamp('2023-10-09 00:00:00'))
    """
    return read_date(text, order=order).date


def read_date(text: str, *, order: str | None = None) -> ReadDate:
    """`parse_date` with its reasons."""
    if order is not None:
        require_choice("order", order, ("day", "month"))
    stated = " ".join(str(text).split())
    if not stated:
        return ReadDate(pd.NaT, "date missing", "no date is stated")
    for form in (*_FORMS, _CLOCK_BEFORE_YEAR):
        match = form.match(stated)
        if match and _ends(stated, match):
            found = match.groupdict()
            return _assemble(found, int(found["year"]), _month(found["month"]), int(found["day"]))
    match = _NUMERIC.match(stated)
    if match and _ends(stated, match):
        return _numeric(match.groupdict(), order)
    if _RELATIVE.search(stated):
        return ReadDate(pd.NaT, "date relative", "it depends on a day that the text does not state")
    return ReadDate(pd.NaT, "date not understood", "write it as YYYY-MM-DD")


def _ends(stated: str, match: re.Match[str]) -> bool:
    rest = stated[match.end() :]
    return not rest.strip(" .,;") or bool(_AFTERWARDS.fullmatch(rest))


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1


def _numeric(found: dict[str, str | None], order: str | None) -> ReadDate:
    first, second, year = int(found["first"] or 0), int(found["second_number"] or 0), int(found["year"] or 0)
    if order == "month" or (order is None and second > 12 >= first):
        return _assemble(found, year, first, second)
    if order == "day" or first > 12 or first == second:
        return _assemble(found, year, second, first)
    return ReadDate(
        pd.NaT,
        "date ambiguous",
        f"day {first} of month {second} or day {second} of month {first}? set date_order to 'day' or 'month'",
    )


def _assemble(found: dict[str, str | None], year: int, month: int, day: int) -> ReadDate:
    hour, minute, second = (int(found.get(part) or 0) for part in ("hour", "minute", "second"))
    hour = hour or int(found.get("bare_hour") or 0)
    half = (found.get("half") or found.get("bare_half") or "").replace(".", "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        date = datetime(year, month, day, hour, minute, second, tzinfo=_zone(found))
    except ValueError:
        return ReadDate(pd.NaT, "date impossible", "there is no such day, hour or time zone")
    stamp = pd.Timestamp(date)
    if f"{year:04}-{month:02}-{day:02}" in DEFAULT_DATES:
        return ReadDate(stamp, "date suspicious", "software writes this day where it knows none")
    if year > LAST_PLAUSIBLE_YEAR:
        return ReadDate(stamp, "date suspicious", f"the year is later than {LAST_PLAUSIBLE_YEAR}")
    return ReadDate(stamp, "", "")


def _zone(found: dict[str, str | None]) -> timezone | None:
    offset = (found.get("offset") or "").replace(":", "")
    if found.get("utc") or offset.upper() == "Z":
        return UTC
    if not offset:
        return None
    sign = -1 if offset[0] == "-" else 1
    digits = offset[1:].rjust(2, "0").ljust(4, "0")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
