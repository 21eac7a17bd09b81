"""Claims with passages and what each passage is to its claim, as examples for the network that reads both (`onrecord.linking.entailment`).

Three sets of our own: `groups.jsonl`, reports of a sentence or two, each labelled for three claims; `scenes.jsonl`, six dispatches of one story, with the
sentences that bear on each of eight claims; and `disputes.jsonl`, six passages as they stand in reports, each labelled for three claims, mostly with one that it contradicts. Dispatches are read as the product reads them, and every assertion is an example, whether it bears on the claim or not.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

import onrecord
from onrecord.linking.entailment import BEFORE, CLAIM, SENTENCE, Passage, pair_tokens, passage
from onrecord.records import Span

LABELS = ("supports", "contradicts", "figure", "neither")  # those of the product, in the words of our files
LETTERS = {"S": "supports", "C": "contradicts", "F": "figure", "N": "neither"}
NEITHER = LABELS.index("neither")
DAY = "2026-01-05"  # the dispatches of a scene have no date of their own
# An assertion has the label of evidence if so much of the one lies in the other; with less than that, but more than UNCLEAR, it is left out.
MOSTLY, UNCLEAR, FEWEST_LETTERS = 0.6, 0.25, 15
# Share of reports that get another report of their group before them: what stands before decides nothing.
OTHER_BEFORE = 0.3
LONGEST = CLAIM + SENTENCE + BEFORE + 3
HELD_BACK_GROUPS, HELD_BACK_SCENES = 12, 10  # one in so many is kept to measure on


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, a passage and the number of its label. `drawn` says that only some of its kind are taken each pass: passages of a scene that are neither."""

    claim: str
    told: Passage
    label: int
    drawn: bool
    held_back: bool


def pairs(folder: Path) -> list[Pair]:
    """All examples of the two files in a folder."""
    return [*of_groups(folder / "groups.jsonl"), *of_scenes(folder / "scenes.jsonl")]


def of_groups(path: Path) -> Iterator[Pair]:
    """The labelled reports of groups, each as a passage that is all content."""
    rng = random.Random(3)
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        group = json.loads(line)
        told = []
        for report in group["reports"]:
            others = [other for other in group["reports"] if other is not report]
            before = rng.choice(others) if rng.random() < OTHER_BEFORE else ""
            told.append(Passage(before, ((report, True),)))
        held_back = number % HELD_BACK_GROUPS == HELD_BACK_GROUPS - 1
        for claim, labels in group["claims"]:
            for one, label in zip(told, labels, strict=True):
                yield Pair(claim, one, LABELS.index(label), drawn=False, held_back=held_back)


def of_disputes(path: Path) -> Iterator[Pair]:
    """The labelled passages of disputes, all held back: they are there to measure on."""
    for line in path.read_text("utf-8").splitlines():
        dispute = json.loads(line)
        told = [Passage(before, marked(sentence)) for before, sentence in dispute["passages"]]
        for claim, letters in dispute["claims"]:
            for one, letter in zip(told, letters, strict=True):
                yield Pair(claim, one, LABELS.index(LETTERS[letter]), drawn=False, held_back=True)


def marked(sentence: str) -> tuple[tuple[str, bool], ...]:
    """The pieces of a sentence of which the content stands between guillemets.

    >>> marked("Two ships «sank on Monday» , he said.")
    (('Two ships', False), ('sank on Monday', True), (', he said.', False))
    """
    pieces = re.split("([«»])", sentence)
    inside = [pieces[:at].count("«") > pieces[:at].count("»") for at in range(len(pieces))]
    return tuple((" ".join(p.split()), i) for p, i in zip(pieces, inside, strict=True) if p.strip(" «»"))


def of_scenes(path: Path) -> Iterator[Pair]:
    """The assertions that the reader finds in scenes, with each claim."""
    scenes = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    with ProcessPoolExecutor() as pool:
        for number, (scene, found) in enumerate(zip(scenes, pool.map(_read, scenes), strict=True)):
            held_back = number % HELD_BACK_SCENES == HELD_BACK_SCENES - 1
            for claim, evidence in scene["claims"]:
                where = [
                    (at, *_place(scene["documents"][at], words), LABELS.index(name)) for at, words, name in evidence
                ]
                for document, spans, told in found:
                    label = label_of(document, spans, where)
                    if label is not None:
                        yield Pair(claim, told, label, drawn=label == NEITHER, held_back=held_back)


def _read(scene: dict[str, Any]) -> list[tuple[int, tuple[Span, ...], Passage]]:
    """Every assertion of the dispatches of a scene: which dispatch, its content, and its passage."""
    found = []
    for number, text in enumerate(scene["documents"]):
        document = onrecord.document(text, published=DAY)
        for assertion in onrecord.read(document):
            if assertion.attribution.content:
                found.append((number, assertion.attribution.content, passage(assertion, document.text)))
    return found


def _place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def label_of(document: int, spans: Sequence[Span], evidence: Sequence[tuple[int, int, int, int]]) -> int | None:
    """The label of an assertion with this content by the evidence (document, start, end, label) that it lies in or holds; NEITHER for none, and None where
    too little is common to both to tell.

    >>> label_of(0, [Span(0, 20)], [(0, 0, 40, 1)]), label_of(0, [Span(0, 20)], [(0, 12, 90, 1)]), label_of(1, [Span(0, 20)], [(0, 0, 20, 1)])
    (1, None, 3)
    """
    size = sum(span.end - span.start for span in spans)
    best, found, is_unclear = 0, NEITHER, False
    for where, start, end, label in evidence:
        if where != document:
            continue
        common = sum(max(0, min(span.end, end) - max(span.start, start)) for span in spans)
        if (common >= MOSTLY * size and common >= FEWEST_LETTERS) or common >= MOSTLY * (end - start):
            if common > best:
                best, found = common, label
        elif common > UNCLEAR * size:
            is_unclear = True
    return None if is_unclear and not best else found


class Rows:
    """Examples as arrays of numbers: `ids`, `side` and `same` (n, LONGEST), and how long each is."""

    def __init__(self, examples: Sequence[Pair], tokenizer: Tokenizer) -> None:
        shape = (len(examples), LONGEST)
        self.ids, self.side, self.same = (np.zeros(shape, dtype=kind) for kind in (np.int32, np.int8, np.int8))
        self.lengths = np.zeros(len(examples), dtype=np.int64)
        for row, example in enumerate(examples):
            parts = pair_tokens(tokenizer, example.claim, example.told)
            self.lengths[row] = len(parts[0])
            for array, part in zip((self.ids, self.side, self.same), parts, strict=True):
                array[row, : len(part)] = part

    def batch(self, chosen: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        """What the network takes of some examples, as long as the longest of them."""
        longest = int(self.lengths[chosen].max())
        mask = np.arange(longest)[None] < self.lengths[chosen][:, None]
        return [array[chosen, :longest].astype(np.int64) for array in (self.ids, self.side, self.same)] + [
            mask.astype(np.int64)
        ]

    def batches(self, chosen: NDArray[np.int64], tokens: int, rng: np.random.Generator) -> list[NDArray[np.int64]]:
        """Some examples, those of like length together, at most so many tokens a batch with its padding, in random order."""
        order = chosen[np.argsort(self.lengths[chosen] + rng.random(len(chosen)) * 6)]
        made, at = [], 0
        while at < len(order):
            some = self.lengths[order[at:]]
            number = max(1, int(np.searchsorted(some * np.arange(1, len(some) + 1), tokens, side="right")))
            made.append(order[at : at + number])
            at += number
        return [made[number] for number in rng.permutation(len(made))]
