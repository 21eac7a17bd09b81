"""What the claims of a document are told to be by what is nearest to them, read together with it (`linking/entailment.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

from onrecord.linking.closeness import Closeness
from onrecord.linking.entailment import Entailment, claimed, entailments, passage
from onrecord.linking.likeness import numbers_of
from onrecord.records import Act, Assertion, Document, Polarity

# Read together with a claim are at most so many assertions, the nearest by their words first, and none below these log odds that it bears on the claim (of 449 claims of
# twenty-three dossiers, read by networks that had not seen them, 268, 274, 278 and 277 are judged rightly where four, five, six and eight are read; of 369 of them four fewer at -1).
MOST_READ, NEAR_ENOUGH = 6, -2.0
# From these probabilities on a passage bears a claim out, and speaks against it or gives another figure of the same (of the 449 claims 267 to 270 from 0.35 to 0.7 for the first; between
# 0.5 and 0.6 lie orders, taken for what was ordered).
BEARS_OUT, SPEAKS_AGAINST = 0.6, 0.5
# Less likely than this to have nothing to do with a claim, what words alone relate to it stands (at 0.3 as many are right, at 0.7 two more).
WORDS_STAND = 0.5
# How the reasons begin for which only reading both together speaks.
READ_TOGETHER = "read together"
# Claims of these acts are not read: their words say what is denied or doubted, or their verdict is by what they are.
_NOT_READ = frozenset({Act.DENIES, Act.DOUBTS, Act.OPINES, Act.ASKS})


@dataclass(frozen=True, slots=True)
class Side:
    """Whether something speaks against a claim or bears it out, and why, in words; `is_denied` says that it would bear it out, and is against it for being denied."""

    is_against: bool
    reason: str
    is_denied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Claims read together with what is nearest to them: each with what a question asks for, once. `near` are the assertions that may bear on each claim,
    by its id, `documents` the documents of all, `found` what was read so far, the claim's id first."""

    near: Mapping[str, Sequence[Assertion]]
    documents: Mapping[str, Document]
    closeness: Closeness
    found: dict[tuple[str, str], Entailment] = field(default_factory=dict)
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)

    def told(self, claim: Assertion, others: Iterable[Assertion]) -> dict[str, Entailment]:
        """What those of some assertions that are nearest to a claim are to it, by their ids; the others are not read."""
        if claim.act in _NOT_READ or claim.id not in self.near:
            return {}
        if claim.id not in self.chosen:
            self.chosen[claim.id] = frozenset(_nearest(claim, self.near[claim.id], self.closeness))
        asked = {o.id: o for o in others if o.id in self.chosen[claim.id]}
        new = [other for id_, other in asked.items() if (claim.id, id_) not in self.found]
        words = claimed(claim, self.documents[claim.document].text)
        told = entailments([(words, passage(other, self.documents[other.document].text)) for other in new])
        self.found.update({(claim.id, other.id): one for other, one in zip(new, told, strict=True)})
        return {id_: self.found[claim.id, id_] for id_ in asked}


def _nearest(claim: Assertion, others: Sequence[Assertion], closeness: Closeness) -> Iterator[str]:
    odds = closeness.of(claim, others)
    order = sorted(range(len(others)), key=lambda number: (-odds[number], others[number].id))
    return (others[number].id for number in order[:MOST_READ] if odds[number] > NEAR_ENOUGH)


def bearing(told: Entailment | None) -> float:
    """What to add to the log odds by words that something bears on a claim; 0 for what was not read."""
    return 0.0 if told is None else told.bearing


def side_of(told: Entailment, *, denied: bool = False) -> Side | None:
    """The side that something read together with a claim is on; None for neither. What would bear the claim out and is `denied` or doubted, before or behind what was
    read, speaks against it.

    >>> side_of(Entailment(-4.0, -0.1, -5.0, -3.0))
    Side(is_against=True, reason='read together, it speaks against it (0.90)', is_denied=False)
    >>> side_of(Entailment(-2.3, -2.3, -2.3, -0.36)) is None
    True
    >>> side_of(Entailment(-0.1, -4.0, -5.0, -3.0), denied=True)
    Side(is_against=True, reason='read together, it would bear it out (0.90), and its source denies or doubts it', is_denied=True)
    """
    supports = exp(told.supports)
    if supports > BEARS_OUT and denied:
        reason = f"{READ_TOGETHER}, it would bear it out ({supports:.2f}), and its source denies or doubts it"
        return Side(is_against=True, reason=reason, is_denied=True)
    if supports > BEARS_OUT:
        return Side(is_against=False, reason=f"{READ_TOGETHER}, it bears it out ({supports:.2f})")
    for likely, words in (
        (exp(told.contradicts), "speaks against it"),
        (exp(told.other_figure), "gives another figure"),
    ):
        if likely > SPEAKS_AGAINST:
            return Side(is_against=True, reason=f"{READ_TOGETHER}, it {words} ({likely:.2f})")
    return None


def words_stand(told: Entailment) -> bool:
    """Whether what words alone relate to a claim stands beside what reading both together leaves open."""
    return exp(told.neither) < WORDS_STAND


def is_denied(claim: Assertion, other: Assertion) -> bool:
    """Whether what would bear a claim out is denied or doubted by who puts it forward: the words that were read say what is denied, not that it is. Where the claim is that
    something is not so, a denial bears it out, unless it stands in another sentence than the one that is read."""
    read = any(other.sentence.start <= cue.start < other.sentence.end for cue in other.attribution.cue)
    is_so = claim.certainty.polarity is Polarity.POSITIVE
    return other.act in (Act.DENIES, Act.DOUBTS) and (is_so or not read)


def is_its_number(claim: Assertion, denied: Assertion) -> bool:
    """Whether what is denied is what a claim says, as far as numbers tell: that 24 drowned when the ferry sank is denied, and not that it sank."""
    numbers = numbers_of(denied)
    return not numbers or not numbers.isdisjoint(numbers_of(claim))
