"""How many? A grammar of number phrases: digits and words, ranges, bounds, vague numbers, units that a symbol gives.

Bounds follow the words: "at least 12" gives low alone, "up to 12" high alone, "about 12" best alone, "10 to 12" low
and high. Vague words have a convention: "dozens" is 12 to 120, "hundreds" 100 to 1,000 (low is what ACLED codes for
the word, high the next order of magnitude, as in CQE), "several" and "a few" at least 3 (ACLED).
Dates, times of day, ordinals and model names ("T-72") are not quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.records import Approximator, Span

UNITS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES: dict[str, float] = {
    "dozen": 12, "hundred": 100, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
FRACTIONS = {
    "half": 0.5,
    "a third": 1 / 3,
    "one third": 1 / 3,
    "two thirds": 2 / 3,
    "a quarter": 0.25,
    "three quarters": 0.75,
}

# "1 200": a plain space may stand between any two numbers ("flight 370 239 dead"), so it groups round ones alone, before what they count.
_SPACED = (
    r"(?<!\d\x20)(?<![\d+])[1-9]\d{0,2}(?:\x20\d{3}){0,2}\x20\d00"
    r"(?=\x20(?!(?:and|or|of|to|were|was|had|have)\b)[A-Za-z]|\x20to\x20[1-9]\d{0,2}\x20\d00\x20[A-Za-z])"
)
# "1,200", also with a space that does not break, and "12,00,000" as it is written in South Asia.
_DIGITS = (
    r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|(?<![\d,])\d{1,2}(?:,\d{2}){1,4},\d{3}(?!\d|,\d)"
    rf"|{_SPACED}|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
)
# Units that are written onto the digits; "m" and "k" are scales.
_ATTACHED = r"(?:bhp|hp|kph|kmh|mph|km|kg|mm|cm|kW|MW|GW|GB|TB|MB|lb|ft|ha|p)\b"
_SCALE = r"(?:[\s-]*(?:lakh\scrore|hundred|thousand|lakh|million|crore|billion|trillion|dozen)s?\b|\s?(?:k|m|mn|mln|bn|tn)\b)"
_WORD = "(?:" + "|".join([*TENS, *sorted(UNITS, key=len, reverse=True)]) + ")"
_TENS = "(?:" + "|".join(TENS) + ")"
_WORDS = rf"(?:\b{_TENS}[\s-]{_WORD}\b|\b{_WORD}\b)"
_VAGUE = (
    r"\b(?:(?:tens|hundreds|dozens|scores)\sof\s(?:thousands|millions)|dozens|scores(?=\sof\b)|hundreds|thousands|lakhs|millions|crores|billions"
    r"|(?:several|a\sfew|many)(?:\s(?:dozen|hundred|thousand|lakh|million|crore|billion))?"
    r"|a\scouple(?:\sof)?(?:\s(?:dozen|hundred|thousand|million|billion))?"
    r"|(?:half\s)?a\s(?:dozen|hundred|thousand|lakh|million|crore|billion)"
    r"|half\sa\s(?:dozen|million|crore|billion)|two[\s-]thirds|a\sthird|one[\s-]third|a\squarter|three[\s-]quarters|half)\b"
)
_CURRENCY = r"(?:US\$|C\$|A\$|HK\$|[$€£¥₽₴₹₦₩₺₪])"
_NUMBER = (
    rf"(?:{_CURRENCY}\s?(?:{_DIGITS}){_SCALE}?|(?:{_DIGITS}){_SCALE}?|"
    rf"{_WORDS}{_SCALE}+(?:\s(?:and\s)?{_WORDS}{_SCALE}?)*|{_WORDS})"
)
_ABOUT = (
    r"about|around|some|roughly|approximately|approx\.?|nearly|almost|close\sto|an?\sestimated|estimated|circa|"
    r"more\sor\sless|in\sthe\sregion\sof|nearing|approaching|~"
)
_LEAST = (
    r"just\s(?:over|above)|at\sleast|no\s(?:fewer|less)\sthan|not\s(?:fewer|less)\sthan|more\sthan|over|upwards?\sof|a\sminimum\sof|"
    r"in\sexcess\sof|exceeding|above|greater\sthan|well\sover|>"
)
_MOST = (
    r"just\s(?:under|below)|up\sto|as\s(?:many|much|high)\sas|at\smost|(?:no|not)\smore\sthan|fewer\sthan|less\sthan|under|below|"
    r"a\smaximum\sof|at\sthe\smost|<"
)
# Every repetition is bounded by a literal that cannot start another, so the pattern is linear in the text.
_PHRASE = re.compile(
    rf"(?:\b(?P<between>between|from|anywhere\sbetween)\s)?"
    rf"(?:(?P<least>{_LEAST})\s|(?P<most>{_MOST})\s|(?P<about>{_ABOUT})\s?){{0,2}}"
    rf"(?:(?P<vague>{_VAGUE})|(?P<first>{_NUMBER})"
    rf"(?:\s?(?P<join>to|and|or|-|–|—)\s?(?P<second>{_NUMBER}))?)"
    rf"(?P<attached>(?<=\d){_ATTACHED})?"
    rf"(?P<percent>\s?%|[\s-]per\s?cent(?:age\spoints?)?\b|\spercentage\spoints?)?"
    rf"(?P<plus>\+|-plus\b|\sor\s(?:more|so|fewer|less)\b)?",
    re.IGNORECASE,
)
_BEFORE_A_SPACE = re.compile(r"\d+(?=\x20)")
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DATES = re.compile(
    rf"{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and)\s?(?:[0-2]?\d|3[01])\b(?!\s[a-z]))?(?:,?\s\d{{4}})?\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|–)\s?\d{{1,2}})?\s{_MONTH}(?:,?\s\d{{4}})?\b"
    rf"|\b{_MONTH}\s\d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}:\d\d\b|\b\d{{1,2}}\.\d\d\s?(?:[ap]\.?m|GMT|UTC)\b|\b\d{{1,2}}\s?[ap]\.?m\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b"
    rf"|\b(?:1[7-9]|20)\d\ds?\b(?!\s?(?:%|[a-z]+s\b)|,\d)|\b\d+(?:st|nd|rd|th)\b|'\d\d\b|https?://\S+"
)


# Telephone numbers, and rows of a table that was pasted as text: three numbers or more with nothing between them.
_NO_QUANTITIES = re.compile(
    r"(?<![\w.,])(?:\+\d{1,3}[ .-]?)?\(?\d{2,4}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)"
    rf"|(?<!\S)(?!{_SPACED})\d[\d.,]{{0,15}}(?:[ \t]+\d[\d.,]{{0,15}}){{2,}}(?!\S)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number phrase: its bounds, how the words stand to it, its unit if a symbol gives one, and where it is."""

    low: float | None
    best: float | None
    high: float | None
    approximator: Approximator
    unit: str | None
    span: Span
    core: Span

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers that the words name."""
        return tuple(v for v in (self.low, self.best, self.high) if v is not None)


def numbers_in(text: str) -> Iterator[Number]:
    """Yield the number phrases of a text, in order; dates, times, ordinals, model names and telephone numbers are left out.

    >>> [(n.low, n.best, n.high) for n in numbers_in("at least 12 of some 300, up to 40, between 2 and 5 thousand")]
    [(12.0, None, None), (None, 300.0, None), (None, None, 40.0), (2000.0, None, 5000.0)]
    >>> [(n.low, n.high) for n in numbers_in("dozens of T-72 tanks, two hundred and fifty men")]
    [(12.0, 120.0), (250.0, 250.0)]
    >>> [n.best for n in numbers_in("1,200 men, 1 200 men, 12,00,000 people, 12 lakh people")]
    [1200.0, 1200.0, 1200000.0, 1200000.0]
    """
    barred = [m.span() for pattern in (_DATES, _NO_QUANTITIES) for m in pattern.finditer(text)]
    at = 0
    while match := _PHRASE.search(text, at):
        at = max(match.end(), at + 1)
        start = match.start("vague") if match["vague"] else match.start("first")
        if _is_part_of_a_name(text, start) or any(a < match.end() and start < b for a, b in barred):
            first = _BEFORE_A_SPACE.match(text, start) or match  # of "Article 5 300 men" the 300 stays
            at = max(start + 1, min((b for a, b in barred if a <= start < b), default=first.end()))
            continue
        number = _number(match)
        if number is not None:
            at = max(number.span.end, start + 1)
            yield number


def _is_part_of_a_name(text: str, start: int) -> bool:
    """Whether the digits at `start` go on a word or name, as in "T-72", "M142", "Article 5"."""
    before = text[max(0, start - 12) : start]
    return bool(
        re.search(
            r"(?:[A-Za-z]-?|\d[.,:/-]|\b(?:No\.|Article|Section|Row|Chapter|Resolution|Unit|Route|Highway|Flight) )$",
            before,
        )
    ) and not (text[start] == "$" and re.search(r"(?:^|\s)(?:US|C|A|HK)$", before))


def _number(match: re.Match[str]) -> Number | None:
    span, unit = Span(match.start(), match.end()), None
    if match["percent"]:
        unit = "percent"
    elif match["attached"]:
        unit = match["attached"]
    if match["vague"]:
        return _vague(match, span, unit)
    first = _value(match["first"])
    if first is None:
        return None
    core = Span(match.start("first"), match.end())
    if symbol := re.match(_CURRENCY, match["first"], re.IGNORECASE):
        unit = symbol[0]
    second = _value(match["second"]) if match["second"] else None
    lead = match.string[: match.start()][-4:].lower()
    apart = match["join"] and (
        (match["join"].lower() == "and" and not match["between"])
        or (lead.endswith("by ") and not _is_narrow(first, second))
        or _is_new_number(match)
    )
    if second is not None and apart:
        second, span = None, Span(span.start, match.end("first"))
        core = Span(core.start, span.end)
    if second is not None:
        first = _with_scale_of(match["second"], first, second, match["join"])
        low, high = min(first, second), max(first, second)
        return Number(low=low, best=None, high=high, approximator=Approximator.BETWEEN, unit=unit, span=span, core=core)
    if match["between"]:
        span = Span(
            min(
                g
                for g in (match.start("least"), match.start("most"), match.start("about"), match.start("first"))
                if g >= 0
            ),
            span.end,
        )
    return _bounded(match, first, unit=unit, span=span, core=core)


def _is_new_number(match: re.Match[str]) -> bool:
    """Whether the words after "to" or "or" are no second bound: "1,500 or two" is one number and then another."""
    second, first = _value(match["second"]), _value(match["first"])
    return (
        second is None
        or first is None
        or (match["join"].lower() == "to" and second <= first and not match["between"] and second > 100)
    )


def _is_narrow(first: float, second: float | None) -> bool:
    """Whether two numbers are near enough to be a range behind "by": "fell by 1 to 1.5 degrees", not "rose by 200 to 1,200"."""
    return second is not None and first < second <= 2 * first


def _bounded(match: re.Match[str], value: float, *, unit: str | None, span: Span, core: Span) -> Number:
    plus = (match["plus"] or "").strip().lower()
    low: float | None = None
    best: float | None = None
    high: float | None = None
    if (near := match["least"] or match["most"]) and near.lower().startswith("just"):
        best = value
    if match["least"] or plus in ("+", "-plus", "or more"):
        low, approximator = value, Approximator.AT_LEAST
    elif match["most"] or plus in ("or fewer", "or less"):
        high, approximator = value, Approximator.AT_MOST
    elif match["about"] or plus == "or so":
        best, approximator = value, Approximator.ABOUT
    else:
        low = best = high = value
        approximator = Approximator.EXACT
    return Number(low=low, best=best, high=high, approximator=approximator, unit=unit, span=span, core=core)


def _vague(match: re.Match[str], span: Span, unit: str | None) -> Number | None:
    words = re.sub(r"[\s-]+", " ", match["vague"].lower())
    core = Span(match.start("vague"), match.end("vague"))
    if words in FRACTIONS or words.replace(" ", "-") in FRACTIONS:
        if not match["percent"] and not re.match(r"\sof\b", match.string[match.end() :]):
            return None
        share = FRACTIONS[words]
        return Number(
            low=share, best=share, high=share, approximator=Approximator.EXACT, unit="share", span=span, core=core
        )
    *rest, last = words.split()
    scale = SCALES.get(last)
    if scale is not None and words.startswith(("a couple",)):
        return Number(
            low=None, best=2 * scale, high=None, approximator=Approximator.VAGUE, unit=unit, span=span, core=core
        )
    if scale is not None and words.startswith(("a ", "half a")) and not words.startswith("a few"):
        value = scale / 2 if words.startswith("half") else scale
        return _bounded(match, value, unit=unit, span=span, core=core)
    if words in ("a couple", "a couple of"):
        return Number(low=None, best=2.0, high=None, approximator=Approximator.VAGUE, unit=unit, span=span, core=core)
    low, high = _vague_bounds(rest, last)
    return Number(low=low, best=None, high=high, approximator=Approximator.VAGUE, unit=unit, span=span, core=core)


def _vague_bounds(rest: list[str], last: str) -> tuple[float, float | None]:
    """Low and high of "dozens", "tens of thousands", "several hundred".

    >>> _vague_bounds([], "dozens"), _vague_bounds(["tens", "of"], "thousands"), _vague_bounds(["several"], "hundred")
    ((12.0, 120.0), (10000.0, 100000.0), (300.0, None))
    """
    if last == "scores":
        return 40.0, None
    plural = SCALES.get(last.removesuffix("s"))
    if last.endswith("s") and plural is not None:
        first = {"tens": 10.0, "dozens": 12.0, "scores": 40.0, "hundreds": 100.0}.get(rest[0] if rest else "", 1.0)
        return first * plural, 10 * first * plural
    return 3.0 * SCALES.get(last, 1.0), None


def _with_scale_of(words: str, first: float, second: float, join: str) -> float:
    """The first number of "2 to 5 thousand" and of "10-12,000", which takes the scale of the second."""
    scale = re.search(_SCALE, words, re.IGNORECASE)
    factor = (_value(f"1 {scale[0].strip(' -')}") or 1.0) if scale else 1.0
    if scale is None and join.strip() in ("-", "–") and words.strip().endswith(",000"):
        factor = 1000.0
    return first * factor if first * factor <= second and first < factor else first


def _value(words: str) -> float | None:
    """The value of a number in digits or words; None for words that are no number.

    >>> _value("1.2 bn"), _value("twenty-one"), _value("two hundred and fifty"), _value("3,500"), _value("two lakh crore")
    (1200000000.0, 21.0, 250.0, 3500.0, 2000000000000.0)
    """
    total = part = 0.0
    seen = was_scale = False
    ungrouped = re.sub(r"(?<=\d)[,\x20\u00a0\u202f](?=\d)", "", re.sub(_CURRENCY, "", words))
    for word in re.findall(rf"{_DIGITS}|[A-Za-z]+", ungrouped):
        word = word.lower()
        scale = SCALES.get(word, SCALES.get(word.removesuffix("s")))
        if word[0].isdigit() or word[0] == ".":
            part += float(word)
        elif word in UNITS or word in TENS:
            part += UNITS.get(word, TENS.get(word, 0))
        elif scale is not None and was_scale:
            total *= scale  # "two lakh crore"
        elif scale is not None:
            part = (part or 1.0) * scale
            if scale >= 1000:
                total, part = total + part, 0.0
        elif word != "and":
            return None
        seen, was_scale = True, scale is not None and scale >= 1000
    return total + part if seen else None
