"""Which figures of one thing differ, and does the later revise, narrow or contradict the earlier?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from onrecord.answers.figures import Counted, counted_figures, is_put_forward, scope_difference
from onrecord.linking.closeness import closeness
from onrecord.linking.figures import ROUNDING, comparable, compatible, is_wide
from onrecord.linking.likeness import Weights, weights
from onrecord.linking.sources import Party
from onrecord.records import Assertion, Document, Relation, RelationKind

# Figures of two sources contradict one another within these days; a later one is of a later state of things (at 5 and 14 days 4 and 6 more of 338 contradictions of twenty dossiers
# are found, and 10 and 17 more of 139 apparent ones).
SAME_STATE = timedelta(days=2)
# Figures of two sources that are further apart than so many times count other things: a part and the whole, or two events.
FURTHEST = 5.0
# Figures of which one leaves unsaid what it counts are compared where their claims are this near (log odds; right kinds of contradictions of the
# example and fifteen constructed dossiers: 58 of 278 at -1, 61 at -2, 62 at -3, with 781, 806 and 854 relations).
CLOSE_TO_COMPARE = -2.0


def differing_figures(found: Sequence[Assertion], documents: Mapping[str, Document]) -> Iterator[Relation]:
    """Figures for one thing: one source revises or narrows its own, two contradict one another within days."""
    weight = weights(found)
    told = [c for c in counted_figures(found, documents) if is_put_forward(c)]
    added = [c for c in told if c.figure.increment]
    alike: dict[object, list[Counted]] = defaultdict(list)
    for counted in told:
        if not counted.figure.increment:
            alike[counted.subject.status, counted.subject.unit].append(counted)
    for members in alike.values():
        for number, later in enumerate(members):
            for earlier in members[:number]:
                link = _of_figures(earlier, later)
                if (
                    link is not None
                    and _count_one_thing(earlier, later, weight)
                    and not any(_is_sum(earlier, more, later) for more in added)
                ):
                    yield link


def _count_one_thing(one: Counted, other: Counted, weight: Weights) -> bool:
    """Whether two comparable figures are of one thing: they say that they count the same, or the same country's people, or stand in claims
    that are near enough."""
    mine, theirs = one.subject, other.subject
    if mine.counted == theirs.counted and (mine.counted or (mine.whose and mine.whose == theirs.whose)):
        return True
    pairs = ((one.assertion, other.assertion), (other.assertion, one.assertion))
    return any(closeness(a, [b], weight)[0] >= CLOSE_TO_COMPARE for a, b in pairs)


def _is_sum(earlier: Counted, more: Counted, later: Counted) -> bool:
    """Whether a figure is an earlier one and what has come to it since: 1,500, another 1,500, and 3,000 in all."""
    first, second, whole = (c.figure.best for c in (earlier, more, later))
    in_time = earlier.document.appeared <= more.document.appeared <= later.document.appeared
    of_one = more.document.id == later.document.id or more.party.voice == later.party.voice
    if first is None or second is None or whole is None:
        return False
    adds_up = abs(first + second - whole) <= ROUNDING * whole
    return adds_up and in_time and of_one and comparable(more.subject, later.subject)


def _of_figures(earlier: Counted, later: Counted) -> Relation | None:
    if not is_known_order(later.document, earlier.document):
        return None
    if not comparable(later.subject, earlier.subject):
        return None
    same = one_voice(earlier.party, later.party) is not None
    kind = _kind_of_figures(earlier, later, same=same)
    if kind is None or scope_difference(later, earlier) is not None:
        return None
    said = f"{later.figure.as_written} where {earlier.party.name} gave {earlier.figure.as_written}"
    return Relation(kind=kind, of=later.assertion.id, to=earlier.assertion.id, reason=said)


def _kind_of_figures(earlier: Counted, later: Counted, *, same: bool) -> RelationKind | None:
    """How the later of two figures for one thing stands to the earlier; None where both can be right, or the state has changed."""
    if compatible(later.figure, earlier.figure):
        narrower = same and is_wide(earlier.figure) and not is_wide(later.figure)
        return RelationKind.NARROWS if narrower else None
    if same:
        return RelationKind.REVISES
    apart = abs(later.document.appeared - earlier.document.appeared)
    values = [max(c.figure.values, default=0.0) for c in (earlier, later)]
    return RelationKind.CONTRADICTS if apart <= SAME_STATE and max(values) <= FURTHEST * min(values) else None


def one_voice(one: Party, other: Party) -> str | None:
    """Who speaks in both, in words: one source, or two offices of one state; None for two voices."""
    if one.named and one.id == other.id:
        return "the same source"
    of_one_state = one.office_of is not None and one.office_of == other.office_of
    return "another office of the same state" if of_one_state or one.voice == other.voice else None


def is_known_order(one: Document, other: Document) -> bool:
    """Whether both documents have a date: without one nobody knows which word came first."""
    return one.published is not None and other.published is not None
