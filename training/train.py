#!/usr/bin/env python3
"""Train a reader: corpora -> checkpoint, to be exported by `export.py`.

    python training/train.py --data ../shared/data --weights build/weights/teacher --out build/teachers/0 --without 0
    python training/train.py --data ../shared/data --weights build/weights/six --out build/reader --teachers build/teachers/*

A weights FOLDER holds `model.safetensors`, `config.json` and `tokenizer.json`, as `weights.py` writes them. A run that was cut off goes on from
its last checkpoint when the same command is given again. Every step takes one batch of each task.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import time
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from corpora import (
    Example,
    act_examples,
    attribution_examples,
    batches,
    blurred,
    factuality_examples,
    fold_of,
    labelled_acts,
    mention_examples,
    rows,
    untokenised,
)
from losses import LOSSES, WEIGHTS
from measure import measured
from model import ACTS, SCHEMES, Reader, from_weights
from parses import Parses
from teachers import Teachers

HERE = Path(__file__).parent
SEED = 7
OFTENER = 8  # how often a pass goes over our own dispatches, which are few beside the articles
# A task is given a batch on every step, or on every so manieth.
EVERY = {"attribution": 1, "factuality": 2, "acts": 1, "mentions": 2}
# Tokens of a batch, as shares of those of attribution.
SIZES = {"attribution": 1.0, "factuality": 0.57, "acts": 0.38, "mentions": 0.38}
WARMED = 100  # steps until the full rate
BLURRED = 0.75  # share of a run in which words and parses are hidden; the last steps see texts as they are
SAVED_EVERY = 100
SHOWN_EVERY = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """How a shape is trained: passes over the articles, tokens a batch, rates of the parts by how far they start from what they are to be,
    and how much of the running average of the weights, which is what is exported, a step leaves."""

    passes: int
    tokens: int
    rates: dict[str, float]
    kept: float


PLANS = {
    "teacher": Plan(6, 4200, {"encoder": 6e-5, "second": 1.2e-4, "heads": 4e-4}, 0.995),
    "six": Plan(16, 6300, {"encoder": 1.5e-4, "second": 2.5e-4, "heads": 6e-4}, 0.997),
    "twelve": Plan(16, 6300, {"encoder": 1.2e-4, "second": 2e-4, "heads": 6e-4}, 0.997),
}


class Data:
    """The training sets, dealt out in batches; the order of a pass depends on the seed and its number alone."""

    def __init__(
        self, data: Path, weights: Path, parses: Path, tokens: int, without: int | None, *, more: bool
    ) -> None:
        tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.tokens = tokens
        self.parses = Parses(tokenizer, parses)
        articles = rows(data / "attribution" / "train.jsonl")
        own = {
            name: [r for r in rows(HERE / f"{name}.jsonl") if r["split"] == "train"] for name in ("acts", "dispatches")
        }
        # Of these nobody has labelled who says what: news of small towns, and documents of other kinds.
        unlabelled = [
            {"text": row["text"], "attributions": None}
            for path in ("places/lgl.jsonl", "coreference/train.jsonl")
            for row in rows(data / path)
        ]
        acts = labelled_acts(own["acts"], rows(HERE / "acts_polnear.jsonl"), articles, own["dispatches"])
        sentences = [
            row | {"scheme": number}
            for number, scheme in enumerate(SCHEMES)
            for row in rows(data / "factuality" / f"{scheme}_train.jsonl") * (3 if scheme == "meantime" else 1)
        ]
        self.articles = _without(without, articles + own["dispatches"] * OFTENER) + (unlabelled if more else [])
        self.acts, self.sentences = _without(without, acts), _without(without, sentences)
        self.documents = _without(without, rows(data / "coreference" / "train.jsonl"))
        spaced = [row["text"] for row in (*rows(data / "coreference" / "train.jsonl"), *sentences)]
        texts = [row["text"] for row in (*articles, *own["dispatches"], *unlabelled, *acts)]
        self.parses.learn([*texts, *spaced, *(untokenised(text)[0] for text in spaced)])

    def deal(self, number: int, task: str) -> list[list[Example]]:
        """All batches of one pass over one task."""
        rng = random.Random(f"{SEED} {task} {number}")
        match task:
            case "attribution":
                made = attribution_examples(self.articles, self.parses, rng)
            case "factuality":
                made = factuality_examples(self.sentences, self.parses, rng)
            case "mentions":
                made = mention_examples(self.documents, self.parses, rng)
            case _:
                made = act_examples(self.acts, ACTS, self.parses, rng)
        return batches(made, int(self.tokens * SIZES[task]), rng)


def _without(fold: int | None, texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in texts if fold is None or fold_of(row) != fold]


# ---------------------------------------------------------------- passes, dealt by another process while one is trained on

_here: dict[str, Data] = {}


def _begin(*args: Any, more: bool) -> None:
    _here["data"] = Data(*args, more=more)


def _deal(number: int, task: str) -> list[list[Example]]:
    return _here["data"].deal(number, task)


class Stream:
    """The batches of one task without end. `number` and `at` say how far it is: in which pass, and at which batch of it."""

    def __init__(self, dealer: ProcessPoolExecutor, task: str, number: int = 0, at: int = 0) -> None:
        self.dealer, self.task, self.number, self.at = dealer, task, number, at
        self.dealt: list[list[Example]] = dealer.submit(_deal, number, task).result()
        self.coming: Future[list[list[Example]]] = dealer.submit(_deal, number + 1, task)

    def next(self) -> list[Example]:
        """The next batch."""
        if self.at >= len(self.dealt):
            self.number, self.at = self.number + 1, 0
            self.dealt = self.coming.result()
            self.coming = self.dealer.submit(_deal, self.number + 1, self.task)
        self.at += 1
        return self.dealt[self.at - 1]


# ---------------------------------------------------------------- the run


def groups(reader: Reader, rates: dict[str, float], share: float) -> list[dict[str, object]]:
    """Parameters by how far they start from what they are to be, with a share of the rates of the plan."""
    new = (
        *("cue.", "name.", "factual", "links.", "case.", "gap.", "tag.", "function."),
        *("branch.", "role.", "judge.", "is_cue.", "act.", "marked.", "distance."),
    )
    split: dict[str, list[Tensor]] = {"encoder": [], "second": [], "heads": []}
    for name, parameter in reader.named_parameters():
        part, rest = name.split(".", 1)
        split["heads" if rest.startswith(new) or rest.endswith("drawn") else part].append(parameter)
    return [{"params": split[name], "lr": share * rate, "initial_lr": share * rate} for name, rate in rates.items()]


class Run:
    """A run in progress: the weights, their running average (what is exported), and how far it is."""

    def __init__(self, weights: Path, folder: Path, learnt: Path | None, share: float) -> None:
        self.folder = folder
        self.shape = json.loads((weights / "config.json").read_text("utf-8"))["shape"]
        self.plan = PLANS[self.shape]
        self.reader = from_weights(weights).to(torch.get_default_device())
        if learnt:
            self.reader.load_state_dict(torch.load(learnt / "checkpoint.pt", weights_only=True)["averaged"])
        self.averaged = Reader(self.reader.shape).to(torch.get_default_device())
        self.averaged.load_state_dict(self.reader.state_dict())
        self.optimizer = torch.optim.AdamW(groups(self.reader, self.plan.rates, share), weight_decay=0.01, fused=True)
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
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), 1.0, foreach=True)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        keep = min(self.plan.kept, self.step / (self.step + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.averaged.parameters()), list(self.reader.parameters()), 1 - keep)

    def save(self, steps: int, streams: dict[str, Stream]) -> None:
        """Write the checkpoint, all or nothing. A finished run keeps only what is exported."""
        state = {"averaged": self.averaged.state_dict(), "step": self.step, "steps": steps, "shape": self.shape}
        if self.step < steps:
            state |= {
                "reader": self.reader.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "reached": {task: (stream.number, stream.at) for task, stream in streams.items()},
            }
        torch.save(state, self.folder / "checkpoint.new")
        (self.folder / "checkpoint.new").replace(self.folder / "checkpoint.pt")
        (self.folder / "state.json").write_text(json.dumps({"step": self.step, "steps": steps}) + "\n", "utf-8")


def is_finished(folder: Path) -> bool:
    """Whether the run in a folder has taken all its steps."""
    state = folder / "state.json"
    reached = json.loads(state.read_text("utf-8")) if state.exists() else {"step": 0, "steps": 1}
    return bool(reached["step"] >= reached["steps"])


def share_of_rate(step: int, steps: int) -> float:
    """How much of the full rate a step takes: up in the first steps, then down in a line.

    >>> [round(share_of_rate(step, 1000), 2) for step in (0, 99, 500, 999)]
    [0.01, 0.9, 0.5, 0.0]
    """
    return min(1.0, (step + 1) / WARMED) * (1 - step / steps)


def train(args: argparse.Namespace) -> None:
    """One run, from its beginning or from its last checkpoint; nothing, where it is finished."""
    if is_finished(args.out):
        print(f"{args.out}: finished; for another run give another folder")
        return
    torch.manual_seed(SEED)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_default_device(device)
    run = Run(args.weights, args.out, args.learnt, args.share)
    teachers = Teachers(args.teachers) if args.teachers else None
    given = (args.data, args.weights, args.parses, args.tokens or run.plan.tokens, args.without)
    unlabelled = teachers is not None
    data = Data(*given, more=unlabelled)
    a_pass = len(data.deal(0, "attribution"))
    steps = args.steps or a_pass * (args.passes or run.plan.passes)
    begin = partial(_begin, *given, more=unlabelled)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), begin) as dealer:
        streams = {task: Stream(dealer, task, *run.reached.get(task, (0, 0))) for task in EVERY}
        print(f"{a_pass} steps a pass, {steps} in all, from {run.step}", flush=True)
        _loop(run, streams, steps, teachers, device)
        dealer.shutdown(wait=False, cancel_futures=True)
    measured(run.averaged, data.parses, args.data)


def _loop(run: Run, streams: dict[str, Stream], steps: int, teachers: Teachers | None, device: str) -> None:
    began, first = time.monotonic(), run.step
    seen: dict[str, Tensor] = {}
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
                losses = LOSSES[task](run.reader, examples, rng, teachers)
            if losses:
                torch.stack([WEIGHTS[name] * loss for name, loss in losses.items()]).sum().backward()
            for name, loss in losses.items():
                seen[name] = 0.98 * seen.get(name, loss.detach()) + 0.02 * loss.detach()
        run.take(share_of_rate(run.step, steps))
        if run.step % SHOWN_EVERY == 0:
            shown = "  ".join(f"{name} {value:.3f}" for name, value in seen.items())
            pace = (time.monotonic() - began) / (run.step - first)
            print(f"step {run.step}  {pace:.3f} s a step  {shown}", flush=True)
        if run.step % SAVED_EVERY == 0 or run.step == steps:
            run.save(steps, streams)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with attribution/, factuality/, coreference/ and places/"
    )
    parser.add_argument("--weights", type=Path, required=True, help="folder that weights.py wrote")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoint")
    parser.add_argument("--parses", type=Path, default=Path("build/parses.pickle"), help="where parses are kept")
    parser.add_argument("--without", type=int, help="number of a fold to leave out")
    parser.add_argument("--teachers", type=Path, nargs="*", default=[], help="folders of the readers without each fold")
    parser.add_argument(
        "--from", dest="learnt", type=Path, help="folder of a finished run of the same shape to begin from"
    )
    parser.add_argument("--share", type=float, default=1.0, help="share of the plan's rates")
    parser.add_argument("--tokens", type=int, help="tokens a batch, instead of the plan's")
    parser.add_argument("--passes", type=int, help="passes over the articles")
    parser.add_argument("--steps", type=int, help="steps in all, instead of passes")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
