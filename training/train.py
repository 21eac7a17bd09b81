#!/usr/bin/env python3
"""Train the reader: corpora -> checkpoints, to be exported by `export.py`.

    python training/train.py --data ../shared/data --weights FOLDER --out build/reader [--passes 7]

FOLDER holds `model.safetensors`, `config.json` and `tokenizer.json`, as `weights.py` writes them. A run that was cut off goes on from
its last checkpoint when the same command is given again. Every step takes one batch of each task.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from corpora import (
    END,
    START,
    Example,
    act_examples,
    attribution_examples,
    batches,
    blurred,
    factuality_examples,
    labelled_acts,
    mention_examples,
    rows,
    untokenised,
)
from model import ACTS, LINK, POSITIONS, SCHEMES, Reader, from_weights
from onrecord.reading.syntax import branches
from onrecord.reading.tokens import PARAGRAPH, distance_buckets
from parses import Parses

HERE = Path(__file__).parent
SEED = 7
# How often a pass goes over our own dispatches, which are few beside the articles. With eight the run is in the table of README.md; on dossiers it is not measured.
OFTENER = 8
LOOK = 112  # tokens of a second look
MOST_LOOKS = 40  # a batch: short texts have more cues than time allows
LOOKS = 6  # second looks a window: at most four cues and two that only look like one
WEIGHTS = {"cue": 1.0, "role": 1.0, "is_cue": 0.4, "factual": 0.25, "name": 0.3, "link": 0.3, "act": 0.3}
RATES = {"encoder": 1e-4, "second": 2e-4, "heads": 6e-4}
AVERAGED = 0.99
AGAIN = 0.45  # share of the full rate with which more steps begin
WARMED = 100  # steps until the full rate
BLURRED = 0.7  # share of a run in which words and parses are hidden; the last steps see texts as they are
CHECKPOINT_EVERY = 100


def _tensor(array: NDArray[np.int64]) -> Tensor:
    return torch.from_numpy(array).to(torch.get_default_device())


class Batch:
    """Padded arrays of examples, with the mark of a start before and of an end behind each."""

    def __init__(self, examples: list[Example]) -> None:
        self.examples = examples
        longest = max(len(e) for e in examples) + 2
        shape = (len(examples), longest)
        given = {name: np.zeros(shape, dtype=np.int64) for name in ("ids", "cases", "gaps", "tags", "functions")}
        heads = np.tile(np.arange(longest), (len(examples), 1))
        mask = np.zeros(shape, dtype=np.int64)
        for row, e in enumerate(examples):
            n = len(e)
            for name, array in given.items():
                array[row, 1 : n + 1] = getattr(e.tokens, name)
            heads[row, 1 : n + 1] = e.tokens.heads + 1
            given["ids"][row, 0], given["ids"][row, n + 1], given["gaps"][row, 0] = START, END, PARAGRAPH
            mask[row, : n + 2] = 1
        ids, cases, gaps, tags, functions = map(_tensor, given.values())
        self.ids, self.mask = ids, _tensor(mask)
        self.tokens = (ids, cases, gaps, tags, functions, _tensor(heads), self.mask)

    def states(self, reader: Reader) -> Tensor:
        """The encoder's states. Half of the batches begin at some later position, as windows at run time are longer."""
        length = self.ids.shape[1]
        first = int(torch.randint(POSITIONS - length + 1, ())) if torch.rand(()) < 0.5 else 0
        return reader.encoder.states(*self.tokens, first)


# ---------------------------------------------------------------- losses


def attribution_loss(reader: Reader, examples: list[Example], rng: random.Random) -> dict[str, Tensor]:
    batch = Batch(examples)
    x = batch.states(reader)
    logits = reader.encoder.cue(x).float()
    gold = torch.zeros(batch.ids.shape, dtype=torch.long)
    for row, e in enumerate(examples):
        for one in e.attributions or []:
            for start, end in one["cue"]:
                gold[row, start + 2 : end + 1] = 2
                gold[row, start + 1] = 1
    inside = batch.mask.bool() & (batch.ids != START) & (batch.ids != END)
    losses = {"cue": F.cross_entropy(logits[inside], gold[inside])}
    looks = _looks(examples, logits.detach().softmax(-1), gold, rng)
    if looks:
        losses |= _second_loss(reader, x, examples, looks)
    return losses


Look = tuple[int, int, int, int, int, dict[str, list[tuple[int, int]]] | None]


def _looks(examples: list[Example], likely: Tensor, gold: Tensor, rng: random.Random) -> list[Look]:
    """Which cues to look at again: (row, cue start, cue end, window start, window end, its attribution or None)."""
    made: list[Look] = []
    for row, e in enumerate(examples):
        n = len(e)
        real = list(e.attributions or [])
        rng.shuffle(real)
        found: list[tuple[int, int, dict[str, list[tuple[int, int]]] | None]] = [
            (one["cue"][0][0], one["cue"][-1][1], one) for one in real[: LOOKS - 2]
        ]
        scores = likely[row, 1 : n + 1, 1].clone()
        scores[gold[row, 1 : n + 1] > 0] = 0
        tops = torch.topk(scores, min(3, n)).indices.tolist()
        wrong = [at for k, at in enumerate(tops[:2]) if scores[at] > (0.02, 0.15)[k]]
        for at in wrong:
            end = at + 1
            while end < n and likely[row, end + 1].argmax() == 2:
                end += 1
            found.append((at, end, None))
        for start, end, one in found:
            if one is not None and end - start > 1 and rng.random() < 0.25:  # what the tagger will get wrong
                start, end = (start + 1, end) if rng.random() < 0.5 else (start, end - 1)
            first = max(0, min(start - rng.randint(36, 72), n - LOOK))
            made.append((row, start, end, first, min(n, first + LOOK), one))
    rng.shuffle(made)
    return made[:MOST_LOOKS]


def _second_loss(reader: Reader, x: Tensor, examples: list[Example], looks: list[Look]) -> dict[str, Tensor]:
    at, *marks = _marks(examples, looks)
    roles, is_cue, _ = reader.second(x[torch.tensor([look[0] for look in looks])[:, None], at], *marks)
    gold = torch.zeros(at.shape, dtype=torch.long)
    for k, (_, _, _, first, last, one) in enumerate(looks):
        for number, role in ((2, "content"), (1, "source")):
            for start, end in one[role] if one else []:
                gold[k, max(0, start - first) : max(0, min(end, last) - first)] = number
    real = torch.tensor([one is not None for *_, one in looks])
    losses = {"is_cue": F.binary_cross_entropy_with_logits(is_cue.float(), real.float())}
    counted = marks[2].bool() & real[:, None]
    if counted.any():
        losses["role"] = F.cross_entropy(roles.float()[counted], gold[counted])
    return losses


def _marks(examples: list[Example], looks: list[Look]) -> tuple[Tensor, ...]:
    """For each look the positions in its window's states, and what else `SecondLook` takes, each (looks, size)."""
    size = max(last - first for *_, first, last, _ in looks)
    at, marked, mask, far, branch = (np.zeros((len(looks), size), dtype=np.int64) for _ in range(5))
    heads = np.tile(np.arange(size), (len(looks), 1))
    for k, (row, start, end, first, last, _) in enumerate(looks):
        numbers, used, tokens = np.arange(first, last), last - first, examples[row].tokens
        at[k, :used] = numbers + 1
        marked[k, start - first : end - first] = 1
        mask[k, :used] = 1
        far[k, :used] = np.where(numbers < start, numbers - start, np.where(numbers >= end, numbers - end + 1, 0))
        heads[k, :used] = tokens.part(first, last).heads
        branch[k, :used] = branches(tokens.functions, tokens.heads, (start, end), first, last)
    return tuple(map(_tensor, (at, marked, distance_buckets(far), mask, heads, branch)))


def factuality_loss(reader: Reader, examples: list[Example], _: random.Random) -> dict[str, Tensor]:
    batch = Batch(examples)
    factual = reader.encoder.answers(batch.states(reader))[2]
    at = [(row, token + 1, e.scheme, score) for row, e in enumerate(examples) for token, score in e.factual]
    if not at:
        return {}
    row, token, scheme, score = zip(*at, strict=True)
    return {"factual": F.mse_loss(factual[list(row), list(token), list(scheme)].float(), torch.tensor(score))}


def mention_loss(reader: Reader, examples: list[Example], _: random.Random) -> dict[str, Tensor]:
    batch = Batch(examples)
    _, names, _, links = reader.encoder.answers(batch.states(reader))
    gold = torch.full(batch.ids.shape, -100)
    linked: list[Tensor] = []
    for row, e in enumerate(examples):
        gold[row, 1 : len(e) + 1] = _tensor(e.names) if e.names is not None else -100
        if len(e.mentions or []) > 1:
            linked.append(_link_loss(links[row, 1:].float(), e.mentions or []))
    losses = {"name": F.cross_entropy(names.float().flatten(0, 1), gold.flatten(), ignore_index=-100)}
    if linked:
        losses["link"] = torch.cat(linked).mean()
    return losses


def _link_loss(links: Tensor, mentions: list[tuple[int, int, int]]) -> Tensor:
    """For each mention, how unlikely the links to its own earlier mentions are (to none, where it is the first)."""
    first = torch.tensor([m[0] for m in mentions])
    last = torch.tensor([m[1] - 1 for m in mentions])
    cluster = torch.tensor([m[2] for m in mentions])
    mine = links[first, :LINK] + links[last, LINK : 2 * LINK]
    theirs = links[first, 2 * LINK : 3 * LINK] + links[last, 3 * LINK :]
    scores = mine @ theirs.T / LINK**0.5
    earlier = torch.ones_like(scores).tril(-1).bool()
    scores = torch.cat([torch.zeros(len(mentions), 1), scores.masked_fill(~earlier, -1e4)], 1)
    same = (cluster[:, None] == cluster[None]) & earlier
    right = torch.cat([~same.any(1, keepdim=True), same], 1)
    return scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)


def act_loss(reader: Reader, examples: list[Example], _: random.Random) -> dict[str, Tensor]:
    batch = Batch(examples)
    x = batch.states(reader)
    looks: list[Look] = []
    for row, e in enumerate(examples):
        if e.cue is not None:
            looks.append((row, e.cue[0], e.cue[1], 0, len(e), None))
    at, *marks = _marks(examples, looks)
    acts = reader.second(x[torch.arange(len(looks))[:, None], at], *marks)[2]
    return {"act": F.cross_entropy(acts.float(), torch.tensor([e.act for e in examples]))}


LOSSES = {
    "attribution": attribution_loss,
    "factuality": factuality_loss,
    "acts": act_loss,
    "mentions": mention_loss,
}
# A task is given a batch on every step, or on every so manieth.
EVERY = {"attribution": 1, "factuality": 1, "acts": 2, "mentions": 4}


# ---------------------------------------------------------------- the loop


class Data:
    """The training sets, dealt out in batches; the order of a pass depends on the seed and its number alone."""

    def __init__(self, data: Path, parses: Parses) -> None:
        self.parses = parses
        articles = rows(data / "attribution" / "train.jsonl")
        own = {
            name: [r for r in rows(HERE / f"{name}.jsonl") if r["split"] == "train"] for name in ("acts", "dispatches")
        }
        self.articles = articles + own["dispatches"] * OFTENER
        self.acts = labelled_acts(own["acts"], rows(HERE / "acts_polnear.jsonl"), articles, own["dispatches"])
        self.sentences = [
            (number, row)
            for number, scheme in enumerate(SCHEMES)
            for row in rows(data / "factuality" / f"{scheme}_train.jsonl") * (3 if scheme == "meantime" else 1)
        ]
        self.documents = rows(data / "coreference" / "train.jsonl")
        spaced = [row["text"] for row in (*self.documents, *(row for _, row in self.sentences))]
        parses.learn(
            [*(row["text"] for row in (*self.articles, *self.acts)), *spaced, *(untokenised(t)[0] for t in spaced)]
        )

    def deal(self, number: int, task: str) -> list[list[Example]]:
        """All batches of one pass over one task."""
        rng = random.Random(f"{SEED} {task} {number}")
        match task:
            case "attribution":
                made, size = attribution_examples(self.articles, self.parses, rng), 2100
            case "factuality":
                made, size = factuality_examples(self.sentences, self.parses, rng), 1200
            case "mentions":
                made, size = mention_examples(self.documents, self.parses, rng), 800
            case _:
                made, size = act_examples(self.acts, ACTS, self.parses, rng), 500
        return batches(made, size, rng)


class Stream:
    """The batches of one task without end. `number` and `at` say how far it is: in which pass, and at which batch of it."""

    def __init__(self, data: Data, task: str, number: int = 0, at: int = 0) -> None:
        self.data, self.task, self.number, self.at = data, task, number, at
        self.dealt = data.deal(number, task)

    def next(self) -> list[Example]:
        """The next batch."""
        if self.at >= len(self.dealt):
            self.number, self.at = self.number + 1, 0
            self.dealt = self.data.deal(self.number, self.task)
        self.at += 1
        return self.dealt[self.at - 1]


def groups(reader: Reader) -> list[dict[str, object]]:
    """Parameters by how far they start from what they are to be."""
    heads = (
        "cue.",
        "name.",
        "factual",
        "links.",
        "case.",
        "gap.",
        "tag.",
        "function.",
        "branch.",
        "role.",
        "judge.",
        "is_cue.",
        "act.",
        "marked.",
        "distance.",
    )
    split: dict[str, list[Tensor]] = {"encoder": [], "second": [], "heads": []}
    for name, parameter in reader.named_parameters():
        part, rest = name.split(".", 1)
        split["heads" if rest.startswith(heads) or rest.endswith("drawn") else part].append(parameter)
    return [{"params": split[name], "lr": rate, "initial_lr": rate} for name, rate in RATES.items()]


class Run:
    """A run in progress: the weights, their running average (what is exported), and how far it is."""

    def __init__(self, weights: Path, folder: Path) -> None:
        self.folder = folder
        self.reader = from_weights(weights).to(torch.get_default_device())
        self.averaged = from_weights(weights).to(torch.get_default_device())
        self.averaged.load_state_dict(self.reader.state_dict())
        self.optimizer = torch.optim.AdamW(groups(self.reader), weight_decay=0.01, fused=True)
        self.step = 0
        self.reached: dict[str, tuple[int, int]] = {}
        folder.mkdir(parents=True, exist_ok=True)
        saved = folder / "checkpoint.pt"
        if saved.exists():
            state = torch.load(saved, weights_only=True, map_location=torch.get_default_device())
            self.reader.load_state_dict(state["reader"])
            self.averaged.load_state_dict(state["averaged"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step = state["step"]
            self.reached = state["reached"]

    def take(self, share: float) -> None:
        """Take one step with the gradients at hand; `share` of the full rate."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["initial_lr"] * share
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        keep = min(AVERAGED, self.step / (self.step + 10))
        with torch.no_grad():
            for mine, theirs in zip(self.averaged.parameters(), self.reader.parameters(), strict=True):
                mine.lerp_(theirs, 1 - keep)

    def save(self, steps: int, streams: dict[str, Stream]) -> None:
        """Write the checkpoint, all or nothing."""
        state = {
            "reader": self.reader.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "steps": steps,
            "reached": {task: (stream.number, stream.at) for task, stream in streams.items()},
        }
        torch.save(state, self.folder / "checkpoint.new")
        (self.folder / "checkpoint.new").replace(self.folder / "checkpoint.pt")
        (self.folder / "state.json").write_text(json.dumps({"step": self.step, "steps": steps}) + "\n", "utf-8")


def share_of_rate(step: int, first: int, steps: int, *, again: bool) -> float:
    """How much of the full rate a step takes: up in the first steps, then down in a line; a run that goes on from a finished
    one begins again at a third.

    >>> [round(share_of_rate(step, 0, 1000, again=False), 2) for step in (0, 99, 500, 999)]
    [0.01, 0.9, 0.5, 0.02]
    """
    if again:
        return AGAIN * max(0.02, 1 - (step - first) / (steps - first))
    return min(1.0, (step + 1) / WARMED) * max(0.02, 1 - step / steps)


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(SEED)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_default_device(device)
    tokenizer = Tokenizer.from_file(str(args.weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    data = Data(args.data, Parses(tokenizer, args.out / "parses.pickle"))
    a_pass = len(data.deal(0, "attribution"))
    steps = a_pass * args.passes
    run = Run(args.weights, args.out)
    steps = run.step + args.more if args.more else steps
    streams = {task: Stream(data, task, *run.reached.get(task, (0, 0))) for task in EVERY}
    seen: dict[str, float] = {}
    began, first = time.monotonic(), run.step
    print(f"{a_pass} steps a pass, {steps} in all, from {run.step}", flush=True)
    run.reader.train()
    while run.step < steps:
        torch.manual_seed(SEED + run.step)
        rng = random.Random(f"{SEED} {run.step}")
        for task, stream in streams.items():
            if run.step % EVERY[task]:
                continue
            examples = stream.next()
            if run.step < BLURRED * steps:
                for example in examples:
                    blurred(example, rng)
            with torch.autocast(device, torch.bfloat16):
                losses = LOSSES[task](run.reader, examples, rng)
            if losses:
                sum((WEIGHTS[name] * loss for name, loss in losses.items()), torch.zeros(())).backward()
            for name, loss in losses.items():
                seen[name] = 0.98 * seen.get(name, loss.item()) + 0.02 * loss.item()
        run.take(share_of_rate(run.step, first, steps, again=bool(args.more)))
        if run.step % 25 == 0:
            shown = "  ".join(f"{name} {value:.3f}" for name, value in seen.items())
            pace = (time.monotonic() - began) / (run.step - first)
            print(f"step {run.step}  {pace:.2f} s a step  {shown}", flush=True)
        if run.step % CHECKPOINT_EVERY == 0 or run.step == steps:
            run.save(steps, streams)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with attribution/, factuality/ and coreference/"
    )
    parser.add_argument("--weights", type=Path, required=True, help="folder that weights.py wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoint")
    parser.add_argument("--passes", type=int, default=7, help="passes over the articles")
    parser.add_argument("--more", type=int, default=0, help="steps to go on for from a run that is finished")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
