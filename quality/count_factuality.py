#!/usr/bin/env python3
"""Average the annotated factuality of words by their position: makes `src/onrecord/reading/factuality.json`.

    python quality/count_factuality.py uw_train.jsonl uds_train.jsonl meantime_train.jsonl

At most 2,500 sentences of each file are read, so that the largest does not decide alone.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from onrecord.reading.certainty import position_of
from onrecord.reading.nlp import parsed

TARGET = Path(__file__).parents[1] / "src/onrecord/reading/factuality.json"
MOST_SENTENCES = 2_500
FEWEST_SIGHTINGS = 8


def main() -> None:
    """Run the command line."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    scores: dict[str, list[float]] = defaultdict(list)
    for name in sys.argv[1:]:
        rows = [json.loads(line) for line in Path(name).read_text("utf-8").splitlines()[:MOST_SENTENCES]]
        for row, (piece, *_) in zip(rows, parsed((row["text"], 0) for row in rows), strict=True):
            for target in row["targets"]:
                cut = piece.doc.char_span(target["start"], target["end"], alignment_mode="expand")
                if cut is not None and len(cut):
                    scores[position_of(cut.root)].append(target["score"])
    means = {name: round(sum(v) / len(v), 2) for name, v in sorted(scores.items()) if len(v) >= FEWEST_SIGHTINGS}
    TARGET.write_text(json.dumps(means, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
