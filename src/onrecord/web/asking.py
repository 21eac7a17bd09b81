"""What the addresses have in common: how they are asked, and how what they gather becomes an answer in each format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from pydantic import BaseModel, BeforeValidator, StringConstraints
from starlette.responses import Response

from onrecord import __version__
from onrecord.answers.assertions import Asked
from onrecord.api import asked_words, end_of, start_of
from onrecord.errors import QueryError
from onrecord.ledger.store import Ledger
from onrecord.linking.sources import plain
from onrecord.records import Act
from onrecord.web import formats
from onrecord.web.ledgers import Ledgers
from onrecord.web.templates import rendered

Words = Annotated[str, Query(max_length=400, description="only what holds all these words")]
Day = Annotated[
    Annotated[str, StringConstraints(max_length=40)] | None,
    BeforeValidator(lambda given: given or None),  # an empty field of a form
    Query(description="an ISO date, e.g. 2021-03-10", json_schema_extra={"format": "date"}),
]
Short = Annotated[str | None, Query(max_length=200)]
Name = Annotated[str, Query(min_length=1, max_length=2_000)]
After = Annotated[str | None, Query(max_length=200, description="the cursor that the page before gave as `next`")]
Narrow = Annotated[bool, Query(description="drawn for a telephone")]
Format = Literal["json", "csv", "jsonl"]

_PROBLEM = {"application/problem+json": {"schema": {"type": "object"}}}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"description": "the question cannot be answered as put", "content": _PROBLEM},
    401: {"description": "not signed in", "content": _PROBLEM},
    404: {"description": "there is no such thing", "content": _PROBLEM},
    422: {"description": "an argument cannot be understood", "content": _PROBLEM},
    503: {"description": "the ledger cannot be used", "content": _PROBLEM},
}
_MEDIA = {"json": "application/json", "csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}
# A page of a file of rows; what goes on has a link.
MOST_WRITTEN = 10_000


def answers_in(*media: str) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of an address that answers in these media types."""
    found = {"description": "the answer", "content": {kind: {} for kind in media}}
    return {200: found, 304: {"description": "nothing was added since"}}


LISTS = answers_in("application/json", "text/csv", "application/jsonl")


# ---------------------------------------------------------------- how it is asked


class Series(BaseModel):
    """The arguments of a view of figures: of all series in what has some words, or of one of them."""

    words: Words = ""
    series: Annotated[str | None, Query(max_length=400, description="only the series of this name")] = None
    as_of: Day = None


class Period(BaseModel):
    """The arguments of a view of assertions by time and place."""

    words: Words = ""
    since: Day = None
    until: Day = None
    as_of: Day = None


class SeriesChart(Series):
    """The arguments of a chart of figures."""

    narrow: Narrow = False


class PeriodChart(Period):
    """The arguments of a chart of time or place."""

    narrow: Narrow = False


class Search(Period):
    """The arguments of a search; what is left empty does not narrow it."""

    source: Short = None
    outlet: Short = None
    act: Short = None
    after: After = None


def asked(given: Period, *, most: int) -> Asked:
    """The question. Raises QueryError for what is no date, no act, no word or no name."""
    narrowed = given if isinstance(given, Search) else Search()
    for name in (narrowed.source, narrowed.outlet):
        if name and not plain(name):
            raise QueryError(f"{name!r} holds no letter or digit; give a part of a name")
    if narrowed.act and narrowed.act not in set(Act):
        raise QueryError(f"{narrowed.act!r} is no act; the acts are: {', '.join(Act)}")
    return Asked(
        words=asked_words(given.words),
        source=narrowed.source or None,
        outlet=narrowed.outlet or None,
        act=narrowed.act or None,
        since=start_of(given.since),
        until=end_of(given.until),
        as_of=end_of(given.as_of),
        most=most,
    )


# ---------------------------------------------------------------- how it is answered


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a long list, with the address where it goes on; None for the last."""

    body: bytes
    next: str | None


Made = bytes | str | Part


def ledgers(request: Request) -> Ledgers:
    """The ledger that is served."""
    served: Ledgers = request.app.state.ledgers
    return served


def answer(request: Request, make: Callable[[Ledger], Made], media: str, *, also: str = "") -> Response:
    """What is made of the ledger, or 304 where the reader has it and nothing was added since; `also` is what else it depends on."""
    with ledgers(request).opened() as ledger:
        said = f"{__version__} {ledger.state()} {request.url} {request.state.who} {also}"
        tag = f'W/"{hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:24]}"'
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={"ETag": tag})
        made = make(ledger)
    headers = {"ETag": tag}
    if isinstance(made, Part) and made.next:
        headers["Link"] = f'<{made.next}>; rel="next"'
    return Response(made.body if isinstance(made, Part) else made, media_type=media, headers=headers)


def page(
    request: Request, template: str, make: Callable[[Ledger], Any], *, depends_on: str = "", **also: Any
) -> Response:
    """What is gathered from the ledger, as HTML."""
    return answer(
        request, lambda ledger: html(request, template, page=make(ledger), **also), "text/html", also=depends_on
    )


def html(request: Request, template: str, **shown: Any) -> str:
    """A page with what its date fields need to know."""
    return rendered(template, request, period=ledgers(request).period(), **shown)


def as_json(request: Request, make: Callable[[Ledger], Any], *, depends_on: str = "") -> Response:
    """What is gathered from the ledger, as JSON."""
    return answer(request, lambda ledger: formats.as_json(make(ledger)), "application/json", also=depends_on)


def as_rows(
    request: Request,
    kind: Format,
    gather: Callable[[Ledger], Any],
    rows: Callable[[Any], Sequence[Any]],
    of: type[Any],
    *,
    goes_on: Callable[[Any], str | None] = lambda _: None,
    depends_on: str = "",
) -> Response:
    """A page as JSON, or its rows, which are all `of` one type, as CSV or JSON Lines."""
    if kind == "json":
        return as_json(request, gather, depends_on=depends_on)

    def written(ledger: Ledger) -> Part:
        found = gather(ledger)
        body = formats.as_csv(rows(found), of) if kind == "csv" else formats.as_lines(rows(found))
        return Part(body, goes_on(found))

    return answer(request, written, _MEDIA[kind], also=depends_on)
