"""The addresses of the reading room that only read: each gathers one page and renders it. Every view is a link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord.answers import charts
from onrecord.answers.rows import AssertionRow, FigureRow
from onrecord.api import asked_words, end_of
from onrecord.ledger.store import Ledger
from onrecord.records import Act, Failure
from onrecord.web import deciding, formats, looks, pages
from onrecord.web.asking import (
    LISTS,
    MOST_WRITTEN,
    PROBLEMS,
    Day,
    Format,
    Name,
    Period,
    PeriodChart,
    Search,
    Series,
    SeriesChart,
    Words,
    answer,
    answers_in,
    as_json,
    as_rows,
    asked,
    ledgers,
    page,
)
from onrecord.web.document import DocumentPage, document_page
from onrecord.web.drawing import drawn
from onrecord.web.templates import address, document_at

web = APIRouter(include_in_schema=False)
api = APIRouter(responses=PROBLEMS)


def _of_page(found: pages.TimelinePage | pages.SearchPage | DocumentPage) -> Sequence[AssertionRow]:
    return found.assertions


# ---------------------------------------------------------------- home


@web.get("/")
def home(request: Request) -> Response:
    cookie, looked = _looked(request)
    now = datetime.now(UTC)
    before = looks.last_before(looked, now)
    shown = page(request, "home.html", lambda ledger: pages.home_page(ledger, before), depends_on=str(before))
    secure = request.url.scheme == "https"
    shown.set_cookie(
        cookie, looks.written(looked, now), max_age=looks.KEPT, httponly=True, samesite="lax", secure=secure
    )
    return shown


@api.get("/home.{kind}", responses=LISTS)
def home_rows(request: Request, kind: Format) -> Response:
    """What the ledger holds, what was added since the reader's last look at the page, and what is contested; as a list, the
    documents added last."""
    before = looks.last_before(_looked(request)[1], datetime.now(UTC))
    return as_rows(
        request,
        kind,
        lambda ledger: pages.home_page(ledger, before),
        lambda found: found.newest,
        pages.DocumentRow,
        depends_on=str(before),
    )


def _looked(request: Request) -> tuple[str, looks.Looks]:
    """The name of the cookie for this ledger, and the looks that it tells of."""
    with ledgers(request).opened() as ledger:
        cookie = looks.cookie(ledger.identity())
    return cookie, looks.read(request.cookies.get(cookie))


@web.get("/failures")
def failures(request: Request) -> Response:
    return page(request, "failures.html", pages.failures_page)


@api.get("/failures.{kind}", responses=LISTS)
def failures_rows(request: Request, kind: Format) -> Response:
    """The inputs that did not become documents, the newest first, each with its fault and the remedy."""
    return as_rows(request, kind, pages.failures_page, lambda found: found.failures, Failure)


# ---------------------------------------------------------------- a document, a claim, a source


@web.get("/document")
def document_(
    request: Request, name: Name, at: int | None = None, compare: bool = False, as_of: Day = None
) -> Response:
    until = end_of(as_of)
    return page(
        request,
        "document.html",
        lambda ledger: document_page(ledger, name, at=at, compare=compare, as_of=until),
        as_of=as_of,
    )


@api.get("/document.geojson", responses=answers_in("application/geo+json"))
def document_geojson(request: Request, name: Name) -> Response:
    """The places of the assertions of a document, as GeoJSON."""
    return answer(
        request,
        lambda ledger: formats.as_geojson(document_page(ledger, name, at=None, compare=False, as_of=None).assertions),
        "application/geo+json",
    )


@api.get("/document.{kind}", responses=LISTS)
def document_rows(request: Request, kind: Format, name: Name, compare: bool = False, as_of: Day = None) -> Response:
    """A document with its assertions; with `compare`, its verdicts and copied passages against the rest of the ledger. As a list,
    its assertions."""
    until = end_of(as_of)
    return as_rows(
        request,
        kind,
        lambda ledger: document_page(ledger, name, at=None, compare=compare, as_of=until),
        _of_page,
        AssertionRow,
    )


@web.get("/claim")
def claim(request: Request, id: Name, as_of: Day = None) -> Response:
    until = end_of(as_of)
    return page(request, "claim.html", lambda ledger: deciding.claim_page(ledger, id, as_of=until), as_of=as_of)


@api.get("/claim.{kind}", responses=LISTS)
def claim_rows(request: Request, kind: Format, id: Name, as_of: Day = None) -> Response:
    """A claim by the id of one of its assertions: who puts it forward, who speaks against it, how independently. As a list, its
    assertions."""
    until = end_of(as_of)
    return as_rows(
        request,
        kind,
        lambda ledger: deciding.claim_page(ledger, id, as_of=until),
        lambda found: found.claim.assertions,
        AssertionRow,
    )


@web.get("/source")
def source(request: Request, name: Name, graded: bool = False, as_of: Day = None) -> Response:
    asked_name, until = asked_words(name), end_of(as_of)
    return page(
        request,
        "source.html",
        lambda ledger: pages.source_page(ledger, asked_name, graded=graded, as_of=until),
        as_of=as_of,
    )


@api.get("/source.{kind}", responses=LISTS)
def source_rows(request: Request, kind: Format, name: Name, graded: bool = False, as_of: Day = None) -> Response:
    """A source: what it said, how often it revised or was contradicted, and where asked for a proposed grade. As a list, what it
    said."""
    asked_name, until = asked_words(name), end_of(as_of)
    return as_rows(
        request,
        kind,
        lambda ledger: pages.source_page(ledger, asked_name, graded=graded, as_of=until),
        lambda found: found.said,
        AssertionRow,
    )


# ---------------------------------------------------------------- figures


def _figures(given: Series) -> Callable[[Ledger], pages.FiguresPage]:
    words, until = asked_words(given.words), end_of(given.as_of)
    return lambda ledger: pages.figures_page(ledger, words, series=given.series or None, as_of=until, given=given.as_of)


@web.get("/figures")
def figures(request: Request, given: Annotated[Series, Query()]) -> Response:
    return page(request, "figures.html", _figures(given))


@api.get("/figures.svg", responses=answers_in("image/svg+xml"))
def figures_svg(request: Request, given: Annotated[SeriesChart, Query()]) -> Response:
    """The chart of the series, as SVG; each point leads to its sentence."""
    return _chart(request, given, "svg", "image/svg+xml")


@api.get("/figures.png", responses=answers_in("image/png"))
def figures_png(request: Request, given: Annotated[SeriesChart, Query()]) -> Response:
    """The chart of the series, as PNG."""
    return _chart(request, given, "png", "image/png")


@api.get("/figures.pdf", responses=answers_in("application/pdf"))
def figures_pdf(request: Request, given: Annotated[SeriesChart, Query()]) -> Response:
    """The chart of the series, as PDF."""
    return _chart(request, given, "pdf", "application/pdf")


def _chart(request: Request, given: SeriesChart, kind: str, media: str) -> Response:
    gather = _figures(given)

    def chart(ledger: Ledger) -> bytes:
        return _drawn(tuple(gather(ledger).figures), kind, given.narrow)

    return answer(request, chart, media)


@lru_cache(maxsize=200)
def _drawn(rows: tuple[FigureRow, ...], kind: str, narrow: bool) -> bytes:
    """A chart takes half a second to draw and stays the same while its figures do, whatever else is added."""
    return drawn(charts.figures_chart(rows, link=document_at, narrow=narrow), kind)


@api.get("/figures.{kind}", responses=LISTS)
def figures_rows(request: Request, kind: Format, given: Annotated[Series, Query()]) -> Response:
    """The series of figures, as JSON, CSV or JSON Lines."""

    def rows(found: pages.FiguresPage) -> Sequence[FigureRow]:
        return found.figures

    return as_rows(request, kind, _figures(given), rows, FigureRow)


# ---------------------------------------------------------------- time, place, search


def _timeline(given: Period, *, most: int = pages.MOST_RANKED) -> Callable[[Ledger], pages.TimelinePage]:
    question = asked(given, most=most)
    return lambda ledger: pages.timeline_page(ledger, question, since=given.since, until=given.until, as_of=given.as_of)


@web.get("/timeline")
def timeline(request: Request, given: Annotated[Period, Query()]) -> Response:
    return page(request, "timeline.html", _timeline(given))


@api.get("/timeline.svg", responses=answers_in("image/svg+xml"))
def timeline_svg(request: Request, given: Annotated[PeriodChart, Query()]) -> Response:
    """How many assertions a day, as SVG."""
    gather = _timeline(given)

    def chart(ledger: Ledger) -> bytes:
        return drawn(charts.timeline_chart(gather(ledger).assertions, narrow=given.narrow), "svg")

    return answer(request, chart, "image/svg+xml")


@api.get("/map.svg", responses=answers_in("image/svg+xml"))
def map_svg(request: Request, given: Annotated[PeriodChart, Query()]) -> Response:
    """The places that the assertions name, as SVG; each leads to what is said of it."""
    gather = _timeline(given)

    def chart(ledger: Ledger) -> bytes:
        rows = gather(ledger).assertions
        places = charts.places_map(rows, link=lambda name: address("/search", words=name), narrow=given.narrow)
        return drawn(places, "svg")

    return answer(request, chart, "image/svg+xml")


@api.get("/timeline.geojson", responses=answers_in("application/geo+json"))
def timeline_geojson(request: Request, given: Annotated[Period, Query()]) -> Response:
    """The places of the assertions, as GeoJSON."""
    gather = _timeline(given, most=MOST_WRITTEN)
    return answer(request, lambda ledger: formats.as_geojson(gather(ledger).assertions), "application/geo+json")


@api.get("/timeline.{kind}", responses=LISTS)
def timeline_rows(request: Request, kind: Format, given: Annotated[Period, Query()]) -> Response:
    """The assertions by day, as JSON, CSV or JSON Lines; the last two hold ten thousand, and a search goes on from there."""
    most = pages.MOST_RANKED if kind == "json" else MOST_WRITTEN
    return as_rows(request, kind, _timeline(given, most=most), _of_page, AssertionRow)


def _search(
    given: Search, *, size: int = pages.A_PAGE, most: int = pages.MOST_RANKED
) -> Callable[[Ledger], pages.SearchPage]:
    question = asked(given, most=most)
    said = given.model_dump(exclude={"after"})
    return lambda ledger: pages.search_page(ledger, question, given=said, after=given.after, size=size)


@web.get("/search")
def search(request: Request, given: Annotated[Search, Query()]) -> Response:
    return page(request, "search.html", _search(given), acts=list(Act))


@api.get("/search.geojson", responses=answers_in("application/geo+json"))
def search_geojson(request: Request, given: Annotated[Search, Query()]) -> Response:
    """The places of the assertions that fit, ten thousand at most, as GeoJSON."""
    gather = _search(given, size=MOST_WRITTEN, most=MOST_WRITTEN)
    return answer(request, lambda ledger: formats.as_geojson(gather(ledger).assertions), "application/geo+json")


@api.get("/search.{kind}", responses=LISTS)
def search_rows(request: Request, kind: Format, given: Annotated[Search, Query()]) -> Response:
    """The assertions that fit, best match first: a page of them as JSON, all of them as CSV or JSON Lines, ten thousand at a time.

    Where there are more, the header `Link` says where they are (RFC 8288).
    """
    gather = _search(given) if kind == "json" else _search(given, size=MOST_WRITTEN, most=MOST_WRITTEN)

    def goes_on(found: pages.SearchPage) -> str | None:
        said = given.model_dump(exclude={"after"})
        return address(f"/search.{kind}", after=found.next, **said) if found.next else None

    return as_rows(request, kind, gather, _of_page, AssertionRow, goes_on=goes_on)


# ---------------------------------------------------------------- what waits for a person


Decision = Annotated[str | None, Query(max_length=40, description="a decision; the history goes on before it")]


@web.get("/review")
def review(request: Request, words: Words = "", before: Decision = None, decided: str = "") -> Response:
    return page(
        request, "review.html", _review(request, words, before), depends_on=request.state.who or "", decided=decided
    )


def _review(request: Request, words: str, before: str | None) -> Callable[[Ledger], deciding.ReviewPage]:
    given, who = asked_words(words), request.state.who
    return lambda ledger: deciding.review_page(ledger, given, by=who, before=before or None)


@api.get("/review.{kind}", responses=LISTS)
def review_rows(request: Request, kind: Format, words: Words = "", before: Decision = None) -> Response:
    """What waits for a person, what was decided, and where two people disagree. As a list, all decisions."""
    if kind == "json":
        return as_json(request, _review(request, words, before), depends_on=request.state.who or "")
    return as_rows(request, kind, deciding.all_decisions, lambda found: found, deciding.DecisionRow)
