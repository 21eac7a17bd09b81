"""HTML -> Document: the main text and its metadata by trafilatura, and every date that the page offers.

Time is quadratic in the attributes of one tag (16,000 attributes take 2 s, 200,000 do not finish), so such pages are
refused before they are parsed. A page whose structure cannot be read falls back to its bare text.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.errors import InputError, ModelError
from onrecord.intake.received import Given, Received, Taken
from onrecord.intake.text import date_of, decoded, taken
from onrecord.records import DateCandidate, Failure

MOST_ATTRIBUTES = 2_000
DEEPEST = 3_000
MOST_BLOCKS = 100
_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
_SILENT = ("script", "style", "template", "noscript")
_BLOCK = re.compile(r"</?(?:p|div|br|h[1-6]|li|tr|td|th|section|article)\b[^<>]*>", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|meta|title)\b", re.IGNORECASE)
_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_TIME = re.compile(r"<time\b[^<>]*\bdatetime\s*=\s*[\"']([^\"'<>]{4,40})[\"']", re.IGNORECASE)
_LD = re.compile(r"<script[^<>]{0,500}application/ld\+json[^<>]{0,500}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]{1,60})\s{0,5}=\s{0,5}(?:\"([^\"]{0,4000})\"|'([^']{0,4000})')")
_DATE_NAMES = re.compile(r"publi|date|issued|article:modified|created", re.IGNORECASE)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|_|$)")


def is_html(content: bytes) -> bool:
    """Whether bytes look like a web page."""
    return bool(_LOOKS_LIKE_HTML.search(content[:4096]))


def document_of_html(received: Received) -> Taken:
    """The document that a web page holds. Raises InputError where it holds none."""
    page, notes = decoded(received)
    _refuse_hostile(page, received.name)
    found = _extracted(page, received)
    if found is None:
        text = bare_text(page)
        if len(text.split()) < 5:
            raise InputError(
                received.name, "no article text was found in the page", "save the article's text as .txt and add that"
            )
        note = Failure(
            name=received.name,
            fault="the structure of the page could not be read",
            remedy="its bare text was taken; check it",
        )
        return taken(received, text, _given_of(page, received), notes=(*notes, note))
    text, given = found
    return taken(received, text, given, notes=notes)


def extractor() -> str:
    """The name and version of what finds the text of a page. Raises ModelError where it cannot be loaded."""
    try:
        import trafilatura
    except ImportError as error:
        raise ModelError(f"pages cannot be read ({error}); install OnRecord again") from None
    return f"trafilatura {trafilatura.__version__}"


def _refuse_hostile(page: str, name: str) -> None:
    """Raise InputError for a page with a tag so large that parsers take minutes over it.

    A tag is taken to go up to the next "<", for a ">" within quotation marks does not end it.
    """
    for part in page.split("<"):
        if not part[:1].isalpha() or part[:8].lower().startswith(_SILENT):
            continue
        tag = part[: part.find(">") + 1] or part
        if part.count("=") > MOST_ATTRIBUTES or len(tag.split()) > MOST_ATTRIBUTES:
            raise InputError(
                name, f"a tag has over {MOST_ATTRIBUTES} attributes", "save the article's text as .txt and add that"
            )


def _extracted(page: str, received: Received) -> tuple[str, Given] | None:
    """What trafilatura finds; None where it finds no text."""
    import trafilatura

    if _depth(page) > DEEPEST:
        return None
    result = trafilatura.bare_extraction(
        page, url=received.url, with_metadata=True, include_comments=False, include_tables=False
    )
    if result is None or isinstance(result, dict) or not result.text:
        return None
    given = _given_of(page, received)
    authors = tuple(a.strip() for a in (result.author or "").split(";") if a.strip())
    dates = given.dates
    if result.date:
        dates = (DateCandidate(value=str(result.date), origin="chosen by htmldate"), *dates)
    outlet = result.sitename or result.hostname
    return str(result.text), replace(
        given, title=result.title or given.title, outlet=outlet, authors=authors, dates=_best_first(dates)
    )


def _best_first(dates: tuple[DateCandidate, ...]) -> tuple[DateCandidate, ...]:
    """A candidate with a time of the same day as the chosen one comes before it: it says more."""
    if not dates or (chosen := date_of(dates[0].value)) is None:
        return dates
    finer = [
        c for c in dates[1:] if (d := date_of(c.value)) is not None and d.date() == chosen.date() and len(c.value) > 10
    ]
    return (*finer[:1], *(c for c in dates if c not in finer[:1]))


def _depth(page: str) -> int:
    """How deep block tags are nested at most; closing tags are trusted."""
    depth = deepest = 0
    for tag in re.finditer(r"<(/?)(?:div|b|i|span|section|p|ul|li|table|font)\b", page, re.IGNORECASE):
        depth = max(0, depth + (-1 if tag[1] else 1))
        deepest = max(deepest, depth)
    return deepest


def _given_of(page: str, received: Received) -> Given:
    title = re.search(r"<title[^<>]*>([^<]{1,300})</title", page, re.IGNORECASE)
    return Given(
        url=received.url or _canonical(page),
        title=html.unescape(title[1]).strip() if title else None,
        dates=tuple(dict.fromkeys(_dates(page, received))),
    )


def _canonical(page: str) -> str | None:
    for tag in re.finditer(r"<(?:link|meta)\b[^<>]*>", page[:200_000], re.IGNORECASE):
        attributes = _attributes(tag[0])
        if attributes.get("rel") == "canonical" or attributes.get("property") == "og:url":
            url = attributes.get("href") or attributes.get("content") or ""
            if url.startswith(("http://", "https://")):
                return url
    return None


def _attributes(tag: str) -> dict[str, str]:
    return {m[1].lower(): html.unescape(m[2] or m[3] or "") for m in _ATTRIBUTE.finditer(tag)}


def _dates(page: str, received: Received) -> Iterator[DateCandidate]:
    """Every date that a page offers for its publication, with where it stands; likeliest first."""
    for start in list(_LD.finditer(page))[:MOST_BLOCKS]:
        end = page.find("</", start.end())
        if end < 0:
            break
        yield from _linked_data_dates(page[start.end() : end])
    for tag in _META.finditer(page):
        attributes = _attributes(tag[0])
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if _DATE_NAMES.search(name) and re.search(r"\d{4}", attributes.get("content", "")):
            yield DateCandidate(value=attributes["content"][:60], origin=f"meta {name}")
    for match in _TIME.finditer(page):
        yield DateCandidate(value=match[1], origin="time tag")
    if match_url := _URL_DATE.search(received.url or _canonical(page) or ""):
        year, month, day = match_url.groups()
        yield DateCandidate(value=f"{year}-{month:>02}-{day:>02}", origin="address")


def _linked_data_dates(block: str) -> Iterator[DateCandidate]:
    try:
        data = json.loads(block)
    except (ValueError, RecursionError):  # pages ship broken JSON-LD; its dates are then not offered
        return
    todo: list[object] = [data]
    for _ in range(2_000):
        if not todo:
            return
        item = todo.pop(0)
        if isinstance(item, list):
            todo += item
        elif isinstance(item, dict):
            for key, value in item.items():
                if key in ("datePublished", "dateCreated", "uploadDate", "dateModified") and isinstance(value, str):
                    yield DateCandidate(value=value[:60], origin=f"JSON-LD {key}")
                elif isinstance(value, dict | list):
                    todo.append(value)


def bare_text(page: str) -> str:
    """The words of a page without its tags.

    >>> bare_text("<p>Rain &amp; wind.</p><script>x</script><p>Then <b>sun</b>.</p>").split()
    ['Rain', '&', 'wind.', 'Then', 'sun.']
    """
    words = _TAG.sub("", _BLOCK.sub("\n", _without_silent(page)))
    return re.sub(r"\n\s*\n+", "\n", re.sub(r"[ \t]+", " ", html.unescape(words))).strip()


def _without_silent(page: str) -> str:
    """A page without its scripts, styles and comments; what is not closed goes to the end."""
    kept: list[str] = []
    at = 0
    lower = page.lower()
    for opening in re.finditer(r"<(script|style|template|noscript)\b|<!--", lower):
        if opening.start() < at:
            continue
        kept.append(page[at : opening.start()])
        closing = f"</{opening[1]}" if opening[1] else "-->"
        end = lower.find(closing, opening.end())
        if end < 0:
            return "".join(kept)
        at = page.find(">", end) + 1 or len(page)
    return "".join([*kept, page[at:]])
