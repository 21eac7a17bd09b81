"""Writing to the ledger and reading back. Nothing is edited or deleted; a newer reading supersedes an older one.

What was added is durable when `add` returns. "As of D" sees a document from its publication on, or from when it was
recorded where it has no date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, Select, and_, func, insert, literal_column, or_, select, table, true
from sqlalchemy.exc import DBAPIError

from onrecord.errors import LedgerError, QueryError
from onrecord.ledger import schema
from onrecord.ledger.file import connected, ledger_error
from onrecord.records import Assertion, Document, Failure, Reading, Snapshot, content_hash

_documents = msgspec.json.Decoder(Document)
_assertions = msgspec.json.Decoder(Assertion)
_encode = msgspec.json.Encoder().encode
Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """An open ledger. One process writes at a time; any number read."""

    def __init__(self, path: Path, *, create: bool = True, clock: Clock = _now) -> None:
        """Open the ledger at `path`. Raises LedgerError where it cannot be used."""
        self.path = path
        self._clock = clock
        self._engine, self._connection = connected(path, create=create)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. The ledger cannot be used afterwards."""
        self._connection.close()
        self._engine.dispose()

    # ------------------------------------------------------------ writing

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that is on disk when the block ends, or has left no trace."""
        try:
            self._connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.exec_driver_sql("ROLLBACK")
                raise
            self._connection.exec_driver_sql("COMMIT")
        except DBAPIError as error:
            raise ledger_error(self.path, error) from None

    def add(self, snapshot: Snapshot, document: Document, assertions: Sequence[Assertion], *, reader: str) -> int:
        """Record a document with one reading of it, all or nothing. Gives its version, or 0 if that very reading was there."""
        with self._writing() as connection:
            now = self._clock().isoformat()
            version = self._add_document(connection, snapshot, document, now)
            one = Reading(
                id=content_hash("reading", document.id, reader),
                document=document.id,
                reader=reader,
                recorded=self._clock(),
            )
            if connection.execute(select(schema.reading.c.id).where(schema.reading.c.id == one.id)).first():
                return 0
            connection.execute(
                insert(schema.reading).values(id=one.id, document=one.document, reader=reader, recorded=now)
            )
            for assertion in assertions:
                row = {"id": assertion.id, "reading": one.id, "record": _encode(assertion).decode()}
                sequence = connection.execute(insert(schema.assertion).values(row)).inserted_primary_key
                connection.exec_driver_sql(
                    "INSERT INTO word (rowid, words) VALUES (?, ?)",
                    (sequence[0] if sequence else None, _words_of(assertion, document)),
                )
        return version

    def _add_document(self, connection: Connection, snapshot: Snapshot, document: Document, now: str) -> int:
        known = connection.execute(
            select(schema.document.c.version).where(schema.document.c.id == document.id)
        ).scalar()
        if known is not None:
            return int(known)
        if not connection.execute(
            select(schema.snapshot.c.sha256).where(schema.snapshot.c.sha256 == snapshot.sha256)
        ).first():
            connection.execute(
                insert(schema.snapshot).values(
                    sha256=snapshot.sha256, name=snapshot.name, content=snapshot.content, recorded=now
                )
            )
        thread = document.url or document.id
        before = connection.execute(select(func.count()).where(schema.document.c.thread == thread)).scalar_one()
        connection.execute(
            insert(schema.document).values(
                id=document.id,
                label=document.label,
                thread=thread,
                version=before + 1,
                published=document.published.isoformat() if document.published else None,
                recorded=now,
                snapshot=document.snapshot,
                record=_encode(document).decode(),
            )
        )
        return int(before) + 1

    def add_failure(self, failure: Failure) -> None:
        """Record an input that did not become a document."""
        with self._writing() as connection:
            connection.execute(
                insert(schema.failure).values(
                    name=failure.name, fault=failure.fault, remedy=failure.remedy, recorded=self._clock().isoformat()
                )
            )

    # ------------------------------------------------------------ reading back

    def _rows(self, query: Select[Any]) -> Sequence[RowMapping]:
        try:
            return self._connection.execute(query).mappings().all()
        except DBAPIError as error:
            raise ledger_error(self.path, error) from None

    def has_reading(self, document: Document, *, reader: str) -> bool:
        """Whether this version of the reader has read this very document before."""
        return bool(
            self._rows(
                select(schema.reading.c.id).where(schema.reading.c.id == content_hash("reading", document.id, reader))
            )
        )

    def document(self, name: str) -> Document:
        """The document with this id, label or url (the newest version), or whose id begins with these four or more digits.

        Raises QueryError where there is none, or more than one.
        """
        stored = schema.document
        same = or_(stored.c.id == name, stored.c.label == name, stored.c.thread == name)
        rows = self._rows(select(stored.c.record, stored.c.thread).where(same).order_by(stored.c.sequence.desc()))
        if not rows and re.fullmatch(r"[0-9a-f]{4,16}", name):
            rows = self._rows(
                select(stored.c.record, stored.c.thread)
                .where(stored.c.id.startswith(name))
                .order_by(stored.c.sequence.desc())
            )
        if not rows:
            raise QueryError(
                f"there is no document {name!r}; `onrecord assertions` shows the names of those that are there"
            )
        if len({row["thread"] for row in rows}) > 1:
            raise QueryError(
                f"{len(rows)} documents are called {name!r}; give the id of one: {', '.join(_documents.decode(r['record']).id for r in rows[:5])}"
            )
        return _documents.decode(rows[0]["record"])

    def documents(self, *, as_of: datetime | None = None, ids: Collection[str] | None = None) -> dict[str, Document]:
        """The current version of every document as of a time (None: now), or those with the given ids; oldest publication first."""
        stored = schema.document
        known = func.coalesce(stored.c.published, stored.c.recorded)
        newest = select(func.max(stored.c.sequence)).where(self._seen(known, as_of)).group_by(stored.c.thread)
        wanted = (
            stored.c.sequence.in_(newest)
            if ids is None
            else stored.c.id.in_(select(literal_column("value")).select_from(func.json_each(json.dumps(list(ids)))))
        )
        rows = self._rows(select(stored.c.record).where(wanted).order_by(known, stored.c.sequence))
        return {document.id: document for row in rows for document in (_documents.decode(row["record"]),)}

    @staticmethod
    def _seen(known: Any, as_of: datetime | None) -> Any:
        return true() if as_of is None else known < as_of.isoformat()

    def assertions(
        self, words: str = "", *, as_of: datetime | None = None, any_word: bool = False, most: int | None = None
    ) -> list[Assertion]:
        """The assertions of the current readings as of a time whose words include all of `words` (or any), in the order added.

        Words are matched by their stem, in the assertion's sentence, its source and its document's outlet; all of them for "".
        `most` keeps only the best matches.
        """
        document, reading, assertion = schema.document, schema.reading, schema.assertion
        known = func.coalesce(document.c.published, document.c.recorded)
        current = select(func.max(document.c.sequence)).where(self._seen(known, as_of)).group_by(document.c.thread)
        newest = select(func.max(reading.c.sequence)).group_by(reading.c.document)
        query = (
            select(assertion.c.record)
            .select_from(
                assertion.join(reading, assertion.c.reading == reading.c.id).join(
                    document, reading.c.document == document.c.id
                )
            )
            .where(and_(reading.c.sequence.in_(newest), document.c.sequence.in_(current)))
            .order_by(known, assertion.c.sequence)
        )
        if words.strip():
            asked = _asked(words, any_word=any_word)
            if asked is None:
                return []
            found: Select[Any] = (
                select(literal_column("rowid"))
                .select_from(table("word"))
                .where(literal_column("word").op("MATCH")(asked))
            )
            if most is not None:
                found = found.order_by(literal_column("rank")).limit(most)
            query = query.where(assertion.c.sequence.in_(found))
        return [_assertions.decode(row["record"]) for row in self._rows(query)]

    def assertions_of(self, document: Document) -> list[Assertion]:
        """The assertions of the current reading of one document, in the order of its text."""
        reading, assertion = schema.reading, schema.assertion
        newest = select(func.max(reading.c.sequence)).where(reading.c.document == document.id).scalar_subquery()
        one = select(reading.c.id).where(reading.c.sequence == newest).scalar_subquery()
        rows = self._rows(select(assertion.c.record).where(assertion.c.reading == one).order_by(assertion.c.sequence))
        return [_assertions.decode(row["record"]) for row in rows]

    def newest_publication(self) -> datetime | None:
        """When the newest document was published, None where none has a date."""
        newest = self._rows(select(func.max(schema.document.c.published).label("newest")))[0]["newest"]
        return datetime.fromisoformat(newest) if newest else None

    def failures(self) -> list[Failure]:
        """The inputs that did not become documents, oldest first."""
        return [
            Failure(name=r["name"], fault=r["fault"], remedy=r["remedy"])
            for r in self._rows(select(schema.failure).order_by(schema.failure.c.sequence))
        ]

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        return {
            name: self._rows(select(func.count().label("n")).select_from(schema.metadata.tables[name]))[0]["n"]
            for name in schema.APPEND_ONLY
        }

    def snapshot(self, sha256: str) -> Snapshot:
        """The bytes of a snapshot. Raises LedgerError where they are not there or no longer have their hash."""
        rows = self._rows(select(schema.snapshot).where(schema.snapshot.c.sha256 == sha256))
        if not rows:
            raise LedgerError(f"the ledger holds no snapshot {sha256}")
        return Snapshot(sha256=rows[0]["sha256"], content=rows[0]["content"], name=rows[0]["name"])

    def is_sound(self) -> bool:
        """Whether SQLite finds the file undamaged."""
        try:
            return bool(self._connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok")
        except DBAPIError:
            return False


def _words_of(assertion: Assertion, document: Document) -> str:
    """What an assertion is found by."""
    sources = [assertion.source.name, assertion.source.affiliation or "", *(hop.source.name for hop in assertion.hops)]
    counted = [figure.counted or "" for figure in assertion.figures]
    return " ".join((assertion.sentence.of(document.text), *sources, *counted, document.outlet or ""))


def _asked(words: str, *, any_word: bool) -> str | None:
    """User words as a query that cannot be an error: each quoted. None where there is no word at all.

    >>> _asked('NEAR( "kharkiv*', any_word=False)
    '"NEAR" "kharkiv"'
    """
    found = re.findall(r"\w+", words)
    return (" OR " if any_word else " ").join(f'"{word}"' for word in found) if found else None
