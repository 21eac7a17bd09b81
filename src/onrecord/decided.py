"""What people's decisions make of the assertions of a reading.

A decision holds on to words of a document, not to an assertion: after a new reading it applies to the assertion that covers most of
the same words. It corrects a reading, so it counts at every "as of", as a newer reading does (docs/decisions/0012).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.records import Assertion, Decision, DecisionKind, Said, SourceKind, Span

# Two contents are the same if they share at least this part of the words that either has.
SAME_WORDS = 0.5


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of assertion ids that a person joined into one claim, or took apart; each pair in both orders."""

    joined: frozenset[tuple[str, str]] = frozenset()
    parted: frozenset[tuple[str, str]] = frozenset()


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that nobody has undone, oldest first, without the undoing ones. An undoing that was undone does not count."""
    ordered = sorted(decisions, key=lambda d: (d.recorded, d.id))
    undone: set[str] = set()
    for decision in reversed(ordered):
        if decision.kind is DecisionKind.UNDO and decision.undoes is not None and decision.id not in undone:
            undone.add(decision.undoes)
    return [d for d in ordered if d.kind is not DecisionKind.UNDO and d.id not in undone]


def decided(assertions: Sequence[Assertion], decisions: Iterable[Decision]) -> list[Assertion]:
    """The assertions, in order, as the standing decisions leave them: corrected, or left out as no claim."""
    still = standing(decisions)
    if not still:
        return list(assertions)
    by_document: dict[str, list[Assertion]] = defaultdict(list)
    for assertion in assertions:
        by_document[assertion.document].append(assertion)
    changed: dict[str, Assertion | None] = {}
    for decision in still:
        found = target(decision.about, by_document.get(decision.about.document, ()))
        if found is not None:
            changed[found.id] = _changed(found, changed.get(found.id, found), decision)
    if not changed:
        return list(assertions)
    kept = (changed.get(a.id, a) for a in assertions)
    return [assertion for assertion in kept if assertion is not None]


def _changed(read: Assertion, now: Assertion | None, decision: Decision) -> Assertion | None:
    """What a decision leaves of an assertion: `read` as the reader found it, `now` after the decisions before."""
    if decision.kind is DecisionKind.NOT_A_CLAIM:
        return None
    if decision.kind is DecisionKind.ACCEPT:
        return read
    if decision.kind is DecisionKind.CORRECT_SPAN and decision.content:
        now = now or read
        return replace(now, attribution=replace(now.attribution, content=decision.content))
    if decision.kind is DecisionKind.WRONG_SOURCE and decision.source:
        now = now or read
        kind = now.source.kind if now.source.kind in _NAMED else SourceKind.ORGANISATION
        reason = f"{decision.by} said so on {decision.recorded.date().isoformat()}"
        named = replace(now.source, name=decision.source, kind=kind, role=None, affiliation=None, reason=reason)
        return replace(now, source=named)
    return now


_NAMED = (SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OUTLET)


def pairs_of(assertions: Sequence[Assertion], decisions: Iterable[Decision]) -> Pairs:
    """The pairs among some assertions that people joined or took apart; the last word on a pair counts."""
    about_pairs = [d for d in standing(decisions) if d.kind in (DecisionKind.MERGE, DecisionKind.SPLIT)]
    if not about_pairs:
        return Pairs()
    by_document: dict[str, list[Assertion]] = defaultdict(list)
    for assertion in assertions:
        by_document[assertion.document].append(assertion)
    last: dict[tuple[str, str], DecisionKind] = {}
    for decision in about_pairs:
        if decision.other is None:
            continue
        one, other = (target(said, by_document.get(said.document, ())) for said in (decision.about, decision.other))
        if one is not None and other is not None and one.id != other.id:
            last[one.id, other.id] = last[other.id, one.id] = decision.kind
    return Pairs(
        joined=frozenset(pair for pair, kind in last.items() if kind is DecisionKind.MERGE),
        parted=frozenset(pair for pair, kind in last.items() if kind is DecisionKind.SPLIT),
    )


def partners(claim: Assertion, decisions: Iterable[Decision]) -> list[Said]:
    """What people joined with an assertion, by words."""
    merged = [d for d in standing(decisions) if d.kind is DecisionKind.MERGE and d.other is not None]
    both = [(d.about, d.other) for d in merged if d.other is not None]
    return [other for pair in both for one, other in (pair, pair[::-1]) if target(one, [claim]) is not None]


def said_in(assertion: Assertion) -> Said:
    """The words by which a decision holds on to an assertion."""
    return Said(document=assertion.document, content=assertion.attribution.content)


def target(said: Said, assertions: Iterable[Assertion]) -> Assertion | None:
    """The assertion that covers most of the words that a decision is about; None where none covers enough."""
    fits = [(_shared(said.content, a.attribution.content), a.id, a) for a in assertions if a.document == said.document]
    share, _, found = max(fits, default=(0.0, "", None), key=lambda fit: fit[:2])
    return found if share >= SAME_WORDS else None


def _shared(one: Sequence[Span], other: Sequence[Span]) -> float:
    """The part of the code points of either that both have.

    >>> _shared([Span(0, 10)], [Span(5, 10)])
    0.5
    """
    mine, theirs = ({i for span in spans for i in range(span.start, span.end)} for spans in (one, other))
    return len(mine & theirs) / max(1, len(mine | theirs))
