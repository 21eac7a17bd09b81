"""Which assertions put forward the same thing? Claims, across documents and wordings.

Each assertion, oldest first, joins the claim whose first assertion it is most like, or begins one of its own. To join it must
repeat or confirm that first one (`relations.py`: words, places, days, polarity), each must say a good part of what the other says,
and their figures for the same thing must fit. Comparing with the first only keeps one claim from drifting into another. Cost
grows with the number of assertions that share rare words, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.decided import Pairs
from onrecord.linking.figures import Subject, comparable, compatible, subject_of
from onrecord.linking.likeness import Weights, coverage, meanings, weights
from onrecord.linking.relations import relation, shares_enough
from onrecord.records import Act, Assertion, Claim, Document, Figure, Level, Relation, RelationKind

# Each of two assertions of one claim says at least this share of what the other says, by weight.
LEAST_OF_EACH = 0.3
# Candidates of an assertion share this many of the words by which claims are looked up: its rarest ones.
LOOKED_UP = 8
LEAST_COMMON = 2
MOST_CANDIDATES = 50
JOINED_BY_A_PERSON = "a person joined the two"
NO_PAIRS = Pairs()
# What is put forward as being so; the rest is judgement, question, demand or promise.
PUT_FORWARD = frozenset({Act.ASSERTS, Act.CONFIRMS, Act.DENIES})


def claims(assertions: Iterable[Assertion], documents: Mapping[str, Document], pairs: Pairs = NO_PAIRS) -> list[Claim]:
    """The claims that some assertions put forward, in the order in which they first appeared.

    `pairs` are what people joined or took apart; their word goes before ours.
    """
    put_forward = sorted(filter(is_put_forward, assertions), key=lambda a: _order(a, documents))
    about = {a.id: meanings(a) for a in put_forward}
    counts = {a.id: [(subject_of(f, main=None), f) for f in a.figures] for a in put_forward}
    weight = weights(put_forward)
    joined: dict[str, tuple[Assertion, list[Assertion], list[Relation]]] = {}
    known_by: dict[str, list[str]] = defaultdict(list)
    claim_of: dict[str, str] = {}
    for assertion in put_forward:
        rare = _rarest(about[assertion.id], weight)
        near = Counter(first for word in rare for first in known_by[word])
        likely = [first for first, count in near.most_common(MOST_CANDIDATES) if count >= LEAST_COMMON]
        apart = {claim_of[id_] for id_ in claim_of if (assertion.id, id_) in pairs.parted} if pairs.parted else set()
        firsts = [joined[id_][0] for id_ in likely if id_ not in apart and _fit(counts[assertion.id], counts[id_])]
        first, link = _closest(assertion, firsts, about, weight, documents)
        by_person = [id_ for id_ in claim_of if (assertion.id, id_) in pairs.joined] if pairs.joined else []
        if by_person:
            first = joined[claim_of[by_person[0]]][0]
            link = Relation(kind=RelationKind.REPEATS, of=assertion.id, to=by_person[0], reason=JOINED_BY_A_PERSON)
        claim_of[assertion.id] = first.id if first is not None and link is not None else assertion.id
        if first is None or link is None:
            joined[assertion.id] = (assertion, [], [])
            for word in rare:
                known_by[word].append(assertion.id)
        else:
            joined[first.id][1].append(assertion)
            joined[first.id][2].append(link)
    return [
        Claim(id=first.id, assertions=(first.id, *(a.id for a in others)), relations=tuple(links))
        for first, others, links in joined.values()
    ]


def is_put_forward(assertion: Assertion) -> bool:
    """Whether the source stands for it being so or not so."""
    return assertion.act in PUT_FORWARD and assertion.certainty.level is not Level.UNCOMMITTED


def _order(assertion: Assertion, documents: Mapping[str, Document]) -> tuple[object, ...]:
    document = documents[assertion.document]
    return document.appeared, document.id, assertion.sentence.start, assertion.id


def _rarest(about: frozenset[str], weight: Weights) -> list[str]:
    return sorted(about, key=lambda term: (-weight.of(term), term))[:LOOKED_UP]


def _closest(
    assertion: Assertion,
    firsts: Sequence[Assertion],
    about: Mapping[str, frozenset[str]],
    weight: Weights,
    documents: Mapping[str, Document],
) -> tuple[Assertion | None, Relation | None]:
    """Of the first assertions of claims the one that this one is most like and puts forward too, with the relation; None for none."""
    best: tuple[float, Assertion | None, Relation | None] = (0.0, None, None)
    for first in firsts:
        mine, theirs = about[assertion.id], about[first.id]
        shares = coverage(mine, theirs, weight), coverage(theirs, mine, weight)
        if min(shares) < LEAST_OF_EACH or sum(shares) <= best[0]:
            continue
        alike = shares_enough(first, assertion, max(shares))
        link = relation(first, assertion, documents[assertion.document], alike=alike, weight=weight)
        if link is not None and link.kind in (RelationKind.REPEATS, RelationKind.CONFIRMS):
            best = (sum(shares), first, link)
    return best[1], best[2]


def _fit(mine: Sequence[tuple[Subject, Figure]], theirs: Sequence[tuple[Subject, Figure]]) -> bool:
    """Whether both give figures or neither, and no figure of the one differs from all of the other that count the same.

    That a town was shelled and that 12 people were killed there are two claims, though the second bears out the first.
    """
    if bool(mine) != bool(theirs):
        return False
    for subject, figure in mine:
        same = [f for other, f in theirs if comparable(subject, other)]
        if same and not any(compatible(figure, f) for f in same):
            return False
    return True
