"""Whose people are counted? The country of "300 Kenyan soldiers", and of the 500 that are spoken of later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.reading.countries import CountryMention
from onrecord.reading.fates import PEOPLE, STATUS_OF

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# Of these, who fights, and who does not: "7,000 people have left" are not those of "200 Kenyan soldiers" before.
_FIGHTING = frozenset(
    ["soldier", "troop", "force", "fighter", "officer", "unit", "serviceman", "combatant", "militant", "recruit"]
)
_CIVIL = frozenset(["civilian", "people", "person", "child"])


def whose(noun: Token | None, number: Token, countries: Sequence[CountryMention]) -> str | None:
    """The country whose people are counted: from the phrase, from who sends or has lost them, from the toll that the number is, or from the last such
    phrase before.

    "Kenya sent 300 soldiers" and, later, "500 have left" both count Kenya's.
    """
    if noun is None and (tolled := _whose_toll(number, countries)) is not None:
        return tolled
    if noun is not None:
        first, last = noun.left_edge.idx, noun.idx + len(noun)
        if inside := [c.code for c in countries if first <= c.span.start < last]:
            return inside[-1]
        subject = _whose_doing(noun) if not _is_elsewhere(noun, countries) else None
        if subject is not None and (who := [c.code for c in countries if c.span.start == subject.left_edge.idx]):
            return who[0]
        if noun.lemma_.lower() not in PEOPLE:
            return None
    return _last_people(number, countries, civil=noun is not None and noun.lemma_.lower() in _CIVIL)


def _is_elsewhere(noun: Token, countries: Sequence[CountryMention]) -> bool:
    """Whether a country stands right behind those counted, who are then of that one: "3 deaths in Chad"."""
    behind = noun.idx + len(noun)
    named = noun.i + 1 < len(noun.doc) and noun.nbor(1).lower_ in ("in", "of", "among")
    return named and any(behind < c.span.start < behind + 30 for c in countries)


_DEATHS = frozenset(["death", "fatality"])
_COUNTING = frozenset(["report", "record", "count", "register", "suffer", "mourn"])


def _whose_doing(noun: Token) -> Token | None:
    """Who sends or loses the people counted, or counts its dead: "Kenya" of "Kenya sent 300 soldiers" and "Kenya reported 25 deaths"; None for nobody."""
    verb, lemma = noun.head, noun.lemma_.lower()
    if verb.pos_ != "VERB" or noun.dep_ != "dobj":
        return None
    sends = STATUS_OF.get(verb.lemma_.lower()) in ("deployed", "trained") or verb.lemma_ in ("lose", "bury")
    if (sends and lemma in PEOPLE) or (lemma in _DEATHS and verb.lemma_ in _COUNTING):
        return next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return None


def _whose_toll(number: Token, countries: Sequence[CountryMention]) -> str | None:
    """The country whose toll a number is said to be: "Kenya's death toll stands at 22"."""
    toll = next((t for t in number.sent if t.lower_ == "toll" and t.i < number.i), None)
    owner = None if toll is None else next((c for c in toll.children if c.dep_ == "poss"), None)
    if owner is None:
        return None
    if any(owner.idx < c.span.start < number.idx for c in countries):
        return None  # "Kenya's toll is 22, Chad's 30"
    return next((c.code for c in countries if c.span.start <= owner.idx < c.span.end), None)


def _last_people(number: Token, countries: Sequence[CountryMention], *, civil: bool) -> str | None:
    """The country of the last people that were named with one, at most some sentences before; None where their sentence counts out several
    ("four Danes and two Finns")."""
    doc = number.doc
    for country in reversed(countries):
        if country.span.end <= number.idx and country.how == "people" and number.idx - country.span.end < 1_500:
            words = doc.char_span(country.span.start, country.span.end, alignment_mode="expand")
            if words is None:
                continue
            ahead = [t.lemma_.lower() for t in doc[words.end : words.end + 3]]
            if (
                any(word in PEOPLE for word in ahead)
                or words[-1].tag_ == "NNPS"
                or (words[-1].tag_ == "NNP" and words.text.endswith("s"))
            ):
                others = _is_one_of_several(words, countries) or (civil and not _FIGHTING.isdisjoint(ahead))
                return None if others else country.code
    return None


def _is_one_of_several(people: Span, countries: Sequence[CountryMention]) -> bool:
    """Whether the sentence counts the people of several countries beside one another."""
    sentence = people.sent
    counted = {
        country.code
        for country in countries
        if country.how == "people" and sentence.start_char < country.span.start < sentence.end_char
        for before in (people.doc.char_span(country.span.start, country.span.end, alignment_mode="expand"),)
        if before is not None and before.start > 0 and people.doc[before.start - 1].like_num
    }
    return len(counted) > 1
