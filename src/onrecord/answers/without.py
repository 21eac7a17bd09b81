"""What falls if a source or a document is withdrawn? The claims that rest on it, before and after.

With a document go the texts that copy it, as far as they copy it; with a source goes what others pass on from it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from onrecord.answers.evidence import Held
from onrecord.answers.judgement import Judgement, evidence_of
from onrecord.answers.known import Known, judge, verdict_on
from onrecord.answers.rows import WithoutRow, source_words
from onrecord.errors import QueryError
from onrecord.ledger.store import Ledger
from onrecord.linking.claims import claims
from onrecord.linking.copies import Copy
from onrecord.linking.sources import is_part_of, plain
from onrecord.records import Assertion, Document, words_of

EFFECTS = ("falls", "loses an origin", "stands")


def without_rows(ledger: Ledger, name: str, *, as_of: datetime | None = None) -> list[WithoutRow]:
    """The claims that rest on a source or on a document, and what becomes of each without it; what falls first.

    `name` is that of a document or, where there is none, part of a source's name. Raises QueryError where it is neither.
    """
    document = _document(ledger, name, as_of=as_of)
    if document is not None:
        found = ledger.assertions_of(document)
    else:
        wanted = plain(name)
        found = [a for a in ledger.assertions(name, as_of=as_of) if wanted and _rests_on(a, wanted)]
    if not found:
        raise QueryError(
            f"nothing in the ledger rests on {name!r}; give the name of a document, or a part of a source's name"
        )
    documents = ledger.documents(ids={a.document for a in found})
    of_id = {a.id: a for a in found}
    known = judge(ledger, claims(found, documents, ledger.pairs(found)), of_id, documents, as_of=as_of)
    rows = [_row(one, _withdrawn(one.record, document, plain(name))) for one in known]
    return sorted(rows, key=lambda row: EFFECTS.index(row.effect))


def _document(ledger: Ledger, name: str, *, as_of: datetime | None) -> Document | None:
    """The document of this name if it was known by then, None where there is none."""
    known = ledger.documents(as_of=as_of)
    return next((d for d in known.values() if name in (d.id, d.label, d.url)), None)


def _rests_on(assertion: Assertion, wanted: str) -> bool:
    """Whether a source of this name puts an assertion forward or passes it on."""
    sources = (assertion.source, *(hop.source for hop in assertion.hops))
    return any(f" {wanted} " in f" {plain(source.name)} " for source in sources)


def _withdrawn(record: Held, document: Document | None, wanted: str) -> set[str]:
    """The assertions that go with what is withdrawn."""
    if document is None:
        named = {id_ for id_, a in record.assertions.items() if _rests_on(a, wanted)}
        parties = {p.id for p in (record.party_of[id_] for id_ in named) if p.named and is_part_of(wanted, p.name)}
        return named | {id_ for id_, p in record.party_of.items() if p.id in parties}
    taken = [copy for copy in record.copies_among(record.documents) if copy.to == document.id]
    return {
        id_
        for id_, a in record.assertions.items()
        if a.document == document.id or any(_is_copied(a, copy) for copy in taken)
    }


def _is_copied(assertion: Assertion, copy: Copy) -> bool:
    """Whether an assertion stands in words that its document copied."""
    passages = copy.passages_in(assertion.document)
    return assertion.document == copy.of and (copy.whole or any(p.overlaps(assertion.sentence) for p in passages))


def _row(known: Known, withdrawn: Collection[str]) -> WithoutRow:
    rest = known.record.less(withdrawn)
    before, after = known.judgement, verdict_on(known.first, known.document, rest)
    gone = {
        known.record.documents[known.record.assertions[id_].document].name for id_ in _support(before) & set(withdrawn)
    }
    return WithoutRow(
        effect=_effect(before, after),
        claim=known.claim.id,
        text=words_of(known.document.text, known.first.attribution.content),
        document=known.document.name,
        source=source_words(known.first.source, known.first.hops),
        before=before.verdict,
        after=after.verdict if after.support else "unseen",
        origins_before=(before.count.at_least, before.count.at_most),
        origins=(after.count.at_least, after.count.at_most),
        reason=after.reason,
        withdrawn=sorted(gone),
        evidence=evidence_of(after, rest),
    )


def _support(judgement: Judgement) -> set[str]:
    return {related.assertion.id for related in judgement.support}


def _effect(before: Judgement, after: Judgement) -> str:
    if not after.support:
        return "falls"
    lost = (after.count.at_least, after.count.at_most) < (before.count.at_least, before.count.at_most)
    return "loses an origin" if lost else "stands"
