"""The reading room as an ASGI application: who may come in, the headers of every answer, and errors as pages or problem+json."""

from __future__ import annotations

import getpass
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from onrecord import __version__
from onrecord.answers.rows import day
from onrecord.errors import DecisionError, InputError, LedgerError, MissingError, OnRecordError, QueryError
from onrecord.ledger.store import Ledger
from onrecord.web import drawing, routes
from onrecord.web.accounts import Doors
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
A_MINUTE = 60.0  # seconds
_CHANGING = ("POST", "PUT", "PATCH", "DELETE")
Next = Callable[[Request], Awaitable[Response]]


class Ledgers:
    """The open ledger of each thread, opened anew when the file at the path is another one."""

    def __init__(self, path: Path) -> None:
        """The ledger at `path`; nothing is opened yet."""
        self.path = path
        self._own = threading.local()
        self._looked: tuple[float, tuple[str | None, str | None]] | None = None

    def open(self) -> Ledger:
        """The ledger, for this thread. Raises LedgerError where there is none any more."""
        try:
            found = self.path.stat()
        except OSError as error:
            self._close()
            raise LedgerError(
                f"the ledger {self.path} is gone ({error.strerror}); put it back and load the page again"
            ) from None
        file = found.st_dev, found.st_ino
        if getattr(self._own, "file", None) != file:
            self._close()
            self._own.ledger, self._own.file = Ledger(self.path, create=False), file
        ledger: Ledger = self._own.ledger
        return ledger

    def period(self) -> tuple[str | None, str | None]:
        """The days between which the documents were published, as ISO dates; a minute old at most."""
        if self._looked is None or time.monotonic() - self._looked[0] > A_MINUTE:
            first, last = self.open().published_between()
            self._looked = time.monotonic(), (day(first), day(last))
        return self._looked[1]

    def _close(self) -> None:
        if getattr(self._own, "ledger", None) is not None:
            self._own.ledger.close()
        self._own.ledger = self._own.file = None


def make_app(path: Path, doors: Doors) -> FastAPI:
    """The reading room over the ledger at `path`. Nobody comes in who has not come through `doors`."""
    app = FastAPI(
        title="OnRecord",
        version=__version__,
        summary="Who put forward what, on whose word, and who merely repeats whom.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        lifespan=_open,
    )
    app.state.ledgers, app.state.doors = Ledgers(path), doors
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    routes.add_to(app)
    app.middleware("http")(_guarded)
    app.add_exception_handler(OnRecordError, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _no_such_page)
    app.add_exception_handler(Exception, _broken)
    return app


@asynccontextmanager
async def _open(_app: FastAPI) -> AsyncIterator[None]:
    yield
    drawing.close()


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
    if request.method in _CHANGING:
        length = request.headers.get("content-length", "")
        if not length.isdigit() or "transfer-encoding" in request.headers:
            return problem(request, 411, "the request does not say how long it is", "send it with a Content-Length")
        if int(length) > LARGEST_BODY:
            said = f"the request has {int(length):,} bytes; at most {LARGEST_BODY:,} are taken"
            return problem(request, 413, said, "add a file of this size with: onrecord add FILE")
        if not _is_from_here(request):
            return problem(request, 403, "the request comes from another site", "open the page itself and try again")
    if request.url.path.startswith(_OPEN_TO_ALL):
        return None
    request.state.who = request.app.state.doors.who(request.cookies.get(routes.SESSION))
    if request.state.who is not None:
        return None
    if wants_page(request) and request.method == "GET":
        return RedirectResponse(f"/sign-in?to={quote(_target(request), safe='')}", status_code=303)
    return problem(request, 401, "you are not signed in", "open the sign-in link that onrecord serve printed")


def _is_from_here(request: Request) -> bool:
    """Whether a browser says that a page of ours sends this, or it is no browser. After the Fetch Metadata specification."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


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


async def _refused(request: Request, error: Exception) -> Response:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    return await run_in_threadpool(problem, request, status, str(error))


async def _not_understood(request: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    said = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in faults)
    return problem(request, 422, f"the request cannot be understood: {said}")


async def _no_such_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if "exceeded maximum size" in str(getattr(error, "detail", "")):  # how the reader of forms says it
        said = f"a field of a form holds {routes.LARGEST_PASTE:,} characters at most"
        return problem(request, 413, said, "save the text as a file and add that")
    headers = getattr(error, "headers", None) or {}
    said = f"there is nothing at {request.url.path}" if status == 404 else str(getattr(error, "detail", error))
    answer = problem(request, status, said, "the pages are named at the top of every page" if status == 404 else "")
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
