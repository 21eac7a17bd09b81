"""The reading room as an ASGI application: who may come in, the headers of every answer, and errors as pages or problem+json."""

from __future__ import annotations

import getpass
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from onrecord import __version__
from onrecord.errors import DecisionError, InputError, MissingError, OnRecordError, QueryError
from onrecord.web import aside, changing, entry, routes
from onrecord.web.accounts import Doors
from onrecord.web.ledgers import Ledgers
from onrecord.web.pasted import Pasted
from onrecord.web.problems import problem, wants_page

HERE = Path(__file__).parent
# Nothing that a page shows runs: no script but ours, no other origin, no frame around us.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'self'; frame-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# A body larger than this is refused before it is read: an upload, or a pasted text with its form around it.
LARGEST_BODY = 25 * 2**20
_OPEN_TO_ALL = ("/sign-in", "/static/")
_CHANGING = ("POST", "PUT", "PATCH", "DELETE")
Next = Callable[[Request], Awaitable[Response]]


def make_app(path: Path, doors: Doors, *, hosts: Collection[str] | None = None) -> FastAPI:
    """The reading room over the ledger at `path`. Nobody comes in who has not come through `doors`.

    It answers under the names of `hosts` only, None for any: so no other name can be made to lead here (DNS rebinding).
    """
    app = FastAPI(
        title="OnRecord",
        version=__version__,
        summary="Who put forward what, on whose word, and who merely repeats whom.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        lifespan=_open,
    )
    app.state.ledgers, app.state.doors, app.state.pasted, app.state.hosts = Ledgers(path), doors, Pasted(), hosts
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for router in (entry.web, changing.web, changing.api, routes.web, routes.api):
        app.include_router(router)
    app.middleware("http")(_guarded)
    app.add_middleware(_HeadToo)
    app.add_exception_handler(OnRecordError, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _no_such_page)
    app.add_exception_handler(Exception, _broken)
    return app


class _HeadToo:
    """Whoever asks for the head of a page (link checkers, archives) gets it; the server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    yield
    aside.close()
    app.state.ledgers.close()


async def _guarded(request: Request, go_on: Next) -> Response:
    """Whoever is not signed in is shown the door; a change that comes from another site is refused."""
    answer = _kept_out(request)
    if answer is None:
        answer = await go_on(request)
    for name, value in _HEADERS.items():
        answer.headers.setdefault(name, value)
    if not request.url.path.startswith("/static/"):
        answer.headers.setdefault("Cache-Control", "private, no-cache")
    return answer


def _kept_out(request: Request) -> Response | None:
    hosts = request.app.state.hosts
    if hosts is not None and request.url.hostname not in hosts:
        said = f"{request.url.hostname!r} is no name of this reading room"
        return problem(request, 421, said, "open the address that onrecord serve printed")
    if request.method in _CHANGING:
        length = request.headers.get("content-length", "")
        if not length.isdigit() or "transfer-encoding" in request.headers:
            return problem(request, 411, "the request does not say how long it is", "send it with a Content-Length")
        if int(length) > LARGEST_BODY:
            said = f"the request has {int(length):,} bytes; at most {LARGEST_BODY:,} are taken"
            return problem(request, 413, said, "add a file of this size with: onrecord add FILE")
        if not entry.is_from_here(request):
            return problem(request, 403, "the request comes from another site", "open the page itself and try again")
    if request.url.path.startswith(_OPEN_TO_ALL):
        return None
    request.state.who = request.app.state.doors.who(request.cookies.get(entry.session_cookie(request.url.port)))
    if request.state.who is not None:
        return None
    if wants_page(request) and request.method == "GET":
        return RedirectResponse(f"/sign-in?to={quote(_target(request), safe='')}", status_code=303)
    return problem(request, 401, "you are not signed in", "open the sign-in link that onrecord serve printed")


def _target(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


# What each of our errors means in HTTP, the first that fits.
_STATUS = (
    (DecisionError, 409),
    (MissingError, 404),
    (QueryError, 400),
    (InputError, 422),
    (OnRecordError, 503),
)


_TOO_LONG = (
    f"a field of a form holds {changing.LARGEST_PASTE:,} characters at most",
    "save the text as a file and add that",
)


# What a status means that no error of ours stands behind, and what to try.
_SAID = {
    404: ("there is nothing at {path}", "the pages are named at the top of every page"),
    405: ("{path} does not take {method}", "open it as a page; what changes the ledger has a form of its own"),
}


async def _refused(request: Request, error: Exception) -> Response:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    return await run_in_threadpool(problem, request, status, str(error))


async def _not_understood(request: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    if any(fault.get("ctx", {}).get("max_length") == changing.LARGEST_PASTE for fault in faults):
        return problem(request, 413, *_TOO_LONG)
    said = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in faults)
    return problem(request, 422, f"the request cannot be understood: {said}")


async def _no_such_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if "exceeded maximum size" in str(getattr(error, "detail", "")):  # how the reader of forms says it
        return problem(request, 413, *_TOO_LONG)
    headers = getattr(error, "headers", None) or {}
    said, remedy = _SAID.get(status, ("", ""))
    said = said.format(method=request.method, path=request.url.path) or str(getattr(error, "detail", error))
    answer = problem(request, status, said, remedy)
    answer.headers.update(headers)
    return answer


async def _broken(request: Request, error: Exception) -> Response:
    return problem(request, 500, f"this page broke ({type(error).__name__})", "report it, with the address of the page")


def owner() -> str:
    """Who runs the server, by the system's word."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "you"
