"""Dates: only what the string states. What it leaves open is missing, with the reason."""

from __future__ import annotations

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.read.dates import read_date


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-07",
        "2024-3-7",
        "2024/03/07",
        "2024.03.07",
        "20240307",
        "7 March 2024",
        "7 March, 2024",
        "7th of March 2024",
        "07 MAR 2024",
        "7-Mar-2024",
        "March 7, 2024",
        "March 7th 2024",
        "Mar. 7, 2024",
        "Thursday, March 7, 2024",
        "Thurs 7 March 2024",
        "2024 March 7",
        "Published: 7 March 2024",
        "Published on March 7, 2024",
        "  7 \u00a0March\n2024 ",
        "7 March 2024.",
        "7 March 2024, updated 9 March 2024",
        "March 7, 2024 | Last updated: March 9, 2024",
    ],
)
def test_the_seventh_of_march_in_many_spellings(written: str) -> None:
    assert ct.parse_date(written) == pd.Timestamp(2024, 3, 7)


@pytest.mark.parametrize(
    ("written", "day", "month"),
    [("09/10/2023", (10, 9), (9, 10)), ("9-10-2023", (10, 9), (9, 10)), ("09.10.2023", (10, 9), (9, 10))],
)
def test_numbers_need_an_order(written: str, day: tuple[int, int], month: tuple[int, int]) -> None:
    assert read_date(written).rule == "date ambiguous"
    assert pd.isna(ct.parse_date(written))
    assert ct.parse_date(written, order="day") == pd.Timestamp(2023, *day)
    assert ct.parse_date(written, order="month") == pd.Timestamp(2023, *month)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("14/3/2024", (3, 14)), ("3/14/2024", (3, 14)), ("05.05.2024", (5, 5)), ("31-12-2024", (12, 31))],
)
def test_numbers_that_can_be_read_one_way_only_need_none(written: str, expected: tuple[int, int]) -> None:
    assert ct.parse_date(written) == pd.Timestamp(2024, *expected)


def test_an_order_is_not_bent_to_make_a_date() -> None:
    assert read_date("14/03/2024", order="month").rule == "date impossible"
    assert read_date("03/14/2024", order="day").rule == "date impossible"


@pytest.mark.parametrize(
    ("written", "clock", "offset"),
    [
        ("2024-03-07T09:05", (9, 5, 0), None),
        ("2024-03-07 09:05:59", (9, 5, 59), None),
        ("7 March 2024, 9:05 p.m.", (21, 5, 0), None),
        ("March 7, 2024 at 12:30 am", (0, 30, 0), None),
        ("March 7, 2024 12:30 PM", (12, 30, 0), None),
        ("Thursday, March 7, 2024 - 10:15", (10, 15, 0), None),
        ("2024-03-07T23:30:00-08:00", (23, 30, 0), -8),
        ("Thu, 07 Mar 2024 10:00:00 +0400", (10, 0, 0), 4),
        ("Thu, 07 Mar 2024 10:00:00 GMT", (10, 0, 0), 0),
        ("2024-03-07T10:00:00Z", (10, 0, 0), 0),
        ("2024-03-07T10:00:00.123Z", (10, 0, 0), 0),
        # A zone by its letters is not an offset ("IST" is three); the clock stays as printed.
        ("March 7, 2024 5:45 pm EST", (17, 45, 0), None),
        ("Thu 7 March 2024 17.45 BST", (17, 45, 0), None),
        ("2024-03-07 17:45 EST", (17, 45, 0), None),
        ("2024-03-07 17:45 Asia/Baku", (17, 45, 0), None),
    ],
)
def test_clock_and_offset_stay_as_printed(written: str, clock: tuple[int, int, int], offset: int | None) -> None:
    read = ct.parse_date(written)
    assert (read.year, read.month, read.day) == (2024, 3, 7)
    assert (read.hour, read.minute, read.second) == clock
    assert (read.utcoffset() is None) if offset is None else (read.utcoffset() == pd.Timedelta(hours=offset))


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("", "date missing"),
        ("   ", "date missing"),
        ("4 days ago", "date relative"),
        ("Yesterday, 10:15", "date relative"),
        ("last Monday", "date relative"),
        ("31 February 2024", "date impossible"),
        ("29 February 2023", "date impossible"),
        ("2024-13-01", "date impossible"),
        ("2024-00-10", "date impossible"),
        ("00/00/0000", "date impossible"),
        ("2024-03-07T25:00", "date impossible"),
        ("March 2024", "date not understood"),
        ("2024", "date not understood"),
        ("May 5", "date not understood"),
        ("Monday", "date not understood"),
        ("7/3/24", "date not understood"),
        ("8-9 March 2024", "date not understood"),
        ("2024-03-07 to 2024-03-09", "date not understood"),
        ("N/A", "date not understood"),
        ("nan", "date not understood"),
        ("1709769600", "date not understood"),
        ("2024-03-071", "date not understood"),
        ("version 2024-03-07", "date not understood"),
    ],
)
def test_nothing_is_guessed(written: str, rule: str) -> None:
    read = read_date(written)
    assert pd.isna(read.date)
    assert read.rule == rule
    assert read.hint


@pytest.mark.parametrize("written", ["1970-01-01", "1 January 1970", "1899-12-30", "9999-12-31", "2031-01-01"])
def test_what_looks_wrong_is_kept_and_called_suspicious(written: str) -> None:
    read = read_date(written)
    assert read.rule == "date suspicious"
    assert pd.notna(read.date)


@pytest.mark.parametrize("written", ["1970-01-02", "2030-12-31", "1923-07-24"])
def test_a_rare_day_is_not_suspicious(written: str) -> None:
    assert read_date(written).rule == ""
    assert str(ct.parse_date(written).date()) == written


def test_a_wrong_order_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(ct.CorpusError, match=r"'order'.*'day'"):
        ct.parse_date("09/10/2023", order="dayfirst")
