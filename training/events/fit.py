#!/usr/bin/env python3
"""Learn the types of events: labelled sentences -> `events.json`.

    python training/events/fit.py --data ../shared/data/events/dev.jsonl --to src/onrecord/reading

A multinomial logistic regression over the features of `reading/events.py`. Learnt from: sentences of our own (`sentences.jsonl`) and the
labelled records. Printed is the share of right first types of five-fold cross-validation over the records: no record is scored by
weights that have seen it. `--predict FILE` writes those predictions in the form of the scorer.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.events import actor_of, features_of, phrase, predicates, recipient_of
from onrecord.reading.nlp import parsed
from onrecord.reading.spans import text_of
from onrecord.records import EventType

HERE = Path(__file__).parent
FOLDS = 5
TYPES = tuple(EventType)
STIFF = 1.0  # weight of the squares of what is learnt
RECORDS = 2.0  # weight of a labelled record, beside one of our own sentences
RARE = 3  # features seen fewer times than this are left out
STEPS, RATE = 300, 0.1

Features = dict[str, float]


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read(records: list[dict[str, Any]]) -> tuple[list[Features], list[dict[str, str | None]]]:
    """The features of the most central predicate of each record, and its actor and recipient in words."""
    features, roles = [], []
    for pieces in parsed((row["text"], 0) for row in records):
        doc = pieces[0].doc
        predicate = predicates(next(iter(doc.sents)))[0]
        actor = actor_of(predicate)
        recipient = recipient_of(predicate, actor)
        features.append(features_of(predicate))
        spans = {"actor": phrase(actor), "recipient": phrase(recipient)}
        roles.append({role: span.of(text_of(doc)) if span is not None else None for role, span in spans.items()})
    return features, roles


def learn(features: list[Features], types: list[EventType], weight: list[float]) -> dict[str, Features]:
    """Weights of every feature for every type, by Adam."""
    counted = Counter(name for one in features for name in one)
    names = sorted(name for name, count in counted.items() if count >= RARE)
    x = matrix(features, names)
    y = np.array([[kind is t for kind in TYPES] for t in types], dtype=float)
    each = np.array(weight)[:, None]
    weights, mean, square = (np.zeros((len(names), len(TYPES))) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores = x @ weights
        share = np.exp(scores - scores.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        slope = x.T @ (each * (share - y)) + STIFF * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {
        str(kind): {name: round(float(w), 2) for name, w in zip(names, weights[:, k], strict=True) if abs(w) >= 0.05}
        for k, kind in enumerate(TYPES)
    }


def matrix(features: list[Features], names: list[str]) -> NDArray[np.float64]:
    """Features as rows."""
    column = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(features), len(names)))
    for row, one in enumerate(features):
        for name, value in one.items():
            if name in column:
                x[row, column[name]] = value
    return x


def likeliest(weights: dict[str, Features], features: Features) -> EventType:
    """The type with the highest score."""
    return max(TYPES, key=lambda kind: sum(weights[kind].get(name, 0.0) * value for name, value in features.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="records with a type, a JSON object a line")
    parser.add_argument("--to", type=Path, required=True, help="folder of events.json")
    parser.add_argument("--predict", type=Path, help="file for the predictions of cross-validation")
    args = parser.parse_args()
    own, records = rows(HERE / "sentences.jsonl"), rows(args.data)
    mine, _ = read(own)
    theirs, roles = read(records)
    types_own = [EventType(row["type"].lower()) for row in own]
    types = [EventType(row["type"].lower()) for row in records]
    fold = np.random.default_rng(0).permutation(len(records)) % FOLDS
    said: list[EventType | None] = [None] * len(records)
    for number in range(FOLDS):
        kept = [n for n in range(len(records)) if fold[n] != number]
        weights = learn(
            mine + [theirs[n] for n in kept],
            types_own + [types[n] for n in kept],
            [1.0] * len(mine) + [RECORDS] * len(kept),
        )
        for n in np.flatnonzero(fold == number):
            said[n] = likeliest(weights, theirs[n])
    alone = learn(mine, types_own, [1.0] * len(mine))
    blind = sum(likeliest(alone, f) is t for f, t in zip(theirs, types, strict=True)) / len(types)
    print(
        f"type, first    {sum(a is b for a, b in zip(said, types, strict=True)) / len(types):.3f} by cross-validation"
    )
    print(f"type, first    {blind:.3f} learnt from our own sentences alone")
    if args.predict is not None:
        lines = [
            json.dumps({"id": row["id"], "events": [{"type": str(kind).upper(), **role}]}, ensure_ascii=False)
            for row, kind, role in zip(records, said, roles, strict=True)
        ]
        args.predict.write_text("\n".join(lines) + "\n", "utf-8")
    weights = learn(mine + theirs, types_own + types, [1.0] * len(mine) + [RECORDS] * len(theirs))
    (args.to / "events.json").write_text(json.dumps(weights, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
