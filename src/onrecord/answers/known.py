"""What is known about something as of a day: the claims, who stands behind each, how independently, and who disputes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from onrecord.answers.evidence import Held, held
from onrecord.answers.figures import counted_figures
from onrecord.answers.grades import credibility
from onrecord.answers.judgement import Judgement, evidence_of
from onrecord.answers.rows import KnownRow, day, source_words
from onrecord.answers.verdicts import judged
from onrecord.ledger.store import Ledger
from onrecord.linking.claims import claims
from onrecord.records import Assertion, Claim, Document

# Assertions that are made into claims, best match of the words first; claims that are judged, those in most documents first.
MOST_ASSERTIONS = 2_000
MOST_CLAIMS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A claim with its first assertion, its verdict, and what the ledger holds on it."""

    claim: Claim
    first: Assertion
    document: Document
    judgement: Judgement
    record: Held


def known_rows(
    ledger: Ledger, words: str = "", *, as_of: datetime | None = None, most: int = MOST_CLAIMS
) -> list[KnownRow]:
    """The claims with these words, those of most independent origins first; at most `most`."""
    return [row_of(known) for known in known_claims(ledger, words, as_of=as_of, most=most)]


def known_claims(ledger: Ledger, words: str = "", *, as_of: datetime | None, most: int = MOST_CLAIMS) -> list[Known]:
    """The claims with these words and their verdicts, those of most independent origins first; at most `most`."""
    found = ledger.assertions(words, as_of=as_of, most=MOST_ASSERTIONS if words.strip() else None)
    documents = ledger.documents(ids={a.document for a in found})
    of_id = {a.id: a for a in found}
    grouped = sorted(
        claims(found, documents, ledger.pairs(found)), key=lambda c: -len({of_id[a].document for a in c.assertions})
    )[:most]
    known = judge(ledger, grouped, of_id, documents, as_of=as_of)
    return sorted(known, key=_most_independent_first)


def judge(
    ledger: Ledger,
    grouped: Sequence[Claim],
    of_id: Mapping[str, Assertion],
    documents: Mapping[str, Document],
    *,
    as_of: datetime | None,
) -> list[Known]:
    """Some claims with their verdicts as of a time."""
    firsts = [of_id[claim.id] for claim in grouped]
    record = held(ledger, firsts, documents, as_of=as_of)
    return [
        Known(
            claim=claim,
            first=first,
            document=documents[first.document],
            judgement=verdict_on(first, documents[first.document], record),
            record=record,
        )
        for claim, first in zip(grouped, firsts, strict=True)
    ]


def verdict_on(claim: Assertion, document: Document, record: Held) -> Judgement:
    """The verdict on what one assertion puts forward."""
    return judged(claim, document, record, counted_figures([claim], {document.id: document}, record.party_of))


def _most_independent_first(known: Known) -> tuple[object, ...]:
    count = known.judgement.count
    documents = {related.assertion.document for related in known.judgement.support}
    return -count.at_least, -count.at_most, -len(documents), known.document.appeared, known.claim.id


def row_of(known: Known) -> KnownRow:
    """A claim as a row, in the words of its first assertion."""
    first, judgement = known.first, known.judgement
    content = first.attribution.content
    dates = _dates(known)
    return KnownRow(
        claim=known.claim.id,
        text=known.document.text[content[0].start : content[-1].end],
        start=content[0].start,
        end=content[-1].end,
        document=known.document.name,
        published=day(known.document.published),
        source=source_words(first.source, first.hops),
        act=first.act,
        certainty=first.certainty.level,
        verdict=judgement.verdict,
        origins=(judgement.count.at_least, judgement.count.at_most),
        credibility=credibility(judgement),
        reason=judgement.reason,
        first=day(min(dates, default=None)),
        last=day(max(dates, default=None)),
        documents=_names(known),
        evidence=evidence_of(judgement, known.record),
    )


def _supporting(known: Known) -> Iterable[Document]:
    found = {related.assertion.document for related in known.judgement.support}
    return [known.record.documents[id_] for id_ in found]


def _dates(known: Known) -> list[datetime]:
    return [d.published for d in (*_supporting(known), known.document) if d.published is not None]


def _names(known: Known) -> list[str]:
    return [d.name for d in sorted(_supporting(known), key=lambda d: (d.appeared, d.id))]
