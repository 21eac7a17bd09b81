#!/usr/bin/env python3
"""Predictions in the form of the scorers, from the code that the product runs.

    python quality/predict.py TASK < in.jsonl > out.jsonl      TASK: attribution factuality quantities

Each input line is a document, `{"id", "text", ...}`; factuality needs its "targets" too, each with "start" and "end".
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TextIO

from onrecord.reading.attribution import attributions_in
from onrecord.reading.certainty import factuality
from onrecord.reading.countries import countries_in
from onrecord.reading.figures import figures_in
from onrecord.reading.nlp import Piece, parsed
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
        for one in attributions_in(piece.doc)
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
    change = figure.change or CHANGES[figure.approximator]
    return {"low": low, "high": high, "change": change, "unit": figure.unit or figure.counted}


def factualities(row: Row, pieces: list[Piece]) -> dict[str, Any]:
    """One score from -3 to 3 for each target, in the order given."""
    return {"id": row["id"], "scores": [_score(pieces, target["start"], target["end"]) for target in row["targets"]]}


def _score(pieces: list[Piece], start: int, end: int) -> float:
    for piece in pieces:
        cut = piece.doc.char_span(start - piece.offset, end - piece.offset, alignment_mode="expand")
        if cut is not None and len(cut):
            return factuality(cut.root)
    raise ValueError(f"no word stands at {start} to {end}")


TASKS: dict[str, Callable[[Row, list[Piece]], dict[str, Any]]] = {
    "attribution": attribution,
    "factuality": factualities,
    "quantities": quantities,
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
