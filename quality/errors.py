#!/usr/bin/env python3
"""What the reader gets wrong on a set of annotated attributions, counted by kind, with examples of each.

    python quality/errors.py GOLD.jsonl PREDICTED.jsonl [--examples 10] [--words]

Predictions are those of `predict.py attribution`. Examples are given by document and offsets of the cue; `--words` prints
the words too, which do not belong in the repository.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WORD = re.compile(r"\w+")
SEED = 3
# Differences of so many words at most are a matter of an edge.
EDGE = 3
Row = dict[str, Any]


def rows(path: Path) -> dict[str, Row]:
    """The records of a JSON Lines file by their id."""
    return {row["id"]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}


def errors(gold: Row, predicted: Row) -> Iterator[tuple[str, Row, Row | None]]:
    """Yield kind, annotated and predicted attribution of each error in one document."""
    index = [m.span() for m in WORD.finditer(gold["text"])]

    def words(attribution: Row, role: str) -> frozenset[int]:
        return frozenset(i for i, (a, b) in enumerate(index) if any(a < e and b > s for s, e in attribution[role]))

    free = list(predicted["attributions"])
    for one in gold["attributions"]:
        cue = words(one, "cue")
        match = max(free, key=lambda p: len(cue & words(p, "cue")), default=None)
        if match is None or not cue & words(match, "cue"):
            yield "cue missed", one, None
            continue
        free.remove(match)
        for role in ("source", "content"):
            mine, theirs = words(one, role), words(match, role)
            if mine != theirs:
                yield f"{role} {_difference(mine, theirs)}", one, match
    for left in free:
        yield "cue invented", left, None


def _difference(gold: frozenset[int], predicted: frozenset[int]) -> str:
    if not predicted or not gold:
        return "missed" if gold else "invented"
    if not gold & predicted:
        return "elsewhere"
    if len(gold ^ predicted) <= EDGE:
        return f"off by at most {EDGE} words"
    if predicted < gold:
        return "too short"
    return "too long" if gold < predicted else "short and long"


def main() -> None:
    """Run the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("predicted", type=Path)
    arguments.add_argument("--examples", type=int, default=10)
    arguments.add_argument("--words", action="store_true")
    given = arguments.parse_args()
    predicted = rows(given.predicted)
    kinds: dict[str, list[tuple[str, Row, Row | None, str]]] = defaultdict(list)
    for name, document in rows(given.gold).items():
        for kind, one, other in errors(document, predicted[name]):
            kinds[kind].append((name, one, other, document["text"]))
    for kind, found in sorted(kinds.items(), key=lambda k: -len(k[1])):
        print(f"{kind}: {len(found)}")
        for name, one, other, text in random.Random(SEED).sample(found, min(given.examples, len(found))):  # noqa: S311
            (start, end), *_ = one["cue"]
            print(f"  {name} {start}-{end}")
            if given.words:
                for label, each in (("gold", one), ("here", other)):
                    if each is not None:
                        shown = {
                            role: " … ".join(text[s:e] for s, e in each[role]) for role in ("source", "cue", "content")
                        }
                        print(f"    {label}: {shown}")


if __name__ == "__main__":
    main()
