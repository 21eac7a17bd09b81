"""How alike are two assertions? By the content words they share, rare words counting more.

A likeness finds candidates; places, times, figures and polarity then decide. Words of one meaning in conflict reporting
count as one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from onrecord.linking.figures import CLASS_OF, PEOPLE
from onrecord.linking.spelling import spelled
from onrecord.records import Assertion, Document, Moment, Place

# Verbs and nouns of one meaning, after the PLOVER / CAMEO event classes (MOBILIZE, ASSAULT, AID, RETREAT).
_MEANINGS = {
    "move": "send deploy dispatch move transfer arrive go enter reach come march travel bring station deployment dispatch transfer arrival movement advance sail presence launch",
    "fight": "fight fighting engage engagement combat battle clash encounter skirmish firefight hostilities",
    "war": "war warfare invasion invade",
    "attack": "attack strike hit shell shelling bomb bombing bombard bombardment raid assault missile airstrike target shoot gunfire aggression",
    "kill": "kill die dead death perish slay fatality casualty killing victim",
    "hurt": "wound injure injury hurt wounded injured",
    "take": "capture seize take control occupy hold overrun liberate retake occupation custody captivity detention detain captive prisoner",
    "leave": "withdraw retreat pull leave withdrawal flee evacuate evacuation displace displaced displacement uproot abandon quit vacate exodus",
    "train": "training drill exercise prepare preparation",
    "talk": "talk negotiate meet discuss negotiation meeting",
    "agree": "agree sign accord deal pact treaty agreement ceasefire truce",
    "arm": "weapon arm ammunition munition equipment arms weaponry",
    "help": "help support back assist aid assistance backing",
    "region": "region oblast province governorate district area portion part",
    "explode": "explode explosion blast detonate detonation",
    "collide": "collide collision ram crash",
    "vessel": "vessel ship boat cutter craft tanker freighter warship frigate trawler speedboat",
    "destroy": "destroy destruction wreck demolish ruin burn",
    "aircraft": "aircraft plane airplane aeroplane airliner jet warplane",
    "drone": "drone uav",
    "headquarters": "headquarters headquarter hq",
    "build": "build construct construction building",
}
MEANING_OF = {word: name for name, words in _MEANINGS.items() for word in words.split()}
# Words that carry no content of a claim of their own.
_EMPTY = frozenset(
    [
        "say",
        "tell",
        "report",
        "number",
        "figure",
        "total",
        "approximately",
        "time",
        "be",
        "have",
        "do",
        "make",
        "begin",
        "start",
        "commence",
        "get",
        "use",
        "year",
        "day",
        "week",
        "month",
        "today",
        "official",
        "source",
        "accord",
        "statement",
        "ago",
        "previously",
        "now",
        "further",
        "also",
        "still",
        "already",
        "such",
        "other",
        "many",
        "much",
        "several",
        "first",
        "last",
        "new",
        "single",
    ]
)


# Words for when: times are compared by themselves where it matters.
TIMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "midnight",
        "noon",
        "dawn",
        "morning",
        "afternoon",
        "evening",
        "night",
        "hour",
        "minute",
        "early",
        "late",
    ]
)


def meanings(assertion: Assertion) -> frozenset[str]:
    """What an assertion is about: its terms, with words of one meaning made one."""
    return _meanings(assertion.terms)


@lru_cache(maxsize=50_000)
def _meanings(terms: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        MEANING_OF.get(term) or CLASS_OF.get(term) or spelled(term) for term in terms if term not in _EMPTY
    )


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a term tells: the fewer texts have it, the more (inverse document frequency)."""

    counts: Counter[str]
    texts: int
    _known: dict[str, float] = field(default_factory=dict, compare=False, repr=False)
    _wholes: dict[frozenset[str], float] = field(default_factory=dict, compare=False, repr=False)

    def of(self, term: str) -> float:
        """The weight of a term; one that no text has weighs most."""
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = math.log(1 + (self.texts + 1) / (self.counts[term] + 1))
        return found

    @property
    def most(self) -> float:
        """The weight of a term that one text has."""
        return math.log(1 + (self.texts + 1) / 2)

    def whole(self, terms: frozenset[str]) -> float:
        """The weight of some terms together."""
        found = self._wholes.get(terms)
        if found is None:
            found = self._wholes[terms] = math.fsum(map(self.of, terms))
        return found


def weights(assertions: Iterable[Assertion]) -> Weights:
    """The weights of terms in some assertions."""
    counts: Counter[str] = Counter()
    texts = 0
    for assertion in assertions:
        counts.update(meanings(assertion))
        texts += 1
    return Weights(counts, texts)


def coverage(claim: frozenset[str], other: frozenset[str], weight: Weights) -> float:
    """How much of what `claim` says `other` says too, by weight; 0 to 1."""
    whole = weight.whole(claim)
    return math.fsum(map(weight.of, claim & other)) / whole if whole else 0.0


def likeness(claim: Assertion, other: frozenset[str], weight: Weights) -> float:
    """How much of what a claim says other meanings hold: as they stand, or without the words for when and where, which are compared by
    themselves, whichever is more. A blast that is a strike in the other's words counts half."""
    mine = meanings(claim)
    core = mine - TIMES - place_words(claim)
    whole = coverage(mine, other, weight)
    if len(core) < LEAST_CORE:
        return whole
    groups = {_GROUP.get(term, term) for term in happenings(other)}
    akin = math.fsum(weight.of(term) for term in happenings(core) - other if _GROUP.get(term, term) in groups)
    return max(whole, coverage(core, other, weight) + AKIN * akin / weight.whole(core))


LEAST_CORE = 3
AKIN = 0.5


# Of the meanings above those of what happens; the others say where or of what.
_HAPPENING = frozenset(_MEANINGS) - {"region", "war", "arm", "vessel", "aircraft", "drone", "headquarters"}
# A shelling is told by its dead as well, talks by what was agreed.
_GROUP = {
    "explode": "violence",
    "collide": "violence",
    "destroy": "violence",
    "fight": "violence",
    "attack": "violence",
    "kill": "violence",
    "hurt": "violence",
    "talk": "agree",
}


def happenings(terms: frozenset[str]) -> frozenset[str]:
    """Those of some meanings that tell what happens."""
    return terms & _HAPPENING


def other_happening(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both tell of what happens and nothing of it is the same: that troops were sent is not that they fight."""
    mine, theirs = ({_GROUP.get(term, term) for term in happenings(terms)} for terms in (one, other))
    return bool(mine) and bool(theirs) and not mine & theirs


def is_specific(shared: frozenset[str]) -> bool:
    """Whether what two claims share tells one event from others: a thing, or whose troops did what; not that troops attacked."""
    things = shared - PEOPLE - _HAPPENING - TIMES
    return any(not term.startswith("@") for term in things) or (bool(things) and len(shared) >= WHO_DID_WHAT)


WHO_DID_WHAT = 3


def tells_what_happens(shared: frozenset[str]) -> bool:
    """Whether what two claims share is more than who it is about: "Kenyan troops" in both is no common subject."""
    return any(not term.startswith("@") and term not in PEOPLE for term in shared)


def places_among(assertion: Assertion, terms: Collection[str]) -> bool | None:
    """Whether one of the places below a country that a claim is about is among some terms; None where it is about none."""
    smaller = [place for place in assertion.places if not place.is_country]
    return any(_place_terms(place) <= set(terms) for place in smaller) if smaller else None


def can_be_there(assertion: Assertion, document: Document, claim: Assertion) -> bool:
    """Whether an assertion that names no smaller place can be of one that a claim names: its document has the name, and the assertion
    names no other country."""
    text, named = document.text.lower(), {place.country for place in assertion.places}
    return any(
        place.name.lower() in text and named <= {place.country} for place in claim.places if not place.is_country
    )


# Characters before and behind a sentence within which a text says where something happened.
NEARBY = 300


def is_named_near(claim: Assertion, other: Assertion, document: Document) -> bool:
    """Whether a place that a claim names is named in the sentences next to another assertion: "a convoy bound for A was hit. It happened near B"."""
    near = document.text[max(0, other.sentence.start - NEARBY) : other.sentence.end + NEARBY].lower()
    names = (place.name.lower() for place in claim.places if not place.is_country)
    return any(re.search(rf"\b{re.escape(name)}\b", near) for name in names)


def place_words(assertion: Assertion) -> frozenset[str]:
    """The terms of the places below a country that a claim names."""
    return frozenset().union(*(_place_terms(place) for place in assertion.places if not place.is_country))


def same_countries(one: Assertion, other: Assertion) -> bool:
    """Whether two claims can be of one country: one of them names none, or both name one in common."""
    mine, theirs = ({p.country for p in a.places if p.is_country} for a in (one, other))
    if not mine or not theirs or not mine.isdisjoint(theirs):
        return True
    return not {t[1:] for t in one.terms if t[0] == "@"}.isdisjoint(t[1:] for t in other.terms if t[0] == "@")


def _place_terms(place: Place) -> frozenset[str]:
    """The terms that a place stands by in a claim: its name in the gazetteer, or its words where it is not in there."""
    name = place.name.lower()
    return frozenset([name] if place.entry is not None else name.split())


def same_time(one: Sequence[Moment], other: Sequence[Moment]) -> bool | None:
    """Whether the times that two claims name meet; None where one of them names no time with both bounds, unless it names another day of the week."""
    mine, theirs = bounded(one), bounded(other)
    if mine and theirs:
        return any(a < d and c < b for a, b in mine for c, d in theirs)
    days = (_weekdays(one, mine), _weekdays(other, theirs)) if one and other else ()
    return False if days and all(days) and days[0].isdisjoint(days[1]) else None


def at_one_time(one: Sequence[Moment], other: Sequence[Moment]) -> bool:
    """Whether the times that two claims name meet, or are one day of the week where a claim has no date; False where one names none."""
    if not one or not other:
        return False
    same = same_time(one, other)
    return same if same is not None else not _weekdays(one, bounded(one)).isdisjoint(_weekdays(other, bounded(other)))


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_A_DAY = timedelta(days=1)


def _weekdays(moments: Sequence[Moment], times: Sequence[tuple[datetime, datetime]]) -> set[int]:
    """The days of the week, Monday 0, that are named without a date or that `times` of about a day are; none where a longer time is named, nor for
    "until Monday"."""
    if any(end - start > 2 * _A_DAY for start, end in times):
        return set()
    named = " ".join(moment.as_written for moment in moments if moment.start is None is moment.end).lower()
    found = {number for number, day in enumerate(_WEEKDAYS) if day in named} if "day" in named else set()
    return found | {at.weekday() for start, end in times for at in (start, max(start, end - timedelta(minutes=1)))}


def bounded(moments: Sequence[Moment]) -> list[tuple[datetime, datetime]]:
    """The moments that have both bounds, as intervals."""
    return [(m.start, m.end) for m in moments if m.start is not None and m.end is not None]


def numbers_of(assertion: Assertion) -> frozenset[float]:
    """The numbers that the figures of an assertion give."""
    return frozenset(value for figure in assertion.figures for value in figure.values)


def give_other_numbers(one: Assertion, other: Assertion) -> bool:
    """Whether two assertions give numbers, and none in common."""
    values = [numbers_of(a) for a in (one, other)]
    return all(map(bool, values)) and not values[0] & values[1]


def alike(one: Assertion, other: Assertion) -> bool:
    """Whether two assertions of one source can tell one statement: content is shared, and no figures that differ."""
    if give_other_numbers(one, other):
        return False
    mine, theirs = (frozenset(t for t in meanings(a) if t[0] != "@") for a in (one, other))
    return len(mine & theirs) >= max(2, 0.3 * min(len(mine), len(theirs)))
