"""Does one assertion speak of another's word? A denial may name whose claim it denies, a source may be quoted on what it passes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.linking.likeness import Weights, coverage, happenings, meanings
from onrecord.linking.sources import is_part_of, plain
from onrecord.records import Act, Assertion, Document, Source, SourceKind, words_of

# Nouns for what others put forward (FrameNet: Statement).
CLAIMS = frozenset(
    ["claim", "allegation", "accusation", "assertion", "suggestion", "report", "rumour", "rumor", "charge", "statement"]
)
# Nouns for what claims are shown by; "the video" of a denial is that of the claim before it.
_SHOWN = frozenset(["video", "footage", "image", "photograph", "picture", "account", "version"])
_POINTING = re.compile(r"(?<!^)\b(?:this|that|these|those|it|any|such|so|none|them)\b", re.IGNORECASE)
# A reply that says no more than this of its own points to what was said right before it, at most so many characters earlier.
FEW_MEANINGS = 2
JUST_BEFORE = 400
_REPLYING = frozenset({Act.DENIES, Act.DOUBTS, Act.COULD_NOT_VERIFY})
# What a denial of a claim says of its subject, besides whose it is, must be in the claim for this share of its weight.
ENOUGH_OF_SUBJECT = 0.6


def answers(claim: Assertion, other: Assertion, weight: Weights) -> str | None:
    """In words how the one speaks of the other's word, or None where it does not.

    "He denied Nairobi's claim about the convoy" speaks of what Nairobi says of the convoy; and who is quoted on another's claim, in the
    document where he is, speaks of it in what he says himself.
    """
    if _passes_on(claim, other) or _passes_on(other, claim):
        return "one is quoted on what the other says"
    if other.act in (Act.DENIES, Act.DOUBTS) and _is_of(whose_claim(other), claim.source):
        subject = frozenset(t for t in meanings(other) if t not in CLAIMS and not _is_of(t, claim.source))
        if subject and coverage(subject, meanings(claim), weight) >= ENOUGH_OF_SUBJECT:
            return f"it speaks of what {claim.source.name} says"
    return None


def replies(found: Sequence[Assertion], document: Document) -> Iterator[tuple[Assertion, Assertion]]:
    """Replies that do not say again to what they reply, each with the assertion of another source right before it.

    "The army had counted ten balloons over the lake. The ministry denied sending any." `found` are assertions of the document. Where the reply names
    whose claim it speaks of, the assertion is one of that source.
    """
    in_order = sorted(found, key=lambda a: (a.sentence.start, a.id))
    for reply in in_order:
        if reply.act not in _REPLYING or not _is_short_of_words(reply, document):
            continue
        named = whose_claim(reply)
        before = [
            a
            for a in in_order
            if 0 < reply.sentence.start - a.sentence.start <= JUST_BEFORE
            and a.act in (Act.ASSERTS, Act.CONFIRMS)
            and a.source.kind is not SourceKind.AUTHOR
            and a.source.name != reply.source.name
            and (named is None or not named.startswith("@") or _is_of(named, a.source))
        ]
        last = max((a.sentence.start for a in before), default=None)
        yield from ((reply, a) for a in before if a.sentence.start == last)


def _is_short_of_words(reply: Assertion, document: Document) -> bool:
    """Whether a reply points to something said before it and says little itself."""
    own = frozenset(t for t in meanings(reply) if t not in CLAIMS | _SHOWN and not t.startswith("@"))
    if len(own) > FEW_MEANINGS:
        return False
    names_a_claim = not (CLAIMS | _SHOWN).isdisjoint(reply.terms) and not happenings(own)
    return names_a_claim or bool(_POINTING.search(words_of(document.text, reply.attribution.content)))


def whose_claim(assertion: Assertion) -> str | None:
    """Whose claim an assertion speaks of: the term before a noun for a claim, a country's code or a name; None where there is none.

    The terms stand in the order of the words, so "Nairobi's claim" has "@KE" before "claim".
    """
    terms = assertion.terms
    return next((terms[n - 1] for n, term in enumerate(terms) if n and term in CLAIMS), None)


def _is_of(term: str | None, source: Source) -> bool:
    """Whether a term names a source: its state, or a person by the last name."""
    if term is None:
        return False
    return term[1:] == source.country if term.startswith("@") else term in plain(source.name).split()[-1:]


def _passes_on(one: Assertion, other: Assertion) -> bool:
    """Whether the source of the one is the last through whom the other comes, in the same document, where "the official" is the
    "official of the presidency" that it named."""
    return (
        one.document == other.document and bool(other.hops) and is_part_of(other.hops[-1].source.name, one.source.name)
    )
