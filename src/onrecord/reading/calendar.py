"""Intervals of the calendar: the day, week, month, season, year or decade around a date, their parts, and dates shifted by so many."""

from __future__ import annotations

from datetime import datetime, timedelta

from onrecord.records import Granularity

DAY = timedelta(days=1)
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
THIRDS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
# Hours of a part of the day, counted from its midnight.
HOURS = {"morning": (5, 12), "afternoon": (12, 18), "evening": (17, 24), "night": (18, 30), "overnight": (18, 33)}
Bounds = tuple[datetime | None, datetime | None, Granularity]


def midnight(moment: datetime) -> datetime:
    """The beginning of the day of a moment."""
    return datetime(moment.year, moment.month, moment.day)


def one_day(start: datetime) -> Bounds:
    """A whole day from its midnight on."""
    return start, start + DAY, Granularity.DAY


def month_of(year: int, month: int) -> Bounds:
    """A whole month."""
    return datetime(year, month, 1), _first_of(year, month + 1), Granularity.MONTH


def months_of(year: int, month: int, count: int, granularity: Granularity) -> Bounds:
    """So many whole months from one on.

    >>> months_of(2023, 11, 3, Granularity.SEASON)[1]
    datetime.datetime(2024, 2, 1, 0, 0)
    """
    return datetime(year, month, 1), _first_of(year, month + count), granularity


def season_of(year: int, name: str) -> Bounds:
    """A season of three months; winter begins in December of the year given."""
    return months_of(year, SEASONS[name], 3, Granularity.SEASON)


def year_of(year: int) -> Bounds:
    """A whole year."""
    return datetime(year, 1, 1), datetime(year + 1, 1, 1), Granularity.YEAR


def _first_of(year: int, month: int) -> datetime:
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def unit_around(day: datetime, unit: str) -> Bounds:
    """The unit that holds a day: the day itself, its week from Monday, its month, year or decade."""
    if unit in ("minute", "hour"):
        return day, day + timedelta(hours=1), Granularity.HOUR
    if unit == "day":
        return one_day(midnight(day))
    if unit == "week":
        monday = midnight(day) - day.weekday() * DAY
        return monday, monday + 7 * DAY, Granularity.WEEK
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "year":
        return year_of(day.year)
    first = day.year // 10 * 10
    return datetime(first, 1, 1), datetime(first + 10, 1, 1), Granularity.DECADE


def weekend_around(day: datetime, by: int = 0) -> Bounds:
    """The Saturday and Sunday of a day's week, or of one so many weeks later."""
    saturday = midnight(day) + (5 - day.weekday() + 7 * by) * DAY
    return saturday, saturday + 2 * DAY, Granularity.WEEK


def shifted(day: datetime, unit: str, by: int) -> datetime:
    """A day so many units later; months and years keep the day up to the 28th."""
    if unit in ("month", "year", "decade"):
        months = day.year * 12 + day.month - 1 + by * {"month": 1, "year": 12, "decade": 120}[unit]
        return day.replace(year=months // 12, month=months % 12 + 1, day=min(day.day, 28))
    return day + by * timedelta(**{f"{unit}s": 1})


def part_of(which: str, bounds: Bounds) -> Bounds:
    """The early, middle or late third of a unit: ten days of a month, four months of a year. Its granularity stays.

    `which` is "early", "beginning", "start", "mid", "middle", "late" or "end".

    >>> part_of("mid", month_of(2021, 2))[:2]
    (datetime.datetime(2021, 2, 11, 0, 0), datetime.datetime(2021, 2, 21, 0, 0))
    """
    start, end, granularity = bounds
    if start is None or end is None:
        return bounds
    third = THIRDS[which]
    if granularity is Granularity.YEAR:
        cuts = [_first_of(start.year, 1 + 4 * n) for n in range(4)]
    elif granularity is Granularity.DECADE:
        cuts = [start, *(datetime(start.year + n, 1, 1) for n in (3, 7)), end]
    elif granularity is Granularity.WEEK:
        cuts = [start, start + 2 * DAY, start + 4 * DAY, end]
    elif granularity in (Granularity.MONTH, Granularity.SEASON):
        step = 10 if granularity is Granularity.MONTH else 30
        cuts = [start, start + step * DAY, start + 2 * step * DAY, end]
    else:
        return bounds
    return cuts[third], cuts[third + 1], granularity


def hours_of(day: datetime, part: str) -> Bounds:
    """The morning, afternoon, evening or night of a day; "overnight" is the night that begins on it, up to the morning."""
    first, last = HOURS[part]
    return midnight(day) + timedelta(hours=first), midnight(day) + timedelta(hours=last), Granularity.HOUR
