"""What goes wrong, said as a page or as problem+json."""

from __future__ import annotations

import json
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from onrecord.web.templates import rendered


def wants_page(request: Request) -> bool:
    """Whether to answer with a page: not where the address ends in a format."""
    return "." not in request.url.path.rsplit("/", 1)[-1]


def problem(request: Request, status: int, said: str, remedy: str = "") -> Response:
    """An error: a page that says what was looked for and what to try, or problem+json (RFC 9457)."""
    title = HTTPStatus(status).phrase
    if wants_page(request):
        page = rendered("problem.html", request, title=title, said=said, remedy=remedy, status=status)
        return Response(page, status, media_type="text/html")
    body = {"type": "about:blank", "title": title, "status": status, "detail": f"{said}; {remedy}" if remedy else said}
    return Response(json.dumps(body), status, media_type="application/problem+json")
