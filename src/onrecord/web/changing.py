"""The addresses that change or compute something a reader hands over: adding, checking, deciding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.routing import APIRoute
from starlette.responses import RedirectResponse, Response

from onrecord import pipeline, review
from onrecord.answers.assertions import row_of
from onrecord.answers.rows import CheckRow
from onrecord.api import document, end_of, told
from onrecord.errors import DecisionError, InputError, MissingError, QueryError
from onrecord.ledger.store import Ledger
from onrecord.records import Assertion, DecisionKind, Document, Failure, Span
from onrecord.web import deciding, pages
from onrecord.web.asking import LISTS, PROBLEMS, Format, as_rows, html, ledgers, page
from onrecord.web.pasted import Pasted
from onrecord.web.problems import problem
from onrecord.web.templates import address, document_at, rendered

# Characters of a text. News of twice the length took 33 seconds to read on a busy machine; what is longer goes through the command.
LARGEST_PASTE = 100_000
Text = Annotated[str, Form(max_length=LARGEST_PASTE)]
Line = Annotated[str, Form(max_length=400)]
Link = Annotated[str, Form(max_length=2_000)]
Date = Annotated[str, Form(max_length=40)]
Id = Annotated[str, Form(max_length=40)]
Why = Annotated[str, Form(max_length=review.LONGEST_WHY)]


class _LargeForms(Request):
    """A request whose form may hold a text of LARGEST_PASTE characters, which are up to four bytes each."""

    def form(self, **limits: Any) -> Any:
        return super().form(**({"max_part_size": 4 * LARGEST_PASTE} | limits))


class _Route(APIRoute):
    def get_route_handler(self) -> Any:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            answered: Response = await handle(_LargeForms(request.scope, request.receive))
            return answered

        return handled


web = APIRouter(include_in_schema=False, route_class=_Route)
api = APIRouter(responses=PROBLEMS)


def _one_of(**given: object) -> str:
    """Which of several ways of handing something over was used. Raises QueryError for none and for two."""
    used = [name for name, value in given.items() if value]
    if len(used) != 1:
        fault = (
            f"{' and '.join(used)} are given; give one" if used else f"nothing is given; give a {' or a '.join(given)}"
        )
        raise QueryError(fault)
    return used[0]


def _is_address(link: str) -> bool:
    return link.lower().startswith(("http://", "https://"))


# ---------------------------------------------------------------- add


@web.post("/add")
def add(
    request: Request,
    text: Text = "",
    title: Line = "",
    link: Link = "",
    outlet: Annotated[str, Form(max_length=200)] = "",
    published: Date = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    said = told(published=published or None, outlet=outlet or None, title=title or None)
    link = link.strip()
    upload = file if file is not None and file.filename else None
    way = _one_of(text=text.strip(), link=link, file=upload)
    if way == "link" and not _is_address(link):
        raise InputError(link[:200], "it is no http or https address", "give one, or paste the text")
    with ledgers(request).opened() as ledger:
        if way == "text":
            made = document(text, published=published or None, outlet=outlet or None, title=title or None)
            return RedirectResponse(document_at(pipeline.add_document(ledger, made).document.id), status_code=303)
        if upload is not None:
            found = pipeline.add_bytes(ledger, upload.filename or "", upload.file.read(), told=said)
        else:
            found = pipeline.add(ledger, [link], told=said)
        return _added(request, found)


def _added(request: Request, found: Iterable[pipeline.Added | Failure]) -> Response:
    all_ = list(found)
    failed = [one for one in all_ if isinstance(one, Failure)]
    taken = [one for one in all_ if isinstance(one, pipeline.Added)]
    if not taken:
        return problem(request, 422, "; ".join(map(str, failed)) or "there was no document in it")
    if len(taken) == 1 and not failed:
        return RedirectResponse(document_at(taken[0].document.id), status_code=303)
    return Response(rendered("added.html", request, taken=taken, failed=failed), media_type="text/html")


# ---------------------------------------------------------------- check


Key = Annotated[str, Query(max_length=40)]


def _pasted(request: Request) -> Pasted:
    kept: Pasted = request.app.state.pasted
    return kept


@web.get("/check")
def check_form(request: Request, text: Key = "") -> Response:
    """The form, or a text that was handed over, with its verdicts."""
    if not text:
        return Response(html(request, "check.html", page=None), media_type="text/html")
    made, as_of = _pasted(request).of(text, by=request.state.who)
    return page(
        request, "check.html", lambda ledger: pages.check_page(ledger, made, as_of=end_of(as_of), given=as_of), key=text
    )


@api.get("/check.{kind}", responses=LISTS)
def check_rows(request: Request, kind: Format, text: Annotated[str, Query(min_length=1, max_length=40)]) -> Response:
    """The verdicts on a text that was handed over to be checked, by the key that it got."""
    made, as_of = _pasted(request).of(text, by=request.state.who)
    return as_rows(
        request,
        kind,
        lambda ledger: pages.check_page(ledger, made, as_of=end_of(as_of), given=as_of),
        lambda found: found.rows,
        CheckRow,
    )


@web.post("/check")
def check(request: Request, text: Text = "", link: Link = "", published: Date = "", as_of: Date = "") -> Response:
    end_of(as_of or None)
    made = _handed_over(text, link.strip(), published or None)
    if isinstance(made, Failure):
        return problem(request, 422, str(made))
    key = _pasted(request).keep(made, as_of or None, by=request.state.who)
    return RedirectResponse(address("/check", text=key), status_code=303)


def _handed_over(text: str, link: str, published: str | None) -> Document | Failure:
    way = _one_of(text=text.strip(), link=link)
    if way == "text":
        return document(text, published=published)
    if not _is_address(link):
        raise InputError(link[:200], "it is no http or https address", "give one, or paste the text")
    return next(
        pipeline.documents_in([link], told=told(published=published)),
        Failure(name=link[:200], fault="there was no document in it", remedy="paste the text"),
    )


# ---------------------------------------------------------------- decide


@web.post("/review")
def decide(
    request: Request,
    about: Id,
    kind: Id,
    other: Id = "",
    why: Why = "",
    source: Line = "",
    start: Annotated[int | None, Form()] = None,
    end: Annotated[int | None, Form()] = None,
    seen: Id = "",
    words: Line = "",
) -> Response:
    if kind not in set(DecisionKind):
        raise QueryError(f"{kind!r} is no decision; the decisions are: {', '.join(DecisionKind)}")
    content = (Span(start, end),) if start is not None and end is not None else None
    with ledgers(request).opened() as ledger:
        assertion = _as_read(ledger, about)
        proposal = review.Proposal(
            kind=DecisionKind(kind),
            by=request.state.who,
            why=why,
            seen=seen or None,
            other=_as_read(ledger, other) if other else None,
            content=content if kind == DecisionKind.CORRECT_SPAN else None,
            source=source if kind == DecisionKind.WRONG_SOURCE else None,
        )
        try:
            decision = review.decide(ledger, assertion, proposal)
        except DecisionError as error:
            on = [d for d in review.decisions_on(ledger, assertion, proposal.other) if d.kind is not DecisionKind.SKIP]
            theirs = deciding.decision_rows(ledger, on)
            pair = [row_of(a, ledger.documents(ids=[a.document])[a.document]) for a in (assertion, proposal.other) if a]
            yours = {"why": why, "source": source, "start": start, "end": end, "words": words, "kind": kind}
            shown = {"said": str(error), "theirs": theirs, "pair": pair, "yours": yours}
            return Response(rendered("conflict.html", request, **shown), 409, media_type="text/html")
    return RedirectResponse(address("/review", words=words, decided=decision.id), status_code=303)


def _as_read(ledger: Ledger, id_: str) -> Assertion:
    """An assertion as the reader found it, also where somebody has said since that it is none."""
    found = ledger.as_read([id_]).get(id_)
    if found is None:
        raise MissingError(f"there is no assertion {id_!r} in a current reading; go back to the queue")
    return found


@web.post("/review/undo")
def undo(request: Request, decision: Id, why: Why = "", words: Line = "") -> Response:
    with ledgers(request).opened() as ledger:
        review.undo(ledger, decision, by=request.state.who, why=why)
    return RedirectResponse(address("/review", words=words), status_code=303)
