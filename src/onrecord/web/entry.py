"""Signing in and out."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from onrecord.web.accounts import LONGEST_NAME, LONGEST_PASSWORD, Doors
from onrecord.web.problems import problem
from onrecord.web.templates import rendered

web = APIRouter(include_in_schema=False)
To = Annotated[str, Form(max_length=4_000)]


def session_cookie(port: int | None) -> str:
    """The name of the cookie. Browsers keep one for a host, whatever the port, and there may be a server on each."""
    return f"onrecord_session_{port or 'web'}"


def is_from_here(request: Request) -> bool:
    """Whether a browser says that a page of ours sends this, or it is no browser. After the Fetch Metadata specification."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


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


def _from(request: Request) -> str:
    """From where somebody tries to come in."""
    return request.client.host if request.client is not None else ""


@web.get("/sign-in")
def sign_in(
    request: Request, key: Annotated[str, Query(max_length=200)] = "", to: Annotated[str, Query(max_length=4_000)] = "/"
) -> Response:
    doors: Doors = request.app.state.doors
    if not key:
        shown = rendered("sign_in.html", request, to=_inside(to), by_password=bool(doors.accounts))
        return Response(shown, status_code=200 if doors.accounts else 401, media_type="text/html")
    # Another site can make a browser try keys here; that must not keep its user out.
    return _enter(request, doors.by_key(key, where=_from(request), counted=is_from_here(request)), to)


@web.post("/sign-in")
def sign_in_by_password(
    request: Request,
    name: Annotated[str, Form(max_length=LONGEST_NAME)],
    password: Annotated[str, Form(max_length=LONGEST_PASSWORD)],
    to: To = "/",
) -> Response:
    doors: Doors = request.app.state.doors
    return _enter(request, doors.by_password(name.strip(), password, where=_from(request)), to)


def _enter(request: Request, session: str | None, to: str) -> Response:
    if session is None:
        if request.app.state.doors.is_shut(_from(request)):
            return problem(request, 429, "too many sign-ins have failed", "wait a minute and try again")
        return problem(request, 401, "that is not the key or the password", "look at what onrecord serve printed")
    answer = RedirectResponse(_inside(to), status_code=303)
    secure = request.url.scheme == "https"
    cookie = session_cookie(request.url.port)
    answer.set_cookie(cookie, session, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


@web.post("/sign-out")
def sign_out(request: Request) -> Response:
    cookie = session_cookie(request.url.port)
    request.app.state.doors.leave(request.cookies.get(cookie))
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(cookie)
    return answer
