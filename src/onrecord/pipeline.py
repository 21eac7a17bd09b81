"""The order of the stages, and nothing else. Read this first.

    names -> intake -> Document -> reading -> assertions -> ledger -> answers

A stage is a function from records to records; what it needs from the past is handed to it here. Linking is computed by the
answers from what the ledger holds, so nothing derived can be out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from onrecord.answers.check import check_rows
from onrecord.answers.rows import CheckRow
from onrecord.intake.inputs import arrivals
from onrecord.intake.received import Arrival, Taken
from onrecord.ledger.store import Ledger
from onrecord.reading.reader import READER, read_all
from onrecord.records import Assertion, Document, Failure, Snapshot

# Documents parsed together; each batch is on disk before the next is parsed, so a killed run loses at most one batch.
BATCH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one input document: its version (1 for a new one), 0 where this very reading was there before."""

    document: Document
    version: int
    assertions: int
    notes: tuple[Failure, ...] = ()


def read(document: Document) -> tuple[Assertion, ...]:
    """The assertions of one document, without any ledger."""
    (assertions,) = read_all([document])
    return assertions


def add(ledger: Ledger, names: Iterable[str], *, stdin: BinaryIO | None = None) -> Iterator[Added | Failure]:
    """Take in files, folders, globs, "-" or URLs; read what is new; record it. Yield what became of each document, in order."""
    arriving = arrivals(names, stdin=stdin)
    while batch := list(islice(arriving, BATCH)):
        yield from _add_batch(ledger, batch)


def _add_batch(ledger: Ledger, batch: list[Arrival]) -> Iterator[Added | Failure]:
    new = [a for a in batch if isinstance(a, Taken) and not ledger.has_reading(a.document, reader=READER)]
    assertions_of = dict(zip((a.document.id for a in new), read_all(a.document for a in new), strict=True))
    for arrival in batch:
        if isinstance(arrival, Failure):
            ledger.add_failure(arrival)
            yield arrival
            continue
        found = assertions_of.pop(arrival.document.id, None)
        version = ledger.add(arrival.snapshot, arrival.document, found, reader=READER) if found is not None else 0
        yield Added(document=arrival.document, version=version, assertions=len(found or ()), notes=arrival.notes)


def add_document(ledger: Ledger, document: Document) -> Added:
    """Record one document that is already made, with its reading."""
    snapshot = Snapshot(sha256=document.snapshot, content=document.text.encode("utf-8", "replace"), name=document.name)
    (added,) = _add_batch(ledger, [Taken(snapshot=snapshot, document=document)])
    assert isinstance(added, Added)  # noqa: S101 - a taken document becomes an added one
    return added


def check(ledger: Ledger, document: Document, *, as_of: datetime | None = None) -> list[CheckRow]:
    """Each claim of a document against what the ledger held as of a time. The document is not added.

    A document without a date is read as of the newest one in the ledger, so that "on March 3rd" finds its year.
    """
    published = document.published or as_of or ledger.newest_publication()
    return check_rows(ledger, document, read(replace(document, published=published)), as_of=as_of)


def documents_in(names: Iterable[str], *, stdin: BinaryIO | None = None) -> Iterator[Document | Failure]:
    """The documents that some inputs hold, without adding them."""
    for arrival in arrivals(names, stdin=stdin):
        yield arrival.document if isinstance(arrival, Taken) else arrival
