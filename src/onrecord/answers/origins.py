"""Where does this come from? The groups of documents that rest on one origin, each with its evidence."""

from __future__ import annotations

from datetime import datetime

from onrecord.answers.rows import OriginRow
from onrecord.ledger.store import Ledger
from onrecord.linking.copies import copies
from onrecord.linking.origins import origins
from onrecord.linking.sources import parties


def origin_rows(ledger: Ledger, words: str = "", *, as_of: datetime | None = None) -> list[OriginRow]:
    """The origins that two or more of the documents with these words share, largest group first."""
    assertions = ledger.assertions(words, as_of=as_of)
    documents = (
        ledger.documents(as_of=as_of) if not words.strip() else ledger.documents(ids={a.document for a in assertions})
    )
    found = origins(documents, assertions, parties(assertions, documents), copies(documents.values()))
    return [
        OriginRow(
            origin=origin.name,
            documents=[documents[d].name for d in origin.rests],
            recalled=[documents[d].name for d in origin.recalls],
            reason=origin.reason,
        )
        for origin in found
    ]
