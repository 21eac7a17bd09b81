"""A document as a page: its text with the marks, what the rest of the ledger says of it, its versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from onrecord.answers.assertions import row_of
from onrecord.answers.figures import figure_rows
from onrecord.answers.rows import AssertionRow, CheckRow, FigureRow
from onrecord.ledger.store import Ledger
from onrecord.records import Assertion, Document, Span, words_of
from onrecord.web.comparing import Copied, compared
from onrecord.web.marks import Mark, Piece, paragraphs
from onrecord.web.pages import DocumentRow, document_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text under the same url, and the claims that it has and the one before it has not, and the other way round."""

    document: DocumentRow
    version: int
    added: list[str]
    dropped: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """A document with its assertions. `verdicts` and `copied` are there where it was compared with the rest of the ledger."""

    document: DocumentRow
    language: str | None
    genre: str
    authors: list[str]
    text: str
    assertions: list[AssertionRow]
    figures: list[FigureRow]
    versions: list[Version]
    compared: bool
    verdicts: list[CheckRow]
    copied: list[Copied]
    shown: list[list[Piece]]


def document_page(ledger: Ledger, name: str, *, at: int | None, compare: bool, as_of: datetime | None) -> DocumentPage:
    document = ledger.document(name)
    found = ledger.assertions_of(document)
    verdicts, copied = compared(ledger.path, document, as_of) if compare else ([], [])
    return DocumentPage(
        document=document_row(document),
        language=document.language,
        genre=str(document.genre),
        authors=list(document.authors),
        text=document.text,
        assertions=[row_of(a, document) for a in found],
        figures=figure_rows(ledger, assertions=found),
        versions=_versions(ledger, document),
        compared=compare,
        verdicts=verdicts,
        copied=copied,
        shown=paragraphs(document.text, [*_marks(found), *_copy_marks(copied), *_here(found, at)]),
    )


def _marks(found: Iterable[Assertion]) -> list[Mark]:
    """The contents of assertions by act and certainty, their sources and cues."""
    marks = []
    for a in found:
        act, level = str(a.act).replace(" ", "-"), str(a.certainty.level)
        marks += [Mark(a.id, span, ("content", f"act-{act}", f"is-{level}")) for span in a.attribution.content]
        marks += [Mark(a.id, span, ("source",)) for span in a.attribution.source]
        marks += [Mark(a.id, span, ("cue",)) for span in a.attribution.cue]
    return marks


def _copy_marks(copied: Iterable[Copied]) -> list[Mark]:
    return [Mark("", Span(c.start, c.end), ("copied",)) for c in copied if c.from_there]


def _here(found: Iterable[Assertion], at: int | None) -> list[Mark]:
    """The sentence to which a link leads."""
    if at is None:
        return []
    sentences = [a.sentence for a in found if a.sentence.start <= at < a.sentence.end]
    return [Mark("here", min(sentences, key=lambda s: s.end - s.start, default=Span(at, at + 1)), ("here",))]


def _versions(ledger: Ledger, document: Document) -> list[Version]:
    texts = ledger.versions(document)
    if len(texts) < 2:
        return []
    said = [{words_of(t.text, a.attribution.content): None for a in ledger.assertions_of(t)} for t in texts]
    before = [{}, *said[:-1]]
    return [
        Version(
            document=document_row(text),
            version=number,
            added=[words for words in now if words not in then] if number > 1 else [],
            dropped=[words for words in then if words not in now],
        )
        for number, (text, now, then) in enumerate(zip(texts, said, before, strict=True), 1)
    ]
