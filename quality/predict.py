#!/usr/bin/env python3
"""Predictions in the form of the scorers, from the code that the product runs.

    python quality/predict.py TASK < in.jsonl > out.jsonl      TASK: attribution factuality quantities places events

Each input line is a document, `{"id", "text", ...}`; factuality needs its "targets" too, each with "start" and "end".
The corpora of factuality score by different rules (what will come is nearly so in UW and not so in UDS-IH2), so a record is scored
by the rules of the corpus that its id begins with ("uw-...", "uds-...", "meantime-..."), by those of UW where it names none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TextIO

from onrecord.reading.attribution import attributions_in
from onrecord.reading.certainty import SCHEMES, factuality
from onrecord.reading.countries import countries_in
from onrecord.reading.events import events_in
from onrecord.reading.figures import figures_in
from onrecord.reading.network import seen
from onrecord.reading.nlp import Piece, parsed
from onrecord.reading.places import places_in
from onrecord.reading.spans import spans_of
from onrecord.records import Approximator, Figure, Span

Row = Mapping[str, Any]
CHANGES = {
    Approximator.EXACT: "=",
    Approximator.BETWEEN: "=",
    Approximator.ABOUT: "~",
    Approximator.VAGUE: "~",
    Approximator.AT_LEAST: ">",
    Approximator.AT_MOST: "<",
}


def attribution(row: Row, pieces: list[Piece]) -> dict[str, Any]:
    """The attributions of a document: source, cue and content spans."""
    found = [
        {
            role: _offsets(spans_of(piece.doc, words), piece.offset)
            for role, words in (("source", one.source), ("cue", one.cue), ("content", one.content))
        }
        for piece in pieces
        for one in attributions_in(piece.doc, seen(piece.doc))
    ]
    return {"id": row["id"], "attributions": found}


def _offsets(spans: Iterable[Span], by: int) -> list[list[int]]:
    return [[span.start + by, span.end + by] for span in spans]


def quantities(row: Row, pieces: list[Piece]) -> dict[str, Any]:
    """The quantities of a sentence: an exact or approximate one has low equal to high."""
    found = [
        _quantity(figure) for piece in pieces for figure in figures_in(piece.doc, tuple(countries_in(piece.doc.text)))
    ]
    return {"id": row["id"], "quantities": found}


def _quantity(figure: Figure) -> dict[str, Any]:
    low, high = (figure.best, figure.best) if figure.best is not None else (figure.low, figure.high)
    vague = figure.approximator is Approximator.VAGUE and figure.low is not None and figure.high is not None
    exact = vague or figure.approximator in (Approximator.EXACT, Approximator.BETWEEN)
    change = (figure.change or "=") if exact else CHANGES[figure.approximator]
    return {"low": low, "high": high, "change": change, "unit": figure.unit or figure.counted}


def factualities(row: Row, pieces: list[Piece]) -> dict[str, Any]:
    """One score from -3 to 3 for each target, in the order given."""
    text = seen(pieces[0].doc)  # a sentence is one piece
    scheme = str(row["id"]).split("-")[0]
    column = SCHEMES.index(scheme) if scheme in SCHEMES else 0
    return {"id": row["id"], "scores": [float(factuality(text, t["start"])[column]) for t in row["targets"]]}


def places(row: Row, pieces: list[Piece]) -> dict[str, Any]:
    """The places of a document, unresolved ones without coordinates."""
    found = [
        {
            "start": place.span.start + piece.offset,
            "end": place.span.end + piece.offset,
            "lat": place.latitude,
            "lon": place.longitude,
        }
        for piece in pieces
        for place in places_in(piece.doc, tuple(countries_in(piece.doc.text)), seen(piece.doc))
    ]
    return {"id": row["id"], "places": found}


def events(row: Row, pieces: list[Piece]) -> dict[str, Any]:
    """The events of a sentence, the most central first."""
    found = [
        {
            "type": event.type.upper(),
            "actor": event.actor.words if event.actor else None,
            "recipient": event.recipient.words if event.recipient else None,
        }
        for piece in pieces
        for event in events_in(piece.doc)
    ]
    return {"id": row["id"], "events": found}


TASKS: dict[str, Callable[[Row, list[Piece]], dict[str, Any]]] = {
    "attribution": attribution,
    "factuality": factualities,
    "quantities": quantities,
    "places": places,
    "events": events,
}


def predictions(task: str, lines: TextIO) -> Iterator[dict[str, Any]]:
    """Yield the prediction for each input line, in order."""
    rows = [json.loads(line) for line in lines if line.strip()]
    for row, pieces in zip(rows, parsed((row["text"], 0) for row in rows), strict=True):
        yield TASKS[task](row, pieces)


def main() -> None:
    """Run the command line."""
    if len(sys.argv) != 2 or sys.argv[1] not in TASKS:
        sys.exit(__doc__)
    for found in predictions(sys.argv[1], sys.stdin):
        print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
