"""What needs a person, and what the person decided.

Decisions are added, never changed; taking one back is a decision too. Whoever decides says which decision on the same words he has
seen last, so that of two who decide at once the second is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations

from onrecord.decided import said_in, standing, target
from onrecord.errors import DecisionError, MissingError, QueryError
from onrecord.ledger.store import Ledger
from onrecord.linking.claims import claims, is_put_forward
from onrecord.records import (
    Assertion,
    Claim,
    Decision,
    DecisionKind,
    Document,
    Said,
    SourceKind,
    Span,
    content_hash,
)

# The queue is made from so many assertions that match the words best; without words from the documents added last.
MOST_ASSERTIONS = 500
MOST_DOCUMENTS = 150
# A reason that is longer is no reason but a text.
LONGEST_WHY = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to decide: an assertion, or with `other` whether two put forward the same. `weight` is how many documents a
    decision would touch, `reason` why a person should look, `skipped` whether the one who asks has skipped it."""

    assertion: Assertion
    document: Document
    other: Assertion | None
    other_document: Document | None
    weight: int
    reason: str
    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a person wants to decide. `seen` is the id of the newest decision on the same words that he was shown, None for none."""

    kind: DecisionKind
    by: str
    why: str = ""
    seen: str | None = None
    other: Assertion | None = None
    content: tuple[Span, ...] | None = None
    source: str | None = None


def queue(ledger: Ledger, words: str = "", *, by: str | None = None, most: int = 50) -> list[Item]:
    """What is still to be decided among the assertions with these words, what a decision would touch most first.

    What `by` has skipped comes last; who skips decides nothing, and nothing for others.
    """
    found = _to_look_through(ledger, words)
    documents = ledger.documents(ids={a.document for a in found})
    of_id = {a.id: a for a in found}
    grouped = claims(found, documents, ledger.pairs(found))
    decisions, read = standing(ledger.decisions()), ledger.as_read(of_id)
    items = [*_doubtful(found, grouped, documents, of_id), *_loose(grouped, documents, of_id)]
    open_ = []
    for item in items:
        on = _on(decisions, read[item.assertion.id], read[item.other.id] if item.other is not None else None)
        if all(d.kind is DecisionKind.SKIP for d in on):
            open_.append(replace(item, skipped=any(d.by == by for d in on)))
    return sorted(open_, key=lambda i: (i.skipped, -i.weight, i.document.appeared, i.assertion.id))[:most]


def _to_look_through(ledger: Ledger, words: str) -> list[Assertion]:
    if words.strip():
        return ledger.assertions(words, most=MOST_ASSERTIONS)
    return ledger.assertions_in({document.id for document in ledger.newest(MOST_DOCUMENTS)})


def _doubtful(
    found: Iterable[Assertion],
    grouped: Iterable[Claim],
    documents: Mapping[str, Document],
    of_id: Mapping[str, Assertion],
) -> Iterable[Item]:
    """Assertions whose source or words are a guess, by the number of documents of their claim."""
    size = {id_: len({of_id[a].document for a in claim.assertions}) for claim in grouped for id_ in claim.assertions}
    for assertion in filter(is_put_forward, found):
        reason = _doubt(assertion)
        if reason is not None:
            yield Item(
                assertion=assertion,
                document=documents[assertion.document],
                other=None,
                other_document=None,
                weight=size.get(assertion.id, 1) + len(assertion.figures),
                reason=reason,
            )


def _doubt(assertion: Assertion) -> str | None:
    """Why a person should look at an assertion, None for no reason."""
    source = assertion.source
    if source.kind is SourceKind.UNATTRIBUTED and assertion.figures:
        return "it gives a figure on nobody's word"
    if source.kind in (SourceKind.PERSON, SourceKind.ORGANISATION) and " taken as " in source.reason:
        return f"its source is a guess: {source.reason}"
    if len(assertion.attribution.content) > 1:
        return "what it says is put together from several pieces"
    return None


def _loose(
    grouped: Iterable[Claim], documents: Mapping[str, Document], of_id: Mapping[str, Assertion]
) -> Iterable[Item]:
    """Assertions that we joined into a claim, by how many documents the claim has: a wrong one inflates its origins."""
    for claim in grouped:
        first = of_id[claim.id]
        weight = len({of_id[a].document for a in claim.assertions})
        for link in claim.relations:
            other = of_id[link.of]
            if other.document != first.document:
                yield Item(
                    assertion=first,
                    document=documents[first.document],
                    other=other,
                    other_document=documents[other.document],
                    weight=weight,
                    reason=f"taken for one claim: {link.reason}",
                )


def decisions_on(ledger: Ledger, assertion: Assertion, other: Assertion | None = None) -> tuple[Decision, ...]:
    """What was decided on an assertion, or on two, and still stands, oldest first, skips included."""
    decisions = standing(ledger.decisions())
    if not decisions:
        return ()
    read = ledger.as_read([a.id for a in (assertion, other) if a is not None])
    return _on(decisions, read[assertion.id], read[other.id] if other is not None else None)


def _on(decisions: Iterable[Decision], assertion: Assertion, other: Assertion | None) -> tuple[Decision, ...]:
    return tuple(d for d in decisions if _is_on(d, assertion, other))


def _is_on(decision: Decision, assertion: Assertion, other: Assertion | None) -> bool:
    if other is None:
        return decision.other is None and target(decision.about, [assertion]) is not None
    if decision.other is None:
        return False
    pair = [assertion, other]
    return {getattr(target(s, pair), "id", None) for s in (decision.about, decision.other)} == {a.id for a in pair}


def decide(ledger: Ledger, assertion: Assertion, proposal: Proposal, *, now: datetime | None = None) -> Decision:
    """Record a decision on an assertion. Raises QueryError where something is missing, DecisionError where somebody was faster.

    What is decided between the look at the decisions and the record of this one is looked at too.
    """
    _refuse_incomplete(ledger, assertion, proposal)
    other = proposal.other
    read = ledger.as_read([a.id for a in (assertion, other) if a is not None])
    about, also = said_in(read[assertion.id]), said_in(read[other.id]) if other is not None else None
    while True:
        seen = ledger.decisions()
        on = _on(standing(seen), read[assertion.id], read[other.id] if other is not None else None)
        on = tuple(d for d in on if d.kind is not DecisionKind.SKIP)  # who skips decides nothing
        if on and on[-1].id != proposal.seen and on[-1].by != proposal.by.strip():
            raise DecisionError(
                f"{on[-1].by} decided {on[-1].kind!s} on the same words{_because(on[-1])}; look at both and decide again"
            )
        decision = _made(proposal, about=about, other=also, undoes=None, now=now)
        if ledger.add_decision(decision, after=seen):
            return decision


def undo(ledger: Ledger, id_: str, *, by: str, why: str = "", now: datetime | None = None) -> Decision:
    """Take a decision back, also days later. Raises QueryError where there is none, or it is undone already."""
    proposal = Proposal(kind=DecisionKind.UNDO, by=by, why=why)
    _refuse_nobody(proposal)
    while True:
        seen = ledger.decisions()
        found = next((d for d in standing(seen) if d.id == id_), None)
        if found is None:
            raise MissingError(f"there is no decision {id_!r} that still stands; the history shows which do")
        decision = _made(proposal, about=found.about, other=found.other, undoes=found.id, now=now)
        if ledger.add_decision(decision, after=seen):
            return decision


def _made(proposal: Proposal, *, about: Said, other: Said | None, undoes: str | None, now: datetime | None) -> Decision:
    recorded = now or datetime.now(UTC)
    return Decision(
        id=content_hash("decision", proposal.kind, about, other, undoes, proposal.by, recorded.isoformat()),
        kind=proposal.kind,
        about=about,
        by=proposal.by.strip(),
        why=proposal.why.strip(),
        recorded=recorded,
        other=other,
        content=proposal.content,
        source=proposal.source.strip() if proposal.source else None,
        undoes=undoes,
    )


def _refuse_nobody(proposal: Proposal) -> None:
    if not proposal.by.strip():
        raise QueryError("a decision needs the name of who decides; give one")
    if len(proposal.why) > LONGEST_WHY:
        raise QueryError(f"the reason has {len(proposal.why)} characters; give at most {LONGEST_WHY}")


def _refuse_incomplete(ledger: Ledger, assertion: Assertion, proposal: Proposal) -> None:
    _refuse_nobody(proposal)
    kind = proposal.kind
    if kind is DecisionKind.UNDO:
        raise QueryError("a decision is undone by its id")
    pairs = (DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.SKIP)
    if proposal.other is not None and kind not in pairs:
        raise QueryError(f"{kind!s} is about one assertion; leave the other out")
    if kind is DecisionKind.WRONG_SOURCE and not _is_name(proposal.source or ""):
        raise QueryError("say who the right source is: a name of letters or digits, without control characters")
    if kind in (DecisionKind.MERGE, DecisionKind.SPLIT) and (
        proposal.other is None or proposal.other.id == assertion.id
    ):
        raise QueryError(f"to {kind} needs two different assertions; name the other")
    if kind is DecisionKind.CORRECT_SPAN:
        text = ledger.documents(ids=[assertion.document])[assertion.document].text
        content = proposal.content or ()
        if not content or any(not (0 <= s.start < s.end <= len(text) and s.of(text).strip()) for s in content):
            raise QueryError(f"the right span must lie within the text, from 0 to {len(text)}, and hold a word")


def _is_name(words: str) -> bool:
    """Whether words name somebody: something to read, and nothing that hides or turns the rest.

    >>> _is_name("Ana Lopez"), _is_name("..."), _is_name("Ana\u202e")
    (True, False, False)
    """
    return any(c.isalnum() for c in words) and words.isprintable()


def _because(decision: Decision) -> str:
    return f" (“{decision.why}”)" if decision.why else ""


def disagreements(ledger: Ledger) -> list[tuple[Decision, Decision]]:
    """Pairs of standing decisions of two people on the same words that say different things, the newest last."""
    decisions = [d for d in standing(ledger.decisions()) if d.kind is not DecisionKind.SKIP]
    return [(one, other) for one, other in combinations(decisions, 2) if _differ(one, other)]


def _differ(one: Decision, other: Decision) -> bool:
    if one.by == other.by or {_said(one), _said(other)} == {_said(one)}:
        return False
    return (one.about, one.other) == (other.about, other.other)


def _said(decision: Decision) -> tuple[object, ...]:
    return decision.kind, decision.content, decision.source


def tally(decisions: Sequence[Decision]) -> Counter[DecisionKind]:
    """How many decisions of each kind stand."""
    return Counter(decision.kind for decision in standing(decisions))
