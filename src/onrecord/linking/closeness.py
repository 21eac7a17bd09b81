"""Is an assertion near enough to a claim to bear on it? Log odds, from words in common, the rarest of them, equal numbers, and meaning.

Fitted by `training/closeness/fit.py` on the dossiers whose gold names the documents that bear on each claim (docs/decisions/0022). What is near may
repeat a claim or deny it: places, days, figures and polarity decide (`relations.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.linking.likeness import Weights, likeness, meanings, numbers_of, other_happening
from onrecord.linking.relations import FEWEST_SHARED
from onrecord.linking.vectors import nearness
from onrecord.records import Assertion

# Log odds for each of the measures of `in_common`, in their order, and without any, learnt from the example and twelve constructed dossiers on 2026-11-26
# (all but boat and junta) before the last measure was there, whose weight is set by hand. What `fit.py` prints for the readings of a later day differs a
# little; with it three of 248 verdicts were otherwise.
WEIGHTS = (3.2, 3.93, 4.15, 5.1, -0.57, -1.11, -2.0)
NOTHING_IN_COMMON = -5.74
# From these log odds on an assertion may bear a claim out or speak against it (of 248 claims of 13 dossiers about as many are judged rightly from 0.4
# to 1.3), and from these on a figure that differs may.
CLOSE = 1.0
CLOSE_FOR_FIGURES = 0.0


def closeness(claim: Assertion, others: Sequence[Assertion], weight: Weights) -> list[float]:
    """The log odds that each of some other assertions bears on a claim."""
    return [
        NOTHING_IN_COMMON + sum(by * measure for by, measure in zip(WEIGHTS, measures, strict=True))
        for measures in in_common(claim, others, weight)
    ]


def in_common(claim: Assertion, others: Sequence[Assertion], weight: Weights) -> list[tuple[float, ...]]:
    """What a claim has in common with each of some others: the share of what it says that the other says (`likeness`), how rare the rarest word of
    both is (1 for one that no other text has), whether a number is the same in both, how near their words are in meaning (-1 to 1); whether the
    claim names states and the other none of them, whether each tells of something else that happened, and whether a single word is all, or a number alone."""
    near = nearness(claim.terms, [other.terms for other in others])
    return [_measures(claim, other, cosine, weight) for other, cosine in zip(others, near, strict=True)]


# Whose words are this near in meaning have more in common than the words that stand in both.
NEAR = 0.45


def _measures(claim: Assertion, other: Assertion, near: float, weight: Weights) -> tuple[float, ...]:
    mine, theirs = meanings(claim), meanings(other)
    shared = [term for term in mine & theirs if not term.startswith("@")]  # a country is in every text of a story
    same_number = not numbers_of(claim).isdisjoint(numbers_of(other))
    return (
        likeness(claim, theirs, weight),
        max(map(weight.of, shared), default=0.0) / weight.most,
        float(same_number),
        near,
        float(_names_none_of_its_states(claim, other)),
        float(other_happening(mine, theirs)),
        float(near < NEAR and (not shared or (len(shared) < FEWEST_SHARED and not same_number))),
    )


def _names_none_of_its_states(claim: Assertion, other: Assertion) -> bool:
    """Whether a claim names states and the other neither names nor speaks for one of them, also where the other names none at all."""
    mine = {term for term in claim.terms if term.startswith("@")}
    spoken_for = {f"@{other.source.country}"} if other.source.country is not None else set()
    return bool(mine) and mine.isdisjoint({*other.terms, *spoken_for})
