"""A claim with what people decided on it, and what waits for a decision, as pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from onrecord import review
from onrecord.answers.assertions import row_of
from onrecord.answers.claim import ClaimAnswer, claim_answer
from onrecord.answers.rows import AssertionRow
from onrecord.decided import standing
from onrecord.errors import MissingError
from onrecord.ledger.store import Ledger
from onrecord.records import Decision, DecisionKind, words_of
from onrecord.web.chains import Chain, chain
from onrecord.web.pages import A_PAGE, Counted, most_common


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision with the words it is about. `standing` is False for one that was undone."""

    id: str
    kind: str
    by: str
    why: str
    recorded: str
    document: str
    document_id: str
    words: str
    other: str | None
    source: str | None
    undoes: str | None
    standing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """A claim: its verdict, its assertions, the way of each to the reader, what others say, and what people decided on it."""

    claim: ClaimAnswer
    chain: Chain
    decisions: list[DecisionRow]


def claim_page(ledger: Ledger, id_: str, *, as_of: datetime | None) -> ClaimPage:
    answer = claim_answer(ledger, id_, as_of=as_of)
    about = {row.id for row in answer.assertions}
    read = ledger.as_read(about)
    on = [d for a in read.values() for d in review.decisions_on(ledger, a)]
    return ClaimPage(claim=answer, chain=chain(answer.ways), decisions=decision_rows(ledger, on))


def decision_rows(ledger: Ledger, decisions: Sequence[Decision]) -> list[DecisionRow]:
    documents = ledger.documents(ids={s.document for d in decisions for s in (d.about, d.other) if s is not None})
    still = {d.id for d in standing(ledger.decisions())}
    return [
        DecisionRow(
            id=d.id,
            kind=str(d.kind),
            by=d.by,
            why=d.why,
            recorded=d.recorded.isoformat(timespec="seconds"),
            document=documents[d.about.document].name,
            document_id=d.about.document,
            words=words_of(documents[d.about.document].text, d.about.content),
            other=words_of(documents[d.other.document].text, d.other.content) if d.other is not None else None,
            source=d.source,
            undoes=d.undoes,
            standing=d.id in still,
        )
        for d in decisions
    ]


def all_decisions(ledger: Ledger) -> list[DecisionRow]:
    """Every decision, the newest first."""
    return decision_rows(ledger, ledger.decisions())[::-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One thing to decide: an assertion, and with `other` whether two put forward the same. `seen` is the newest decision on it."""

    assertion: AssertionRow
    sentence: str
    sentence_start: int
    content_start: int
    content_end: int
    other: AssertionRow | None
    other_sentence: str | None
    weight: int
    reason: str
    seen: str | None
    skipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """The queue, what a decision would touch most first; what was decided, the newest first; where two people disagree.

    `earlier` is the decision before which the history goes on, None where it ends.
    """

    words: str
    items: list[ReviewItem]
    history: list[DecisionRow]
    earlier: str | None
    disagreements: list[tuple[DecisionRow, DecisionRow]]
    standing: list[Counted]


def review_page(ledger: Ledger, words: str, *, by: str | None = None, before: str | None = None) -> ReviewPage:
    """What waits for `by`, and the decisions before one of them, or the newest."""
    decisions = ledger.decisions()
    older = _before(decisions, before)
    apart = review.disagreements(ledger)
    rows = {row.id: row for row in decision_rows(ledger, decisions)}
    counts: Counter[str] = Counter({str(kind): n for kind, n in review.tally(decisions).items()})
    return ReviewPage(
        words=words,
        items=[review_item(ledger, item) for item in review.queue(ledger, words, by=by, most=A_PAGE)],
        history=[rows[d.id] for d in reversed(older[-A_PAGE:])],
        earlier=older[-A_PAGE].id if len(older) > A_PAGE else None,
        disagreements=[(rows[a.id], rows[b.id]) for a, b in apart],
        standing=most_common(counts),
    )


def _before(decisions: Sequence[Decision], id_: str | None) -> Sequence[Decision]:
    """The decisions before one of them; all where none is named. Raises MissingError where there is no such decision."""
    if id_ is None:
        return decisions
    place = next((n for n, d in enumerate(decisions) if d.id == id_), None)
    if place is None:
        raise MissingError(f"there is no decision {id_!r}; go back to the newest")
    return decisions[:place]


def review_item(ledger: Ledger, item: review.Item) -> ReviewItem:
    on = [d for d in review.decisions_on(ledger, item.assertion, item.other) if d.kind is not DecisionKind.SKIP]
    content = item.assertion.attribution.content
    return ReviewItem(
        assertion=row_of(item.assertion, item.document),
        sentence=item.assertion.sentence.of(item.document.text),
        sentence_start=item.assertion.sentence.start,
        content_start=content[0].start,
        content_end=content[-1].end,
        other=row_of(item.other, item.other_document) if item.other and item.other_document else None,
        other_sentence=item.other.sentence.of(item.other_document.text) if item.other and item.other_document else None,
        weight=item.weight,
        reason=item.reason,
        seen=on[-1].id if on else None,
        skipped=item.skipped,
    )
