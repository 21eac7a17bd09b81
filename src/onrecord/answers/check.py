"""Check this document: each of its claims against what the ledger held (`verdicts.py`), with the words that decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from onrecord.answers.evidence import Held, held
from onrecord.answers.figures import Counted, counted_figures
from onrecord.answers.judgement import evidence_of
from onrecord.answers.rows import CheckRow, source_words
from onrecord.answers.told import as_told
from onrecord.answers.verdicts import judged
from onrecord.ledger.store import Ledger
from onrecord.records import Assertion, Document, Span


def check_rows(
    ledger: Ledger,
    document: Document,
    claims: Sequence[Assertion],
    *,
    as_of: datetime | None = None,
    disinterested: bool = False,
) -> list[CheckRow]:
    """One row a claim of `document`, in the order of its text. The document itself, if it was added, is no evidence.

    `disinterested` leaves out what sources say of their own side and of their enemies.
    """
    record = held(ledger, claims, {document.id: document}, apart_from=document, as_of=as_of)
    return rows_by(record.disinterested() if disinterested else record, document, claims)


def rows_by(record: Held, document: Document, claims: Sequence[Assertion]) -> list[CheckRow]:
    """The same where what the ledger holds on the claims is at hand."""
    own = counted_figures(claims, {document.id: document})
    return [
        _row(together, document, claims, record, [c for c in own if c.assertion.id == together[0].id])
        for together in _once(claims)
    ]


def _once(claims: Sequence[Assertion]) -> list[list[Assertion]]:
    """The claims in order, those that several sources put forward in the same words together."""
    found: dict[object, list[Assertion]] = {}
    for claim in claims:
        found.setdefault((claim.attribution.cue, claim.attribution.content), []).append(claim)
    return list(found.values())


def _row(
    together: Sequence[Assertion],
    document: Document,
    claims: Sequence[Assertion],
    record: Held,
    figures: Sequence[Counted],
) -> CheckRow:
    claim = together[0]
    judgement = as_told(claim, document, judged(claim, document, record, figures), record)
    extent = _extent(claim, document, claims)
    return CheckRow(
        claim=claim.id,
        text=extent.of(document.text),
        start=extent.start,
        end=extent.end,
        source=" and ".join(source_words(c.source, c.hops) for c in together),
        verdict=judgement.verdict,
        origins=(judgement.count.at_least, judgement.count.at_most),
        reason=judgement.reason,
        evidence=evidence_of(judgement, record),
    )


def _extent(claim: Assertion, document: Document, claims: Sequence[Assertion]) -> Span:
    """The words to show for a claim: with its source and cue, unless another claim of the same cue stands nearer to them."""
    content, cue = claim.attribution.content, claim.attribution.cue
    own = Span(content[0].start, content[-1].end)
    nearer = [c for c in claims if c.attribution.cue == cue and _distance(c) < _distance(claim)]
    if not cue or nearer:
        return own
    spans = (own, *claim.attribution.source, *cue)
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    lead = document.text[claim.sentence.start : start].strip().lower()
    return Span(claim.sentence.start if lead in ("it", "there") else start, end)


def _distance(claim: Assertion) -> int:
    """How far the content of a claim stands from its cue, in characters; 0 without a cue."""
    if not claim.attribution.cue:
        return 0
    cue, content = claim.attribution.cue[0], claim.attribution.content
    return min(abs(content[0].start - cue.end), abs(cue.start - content[-1].end))
