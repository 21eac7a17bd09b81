"""What a user names -> documents: files, folders, globs, "-" for standard input, and URLs; each by what its bytes are."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.intake.fetch import fetched
from onrecord.intake.html import document_of_html, is_html
from onrecord.intake.received import LARGEST_PAGE, NOTHING_TOLD, Arrival, Given, Received, readable
from onrecord.intake.table import documents_of_csv, documents_of_lines
from onrecord.intake.text import document_of_text
from onrecord.records import Failure

# Endings that a folder is searched for; a file named outright is read whatever it is called.
ENDINGS = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".csv"})
# One line or row of these is a document; any other file is one.
TABLES = frozenset({".jsonl", ".ndjson", ".csv"})
LARGEST_FILE = 2 * 2**30
Fetch = Callable[[str], Received]


def arrivals(
    names: Iterable[str], *, told: Given = NOTHING_TOLD, stdin: BinaryIO | None = None, fetch: Fetch = fetched
) -> Iterator[Arrival]:
    """Yield the documents of all inputs in order, and a failure for each that is none; `told` is said of all of them."""
    for name in names:
        try:
            for received in _received(name, stdin, fetch):
                if isinstance(received, Failure):
                    yield received
                else:
                    yield from _documents(replace(received, told=told))
        except InputError as error:
            yield Failure(name=error.name, fault=error.fault, remedy=error.remedy)


def arrivals_of(name: str, content: bytes, *, told: Given = NOTHING_TOLD) -> Iterator[Arrival]:
    """Yield the documents of bytes that somebody handed over under a name, by what they are."""
    yield from _documents(
        Received(name=readable(name), content=content, url=None, retrieved=datetime.now(UTC), told=told)
    )


def _documents(received: Received) -> Iterator[Arrival]:
    try:
        ending = Path(received.name).suffix.lower() if received.url is None else ""
        if ending in (".jsonl", ".ndjson") or (ending not in ENDINGS and _looks_like_lines(received.content)):
            yield from documents_of_lines(received)
        elif ending == ".csv":
            yield from documents_of_csv(received)
        elif is_html(received.content) or ending in (".html", ".htm", ".xhtml"):
            yield document_of_html(received)
        else:
            yield document_of_text(received)
    except InputError as error:
        yield Failure(name=error.name, fault=error.fault, remedy=error.remedy)
    except Exception as error:  # noqa: BLE001 - a parser's fault on one page must not end the run; what it was is recorded
        fault = f"it could not be read ({type(error).__name__}: {error})"[:300]
        yield Failure(name=received.name, fault=fault, remedy="save its text as .txt and add that")


def _looks_like_lines(content: bytes) -> bool:
    return content[:1] == b"{" and b'"text"' in content[:100_000]


def _received(name: str, stdin: BinaryIO | None, fetch: Fetch) -> Iterator[Received | Failure]:
    if not name.strip():
        raise InputError("an empty name", "it names no input", "give a file, a folder, an address or -")
    if name == "-":
        yield _piped(stdin)
    elif name.lower().startswith(("http://", "https://")):
        yield fetch(name)
    elif "://" in name[:12]:
        raise InputError(readable(name), "only http and https addresses are fetched", "save the page and add the file")
    else:
        try:
            yield from _on_disk(name)
        except (OSError, ValueError) as error:
            fault = f"it cannot be read ({getattr(error, 'strerror', None) or error})"
            raise InputError(readable(name)[:200], fault, "check the path and that you may read it") from None


def _piped(stdin: BinaryIO | None) -> Received:
    if stdin is None:
        raise InputError("-", "there is no standard input", "pipe a text into the command")
    content = stdin.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise InputError("standard input", "it is over 2 GB", "split it")
    return Received(name="standard input", content=content, url=None, retrieved=datetime.now(UTC))


def _on_disk(name: str) -> Iterator[Received | Failure]:
    path = Path(name)
    if path.is_dir():
        yield from _folder(path)
    elif path.exists():
        yield _file(path)
    else:
        found = [Path(p) for p in sorted(glob.glob(name, recursive=True)) if Path(p).is_file()]
        if not found:
            raise InputError(readable(name), "there is no such file", "check the path")
        yield from map(_file, found)


def _folder(folder: Path) -> Iterator[Received | Failure]:
    """The files of a folder and the folders in it that have a known ending; a failure for each folder that may not be read."""
    closed: list[OSError] = []
    found = [
        Path(place) / name
        for place, _, names in os.walk(folder, onerror=closed.append)
        for name in names
        if Path(name).suffix.lower() in ENDINGS
    ]
    yield from map(_file, sorted(found))
    for error in closed:
        fault = f"the folder cannot be read ({error.strerror})"
        yield Failure(name=readable(str(error.filename)), fault=fault, remedy="check that you may read it")
    if not found and not closed:
        raise InputError(
            readable(str(folder)),
            "the folder holds no file with a known ending",
            f"known endings are {', '.join(sorted(ENDINGS))}",
        )


def _file(path: Path) -> Received | Failure:
    name = readable(str(path))
    limit = LARGEST_FILE if path.suffix.lower() in TABLES else LARGEST_PAGE
    try:
        if not path.is_file():
            return Failure(name=name, fault="it is no ordinary file", remedy="give a file, a folder or a URL")
        size = path.stat().st_size
        if size > limit:
            fault = f"it is {size / 2**20:.0f} MB, over the limit of {limit // 2**20} MB"
            return Failure(name=name, fault=fault, remedy="split it, or save the article's text alone")
        return Received(name=name, content=path.read_bytes(), url=None, retrieved=datetime.now(UTC))
    except OSError as error:
        fault = f"it cannot be read ({error.strerror or error})"
        return Failure(name=name, fault=fault, remedy="check that it is there and that you may read it")
