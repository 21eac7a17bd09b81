"""What a user names -> documents: files, folders, globs, "-" for standard input, and URLs; each by what its bytes are."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.intake.fetch import fetched
from onrecord.intake.html import document_of_html, is_html
from onrecord.intake.received import Arrival, Received
from onrecord.intake.table import documents_of_csv, documents_of_lines
from onrecord.intake.text import document_of_text
from onrecord.records import Failure

# Endings that a folder is searched for; a file named outright is read whatever it is called.
ENDINGS = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".csv"})
LARGEST_FILE = 2 * 2**30
Fetch = Callable[[str], Received]


def arrivals(names: Iterable[str], *, stdin: BinaryIO | None = None, fetch: Fetch = fetched) -> Iterator[Arrival]:
    """Yield the documents of all inputs in order, and a failure for each that is none."""
    for name in names:
        try:
            for received in _received(name, stdin, fetch):
                yield from _documents(received) if isinstance(received, Received) else (received,)
        except InputError as error:
            yield Failure(name=error.name, fault=error.fault, remedy=error.remedy)


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
    if name == "-":
        if stdin is None:
            raise InputError("-", "there is no standard input", "pipe a text into the command")
        yield Received(name="standard input", content=stdin.read(LARGEST_FILE), url=None, retrieved=datetime.now(UTC))
    elif name.lower().startswith(("http://", "https://")):
        yield fetch(name)
    elif "://" in name[:12]:
        raise InputError(name, "only http and https addresses are fetched", "save the page and add the file")
    else:
        paths = list(_paths(name))
        if not paths:
            raise InputError(name, "there is no such file", "check the path")
        for path in paths:
            yield _file(path)


def _paths(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in ENDINGS)
        if not found:
            raise InputError(
                name, "the folder holds no file with a known ending", f"known endings are {', '.join(sorted(ENDINGS))}"
            )
        yield from found
    elif path.exists():
        yield path
    else:
        yield from (Path(p) for p in sorted(glob.glob(name, recursive=True)) if Path(p).is_file())


def _file(path: Path) -> Received | Failure:
    try:
        if not path.is_file():
            return Failure(name=str(path), fault="it is no ordinary file", remedy="give a file, a folder or a URL")
        if path.stat().st_size > LARGEST_FILE:
            return Failure(name=str(path), fault="it is over 2 GB", remedy="split it")
        return Received(name=str(path), content=path.read_bytes(), url=None, retrieved=datetime.now(UTC))
    except OSError as error:
        return Failure(
            name=str(path),
            fault=f"it cannot be read ({error.strerror or error})",
            remedy="check that it is there and that you may read it",
        )
