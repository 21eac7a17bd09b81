"""Check this document: each of its claims against what the ledger held, with the words that decide.

A verdict is about who stands behind a claim and how independently, never about whether it is true:

* corroborated: two or more independent origins put it forward
* contested: more put the contrary forward, or every figure that is given for the same thing differs
* outdated: those who stood behind it, or two others, have given another figure since
* single-source: one origin puts it forward, or origins that cannot be told apart
* unseen: nothing in the ledger puts it forward
* opinion, prediction, question: by what the author does; there is nothing to look up
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from onrecord.answers.evidence import Held, Related, held
from onrecord.answers.figures import Counted, counted_figures
from onrecord.answers.rows import CheckRow, Evidence, day, source_words
from onrecord.ledger.store import Ledger
from onrecord.linking.figures import compatible, is_wide
from onrecord.linking.origins import independence
from onrecord.records import Act, Assertion, Document, Independence, SourceKind, Span

MOST_EVIDENCE = 4
_BY_ACT = {Act.OPINES: "opinion", Act.PREDICTS: "prediction", Act.ASKS: "question"}
_OF_ITS_KIND = {
    "opinion": "it is the judgement of {source}, which no report can bear out",
    "prediction": "it says what will be, by {source}; what has happened so far cannot bear it out",
    "question": "it asks and asserts nothing",
}
# Words by which a text dates its own claim back; such a claim is not outdated by what came later.
_DATED_BACK = re.compile(r"\b(?:previously|initially|originally|earlier|at\s+first|at\s+the\s+time)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """A verdict with its reason and the evidence for and against, most telling first."""

    verdict: str
    reason: str
    count: Independence = field(default_factory=lambda: Independence(at_least=0, at_most=0, reason=""))
    support: Sequence[Related] = ()
    contrary: Sequence[Related] = ()


def check_rows(
    ledger: Ledger, document: Document, claims: Sequence[Assertion], *, as_of: datetime | None = None
) -> list[CheckRow]:
    """One row a claim of `document`, in the order of its text. The document itself, if it was added, is no evidence."""
    record = held(ledger, document, claims, as_of=as_of)
    own = counted_figures(claims, {document.id: document})
    return [_row(claim, document, claims, record, [c for c in own if c.assertion.id == claim.id]) for claim in claims]


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


def _row(
    claim: Assertion, document: Document, claims: Sequence[Assertion], record: Held, figures: Sequence[Counted]
) -> CheckRow:
    judged = _judged(claim, document, record, figures)
    extent = _extent(claim, document, claims)
    return CheckRow(
        text=extent.of(document.text),
        start=extent.start,
        end=extent.end,
        source=source_words(claim.source, claim.hops),
        verdict=judged.verdict,
        origins=(judged.count.at_least, judged.count.at_most),
        reason=judged.reason,
        evidence=[
            _evidence(related, record, stance)
            for stance, found in (("for", judged.support), ("against", judged.contrary))
            for related in _one_a_document(found)[:MOST_EVIDENCE]
        ],
    )


def _one_a_document(found: Sequence[Related]) -> list[Related]:
    """The most telling assertion of each document, in order."""
    return list({related.assertion.document: related for related in reversed(found)}.values())[::-1]


def _evidence(related: Related, record: Held, stance: str) -> Evidence:
    assertion = related.assertion
    document, party = record.documents[assertion.document], record.party_of[assertion.id]
    return Evidence(
        document=document.name,
        source=source_words(assertion.source, assertion.hops, name=party.name, side=party.side),
        stance=stance,
        reason=related.reason,
        published=day(document.published),
        start=assertion.sentence.start,
        end=assertion.sentence.end,
        text=assertion.sentence.of(document.text),
    )


def _judged(claim: Assertion, document: Document, record: Held, figures: Sequence[Counted]) -> _Judgement:
    verdict = _BY_ACT.get(claim.act)
    if verdict == "prediction" and claim.source.kind is SourceKind.UNATTRIBUTED:
        verdict = None  # "there are reports that they will": that it is planned can be looked up
    if verdict is not None:
        return _Judgement(verdict=verdict, reason=_OF_ITS_KIND[verdict].format(source=claim.source.name))
    counted = [f for f in figures if f.subject.unit is None]
    if counted:
        main = max(counted, key=lambda c: max(c.figure.values, default=0))
        if judged := _judged_by_figures(claim, document, record, main):
            return judged
    support, contrary = record.related(claim)
    return _by_count(record, support, contrary)


def _judged_by_figures(claim: Assertion, document: Document, record: Held, main: Counted) -> _Judgement | None:
    """The verdict on a claim with a figure; None where the ledger holds no figure for the same thing."""
    same = record.same_figures(claim, main)
    fitting = [c for c in same if compatible(main.figure, c.figure) and not is_wide(c.figure)]
    others = [c for c in same if not compatible(main.figure, c.figure) and not c.figure.increment]
    if not fitting and not others:
        return None
    support = [_by_figure(c) for c in fitting]
    contrary = [_by_figure(c) for c in others]
    if not fitting:
        return _none_fits(main, others, contrary)
    since = _since(fitting, others)
    if since and not _DATED_BACK.search(claim.sentence.of(document.text)):
        latest = since[-1]
        last = max(_published(c) for c in fitting)
        reason = f"given last on {day(last)}; on {day(latest.document.published)} {latest.party.name} gave {latest.figure.as_written}"
        count = _independence(record, support)
        return _Judgement(
            verdict="outdated", count=count, reason=reason, support=support, contrary=[_by_figure(c) for c in since]
        )
    return _by_count(record, support, (), differing=contrary)


def _by_figure(counted: Counted) -> Related:
    return Related(counted.assertion, f"it gives {counted.figure.as_written} for the same")


def _none_fits(main: Counted, others: Sequence[Counted], contrary: Sequence[Related]) -> _Judgement:
    values = "; ".join(
        dict.fromkeys(f"{c.figure.as_written} ({c.party.name}, {day(c.document.published)})" for c in others[-5:])
    )
    reason = f"for the same the ledger holds {values}, and never {main.figure.as_written}"
    return _Judgement(verdict="contested", reason=reason, contrary=contrary)


def _published(counted: Counted) -> datetime:
    return counted.document.published or datetime.min


def _since(fitting: Sequence[Counted], others: Sequence[Counted]) -> list[Counted]:
    """The other figures that came after the last fitting one, if they outdate it: all its sources revised it, or two others did."""
    last = max(_published(c) for c in fitting)
    newer = [c for c in others if _published(c) > last]
    revisers = {c.party.id for c in newer}
    named = {c.party.id for c in fitting if c.party.named}
    grown = [
        c
        for c in newer
        if c.party.named and c.subject.status in _ONLY_GROWS and _largest(c) > max(map(_largest, fitting))
    ]
    return newer if newer and ((named and named <= revisers) or len(revisers) > 1 or grown) else []


# A toll of one event only grows, so a later, larger one from a named source outdates an earlier one.
_ONLY_GROWS = frozenset({"killed", "wounded", "killed or wounded", "killed and wounded", "displaced", "captured"})


def _largest(counted: Counted) -> float:
    return max(counted.figure.values, default=0.0)


def _independence(record: Held, support: Sequence[Related]) -> Independence:
    return independence([r.assertion for r in support], record.documents, record.party_of, record.copied)


def _by_count(
    record: Held, support: Sequence[Related], contrary: Sequence[Related], *, differing: Sequence[Related] = ()
) -> _Judgement:
    """The verdict by how many independent origins stand for a claim; `differing` figures are shown but do not contest it."""
    against = [*contrary, *differing]
    if not support and not contrary:
        return _Judgement(verdict="unseen", reason="nothing in the ledger puts it forward")
    if not support:
        return _Judgement(verdict="contested", reason="the ledger holds only the contrary", contrary=contrary)
    count = _independence(record, support)
    said = (
        f"; {_documents(against)} other{'s say' if _documents(against) > 1 else ' says'} otherwise" if against else ""
    )
    if count.at_least >= 2:
        verdict, reason = "corroborated", f"{count.reason}{said}"
    elif contrary and _documents(contrary) > _documents(support):
        verdict, reason = "contested", f"{count.reason}{said}"
    else:
        how = "one origin" if count.at_most == 1 else "sources that cannot be told apart for sure"
        verdict, reason = "single-source", f"{how}: {count.reason}{said}"
    return _Judgement(verdict=verdict, count=count, reason=reason, support=support, contrary=against)


def _documents(found: Sequence[Related]) -> int:
    return len({related.assertion.document for related in found})
