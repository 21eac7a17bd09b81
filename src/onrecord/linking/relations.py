"""How does one assertion stand to another? A typed relation with its reason in words, or none where they are not about the same.

Words find what is alike; places, days, polarity and act decide what the relation is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from onrecord.linking.answering import answers
from onrecord.linking.likeness import (
    TIMES,
    Weights,
    bounded,
    can_be_there,
    coverage,
    is_named_near,
    is_specific,
    meanings,
    numbers_of,
    other_happening,
    place_words,
    places_among,
    same_countries,
    same_time,
    tells_what_happens,
)
from onrecord.records import (
    Act,
    Assertion,
    Document,
    EventMode,
    EventType,
    Level,
    Polarity,
    Relation,
    RelationKind,
    words_of,
)

# Right verdicts on the three development dossiers: 0.56, 0.75, 0.62 at 0.4; 0.61, 0.69, 0.56 at 0.45; 0.61, 0.62, 0.56 from 0.5
# to 0.6. The lower value would find more and be wrong more often in a larger ledger.
ENOUGH_SHARED = 0.45
# One word in common is no common subject.
FEWEST_SHARED = 2
# Acts that put nothing forward which could bear a claim out or speak against it.
_SILENT = frozenset(
    {
        Act.DECLINES_TO_COMMENT,
        Act.COULD_NOT_VERIFY,
        Act.ASKS,
        Act.DEMANDS,
        Act.THREATENS_OR_PROMISES,
        Act.PREDICTS,
        Act.OPINES,
    }
)
# Of these, acts after which there is nothing to repeat or to deny.
_NOTHING_SAID = frozenset({Act.DECLINES_TO_COMMENT, Act.COULD_NOT_VERIFY, Act.ASKS})
# Verbs of perception (FrameNet: Perception_experience, Becoming_aware).
_PERCEIVING = frozenset(["see", "observe", "detect", "spot", "notice", "witness"])
_AGAINST = frozenset({Act.DENIES, Act.DOUBTS})
# Acts that are evidence about a claim without being for or against it.
_OPEN = frozenset({Act.DECLINES_TO_COMMENT, Act.COULD_NOT_VERIFY})
# News of a day appears from the evening before (time zones) to some days later; of a month or year, some weeks later.
NEWS_BEFORE = timedelta(days=1)
NEWS_AFTER_A_DAY, NEWS_AFTER_LONGER = timedelta(days=3), timedelta(days=31)


def relation(
    claim: Assertion,
    other: Assertion,
    document: Document,
    *,
    alike: bool,
    weight: Weights,
    one_voice: bool = False,
    loosely: bool = False,
) -> Relation | None:
    """How `other`, of `document`, stands to `claim`; None where they are not about the same thing.

    `alike` says that they have enough in common to be, as `shares_enough` or `closeness` tells it; one may speak of the other's word with less.
    `one_voice` says that both are the word of one source or state: less in common is enough for it to have changed its word. `loosely` takes what one
    says is not so for a denial of the other with a thing or an actor in common; whether it is one must be told by other means.
    """
    mine, theirs = meanings(claim), meanings(other)
    if not alike and (mine.isdisjoint(theirs) or other_happening(mine, theirs)):
        return None
    spoken_of = answers(claim, other, weight)
    if not (alike or spoken_of):
        return None
    if not can_be_one(claim, other, document):
        return None
    kind = stance(claim, other) or leaves_open(other)
    if kind is None or (
        is_against(kind)
        and not (spoken_of or _is_denied_by(claim, other, weight, one_voice=one_voice, loosely=loosely))
    ):
        return None
    if kind in (RelationKind.REPEATS, RelationKind.CONFIRMS) and _of_other_states(claim, other):
        return None
    if spoken_of and not (alike or is_against(kind) or kind is RelationKind.LEAVES_OPEN):
        return None
    if claim.act in _NOTHING_SAID or (kind is RelationKind.CONTRADICTS and claim.act in _SILENT):
        return None  # nor is what somebody expects gainsaid by what is so today
    because = f"{_WORDS[kind]}: {_said_by_both(claim, other)}" + (f"; {spoken_of}" if spoken_of else "")
    return Relation(kind=kind, of=other.id, to=claim.id, reason=because)


def can_be_one(claim: Assertion, other: Assertion, document: Document) -> bool:
    """Whether neither places nor days nor violence say that `other`, of `document`, tells of another thing than `claim`."""
    return (
        _same_places(claim, other, document)
        and same_days(claim, other, document)
        and not _one_is_violence(claim, other)
    )


def is_of_another(claim: Assertion, other: Assertion, document: Document) -> bool:
    """Whether both name places below a country and none of the one's is the other's ("the bridge at Busia" and "the bridge at Lodwar"), or their days differ. Less
    than what `can_be_one` asks for: what names no place may tell of the same."""
    names_places = any(not place.is_country for place in other.places)
    is_elsewhere = (
        names_places and places_among(claim, other.terms) is False and not is_named_near(claim, other, document)
    )
    return is_elsewhere or not same_days(claim, other, document)


def _said_by_both(claim: Assertion, other: Assertion) -> str:
    """What two assertions have in common, in words: what they are about, things before states, and a number that stands in both."""
    shared = sorted(meanings(claim) & meanings(other), key=lambda term: (term.startswith("@"), term))
    numbers = numbers_of(claim) & numbers_of(other)
    same = f", and both say {', '.join(f'{value:,.12g}' for value in sorted(numbers))}" if numbers else ""
    if all(term.startswith("@") for term in shared):
        return f"what they say means much the same{same}"
    return f"both are about {', '.join(shared[:6]).replace('@', '')}{same}"


def shares_enough(claim: Assertion, other: Assertion, share: float) -> bool:
    """Whether two assertions have so many words in common that they can be about one thing: `share` is how much of what the one says the other says
    too (`likeness.coverage`)."""
    return share >= ENOUGH_SHARED and shares_something(claim, other)


def shares_something(claim: Assertion, other: Assertion) -> bool:
    """Whether two assertions have words in common that tell what happens, and tell of nothing else that happened."""
    mine, theirs = meanings(claim), meanings(other)
    shared = mine & theirs
    return tells_what_happens(shared) and _is_enough(claim, other, shared) and not other_happening(mine, theirs)


def is_one_denied(one: Assertion, other: Assertion) -> bool:
    """Whether the source of one of two assertions says that something is so, and that of the other that something is not."""
    return _says_so(one) is not _says_so(other)


def _of_other_states(claim: Assertion, other: Assertion) -> bool:
    """Whether a claim is of states none of which the other names or speaks for, while it names some of its own."""
    mine = {t for t in claim.terms if t.startswith("@")}
    theirs = {t for t in other.terms if t.startswith("@")}
    spoken_for = {f"@{a.source.country}" for a in (claim, other) if a.source.country}
    return bool(mine) and bool(theirs) and mine.isdisjoint(theirs | spoken_for)


def _is_enough(claim: Assertion, other: Assertion, shared: frozenset[str]) -> bool:
    """Whether two claims share more than a word, or are of one text, in which the one word of "he denied the raid" is told apart from others."""
    in_one_text = claim.document == other.document and shared in (meanings(claim), meanings(other))
    return len(shared) >= FEWEST_SHARED or in_one_text


# Who "had nothing to do with it" denies what he is said to have done, whatever that is called.
_INVOLVED = frozenset(["involvement"])
# What is said not to be so must be this much of what is said to be so, and that not all of it another matter: "troops were not
# sent" speaks against "3,000 troops were sent by sea", and "no trained troops were sent" does not.
NEGATIVE_IN_POSITIVE = 0.6
POSITIVE_IN_NEGATIVE = 0.2
# Of a long claim the whole of what is said not to be so is enough of a part.
WHOLE, PART_OF_LONG = 0.9, 0.1


def _is_denied_by(claim: Assertion, other: Assertion, weight: Weights, *, one_voice: bool, loosely: bool) -> bool:
    """Whether the one of two that is said not to be so follows from the other; `loosely` whether it may."""
    if claim.document != other.document and not is_specific(meanings(claim) & meanings(other)):
        return False
    if loosely:
        return True
    so, not_so = (claim, other) if _says_so(claim) else (other, claim)
    positive, negative = (
        meanings(so),
        meanings(not_so) - place_words(not_so) - TIMES - _INVOLVED,
    )  # compared by themselves before
    of_negative, of_positive = coverage(negative, positive, weight), coverage(positive, negative, weight)
    if of_negative >= WHOLE and len(negative) >= FEWEST_SHARED:
        return of_positive >= PART_OF_LONG
    return of_negative >= (ENOUGH_SHARED if one_voice else NEGATIVE_IN_POSITIVE) and of_positive >= POSITIVE_IN_NEGATIVE


_WORDS = {
    RelationKind.REPEATS: "it puts the same forward",
    RelationKind.CONFIRMS: "it confirms the same",
    RelationKind.DENIES: "it denies the same",
    RelationKind.CONTRADICTS: "it says that it is not so",
    RelationKind.LEAVES_OPEN: "it neither confirms nor denies it",
}


def stance(claim: Assertion, other: Assertion) -> RelationKind | None:
    """Whether `other`, about the same thing, is for or against `claim`; None where it puts nothing forward that could tell."""
    if (other.act in _SILENT and not (other.act in _FORETELLING and _is_planned(claim))) or cannot_tell(claim, other):
        return None
    if _says_so(claim) is not _says_so(other):
        return RelationKind.DENIES if other.act in _AGAINST else RelationKind.CONTRADICTS
    return RelationKind.CONFIRMS if other.act is Act.CONFIRMS else RelationKind.REPEATS


def cannot_tell(claim: Assertion, other: Assertion) -> bool:
    """Whether what `other` says cannot bear on whether `claim` is so: nobody saw it, its source leaves it open, or it is yet to come."""
    if _was_not_seen(other) or (other.certainty.level is Level.UNCOMMITTED and other.act not in _AGAINST):
        return True  # a denial says enough by itself
    # That they were told to leave, or are to leave, is not that they left.
    return _is_yet_to_come(other) and not (_is_planned(claim) or _is_yet_to_come(claim))


# Who foretells or promises a thing bears out that it is planned: "they are to meet in May".
_FORETELLING = frozenset({Act.PREDICTS, Act.THREATENS_OR_PROMISES})


def _is_planned(claim: Assertion) -> bool:
    """Whether a claim is that something is yet to come, or under way as what is planned may be called: "the lake states are sending a ship"."""
    if claim.act is not Act.ASSERTS or claim.event is None:
        return False
    is_sent = EventMode.ONGOING in claim.event.modes and "move" in meanings(claim)
    return is_sent or EventMode.FUTURE in claim.event.modes


def _is_yet_to_come(assertion: Assertion) -> bool:
    """Whether what an assertion tells is wanted or planned, and has not come about by its words."""
    event = assertion.event
    return event is not None and (event.type is EventType.REQUEST or EventMode.FUTURE in event.modes)


def _says_so(assertion: Assertion) -> bool:
    """Whether the source says that what the words name is so.

    What is denied or doubted counts as said not to be so, whether or not the reader has seen the negation in the denial.
    """
    return assertion.act not in _AGAINST and assertion.certainty.polarity is Polarity.POSITIVE


def leaves_open(other: Assertion) -> RelationKind | None:
    """LEAVES_OPEN for what could not be verified, was not commented on or was not seen; None for what is put forward or asked."""
    return RelationKind.LEAVES_OPEN if other.act in _OPEN or _was_not_seen(other) else None


def _was_not_seen(assertion: Assertion) -> bool:
    """Whether a source says that something was not seen: that it was not so is another matter."""
    unseen = assertion.act is Act.ASSERTS and assertion.certainty.polarity is Polarity.NEGATIVE
    return unseen and not _PERCEIVING.isdisjoint(assertion.terms)


def reply(claim: Assertion, other: Assertion) -> Relation | None:
    """How a reply stands to the claim that it answers; None where it neither speaks against it nor leaves it open."""
    kind = leaves_open(other) or stance(claim, other)
    if kind is None or not (is_against(kind) or kind is RelationKind.LEAVES_OPEN):
        return None
    said = f"{_WORDS[kind]}: it replies to what {claim.source.name} says right before it"
    return Relation(kind=kind, of=other.id, to=claim.id, reason=said)


# Verbs of blame (FrameNet: Judgment_communication), and words for what only one of two can have done.
_BLAMING = re.compile(r"\b(?:blam|fault)", re.IGNORECASE)
_ACCUSING = re.compile(r"\b(?:accus|charg)", re.IGNORECASE)
_ONLY_ONE = re.compile(
    r"\b(?:first|start\w*|beg[aiu]n\w*|broke\w*|break\w*|behind|responsib\w+|provok\w+|caus\w+)\b", re.IGNORECASE
)
_EACH_OTHER = re.compile(r"(?:each other|one another|the other)\b", re.IGNORECASE)


def is_mutual(one: Assertion, other: Assertion, document: Document) -> bool:
    """Whether two sources say of each other what is true of one of them at most: "Kenya and Chad accused each other of firing first"."""
    if (one.attribution.cue, one.attribution.content) != (other.attribution.cue, other.attribution.content):
        return False
    cue, content = (words_of(document.text, part) for part in (one.attribution.cue, one.attribution.content))
    charged = _BLAMING.search(cue) or (_ACCUSING.search(cue) and _ONLY_ONE.search(content))
    return bool(charged) and _EACH_OTHER.match(content) is not None


def mutual(one: Assertion, other: Assertion) -> Relation:
    """The relation of two who say of each other what only one of them can have done."""
    reason = "it says it of the other: each says of the other what only one of them can have done"
    return Relation(kind=RelationKind.CONTRADICTS, of=other.id, to=one.id, reason=reason)


def by_one_voice(earlier: Assertion, link: Relation, *, who: str = "the same source") -> Relation:
    """A relation between two assertions of one party or state: what it says against its own earlier word revises or retracts that.

    To deny what one put forward is to retract it; any other change of side is a revision.
    """
    if not is_against(link.kind):
        return link
    taken_back = link.kind is RelationKind.DENIES and earlier.act not in _AGAINST
    kind = RelationKind.RETRACTS if taken_back else RelationKind.REVISES
    words = "takes back its own word" if taken_back else "says now what it did not say before"
    return replace(link, kind=kind, reason=f"{who} {words}: {link.reason.split(': ', 1)[1]}")


def is_against(kind: RelationKind) -> bool:
    """Whether a relation speaks against the claim."""
    return kind in (RelationKind.DENIES, RelationKind.CONTRADICTS)


def _same_places(claim: Assertion, other: Assertion, document: Document) -> bool:
    """Whether one of the places below a country that the claim names, if any, is in the other too, and one of its countries.

    What was not so at all was not so at any place; and what is denied of a place denies what one text says without naming any. Where
    the other itself names none, its document may.
    """
    if not same_countries(claim, other):
        return False
    nowhere_smaller = all(place.is_country for place in other.places)
    anywhere = nowhere_smaller and (not _says_so(other) or (not _says_so(claim) and claim.document == other.document))
    return (
        anywhere
        or places_among(claim, other.terms) is not False
        or (nowhere_smaller and can_be_there(other, document, claim))
        or is_named_near(claim, other, document)
    )


def _one_is_violence(claim: Assertion, other: Assertion) -> bool:
    """Whether one tells of violence and the other of something else. Other types are too easily taken for one another."""
    types = [a.event.type for a in (claim, other) if a.event is not None]
    return len(types) == 2 and types.count(EventType.ASSAULT) == 1


def same_days(claim: Assertion, other: Assertion, document: Document) -> bool:
    """Whether the times do not differ: they meet, or the other names none and appeared when it was news.

    What has not been so has not been so all the time before.
    """
    same = same_time(claim.moments, other.moments)
    times = bounded(claim.moments)
    if same is not None or not times:
        return same is not False
    appeared = document.published
    if appeared is not None and not _says_so(other):
        return any(start <= appeared <= end + NEWS_AFTER_LONGER for start, end in times)
    return appeared is not None and any(
        start - NEWS_BEFORE <= appeared <= end + (NEWS_AFTER_A_DAY if (end - start).days <= 1 else NEWS_AFTER_LONGER)
        for start, end in times
    )
