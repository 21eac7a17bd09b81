"""The questions that need more than one table: what is current as of a time, and which assertions match."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Float,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
    union_all,
)

from onrecord.ledger import schema
from onrecord.records import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What narrows a question besides its words: parts of names that its assertions are found by, an act, and the days between
    which their documents were published (`first` inclusive, `last` exclusive; a document without a date lies between any).
    `figured` takes only what gives a figure."""

    names: tuple[str, ...] = ()
    figured: bool = False
    act: Act | None = None
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Of what parts a query is put together; each stands for a value that it is then given."""

    asked: bool = False
    also: bool = False
    known: bool = False
    most: bool = False
    figured: bool = False
    act: bool = False
    first: bool = False
    last: bool = False


def stamp(moment: datetime) -> str:
    """A time as the ledger keeps it: ISO 8601, in UTC, without a zone, so that text order is time order."""
    return (moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment).isoformat()


def one_of(ids: Collection[str]) -> Select[Any]:
    """Some ids as a query, however many they are."""
    return _values(json.dumps(sorted(ids)))


def _values(listed: str | BindParameter[Any]) -> Select[Any]:
    return select(literal_column("value")).select_from(func.json_each(listed))


_WORD = table("word")
_AT = literal_column("word.rowid", Integer)
_MATCHES = literal_column("word").op("MATCH")(bindparam("asked"))
_RECORDS = select(schema.assertion.c.record)


@lru_cache(maxsize=256)
def matching(shape: Shape) -> Select[Any]:
    """All assertions that match `:asked` or have an id in `:also`, as of `:known`, the oldest first. Put together once a shape."""
    document, assertion = schema.document, schema.assertion
    found = _of_documents()
    if shape.asked:
        hit = _hits(shape, None, newest=False)
        found = found.join(hit, assertion.c.sequence == hit.c.at)
    return _RECORDS.select_from(found).where(_wanted(shape)).order_by(document.c.known, assertion.c.sequence)


@lru_cache(maxsize=256)
def best_first(shape: Shape, *, ranked: int | None, newest: bool) -> Select[Any]:
    """The places (`at`) in the index of what matches `:asked` or has an id in `:also`, the best first, current or not.

    `ranked` is how many matches are ranked, None for all; `newest` takes those recorded last for that. To rank thousands is a tenth
    of what it costs to find out of each whether it is current (`standing_at`).
    """
    hit = _hits(shape, ranked, newest=newest)
    return select(hit.c.at).order_by(hit.c.rank, hit.c.at)


@lru_cache(maxsize=256)
def standing_at(shape: Shape) -> Select[Any]:
    """Of the assertions at `:places`, with these, the ones that are current as of `:known`."""
    assertion = schema.assertion
    there = assertion.c.sequence.in_(_values(bindparam("places")))
    query = select(assertion.c.sequence, assertion.c.record).select_from(_of_documents())
    return query.where(there, _wanted(shape))


def _of_documents() -> FromClause:
    document, reading, assertion = schema.document, schema.reading, schema.assertion
    return assertion.join(reading, assertion.c.reading == reading.c.id).join(
        document, reading.c.document == document.c.id
    )


@lru_cache(maxsize=256)
def newest_first(shape: Shape) -> Select[Any]:
    """The assertions that match `:asked`, those recorded last first, or without it those known last; the first rows come at once.

    A plus before a column keeps SQLite from starting at another table, which it would then have to read to its end.
    """
    document, reading, assertion = schema.document, schema.reading, schema.assertion
    if shape.asked:
        found = _WORD.join(assertion, assertion.c.sequence == _AT).join(reading, assertion.c.reading == reading.c.id)
        query = _RECORDS.select_from(found.join(document, reading.c.document == document.c.id))
        query = query.where(_MATCHES, _wanted(shape)).order_by(_AT.desc())
    else:
        found = document.join(reading, reading.c.document == literal_column("+document.id"))
        query = _RECORDS.select_from(found.join(assertion, assertion.c.reading == literal_column("+reading.id")))
        query = query.where(_wanted(shape)).order_by(document.c.known.desc(), assertion.c.sequence)
    return query.limit(bindparam("most", type_=Integer)) if shape.most else query


def _wanted(shape: Shape) -> ColumnElement[bool]:
    return and_(is_newest_reading(), is_current(bindparam("known") if shape.known else None), *_narrowed(shape))


def _narrowed(shape: Shape) -> list[ColumnElement[bool]]:
    published = schema.document.c.published
    act = func.json_extract(schema.assertion.c.record, "$.act")
    found: list[ColumnElement[bool]] = []
    if shape.also and not shape.asked:
        found.append(schema.assertion.c.id.in_(_values(bindparam("also"))))
    if shape.figured:
        found.append(func.json_array_length(schema.assertion.c.record, "$.figures") > 0)
    if shape.act:
        found.append(act == bindparam("act"))
    if shape.first:
        found.append(or_(published.is_(None), published >= bindparam("first")))
    if shape.last:
        found.append(or_(published.is_(None), published < bindparam("last")))
    return found


def _hits(shape: Shape, ranked: int | None, *, newest: bool) -> Any:
    """The places of the index that match, each with its rank; what is there also comes last."""
    columns = (_AT.label("at"), literal_column("rank", Float).label("rank"))
    found = select(*columns).select_from(_WORD).where(_MATCHES)
    if newest and ranked is not None:
        found = found.order_by(_AT.desc())
    found = found.limit(ranked)
    if not shape.also:
        return found.subquery("hit")
    assertion = schema.assertion
    also = select(assertion.c.sequence, literal_column("0.0", Float)).where(
        assertion.c.id.in_(_values(bindparam("also")))
    )
    return union_all(select(found.subquery("found")), also).subquery("hit")


def is_current(as_of: datetime | BindParameter[Any] | None) -> ColumnElement[bool]:
    """Whether a document is current as of a time: known by then, and of its thread the one that appeared last.

    Of two texts with one date the one recorded later replaces the other, from when it was recorded.
    """
    stored, other = schema.document, schema.document.alias("newer")
    appeared = [func.coalesce(version.c.published, version.c.known) for version in (stored, other)]
    later = or_(appeared[1] > appeared[0], and_(appeared[1] == appeared[0], other.c.sequence > stored.c.sequence))
    newer = [other.c.thread == stored.c.thread, later]
    if as_of is None:
        return ~exists().where(*newer)
    known = stamp(as_of) if isinstance(as_of, datetime) else as_of
    return and_(stored.c.known < known, ~exists().where(*newer, other.c.known < known))


def is_newest_reading() -> ColumnElement[bool]:
    """Whether a reading is the newest of its document."""
    stored, other = schema.reading, schema.reading.alias("newer_reading")
    return ~exists().where(other.c.document == stored.c.document, other.c.sequence > stored.c.sequence)
