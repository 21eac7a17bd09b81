#!/usr/bin/env python3
"""Learn where contents begin and end: articles with attributions -> `edges.json`.

    python training/edges/fit.py --data ../shared/data/attribution --to src/onrecord/reading [--train 840]

A linear-chain conditional random field with two states, over the features of `reading/edges.py` and the scores of the trained reader, so it is
to be fitted anew whenever the reader changes. It learns from the articles that the reader was trained on, whose scores are too sure, and from the
development articles, whose scores are as those of any other text: each of the two has its own weight of a score, and the one of the latter
ships. Printed is the share of contents that are right to the word by five-fold cross-validation over the development articles: none is scored
by weights that have seen it. Beside it the same with a price for every beginning alone, as it was before. `--held FILE` writes the attributions
of all development articles so, in the form of the scorer.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading import attribution
from onrecord.reading.edges import SUREST, Boundaries, Weights, best_runs, weighed
from onrecord.reading.network import Seen, looks, seen
from onrecord.reading.nlp import parsed
from onrecord.reading.spans import spans_of

FOLDS = 5
RARE = 8  # features seen at fewer boundaries than this are left out
STIFF = 6.0  # weight of the squares of what is learnt
PASSES, RATE, TOGETHER = 12, 0.03, 64
DEV_TWICE = 2  # a development article counts so many times
Floats = NDArray[np.float64]


@dataclass(slots=True)
class Sample:
    """A cue that annotators marked too: log odds and features of the words around it, and which of them are said."""

    document: int
    gains: Floats
    features: list[list[str]]
    said: NDArray[np.bool_]
    numbers: list[NDArray[np.int64]] = field(default_factory=list)


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def samples(documents: Sequence[dict[str, Any]]) -> Iterator[Sample]:
    """The samples of some articles. A content that reaches beyond the look is left out: no weights could find it."""
    pieces_of = parsed((document["text"], 0) for document in documents)
    for number, (document, pieces) in enumerate(zip(documents, pieces_of, strict=True)):
        for piece in pieces:
            text, doc = seen(piece.doc), piece.doc
            bounds = Boundaries(doc, attribution.BY_WORDS)
            for one in considered(doc, text):
                gold = _same_cue(doc, one, document["attributions"], piece.offset)
                if gold is None:
                    continue
                spans = [(start - piece.offset, end - piece.offset) for start, end in gold["content"]]
                last = one.first + len(one.gains)
                said = np.array([_is_in(doc[i], spans) for i in range(one.first, last)]) & (one.gains > -50)
                ends = doc[one.first].idx, doc[last - 1].idx + len(doc[last - 1])
                if all(start < ends[1] and end > ends[0] for start, end in spans):
                    features = bounds.features(one.first, last, head=one.head, cue=one.cue, source=one.source)
                    yield Sample(number, one.gains, features, said)


def considered(doc: Any, text: Seen) -> Iterator[attribution.Scored]:
    """What the reader looks at twice and takes for a cue."""
    cues = attribution.likely_cues(text)
    words = attribution._word_of_token(doc, text) if cues else None
    for (start, end, odds), look in zip(cues, looks(text, [(s, e) for s, e, _ in cues]), strict=True):
        if words is not None and odds + look.is_cue >= attribution.SURE_ENOUGH:
            yield attribution.scored(doc, words, (start, end), look)


def _same_cue(doc: Any, one: attribution.Scored, gold: list[dict[str, Any]], offset: int) -> dict[str, Any] | None:
    """The annotated attribution whose cue shares most with this one."""
    mine = {i for span in spans_of(doc, one.cue) for i in range(span.start + offset, span.end + offset)}
    shared = [(len(mine & {i for s, e in g["cue"] for i in range(s, e)}), -n) for n, g in enumerate(gold)]
    most, number = max(shared, default=(0, 0))
    return gold[-number] if most else None


def _is_in(token: Any, spans: list[tuple[int, int]]) -> bool:
    return not token.is_space and any(token.idx < end and token.idx + len(token) > start for start, end in spans)


# ---------------------------------------------------------------- the chain


@dataclass(slots=True)
class Learnt:
    """The parameters, each with its gradient of the same shape: features by what they speak for, bare boundaries, and of the development
    (0) and the training articles (1) what a score counts and what a word counts."""

    of: Floats
    bare: Floats
    score: Floats
    word: Floats

    def parts(self) -> list[Floats]:
        return [self.of, self.bare, self.score, self.word]


def learn(own: Sequence[Sample], others: Sequence[Sample], names: Sequence[str]) -> Weights:
    """The weights by Adam: `own` are samples whose scores are those of any text, `others` those of articles that the reader knows."""
    known = Learnt(np.zeros((len(names), 3)), np.array([-3.0, 0.0, 0.0]), np.full(2, 0.1), np.zeros(2))
    batches = [(0, part) for part in _batches(own) * DEV_TWICE] + [(1, part) for part in _batches(others)]
    count = len(own) * DEV_TWICE + len(others)
    means, squares = ([np.zeros_like(part) for part in known.parts()] for _ in range(2))
    step = 0
    for number in range(PASSES):
        random.Random(number).shuffle(batches)
        for kind, batch in batches:
            step += 1
            slopes = _slopes(known, batch, kind)
            slopes.of += 2 * STIFF / count * known.of
            rate = RATE * (1 - number / PASSES) + 0.001
            for part, slope, mean, square in zip(known.parts(), slopes.parts(), means, squares, strict=True):
                mean += 0.1 * (slope - mean)
                square += 0.001 * (slope**2 - square)
                part -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    of = {name: tuple(row) for name, row in zip(names, known.of.tolist(), strict=True) if np.abs(row).max() >= 0.005}
    return Weights(of=of, bare=tuple(known.bare.tolist()), score=float(known.score[0]), word=float(known.word[0]))


def _batches(found: Sequence[Sample]) -> list[list[Sample]]:
    ordered = sorted(found, key=lambda s: len(s.gains))
    return [ordered[i : i + TOGETHER] for i in range(0, len(ordered), TOGETHER)]


def _slopes(known: Learnt, batch: Sequence[Sample], kind: int) -> Learnt:
    """The gradient of the mean negative log likelihood of a batch (forward and backward sums)."""
    size = max(len(s.gains) for s in batch)
    count = len(batch)
    lengths = np.array([len(s.gains) for s in batch])
    gains, said = np.full((count, size), -SUREST), np.zeros((count, size + 2), dtype=bool)
    moves = np.zeros((count, size + 1, 3))
    for row, sample in enumerate(batch):
        n = len(sample.gains)
        gains[row, :n] = np.clip(sample.gains, -SUREST, SUREST)
        said[row, 1 : n + 1] = sample.said
        for at, numbers in enumerate(sample.numbers):
            moves[row, at] = known.bare + known.of[numbers].sum(0)
    within = np.arange(size)[None] < lengths[:, None]
    words = known.score[kind] * gains + known.word[kind]
    # ahead: log sums of all ways up to a word, outside (0) and inside (1); behind: of all ways on from it to the end.
    ahead = np.full((count, size + 1, 2), -np.inf)
    ahead[:, 0, 0] = 0.0
    for at in range(size):
        out, inside = ahead[:, at, 0], ahead[:, at, 1]
        ahead[:, at + 1, 0] = np.logaddexp(out, inside + moves[:, at, 1])
        ahead[:, at + 1, 1] = np.logaddexp(out + moves[:, at, 0], inside + moves[:, at, 2]) + words[:, at]
    every = np.arange(count)
    behind = np.full((count, size + 1, 2), -np.inf)
    behind[every, lengths, 0], behind[every, lengths, 1] = 0.0, moves[every, lengths, 1]
    for at in range(size - 1, -1, -1):
        inner = at < lengths
        onward = behind[:, at + 1, 1] + words[:, at]
        out = np.logaddexp(behind[:, at + 1, 0], onward + moves[:, at, 0])
        inside = np.logaddexp(behind[:, at + 1, 0] + moves[:, at, 1], onward + moves[:, at, 2])
        behind[inner, at, 0], behind[inner, at, 1] = out[inner], inside[inner]
    whole = behind[:, 0, 0]
    expected = np.zeros((count, size + 1, 3))
    with np.errstate(invalid="ignore"):
        onward = behind[:, 1:, 1] + words
        for move, (a, b) in enumerate(((0, onward), (1, behind[:, 1:, 0]), (1, onward))):
            likely = np.exp(ahead[:, :size, a] + moves[:, :size, move] + b - whole[:, None])
            expected[:, :size, move] = np.where(within, np.nan_to_num(likely), 0.0)
        expected[every, lengths, 1] = np.exp(ahead[every, lengths, 1] + moves[every, lengths, 1] - whole)
    inside = expected[:, :size, 0] + expected[:, :size, 2]
    before, after = said[:, :-1], said[:, 1:]
    true = np.stack([~before & after, before & ~after, before & after], -1).astype(float)
    wrong = (expected - true) / count
    slopes = Learnt(np.zeros_like(known.of), wrong.sum((0, 1)), np.zeros(2), np.zeros(2))
    off = np.where(within, (inside - said[:, 1 : size + 1]) / count, 0.0)
    slopes.score[kind], slopes.word[kind] = (off * gains).sum(), off.sum()
    seen_at = [(n, r, at) for r, s in enumerate(batch) for at, n in enumerate(s.numbers)]
    flat = np.concatenate([n for n, _, _ in seen_at])
    np.add.at(slopes.of, flat, np.concatenate([np.repeat(wrong[r, at][None], len(n), 0) for n, r, at in seen_at]))
    return slopes


def number(found: Sequence[Sample], names: Sequence[str]) -> None:
    """Give each sample its features by number."""
    place = {name: n for n, name in enumerate(names)}
    for sample in found:
        sample.numbers = [np.array([place[f] for f in fs if f in place], dtype=np.int64) for fs in sample.features]


def right(found: Sequence[Sample], weights: Weights) -> int:
    """How many contents are right to the word."""
    return sum(
        best_runs(s.gains, [weighed(names, weights) for names in s.features], weights)
        == np.flatnonzero(s.said).tolist()
        for s in found
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl and dev.jsonl")
    parser.add_argument("--to", type=Path, required=True, help="folder of edges.json")
    parser.add_argument("--train", type=int, default=840, help="how many articles of train.jsonl to learn from")
    parser.add_argument("--held", type=Path, help="where to write the attributions of held-out articles")
    args = parser.parse_args()
    articles = rows(args.data / "dev.jsonl")
    own, others = list(samples(articles)), list(samples(rows(args.data / "train.jsonl")[: args.train]))
    counts = Counter(name for sample in own + others for fs in sample.features for name in fs)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    number(own + others, names)
    print(f"{len(own)} + {len(others)} contents, {len(names)} features", flush=True)
    print(f"a price for each beginning: {right(own, attribution.BY_WORDS) / len(own):.4f} right", flush=True)
    folds = [learn([s for s in own if s.document % FOLDS != fold], others, names) for fold in range(FOLDS)]
    hits = [right([s for s in own if s.document % FOLDS == fold], folds[fold]) for fold in range(FOLDS)]
    print(f"edges, {FOLDS}-fold: {sum(hits) / len(own):.4f} right", flush=True)
    if args.held:
        write_held(articles, folds, args.held)
    learnt = learn(own, others, names)
    shipped: dict[str, object] = {
        "of": {name: [round(v, 3) for v in row] for name, row in learnt.of.items()},
        "bare": learnt.bare,
        "score": learnt.score,
        "word": learnt.word,
    }
    (args.to / "edges.json").write_text(json.dumps(shipped, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def write_held(articles: Sequence[dict[str, Any]], folds: Sequence[Weights], path: Path) -> None:
    """The attributions of each article by the weights that have not seen it."""
    with path.open("w", encoding="utf-8") as out:
        pieces_of = parsed((article["text"], 0) for article in articles)
        for place, (article, pieces) in enumerate(zip(articles, pieces_of, strict=True)):
            vars(attribution)["weights"] = lambda of=folds[place % FOLDS]: of
            found = [
                {
                    role: [[s.start + piece.offset, s.end + piece.offset] for s in spans_of(piece.doc, words)]
                    for role, words in (("source", one.source), ("cue", one.cue), ("content", one.content))
                }
                for piece in pieces
                for one in attribution.attributions_in(piece.doc, seen(piece.doc))
            ]
            out.write(json.dumps({"id": article["id"], "attributions": found}) + "\n")


if __name__ == "__main__":
    main()
