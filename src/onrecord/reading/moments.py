"""When? The times of a text as intervals with their granularity, resolved against the publication date and the story so far.

Patterns are linear in the text. A weekday is the last one up to publication unless the words look ahead ("will meet on Friday"); a
month without a year is the nearest one that fits. "Two days earlier" and "that night" go from the last date that the text named.
Durations ("for three days"), what recurs ("every Tuesday") and names ("the May 9 Brigade") are no times. A date that cannot be
("February 31") is left out; without a publication date a relative time keeps its words and has no bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from onrecord.reading.calendar import DAY, Bounds, hours_of, midnight, part_of, shifted
from onrecord.reading.dates import Now, bounds_of
from onrecord.records import Assertion, Granularity, Moment, Span

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
            rf"(?P<rel>\b(?i:the\sday\sbefore\syesterday|the\sday\safter\stomorrow|(?:yesterday|tomorrow)(?:\s{_PART.format('relp')})?|today|tonight|this\s(?:morning|afternoon|evening)|last\snight)\b)",
            r"(?P<overnight>\b(?i:overnight)\b)",
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
_KINDS = ("iso", "clock", "span", "md", "dm", "my", "wd", "rel", "overnight", "ago", "window", "told", "endof", "share", "unit", "weekend",
          "season", "feast", "decade", "year")  # fmt: skip
_OPEN = re.compile(r"\b(since|from|after|by|until|till|before)\s(?:the\s|early\s|late\s|mid-)?$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\s")
# What makes the date before it a name.
_NAMED = re.compile(
    r"(?:\s[A-Z]\w+){0,2}\s(?:Brigade|Battalion|Regiment|Division|Movement|Street|Avenue|Square|Bridge|Stadium|Party|Forces?|Army|Museum|"
    r"Hospital|University|Airport|Martyrs|Front|Alliance|Coalition|Camp)\b"
)
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
_TO_YEAR = re.compile(rf"{_TO.pattern}|\sand\s")
_TO_CLOCK = re.compile(r",?\s(?:at\s|around\s|about\s|just\s(?:after|before)\s|shortly\s(?:after|before)\s){0,2}")
_TO_DAY = re.compile(r",?\s(?:on\s)?(?:early\s|late\s)?")
# Between "overnight" and its day; the group says that the night ends on it.
_TO_NIGHT = re.compile(r"\s(?:(?:on|from|(into|to))\s)?")


@dataclass(frozen=True, slots=True)
class _Found:
    """Words that name a time: their offsets and its bounds. `clock` is the time of day, None for anything else."""

    first: int
    last: int
    bounds: Bounds
    kind: str
    clock: tuple[int, int | None] | None = None


def moments_in(text: str, published: datetime | None) -> Iterator[Moment]:
    """Yield the times that a text names, in order, resolved against its publication date and the dates named before.

    Clock times stay as written: a zone belongs to the words ("0430 GMT", "10:30 a.m. EST", "local time") and converts
    nothing, even where its offset from UTC is known.

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


_WITH_A_DATE = re.compile(rf"{_MONTH}|\b(?:1[5-9]|20)\d\d\b(?!\s(?:hours|days)\b|{_ZONE})")


def of_no_day(assertions: Iterable[Assertion]) -> tuple[Assertion, ...]:
    """Assertions of a text of which only about the year is known: "March 3" keeps its bounds, "Monday", "1430 GMT" and "last week" may be any."""
    return tuple(replace(a, moments=tuple(map(_without_day, a.moments))) for a in assertions)


def _without_day(moment: Moment) -> Moment:
    return moment if _WITH_A_DATE.search(moment.as_written) else replace(moment, start=None, end=None)


def _found(text: str, day: datetime | None) -> list[_Found]:
    """Each time by itself, in order, "overnight" together with its day."""
    found: list[_Found] = []
    told: datetime | None = None
    for match in _PATTERN.finditer(text):
        kind = next(name for name in _KINDS if match[name] is not None)
        if _is_no_time(match, kind, found):
            continue
        try:
            one = _one(match, kind, Now(day, told))
            night = _night(text, found[-1], one) if one is not None and found else None
        except (ValueError, OverflowError):  # no such day: "February 31", year 9999 + 1
            continue
        if one is None:
            continue
        if night is None:
            found.append(one)
        else:
            found[-1] = night
        told = found[-1].bounds[0] or told
    return found


def _one(match: re.Match[str], kind: str, now: Now) -> _Found | None:
    """The time of one match, with the words before it that say which part of it is meant; None for what is no time."""
    text, first, last = match.string, match.start(), match.end()
    if kind == "clock":
        clock = _clock(match)
        return None if clock is None else _Found(first, last, (None, None, Granularity.HOUR), kind, clock)
    bounds = bounds_of(kind, match, now)
    if bounds is None:
        return None
    if kind in ("my", "unit", "year") and (part := _PART_BEFORE.search(text, max(0, first - 20), first)):
        bounds = part_of((part[1] or part[2]).lower(), bounds)
        first = part.start()
    if kind in ("md", "dm", "wd") and (part := _DAYPART_BEFORE.search(text, max(0, first - 24), first)):
        bounds = hours_of(bounds[0], part[1].lower()) if bounds[0] is not None else bounds
        first = part.start()
    return _Found(first, last, bounds, kind)


def _night(text: str, one: _Found, after: _Found) -> _Found | None:
    """Two neighbours that are one night: "overnight on Saturday", "Saturday overnight", "overnight into Sunday"."""
    joint = _TO_NIGHT.fullmatch(text, one.last, after.first)
    if joint is None:
        return None
    if one.kind == "overnight" and _is_one_day(after):
        return _Found(one.first, after.last, _night_of(after.bounds[0], ends=bool(joint[1])), "night")
    if _is_one_day(one) and after.kind == "overnight" and after.first == one.last + 1:
        return _Found(one.first, after.last, _night_of(one.bounds[0], ends=False), "night")
    morning = one.bounds[1]
    if (
        one.kind == "night"
        and joint[1]
        and _is_one_day(after)
        and (not morning or midnight(morning) == after.bounds[0])
    ):
        return replace(one, last=after.last)  # "overnight Saturday into Sunday"
    return None


def _is_one_day(one: _Found) -> bool:
    """Whether the words name a single day by its weekday or its date."""
    start, end, granularity = one.bounds
    single = start is None or end is None or end - start == DAY
    return one.kind in ("wd", "md", "dm", "iso") and granularity is Granularity.DAY and single


def _night_of(day: datetime | None, *, ends: bool) -> Bounds:
    """The night that begins on a day, or that ends on it."""
    if day is None:
        return None, None, Granularity.HOUR
    return hours_of(day - DAY if ends else day, "overnight")


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
            and bool(_TO_YEAR.fullmatch(text, before[-1].last, first))
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
    start = _put_before(start, end, one.kind)
    return _Found(one.first, after.last, (start, end, one.bounds[2]), "range") if start < end else None


def _put_before(start: datetime, end: datetime, kind: str) -> datetime:
    """The start of a range, before its end: a weekday some weeks earlier, a date or a month a year earlier."""
    if start < end:
        return start
    try:
        if kind == "wd":
            return start - ((start - end) // (7 * DAY) + 1) * 7 * DAY
        return shifted(start, "year", -1) if kind in ("md", "dm", "my") else start
    except (ValueError, OverflowError):  # before the year 1
        return start


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
