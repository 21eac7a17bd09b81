"""One claim: its assertions in time, the way of each to the reader, who speaks against it, and how independent its origins are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from onrecord.answers.assertions import row_of
from onrecord.answers.evidence import held
from onrecord.answers.grades import credibility
from onrecord.answers.judgement import evidence_of
from onrecord.answers.known import verdict_on
from onrecord.answers.rows import AssertionRow, Evidence, day, source_words
from onrecord.errors import QueryError
from onrecord.ledger.store import Ledger
from onrecord.linking.claims import claims
from onrecord.records import Assertion, Claim, Document

# A claim in more documents than this shows the first of them.
MOST_DOCUMENTS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way of one assertion to the reader: from the document that carries it, over those it passes through, to its source.

    Each stop after the first is shown by the words `shown_by` of the document.
    """

    document: str
    outlet: str | None
    published: str | None
    stops: list[str]
    shown_by: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAnswer:
    """A claim as of a time. `origins` is `[at least, at most]`; `assertions` are those that put it forward, oldest first; `counted` says how
    many documents are for it, against it and give another figure, of which `evidence` has the most telling."""

    id: str
    text: str
    document: str
    document_id: str
    source: str
    published: str | None
    verdict: str
    origins: tuple[int, int]
    credibility: int
    reason: str
    assertions: list[AssertionRow]
    joined_because: dict[str, str]
    ways: list[Way]
    evidence: list[Evidence]
    counted: dict[str, int]


def claim_answer(ledger: Ledger, id_: str, *, as_of: datetime | None = None) -> ClaimAnswer:
    """The claim that the assertion `id_` belongs to. Raises QueryError where there is no such assertion, or not as of that time."""
    asked = ledger.assertion(id_)
    texts = ledger.documents(ids=[asked.document])
    document = texts[asked.document]
    if as_of is not None and document.appeared >= as_of:
        raise QueryError(f"the assertion {id_!r} was not known then; it appeared on {day(document.appeared)}")
    record = held(ledger, [asked], texts, as_of=as_of)
    near = [a for i in sorted(record.near[asked.id]) if (a := record.assertions.get(i)) is not None]
    claim = _claim_of(asked, claims(near, record.documents, record.pairs))
    of_id = {a.id: a for a in (*near, asked)}
    members = [of_id[i] for i in claim.assertions][:MOST_DOCUMENTS]
    judgement = verdict_on(asked, document, record)
    content = asked.attribution.content
    return ClaimAnswer(
        id=claim.id,
        text=document.text[content[0].start : content[-1].end],
        document=document.name,
        document_id=document.id,
        source=source_words(asked.source, asked.hops),
        published=day(document.published),
        verdict=judgement.verdict,
        origins=(judgement.count.at_least, judgement.count.at_most),
        credibility=credibility(judgement),
        reason=judgement.reason,
        assertions=[row_of(a, record.documents[a.document]) for a in members],
        joined_because={link.of: link.reason for link in claim.relations},
        ways=[_way(a, record.documents) for a in members],
        evidence=evidence_of(judgement, record),
        counted={
            stance: len({related.assertion.document for related in found})
            for stance, found in (
                ("for", judgement.support),
                ("against", judgement.contrary),
                ("differs", judgement.differing),
            )
        },
    )


def _claim_of(asked: Assertion, found: list[Claim]) -> Claim:
    alone = Claim(id=asked.id, assertions=(asked.id,))
    claim = next((c for c in found if asked.id in c.assertions), alone)
    return claim if claim.assertions else replace(alone)


def _way(assertion: Assertion, documents: Mapping[str, Document]) -> Way:
    document = documents[assertion.document]
    cues = [span.of(document.text) for span in assertion.attribution.cue]
    last = source_words(assertion.source)
    return Way(
        document=document.name,
        outlet=document.outlet,
        published=day(document.published),
        stops=[*(hop.source.name for hop in assertion.hops), last],
        shown_by=[
            *(hop.as_written for hop in assertion.hops),
            " … ".join(filter(None, (assertion.source.as_written, *cues))),
        ],
    )
