"""Which days do words of one kind mean? The bounds of "March 3", "last Friday", "two weeks ago", "the next day" and others alike.

Each function reads the groups of one alternative of the pattern in `moments.py`. It raises ValueError or OverflowError where there is
no such day. Bounds are None where the words need a publication date and there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.reading.calendar import (
    DAY,
    SEASONS,
    Bounds,
    hours_of,
    midnight,
    month_of,
    months_of,
    one_day,
    part_of,
    season_of,
    shifted,
    unit_around,
    weekend_around,
    year_of,
)
from onrecord.records import Granularity

MONTHS = {
    m: n for n, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
DAYS = {d: n for n, d in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])}
SMALL = {w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "a": 1, "an": 1, "couple": 2, "few": 3, "several": 3, "half a": 1, "past": 1,
}  # fmt: skip
ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3}
FEASTS = {"christmas eve": (12, 24), "christmas day": (12, 25), "new year's eve": (12, 31), "new year's day": (1, 1)}
_AHEAD = re.compile(
    r"\b(?:will|must|should|'ll|’ll|would|shall|to\sbe|due|plans?|planned|scheduled|expected|expects?|next|upcoming|set\s(?:to|for)|ready)\b",
    re.IGNORECASE,
)
# A verb of the past or of speech between a word that looks ahead and a time: the time belongs to it.
_BACK = re.compile(r"\b(?:said|says|told|wrote|was|were|(?<!\bbe\s)\w+ed)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"(?<!\bp\.m)(?<!\ba\.m)[.;]\s")
_NO_VERB = re.compile(r"\b(?:in|of|since|last|next|early|mid|late|by|until|to|and|this|from|between|end|through)[\s-]$")


@dataclass(frozen=True, slots=True)
class Now:
    """What relative words go from: the day of publication, and the last day that the text named."""

    day: datetime | None
    told: datetime | None


def bounds_of(kind: str, match: re.Match[str], now: Now) -> Bounds | None:
    """The bounds of words of one kind; None for what is no time, as the verb "may"."""
    return _BY_KIND[kind](match, now)


def _looks_ahead(match: re.Match[str]) -> bool:
    """Whether the clause so far says that the time is still to come: "will meet on", not "will meet, he said on"."""
    clause = _CLAUSE_END.split(match.string[max(0, match.start() - 90) : match.start()])[-1]
    ahead = list(_AHEAD.finditer(clause))
    if not ahead:
        return bool(
            re.search(r"\bfrom\s$", clause, re.IGNORECASE)
            and re.match(r"\son\b.{0,60}\b(?:will|may|must|shall)\b", match.string[match.end() : match.end() + 80])
        )
    return not _BACK.search(clause, ahead[-1].end())


# ---------------------------------------------------------------- dates


def _month(words: str) -> int:
    return MONTHS[words[:3].lower()]


def _iso(match: re.Match[str], now: Now) -> Bounds:
    return one_day(datetime.fromisoformat(match["iso"]))


def _nearest_year(month: int, on: int, day: datetime | None, written: str | None) -> int | None:
    if written:
        return int(written)
    if day is None:
        return None
    return min((day.year - 1, day.year, day.year + 1), key=lambda y: abs((datetime(y, month, min(on, 28)) - day).days))


def _days(month: int, first: int, last: int | None, year: int | None) -> Bounds:
    """A day of a month, or several up to the last."""
    if year is None:
        datetime(2000, month, first)  # raises where there is no such day
        return None, None, Granularity.DAY
    start, end, granularity = one_day(datetime(year, month, first))
    return start, end if last is None else datetime(year, month, last) + DAY, granularity


def _month_day(match: re.Match[str], now: Now) -> Bounds:
    month, on = _month(match["mdm"]), int(match["mdd"])
    last = int(match["mde"]) if match["mde"] else None
    return _days(month, on, last, _nearest_year(month, on, now.day, match["mdy"]))


def _day_month(match: re.Match[str], now: Now) -> Bounds:
    month, on = _month(match["dmm"]), int(match["dmd"])
    last = int(match["dme"]) if match["dme"] else None
    return _days(month, on, last, _nearest_year(month, on, now.day, match["dmy"]))


def _between_days(match: re.Match[str], now: Now) -> Bounds:
    month, first = _month(match["sm"]), int(match["sa"])
    return _days(month, first, int(match["sb"]), _nearest_year(month, first, now.day, match["sy"]))


def _month_year(match: re.Match[str], now: Now) -> Bounds | None:
    words = match["mym"]
    before = match.string[max(0, match.start() - 10) : match.start()]
    if words in ("May", "March") and not match["myy"] and not _NO_VERB.search(before):
        return None  # the verbs
    month = _month(words)
    if match["myy"]:
        return month_of(int(match["myy"]), month)
    if now.day is None:
        return None, None, Granularity.MONTH
    which = re.search(r"\b(last|next|this)\s$", before)
    ahead = (
        (which and which[1] == "next")
        or _looks_ahead(match)
        or re.search(r"\b(?:by|until|till|for)\s(?:early\s|mid-|late\s)?$", before)
    )
    later = month < now.day.month if ahead else month > now.day.month
    year = now.day.year + (1 if ahead else -1) * later
    if which and which[1] != "this" and month == now.day.month:
        year += 1 if which[1] == "next" else -1
    return month_of(year, month)


def _weekday(match: re.Match[str], now: Now) -> Bounds:
    part = match["wdp"]
    if now.day is None:
        return None, None, Granularity.HOUR if part else Granularity.DAY
    which = (match["wdwhich"] or "").lower()
    on = DAYS[match["wdd"].lower()]
    back = (now.day.weekday() - on) % 7
    if match["wdw"]:
        monday = now.day - now.day.weekday() * DAY
        day = monday + (on + 7 * {"last": -1, "this": 0, "next": 1}[match["wdw"]]) * DAY
    elif which in ("next", "the following") or (which in ("", "this") and back and _looks_ahead(match)):
        day = now.day + (7 - back) * DAY
    else:
        day = now.day - (7 if back == 0 and which in ("last", "past") else back) * DAY
    return hours_of(day, part) if part else one_day(day)


# ---------------------------------------------------------------- relative to publication


def _relative(match: re.Match[str], now: Now) -> Bounds:
    words = re.sub(r"\s+", " ", match["rel"].lower())
    days = {"the day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "the day after tomorrow": 2}
    granularity = Granularity.DAY if words in days else Granularity.HOUR
    if now.day is None:
        return None, None, granularity
    if words in days:
        return one_day(now.day + days[words] * DAY)
    if match["relp"]:
        return hours_of(now.day + days[words.split()[0]] * DAY, match["relp"])
    hours = {
        "tonight": (18, 30), "last night": (-6, 6), "this morning": (5, 12), "this afternoon": (12, 18), "this evening": (17, 24),
    }[words]  # fmt: skip
    return now.day + timedelta(hours=hours[0]), now.day + timedelta(hours=hours[1]), granularity


def _overnight(match: re.Match[str], now: Now) -> Bounds:
    return (None, None, Granularity.HOUR) if now.day is None else hours_of(now.day - DAY, "overnight")


def _count(words: str) -> int:
    words = re.sub(r"^(?:a\s)(?=couple|few)|\sof$", "", re.sub(r"\s+", " ", words.lower()))
    return int(words) if words.isdigit() else SMALL[words.replace("half an", "half a")]


def _ago(match: re.Match[str], now: Now) -> Bounds:
    unit, word = match["agou"].lower(), re.sub(r"\s+", " ", match["agow"].lower())
    from_told = word in ("earlier", "later", "before", "after", "previously")
    day = (now.told or now.day) if from_told else now.day
    if day is None:
        return None, None, Granularity(unit)
    sign = 1 if word in ("later", "after", "from now") else -1
    return unit_around(shifted(day, unit, sign * _count(match["agon"])), unit)


def _window(match: re.Match[str], now: Now) -> Bounds:
    """ "In the past week", "in the next 48 hours": up to the end of the last day. Hours go by whole days, rounded up."""
    unit = match["wu"].lower()
    if now.day is None:
        return None, None, Granularity(unit)
    several = unit != "minute" and match.string[match.end("wu") : match.end()] == "s"
    count = _count(match["wn"]) if match["wn"] else 3 if several else 1
    step, by = ("day", (count + 23) // 24) if unit == "hour" else (unit, count)
    if match["wwhich"].lower() in ("past", "last"):
        return shifted(now.day, step, -by), now.day + DAY, Granularity(unit)
    return now.day, shifted(now.day, step, by) + DAY, Granularity(unit)


def _calendar_unit(match: re.Match[str], now: Now) -> Bounds:
    unit, which = match["uu"].lower(), re.sub(r"\s+", " ", match["uwhich"].lower())
    if now.day is None:
        return None, None, Granularity.SEASON if unit in SEASONS else Granularity("week" if unit == "weekend" else unit)
    step = {"last": -1, "past": -1, "next": 1, "the coming": 1}.get(which, 0)
    if unit in SEASONS:
        started = datetime(now.day.year, SEASONS[unit], 1) <= now.day
        return season_of(now.day.year - (not started and step < 0) + (started and step > 0), unit)
    if unit == "weekend":
        return weekend_around(now.day, step)
    return unit_around(shifted(now.day, unit, step), unit)


def _weekend(match: re.Match[str], now: Now) -> Bounds:
    if now.day is None:
        return None, None, Granularity.WEEK
    return weekend_around(now.day, 0 if now.day.weekday() >= DAYS["saturday"] or _looks_ahead(match) else -1)


# ---------------------------------------------------------------- relative to the story


def _told(match: re.Match[str], now: Now) -> Bounds:
    """ "The next day", "that night", "the week before": from the last date that was named, else from publication."""
    unit = match["tu"] or match["thu"] or match["tbu"]
    part = unit if unit in ("morning", "afternoon", "evening", "night") else None
    day = now.told or now.day
    if day is None:
        return None, None, Granularity.HOUR if part else Granularity(unit)
    which = (match["tw"] or match["tb"] or "same").lower()
    step = {"next": 1, "following": 1, "after": 1, "later": 1, "previous": -1, "before": -1, "earlier": -1}.get(
        which, 0
    )
    if part:
        return hours_of(midnight(day) + step * DAY, part)
    return unit_around(shifted(day, unit, step), unit)


# ---------------------------------------------------------------- parts of years


def _end_of(match: re.Match[str], now: Now) -> Bounds:
    unit = match["eou"].lower()
    if now.day is None:
        return None, None, Granularity(unit)
    return part_of(match["eop"].lower(), unit_around(now.day, unit))


def _share(match: re.Match[str], now: Now) -> Bounds | None:
    """A quarter or a half of a year."""
    unit, number = match["shu"].lower(), ORDINALS[match["shn"].lower()]
    granularity = Granularity.SEASON if unit == "quarter" else Granularity.YEAR
    number = min(number, 1) if unit == "half" and match["shn"].lower() == "last" else number
    if unit == "half" and number > 1:
        return None
    if match["shy"]:
        year = int(match["shy"])
    elif now.day is None:
        return None, None, granularity
    else:
        year = now.day.year + {"last": -1, "next": 1}.get(match["shrel"].lower(), 0)
    length = 3 if unit == "quarter" else 6
    return months_of(year, 1 + length * number, length, granularity)


def _season_year(match: re.Match[str], now: Now) -> Bounds:
    return season_of(int(match["seasony"]), match["seasonn"].lower())


def _feast(match: re.Match[str], now: Now) -> Bounds:
    month, on = FEASTS[re.sub(r"\s+", " ", match["feast"].lower().replace("’", "'"))]
    return _days(month, on, None, _nearest_year(month, on, now.day, None))


def _decade(match: re.Match[str], now: Now) -> Bounds:
    return unit_around(datetime(int(match["decaden"]), 1, 1), "decade")


def _year(match: re.Match[str], now: Now) -> Bounds:
    return year_of(int(match["year"]))


_BY_KIND: dict[str, Callable[[re.Match[str], Now], Bounds | None]] = {
    "iso": _iso, "span": _between_days, "md": _month_day, "dm": _day_month, "my": _month_year, "wd": _weekday, "rel": _relative,
    "overnight": _overnight,
    "ago": _ago, "window": _window, "told": _told, "endof": _end_of, "share": _share, "unit": _calendar_unit, "weekend": _weekend,
    "season": _season_year, "feast": _feast, "decade": _decade, "year": _year,
}  # fmt: skip
