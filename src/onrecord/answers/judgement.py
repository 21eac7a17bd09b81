"""What was found of a claim: the verdict with its reason, and the words that decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.answers.evidence import Held, Related
from onrecord.answers.rows import Evidence, day, source_words
from onrecord.linking.interest import interest
from onrecord.records import Assertion, Document, Independence

MOST_EVIDENCE = 4
# Words by which a text dates its own claim back; such a claim is not outdated by what came later.
DATED_BACK = re.compile(r"\b(?:previously|initially|originally|earlier|at\s+first|at\s+the\s+time)\b", re.IGNORECASE)


def is_dated_back(claim: Assertion, document: Document) -> bool:
    """Whether a claim says itself that it was so, or said so, at first."""
    return DATED_BACK.search(claim.sentence.of(document.text)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with its reason and the evidence, most telling first: for it, against it, and figures that differ from its own."""

    verdict: str
    reason: str
    count: Independence = field(default_factory=lambda: Independence(at_least=0, at_most=0, reason=""))
    support: Sequence[Related] = ()
    contrary: Sequence[Related] = ()
    differing: Sequence[Related] = ()


def evidence_of(judgement: Judgement, record: Held) -> list[Evidence]:
    """What speaks for and what against, most telling first, at most MOST_EVIDENCE documents each."""
    return [
        _evidence(related, record, stance)
        for stance, found in (
            ("for", judgement.support),
            ("against", judgement.contrary),
            ("differs", judgement.differing),
        )
        for related in _one_a_document(found)[:MOST_EVIDENCE]
    ]


def _one_a_document(found: Sequence[Related]) -> list[Related]:
    """The most telling assertion of each document, in order."""
    return list({related.assertion.document: related for related in reversed(found)}.values())[::-1]


def _evidence(related: Related, record: Held, stance: str) -> Evidence:
    assertion = related.assertion
    document, party = record.documents[assertion.document], record.party_of[assertion.id]
    return Evidence(
        document=document.name,
        document_id=document.id,
        source=source_words(assertion.source, assertion.hops, name=party.name, side=party.side),
        stance=stance,
        reason=related.reason,
        interest=interest(assertion, party),
        published=day(document.published),
        start=assertion.sentence.start,
        end=assertion.sentence.end,
        text=assertion.sentence.of(document.text),
    )
