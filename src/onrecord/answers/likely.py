"""How likely is it that two assertions speak against one another? Each is read as the claim of the other (`linking/entailment.py`).

Words in common, a negation or two numbers make a relation; whether both can be so they do not tell. The likelihoods were learnt from 724 pairs of
twenty-six dossiers that were related so, each labelled twice (`training/likely/fit.py`, docs/decisions/0029).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from math import exp, log

from onrecord.linking.entailment import Entailment, claimed, entailments, passage
from onrecord.records import Act, Assertion, Document, Relation


class Ground(StrEnum):
    """What a relation is found by."""

    PLACE = "its place in a text"
    SAME_WORDS = "nearly the same words"
    WORDS = "its words"
    FEW_WORDS = "few words"
    FIGURES = "figures"


# Log odds that a relation holds: so much for each of the log odds by the network, and, by what it was found by, without any of them.
FOR_EACH = 0.50
WITHOUT_ANY = {Ground.WORDS: 0.55, Ground.FEW_WORDS: -0.94, Ground.FIGURES: -0.14}
# How likely one is that was not read: as many of the labelled pairs are right.
UNREAD = {Ground.WORDS: 0.52, Ground.FEW_WORDS: 0.21, Ground.FIGURES: 0.38}
_SAID_NOT_TO_BE_SO = frozenset({Act.DENIES, Act.DOUBTS})

Pair = tuple[str, str]
Link = tuple[Relation, Ground]


def likelihoods(
    links: Sequence[Link], of_id: Mapping[str, Assertion], documents: Mapping[str, Document], *, most: int
) -> dict[Relation, float]:
    """How likely it is, from 0 to 1, that each of some relations that speak against something is right; each with what it was found by, one of
    WITHOUT_ANY. The first `most` are read, the others as likely as their kind. `of_id` and `documents` hold all assertions and their documents by id."""
    odds = odds_together({(r.of, r.to) for r, _ in links[:most]}, of_id, documents)
    return {r: _likelihood(odds[r.of, r.to], ground) if (r.of, r.to) in odds else UNREAD[ground] for r, ground in links}


def odds_together(
    pairs: Iterable[Pair], of_id: Mapping[str, Assertion], documents: Mapping[str, Document]
) -> dict[Pair, float]:
    """The log odds by the network that each of some pairs of assertions speak against one another, the mean of both ways to read them. Where one of
    them denies it is that they bear on one another at all: its words may say what is denied, or that it is not so."""
    pairs = list(pairs)
    both_ways = [way for one, other in pairs for way in ((one, other), (other, one))]
    ids = {id_ for pair in pairs for id_ in pair}
    texts = {id_: documents[of_id[id_].document].text for id_ in ids}
    claims = {id_: claimed(of_id[id_], texts[id_]) for id_ in ids}
    passages = {id_: passage(of_id[id_], texts[id_]) for id_ in ids}
    told = entailments([(claims[claim], passages[other]) for claim, other in both_ways])
    there, back = told[::2], told[1::2]
    return {
        pair: (_odds(a, is_denial=is_denial) + _odds(b, is_denial=is_denial)) / 2
        for pair, a, b in zip(pairs, there, back, strict=True)
        for is_denial in (any(of_id[id_].act in _SAID_NOT_TO_BE_SO for id_ in pair),)
    }


def _odds(told: Entailment, *, is_denial: bool) -> float:
    """The log odds that a passage speaks against a claim or gives another figure; that it bears on it at all, where one of the two is a denial."""
    if is_denial:
        return told.bearing
    against = exp(told.contradicts) + exp(told.other_figure)
    return log(against) - log(exp(told.supports) + exp(told.neither))


def _likelihood(odds: float, ground: Ground) -> float:
    """How likely a relation is right by the log odds of the network and by what it was found by.

    >>> [round(_likelihood(1.0, ground), 2) for ground in (Ground.WORDS, Ground.FEW_WORDS, Ground.FIGURES)]
    [0.74, 0.39, 0.59]
    """
    return 1 / (1 + exp(-(FOR_EACH * odds + WITHOUT_ANY[ground])))
