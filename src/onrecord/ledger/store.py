"""Writing to the ledger and reading back. Nothing is edited or deleted; a newer reading supersedes an older one.

What was added is durable when `add` returns. "As of D" sees a document from its publication on, or from when it was recorded
where it has no date or replaced a text of the same date.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Integer, Row, Select, and_, func, insert, literal_column, or_, select, table
from sqlalchemy.exc import DBAPIError

from onrecord.decided import Pairs, decided, pairs_of, partners, standing, target
from onrecord.errors import LedgerError, MissingError, QueryError
from onrecord.ledger import schema, search
from onrecord.ledger.file import connected, ledger_error
from onrecord.ledger.queries import (
    Narrowed,
    Shape,
    best_first,
    is_current,
    is_newest_reading,
    matching,
    newest_first,
    one_of,
    stamp,
    standing_at,
)
from onrecord.records import Assertion, Decision, Document, Failure, Reading, Snapshot, content_hash

_documents = msgspec.json.Decoder(Document)
_assertions = msgspec.json.Decoder(Assertion)
_decisions = msgspec.json.Decoder(Decision)
_encode = msgspec.json.Encoder().encode
_Record = TypeVar("_Record")
Clock = Callable[[], datetime]
Same = Callable[[str], Iterable[str]]
# So many rows of a long answer are looked at together.
A_PART = 500


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """An open ledger. One process writes at a time; any number read."""

    def __init__(self, path: Path, *, create: bool = True, clock: Clock = _now, one_thread: bool = True) -> None:
        """Open the ledger at `path`. Raises LedgerError where it cannot be used.

        Without `one_thread` another thread may go on with it, one at a time.
        """
        self.path = path
        self._clock = clock
        self._engine, self._connection = connected(path, create=create, one_thread=one_thread)
        self._counted: dict[str, int] = {}
        self._written = 0
        self._decided: tuple[tuple[int, int] | None, list[Decision]] = (None, [])

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

    def settle(self) -> None:
        """Move what was written last from the file beside the ledger, "-wal", into the ledger itself, where nobody keeps it busy."""
        try:
            self._connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        except DBAPIError as error:
            raise ledger_error(self.path, error) from None

    # ------------------------------------------------------------ writing

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that is on disk when the block ends, or has left no trace."""
        try:
            self._counted.clear()
            self._written += 1
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
        now = self._clock()
        reading = Reading(id=reading_id(document, reader), document=document.id, reader=reader, recorded=now)
        with self._writing() as connection:
            if connection.execute(select(schema.reading.c.id).where(schema.reading.c.id == reading.id)).first():
                return 0
            version = self._add_document(connection, snapshot, document, now)
            row = {"id": reading.id, "document": reading.document, "reader": reader, "recorded": stamp(now)}
            connection.execute(insert(schema.reading).values(row))
            for assertion in assertions:
                _add_assertion(connection, assertion, document, reading)
        return version

    def _add_document(self, connection: Connection, snapshot: Snapshot, document: Document, now: datetime) -> int:
        stored = schema.document
        version = connection.execute(select(stored.c.version).where(stored.c.id == document.id)).scalar()
        if version is not None:
            return int(version)
        same = select(schema.snapshot.c.sha256).where(schema.snapshot.c.sha256 == snapshot.sha256)
        if not connection.execute(same).first():
            row = {
                "sha256": snapshot.sha256,
                "name": snapshot.name,
                "content": snapshot.content,
                "recorded": stamp(now),
            }
            connection.execute(insert(schema.snapshot).values(row))
        thread = document.url or document.id
        before = connection.execute(select(stored.c.known).where(stored.c.thread == thread)).scalars().all()
        published = stamp(document.published) if document.published else None
        connection.execute(
            insert(stored).values(
                id=document.id,
                label=document.label,
                thread=thread,
                version=len(before) + 1,
                # A text that replaced another of the same date was not known on that date.
                known=stamp(now) if published is None or published in before else published,
                published=published,
                recorded=stamp(now),
                snapshot=document.snapshot,
                record=_encode(document).decode(),
            )
        )
        return len(before) + 1

    def add_failure(self, failure: Failure) -> None:
        """Record an input that did not become a document."""
        with self._writing() as connection:
            connection.execute(
                insert(schema.failure).values(
                    name=failure.name, fault=failure.fault, remedy=failure.remedy, recorded=stamp(self._clock())
                )
            )

    def add_decision(self, decision: Decision, *, after: Sequence[Decision]) -> bool:
        """Record what a person decided, having seen the decisions of `after`; False where another was added since."""
        with self._writing() as connection:
            stored = schema.decision
            newest = connection.execute(select(stored.c.id).order_by(stored.c.sequence.desc()).limit(1)).scalar()
            if newest != (after[-1].id if after else None):
                return False
            connection.execute(
                insert(stored).values(
                    id=decision.id,
                    about=decision.about.document,
                    recorded=stamp(decision.recorded),
                    record=_encode(decision).decode(),
                )
            )
        return True

    # ------------------------------------------------------------ reading back

    def _rows(self, query: Select[Any], given: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        try:
            return self._connection.execute(query, given).all()
        except UnicodeEncodeError:
            raise _half_a_character() from None
        except DBAPIError as error:
            raise ledger_error(self.path, error) from None

    def _parts(
        self, query: Select[Any], given: Mapping[str, Any], *, size: int = A_PART
    ) -> Generator[Sequence[Row[Any]]]:
        """The rows of a query, `size` at a time, no more than are asked for."""
        try:
            with self._connection.execute(query, given) as result:
                yield from result.partitions(size)
        except UnicodeEncodeError:
            raise _half_a_character() from None
        except DBAPIError as error:
            raise ledger_error(self.path, error) from None

    def has_reading(self, document: Document, *, reader: str) -> bool:
        """Whether this version of the reader has read this very document before."""
        return bool(self._rows(select(schema.reading.c.id).where(schema.reading.c.id == reading_id(document, reader))))

    def document(self, name: str) -> Document:
        """The document with this id, label or url (the newest version), or whose id begins with these four or more digits.

        Raises QueryError where there is none, or more than one.
        """
        stored = schema.document
        name = name.encode("utf-8", "backslashreplace").decode()
        same = or_(stored.c.id == name, stored.c.label == name, stored.c.thread == name)
        of_id = (stored.c.id == name).desc()
        called = select(stored.c.id, stored.c.record, stored.c.thread)
        rows = self._rows(called.where(same).order_by(of_id, stored.c.sequence.desc()))
        if not rows and re.fullmatch(r"[0-9a-f]{4,16}", name):
            rows = self._rows(called.where(stored.c.id.startswith(name)).order_by(stored.c.sequence.desc()))
        if not rows:
            raise MissingError(
                f"there is no document {name!r}; give the id, the name or the address of one, or search for its words"
            )
        if rows[0].id != name and len({row.thread for row in rows}) > 1:
            raise QueryError(
                f"{len(rows)} documents are called {name!r}; give the id of one: {', '.join(_decoded(_document, r, self.path).id for r in rows[:5])}"
            )
        return _decoded(_document, rows[0], self.path)

    def documents(self, *, as_of: datetime | None = None, ids: Collection[str] | None = None) -> dict[str, Document]:
        """The current version of every document as of a time (None: now), or those with the given ids; oldest first."""
        stored = schema.document
        wanted = is_current(as_of) if ids is None else stored.c.id.in_(one_of(ids))
        rows = self._rows(select(stored.c.record).where(wanted).order_by(stored.c.known, stored.c.sequence))
        return {document.id: document for row in rows for document in (_decoded(_document, row, self.path),)}

    def assertions(
        self, words: str = "", *, as_of: datetime | None = None, most: int | None = None, same: Same = search.no_other
    ) -> list[Assertion]:
        """The assertions of the current readings as of a time whose words include all of `words`; oldest first.

        Words are matched by their stem, in the assertion's sentence, its source, its places and its document's outlet; all
        assertions for ""; any of the words that `same` gives for a word will do in its place. `most` gives the best matches only, best first, for "" the newest; as of now, of a few, the newest hits are
        ranked, twice as many as asked for.
        """
        if not words.strip():
            return self._matching(None, as_of=as_of, most=most)
        asked = search.all_of(words, same=same)
        is_few = most is not None and 2 * most <= search.MOST_HITS and as_of is None
        ranked = 2 * most if most is not None and is_few else None
        if asked is None:
            return []
        also = self._corrected(words)
        return self._matching(asked, as_of=as_of, most=most, ranked=ranked, also=also)

    def narrowed(
        self, words: str, by: Narrowed, *, as_of: datetime | None = None, same: Same = search.no_other
    ) -> Iterator[list[Assertion]]:
        """The assertions that have these words and fit what narrows them, in parts, the newest first.

        Names are found by their words, wherever these stand in the assertion: who asks looks closer.
        """
        asked = search.all_of(words, by.names, same=same)
        given = _given(
            known=as_of and stamp(as_of),
            act=by.act,
            first=by.first and stamp(by.first),
            last=by.last and stamp(by.last),
        )
        shape = Shape(asked=asked is not None, figured=by.figured, **dict.fromkeys(given, True))
        also = self._corrected(" ".join((words, *by.names))) if asked is not None else []
        seen: set[str] = set()
        parts = [self._parts(newest_first(shape), _given(asked=asked) | given)]
        if also:
            parts.insert(
                0, self._parts(newest_first(replace(shape, asked=False, also=True)), _given(also=also) | given)
            )
        for rows in chain.from_iterable(parts):
            found = {a.id: a for row in rows if (a := _decoded(_assertion, row, self.path)).id not in seen}
            seen |= found.keys()
            yield self._as_decided(list(found.values()))

    def like(
        self, asked: Iterable[tuple[str, Iterable[str]]], *, as_of: datetime | None = None, most: int
    ) -> list[list[Assertion]]:
        """For each of some words with their terms, the assertions of the current readings as of a time that share most with them, best first.

        At most `most` each. Where all its words are everywhere, only the first `search.MOST_HITS` recorded that have them are ranked.
        """
        given = _given(known=as_of and stamp(as_of))
        shape = Shape(**dict.fromkeys(given, True))
        queries = [self._alike(words, terms) for words, terms in asked]
        hits = [self._ranked(query, shape, first=most) for query in queries]
        current = self._standing({place for places in hits for place in places}, shape, given)
        for number, query in enumerate(queries):
            # One whose best hits are not all current looks further.
            if not current.keys() >= set(hits[number]):
                hits[number] = self._ranked(query, shape, first=search.MOST_HITS)
        current |= self._standing({place for places in hits for place in places} - current.keys(), shape, given)
        decided_ = {a.id: a for a in self._as_decided(list(current.values()))}
        found = [[current[place].id for place in places if place in current] for places in hits]
        return [[decided_[id_] for id_ in dict.fromkeys(ids)][:most] for ids in found]

    def _alike(self, words: str, terms: Iterable[str]) -> str | None:
        """The query of the index for what is like some words and terms; None where there is no word."""
        return search.like((words, *map(search.as_word, terms)), self._hits)

    def _ranked(self, asked: str | None, shape: Shape, *, first: int) -> list[int]:
        """The first places in the index that a query finds, the best first, current or not; none for None."""
        if asked is None:
            return []
        query = best_first(replace(shape, asked=True), ranked=search.MOST_HITS, newest=False)
        with closing(self._parts(query, {"asked": asked}, size=first)) as parts:
            return [row.at for row in next(parts, ())]

    def _standing(self, places: Collection[int], shape: Shape, given: Mapping[str, Any]) -> dict[int, Assertion]:
        """Of the assertions at some places those that are current, by place."""
        if not places:
            return {}
        rows = self._rows(standing_at(shape), {**given, "places": json.dumps(sorted(places))})
        return {row.sequence: _decoded(_assertion, row, self.path) for row in rows}

    def _matching(
        self,
        asked: str | None,
        *,
        as_of: datetime | None,
        most: int | None,
        ranked: int | None = None,
        also: Sequence[str] = (),
    ) -> list[Assertion]:
        given = _given(asked=asked, known=as_of and stamp(as_of), most=most, also=also)
        shape = Shape(**dict.fromkeys(given, True))
        if most is None:
            return self._assertions(matching(shape), given)
        if asked is None:
            return self._assertions(newest_first(shape), given)
        found: list[Assertion] = []
        for part in self._parts(best_first(shape, ranked=ranked, newest=True), given, size=most):
            places = [row.at for row in part]
            current = self._standing(places, shape, given)
            found += [current[place] for place in places if place in current]
            if len(found) >= most:
                break
        return self._as_decided(list({a.id: a for a in found[:most]}.values()))

    def _corrected(self, words: str) -> list[str]:
        """The ids of the assertions that have all of some words since a person corrected their source.

        The index knows only what the reader found.
        """
        names = {d.about.document: d.source for d in standing(self.decisions()) if d.source is not None}
        near = {id_ for id_, name in names.items() if any(search.stands_in(word, name) for word in words.split())}
        documents = self.documents(ids=near) if near else {}
        found = [a for document in documents.values() for a in self.assertions_of(document)]
        named = [a for a in found if a.source.name in names.values()]
        return [a.id for a in named if search.stands_in(words, _words_of(a, documents[a.document]))]

    def _hits(self, asked: str) -> int:
        """How many assertions, of all readings, a query of the index finds, up to `search.COUNTED`; counted once an addition."""
        if asked not in self._counted:
            found = literal_column("word").op("MATCH")(asked)
            few: Select[Any] = (
                select(literal_column("1").label("hit")).select_from(table("word")).where(found).limit(search.COUNTED)
            )
            self._counted[asked] = self._rows(select(func.count().label("n")).select_from(few.subquery()))[0].n
        return self._counted[asked]

    def _assertions(self, query: Select[Any], given: Mapping[str, Any] | None = None) -> list[Assertion]:
        return self._read(self._rows(query, given))

    def _read(self, rows: Iterable[Row[Any]]) -> list[Assertion]:
        found = [_decoded(_assertion, row, self.path) for row in rows]
        return self._as_decided(list({a.id: a for a in found}.values()))

    def _as_decided(self, found: Sequence[Assertion]) -> list[Assertion]:
        return decided(found, self.decisions())

    def decisions(self) -> list[Decision]:
        """What people decided, oldest first, undone or not."""
        stored = schema.decision
        version = self._version()
        if version != self._decided[0]:
            rows = self._rows(select(stored.c.record).order_by(stored.c.sequence))
            self._decided = (version, [_decoded(_decisions.decode, row, self.path) for row in rows])
        return self._decided[1]

    def _version(self) -> tuple[int, int]:
        """What differs after somebody wrote: SQLite counts the writings of others, we our own."""
        try:
            return self._connection.exec_driver_sql("PRAGMA data_version").scalar_one(), self._written
        except DBAPIError as error:
            raise ledger_error(self.path, error) from None

    def joined_to(self, claim: Assertion, *, as_of: datetime | None = None) -> list[Assertion]:
        """The assertions, known by then, that a person joined with one into a claim."""
        joined = partners(claim, self.decisions())
        if not joined:
            return []
        known = {
            d: found
            for d, found in self.documents(ids={s.document for s in joined}).items()
            if self._knows(found, as_of)
        }
        there = [said for said in joined if said.document in known]
        found = [target(said, self.assertions_of(known[said.document])) for said in there]
        return [assertion for assertion in found if assertion is not None]

    def _knows(self, document: Document, as_of: datetime | None) -> bool:
        """Whether a document is the current version of its text as of a time."""
        wanted = and_(schema.document.c.id == document.id, is_current(as_of))
        return bool(self._rows(select(schema.document.c.id).where(wanted)))

    def assertion(self, id_: str) -> Assertion:
        """An assertion of a current reading by its id. Raises QueryError where there is none, or a person said it is none."""
        found = decided(list(self.as_read([id_]).values()), self.decisions())
        if not found:
            raise MissingError(f"there is no assertion {id_!r} in a current reading; search for its words")
        return found[0]

    def as_read(self, ids: Collection[str]) -> dict[str, Assertion]:
        """The assertions of current readings with these ids as the reader found them, whatever people decided since, by id."""
        reading, assertion = schema.reading, schema.assertion
        joined = assertion.join(reading, assertion.c.reading == reading.c.id)
        wanted = and_(assertion.c.id.in_(one_of(ids)), is_newest_reading())
        query = select(assertion.c.record).select_from(joined).where(wanted)
        found = [_decoded(_assertion, row, self.path) for row in self._rows(query)]
        return {one.id: one for one in found}

    def pairs(self, assertions: Sequence[Assertion]) -> Pairs:
        """The pairs among some assertions that people joined into one claim or took apart."""
        return pairs_of(assertions, self.decisions())

    def assertions_of(self, document: Document) -> list[Assertion]:
        """The assertions of the current reading of one document, in the order of its text."""
        reading, assertion = schema.reading, schema.assertion
        newest = select(func.max(reading.c.sequence)).where(reading.c.document == document.id).scalar_subquery()
        one = select(reading.c.id).where(reading.c.sequence == newest).scalar_subquery()
        return self._assertions(
            select(assertion.c.record).where(assertion.c.reading == one).order_by(assertion.c.sequence)
        )

    def assertions_in(self, documents: Collection[str]) -> list[Assertion]:
        """The assertions of the current readings of documents with these ids, in the order in which they were added."""
        reading, assertion = schema.reading, schema.assertion
        joined = assertion.join(reading, assertion.c.reading == reading.c.id)
        wanted = and_(reading.c.document.in_(one_of(documents)), is_newest_reading())
        return self._assertions(
            select(assertion.c.record).select_from(joined).where(wanted).order_by(assertion.c.sequence)
        )

    def newest_publication(self) -> datetime | None:
        """When the newest document was published, None where none has a date."""
        newest = self._rows(select(func.max(schema.document.c.published).label("newest")))[0].newest
        return datetime.fromisoformat(newest) if newest else None

    def state(self) -> str:
        """A word that changes whenever something is added to the ledger, and differs between ledgers."""
        first = self._rows(select(schema.document.c.id, schema.document.c.recorded).order_by("sequence").limit(1))
        newest = [
            self._rows(select(func.max(schema.metadata.tables[name].c.sequence).label("n")))[0].n
            for name in ("document", "reading", "decision", "failure")
        ]
        return content_hash([tuple(row) for row in first], newest)

    def identity(self) -> str:
        """A word that stays the same for one ledger from its first document on."""
        first = self._rows(select(schema.document.c.id, schema.document.c.recorded).order_by("sequence").limit(1))
        return content_hash([tuple(row) for row in first])

    def newest(self, most: int, *, skip: int = 0) -> list[Document]:
        """The documents that were added last, newest first."""
        stored = schema.document
        rows = self._rows(select(stored.c.record).order_by(stored.c.sequence.desc()).limit(most).offset(skip))
        return [_decoded(_document, row, self.path) for row in rows]

    def recorded_since(self, moment: datetime) -> int:
        """How many documents were added after a moment."""
        stored = schema.document
        later = select(func.count().label("n")).where(stored.c.recorded > stamp(moment))
        return int(self._rows(later)[0].n)

    def versions(self, document: Document) -> list[Document]:
        """The texts under one url, oldest first; the document alone where it has none."""
        stored = schema.document
        thread = document.url or document.id
        rows = self._rows(select(stored.c.record).where(stored.c.thread == thread).order_by(stored.c.version))
        return [_decoded(_document, row, self.path) for row in rows]

    def published_between(self) -> tuple[datetime | None, datetime | None]:
        """When the oldest and the newest document with a date were published."""
        stored = schema.document
        # One question each: SQLite answers them from the index only so.
        found = [self._rows(select(end(stored.c.published).label("day")))[0].day for end in (func.min, func.max)]
        first, last = (datetime.fromisoformat(day) if day else None for day in found)
        return first, last

    def failures(self) -> list[Failure]:
        """The inputs that did not become documents, oldest first."""
        return [
            Failure(name=r.name, fault=r.fault, remedy=r.remedy)
            for r in self._rows(select(schema.failure).order_by(schema.failure.c.sequence))
        ]

    def counts(self) -> dict[str, int]:
        """How many rows each table holds. Nothing is ever deleted, so the newest row has the number of all."""
        newest = func.max(literal_column("rowid", Integer)).label("n")
        return {
            name: self._rows(select(newest).select_from(schema.metadata.tables[name]))[0].n or 0
            for name in schema.APPEND_ONLY
        }

    def snapshot(self, sha256: str) -> Snapshot:
        """The bytes of a snapshot. Raises LedgerError where they are not there or no longer have their hash."""
        rows = self._rows(select(schema.snapshot).where(schema.snapshot.c.sha256 == sha256))
        if not rows:
            raise LedgerError(f"{self.path} holds no snapshot {sha256}")
        if hashlib.sha256(rows[0].content).hexdigest() != sha256:
            raise LedgerError(f"{self.path} is damaged: snapshot {sha256} is altered; restore it from a backup")
        return Snapshot(sha256=sha256, content=rows[0].content, name=rows[0].name)

    def is_sound(self) -> bool:
        """Whether SQLite finds the file undamaged."""
        try:
            return bool(self._connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok")
        except DBAPIError:
            return False


def _given(*, also: Sequence[str] = (), **values: Any) -> dict[str, Any]:
    """What a query is given, without what is not there."""
    given = {name: value for name, value in values.items() if value is not None}
    return given | ({"also": json.dumps(also)} if also else {})


def _half_a_character() -> QueryError:
    return QueryError("what was asked for holds half a character, which is in no text")


def reading_id(document: Document, reader: str) -> str:
    """The id of a reading: one version of the reader over one document."""
    return content_hash("reading", document.id, reader)


@lru_cache(maxsize=1_024)
def _document(record: str) -> Document:
    """A document as it was stored; the questions of one reader are about the same ones."""
    return _documents.decode(record)


@lru_cache(maxsize=8_192)
def _assertion(record: str) -> Assertion:
    """An assertion as it was stored; the claims of a document look up the same ones many times."""
    return _assertions.decode(record)


def _decoded(decode: Callable[[str], _Record], row: Row[Any], path: Path) -> _Record:
    try:
        return decode(row.record)
    except (msgspec.ValidationError, msgspec.DecodeError, TypeError) as error:
        raise LedgerError(f"{path} holds a record that this OnRecord cannot read ({error}); update OnRecord") from None


def _add_assertion(connection: Connection, assertion: Assertion, document: Document, reading: Reading) -> None:
    row = {"id": assertion.id, "reading": reading.id, "record": _encode(assertion).decode()}
    sequence = connection.execute(insert(schema.assertion).values(row)).lastrowid
    words = _words_of(assertion, document)
    connection.exec_driver_sql("INSERT INTO word (rowid, words) VALUES (?, ?)", (sequence, words))


def _words_of(assertion: Assertion, document: Document) -> str:
    """What an assertion is found by."""
    source = assertion.source
    names = [source.name, *(hop.source.name for hop in assertion.hops)]
    sources = [*names, *map(search.dotless, names), source.role or "", source.affiliation or ""]
    counted = [figure.counted or "" for figure in assertion.figures]
    places = [place.name for place in assertion.places]
    terms = map(search.as_word, assertion.terms)
    return " ".join((assertion.sentence.of(document.text), *sources, *counted, *places, *terms, document.outlet or ""))
