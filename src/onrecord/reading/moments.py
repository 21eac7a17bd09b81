"""When? The times of a text as intervals with their granularity, resolved against the publication date.

Patterns are linear in the text. A weekday is the last one before publication unless the words look ahead
("will meet on Friday"); a month without a year is the nearest one that fits. A date that cannot be ("February 31")
is left out; without a publication date a relative time keeps its words and has no bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from onrecord.records import Granularity, Moment, Span

MONTHS = {
    m: n for n, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
DAYS = {d: n for n, d in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])}
SMALL = {w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "a": 1, "an": 1, "couple": 2, "few": 3, "several": 3, "half a": 1, "past": 1,
}  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
DAY = timedelta(days=1)

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_COUNT = r"(?P<{0}>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a\s)?couple(?:\sof)?|(?:a\s)?few|several|half\sa)"
_UNIT = r"(?P<{0}>minute|hour|day|week|month|year|decade)s?"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"

_PATTERN = re.compile(
    "|".join(
        (
            r"(?P<iso>\b\d{4}-\d\d-\d\d\b)",
            rf"(?P<span>\bbetween\s(?P<sm>{_MONTH})\s{_DAY.format('sa')}\sand\s(?:{_MONTH}\s)?{_DAY.format('sb')}(?:,?\s(?P<sy>\d{{4}}))?\b)",
            rf"(?P<md>\b(?P<mdm>{_MONTH})\s{_DAY.format('mdd')}(?:\s?[-–]\s?{_DAY.format('mde')})?\b(?:,?\s(?P<mdy>\d{{4}})\b)?)",
            rf"(?P<dm>\b{_DAY.format('dmd')}\s(?:of\s)?(?P<dmm>{_MONTH})(?:,?\s(?P<dmy>\d{{4}})\b)?)",
            rf"(?P<my>\b(?:(?P<part>early|mid|late)[\s-])?(?P<mym>{_MONTH})(?:\s(?P<myy>\d{{4}}))?\b)",
            rf"(?P<wd>\b(?:(?P<wdwhich>last|next|this|past|the\sfollowing)\s)?(?P<wdd>{_WEEKDAY})\b)",
            r"(?P<rel>\b(?:today|yesterday|tomorrow|tonight|overnight|this\s(?:morning|afternoon|evening)|last\snight|the\sday\sbefore\syesterday)\b)",
            rf"(?P<ago>\b{_COUNT.format('agon')}\s(?:and\sa\shalf\s)?{_UNIT.format('agou')}\s(?P<agow>ago|earlier|before|later|from\snow)\b)",
            rf"(?P<window>\b(?:in|over|for|during|within)\sthe\s(?P<wwhich>past|last|next|coming)\s(?:(?P<wn>\d+|two|three|four|five|six|seven|few|several)\s)?{_UNIT.format('wu')}\b)",
            r"(?P<unit>\b(?P<uwhich>last|next|this|past|earlier\sthis|later\sthis|the\sprevious|the\sfollowing)\s(?P<uu>week|weekend|month|year|decade|spring|summer|autumn|winter)\b)",
            r"(?P<season>\b(?P<seasonn>spring|summer|autumn|winter)\s(?:of\s)?(?P<seasony>\d{4})\b)",
            r"(?P<decade>\b(?:the\s)?(?P<decaden>(?:19|20)\d0)s\b)",
            r"(?P<year>(?<=in\s)(?:1[7-9]|20)\d\d\b|(?<=since\s)(?:1[7-9]|20)\d\d\b|(?<=by\s)(?:1[7-9]|20)\d\d\b|(?<=until\s)(?:1[7-9]|20)\d\d\b|(?<=of\s)20\d\d\b)",
        )
    )
)
_AHEAD = re.compile(
    r"\b(?:will|'ll|would|shall|to\sbe|due|plans?|planned|scheduled|expected|next|upcoming|set\sto|ready)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(since|from|after|by|until|till|before)\s(?:the\s|early\s|late\s|mid-)?$", re.IGNORECASE)


def moments_in(text: str, published: datetime | None) -> Iterator[Moment]:
    """Yield the times that a text names, in order, resolved against its publication date.

    >>> published = datetime(2021, 3, 10)  # a Wednesday
    >>> [m.start.date().isoformat() for m in moments_in("on Monday, two days ago, on March 3rd", published)]
    ['2021-03-08', '2021-03-08', '2021-03-03']
    >>> next(moments_in("in February", published)).end
    datetime.datetime(2021, 3, 1, 0, 0)
    >>> next(moments_in("since 2014", None)).end is None
    True
    """
    for match in _PATTERN.finditer(text):
        found = _resolved(match, _day_of(published))
        if found is None:
            continue
        start, end, granularity = found
        if opening := _OPEN.search(text, max(0, match.start() - 14), match.start()):
            word = opening[1].lower()
            start, end = (start, None) if word in ("since", "from", "after") else (None, end)
        span = Span(match.start(), match.end())
        yield Moment(start=start, end=end, granularity=granularity, as_written=span.of(text), span=span)


Bounds = tuple[datetime | None, datetime | None, Granularity]


def _day_of(published: datetime | None) -> datetime | None:
    return None if published is None else datetime(published.year, published.month, published.day)


def _resolved(match: re.Match[str], day: datetime | None) -> Bounds | None:
    """The bounds of one match; None where the words name no possible time."""
    kind = match.lastgroup or ""
    for name in ("iso", "span", "md", "dm", "my", "wd", "rel", "ago", "window", "unit", "season", "decade", "year"):
        if match[name] is not None:
            kind = name
            break
    try:
        return _BY_KIND[kind](match, day)
    except (ValueError, OverflowError):  # no such day: "February 31", year 9999 + 1
        return None


def _looks_ahead(match: re.Match[str]) -> bool:
    clause = re.split(r"[.;]\s", match.string[max(0, match.start() - 90) : match.start()])[-1]
    return bool(_AHEAD.search(clause))


def _month(words: str) -> int:
    return MONTHS[words[:3].lower()]


def _one_day(start: datetime) -> Bounds:
    return start, start + DAY, Granularity.DAY


def _month_bounds(year: int, month: int) -> Bounds:
    end = datetime(year + month // 12, month % 12 + 1, 1)
    return datetime(year, month, 1), end, Granularity.MONTH


def _iso(match: re.Match[str], day: datetime | None) -> Bounds:
    return _one_day(datetime.fromisoformat(match["iso"]))


def _nearest_year(month: int, on: int, day: datetime | None, written: str | None) -> int | None:
    if written:
        return int(written)
    if day is None:
        return None
    return min((day.year - 1, day.year, day.year + 1), key=lambda y: abs((datetime(y, month, min(on, 28)) - day).days))


def _date(month: int, on: int, year: int | None) -> Bounds:
    if year is None:
        datetime(2000, month, on)  # raises where there is no such day
        return None, None, Granularity.DAY
    return _one_day(datetime(year, month, on))


def _month_day(match: re.Match[str], day: datetime | None) -> Bounds:
    month, on = _month(match["mdm"]), int(match["mdd"])
    year = _nearest_year(month, on, day, match["mdy"])
    start, end, granularity = _date(month, on, year)
    if match["mde"] and year is not None:
        end = datetime(year, month, int(match["mde"])) + DAY
    return start, end, granularity


def _day_month(match: re.Match[str], day: datetime | None) -> Bounds:
    month, on = _month(match["dmm"]), int(match["dmd"])
    return _date(month, on, _nearest_year(month, on, day, match["dmy"]))


def _between_days(match: re.Match[str], day: datetime | None) -> Bounds:
    month = _month(match["sm"])
    year = _nearest_year(month, int(match["sa"]), day, match["sy"])
    if year is None:
        return None, None, Granularity.DAY
    return datetime(year, month, int(match["sa"])), datetime(year, month, int(match["sb"])) + DAY, Granularity.DAY


def _month_year(match: re.Match[str], day: datetime | None) -> Bounds | None:
    words = match["mym"]
    if (
        words == "May"
        and not match["myy"]
        and not re.search(
            r"\b(?:in|of|since|last|next|early|mid|late|by|until|to|and)[\s-]$", match.string[: match.start("mym")][-8:]
        )
    ):
        return None  # the verb "May"
    if (
        words == "March"
        and not match["myy"]
        and not re.search(r"\b\w+[\s-]$", match.string[: match.start("mym")][-10:])
    ):
        return None  # the verb "March"
    month = _month(words)
    if match["myy"]:
        start, end, granularity = _month_bounds(int(match["myy"]), month)
    elif day is None:
        return None, None, Granularity.MONTH
    else:
        ahead = _looks_ahead(match) or re.search(r"\b(?:by|until|till)\s$", match.string[: match.start()][-7:])
        later = month < day.month if ahead else month > day.month
        start, end, granularity = _month_bounds(day.year + (1 if ahead else -1) * later, month)
    return _part(match["part"], start, end, granularity)


def _part(part: str | None, start: datetime | None, end: datetime | None, granularity: Granularity) -> Bounds:
    """Early, mid or late: a third of the month, with the month still as its granularity."""
    if part is None or start is None or end is None:
        return start, end, granularity
    third = {"early": 0, "mid": 1, "late": 2}[part.lower()]
    first = start + third * 10 * DAY
    return first, end if third == 2 else first + 10 * DAY, granularity


def _weekday(match: re.Match[str], day: datetime | None) -> Bounds:
    if day is None:
        return None, None, Granularity.DAY
    which = (match["wdwhich"] or "").lower()
    back = (day.weekday() - DAYS[match["wdd"].lower()]) % 7
    if which in ("next", "the following") or (which in ("", "this") and _looks_ahead(match) and back):
        return _one_day(day + (7 - back) * DAY)
    if which in ("last", "past") and back == 0:
        back = 7
    return _one_day(day - back * DAY)


def _relative(match: re.Match[str], day: datetime | None) -> Bounds:
    words = re.sub(r"\s+", " ", match["rel"].lower())
    granularity = (
        Granularity.DAY if words in ("today", "yesterday", "tomorrow", "the day before yesterday") else Granularity.HOUR
    )
    if day is None:
        return None, None, granularity
    hours = {
        "today": (0, 24), "yesterday": (-24, 0), "tomorrow": (24, 48), "tonight": (18, 30), "overnight": (-6, 9), "last night": (-6, 6),
        "this morning": (5, 12), "this afternoon": (12, 18), "this evening": (17, 24), "the day before yesterday": (-48, -24),
    }[words]  # fmt: skip
    return day + timedelta(hours=hours[0]), day + timedelta(hours=hours[1]), granularity


def _count(words: str) -> int:
    words = re.sub(r"^(?:a\s)(?=couple|few)|\sof$", "", words.lower())
    return int(words) if words.isdigit() else SMALL[words]


def _ago(match: re.Match[str], day: datetime | None) -> Bounds:
    unit = match["agou"].lower()
    granularity = Granularity(unit) if unit != "minute" else Granularity.HOUR
    if day is None:
        return None, None, granularity
    sign = 1 if match["agow"].lower() in ("later", "from now") else -1
    return _unit_around(_shifted(day, unit, sign * _count(match["agon"])), unit)


def _shifted(day: datetime, unit: str, by: int) -> datetime:
    if unit in ("month", "year", "decade"):
        months = day.year * 12 + day.month - 1 + by * {"month": 1, "year": 12, "decade": 120}[unit]
        return datetime(months // 12, months % 12 + 1, min(day.day, 28))
    return day + by * timedelta(**{f"{unit}s": 1})


def _unit_around(day: datetime, unit: str) -> Bounds:
    """The unit that holds a day: the day itself, its week from Monday, its month, year or decade."""
    if unit in ("minute", "hour"):
        return day, day + timedelta(hours=1), Granularity.HOUR
    if unit == "day":
        return _one_day(datetime(day.year, day.month, day.day))
    if unit == "week":
        monday = datetime(day.year, day.month, day.day) - day.weekday() * DAY
        return monday, monday + 7 * DAY, Granularity.WEEK
    if unit == "month":
        return _month_bounds(day.year, day.month)
    if unit == "year":
        return datetime(day.year, 1, 1), datetime(day.year + 1, 1, 1), Granularity.YEAR
    first = day.year // 10 * 10
    return datetime(first, 1, 1), datetime(first + 10, 1, 1), Granularity.DECADE


def _window(match: re.Match[str], day: datetime | None) -> Bounds:
    unit = match["wu"].lower()
    granularity = Granularity(unit) if unit != "minute" else Granularity.HOUR
    if day is None:
        return None, None, granularity
    count = _count(match["wn"]) if match["wn"] else 1
    if match["wwhich"].lower() in ("past", "last"):
        return _shifted(day, unit, -count), day + DAY, granularity
    return day, _shifted(day, unit, count) + DAY, granularity


def _calendar_unit(match: re.Match[str], day: datetime | None) -> Bounds:
    unit, which = match["uu"].lower(), re.sub(r"\s+", " ", match["uwhich"].lower())
    granularity = (
        Granularity.SEASON if unit in SEASONS else Granularity.WEEK if unit == "weekend" else Granularity(unit)
    )
    if day is None:
        return None, None, granularity
    step = {"last": -1, "past": -1, "the previous": -1, "next": 1, "the following": 1}.get(which, 0)
    if unit in SEASONS:
        started = datetime(day.year, SEASONS[unit], 1) <= day
        return _season(day.year - (not started and step < 0) + (started and step > 0), unit)
    if unit == "weekend":
        monday = day - day.weekday() * DAY
        saturday = monday + (5 + 7 * step) * DAY
        return saturday, saturday + 2 * DAY, Granularity.WEEK
    return _unit_around(_shifted(day, unit, step), unit)


def _season(year: int, name: str) -> Bounds:
    month = SEASONS[name]
    after = month + 3
    return datetime(year, month, 1), datetime(year + (after > 12), (after - 1) % 12 + 1, 1), Granularity.SEASON


def _season_year(match: re.Match[str], day: datetime | None) -> Bounds:
    return _season(int(match["seasony"]), match["seasonn"].lower())


def _decade(match: re.Match[str], day: datetime | None) -> Bounds:
    return _unit_around(datetime(int(match["decaden"]), 1, 1), "decade")


def _year(match: re.Match[str], day: datetime | None) -> Bounds:
    return _unit_around(datetime(int(match["year"]), 1, 1), "year")


_BY_KIND = {
    "iso": _iso, "span": _between_days, "md": _month_day, "dm": _day_month, "my": _month_year, "wd": _weekday, "rel": _relative,
    "ago": _ago, "window": _window, "unit": _calendar_unit, "season": _season_year, "decade": _decade, "year": _year,
}  # fmt: skip
