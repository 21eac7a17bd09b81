#!/usr/bin/env python3
"""What do figures, moments, places and events cost, each beside the parse that they read?

    python benchmarks/values.py TEXTS.jsonl        each line {"id", "text", ...}

Prints for each its time a document, and the ratio of that to the parser's own `nlp.pipe` over the same texts in the same run
(machines are noisy: compare ratios). Places read what the trained reader saw, whose time is not theirs and is printed beside.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from onrecord.reading.countries import countries_in
from onrecord.reading.events import events_in
from onrecord.reading.figures import figures_in
from onrecord.reading.moments import moments_in
from onrecord.reading.network import seen
from onrecord.reading.nlp import language, parsed
from onrecord.reading.places import places_in
from onrecord.reading.spans import text_of


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Run the command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    texts = [json.loads(line)["text"] for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    language()
    parsing = seconds(lambda: list(language().pipe(texts)))
    docs = [piece.doc for pieces in parsed((text, 0) for text in texts) for piece in pieces]
    countries = [tuple(countries_in(text_of(doc))) for doc in docs]
    list(places_in(docs[0], countries[0], seen(docs[0])))  # what is loaded once
    states = [seen(doc) for doc in docs]
    works: dict[str, Callable[[], object]] = {
        "figures": lambda: [list(figures_in(d, c)) for d, c in zip(docs, countries, strict=True)],
        "moments": lambda: [list(moments_in(text_of(d), None)) for d in docs],
        "places": lambda: [list(places_in(d, c, s)) for d, c, s in zip(docs, countries, states, strict=True)],
        "events": lambda: [list(events_in(d)) for d in docs],
    }
    took = {name: seconds(work) for name, work in works.items()}
    for name, one in (*took.items(), ("together", sum(took.values()))):
        print(f"{name:9} {1000 * one / len(texts):6.1f} ms a document   {one / parsing:.2f} of the parse")
    print(f"reader    {1000 * seconds(lambda: [seen(d) for d in docs]) / len(texts):6.1f} ms a document")


if __name__ == "__main__":
    main()
