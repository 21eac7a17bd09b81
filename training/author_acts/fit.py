#!/usr/bin/env python3
"""Learn what an author does with his own sentences: labelled columns -> `author_acts.json`.

    python training/author_acts/fit.py --to src/onrecord/reading

A multinomial logistic regression over the state of each sentence of `columns.jsonl` (columns of our own, a label a sentence: checkable,
opinion, demand, prediction, question). Printed is how well the sentences of columns are told that it has not learnt from, by five-fold cross-validation
over columns. Wanted anew whenever the trained reader changes. Takes a minute.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.author_acts import ACTS, state
from onrecord.reading.network import seen
from onrecord.reading.nlp import parsed
from onrecord.reading.spans import spans_of
from onrecord.records import Act, Span

HERE = Path(__file__).parent
ACT_OF = {
    "checkable": Act.ASSERTS,
    "opinion": Act.OPINES,
    "demand": Act.OPINES,
    "prediction": Act.PREDICTS,
    "question": Act.ASKS,
}
FOLDS = 5
STIFF = 60.0  # weight of the squares of what is learnt, of states with a spread of 1 (0.932 right at 60, 0.928 at 200)
STEPS = 400

Floats = NDArray[np.float64]


def sentences(path: Path) -> Iterator[tuple[int, Floats, Act, bool]]:
    """The column, state and act of every sentence within its column, and once more by itself, as the text may be short; last whether it is within."""
    columns = [json.loads(line)["sentences"] for line in path.read_text("utf-8").splitlines()]
    for number, column in enumerate(columns):
        whole = _states([words for words, _ in column])
        alone = (state for words, _ in column for state in _states([words]))
        for (_, label), within, by_itself in zip(column, whole, alone, strict=True):
            yield number, within, ACT_OF[label], True
            yield number, by_itself, ACT_OF[label], False


def _states(text: list[str]) -> Iterator[Floats]:
    """The state of each sentence of a text."""
    (piece,) = next(iter(parsed([(" ".join(text), 0)])))
    read, start = seen(piece.doc), 0
    for words in text:
        span = Span(start - piece.offset, start - piece.offset + len(words))
        within = [word for word in piece.doc if span.start <= word.idx < span.end]
        head = next((word for word in within if word.dep_ == "ROOT"), within[0])
        yield state(read, [span], spans_of(piece.doc, [head.i])[0]).astype(float)
        start += len(words) + 1


def learnt(states: Floats, acts: NDArray[np.int64]) -> Floats:
    """Weights of a state, a column an act and the constants in the last row, by Newton's method with the bound of Boehning (1992) on the bend."""
    mean, spread = states.mean(0), states.std(0)
    rows = np.c_[(states - mean) / spread, np.ones(len(states))]
    is_act = np.eye(len(ACTS))[acts]
    stiff = np.r_[np.full(states.shape[1], STIFF), 0.0][:, None]
    bend = np.linalg.inv(rows.T @ rows / 2 + np.diagflat(stiff + 1e-6))
    weights = np.zeros((rows.shape[1], len(ACTS)))
    for _ in range(STEPS):
        weights += bend @ (rows.T @ (is_act - _shares(rows @ weights)) - stiff * weights)
    plain = weights[:-1] / spread[:, None]
    whole: Floats = np.r_[plain, [weights[-1] - mean @ plain]]
    return whole


def _odds(states: Floats, weights: Floats) -> Floats:
    odds: Floats = states @ weights[:-1] + weights[-1]
    return odds


def _shares(odds: Floats) -> Floats:
    share = np.exp(odds - odds.max(1, keepdims=True))
    whole: Floats = share / share.sum(1, keepdims=True)
    return whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--to", type=Path, required=True, help="folder of author_acts.json")
    args = parser.parse_args()
    numbers, states, acts, within = zip(*sentences(HERE / "columns.jsonl"), strict=True)
    column, given = np.array(numbers), np.array(states)
    act = np.array([ACTS.index(one) for one in acts])
    said = np.zeros(len(act), dtype=np.int64)
    for fold in range(FOLDS):
        kept = column % FOLDS != fold
        said[~kept] = _odds(given[~kept], learnt(given[kept], act[kept])).argmax(1)
    for where, rows in (("within their columns", np.array(within)), ("by themselves", ~np.array(within))):
        print(f"{(said == act)[rows].mean():.3f} of {rows.sum()} sentences right by cross-validation, {where}")
    for number, name in enumerate(ACTS):
        mine = said == number
        print(f"{name:10} precision {(act[mine] == number).mean():.3f}  recall {mine[act == number].mean():.3f}")
    rounded = [[float(f"{weight:.4g}") for weight in row] for row in learnt(given, act)]
    lines = ",\n".join(json.dumps(row) for row in rounded)
    (args.to / "author_acts.json").write_text(f"[\n{lines}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
