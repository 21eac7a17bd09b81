"""Who put what forward? The assertions that fit some words, a source, an outlet, an act and a span of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from onrecord.answers.rows import AssertionRow, EventRow, PlaceRow, asserted_day, day, source_words
from onrecord.ledger.queries import Narrowed
from onrecord.ledger.store import Ledger
from onrecord.linking.sources import is_part_of
from onrecord.records import Act, Assertion, Document, Event, Place, words_of

# What a text dates back further than this it recalls, or the day was misread; so it was where the day lies ahead.
RECENT = timedelta(days=31)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which assertions: None or "" for any. `since` is inclusive, `until` and `as_of` exclusive.

    `most` takes so many that match the words best, None all of them.
    """

    words: str = ""
    source: str | None = None
    outlet: str | None = None
    act: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    as_of: datetime | None = None
    most: int | None = None


def assertion_rows(ledger: Ledger, asked: Asked) -> list[AssertionRow]:
    """The assertions asked for, oldest document first, or with `most` the best match first (the newest, without words)."""
    if asked.most is None or not _is_narrowed(asked):
        found = ledger.assertions(asked.words, as_of=asked.as_of, most=asked.most)
        return _rows_that_fit(ledger, found, asked)
    rows: list[AssertionRow] = []
    for part in ledger.narrowed(asked.words, _narrowed(asked), as_of=asked.as_of):
        rows += _rows_that_fit(ledger, part, asked)
        if len(rows) >= asked.most:
            break
    return rows[: asked.most]


def _rows_that_fit(ledger: Ledger, found: Sequence[Assertion], asked: Asked) -> list[AssertionRow]:
    documents = ledger.documents(ids={a.document for a in found})
    return [row_of(a, documents[a.document]) for a in found if _fits(a, documents, asked)]


def _is_narrowed(asked: Asked) -> bool:
    return any((asked.source, asked.outlet, asked.act, asked.since, asked.until))


def _narrowed(asked: Asked) -> Narrowed:
    """What the ledger can tell at once; an assertion is dated within so many days of its document."""
    return Narrowed(
        names=tuple(filter(None, (asked.source, asked.outlet))),
        act=Act(asked.act) if asked.act else None,
        first=asked.since - A_DAY if asked.since else None,
        last=asked.until + RECENT if asked.until else None,
    )


def _fits(assertion: Assertion, documents: Mapping[str, Document], asked: Asked) -> bool:
    if asked.source and not is_part_of(asked.source, source_words(assertion.source, assertion.hops)):
        return False
    if asked.outlet and not is_part_of(asked.outlet, documents[assertion.document].outlet or ""):
        return False
    if asked.act and assertion.act != asked.act:
        return False
    said = made(assertion, documents[assertion.document])
    if asked.since and (said is None or said < asked.since):
        return False
    return not (asked.until and (said is None or said >= asked.until))


def made(assertion: Assertion, document: Document) -> datetime | None:
    """When an assertion was put forward: when the words say, or when it was published where they tell of no day or of one long before."""
    said, published = assertion.asserted.start if assertion.asserted else None, document.published
    if said is None or published is None:
        return said or published
    return said if -A_DAY <= published - said <= RECENT else published


def row_of(assertion: Assertion, document: Document) -> AssertionRow:
    """An assertion as a row; its text runs from the first to the last word of source, cue and content."""
    spans = (*assertion.attribution.source, *assertion.attribution.cue, *assertion.attribution.content)
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    return AssertionRow(
        id=assertion.id,
        document=document.name,
        document_id=document.id,
        outlet=document.outlet,
        source=source_words(assertion.source, assertion.hops),
        source_name=assertion.source.name,
        source_reason=assertion.source.reason,
        kind=assertion.source.kind,
        act=assertion.act,
        certainty=assertion.certainty.level,
        polarity=assertion.certainty.polarity,
        distanced=assertion.certainty.distanced,
        parent=assertion.parent,
        asserted=asserted_day(assertion),
        published=day(document.published),
        made=day(made(assertion, document)),
        start=start,
        end=end,
        text=document.text[start:end],
        content=words_of(document.text, assertion.attribution.content),
        places=[_place_row(place) for place in assertion.places],
        event=_event_row(assertion.event) if assertion.event is not None else None,
    )


def _place_row(place: Place) -> PlaceRow:
    return PlaceRow(
        name=place.name,
        as_written=place.as_written,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=place.precision,
        reason=place.reason,
    )


def _event_row(event: Event) -> EventRow:
    actor, recipient = event.actor, event.recipient
    return EventRow(
        type=event.type,
        modes=list(event.modes),
        actor=actor.words if actor else None,
        actor_country=actor.country if actor else None,
        actor_sector=actor.sector if actor else None,
        recipient=recipient.words if recipient else None,
        recipient_country=recipient.country if recipient else None,
        recipient_sector=recipient.sector if recipient else None,
    )
