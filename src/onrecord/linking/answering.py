"""Does one assertion speak of another's word? A denial may name whose claim it denies, a source may be quoted on what it passes on."""

from __future__ import annotations

from onrecord.linking.likeness import Weights, coverage, meanings
from onrecord.linking.sources import is_part_of, plain
from onrecord.records import CLAIM_NOUNS, Act, Assertion, Source

# What a source does or does not do with another's claim says nothing of the thing itself.
_CHECKING = frozenset(["verify", "confirm", "deny", "reject"])
_ANSWERING = frozenset({Act.DENIES, Act.DOUBTS, Act.COULD_NOT_VERIFY})
# What a denial of a claim says of its subject, besides whose it is, must be in the claim for this share of its weight.
ENOUGH_OF_SUBJECT = 0.6


def answers(claim: Assertion, other: Assertion, weight: Weights) -> str | None:
    """In words how the one speaks of the other's word, or None where it does not.

    "He denied Nairobi's claim about the convoy" speaks of what Nairobi says of the convoy; and who is quoted on another's claim, in the
    document where he is, speaks of it in what he says himself.
    """
    if _passes_on(claim, other) or _passes_on(other, claim):
        return "one is quoted on what the other says"
    if other.act in _ANSWERING and _is_of(whose_claim(other), claim.source):
        subject = frozenset(
            t for t in meanings(other) if t not in CLAIM_NOUNS | _CHECKING and not _is_of(t, claim.source)
        )
        if subject and coverage(subject, meanings(claim), weight) >= ENOUGH_OF_SUBJECT:
            return f"it speaks of what {claim.source.name} says"
    return None


def whose_claim(assertion: Assertion) -> str | None:
    """Whose claim an assertion speaks of: the term before a noun for a claim, a country's code or a name; None where there is none.

    The terms stand in the order of the words, so "Nairobi's claim" has "@KE" before "claim".
    """
    terms = assertion.terms
    return next((terms[n - 1] for n, term in enumerate(terms) if n and term in CLAIM_NOUNS), None)


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
