"""What does "we cannot verify that" speak of? A reply that says nothing again answers what another said right before it.

"The army had counted ten balloons over the lake. The ministry denied sending any." By its own words the denial could be of anything; with those
of the claim that it answers it is found wherever that claim is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.records import CLAIM_NOUNS, Act, Assertion, SourceKind, words_of

_REPLYING = frozenset({Act.DENIES, Act.DOUBTS, Act.COULD_NOT_VERIFY})
# Nouns for claims, and for what claims are shown by: "the video" of a denial is that of the claim before it.
_CLAIMS = CLAIM_NOUNS | {"talk", "video", "footage", "image", "photograph", "picture"}
# Words of a reply that say nothing of the thing itself.
_OF_REPLYING = frozenset(
    [
        "mean",
        "means",
        "way",
        "position",
        "able",
        "unable",
        "verify",
        "verification",
        "confirm",
        "confirmation",
        "deny",
        "reject",
        "dismiss",
        "part",
        "truth",
        "foundation",
        "true",
        "false",
        "untrue",
        "lie",
        "independently",
        "comment",
        "say",
        "know",
        "idea",
        "involvement",
        "question",
        "evidence",
        "proof",
    ]
)
# "Denied sending any", "cannot verify that": what is pointed to stands last.
_POINTING = re.compile(r"\b(?:this|these|those|it|any|none|them|that|which|so)\W*$", re.IGNORECASE)
# A reply that says no more than this of its own points to what was said right before it, at most so many characters earlier.
FEW_WORDS = 2
JUST_BEFORE = 400


def with_what_they_answer(text: str, found: Sequence[Assertion]) -> list[Assertion]:
    """The assertions of a document, in its order, each reply with the assertion that it answers and the terms of that beside what it says itself."""
    return [_answering(reply, found, text) for reply in found]


def _answering(reply: Assertion, found: Sequence[Assertion], text: str) -> Assertion:
    if reply.act not in _REPLYING or not _is_short_of_words(reply, text):
        return reply
    answered = _right_before(reply, found)
    if answered is None:
        return reply
    own = (term for term in reply.terms if term not in _OF_REPLYING)
    return replace(reply, answers=answered.id, terms=tuple(dict.fromkeys((*own, *answered.terms))))


def _right_before(reply: Assertion, found: Sequence[Assertion]) -> Assertion | None:
    """The assertion of another source right before a reply; of the state whose claim the reply names, where it names one."""
    state, at = _whose_claim(reply), reply.attribution.content[0].start
    before = [
        a
        for a in found
        if a.act in (Act.ASSERTS, Act.CONFIRMS, Act.ASKS)
        and a.source.kind is not SourceKind.AUTHOR
        and a.source.name != reply.source.name
        and 0 <= reply.sentence.start - a.sentence.start <= JUST_BEFORE
        and a.attribution.content[-1].end <= at
        and (state is None or state == a.source.country)
    ]
    return max(before, key=lambda a: a.attribution.content[-1].end, default=None)


def _is_short_of_words(reply: Assertion, text: str) -> bool:
    """Whether a reply points to something said before it and says little itself."""
    own = {t for t in reply.terms if t not in _CLAIMS | _OF_REPLYING and not t.startswith("@")}
    names_a_claim = not own and not _CLAIMS.isdisjoint(reply.terms)
    points = len(own) <= FEW_WORDS and _POINTING.search(words_of(text, reply.attribution.content)) is not None
    return names_a_claim or points


def _whose_claim(reply: Assertion) -> str | None:
    """The code of the state whose claim a reply names: of "Nairobi's claim" that of Kenya, whose term stands before it; None for none."""
    pairs = zip(reply.terms, reply.terms[1:], strict=False)
    return next((before[1:] for before, term in pairs if term in _CLAIMS and before.startswith("@")), None)
