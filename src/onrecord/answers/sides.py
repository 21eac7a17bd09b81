"""What the claims of a document are told to be by what is nearest to them, read together with it (`linking/entailment.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log

from onrecord.linking.closeness import closeness
from onrecord.linking.entailment import Entailment, claimed, entailments, passage
from onrecord.linking.likeness import Weights
from onrecord.linking.relations import can_be_one
from onrecord.records import Act, Assertion, Document

# Read together with a claim are at most so many assertions, the nearest by their words first, and none below these log odds that it bears on the claim (of 588 claims of
# thirty dossiers 391 are judged rightly so, 378 at 8 and -1, 368 with none; of the 180 of them that no rule was made on 108, 103 and 95).
MOST_READ, NEAR_ENOUGH = 12, -2.0
# Log odds by which a side must be likelier than the other and neither together (at 0 to 1 as many claims of thirty dossiers are judged rightly).
SURE = 1.0
# Added to what the network says of the odds that something bears on a claim: of what it learnt from nine in ten did not, of what is near one in three does (not tuned).
OFTENER_NEAR = 1.0
# How the reasons begin for which only reading both together speaks.
READ_TOGETHER = "read together"
# Claims of these acts are not read: their words say what is denied or doubted, or their verdict is by what they are.
_NOT_READ = frozenset({Act.DENIES, Act.DOUBTS, Act.OPINES, Act.ASKS})


@dataclass(frozen=True, slots=True)
class Side:
    """Whether something speaks against a claim or bears it out, and why, in words."""

    is_against: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Claims read together with what is nearest to them: each with what a question asks for, once. `near` are the assertions that may bear on each claim,
    by its id, `documents` the documents of all, `found` what was read so far, the claim's id first."""

    near: Mapping[str, Sequence[Assertion]]
    documents: Mapping[str, Document]
    weight: Weights
    found: dict[tuple[str, str], Entailment] = field(default_factory=dict)
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)

    def told(self, claim: Assertion, others: Iterable[Assertion]) -> dict[str, Entailment]:
        """What those of some assertions that are nearest to a claim and can tell of the same are to it, by their ids; the others are not read."""
        if claim.act in _NOT_READ or claim.id not in self.near:
            return {}
        if claim.id not in self.chosen:
            self.chosen[claim.id] = frozenset(_nearest(claim, self.near[claim.id], self.weight))
        asked = {o.id: o for o in others if o.id in self.chosen[claim.id] and self._can_be_one(claim, o)}
        new = [other for id_, other in asked.items() if (claim.id, id_) not in self.found]
        words = claimed(claim, self.documents[claim.document].text)
        told = entailments([(words, passage(other, self.documents[other.document].text)) for other in new])
        self.found.update({(claim.id, other.id): one for other, one in zip(new, told, strict=True)})
        return {id_: self.found[claim.id, id_] for id_ in asked}

    def _can_be_one(self, claim: Assertion, other: Assertion) -> bool:
        return (claim.id, other.id) in self.found or can_be_one(claim, other, self.documents[other.document])


def _nearest(claim: Assertion, others: Sequence[Assertion], weight: Weights) -> Iterator[str]:
    odds = closeness(claim, others, weight)
    order = sorted(range(len(others)), key=lambda number: (-odds[number], others[number].id))
    return (others[number].id for number in order[:MOST_READ] if odds[number] > NEAR_ENOUGH)


def bearing(told: Entailment | None) -> float:
    """What to add to the log odds by words that something bears on a claim; 0 for what was not read."""
    return 0.0 if told is None else told.bearing + OFTENER_NEAR


def side_of(told: Entailment, act: Act) -> Side | None:
    """The side that something of an act, read together with a claim, is on; None where it is not sure. What would bear the claim out, and is denied or
    doubted or taken back by who gives it, speaks against it: that may stand in another sentence than the one that was read.

    >>> side_of(Entailment(-4.0, -0.1, -5.0, -3.0), Act.ASSERTS)
    Side(is_against=True, reason='read together, it speaks against it (0.90)')
    >>> side_of(Entailment(-0.7, -1.2, -5.0, -2.0), Act.ASSERTS) is None
    True
    >>> side_of(Entailment(-0.1, -4.0, -5.0, -3.0), Act.DENIES)
    Side(is_against=True, reason='read together, it would bear it out (0.90), and its source denies it')
    """
    for is_against, mine, other, words in (
        (True, told.contradicts, told.supports, "speaks against it"),
        (False, told.supports, told.contradicts, "bears it out"),
    ):
        if mine - log(exp(other) + exp(told.neither)) > SURE:
            if not is_against and act in (Act.DENIES, Act.DOUBTS):
                reason = f"{READ_TOGETHER}, it would bear it out ({exp(mine):.2f}), and its source {act} it"
                return Side(is_against=True, reason=reason)
            return Side(is_against=is_against, reason=f"{READ_TOGETHER}, it {words} ({exp(mine):.2f})")
    return None
