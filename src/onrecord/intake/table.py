"""JSON Lines and CSV -> documents: a line or row each, with the fields `id, url, outlet, published, title, text`.

A line that cannot be read is reported with its number; the others go on.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from onrecord.errors import InputError
from onrecord.intake.received import LARGEST_PAGE, Arrival, Given, Received
from onrecord.intake.text import taken
from onrecord.records import DateCandidate, Failure

FIELDS = ("id", "url", "outlet", "published", "title", "text", "authors")


def documents_of_lines(received: Received) -> Iterator[Arrival]:
    """Yield a document, or a failure that names the line, for each line of JSON Lines."""
    if not received.content.strip():
        yield Failure(name=received.name, fault="it is empty", remedy="give a file with one JSON object a line")
        return
    for number, line in enumerate(received.content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        one = replace(received, name=f"{received.name} line {number}", content=line.strip())
        yield _taken(one)


def _taken(one: Received) -> Arrival:
    """The document of one line or row, or why it is none; whatever goes wrong with it, the next one is read."""
    try:
        return taken(one, *_fields(_object(one), one))
    except InputError as error:
        return Failure(name=error.name, fault=error.fault, remedy=error.remedy)
    except Exception as error:  # noqa: BLE001 - recorded with its line; the rest of the table goes on
        fault = f"it could not be read ({type(error).__name__}: {error})"[:300]
        return Failure(name=one.name, fault=fault, remedy="report it, with the line if you may")


def _object(one: Received) -> dict[str, object]:
    if len(one.content) > LARGEST_PAGE:
        raise InputError(one.name, f"the line is over {LARGEST_PAGE // 2**20} MB", "split the document")
    try:
        found = json.loads(one.content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(one.name, f"it is not UTF-8 at byte {error.start}", "save the file as UTF-8") from None
    except RecursionError:
        raise InputError(
            one.name, "its JSON is nested too deeply", 'write one flat object, {"id": ..., "text": ...}'
        ) from None
    except ValueError as error:
        raise InputError(
            one.name, f"it is no JSON ({error})", 'write one object a line, {"id": ..., "text": ...}'
        ) from None
    if not isinstance(found, dict):
        raise InputError(one.name, "it is JSON but no object", 'write one object a line, {"id": ..., "text": ...}')
    return found


def _fields(row: Mapping[str, object], one: Received) -> tuple[str, Given]:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        fault = 'the field "text" holds no text' if "text" in row else 'the field "text" is missing'
        raise InputError(one.name, fault, 'put the document\'s words into the field "text"')
    for name in ("url", "outlet", "title", "published"):
        if row.get(name) is not None and not isinstance(row[name], str):
            raise InputError(one.name, f'the field "{name}" is no text', "write it as a string")
    if not isinstance(row.get("id"), str | int | None) or isinstance(row.get("id"), bool):
        raise InputError(one.name, 'the field "id" is no text or whole number', "write it as a string")
    published = str(row["published"]) if row.get("published") else None
    authors = row.get("authors") or ()
    names = authors.split(";") if isinstance(authors, str) else authors if isinstance(authors, list) else ()
    given = Given(
        label=str(row["id"]) if row.get("id") not in (None, "") else None,
        url=_words(row, "url") or one.url,
        outlet=_words(row, "outlet"),
        title=_words(row, "title"),
        authors=tuple(str(name).strip() for name in names),
        dates=(DateCandidate(value=published, origin="given"),) if published else (),
    )
    return text, given


def _words(row: Mapping[str, object], name: str) -> str | None:
    value = row.get(name)
    return str(value).strip() or None if value is not None else None


def documents_of_csv(received: Received) -> Iterator[Arrival]:
    """Yield a document, or a failure that names the row, for each row of a CSV file with a header."""
    try:
        text = received.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Failure(
            name=received.name, fault=f"it is not UTF-8 at byte {error.start}", remedy="save the file as UTF-8"
        )
        return
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    csv.field_size_limit(LARGEST_PAGE)
    if "text" not in (rows.fieldnames or ()):
        fault = f'its header has no column "text" (it has: {", ".join(map(str, rows.fieldnames or ["nothing"]))})'[:300]
        yield Failure(name=received.name, fault=fault, remedy=f"name the columns {', '.join(FIELDS[:6])}")
        return
    yield from _rows(received, rows)


def _rows(received: Received, rows: csv.DictReader[str]) -> Iterator[Arrival]:
    number = 1
    while True:
        number += 1
        name = f"{received.name} row {number}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Failure(
                name=name,
                fault=f"it cannot be read ({error}), nor what follows it",
                remedy="quote fields that hold commas, quotes or line ends",
            )
            return
        content = json.dumps({str(k): v for k, v in row.items()}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        one = replace(received, name=name, content=content)
        yield _taken(one)
