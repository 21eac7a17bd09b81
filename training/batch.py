"""Examples as the arrays that the modules take: whole windows, and the looks at single cues within them."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from corpora import END, START, Example
from model import POSITIONS, ROLES, Reader
from onrecord.reading.syntax import branches
from onrecord.reading.tokens import PARAGRAPH, distance_buckets

LOOK = 112  # tokens of a second look
LOOKS = 6  # second looks a window: at most four cues and two that only look like one
LATER = 0.5  # share of batches that begin at some later position, as windows at run time are longer


def tensor(array: NDArray[np.generic]) -> Tensor:
    """An array on the device that is trained on."""
    return torch.from_numpy(array).to(torch.get_default_device(), non_blocking=True)


class Batch:
    """Padded arrays of examples, with the mark of a start before and of an end behind each. With `plain` the texts as they are, with
    none of their words hidden."""

    def __init__(self, examples: list[Example], *, plain: bool = False) -> None:
        self.examples = examples
        longest = max(len(e) for e in examples) + 2
        shape = (len(examples), longest)
        given = {name: np.zeros(shape, dtype=np.int64) for name in ("ids", "cases", "gaps", "tags", "functions")}
        heads = np.tile(np.arange(longest), (len(examples), 1))
        mask = np.zeros(shape, dtype=np.int64)
        inside = np.zeros(shape, dtype=bool)
        for row, e in enumerate(examples):
            n, tokens = len(e), e.plain if plain else e.tokens
            for name, array in given.items():
                array[row, 1 : n + 1] = getattr(tokens, name)
            heads[row, 1 : n + 1] = tokens.heads + 1
            given["ids"][row, 0], given["ids"][row, n + 1], given["gaps"][row, 0] = START, END, PARAGRAPH
            mask[row, : n + 2] = 1
            inside[row, 1 : n + 1] = True
        self.shape, self.inside = shape, tensor(inside)
        self.tokens: list[Tensor] = [*map(tensor, given.values()), tensor(heads), tensor(mask)]

    def states(self, reader: Reader, rng: random.Random | None = None) -> Tensor:
        """The encoder's states. With `rng` half of the batches begin at some later position."""
        later = rng is not None and rng.random() < LATER
        first = rng.randrange(POSITIONS - self.shape[1] + 1) if rng is not None and later else 0
        return reader.encoder.states(*self.tokens, first)  # type: ignore[call-arg, unused-ignore]


@dataclass(frozen=True, slots=True)
class Look:
    """A stretch of a window to be looked at again: (`first`, `last`) of row `row`, with a cue at (`start`, `end`).

    `gold` are the spans of the cue's attribution, None where it is no cue. Where nothing is labelled `known` is False.
    """

    row: int
    start: int
    end: int
    first: int
    last: int
    gold: dict[str, list[tuple[int, int]]] | None = None
    known: bool = True


def around(row: int, cue: tuple[int, int], length: int, rng: random.Random, **known: object) -> Look:
    """A look at a cue in a window of so many tokens."""
    first = max(0, min(cue[0] - rng.randint(36, 72), length - LOOK))
    return Look(row, *cue, first, min(length, first + LOOK), **known)  # type: ignore[arg-type]


def labelled_looks(examples: list[Example], likely: NDArray[np.float32], most: int, rng: random.Random) -> list[Look]:
    """Cues to look at again, real ones and the likeliest that are none. `likely` (windows, tokens, 3) is what the tagger says."""
    made: list[Look] = []
    for row, e in enumerate(examples):
        real = list(e.attributions or [])
        rng.shuffle(real)
        for one in real[: LOOKS - 2]:
            start, end = one["cue"][0][0], one["cue"][-1][1]
            if end - start > 1 and rng.random() < 0.25:  # what the tagger will get wrong
                start, end = (start + 1, end) if rng.random() < 0.5 else (start, end - 1)
            made.append(around(row, (start, end), len(e), rng, gold=one))
        scores = likely[row, 1 : len(e) + 1, 1].copy()
        for one in e.attributions or []:
            for start, end in one["cue"]:
                scores[start:end] = 0
        tops = np.argsort(-scores)[:2]
        for at in (int(at) for at, least in zip(tops, (0.02, 0.15), strict=False) if scores[at] > least):
            made.append(around(row, (at, _end(likely[row, 1 : len(e) + 1], at)), len(e), rng))
    rng.shuffle(made)
    return made[:most]


def likely_looks(
    examples: list[Example], likely: NDArray[np.float32], least: float, most: int, rng: random.Random
) -> list[Look]:
    """The likeliest cues of windows that nobody has labelled."""
    made: list[Look] = []
    for row, e in enumerate(examples):
        tags = likely[row, 1 : len(e) + 1]
        tops = np.argsort(-tags[:, 1])[:LOOKS]
        made += [
            around(row, (int(at), _end(tags, int(at))), len(e), rng, known=False) for at in tops if tags[at, 1] > least
        ]
    rng.shuffle(made)
    return made[:most]


def roles_in(looks: list[Look], shape: tuple[int, ...]) -> NDArray[np.int64]:
    """The labelled role of each token of some looks, as a number of `ROLES`: (looks, size)."""
    roles = np.zeros(shape, dtype=np.int64)
    for k, look in enumerate(looks):
        for role in ("content", "source"):
            for start, end in look.gold[role] if look.gold else []:
                first, last = max(0, start - look.first), max(0, min(end, look.last) - look.first)
                roles[k, first:last] = ROLES.index(role)
    return roles


def _end(tags: NDArray[np.float32], start: int) -> int:
    end = start + 1
    while end < len(tags) and tags[end].argmax() == 2:
        end += 1
    return end


def marks(examples: list[Example], looks: list[Look], *, plain: bool = False) -> tuple[Tensor, ...]:
    """For each look its window's number, the positions in the states of it, and what else `SecondLook` takes, each (looks, size)."""
    size = max(look.last - look.first for look in looks)
    at, marked, mask, far, branch = (np.zeros((len(looks), size), dtype=np.int64) for _ in range(5))
    heads = np.tile(np.arange(size), (len(looks), 1))
    for k, look in enumerate(looks):
        first, last, start, end = look.first, look.last, look.start, look.end
        example = examples[look.row]
        tokens = example.plain if plain else example.tokens
        numbers, used = np.arange(first, last), last - first
        at[k, :used] = numbers + 1
        marked[k, start - first : end - first] = 1
        mask[k, :used] = 1
        far[k, :used] = np.where(numbers < start, numbers - start, np.where(numbers >= end, numbers - end + 1, 0))
        heads[k, :used] = tokens.part(first, last).heads
        branch[k, :used] = branches(tokens.functions, tokens.heads, (start, end), first, last)
    rows = np.array([look.row for look in looks])[:, None]
    return tuple(map(tensor, (rows, at, marked, distance_buckets(far), mask, heads, branch)))
