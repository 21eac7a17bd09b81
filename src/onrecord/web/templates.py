"""The templates of the pages. Everything that a text, a name or an address says is escaped; only http(s) addresses are links."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from onrecord import __version__


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["number"] = lambda value: f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"
    made.filters["sentence"] = lambda words: words[:1].upper() + words[1:]
    made.filters["minute"] = lambda moment: moment[:16].replace("T", " ") + " UTC"
    made.filters["runs"] = lambda rows, name: [(key, list(run)) for key, run in groupby(rows, key=attrgetter(name))]
    made.filters["one_line"] = lambda words: " ".join(str(words).split())
    made.globals |= {"address": address, "is_link": is_link, "document_at": document_at, "version": __version__}
    return made


def rendered(template: str, request: Request, **shown: Any) -> str:
    """A page as HTML. Its links go on asking as of the day that the page itself was asked for."""
    who, path = getattr(request.state, "who", None), request.url.path
    shown.setdefault("as_of", request.query_params.get("as_of") or None)
    same = address(f"{path.removesuffix('/') or '/home'}.json", **request.query_params)
    now = address(path, **{name: value for name, value in request.query_params.items() if name != "as_of"})
    return _environment().get_template(template).render(path=path, same_as_json=same, now=now, who=who, **shown)


def address(path: str, **asked: object) -> str:
    """The address of a page with what it is asked; what is None or "" is left out.

    >>> address("/figures", words="old bridge", as_of=None)
    '/figures?words=old+bridge'
    """
    query = urlencode({name: value for name, value in asked.items() if value not in (None, "")}, errors="replace")
    return f"{path}?{query}" if query else path


def document_at(name: str, start: int | None = None) -> str:
    """The address of a document, of the sentence at an offset in it.

    >>> document_at("D07", 53)
    '/document?name=D07&at=53#here'
    """
    return address("/document", name=name, at=start) + ("#here" if start is not None else "")


def is_link(url: str | None) -> bool:
    """Whether an address may be a link: http or https, and nothing that ends it.

    >>> is_link("https://example.org/a"), is_link("javascript:alert(1)"), is_link(None)
    (True, False, False)
    """
    return url is not None and re.fullmatch(r"https?://[^\s<>\"'\\]+", url, re.IGNORECASE) is not None
