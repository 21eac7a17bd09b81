"""What the claims of a document are told to be by what is nearest to them, read together with it (`linking/entailment.py`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from onrecord.linking.closeness import closeness
from onrecord.linking.entailment import Entailment, claimed, entailments, passage
from onrecord.linking.likeness import Weights
from onrecord.records import Act, Assertion, Document

# Read together with a claim are at most so many assertions, the nearest by their words first, and none below these log odds that it bears on the claim (of 180 claims of
# nine dossiers that no rule was made on 109 are judged rightly so, 105 at 8 and -1, 111 at 20 and with no bound).
MOST_READ, NEAR_ENOUGH = 12, -2.0
# Log odds by which the one side must be likelier than the other, or than neither, to outweigh what the words tell (not tuned).
SURE = 1.0
# Added to what the network says of the odds that something bears on a claim: of what it learnt from nine in ten did not, of what is near one in three does (not tuned).
OFTENER_NEAR = 1.0
# Claims of these acts are not read: their words say what is denied or doubted, or their verdict is by what they are.
_NOT_READ = frozenset({Act.DENIES, Act.DOUBTS, Act.OPINES, Act.ASKS})


@dataclass(frozen=True, slots=True)
class Side:
    """Whether something speaks against a claim or bears it out, and why, in words."""

    is_against: bool
    reason: str


def read_together(
    claims: Iterable[Assertion],
    near: Mapping[str, Collection[Assertion]],
    documents: Mapping[str, Document],
    weight: Weights,
) -> dict[tuple[str, str], Entailment]:
    """What the nearest assertions are to each claim, the claim's id first. `near` are those that may bear on each, by its id, `documents` those of all."""
    pairs = [
        (claim, other)
        for claim in claims
        if claim.act not in _NOT_READ
        for other in _nearest(claim, list(near[claim.id]), weight)
    ]
    texts = {assertion.document: documents[assertion.document].text for pair in pairs for assertion in pair}
    words = {claim.id: claimed(claim, texts[claim.document]) for claim, _ in pairs}
    told = {other.id: passage(other, texts[other.document]) for _, other in pairs}
    found = entailments([(words[claim.id], told[other.id]) for claim, other in pairs])
    return {(claim.id, other.id): entailment for (claim, other), entailment in zip(pairs, found, strict=True)}


def _nearest(claim: Assertion, others: Sequence[Assertion], weight: Weights) -> Iterator[Assertion]:
    odds = closeness(claim, others, weight)
    order = sorted(range(len(others)), key=lambda number: (-odds[number], others[number].id))
    return (others[number] for number in order[:MOST_READ] if odds[number] > NEAR_ENOUGH)


def bearing(told: Entailment | None) -> float:
    """What to add to the log odds by words that something bears on a claim; 0 for what was not read."""
    return 0.0 if told is None else told.bearing + OFTENER_NEAR


def side_of(told: Entailment, by_words: bool | None) -> Side | None:
    """The side that something read together with a claim is on, where it is sure enough to outweigh its words: `by_words` says whether they speak against the
    claim, None where they say nothing.

    >>> side_of(Entailment(-4.0, -0.1, -5.0, -3.0), False)
    Side(is_against=True, reason='read together, it speaks against it (0.90)')
    >>> side_of(Entailment(-0.7, -1.2, -5.0, -2.0), False) is None
    True
    """
    for is_against, mine, other in (
        (True, told.contradicts, told.supports),
        (False, told.supports, told.contradicts),
    ):
        rival = other if by_words is not None else log(exp(other) + exp(told.neither))
        if by_words is not is_against and mine - rival > SURE:
            words = "speaks against it" if is_against else "bears it out"
            return Side(is_against=is_against, reason=f"read together, it {words} ({exp(mine):.2f})")
    return None
