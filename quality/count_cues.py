#!/usr/bin/env python3
"""Count how often trained annotators called a cue in a construction an attribution: makes `src/onrecord/reading/cues.json`.

    python quality/count_cues.py PATH/TO/polnear_train.jsonl

Only counts leave the corpus: for each construction and lemma, how often a cue stood in a gold attribution and how often not.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from onrecord.reading.cues import Found, candidates_in
from onrecord.reading.nlp import parsed

TARGET = Path(__file__).parents[1] / "src/onrecord/reading/cues.json"
# Rarer constructions and lemmas say nothing that would hold elsewhere.
FEWEST_HITS = 8
FEWEST_SIGHTINGS = 3
FEWEST_MISSES = 6


def counted(rows: list[dict[str, Any]]) -> dict[str, dict[str, list[int]]]:
    """For each construction and lemma [hits, misses]; "*" is the sum of a construction."""
    counts: dict[str, dict[str, list[int]]] = {}
    for row, pieces in zip(rows, parsed((row["text"], 0) for row in rows), strict=True):
        cues = [cue for one in row["attributions"] for cue in one["cue"]]
        for piece in pieces:
            for found in candidates_in(piece.doc):
                token = piece.doc[found.head]
                at = token.idx + piece.offset
                hit = any(start <= at < end for start, end in cues) and not _modifies(
                    found, piece.doc, cues, piece.offset
                )
                for lemma in (found.lemma, "*"):
                    counts.setdefault(found.construction, {}).setdefault(lemma, [0, 0])[not hit] += 1
    return counts


def _modifies(found: Found, doc: Any, cues: list[list[int]], offset: int) -> bool:
    """Whether an adverb only goes with the verb or noun that is the cue ("forcefully told")."""
    if found.construction != "adverb":
        return False
    at = doc[found.head].idx + offset
    inside = next(((s, e) for s, e in cues if s <= at < e), None)
    return inside is not None and any(
        t.pos_ in ("VERB", "NOUN") and inside[0] <= t.idx + offset < inside[1] for t in doc
    )


def telling(counts: dict[str, dict[str, list[int]]]) -> dict[str, dict[str, list[int]]]:
    """The counts that are large enough to say something."""
    return {
        construction: {
            lemma: seen
            for lemma, seen in sorted(lemmas.items())
            if lemma == "*" or (sum(seen) >= FEWEST_SIGHTINGS and seen[0]) or sum(seen) >= FEWEST_MISSES
        }
        for construction, lemmas in sorted(counts.items())
        if lemmas["*"][0] >= FEWEST_HITS
    }


def main() -> None:
    """Run the command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    lines = (f" {json.dumps(name)}: {json.dumps(lemmas)}" for name, lemmas in telling(counted(rows)).items())
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
