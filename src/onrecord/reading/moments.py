"""When? The times of a text as intervals with their granularity, resolved against the publication date and the story so far.

Patterns are linear in the text. A weekday is the last one up to publication unless the words look ahead ("will meet on Friday"); a
month without a year is the nearest one that fits. "Two days earlier" and "that night" go from the last date that the text named.
Durations ("for three days"), what recurs ("every Tuesday") and names ("the May 9 Brigade") are no times. A date that cannot be
("February 31") is left out; without a publication date a relative time keeps its words and has no bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
from onrecord.records import Granularity, Moment, Span

MONTHS = {
    m: n for n, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
DAYS = {d: n for n, d in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])}
SMALL = {w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "a": 1, "an": 1, "couple": 2, "few": 3, "several": 3, "half a": 1, "past": 1,
}  # fmt: skip
ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3}
FEASTS = {"christmas eve": (12, 24), "christmas day": (12, 25), "new year's eve": (12, 31), "new year's day": (1, 1)}
_THIRDS = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_COUNT = r"(?P<{0}>\d+|(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a\s)?couple(?:\sof)?|(?:a\s)?few|several|half\san?))"
_UNIT = r"(?P<{0}>minute|hour|day|week|month|year|decade)s?"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_PART = r"(?P<{0}>morning|afternoon|evening|night)"
_ZONE = r"(?:\s(?:GMT|UTC|EST|EDT|CET|CEST|EET|EEST|MSK|local\stime|[A-Z][a-z]+\stime)\b)"
_PATTERN = re.compile(
    "|".join(
        (
            r"(?P<iso>\b\d{4}-\d\d-\d\d\b)",
            rf"(?P<clock>\b(?:(?P<ch>[01]?\d|2[0-3])(?::(?P<cm>[0-5]\d)(?:\s?(?P<chalf>[ap])\.?m\b\.?)?|\.(?P<cmd>[0-5]\d)(?:\s?(?P<chalfd>[ap])\.?m\b\.?|(?={_ZONE}))|\s?(?P<chalfh>[ap])\.?m\b\.?)"
            rf"|(?P<chm>[0-2]\d[0-5]\d)(?=\shours\b|{_ZONE}|(?<=\bat\s\d{{4}})\son\s)(?:\shours)?|(?P<cword>noon|midnight)){_ZONE}?)",
            rf"(?P<span>\bbetween\s(?P<sm>{_MONTH})\s{_DAY.format('sa')}\sand\s{_DAY.format('sb')}(?:,?\s(?P<sy>\d{{4}}))?\b(?!\s{_MONTH}))",
            rf"(?P<md>\b(?P<mdm>{_MONTH})\s{_DAY.format('mdd')}(?:(?:\s?[-–]\s?|\sto\s){_DAY.format('mde')})?\b(?:,?\s(?P<mdy>\d{{4}})\b)?)",
            rf"(?P<dm>\b{_DAY.format('dmd')}(?:(?:\s?[-–]\s?|\sto\s|\sand\s){_DAY.format('dme')})?\s(?:of\s)?(?P<dmm>{_MONTH})(?:,?\s(?P<dmy>\d{{4}})\b)?)",
            rf"(?P<my>\b(?P<mym>{_MONTH})(?:,?\s(?:of\s)?(?P<myy>\d{{4}}))?(?!\w))",
            rf"(?P<wd>\b(?:(?P<wdwhich>(?i:last|next|this|past|the\sfollowing))\s)?(?P<wdd>{_WEEKDAY})\b(?:\s{_PART.format('wdp')}\b)?(?:\s(?:of\s)?(?P<wdw>last|this|next)\sweek\b)?)",
            rf"(?P<rel>\b(?i:the\sday\sbefore\syesterday|the\sday\safter\stomorrow|(?:yesterday|tomorrow)(?:\s{_PART.format('relp')})?|today|tonight|overnight|this\s(?:morning|afternoon|evening)|last\snight)\b)",
            rf"(?P<ago>\b{_COUNT.format('agon')}\s(?:and\sa\shalf\s)?{_UNIT.format('agou')}\s(?P<agow>ago|earlier|before|later|after|from\snow|previously)\b)",
            rf"(?P<window>\b(?i:in|over|for|during|within)\sthe\s(?P<wwhich>past|last|next|coming)\s(?:(?P<wn>\d+|two|three|four|five|six|seven|eight|nine|ten|couple\sof|few|several)\s)?{_UNIT.format('wu')}\b)",
            r"(?P<told>\b(?i:(?:the\s(?=\w+\s)|(?=next\s(?:day|morning)\b))(?P<tw>next|following|previous|same)\s(?P<tu>day|morning|afternoon|evening|night|week|month|year)"
            r"|(?:(?P<tlater>later|earlier)\s)?that\s(?:same\s)?(?P<thu>day|morning|afternoon|evening|night|week|month|year)"
            r"|the\s(?P<tbu>day|week|month|year)\s(?P<tb>before|after|earlier|later))\b)",
            r"(?P<endof>\b(?i:the\s)?(?P<eop>beginning|start|middle|end)\sof\sthe\s(?P<eou>week|month|year|decade)\b)",
            r"(?P<share>\b(?i:the\s)?(?P<shn>(?i:first|second|third|fourth|last))\s(?P<shu>quarter|half)\sof\s(?:(?P<shy>\d{4})|(?:(?P<shrel>this|last|next|the)\s)year)\b)",
            r"(?P<unit>\b(?P<uwhich>(?i:last|next|this|past|earlier\sthis|later\sthis|the\scoming))\s(?P<uu>week|weekend|month|year|decade|spring|summer|autumn|winter)\b)",
            r"(?P<weekend>\b(?i:at|over|on)\sthe\sweekend\b)",
            r"(?P<season>\b(?P<seasonn>(?i:spring|summer|autumn|fall|winter))\s(?:of\s)?(?P<seasony>\d{4})\b)",
            r"(?P<feast>\b(?:Christmas\s(?:Eve|Day)|New\sYear['’]s\s(?:Eve|Day))\b)",
            r"(?P<decade>\b(?:the\s)?(?P<decaden>(?:1[5-9]|20)\d0)s\b)",
            r"(?P<year>(?<![\w$€£#,.])(?:1[5-9]|20)\d\d\b(?![.,]\d|%|['’]s\s))",
        )
    )
)
_KINDS = ("iso", "clock", "span", "md", "dm", "my", "wd", "rel", "ago", "window", "told", "endof", "share", "unit", "weekend",
          "season", "feast", "decade", "year")  # fmt: skip
_AHEAD = re.compile(
    r"\b(?:will|must|should|'ll|’ll|would|shall|to\sbe|due|plans?|planned|scheduled|expected|expects?|next|upcoming|set\s(?:to|for)|ready)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(since|from|after|by|until|till|before)\s(?:the\s|early\s|late\s|mid-)?$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\s")
# What makes the date before it a name.
_NAMED = re.compile(
    r"(?:\s[A-Z]\w+){0,2}\s(?:Brigade|Battalion|Regiment|Division|Movement|Street|Avenue|Square|Bridge|Stadium|Party|Forces?|Army|Museum|"
    r"Hospital|University|Airport|Martyrs|Front|Alliance|Coalition|Camp)\b"
)
# A verb of the past or of speech between a word that looks ahead and a time: the time belongs to it.
_BACK = re.compile(r"\b(?:said|says|told|wrote|was|were|(?<!\bbe\s)\w+ed)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"(?<!\bp\.m)(?<!\ba\.m)[.;]\s")
_NOBODY = re.compile(
    r"\b(?:In|By|Since|Until|Last|Next|This|Early|Mid|Late|From|Between|And|During|Before|After|Of|To|Through|Every)[\s-]$"
)
_FIRST_NAMES = frozenset({"April", "May", "June", "August"})
_DAYPART_BEFORE = re.compile(r"\b(?:the\s|late\s|early\s)?(morning|afternoon|evening|night)\sof\s$", re.IGNORECASE)
_RECURS = re.compile(r"\b(?:every|each)\s$", re.IGNORECASE)
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|by|until|till|of|between|from|after|before|during|early|mid|late|year|for|through)[\s-](?:early\s|mid-|late\s)?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s(?!(?:was|has|is|his|its|as|this|us|unless|across|always)\b)[a-z]+s\b")
_PART_BEFORE = re.compile(
    r"\b(?:(early|mid|late)(?:\s(?:in|on)\s|[\s-])|(?:the\s)?(beginning|start|middle|end)\sof\s)$", re.IGNORECASE
)
_TO = re.compile(r"\s(?:to|until|till|through)\s(?:the\s)?(?:end\sof\s)?|\s?[-–—]\s?")
_TO_CLOCK = re.compile(r",?\s(?:at\s|around\s|about\s|just\s(?:after|before)\s|shortly\s(?:after|before)\s){0,2}")
_TO_DAY = re.compile(r",?\s(?:on\s)?(?:early\s|late\s)?")


@dataclass(frozen=True, slots=True)
class _Found:
    """Words that name a time: their offsets and its bounds. `clock` is the time of day, None for anything else."""

    first: int
    last: int
    bounds: Bounds
    kind: str
    clock: tuple[int, int | None] | None = None


@dataclass(frozen=True, slots=True)
class _Now:
    """What relative words go from: the day of publication, and the last day that the text named."""

    day: datetime | None
    told: datetime | None


def moments_in(text: str, published: datetime | None) -> Iterator[Moment]:
    """Yield the times that a text names, in order, resolved against its publication date and the dates named before.

    >>> published = datetime(2021, 3, 10)  # a Wednesday
    >>> [m.start.date().isoformat() for m in moments_in("on Monday, two days ago, on March 3rd", published)]
    ['2021-03-08', '2021-03-08', '2021-03-03']
    >>> [m.start.day for m in moments_in("On March 3 it rained. Two days earlier it had snowed.", published)]
    [3, 1]
    >>> next(moments_in("in February", published)).end
    datetime.datetime(2021, 3, 1, 0, 0)
    >>> next(moments_in("since 2014", None)).end is None
    True
    """
    day = None if published is None else midnight(published)
    for found in _joined(text, _found(text, day), day):
        start, end, granularity = found.bounds
        opening = _OPEN.search(text, max(0, found.first - 14), found.first)
        if opening and found.kind != "range" and not _POSSESSIVE.match(text, found.last):
            start, end = (start, None) if opening[1].lower() in ("since", "from", "after") else (None, end)
        span = Span(found.first, found.last)
        yield Moment(start=start, end=end, granularity=granularity, as_written=span.of(text), span=span)


def _found(text: str, day: datetime | None) -> list[_Found]:
    """Each time by itself, in order."""
    found: list[_Found] = []
    told: datetime | None = None
    for match in _PATTERN.finditer(text):
        kind = next(name for name in _KINDS if match[name] is not None)
        if _is_no_time(match, kind, found):
            continue
        if kind == "clock":
            clock = _clock(match)
            if clock is not None:
                found.append(_Found(match.start(), match.end(), (None, None, Granularity.HOUR), kind, clock))
            continue
        try:
            bounds = _BY_KIND[kind](match, _Now(day, told))
        except (ValueError, OverflowError):  # no such day: "February 31", year 9999 + 1
            continue
        if bounds is None:
            continue
        first = match.start()
        if kind in ("my", "unit", "year") and (part := _PART_BEFORE.search(text, max(0, first - 20), first)):
            bounds = part_of((part[1] or _THIRDS[part[2].lower()]).lower(), bounds)
            first = part.start()
        if kind in ("md", "dm", "wd") and (part := _DAYPART_BEFORE.search(text, max(0, first - 24), first)):
            bounds = hours_of(bounds[0], part[1].lower()) if bounds[0] is not None else bounds
            first = part.start()
        found.append(_Found(first, match.end(), bounds, kind))
        told = bounds[0] or told
    return found


def _is_no_time(match: re.Match[str], kind: str, before: list[_Found]) -> bool:
    """Whether the words recur, count or are part of a name."""
    text, first, last = match.string, match.start(), match.end()
    if kind in ("wd", "told", "md", "dm", "my") and _RECURS.search(text, max(0, first - 8), first):
        return True
    if kind in ("md", "dm", "my", "year") and _NAMED.match(text, last):
        return True
    if kind == "my" and not match["myy"]:
        ahead_of = text[max(0, first - 20) : first]
        named_after = match["mym"] in _FIRST_NAMES and re.match(r"\s[A-Z][a-z]", text[last : last + 3])
        return bool(
            named_after or (re.search(r"(?<!^)(?<![.!?]\s)\b[A-Z]\w+\s$", ahead_of) and not _NOBODY.search(ahead_of))
        )
    if kind == "year":
        joins = (
            bool(before)
            and before[-1].kind in ("year", "my", "md", "dm")
            and bool(_TO.fullmatch(text, before[-1].last, first) or text[before[-1].last : first] == " and ")
        )
        named_so = joins or _BEFORE_YEAR.search(text, max(0, first - 20), first)
        return not named_so or bool(_COUNTED.match(text, last))
    if kind == "ago" and match["agow"].lower() in ("before", "after"):
        return bool(re.match(r"\s(?:the\b|an?\b|his\b|her\b|its\b|their\b|[A-Z])", text[last : last + 8]))
    if kind == "told" and match["tb"]:
        return bool(
            re.match(r"\s(?:the\b|an?\b|his\b|her\b|its\b|their\b|[A-Z]|he\b|she\b|it\b|they\b)", text[last : last + 7])
        )
    return False


def _joined(text: str, found: list[_Found], day: datetime | None) -> Iterator[_Found]:
    """The times with ranges made one, and with clocks put to their days."""
    at = 0
    told: datetime | None = None
    while at < len(found):
        one = found[at]
        after = found[at + 1] if at + 1 < len(found) else None
        at += 1
        if after is not None and (both := _pair(text, one, after)) is not None:
            one, at = both, at + 1
        elif one.clock is not None:
            if text[one.first - 1 : one.first] == "(" and at > 1 and found[at - 2].clock is not None:
                continue  # "(1115 GMT)" says the time before it again
            one = replace(one, bounds=_at_clock(told or day, one.clock))
        start = one.bounds[0]
        told = midnight(start) if start is not None else told
        yield one


def _pair(text: str, one: _Found, after: _Found) -> _Found | None:
    """Two neighbours that are one time: a day and a clock, or the two ends of a range."""
    if one.clock is not None and after.clock is None and _TO_DAY.fullmatch(text, one.last, after.first):
        return _day_at(one, after, one.clock) if after.bounds[2] is Granularity.DAY else None
    if one.clock is None and after.clock is not None and _TO_CLOCK.fullmatch(text, one.last, after.first):
        return (
            _day_at(one, after, after.clock, of=one) if one.bounds[2] in (Granularity.DAY, Granularity.HOUR) else None
        )
    if one.clock is not None or after.clock is not None:
        return None
    if one.kind == "wd" and after.kind in ("md", "dm", "iso") and text[one.last : after.first] in (", ", " "):
        return replace(after, first=one.first)
    before = text[max(0, one.first - 20) : one.first]
    between = re.search(r"\bbetween\s(?:the\s)?(?:early\s|mid-|late\s)?$", before, re.IGNORECASE)
    joined = text[one.last : after.first]
    is_range = (between and re.fullmatch(r"\sand\s(?:the\s)?", joined)) or (
        _TO.fullmatch(joined)
        and (
            joined.strip() in "-–—"
            or re.search(r"\bfrom\s(?:the\s)?$", before, re.IGNORECASE)
            or one.kind == after.kind
        )
    )
    if not is_range:
        return None
    start, end = one.bounds[0], after.bounds[1]
    if start is None or end is None:
        return _Found(one.first, after.last, (start, end, after.bounds[2]), "range")
    while start >= end and one.kind == "wd":
        start -= 7 * DAY
    if start >= end and one.kind in ("md", "dm", "my"):
        start = shifted(start, "year", -1)
    return _Found(one.first, after.last, (start, end, one.bounds[2]), "range") if start < end else None


def _day_at(one: _Found, after: _Found, clock: tuple[int, int | None], of: _Found | None = None) -> _Found:
    start = (of or after).bounds[0]
    return _Found(one.first, after.last, _at_clock(midnight(start) if start else None, clock), "clock")


def _at_clock(day: datetime | None, clock: tuple[int, int | None]) -> Bounds:
    """The minute, or the hour where no minutes are given, of a day."""
    hour, minute = clock
    granularity = Granularity.HOUR if minute is None else Granularity.MINUTE
    if day is None:
        return None, None, granularity
    start = day + timedelta(hours=hour, minutes=minute or 0)
    return start, start + (timedelta(hours=1) if minute is None else timedelta(minutes=1)), granularity


def _clock(match: re.Match[str]) -> tuple[int, int | None] | None:
    """Hour and minute of a time of day; None for what is none, as "13 p.m."."""
    if match["cword"]:
        return (12 if match["cword"] == "noon" else 0), None
    if match["chm"]:
        return (int(match["chm"][:2]), int(match["chm"][2:])) if int(match["chm"][:2]) < 24 else None
    hour = int(match["ch"])
    minute = match["cm"] or match["cmd"]
    half = match["chalf"] or match["chalfd"] or match["chalfh"]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(minute) if minute else None


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


def _iso(match: re.Match[str], now: _Now) -> Bounds:
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


def _month_day(match: re.Match[str], now: _Now) -> Bounds:
    month, on = _month(match["mdm"]), int(match["mdd"])
    last = int(match["mde"]) if match["mde"] else None
    return _days(month, on, last, _nearest_year(month, on, now.day, match["mdy"]))


def _day_month(match: re.Match[str], now: _Now) -> Bounds:
    month, on = _month(match["dmm"]), int(match["dmd"])
    last = int(match["dme"]) if match["dme"] else None
    return _days(month, on, last, _nearest_year(month, on, now.day, match["dmy"]))


def _between_days(match: re.Match[str], now: _Now) -> Bounds:
    month, first = _month(match["sm"]), int(match["sa"])
    return _days(month, first, int(match["sb"]), _nearest_year(month, first, now.day, match["sy"]))


_NO_VERB = re.compile(r"\b(?:in|of|since|last|next|early|mid|late|by|until|to|and|this|from|between|end|through)[\s-]$")


def _month_year(match: re.Match[str], now: _Now) -> Bounds | None:
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


def _weekday(match: re.Match[str], now: _Now) -> Bounds:
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


def _relative(match: re.Match[str], now: _Now) -> Bounds:
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
        "tonight": (18, 30), "overnight": (-6, 9), "last night": (-6, 6),
        "this morning": (5, 12), "this afternoon": (12, 18), "this evening": (17, 24),
    }[words]  # fmt: skip
    return now.day + timedelta(hours=hours[0]), now.day + timedelta(hours=hours[1]), granularity


def _count(words: str) -> int:
    words = re.sub(r"^(?:a\s)(?=couple|few)|\sof$", "", re.sub(r"\s+", " ", words.lower()))
    return int(words) if words.isdigit() else SMALL[words.replace("half an", "half a")]


def _ago(match: re.Match[str], now: _Now) -> Bounds:
    unit, word = match["agou"].lower(), re.sub(r"\s+", " ", match["agow"].lower())
    from_told = word in ("earlier", "later", "before", "after", "previously")
    day = (now.told or now.day) if from_told else now.day
    if day is None:
        return None, None, Granularity(unit)
    sign = 1 if word in ("later", "after", "from now") else -1
    return unit_around(shifted(day, unit, sign * _count(match["agon"])), unit)


def _window(match: re.Match[str], now: _Now) -> Bounds:
    unit = match["wu"].lower()
    if now.day is None:
        return None, None, Granularity(unit)
    several = unit != "minute" and match.string[match.end("wu") : match.end()] == "s"
    count = _count(match["wn"]) if match["wn"] else 3 if several else 1
    if match["wwhich"].lower() in ("past", "last"):
        return shifted(now.day, unit, -count), now.day + DAY, Granularity(unit)
    return now.day, shifted(now.day, unit, count) + DAY, Granularity(unit)


def _calendar_unit(match: re.Match[str], now: _Now) -> Bounds:
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


def _weekend(match: re.Match[str], now: _Now) -> Bounds:
    if now.day is None:
        return None, None, Granularity.WEEK
    return weekend_around(now.day, 0 if now.day.weekday() >= DAYS["saturday"] or _looks_ahead(match) else -1)


# ---------------------------------------------------------------- relative to the story


def _told(match: re.Match[str], now: _Now) -> Bounds:
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


def _end_of(match: re.Match[str], now: _Now) -> Bounds:
    unit = match["eou"].lower()
    if now.day is None:
        return None, None, Granularity(unit)
    return part_of(_THIRDS[match["eop"].lower()], unit_around(now.day, unit))


def _share(match: re.Match[str], now: _Now) -> Bounds | None:
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


def _season_year(match: re.Match[str], now: _Now) -> Bounds:
    return season_of(int(match["seasony"]), match["seasonn"].lower())


def _feast(match: re.Match[str], now: _Now) -> Bounds:
    month, on = FEASTS[re.sub(r"\s+", " ", match["feast"].lower().replace("’", "'"))]
    return _days(month, on, None, _nearest_year(month, on, now.day, None))


def _decade(match: re.Match[str], now: _Now) -> Bounds:
    return unit_around(datetime(int(match["decaden"]), 1, 1), "decade")


def _year(match: re.Match[str], now: _Now) -> Bounds:
    return year_of(int(match["year"]))


_BY_KIND: dict[str, Callable[[re.Match[str], _Now], Bounds | None]] = {
    "iso": _iso, "span": _between_days, "md": _month_day, "dm": _day_month, "my": _month_year, "wd": _weekday, "rel": _relative,
    "ago": _ago, "window": _window, "told": _told, "endof": _end_of, "share": _share, "unit": _calendar_unit, "weekend": _weekend,
    "season": _season_year, "feast": _feast, "decade": _decade, "year": _year,
}  # fmt: skip
