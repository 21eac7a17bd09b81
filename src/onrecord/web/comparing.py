"""A document of the ledger compared with the rest of it: its verdicts, and the passages that stand elsewhere too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from onrecord.answers.check import rows_by
from onrecord.answers.evidence import Held, held
from onrecord.answers.rows import CheckRow
from onrecord.linking.copies import copies
from onrecord.records import Document
from onrecord.web.aside import aside, begin
from onrecord.web.ledgers import Ledgers
from onrecord.web.pages import DocumentRow, document_row

# Documents that are compared with one for copied passages: those whose assertions are most like its own.
MOST_COMPARED = 40
# Documents that are compared before anybody asks.
COMPARED_BEFORE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A passage that stands in two documents: where it is here, and the other one, which has it first where `from_there`."""

    start: int
    end: int
    other: DocumentRow
    other_start: int
    words: int
    from_there: bool


def compared(path: Path, document: Document, as_of: datetime | None) -> tuple[list[CheckRow], list[Copied]]:
    """The verdicts on a document and its copied passages, by the rest of the ledger at `path` as of a time. It is compared aside."""
    return aside(_compared, path, document, as_of)


def prepare(path: Path) -> None:
    """Have the documents that were added last compared before a page asks for one: the first few take three times as long."""
    begin(_compare_newest, path)


def _compare_newest(path: Path) -> None:
    with _ledgers(path).opened() as ledger:
        newest = ledger.newest(COMPARED_BEFORE)
    for document in newest:
        _compared(path, document, None)


def _compared(path: Path, document: Document, as_of: datetime | None) -> tuple[list[CheckRow], list[Copied]]:
    with _ledgers(path).opened() as ledger:
        found = ledger.assertions_of(document)
        record = held(ledger, found, {document.id: document}, apart_from=document, as_of=as_of)
    return rows_by(record, document, found), _copied(record, document)


@cache
def _ledgers(path: Path) -> Ledgers:
    return Ledgers(path)


def _copied(record: Held, document: Document) -> list[Copied]:
    """The passages that stand in other documents too, of those whose assertions are most like its own."""
    often = sorted(record.hits, key=lambda id_: (-record.hits[id_], id_))
    others = {id_: record.documents[id_] for id_ in often if id_ != document.id}
    others = dict(list(others.items())[:MOST_COMPARED])
    rows = []
    for copy in copies([document, *others.values()], of=document):
        is_later = copy.of == document.id
        other = others[copy.to if is_later else copy.of]
        for passage in copy.passages:
            mine, theirs = (passage.later, passage.earlier) if is_later else (passage.earlier, passage.later)
            rows.append(
                Copied(
                    start=mine.start,
                    end=mine.end,
                    other=document_row(other),
                    other_start=theirs.start,
                    words=passage.words,
                    from_there=is_later,
                )
            )
    return sorted(rows, key=lambda row: (row.start, row.other.published or ""))
