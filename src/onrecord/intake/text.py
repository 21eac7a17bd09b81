"""Plain text -> Document. And what every format needs: decoding, tidying, dates, genre, language."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from onrecord.errors import InputError
from onrecord.intake.received import LARGEST_PAGE, Given, Received, Taken
from onrecord.records import DateCandidate, Document, Failure, Genre, Snapshot, content_hash

# First bytes of formats that are not text (file(1), magic numbers).
_MAGIC = {b"%PDF": "a PDF", b"PK\x03\x04": "a zip or office file", b"\x1f\x8b": "a gzip file", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"\xd0\xcf\x11\xe0": "an old office file"}  # fmt: skip
# The commonest function words of English: a third of the words of the example dispatches, next to none of a German text.
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "by",
        "at",
        "from",
        "it",
        "be",
        "he",
        "said",
        "has",
        "have",
        "are",
        "not",
        "this",
        "which",
        "had",
        "an",
        "were",
        "they",
        "but",
        "his",
        "their",
    ]
)
_KIND = r"(?:opinions?|op-?eds?|commentar(?:y|ies)|columns?|columnists?|editorials?|viewpoints?)"
# A label, not a word in passing: "Opinion: ...", "The Outlet (commentary)", ".../opinion/...".
_OPINION_TITLE = re.compile(rf"^\s*{_KIND}\s*[:|–—-]|[|–—-]\s*{_KIND}\s*$|^\s*{_KIND}\s*$", re.IGNORECASE)
_OPINION_OUTLET = re.compile(rf"\b{_KIND}\b", re.IGNORECASE)
_OPINION_ADDRESS = re.compile(rf"/{_KIND}(?:/|$)", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"|''[^\n]*?''")
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|myself)\b")


def document_of_text(received: Received) -> Taken:
    """The document that plain text bytes hold. Raises InputError where they hold none."""
    text, notes = decoded(received)
    return taken(received, text, Given(url=received.url), notes=notes)


def decoded(received: Received) -> tuple[str, tuple[Failure, ...]]:
    """The text of some bytes, and a note where they were not UTF-8. Raises InputError for what is no text."""
    content, name = received.content, received.name
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise InputError(name, "it is empty", "give a file with text")
    if len(content) > LARGEST_PAGE:
        raise InputError(
            name,
            f"it is {len(content) / 2**20:.0f} MB, over the limit of {LARGEST_PAGE // 2**20} MB a page",
            "split it, or save the article's text alone",
        )
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            raise InputError(name, f"it is {kind}, not text", "save its text as .txt or .html first")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _checked(content.decode("utf-16", errors="replace"), name), ()
    try:
        return _checked(content.decode("utf-8-sig"), name), ()
    except UnicodeDecodeError:
        return _guessed(content, name)


def _guessed(content: bytes, name: str) -> tuple[str, tuple[Failure, ...]]:
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is None or content.count(b"\x00") > len(content) // 100:
        raise InputError(name, "its bytes are not text in any known encoding", "save it as UTF-8 text")
    note = Failure(
        name=name,
        fault=f"it is not UTF-8 and was read as {best.encoding}",
        remedy="save it as UTF-8 if letters are wrong",
    )
    return _checked(str(best), name), (note,)


def _checked(text: str, name: str) -> str:
    odd = sum(1 for c in text[:20_000] if unicodedata.category(c) == "Cc" and c not in "\n\r\t\f")
    if odd > 0.02 * min(len(text), 20_000):
        raise InputError(name, "it is binary, not text", "give a text, HTML, JSON Lines or CSV file")
    return text


def tidied(text: str) -> str:
    """Line ends as "\\n", no control characters or lone surrogates, no white space at the ends; nothing else is changed.

    >>> tidied("  One.\\r\\nTwo.\\x00 ")
    'One.\\nTwo.'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return text.strip()


def taken(received: Received, text: str, given: Given, *, notes: tuple[Failure, ...] = ()) -> Taken:
    """The document that a tidied text makes, together with its snapshot. Raises InputError for a text without words."""
    text, given = tidied(text), _tidied_fields(_as_told(given, received.told))
    if not re.search(r"\w", text):
        raise InputError(received.name, "it holds no words", "give a file with text")
    published, doubts = _published(received, given.dates)
    language = language_of(text)
    if language != "en":
        fault = "it does not look like English, the only language that is read so far"
        doubts += (Failure(name=received.name, fault=fault, remedy="it is kept, but nothing is read from it"),)
    snapshot = Snapshot(
        sha256=hashlib.sha256(received.content).hexdigest(), content=received.content, name=received.name
    )
    document = Document(
        id=content_hash("document", given.url, given.outlet, given.title, published, text),
        label=given.label,
        url=given.url,
        outlet=given.outlet,
        title=given.title,
        authors=given.authors,
        published=published,
        date_candidates=given.dates,
        retrieved=received.retrieved,
        language=language,
        genre=genre_of(text, given),
        text=text,
        snapshot=snapshot.sha256,
        warnings=tuple(str(note) for note in (*notes, *doubts)),
    )
    return Taken(snapshot=snapshot, document=document, notes=(*notes, *doubts))


def _as_told(given: Given, told: Given) -> Given:
    """What a person told of a document comes before what it says of itself."""
    return replace(
        given,
        outlet=told.outlet or given.outlet,
        title=told.title or given.title,
        dates=(*told.dates, *given.dates),
    )


def _tidied_fields(given: Given) -> Given:
    """What an input says of a document, on one line and without control characters; None for what is then empty."""

    def one_line(words: str | None) -> str | None:
        return " ".join(tidied(words).split()) or None if words is not None else None

    return Given(
        label=one_line(given.label),
        url=one_line(given.url),
        outlet=one_line(given.outlet),
        title=one_line(given.title),
        authors=tuple(filter(None, map(one_line, given.authors))),
        dates=tuple(DateCandidate(value=tidied(date.value), origin=date.origin) for date in given.dates),
    )


def _published(
    received: Received, candidates: tuple[DateCandidate, ...]
) -> tuple[datetime | None, tuple[Failure, ...]]:
    """The first candidate that is a date and not in the future, and a note on each that is not."""
    doubts: tuple[Failure, ...] = ()
    for candidate in candidates:
        date = date_of(candidate.value)
        if date is None:
            fault, remedy = (
                f"{candidate.value!r} ({candidate.origin}) is no date",
                "it is kept without that date; write it as 2021-03-10",
            )
        elif date > received.retrieved.replace(tzinfo=None) + timedelta(days=1):
            fault, remedy = (
                f"{candidate.value!r} ({candidate.origin}) lies in the future",
                "it is kept without that date",
            )
        else:
            return date, doubts
        doubts += (Failure(name=received.name, fault=fault, remedy=remedy),)
    return None, doubts


def date_of(value: str) -> datetime | None:
    """A date or time in ISO 8601 or RFC 2822, in UTC where it names a zone; None where it is no possible date.

    >>> date_of("2021-03-10"), date_of("9999-99-99"), date_of("2021-03-10T23:30:00-02:00")
    (datetime.datetime(2021, 3, 10, 0, 0), None, datetime.datetime(2021, 3, 11, 1, 30))
    """
    value = value.strip()
    try:
        date = datetime.fromisoformat(value)
    except ValueError:
        try:
            date = parsedate_to_datetime(value)
        except (ValueError, IndexError, OverflowError, TypeError):
            return None
    if date.tzinfo is not None:
        try:
            date = date.astimezone(UTC).replace(tzinfo=None)
        except OverflowError:
            return None
    return date if 1800 <= date.year <= 9000 else None


def genre_of(text: str, given: Given) -> Genre:
    """Opinion where the title, outlet or address is labelled so, or the author speaks as "I" outside quotations; else report.

    >>> genre_of("Rain fell.", Given(title="Opinion: the rain")), genre_of("Rain fell.", Given(title="Column of tanks destroyed"))
    (<Genre.OPINION: 'opinion'>, <Genre.REPORT: 'report'>)
    """
    labelled = (
        _OPINION_TITLE.search(given.title or "")
        or _OPINION_OUTLET.search(given.outlet or "")
        or _OPINION_ADDRESS.search(given.url or "")
    )
    return Genre.OPINION if labelled or len(_FIRST_PERSON.findall(_QUOTED.sub(" ", text))) >= 2 else Genre.REPORT


def language_of(text: str) -> str:
    """ "en" for English, "und" (undetermined, BCP 47) for anything else.

    >>> language_of("The ministry said that the bridge was hit."), language_of("Der Minister hat es nicht bestätigt, sagte er.")
    ('en', 'und')
    """
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    common = sum(1 for word in words if word in _ENGLISH)
    return "en" if not words or common >= 0.08 * len(words) or len(words) < 6 else "und"
