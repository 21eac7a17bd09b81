"""The Python API: the answers of the commands as lists of rows. `import onrecord` gives its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from onrecord import pipeline
from onrecord.answers.assertions import Asked, assertion_rows
from onrecord.answers.brief import brief
from onrecord.answers.brief_text import html, markdown
from onrecord.answers.changes import change_rows
from onrecord.answers.figures import figure_rows
from onrecord.answers.grades import grade_row
from onrecord.answers.known import MOST_CLAIMS, known_rows
from onrecord.answers.origins import origin_rows
from onrecord.answers.predictions import prediction_rows
from onrecord.answers.relations import ALL_BUT_REPEATS, relation_rows
from onrecord.answers.rows import (
    AssertionRow,
    ChangeRow,
    CheckRow,
    FigureRow,
    GradeRow,
    KnownRow,
    OriginRow,
    PredictionRow,
    RelationRow,
    WithoutRow,
)
from onrecord.answers.without import without_rows
from onrecord.errors import QueryError
from onrecord.intake.received import NOTHING_TOLD, Given, Received
from onrecord.intake.text import date_of, taken
from onrecord.ledger.store import Ledger
from onrecord.linking.sources import plain
from onrecord.records import Act, Assertion, DateCandidate, Document, Failure, RelationKind
from onrecord.settings import ledger_path


def document(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    label: str | None = None,
) -> Document:
    """A document from its words. `published` is an ISO date; raises QueryError where it is none, InputError without words.

    >>> document("Rain fell.", published="2021-03-10").published
    datetime.datetime(2021, 3, 10, 0, 0)
    """
    now = datetime.now(UTC)
    received = Received(
        name=label or "the text",
        content=text.encode("utf-8", "replace"),
        url=url,
        retrieved=now,
        told=told(published=published, outlet=outlet, title=title, now=now),
    )
    return taken(received, text, Given(label=label, url=url)).document


def told(
    *, published: str | None = None, outlet: str | None = None, title: str | None = None, now: datetime | None = None
) -> Given:
    """What a person says of a document. Raises QueryError where `published` is no ISO date, or lies in the future.

    >>> told(published="2021-03-10").dates[0].value
    '2021-03-10'
    """
    day = date_of(published) if published is not None else None
    if published is not None and day is None:
        raise QueryError(f"{published!r} is no date; write it as 2021-03-10")
    if day is not None and day > (now or datetime.now(UTC)).replace(tzinfo=None) + timedelta(days=1):
        raise QueryError(f"{published!r} lies in the future; give the day on which the text was published")
    dates = (DateCandidate(value=published, origin="given"),) if published else ()
    return Given(outlet=outlet, title=title, dates=dates)


def read(document: Document) -> tuple[Assertion, ...]:
    """The assertions of a document in the order of its text, without any ledger.

    >>> found = read(document("According to the Red Cross, about 300 families fled Goma on Friday.", published="2021-03-10"))
    >>> found[0].source.name, found[0].figures[0].best, found[0].figures[0].status
    ('Red Cross', 300.0, 'displaced')
    """
    return pipeline.read(document)


def open_ledger(path: str | Path | None = None) -> OpenLedger:
    """Open the ledger at `path`, made where there is none; None takes the same place as the commands.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "ledger.db") as ledger:
    ...     added = ledger.add_document(document("The army said it lost 40 tanks.", label="a", outlet="Wire"))
    ...     [(row.source, row.low) for row in ledger.figures("tanks")]
    [('The army', 40.0)]
    """
    return OpenLedger(Ledger(ledger_path(Path(path) if path is not None else None)))


def start_of(date: str | None) -> datetime | None:
    """The first moment of a day as the user writes it. Raises QueryError for what is no date.

    >>> start_of("2021-03-10")
    datetime.datetime(2021, 3, 10, 0, 0)
    """
    if date is None:
        return None
    found = date_of(date)
    if found is None:
        raise QueryError(f"{date!r} is no date; write it as 2021-03-10")
    return found


def asked_words(words: str) -> str:
    """The words of a question, "" for none. Raises QueryError where there is something, but no letter or digit.

    >>> asked_words("  harbour ")
    'harbour'
    """
    if words.strip() and not re.search(r"\w", words):
        raise QueryError(f"{words!r} holds no letter or digit; give words, or none for the whole ledger")
    return words.strip()


def end_of(date: str | None) -> datetime | None:
    """The first moment after a day as the user writes it; a time of day is taken as it is.

    >>> end_of("2021-03-10")
    datetime.datetime(2021, 3, 11, 0, 0)
    """
    found = start_of(date)
    return found + timedelta(days=1) if found is not None and date is not None and len(date.strip()) <= 10 else found


@dataclass(frozen=True, slots=True)
class Checked:
    """A document with one row a claim; no rows where no claim was found in it."""

    document: Document
    rows: tuple[CheckRow, ...]


class OpenLedger:
    """A ledger to add to and to ask. Dates are ISO strings; `since`, `until` and `as_of` include the day that they name."""

    def __init__(self, ledger: Ledger) -> None:
        """Wrap an open ledger; use `open_ledger`."""
        self._ledger = ledger

    def __enter__(self) -> OpenLedger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ledger.close()

    def add(
        self, *names: str, told: Given = NOTHING_TOLD, stdin: BinaryIO | None = None
    ) -> Iterator[pipeline.Added | Failure]:
        """Add files, folders, globs or URLs; yield what became of each document. Nothing happens until it is iterated.

        `told` is what you say of them (see `told`), before what they say of themselves.
        """
        return pipeline.add(self._ledger, names, told=told, stdin=stdin)

    def add_document(self, document: Document) -> pipeline.Added:
        """Add one document made with `document`."""
        return pipeline.add_document(self._ledger, document)

    def assertions(
        self,
        words: str = "",
        *,
        source: str | None = None,
        outlet: str | None = None,
        act: str | None = None,
        since: str | None = None,
        until: str | None = None,
        as_of: str | None = None,
    ) -> list[AssertionRow]:
        """Who put what forward: the assertions with all these words, from this source or outlet, with this act, in this time.

        Raises QueryError for an act that is none of `Act`.
        """
        if source is not None and not plain(source):
            raise QueryError(f"{source!r} holds no letter or digit; give a part of a source's name")
        if act is not None and act not in set(Act):
            raise QueryError(f"{act!r} is no act; the acts are: {', '.join(Act)}")
        return assertion_rows(
            self._ledger,
            Asked(
                words=asked_words(words),
                source=source,
                outlet=outlet,
                act=act,
                since=start_of(since),
                until=end_of(until),
                as_of=end_of(as_of),
            ),
        )

    def figures(self, words: str = "", *, as_of: str | None = None) -> list[FigureRow]:
        """How figures changed and on whose word, series by series."""
        return figure_rows(self._ledger, asked_words(words), as_of=end_of(as_of))

    def figures_chart(self, words: str = "", *, kind: str = "svg", as_of: str | None = None) -> bytes:
        """The chart of these series as SVG, PNG or PDF. Raises QueryError for another kind, and where nothing can be drawn."""
        from onrecord.answers.charts import drawn, figures_chart

        return drawn(figures_chart(self.figures(words, as_of=as_of)), kind)

    def origins(self, words: str = "", *, as_of: str | None = None) -> list[OriginRow]:
        """The groups of documents that rest on one origin."""
        return origin_rows(self._ledger, asked_words(words), as_of=end_of(as_of))

    def known(self, words: str = "", *, as_of: str | None = None, most: int = MOST_CLAIMS) -> list[KnownRow]:
        """What is claimed, from how many independent origins, and who disputes it: at most `most` claims, most independent first.

        Raises QueryError where `most` is less than 1.
        """
        if most < 1:
            raise QueryError(f"{most} is no number of claims; give 1 or more")
        return known_rows(self._ledger, asked_words(words), as_of=end_of(as_of), most=most)

    def relations(self, words: str = "", *, kind: str | None = None, as_of: str | None = None) -> list[RelationRow]:
        """How assertions stand to earlier ones: of one kind, or all but repetitions, those that are less likely than not last. Raises QueryError for a kind
        that is none."""
        if kind is not None and kind not in set(RelationKind):
            raise QueryError(f"{kind!r} is no kind of relation; the kinds are: {', '.join(RelationKind)}")
        kinds = {RelationKind(kind)} if kind is not None else ALL_BUT_REPEATS
        return relation_rows(self._ledger, asked_words(words), kinds=kinds, as_of=end_of(as_of))

    def changes(self, since: str, words: str = "", *, as_of: str | None = None) -> list[ChangeRow]:
        """What became known on the day `since` or later. Raises QueryError where that is no date, or later than `as_of`."""
        first, end = start_of(since), end_of(as_of)
        if first is None:
            raise QueryError("give the day since when, as 2021-03-10")
        if end is not None and first >= end:
            raise QueryError(f"since {since} is later than as of {as_of}; give an earlier day")
        return change_rows(self._ledger, first, asked_words(words), as_of=end)

    def without(self, name: str, *, as_of: str | None = None) -> list[WithoutRow]:
        """What falls if a source or a document is withdrawn. Raises QueryError where nothing rests on it."""
        return without_rows(self._ledger, name, as_of=end_of(as_of))

    def predictions(self, words: str = "", *, as_of: str | None = None) -> list[PredictionRow]:
        """The predictions, promises and threats, and what later documents say of each."""
        return prediction_rows(self._ledger, asked_words(words), as_of=end_of(as_of))

    def grade(self, source: str, *, as_of: str | None = None) -> GradeRow:
        """A proposed admiralty grade for a source, with its claims. Raises QueryError where no source has this name."""
        return grade_row(self._ledger, source, as_of=end_of(as_of))

    def brief(self, words: str, *, as_of: str | None = None, as_html: bool = False) -> str:
        """A situation brief on what has these words, as Markdown or as one HTML page, every sentence with its notes."""
        made = brief(self._ledger, asked_words(words), as_of=end_of(as_of))
        return html(made) if as_html else markdown(made)

    def brief_pdf(self, words: str, *, as_of: str | None = None) -> bytes:
        """The same brief as PDF. Raises QueryError where the `plots` extra is not installed."""
        from onrecord.answers.brief_pdf import pdf

        return pdf(brief(self._ledger, asked_words(words), as_of=end_of(as_of)))

    def document(self, name: str) -> Document:
        """The document with this id, label or url. Raises QueryError where there is none."""
        return self._ledger.document(name)

    def read(self, name: str) -> tuple[Document, list[Assertion]]:
        """A document with the assertions of its current reading."""
        found = self._ledger.document(name)
        return found, self._ledger.assertions_of(found)

    def check(self, document: Document, *, as_of: str | None = None, disinterested: bool = False) -> list[CheckRow]:
        """Each claim of a document against the ledger. The document is not added.

        `disinterested` leaves out what sources say of their own side and of their enemies.
        """
        return pipeline.check(self._ledger, document, as_of=end_of(as_of), disinterested=disinterested)

    def check_input(
        self,
        name: str,
        *,
        as_of: str | None = None,
        disinterested: bool = False,
        stdin: BinaryIO | None = None,
    ) -> Iterator[Checked | Failure]:
        """Check each document of a file or URL; yield it with its rows, or the failure of an input that is none."""
        until = end_of(as_of)
        for found in pipeline.documents_in([name], stdin=stdin):
            yield (
                found
                if isinstance(found, Failure)
                else Checked(
                    found, tuple(pipeline.check(self._ledger, found, as_of=until, disinterested=disinterested))
                )
            )
