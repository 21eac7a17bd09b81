"""What the claims of a document are told to be by what is nearest to them, read together with it (`linking/entailment.py`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from onrecord.linking.closeness import closeness
from onrecord.linking.entailment import Entailment, claimed, entailments, passage
from onrecord.linking.likeness import Weights
from onrecord.records import Act, Assertion, Document

# Read together with a claim are at most so many assertions, the nearest by their words first, and none below these log odds that it bears on the claim (of 588 claims of
# thirty dossiers 391 are judged rightly so, 378 at 8 and -1, 368 with none; of the 180 of them that no rule was made on 108, 103 and 95).
MOST_READ, NEAR_ENOUGH = 12, -2.0
# Log odds by which a side must be likelier than the other and neither together (at 0 to 1 as many claims of thirty dossiers are judged rightly).
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


def side_of(told: Entailment) -> Side | None:
    """The side that something read together with a claim is on; None where it is not sure.

    >>> side_of(Entailment(-4.0, -0.1, -5.0, -3.0))
    Side(is_against=True, reason='read together, it speaks against it (0.90)')
    >>> side_of(Entailment(-0.7, -1.2, -5.0, -2.0)) is None
    True
    """
    for is_against, mine, other, words in (
        (True, told.contradicts, told.supports, "speaks against it"),
        (False, told.supports, told.contradicts, "bears it out"),
    ):
        if mine - log(exp(other) + exp(told.neither)) > SURE:
            return Side(is_against=is_against, reason=f"read together, it {words} ({exp(mine):.2f})")
    return None
