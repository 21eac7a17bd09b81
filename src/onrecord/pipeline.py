"""The order of the stages, and nothing else. Read this first.

    names -> intake -> Document -> reading -> assertions -> ledger -> answers

A stage is a function from records to records; what it needs from the past is handed to it here. Linking is computed by the
answers from what the ledger holds, so nothing derived can be out of date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from onrecord.answers.check import check_rows
from onrecord.answers.rows import CheckRow
from onrecord.errors import InputError, ModelError
from onrecord.intake.inputs import arrivals, arrivals_of
from onrecord.intake.received import NOTHING_TOLD, Arrival, Given, Taken
from onrecord.ledger.store import Ledger
from onrecord.reading.moments import of_no_day
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


def add(
    ledger: Ledger, names: Iterable[str], *, told: Given = NOTHING_TOLD, stdin: BinaryIO | None = None
) -> Iterator[Added | Failure]:
    """Take in files, folders, globs, "-" or URLs; read what is new; record it. Yield what became of each document, in order.

    `told` is what the user says of them, before what they say of themselves.
    """
    yield from _add_all(ledger, arrivals(names, told=told, stdin=stdin))


def add_bytes(ledger: Ledger, name: str, content: bytes, *, told: Given = NOTHING_TOLD) -> Iterator[Added | Failure]:
    """Take in bytes that were handed over under a name, as `add` does a file."""
    yield from _add_all(ledger, arrivals_of(name, content, told=told))


def _add_all(ledger: Ledger, arriving: Iterator[Arrival]) -> Iterator[Added | Failure]:
    while batch := list(islice(arriving, BATCH)):
        yield from _add_batch(ledger, batch)


def _add_batch(ledger: Ledger, batch: list[Arrival]) -> Iterator[Added | Failure]:
    new = [a.document for a in batch if isinstance(a, Taken) and not ledger.has_reading(a.document, reader=READER)]
    read_of = _read_all({document.id: document for document in new}.values())
    for arrival in batch:
        found = read_of.get(arrival.document.id) if isinstance(arrival, Taken) else arrival
        if isinstance(found, Failure):
            ledger.add_failure(found)
            yield found
        elif isinstance(arrival, Taken):
            version = ledger.add(arrival.snapshot, arrival.document, found, reader=READER) if found is not None else 0
            document = arrival.document if found is not None else ledger.document(arrival.document.id)
            stored = len(found if found is not None else ledger.assertions_of(document))
            yield Added(document=document, version=version, assertions=stored, notes=arrival.notes)


def _read_all(documents: Collection[Document]) -> dict[str, tuple[Assertion, ...] | Failure]:
    """The assertions of each document by its id; a failure for one that the reader breaks on, which the others survive."""
    try:
        return dict(zip((d.id for d in documents), read_all(documents), strict=True))
    except ModelError:
        raise
    except Exception:  # noqa: BLE001 - one of them breaks the reader; below, each is read alone and the fault is recorded
        return {document.id: _read_alone(document) for document in documents}


def _read_alone(document: Document) -> tuple[Assertion, ...] | Failure:
    try:
        return read(document)
    except Exception as error:  # noqa: BLE001 - stored as a failure of this document
        fault = f"the reader broke on it ({type(error).__name__}: {error})"
        return Failure(name=document.name, fault=fault, remedy="report it, with the text if you may")


def add_document(ledger: Ledger, document: Document) -> Added:
    """Record one document that is already made, with its reading; its snapshot is its text. Raises InputError if it cannot be read."""
    content = document.text.encode("utf-8")
    snapshot = Snapshot(sha256=hashlib.sha256(content).hexdigest(), content=content, name=document.name)
    taken = Taken(snapshot=snapshot, document=replace(document, snapshot=snapshot.sha256))
    (added,) = _add_batch(ledger, [taken])
    if isinstance(added, Failure):
        raise InputError(added.name, added.fault, added.remedy)
    return added


def check(
    ledger: Ledger, document: Document, *, as_of: datetime | None = None, disinterested: bool = False
) -> list[CheckRow]:
    """Each claim of a document against what the ledger held as of a time. The document is not added.

    `disinterested` leaves out what sources say of their own side and of their enemies.

    A document without a date is read as of that time, else of the newest one in the ledger, so that "on March 3rd" finds its year; its "Monday" may
    be any.
    """
    published = document.published or as_of or ledger.newest_publication()
    claims = read(replace(document, published=published))
    claims = claims if document.published is not None else of_no_day(claims)
    return check_rows(ledger, document, claims, as_of=as_of, disinterested=disinterested)


def documents_in(
    names: Iterable[str], *, told: Given = NOTHING_TOLD, stdin: BinaryIO | None = None
) -> Iterator[Document | Failure]:
    """The documents that some inputs hold, without adding them."""
    for arrival in arrivals(names, told=told, stdin=stdin):
        yield arrival.document if isinstance(arrival, Taken) else arrival
