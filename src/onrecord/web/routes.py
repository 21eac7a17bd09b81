"""The addresses of the reading room: each reads its arguments, gathers one page, and renders it. Every view is a link."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, File, Form, Query, Request, UploadFile
from pydantic import BaseModel, BeforeValidator, StringConstraints
from starlette.responses import RedirectResponse, Response

from onrecord import __version__, pipeline, review
from onrecord.answers import charts
from onrecord.answers.assertions import Asked
from onrecord.answers.rows import AssertionRow, FigureRow
from onrecord.api import asked_words, document, end_of, start_of
from onrecord.errors import DecisionError, InputError, QueryError
from onrecord.ledger.store import Ledger
from onrecord.records import Act, DecisionKind, Failure, Span
from onrecord.web import deciding, formats, looks, pages
from onrecord.web.document import document_page
from onrecord.web.drawing import drawn
from onrecord.web.problems import problem
from onrecord.web.templates import address, document_at, rendered

Words = Annotated[str, Query(max_length=400, description="only what holds all these words")]
Day = Annotated[
    Annotated[str, StringConstraints(max_length=40)] | None,
    BeforeValidator(lambda given: given or None),  # an empty field of a form
    Query(description="an ISO date, e.g. 2021-03-10", json_schema_extra={"format": "date"}),
]
Short = Annotated[str | None, Query(max_length=200)]
Name = Annotated[str, Query(min_length=1, max_length=2_000)]
Problem = {"application/problem+json": {"schema": {"type": "object"}}}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"description": "the question cannot be answered as put", "content": Problem},
    401: {"description": "not signed in", "content": Problem},
    404: {"description": "there is no such thing", "content": Problem},
    422: {"description": "an argument cannot be understood", "content": Problem},
    503: {"description": "the ledger cannot be used", "content": Problem},
}
SESSION = "onrecord_session"  # the name of the cookie
LARGEST_PASTE = 1_000_000  # characters of a text to check
web = APIRouter(include_in_schema=False)
api = APIRouter(responses=PROBLEMS)


def add_to(app: FastAPI) -> None:
    """Put all addresses into an application."""
    app.include_router(web)
    app.include_router(api)


def _ledger(request: Request) -> Ledger:
    ledger: Ledger = request.app.state.ledgers.open()
    return ledger


def _answer(request: Request, make: Callable[[Ledger], bytes | str], media: str) -> Response:
    """What is made of the ledger, or 304 where the reader has it and nothing was added since."""
    ledger = _ledger(request)
    looked = looks.read(request.cookies.get(looks.COOKIE)).before
    said = f"{__version__} {ledger.state()} {request.url} {request.state.who} {looked}"
    tag = f'W/"{hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:24]}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(make(ledger), media_type=media, headers={"ETag": tag})


def _page(request: Request, template: str, make: Callable[[Ledger], Any], **also: Any) -> Response:
    return _answer(request, lambda ledger: _html(request, template, page=make(ledger), **also), "text/html")


def _html(request: Request, template: str, **shown: Any) -> str:
    """A page with what its date fields need to know."""
    return rendered(template, request, period=request.app.state.ledgers.period(), **shown)


def _json(request: Request, make: Callable[[Ledger], Any]) -> Response:
    return _answer(request, lambda ledger: formats.as_json(make(ledger)), "application/json")


Format = Literal["json", "csv", "jsonl"]
MEDIA = {"json": "application/json", "csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}


def _rows(
    request: Request, kind: Format, page: Callable[[Ledger], Any], rows: Callable[[Any], Sequence[Any]]
) -> Response:
    """A page as JSON, or its rows as CSV or JSON Lines."""
    if kind == "json":
        return _json(request, page)
    write = formats.as_csv if kind == "csv" else formats.as_lines
    return _answer(request, lambda ledger: write(rows(page(ledger))), MEDIA[kind])


def _answers(*media: str) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of an address that answers in these media types."""
    found = {"description": "the answer", "content": {kind: {} for kind in media}}
    return {200: found, 304: {"description": "nothing was added since"}}


_LISTS = _answers("application/json", "text/csv", "application/jsonl")
_PICTURES = _answers("image/svg+xml", "image/png", "application/pdf")


# ---------------------------------------------------------------- home


@web.get("/")
def home(request: Request) -> Response:
    looked, now = looks.read(request.cookies.get(looks.COOKIE)), datetime.now(UTC)
    answer = _page(request, "home.html", lambda ledger: pages.home_page(ledger, looked.before))
    secure = request.url.scheme == "https"
    answer.set_cookie(
        looks.COOKIE, looks.written(looked, now), max_age=looks.KEPT, httponly=True, samesite="lax", secure=secure
    )
    return answer


@api.get("/home.json", responses=_answers("application/json"))
def home_json(request: Request) -> Response:
    """What the ledger holds, and what is new and contested in it."""
    return _json(request, pages.home_page)


@web.post("/add")
def add(
    request: Request,
    text: Annotated[str, Form(max_length=LARGEST_PASTE)] = "",
    title: Annotated[str, Form(max_length=400)] = "",
    link: Annotated[str, Form(max_length=2_000)] = "",
    outlet: Annotated[str, Form(max_length=200)] = "",
    published: Annotated[str, Form(max_length=40)] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    ledger = _ledger(request)
    if text.strip():
        made = document(text, published=published or None, outlet=outlet or None, title=title or None)
        added = pipeline.add_document(ledger, made)
        return RedirectResponse(document_at(added.document.id), status_code=303)
    if link.strip():
        if not link.strip().lower().startswith(("http://", "https://")):
            raise InputError(link.strip()[:200], "it is no http or https address", "give one, or paste the text")
        found = list(pipeline.add(ledger, [link.strip()]))
    elif file is not None and file.filename:
        found = list(pipeline.add_bytes(ledger, file.filename, file.file.read()))
    else:
        raise QueryError("there is nothing to add; paste a text, give a link or choose a file")
    failed = [one for one in found if isinstance(one, Failure)]
    taken = [one for one in found if not isinstance(one, Failure)]
    if not taken:
        said = "; ".join(map(str, failed)) or "there was no document in it"
        return problem(request, 422, said)
    if len(taken) == 1 and not failed:
        return RedirectResponse(document_at(taken[0].document.id), status_code=303)
    return Response(rendered("added.html", request, taken=taken, failed=failed), media_type="text/html")


# ---------------------------------------------------------------- a document, a claim, a source


@web.get("/document")
def document_(
    request: Request, name: Name, at: int | None = None, compare: bool = False, as_of: Day = None
) -> Response:
    until = end_of(as_of)
    return _page(
        request,
        "document.html",
        lambda ledger: document_page(ledger, name, at=at, compare=compare, as_of=until),
    )


@api.get("/document.json", responses=_answers("application/json"))
def document_json(request: Request, name: Name, compare: bool = False, as_of: Day = None) -> Response:
    """A document with its assertions; with `compare`, its verdicts and copied passages against the rest of the ledger."""
    until = end_of(as_of)
    return _json(request, lambda ledger: document_page(ledger, name, at=None, compare=compare, as_of=until))


@web.get("/claim")
def claim(request: Request, id: Name, as_of: Day = None) -> Response:
    until = end_of(as_of)
    return _page(request, "claim.html", lambda ledger: deciding.claim_page(ledger, id, as_of=until), as_of=as_of)


@api.get("/claim.json", responses=_answers("application/json"))
def claim_json(request: Request, id: Name, as_of: Day = None) -> Response:
    """A claim by the id of one of its assertions: who puts it forward, who speaks against it, how independently."""
    until = end_of(as_of)
    return _json(request, lambda ledger: deciding.claim_page(ledger, id, as_of=until))


@web.get("/source")
def source(request: Request, name: Name, graded: bool = False, as_of: Day = None) -> Response:
    until = end_of(as_of)
    return _page(
        request, "source.html", lambda ledger: pages.source_page(ledger, name, graded=graded, as_of=until), as_of=as_of
    )


@api.get("/source.json", responses=_answers("application/json"))
def source_json(request: Request, name: Name, graded: bool = False, as_of: Day = None) -> Response:
    """A source: what it said, how often it revised or was contradicted, and where asked for a proposed grade."""
    until = end_of(as_of)
    return _json(request, lambda ledger: pages.source_page(ledger, name, graded=graded, as_of=until))


# ---------------------------------------------------------------- figures


class Series(BaseModel):
    """The arguments of a view of figures: of all series in what has some words, or of one of them."""

    words: Words = ""
    series: Annotated[str | None, Query(max_length=400, description="only the series of this name")] = None
    as_of: Day = None


def _figures(given: Series) -> Callable[[Ledger], pages.FiguresPage]:
    asked, until = asked_words(given.words), end_of(given.as_of)
    return lambda ledger: pages.figures_page(ledger, asked, series=given.series or None, as_of=until, given=given.as_of)


@web.get("/figures")
def figures(request: Request, given: Annotated[Series, Query()]) -> Response:
    return _page(request, "figures.html", _figures(given))


@api.get("/figures.svg", responses=_PICTURES)
def figures_svg(request: Request, given: Annotated[Series, Query()]) -> Response:
    """The chart of the series, as SVG; each point leads to its sentence."""
    return _chart(request, given, "svg")


@api.get("/figures.png", responses=_PICTURES)
def figures_png(request: Request, given: Annotated[Series, Query()]) -> Response:
    """The chart of the series, as PNG."""
    return _chart(request, given, "png")


def _chart(request: Request, given: Series, kind: str) -> Response:
    page = _figures(given)

    def chart(ledger: Ledger) -> bytes:
        return _drawn(tuple(page(ledger).figures), kind)

    return _answer(request, chart, "image/svg+xml" if kind == "svg" else "image/png")


@lru_cache(maxsize=200)
def _drawn(rows: tuple[FigureRow, ...], kind: str) -> bytes:
    """A chart takes half a second to draw and stays the same while its figures do, whatever else is added."""
    return drawn(charts.figures_chart(rows, link=document_at), kind)


@api.get("/figures.{kind}", responses=_LISTS)
def figures_rows(request: Request, kind: Format, given: Annotated[Series, Query()]) -> Response:
    """The series of figures, as JSON, CSV or JSON Lines."""

    def rows(page: pages.FiguresPage) -> Sequence[FigureRow]:
        return page.figures

    return _rows(request, kind, _figures(given), rows)


# ---------------------------------------------------------------- time, place, search


class Period(BaseModel):
    """The arguments of a view of assertions by time and place."""

    words: Words = ""
    since: Day = None
    until: Day = None
    as_of: Day = None


class Search(Period):
    """The arguments of a search; what is left empty does not narrow it."""

    source: Short = None
    outlet: Short = None
    act: Short = None


def _asked(given: Search) -> Asked:
    if given.act and given.act not in set(Act):
        raise QueryError(f"{given.act!r} is no act; the acts are: {', '.join(Act)}")
    return Asked(
        words=asked_words(given.words),
        source=given.source or None,
        outlet=given.outlet or None,
        act=given.act or None,
        since=start_of(given.since),
        until=end_of(given.until),
        as_of=end_of(given.as_of),
        most=pages.MOST_RANKED,
    )


def _timeline(given: Period) -> Callable[[Ledger], pages.TimelinePage]:
    asked = _asked(Search(**given.model_dump()))
    return lambda ledger: pages.timeline_page(ledger, asked, since=given.since, until=given.until, as_of=given.as_of)


@web.get("/timeline")
def timeline(request: Request, given: Annotated[Period, Query()]) -> Response:
    return _page(request, "timeline.html", _timeline(given))


@api.get("/timeline.svg", responses=_PICTURES)
def timeline_svg(request: Request, given: Annotated[Period, Query()]) -> Response:
    """How many assertions a day, as SVG."""
    page = _timeline(given)

    def chart(ledger: Ledger) -> bytes:
        return drawn(charts.timeline_chart(page(ledger).assertions), "svg")

    return _answer(request, chart, "image/svg+xml")


@api.get("/map.svg", responses=_PICTURES)
def map_svg(request: Request, given: Annotated[Period, Query()]) -> Response:
    """The places that the assertions name, as SVG; each leads to what is said of it."""
    page = _timeline(given)

    def chart(ledger: Ledger) -> bytes:
        rows = page(ledger).assertions
        return drawn(charts.places_map(rows, link=lambda name: address("/search", words=name)), "svg")

    return _answer(request, chart, "image/svg+xml")


@api.get("/timeline.geojson", responses=_answers("application/geo+json"))
def timeline_geojson(request: Request, given: Annotated[Period, Query()]) -> Response:
    """The places of the assertions, as GeoJSON."""
    page = _timeline(given)
    return _answer(request, lambda ledger: formats.as_geojson(page(ledger).assertions), "application/geo+json")


def _of_page(page: pages.TimelinePage | pages.SearchPage) -> Sequence[AssertionRow]:
    return page.assertions


@api.get("/timeline.{kind}", responses=_LISTS)
def timeline_rows(request: Request, kind: Format, given: Annotated[Period, Query()]) -> Response:
    """The assertions by day, as JSON, CSV or JSON Lines."""
    return _rows(request, kind, _timeline(given), _of_page)


class SearchFrom(Search):
    """The arguments of a page of a search."""

    after: Annotated[
        str | None, Query(max_length=200, description="the cursor that the page before gave as `next`")
    ] = None


def _search(given: SearchFrom) -> Callable[[Ledger], pages.SearchPage]:
    asked = _asked(given)
    question = given.model_dump(exclude={"after"})
    return lambda ledger: pages.search_page(ledger, asked, given=question, after=given.after)


@web.get("/search")
def search(request: Request, given: Annotated[SearchFrom, Query()]) -> Response:
    return _page(request, "search.html", _search(given), acts=list(Act))


@api.get("/search.{kind}", responses=_LISTS)
def search_rows(request: Request, kind: Format, given: Annotated[SearchFrom, Query()]) -> Response:
    """The assertions that fit, a page of them, as JSON, CSV or JSON Lines."""
    return _rows(request, kind, _search(given), _of_page)


# ---------------------------------------------------------------- check


@web.get("/check")
def check_form(request: Request) -> Response:
    return Response(_html(request, "check.html", page=None), media_type="text/html")


@web.post("/check")
def check(
    request: Request,
    text: Annotated[str, Form(max_length=LARGEST_PASTE)] = "",
    link: Annotated[str, Form(max_length=2_000)] = "",
    published: Annotated[str, Form(max_length=40)] = "",
    as_of: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    until = end_of(as_of or None)
    if text.strip():
        made = document(text, published=published or None)
    elif link.strip().lower().startswith(("http://", "https://")):
        found = next(pipeline.documents_in([link.strip()]), None)
        if found is None or isinstance(found, Failure):
            return problem(request, 422, str(found) if found else "there was no document in it")
        made = found
    else:
        raise QueryError("there is nothing to check; paste a text or give an http or https address")
    page = pages.check_page(_ledger(request), made, as_of=until, given=as_of or None)
    return Response(_html(request, "check.html", page=page), media_type="text/html")


# ---------------------------------------------------------------- review


@web.get("/review")
def review_(request: Request, words: Words = "") -> Response:
    asked = asked_words(words)
    return _page(request, "review.html", lambda ledger: deciding.review_page(ledger, asked))


@api.get("/review.json", responses=_answers("application/json"))
def review_json(request: Request, words: Words = "") -> Response:
    """What waits for a person, what was decided, and where two people disagree."""
    asked = asked_words(words)
    return _json(request, lambda ledger: deciding.review_page(ledger, asked))


@web.post("/review")
def decide(
    request: Request,
    about: Annotated[str, Form(max_length=40)],
    kind: Annotated[str, Form(max_length=40)],
    other: Annotated[str, Form(max_length=40)] = "",
    why: Annotated[str, Form(max_length=review.LONGEST_WHY)] = "",
    source: Annotated[str, Form(max_length=400)] = "",
    start: Annotated[int | None, Form()] = None,
    end: Annotated[int | None, Form()] = None,
    seen: Annotated[str, Form(max_length=40)] = "",
    words: Annotated[str, Form(max_length=400)] = "",
) -> Response:
    if kind not in set(DecisionKind):
        raise QueryError(f"{kind!r} is no decision; the decisions are: {', '.join(DecisionKind)}")
    ledger = _ledger(request)
    assertion = ledger.assertion(about)
    content = (Span(start, end),) if start is not None and end is not None else None
    proposal = review.Proposal(
        kind=DecisionKind(kind),
        by=request.state.who,
        why=why,
        seen=seen or None,
        other=ledger.assertion(other) if other else None,
        content=content if kind == DecisionKind.CORRECT_SPAN else None,
        source=source if kind == DecisionKind.WRONG_SOURCE else None,
    )
    try:
        decision = review.decide(ledger, assertion, proposal)
    except DecisionError as error:
        both = deciding.decision_rows(ledger, review.decisions_on(ledger, assertion, proposal.other))
        also = {"theirs": [f"{row.by}: {row.kind}, {row.recorded}. {row.why}" for row in both], "yours": kind}
        return problem(request, 409, str(error), also=also)
    return RedirectResponse(address("/review", words=words, decided=decision.id), status_code=303)


@web.post("/review/undo")
def undo(
    request: Request,
    decision: Annotated[str, Form(max_length=40)],
    why: Annotated[str, Form(max_length=review.LONGEST_WHY)] = "",
    words: Annotated[str, Form(max_length=400)] = "",
) -> Response:
    review.undo(_ledger(request), decision, by=request.state.who, why=why)
    return RedirectResponse(address("/review", words=words), status_code=303)


# ---------------------------------------------------------------- in and out


def _inside(to: str) -> str:
    """Where to go after signing in: a page of ours, whatever the address says.

    >>> _inside("/figures?words=a"), _inside("//elsewhere.example"), _inside("https://elsewhere.example/")
    ('/figures?words=a', '/', '/')
    """
    try:
        parts = urlsplit(to)
    except ValueError:  # "//[": no address at all
        return "/"
    fits = to.startswith("/") and not to.startswith(("//", "/\\")) and not parts.netloc and to.isprintable()
    return to if fits else "/"


@web.get("/sign-in")
def sign_in(
    request: Request, key: Annotated[str, Query(max_length=200)] = "", to: Annotated[str, Query(max_length=4_000)] = "/"
) -> Response:
    doors = request.app.state.doors
    if not key:
        shown = rendered("sign_in.html", request, to=_inside(to), by_password=bool(doors.accounts))
        return Response(shown, status_code=200 if doors.accounts else 401, media_type="text/html")
    return _enter(request, None if doors.is_shut() else doors.by_key(key), to)


@web.post("/sign-in")
def sign_in_by_password(
    request: Request,
    name: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1_000)],
    to: Annotated[str, Form(max_length=4_000)] = "/",
) -> Response:
    doors = request.app.state.doors
    return _enter(request, None if doors.is_shut() else doors.by_password(name, password), to)


def _enter(request: Request, session: str | None, to: str) -> Response:
    if session is None:
        if request.app.state.doors.is_shut():
            return problem(request, 429, "too many sign-ins have failed", "wait a minute and try again")
        return problem(request, 401, "that is not the key or the password", "look at what onrecord serve printed")
    answer = RedirectResponse(_inside(to), status_code=303)
    secure = request.url.scheme == "https"
    answer.set_cookie(SESSION, session, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


@web.post("/sign-out")
def sign_out(request: Request) -> Response:
    request.app.state.doors.leave(request.cookies.get(SESSION))
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(SESSION)
    return answer
