"""What a reader's weights reach on the development sets, before anything is exported: rough figures, to compare runs by.

The figures that count are those of the shipped files with the product's own code (`card.py`).
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import torch

from batch import Batch, Look, around, marks, roles_in
from corpora import Example, attribution_examples, batches, factuality_examples, rows, untokenised
from model import SCHEMES, Reader
from parses import Parses


@torch.no_grad()
def measured(reader: Reader, parses: Parses, data: Path) -> None:
    """Print how many cues the tagger finds to the word, how many tokens of sources and contents are right, and Pearson's r of factuality."""
    reader.eval()
    device = torch.get_default_device().type
    articles = rows(data / "attribution" / "dev.jsonl")
    scored = {scheme: rows(data / "factuality" / f"{scheme}_dev.jsonl") for scheme in SCHEMES}
    spaced = [row["text"] for some in scored.values() for row in some]
    parses.learn([*(row["text"] for row in articles), *spaced, *(untokenised(text)[0] for text in spaced)])
    with torch.autocast(device, torch.bfloat16):
        cues, roles = np.zeros(3), np.zeros((3, 3))
        for batch in batches(attribution_examples(articles, parses, random.Random(1)), 4000, random.Random(1)):
            _count(reader, batch, cues, roles)
        print(f"cues: P {cues[0] / cues[1]:.3f}, R {cues[0] / cues[2]:.3f}, F1 {2 * cues[0] / (cues[1] + cues[2]):.3f}")
        for number, role in ((1, "source"), (2, "content")):
            right, given, gold = roles[number]
            print(f"tokens of {role}: F1 {2 * right / (given + gold):.3f}")
        for number, scheme in enumerate(SCHEMES):
            sentences = [row | {"scheme": number} for row in scored[scheme]]
            for in_a_row in (1, 8):
                made = factuality_examples(sentences, parses, random.Random(1), (in_a_row,))
                found = [pair for batch in batches(made, 4000, random.Random(1)) for pair in _scores(reader, batch)]
                print(f"{scheme}, {in_a_row} in a row: r {np.corrcoef(np.array(found).T)[0, 1]:.3f}", flush=True)


def _count(reader: Reader, examples: list[Example], cues: np.ndarray, roles: np.ndarray) -> None:
    batch = Batch(examples)
    x = batch.states(reader)
    tags = reader.encoder.cue(x).float().argmax(-1).cpu().numpy()
    looks: list[Look] = []
    for row, e in enumerate(examples):
        given = set(_spans(tags[row, 1 : len(e) + 1]))
        gold = {span for one in e.attributions or [] for span in one["cue"]}
        cues += (len(given & gold), len(given), len(gold))
        looks += [
            around(row, (one["cue"][0][0], one["cue"][-1][1]), len(e), random.Random(1), gold=one)
            for one in e.attributions or []
        ]
    if not looks:
        return
    rows_, at, *rest = marks(examples, looks)
    said = reader.second(x[rows_, at], *rest)[0].argmax(-1).cpu().numpy()
    gold_roles, inside = roles_in(looks, tuple(at.shape)), rest[2].bool().cpu().numpy()
    for number in (1, 2):
        mine, theirs = (said == number) & inside, (gold_roles == number) & inside
        roles[number] += ((mine & theirs).sum(), mine.sum(), theirs.sum())


def _spans(tags: np.ndarray) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at, tag in enumerate(tags.tolist()):
        if tag == 1 or (tag == 2 and not (found and found[-1][1] == at)):
            found.append((at, at + 1))
        elif tag == 2:
            found[-1] = (found[-1][0], at + 1)
    return found


def _scores(reader: Reader, examples: list[Example]) -> list[tuple[float, float]]:
    factual = reader.encoder.answers(Batch(examples).states(reader))[2].float().cpu().numpy()
    return [(float(factual[row, at + 1, e.scheme]), score) for row, e in enumerate(examples) for at, score in e.factual]
