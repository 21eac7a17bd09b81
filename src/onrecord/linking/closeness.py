"""Is an assertion near enough to a claim to bear on it? Log odds, from words in common, the rarest of them, equal numbers, meaning, time and place.

Fitted by `training/closeness/fit.py` on the dossiers whose gold names the documents that bear on each claim (docs/decisions/0022, 0025). What is near may
repeat a claim or deny it: places, days, figures and polarity decide (`relations.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.linking.figures import PEOPLE, subject_of
from onrecord.linking.likeness import Weights, at_one_time, likeness, meanings, other_happening
from onrecord.linking.relations import FEWEST_SHARED
from onrecord.linking.vectors import nearness, telling
from onrecord.records import Assertion, Figure

# Log odds for each of the measures of `in_common`, in their order, and without any, learnt from the example and twenty-five constructed dossiers (all but those that
# `make closeness` leaves out) on 2026-11-27. That of the last is set by hand, the others are learnt without it.
WEIGHTS = (2.99, 3.83, 4.72, 2.04, -0.39, 5.03, 1.44, 0.81, -0.89, -0.81, -2.0)
NOTHING_IN_COMMON = -4.78
# From these log odds on an assertion may bear a claim out or speak against it, and from these on a figure that differs may (of 688 claims of thirty-four dossiers and the example 456 are
# judged rightly at 1.1, 455 at 0.9 and 1.3; for figures, with earlier weights, one or two fewer at 0.0 and 0.6).
CLOSE = 1.1
CLOSE_FOR_FIGURES = 0.3
# Numbers up to this are in every text (not tuned by itself: 12 as in "a dozen").
SMALL = 12


def closeness(claim: Assertion, others: Sequence[Assertion], weight: Weights) -> list[float]:
    """The log odds that each of some other assertions bears on a claim."""
    return [
        NOTHING_IN_COMMON + sum(by * measure for by, measure in zip(WEIGHTS, measures, strict=True))
        for measures in in_common(claim, others, weight)
    ]


@dataclass(frozen=True, slots=True)
class Closeness:
    """The log odds that assertions bear on claims, each told once: `known` are those told, by the ids of claim and assertion."""

    weight: Weights
    known: dict[tuple[str, str], float] = field(default_factory=dict)

    def of(self, claim: Assertion, others: Sequence[Assertion]) -> list[float]:
        """The log odds that each of some other assertions bears on a claim, as `closeness` tells them."""
        new = list({other.id: other for other in others if (claim.id, other.id) not in self.known}.values())
        told = closeness(claim, new, self.weight) if new else []
        self.known.update({(claim.id, other.id): odds for other, odds in zip(new, told, strict=True)})
        return [self.known[claim.id, other.id] for other in others]


def in_common(claim: Assertion, others: Sequence[Assertion], weight: Weights) -> list[tuple[float, ...]]:
    """What a claim has in common with each of some others: the share of what it says that the other says (`likeness`), how rare the rarest word of
    both is (1 for one that no other text has, and that is seldom in English), whether a number is the same in both, whether a large one is, whether the claim gives numbers and the
    other none of them, how near their words are in meaning (-1 to 1), whether the times that they name meet, whether a place below a country stands in
    both; whether the claim names states and the other none of them, whether each tells of something else that happened, and whether a single word is
    all, or a number alone."""
    near = nearness(claim.terms, [other.terms for other in others])
    return [_measures(claim, other, cosine, weight) for other, cosine in zip(others, near, strict=True)]


# Whose words are this near in meaning have more in common than the words that stand in both.
NEAR = 0.45


def _measures(claim: Assertion, other: Assertion, near: float, weight: Weights) -> tuple[float, ...]:
    mine, theirs = meanings(claim), meanings(other)
    shared = [term for term in mine & theirs if not term.startswith("@")]  # a country is in every text of a story
    same = _same_numbers(claim, other)
    return (
        likeness(claim, theirs, weight),
        max((weight.of(term) * telling(term) for term in shared), default=0.0) / weight.most,
        float(bool(same)),
        float(bool(same) and max(same) > SMALL),
        float(bool(claim.figures) and not same),
        near,
        float(at_one_time(claim.moments, other.moments)),
        float(_is_at_one_place(claim, other)),
        float(_names_none_of_its_states(claim, other)),
        float(other_happening(mine, theirs)),
        float(near < NEAR and (not shared or (len(shared) < FEWEST_SHARED and not same))),
    )


def _same_numbers(claim: Assertion, other: Assertion) -> set[float]:
    """The numbers that stand in both and can count the same there: "340 goats" and "340 barrels" have none in common."""
    if not claim.figures or not other.figures:
        return set()
    return {
        value
        for mine in claim.figures
        for theirs in other.figures
        for value in mine.values & theirs.values
        if mine.unit == theirs.unit and _can_count_the_same(mine, theirs)
    }


def _can_count_the_same(one: Figure, other: Figure) -> bool:
    counted = {subject_of(figure, main=None).counted for figure in (one, other)} - {None}
    return len(counted) < 2 or counted <= PEOPLE


def _is_at_one_place(claim: Assertion, other: Assertion) -> bool:
    """Whether both name one place below a country."""
    if not claim.places or not other.places:
        return False
    mine = {place.name for place in claim.places if not place.is_country}
    return any(place.name in mine for place in other.places)


def _names_none_of_its_states(claim: Assertion, other: Assertion) -> bool:
    """Whether a claim names states and the other neither names nor speaks for one of them, also where the other names none at all."""
    mine = {term for term in claim.terms if term.startswith("@")}
    spoken_for = {f"@{other.source.country}"} if other.source.country is not None else set()
    return bool(mine) and mine.isdisjoint({*other.terms, *spoken_for})
