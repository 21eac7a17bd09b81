"""In which unit does a number measure, and whose age is it? By the words around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reading.fates import PEOPLE
from onrecord.reading.numbers import Number
from onrecord.reading.spans import text_of
from onrecord.records import Approximator

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

UNIT_WORDS = frozenset(
    [
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "decade",
        "century",
        "metre",
        "meter",
        "kilometre",
        "kilometer",
        "km",
        "mile",
        "foot",
        "yard",
        "inch",
        "mm",
        "cm",
        "kg",
        "kilogram",
        "ton",
        "tonne",
        "pound",
        "gram",
        "litre",
        "liter",
        "gallon",
        "barrel",
        "degree",
        "dollar",
        "euro",
        "rouble",
        "ruble",
        "hryvnia",
        "yen",
        "yuan",
        "won",
        "shekel",
        "rupee",
        "cent",
        "percent",
        "point",
        "mph",
        "knot",
        "watt",
        "megawatt",
        "gigawatt",
        "mw",
        "gw",
        "hectare",
        "acre",
        "millimetre",
        "millimeter",
        "centimetre",
        "centimeter",
    ]
)
# Units that are written in more ways than one, and the way in which a figure has them (SI brochure, British spelling).
_ONE_NAME = {
    "km": "kilometre",
    "kilometer": "kilometre",
    "meter": "metre",
    "mm": "millimetre",
    "millimeter": "millimetre",
    "cm": "centimetre",
    "centimeter": "centimetre",
    "kg": "kilogram",
    "liter": "litre",
    "mw": "megawatt",
    "gw": "gigawatt",
    "ruble": "rouble",
}
AGE = "year of age"
_OLDEST = 120


def one_name(unit: str) -> str:
    """The name of a unit that is written in more ways than one; any other as it is.

    >>> one_name("km"), one_name("kilometer"), one_name("barrel")
    ('kilometre', 'kilometre', 'barrel')
    """
    return _ONE_NAME.get(unit.lower(), unit)


def measure_of_a_thing(tokens: Span) -> str | None:
    """The unit in which a number measures the thing behind it: "mm" of "107-mm shells", "day" of "a four-day curfew"; None for others."""
    ahead = [t for t in tokens.doc[tokens.end : tokens.end + 2] if t.text != "-"]
    is_written_on = tokens[-1].lower_ in UNIT_WORDS  # "107mm"
    unit = tokens[-1] if is_written_on else ahead[0] if ahead else None
    if unit is None or unit.lemma_.lower() not in UNIT_WORDS or unit.sent != tokens.sent:
        return None
    is_plural = unit.tag_ == "NNS" and unit.lower_ != unit.lemma_.lower()
    is_before_a_thing = unit.dep_ in ("compound", "npadvmod", "nmod", "amod", "nummod") and unit.head.i > unit.i
    if is_plural or not is_before_a_thing or unit.head.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return None
    return unit.lemma_.lower()


_OLD = re.compile(r"[-\s]years?[-\s]old\b")
# Who has an age, beside those of PEOPLE; a bridge of eighty years has none.
_AGED = PEOPLE | {
    "woman",
    "girl",
    "boy",
    "baby",
    "infant",
    "teenager",
    "student",
    "pupil",
    "mother",
    "father",
    "son",
    "daughter",
    "victim",
    "suspect",
}


def is_age(tokens: Span, number: Number, noun: Token | None) -> bool:
    """Whether a number is how old somebody is: "aged 44", "over the age of 21", "Grace Mwangi, 44,", "who was 10", "a 10-year-old boy". `noun` is what
    it counts, if anything."""
    if number.unit is not None or not 0 < max(number.values, default=0) <= _OLDEST:
        return False
    words = [t for t in tokens.doc[max(0, tokens.start - 4) : tokens.start] if not t.is_punct]
    before = [t.lower_ for t in words]
    if before[-1:] in (["aged"], ["age"]) or before[-2:] in (["age", "of"], ["ages", "of"]):
        return True
    if _OLD.match(text_of(tokens.doc), number.span.end):
        old = next((t for t in tokens.doc[tokens.end : tokens.end + 4] if t.lower_ == "old"), None)
        return old is None or old.head.pos_ != "NOUN" or old.head.lemma_.lower() in _AGED
    if noun is not None or not tokens[0].text.isdigit():
        return False
    if words and words[-1].ent_type_ == "PERSON" and words[-1].sent == tokens.sent:
        return number.approximator is Approximator.EXACT
    verb = tokens.root.head
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    is_one = subject is not None and (subject.lower_ in ("who", "he", "she") or subject.ent_type_ == "PERSON")
    return verb.lemma_ == "be" and tokens.root.dep_ in ("attr", "acomp") and is_one
