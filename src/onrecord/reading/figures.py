"""How many? The quantities of a text: a grammar of number phrases, and over the parse what is counted.

Bounds follow the words: "at least 12" gives low alone, "up to 12" high alone, "about 12" best alone, "10 to 12" low
and high. Vague words have a convention: "dozens" is 12 to 120, "hundreds" 100 to 1,000 (low is what ACLED codes for the word,
high the next order of magnitude, as in CQE), "several" and "a few" at least 3 (ACLED).
Dates, times of day, ordinals and model names ("T-72") are not quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.reading.countries import CountryMention
from onrecord.records import Approximator, Figure, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES: dict[str, float] = {
    "dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
FRACTIONS = {"half": 0.5, "a third": 1 / 3, "one third": 1 / 3, "two thirds": 2 / 3, "a quarter": 0.25, "three quarters": 0.75}

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:[\s-]*(?:hundred|thousand|million|billion|trillion|dozen)\b|\s?(?:k|m|mn|mln|bn|tn)\b)"
_WORD = "(?:" + "|".join([*TENS, *sorted(UNITS, key=len, reverse=True)]) + ")"
_WORDS = rf"(?:\b{_WORD}(?:[\s-](?:and\s)?{_WORD})*\b)"
_VAGUE = (
    r"\b(?:(?:tens|hundreds|dozens|scores)\sof\s(?:thousands|millions)|dozens|scores|hundreds|thousands|millions|billions"
    r"|(?:several|a\sfew|many)(?:\s(?:dozen|hundred|thousand|million|billion))?"
    r"|a\scouple(?:\sof)?(?:\s(?:dozen|hundred|thousand|million|billion))?"
    r"|(?:half\s)?a\s(?:dozen|hundred|thousand|million|billion)"
    r"|half\sa\s(?:dozen|million|billion)|two[\s-]thirds|a\sthird|one[\s-]third|a\squarter|three[\s-]quarters|half)\b"
)
_CURRENCY = r"(?:US\$|C\$|A\$|HK\$|[$€£¥₽₴])"
_NUMBER = rf"(?:{_CURRENCY}\s?(?:{_DIGITS}){_SCALE}?|(?:{_DIGITS}){_SCALE}?|{_WORDS}(?:{_SCALE})*(?:\s(?:and\s)?{_WORDS})?)"
_ABOUT = (
    r"about|around|some|roughly|approximately|approx\.?|nearly|almost|close\sto|an?\sestimated|estimated|circa|"
    r"just\sunder|just\sover|more\sor\sless|in\sthe\sregion\sof|nearing|approaching|~"
)
_LEAST = (
    r"at\sleast|no\s(?:fewer|less)\sthan|not\s(?:fewer|less)\sthan|more\sthan|over|upwards?\sof|a\sminimum\sof|"
    r"in\sexcess\sof|exceeding|above|greater\sthan|well\sover|>"
)
_MOST = (
    r"up\sto|as\s(?:many|much|high)\sas|at\smost|(?:no|not)\smore\sthan|fewer\sthan|less\sthan|under|below|"
    r"a\smaximum\sof|at\sthe\smost|<"
)
# Every repetition is bounded by a literal that cannot start another, so the pattern is linear in the text.
_PHRASE = re.compile(
    rf"(?:\b(?P<between>between|from|anywhere\sbetween)\s)?"
    rf"(?:(?P<least>{_LEAST})\s|(?P<most>{_MOST})\s|(?P<about>{_ABOUT})\s?){{0,2}}"
    rf"(?:(?P<vague>{_VAGUE})|(?P<first>{_NUMBER})"
    rf"(?:\s?(?P<join>to|and|or|-|–|—)\s?(?P<second>{_NUMBER}))?)"
    rf"(?P<percent>\s?%|[\s-]per\s?cent(?:age\spoints?)?\b|\spercentage\spoints?)?"
    rf"(?P<plus>\+|-plus\b|\sor\s(?:more|so|fewer|less)\b)?",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DATES = re.compile(
    rf"{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and)\s?\d{{1,2}})?(?:,?\s\d{{4}})?\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|–)\s?\d{{1,2}})?\s{_MONTH}(?:,?\s\d{{4}})?\b"
    rf"|\b{_MONTH}\s\d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}:\d\d\b|\b\d{{1,2}}\.\d\d\s?(?:[ap]\.?m|GMT|UTC)\b|\b\d{{1,2}}\s?[ap]\.?m\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b"
    rf"|\b(?:1[7-9]|20)\d\ds?\b(?!\s?(?:%|[a-z]+s\b)|,\d)|\b\d+(?:st|nd|rd|th)\b|'\d\d\b|https?://\S+"
)
_STATUS = {
    "killed": "kill die dead death perish slay fatality murder massacre execute",
    "wounded": "wound injure hurt maim injury",
    "casualties": "casualty",
    "missing": "miss awol desert disappear",
    "captured": "capture detain arrest seize abduct kidnap hostage prisoner imprison hold",
    "displaced": "displace flee evacuate uproot refugee",
    "trained": "train training drill",
    "deployed": "deploy send dispatch move arrive transfer station ship mass mobilise mobilize go enter deployment",
    "destroyed": "destroy down intercept shoot damage hit strike sink ruin",
    "fired": "fire launch lob",
    "supplied": "supply deliver provide donate",
}
STATUS_OF = {lemma: status for status, lemmas in _STATUS.items() for lemma in lemmas.split()}
UNIT_WORDS = frozenset(
    "second minute hour day week month year decade century metre meter kilometre kilometer km mile foot yard inch mm cm "
    "kg kilogram ton tonne pound gram litre liter gallon barrel degree dollar euro rouble ruble hryvnia yen yuan won "
    "shekel rupee cent percent point mph knot watt megawatt gigawatt mw gw hectare acre".split()
)
PEOPLE = frozenset("soldier troop force fighter civilian people personnel officer unit serviceman man child person combatant militant recruit".split())
_UP = frozenset("rise increase grow climb jump surge soar up expand raise".split())
_DOWN = frozenset("fall drop decline decrease shrink down reduce slump plunge lower".split())
_INCREMENT = re.compile(r"\b(?:another|additional|further|extra|more)\b", re.IGNORECASE)


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


def numbers_in(text: str) -> Iterator[Number]:
    """Yield the number phrases of a text, in order; dates, times, ordinals and model names are left out.

    >>> [(n.low, n.best, n.high) for n in numbers_in("at least 12 of some 300, up to 40, between 2 and 5 thousand")]
    [(12.0, None, None), (None, 300.0, None), (None, None, 40.0), (2000.0, None, 5000.0)]
    >>> [(n.low, n.high) for n in numbers_in("dozens of T-72 tanks, two hundred and fifty men")]
    [(12.0, 120.0), (250.0, 250.0)]
    """
    barred = [m.span() for m in _DATES.finditer(text)]
    at = 0
    while match := _PHRASE.search(text, at):
        at = max(match.end(), at + 1)
        start = match.start("vague") if match["vague"] else match.start("first")
        if _is_part_of_a_name(text, start) or any(a < match.end() and start < b for a, b in barred):
            at = max(start + 1, min((b for a, b in barred if a <= start < b), default=match.end()))
            continue
        number = _number(match)
        if number is not None:
            at = max(number.span.end, start + 1)
            yield number


def _is_part_of_a_name(text: str, start: int) -> bool:
    """Whether the digits at `start` go on a word or name, as in "T-72", "M142", "Article 5"."""
    before = text[max(0, start - 12) : start]
    return bool(re.search(r"(?:[A-Za-z]-?|\d[.,:/-]|\b(?:No\.|Article|Section|Row|Chapter|Resolution|Unit|Route|Highway|Flight) )$", before)) and not (
        re.search(r"(?:^|\s)(?:US|C|A|HK)$", before)
    )


def _number(match: re.Match[str]) -> Number | None:
    span, unit = Span(match.start(), match.end()), None
    if match["percent"]:
        unit = "percent"
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
    apart = match["join"] and (match["join"].lower() == "and" and not match["between"] or lead.endswith("by ") or _is_new_number(match))
    if second is not None and apart:
        second, span = None, Span(span.start, match.end("first"))
        core = Span(core.start, span.end)
    if second is not None:
        first = _with_scale_of(match["second"], first, second)
        low, high = min(first, second), max(first, second)
        return Number(low=low, best=None, high=high, approximator=Approximator.BETWEEN, unit=unit, span=span, core=core)
    if match["between"]:
        span = Span(min(g for g in (match.start("least"), match.start("most"), match.start("about"), match.start("first")) if g >= 0), span.end)
    return _bounded(match, first, unit=unit, span=span, core=core)


def _is_new_number(match: re.Match[str]) -> bool:
    """Whether the words after "to" or "or" are no second bound: "1,500 or two" is one number and then another."""
    second, first = _value(match["second"]), _value(match["first"])
    return second is None or first is None or (match["join"].lower() == "to" and second <= first and not match["between"] and second > 100)


def _bounded(match: re.Match[str], value: float, *, unit: str | None, span: Span, core: Span) -> Number:
    plus = (match["plus"] or "").strip().lower()
    low: float | None = None
    best: float | None = None
    high: float | None = None
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
        return Number(low=share, best=share, high=share, approximator=Approximator.EXACT, unit="share", span=span, core=core)
    *rest, last = words.split()
    scale = SCALES.get(last)
    if scale is not None and words.startswith(("a couple",)):
        return Number(low=None, best=2 * scale, high=None, approximator=Approximator.VAGUE, unit=unit, span=span, core=core)
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


def _with_scale_of(words: str, first: float, second: float) -> float:
    """The first number of "2 to 5 thousand", which takes the scale of the second."""
    scale = re.search(_SCALE, words, re.IGNORECASE)
    factor = SCALES.get(scale[0].strip(" -").lower(), 1.0) if scale else 1.0
    return first * factor if first * factor <= second and first < factor else first


def _value(words: str) -> float | None:
    """The value of a number in digits or words; None for words that are no number.

    >>> _value("1.2 bn"), _value("twenty-one"), _value("two hundred and fifty"), _value("3,500")
    (1200000000.0, 21.0, 250.0, 3500.0)
    """
    total = part = 0.0
    seen = False
    for token in re.findall(rf"{_DIGITS}|[A-Za-z]+", re.sub(_CURRENCY, "", words)):
        token = token.lower()
        if token[0].isdigit():
            part += float(re.sub(r"[,\u00a0\u202f]", "", token))
        elif token in UNITS or token in TENS:
            part += UNITS.get(token, TENS.get(token, 0))
        elif token in SCALES:
            part = (part or 1.0) * SCALES[token]
            if SCALES[token] >= 1000:
                total, part = total + part, 0.0
        elif token != "and":
            return None
        seen = True
    return total + part if seen else None


# ---------------------------------------------------------------- over the parse


def figures_in(doc: Doc, countries: Sequence[CountryMention]) -> Iterator[Figure]:
    """Yield the figures of a parsed text, in order; spans are offsets in that text, whose countries are given."""
    before: tuple[int, str] | None = None
    for number in numbers_in(doc.text):
        tokens = doc.char_span(number.core.start, number.core.end, alignment_mode="expand")
        if tokens is None or _is_no_quantity(tokens[0], tokens[-1], number):
            continue
        noun = _counted_noun(tokens[0], tokens[-1])
        unit, counted = number.unit, None
        if noun is not None and noun.lemma_.lower() in UNIT_WORDS and unit in (None, "percent"):
            unit = noun.lemma_.lower() if unit is None else unit
        elif noun is not None:
            counted = _phrase(noun, tokens[-1])
        elif unit is None:
            counted = _predicate(tokens.root) or _named_number(tokens[0]) or (before[1] if before and before[0] == tokens.sent.start and number.best != 1 and tokens.root.head.lower_ != "at" else None)
        if unit is None and counted and noun is not None:
            before = (tokens.sent.start, counted)
        head = noun if noun is not None else tokens.root
        status = _status(head, noun)
        if number.core.of(doc.text).lower() in ("several", "a few", "many") and status not in ("killed", "wounded", "captured"):
            continue
        yield Figure(
            low=number.low,
            best=number.best,
            high=number.high,
            approximator=number.approximator,
            unit=unit,
            counted=counted,
            whose=_whose(noun, tokens[0], countries) if unit is None else None,
            status=status,
            change=_change(tokens.root, head),
            increment=bool(_INCREMENT.search(doc.text[max(0, number.span.start - 12) : number.span.start] + " " + doc.text[number.span.end : number.span.end + 6])),
            place=None,
            period=None,
            as_written=number.span.of(doc.text),
            span=number.span,
        )


def _whose(noun: Token | None, number: Token, countries: Sequence[CountryMention]) -> str | None:
    """The country whose people are counted: from the phrase, from who sends them, or from the last such phrase before.

    "Kenya sent 300 soldiers" and, later, "500 have left" both count Kenya's.
    """
    if noun is not None:
        first, last = noun.left_edge.idx, noun.idx + len(noun)
        if inside := [c.code for c in countries if first <= c.span.start < last]:
            return inside[-1]
        if noun.lemma_.lower() not in PEOPLE:
            return None
        verb = noun.head
        if verb.pos_ == "VERB" and noun.dep_ == "dobj" and STATUS_OF.get(verb.lemma_.lower()) in ("deployed", "trained"):
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if subject is not None and (who := [c.code for c in countries if c.span.start == subject.left_edge.idx]):
                return who[0]
    return _last_people(number, countries)


def _last_people(number: Token, countries: Sequence[CountryMention]) -> str | None:
    """The country of the last people that were named with one, at most some sentences before."""
    doc = number.doc
    for country in reversed(countries):
        if country.span.end <= number.idx and country.how == "people" and number.idx - country.span.end < 1_500:
            words = doc.char_span(country.span.start, country.span.end, alignment_mode="expand")
            if words is None:
                continue
            ahead = [t.lemma_.lower() for t in doc[words.end : words.end + 3]]
            if any(word in PEOPLE for word in ahead) or words[-1].tag_ == "NNPS" or (words[-1].tag_ == "NNP" and words.text.endswith("s")):
                return country.code
    return None


def _is_no_quantity(first: Token, last: Token, number: Number) -> bool:
    """ "one" as a pronoun, a year, and numbers inside names are not quantities."""
    doc = first.doc
    if re.match(r"\s(?:in|out\sof)\s(?:a|every|\d)", doc.text[number.span.end : number.span.end + 12]) and first.lower_ in UNITS:
        return True  # "one in a hundred"
    if first.lower_ == "a" and first.i > 1 and first.nbor(-1).lower_ in ("in", "of") and first.nbor(-2).lower_ in UNITS:
        return True
    if first.lower_ in ("one", "ones") and number.approximator is Approximator.EXACT:
        ahead = last.nbor(1) if last.i + 1 < len(last.doc) else None
        return first.dep_ not in ("nummod", "quantmod") and not (first.i and first.nbor(-1).lower_ == "but") and not (
            ahead is not None and ahead.lower_ == "in"
        )
    if first.i and first.nbor(-1).pos_ == "PROPN" and first.sent == first.nbor(-1).sent and number.unit is None:
        return first.head.i <= first.i and number.approximator is Approximator.EXACT
    return first.ent_type_ in ("DATE", "TIME") and len(first) == 4 and number.unit is None and last.dep_ != "nummod"


def _counted_noun(first: Token, last: Token) -> Token | None:
    """The noun that a number counts, None where the number stands for itself ("10,000 are expected")."""
    for token in (last, first):
        head = token
        for _ in range(3):
            if head.dep_ in ("nummod", "quantmod", "compound", "amod", "nmod", "advmod", "npadvmod") and head.head.i > last.i and head.head.i - last.i <= 6:
                head = head.head
                if head.pos_ in ("NOUN", "PROPN", "SYM") and head.dep_ not in ("compound", "nmod") or head.head.i <= head.i:
                    return head if head.pos_ in ("NOUN", "PROPN") else None
            else:
                break
    ahead = last.nbor(1) if last.i + 1 < len(last.doc) else None
    if ahead is not None and ahead.lower_ == "of":
        return next((c for c in ahead.children if c.dep_ == "pobj" and c.pos_ in ("NOUN", "PROPN")), None)
    if ahead is not None and ahead.pos_ == "NOUN" and ahead.sent == last.sent:
        return ahead
    return None


def _phrase(noun: Token, after: Token) -> str:
    """The counted noun with its modifiers to the left, without the number: "special forces soldiers"."""
    first = noun.i
    while first - 1 > after.i and (noun.doc[first - 1].pos_ in ("NOUN", "PROPN", "ADJ", "PUNCT") or noun.doc[first - 1].text == "-"):
        first -= 1
    words = re.sub(r"^(?:more|other|additional|further)\s+", "", noun.doc[first : noun.i + 1].text)
    return re.sub(r"\s+", " ", words).strip(" ,.;:-–—\"'”“") or noun.text


def _predicate(root: Token) -> str | None:
    """What "500 of them are officers" counts."""
    verb = root.head
    if root.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ == "be":
        noun = next((c for c in verb.children if c.dep_ == "attr" and c.pos_ == "NOUN"), None)
        return _phrase(noun, verb) if noun is not None else None
    return None


def _named_number(first: Token) -> str | None:
    """What "put the number of troops at 12,000" counts."""
    for token in first.sent:
        if token.lower_ in ("number", "total", "toll", "count", "figure") and token.i < first.i:
            of = next((c for c in token.children if c.lower_ == "of"), None)
            if of is not None:
                held = next((c for c in of.children if c.dep_ == "pobj"), None)
                if held is not None:
                    return _phrase(held, of)
            if token.lower_ == "toll":
                return "people"
    return None


def _status(head: Token, noun: Token | None) -> str | None:
    """What happened to what is counted: from the noun, its clauses, and the verbs above it, nearest first."""
    near: list[Token] = [] if noun is None else [noun, *(c for c in noun.children if c.dep_ in ("acl", "relcl", "amod"))]
    above = head
    for _ in range(4):
        if above.head.i == above.i:
            break
        above = above.head
        near.append(above)
        if above.pos_ == "VERB" and above.dep_ not in ("xcomp", "conj"):
            break
    for token in [c for t in near if t.pos_ == "VERB" for c in t.children if c.dep_ in ("acomp", "oprd", "advmod", "dobj", "attr")] + near:
        status = STATUS_OF.get(token.lemma_.lower())
        if status == "killed" and any(c.lemma_.lower() in ("wound", "injure") for c in token.children if c.dep_ == "conj"):
            return "killed or wounded" if any(c.lower_ == "or" for c in token.children) else "killed and wounded"
        if status:
            return status
    return None


def _change(root: Token, head: Token) -> str | None:
    """ "up" or "down" where the figure is by how much something changed ("rose by 200", "fell 3 percent")."""
    for token in (root, head):
        above = token.head
        if above.lower_ == "by" and above.dep_ == "prep" or token.dep_ in ("dobj", "npadvmod", "advmod", "attr"):
            verb = above.head if above.lower_ == "by" else above
            if verb.lemma_.lower() in _UP:
                return "up"
            if verb.lemma_.lower() in _DOWN:
                return "down"
    return None
