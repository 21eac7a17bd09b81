"""Do two assertions put forward the same thing? By the content words they share, rare words counting more.

A likeness finds candidates; places, times, figures and polarity then decide. Words of one meaning in conflict reporting
count as one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.linking.figures import CLASS_OF
from onrecord.records import Assertion, Granularity, Moment

# Verbs and nouns of one meaning, after the PLOVER / CAMEO event classes (MOBILIZE, ASSAULT, AID, RETREAT).
_MEANINGS = {
    "move": "send deploy dispatch move transfer arrive go enter reach come march travel bring station deployment dispatch transfer arrival movement advance head sail ship",
    "fight": "fight fighting engage engagement combat battle clash encounter skirmish firefight war warfare hostilities",
    "attack": "attack strike hit shell shelling bomb bombing bombard bombardment raid assault missile airstrike target",
    "kill": "kill die dead death perish slay fatality casualty killing",
    "hurt": "wound injure injury hurt wounded injured",
    "take": "capture seize take control occupy hold overrun liberate retake occupation",
    "leave": "withdraw retreat pull leave withdrawal flee evacuate",
    "train": "train training drill exercise prepare preparation",
    "talk": "talk negotiate meet discuss negotiation meeting",
    "agree": "agree sign accord deal pact treaty agreement ceasefire truce",
    "arm": "weapon arm ammunition munition equipment arms weaponry",
    "help": "help support back assist aid assistance backing",
    "region": "region oblast province governorate district area portion part",
    "build": "build construct construction building",
    "begin": "begin start commence",
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
    ]
)


def meanings(assertion: Assertion) -> frozenset[str]:
    """What an assertion is about: its terms, with words of one meaning made one."""
    return frozenset(CLASS_OF.get(term, MEANING_OF.get(term, term)) for term in assertion.terms if term not in _EMPTY)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a term tells: the fewer texts have it, the more (inverse document frequency)."""

    counts: Counter[str]
    texts: int

    def of(self, term: str) -> float:
        """The weight of a term; one that no text has weighs most."""
        return math.log(1 + (self.texts + 1) / (self.counts[term] + 1))


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
    whole = sum(weight.of(term) for term in claim)
    return sum(weight.of(term) for term in claim & other) / whole if whole else 0.0


def names(assertion: Assertion) -> frozenset[str]:
    """The words of the places and people that a claim is about, lower case; countries are left out."""
    return frozenset(
        word.lower()
        for place in assertion.places
        if place.country is None
        for word in place.name.split()[:2]
        if word[0].isupper()
    )


def same_time(one: Sequence[Moment], other: Sequence[Moment]) -> bool | None:
    """Whether the days that two claims name meet; None where one of them names no day."""
    mine, theirs = named_days(one), named_days(other)
    if not mine or not theirs:
        return None
    return any(_meet(a, b) for a in mine for b in theirs)


def _meet(one: Moment, other: Moment) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


def named_days(moments: Sequence[Moment]) -> list[Moment]:
    """The moments that are days with both bounds."""
    return [m for m in moments if m.granularity is Granularity.DAY and m.start is not None and m.end is not None]


def alike(one: Assertion, other: Assertion) -> bool:
    """Whether two assertions of one source can tell one statement: content is shared, and no figures that differ."""
    values = [frozenset(v for f in a.figures for v in f.values) for a in (one, other)]
    if all(values) and not values[0] & values[1]:
        return False
    mine, theirs = (frozenset(t for t in meanings(a) if t[0] != "@") for a in (one, other))
    return len(mine & theirs) >= max(2, 0.3 * min(len(mine), len(theirs)))
