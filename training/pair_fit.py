#!/usr/bin/env python3
"""Tune the network that reads claims and passages together on labelled passages of dossiers: the shipped `pairs.onnx` -> a new one.

    python training/pair_fit.py quality/dossiers/* ../shared/dossier --commentary ../shared/seed/commentary.txt --to src/onrecord/linking/trained

`pair_train.py` makes the network from scenes, of which nine passages in ten have nothing to do with a claim. What `check` asks of it are the passages nearest to a
claim by their words, and those of 1,187 claims are labelled in `quality/passages.jsonl` (8,112 of them, docs/decisions/0032). The weights are taken out of the eight bits that ship, learn from
these and from as many examples of scenes and groups again, and are rounded anew. With `--without` some dossiers are left out, and how well their passages are told is printed, as it is of `disputes.jsonl`, from which nothing is learnt (docs/decisions/0033). Takes some half
an hour on two processors. Start from what `pair_train.py` wrote: the network in the package is tuned already.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer

import onrecord
from model import SHAPES
from onrecord.intake.inputs import arrivals
from onrecord.intake.received import Taken
from onrecord.linking.entailment import FILES, Passage, claimed, passage
from onrecord.records import Assertion, Document
from pair_model import PairReader
from pair_train import KEPT_LAYERS, SEED, SMOOTHED, Rule, export, said
from pairs import LABELS, LETTERS, Pair, Rows, of_disputes, pairs

HERE = Path(__file__).parent
PASSAGES = HERE.parent / "quality" / "passages.jsonl"
TOKENS = 4_000  # a batch
HEADS_FASTER = 2.0  # what is nearest to the answer learns so many times as fast
MATRICES = ("qkv", "out", "up", "down")  # of a layer, in the order in which it multiplies by them


@dataclass(frozen=True, slots=True)
class Stage:
    """How the network learns for a while: passes over the labelled passages and their rate; how many examples of scenes and groups, and how many that say what a claim says,
    go with each labelled one; and which share of all stands without the text before it."""

    passes: float
    rate: float
    others: float
    alike: float
    bare: float


# The second came after the first was found to hold a sentence that is the claim itself, with nothing before it, for unrelated.
STAGES = (
    Stage(passes=1.7, rate=5e-5, others=0.6, alike=0, bare=0.15),
    Stage(passes=0.6, rate=3e-5, others=0.5, alike=0.15, bare=0.3),
)


def unrounded(path: Path) -> PairReader:
    """The network of a file with weights of eight bits, in 32."""
    arrays = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(path)).graph.initializer}

    def whole(name: str) -> NDArray[np.float32]:
        shifted = arrays[f"{name}_quantized"].astype(np.float32) - arrays[f"{name}_zero_point"].astype(np.float32)
        return np.asarray(shifted * arrays[f"{name}_scale"], dtype=np.float32)

    products = sorted(
        (n.removesuffix("_quantized") for n in arrays if n.startswith("onnx::MatMul") and n.endswith("_quantized")),
        key=lambda name: int(name.rsplit("_", 1)[1]),
    )
    layers = len(KEPT_LAYERS)
    state = {
        f"each.{layer}.{matrix}.weight": whole(products[len(MATRICES) * layer + at]).T
        for layer in range(layers)
        for at, matrix in enumerate(MATRICES)
    }
    reader = PairReader(replace(SHAPES["twelve"], layers=layers))
    for name in reader.state_dict():
        if name in state:
            continue
        state[name] = (
            arrays[name]
            if name in arrays
            else whole(f"{name}_Transposed").T
            if f"{name}_Transposed_scale" in arrays
            else whole(name)
        )
    reader.load_state_dict({name: torch.from_numpy(np.array(array)) for name, array in state.items()})
    return reader


# ---------------------------------------------------------------- the examples


def labelled(folder: Path, commentary: Path | None) -> Iterator[Pair]:
    """The labelled passages of a dossier that the reader of today finds, each with its claim."""
    name = "example" if folder.name == "dossier" else folder.name
    column = folder / "commentary.txt"
    (about,) = _documents(column if column.exists() or commentary is None else commentary)
    claims = {_extent(claim): claim for claim in onrecord.read(about)}
    told: dict[tuple[str, int, int], Passage] = {}
    for document in _documents(folder / "dispatches.jsonl"):
        for assertion in onrecord.read(document):
            told[document.name, *_extent(assertion)] = passage(assertion, document.text)
    for line in PASSAGES.read_text("utf-8").splitlines():
        row = json.loads(line)
        claim = claims.get(tuple(row["claim"])) if row["dossier"] == name else None
        if claim is None:
            continue
        for document_name, start, end, letter in row["passages"]:
            if (found := told.get((document_name, start, end))) is not None:
                label = LABELS.index(LETTERS[letter])
                yield Pair(claimed(claim, about.text), found, label, drawn=False, held_back=False)


def _documents(path: Path) -> list[Document]:
    return [arrival.document for arrival in arrivals([str(path)]) if isinstance(arrival, Taken)]


def _extent(assertion: Assertion) -> tuple[int, int]:
    content = assertion.attribution.content
    return content[0].start, content[-1].end


WHO = (
    "the ministry",
    "officials",
    "the army",
    "a spokesman",
    "the governor",
    "residents",
    "police",
    "the union",
    "the company",
    "a diplomat",
)
SAID = ("said that", "confirmed that", "reported that", "said")
SAID_BEHIND = ("said", "says", "told reporters", "reported")
DENIED = ("denied that", "rejected the claim that", "said it was not true that")


def alike(example: Pair, before: str, rng: random.Random) -> Pair:
    """A claim with a passage that says what it says, sometimes without its last words, as it stands, on somebody's word, or denied."""
    words = example.claim.strip().rstrip(".").split()
    short = words[: max(5, len(words) - rng.randint(1, 3))] if len(words) > 7 and rng.random() < 0.25 else words
    content, who, form = " ".join(short), rng.choice(WHO), rng.random()
    pieces: tuple[tuple[str, bool], ...]
    if form < 0.3:
        pieces, label = ((f"{content}.", True),), "supports"
    elif form < 0.55:
        pieces, label = ((content, True), (f", {who} {rng.choice(SAID_BEHIND)}.", False)), "supports"
    elif form < 0.75:
        pieces, label = ((f"{who.capitalize()} {rng.choice(SAID)}", False), (content, True)), "supports"
    else:
        pieces, label = ((f"{who.capitalize()} {rng.choice(DENIED)}", False), (content, True)), "contradicts"
    return Pair(example.claim, Passage(before, pieces), LABELS.index(label), drawn=False, held_back=False)


def a_pass(own: Sequence[Pair], others: Mapping[bool, Sequence[Pair]], stage: Stage, rng: random.Random) -> list[Pair]:
    """The examples of one pass: the labelled passages, of `others` as many that are drawn as are not, and claims with what says the same."""
    half = int(stage.others * len(own)) // 2
    chosen = [*own, *rng.sample(others[False], half), *rng.sample(others[True], half)]
    bare = [replace(e, told=replace(e.told, before="")) if rng.random() < stage.bare else e for e in chosen]
    said_alike = rng.sample(chosen, int(stage.alike * len(chosen)))
    return bare + [alike(e, rng.choice(own).told.before if rng.random() < 0.3 else "", rng) for e in said_alike]


# ---------------------------------------------------------------- the run


def tune(
    reader: PairReader, own: Sequence[Pair], others: Mapping[bool, Sequence[Pair]], tokenizer: Tokenizer, stage: Stage
) -> None:
    """Let a network learn for a stage."""
    torch.manual_seed(SEED)
    rng, order = random.Random(SEED), np.random.default_rng(SEED)
    first = a_pass(own, others, stage, rng)
    steps = max(1, int(len(Rows(first, tokenizer).batches(np.arange(len(first)), TOKENS, order)) * stage.passes))
    rule = Rule(reader, stage.rate, HEADS_FASTER, steps)
    reader.train()
    step = 0
    while step < steps:
        examples = a_pass(own, others, stage, rng)
        rows, labels = Rows(examples, tokenizer), torch.tensor([e.label for e in examples])
        for batch in rows.batches(np.arange(len(examples)), TOKENS, order)[: steps - step]:
            with torch.autocast("cpu", torch.bfloat16):
                answers = reader(*map(torch.from_numpy, rows.batch(batch))).float()
            loss = F.cross_entropy(answers, labels[torch.from_numpy(batch)], label_smoothing=SMOOTHED)
            rule.learn(loss)
            step += 1
            if step % 50 == 0:
                print(f"step {step} of {steps}: {loss.item():.3f}", flush=True)


def show(name: str, reader: PairReader, examples: Sequence[Pair], tokenizer: Tokenizer) -> None:
    """Print how many of some passages are told rightly, and with which average precision those that bear on a claim, and of each label, come first."""
    logits = said(reader, Rows(examples, tokenizer), np.arange(len(examples)))
    likely = np.exp(logits - logits.max(1, keepdims=True))
    likely /= likely.sum(1, keepdims=True)
    labels = np.array([e.label for e in examples])
    neither = LABELS.index("neither")
    first = {"bearing": _precision(1 - likely[:, neither], labels != neither)}
    first |= {label: _precision(likely[:, at], labels == at) for at, label in enumerate(LABELS) if at != neither}
    ranked = ", ".join(f"{label} {value:.3f}" for label, value in first.items())
    print(f"{name}: {(likely.argmax(1) == labels).mean():.3f} of {len(labels)} right; {ranked}", flush=True)


def _precision(score: NDArray[np.float32], wanted: NDArray[np.bool_]) -> float:
    ranked = wanted[np.argsort(-score)]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked].mean())


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of dossiers")
    parser.add_argument("--commentary", type=Path, help="the commentary of the dossier that has none in its folder")
    parser.add_argument("--network", type=Path, help="folder of the network to start from (default: --to)")
    parser.add_argument("--without", default="", help="dossiers to measure on instead, with commas between them")
    parser.add_argument("--to", type=Path, required=True, help="folder of the files to write")
    args = parser.parse_args()
    start = args.network or args.to
    tokenizer = Tokenizer.from_file(str(start / FILES[1]))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    apart = set(filter(None, args.without.split(",")))
    own: dict[bool, list[Pair]] = {True: [], False: []}
    for folder in filter(Path.is_dir, args.folders):
        own[folder.name in apart] += labelled(folder, args.commentary)
    others: dict[bool, list[Pair]] = defaultdict(list)
    for example in pairs(HERE):
        if not example.held_back:
            others[example.drawn].append(example)
    reader = unrounded(start / FILES[0])
    measured = {"passages": own[True] or own[False], "disputes": list(of_disputes(HERE / "disputes.jsonl"))}
    for name, examples in measured.items():
        show(f"{name} before", reader, examples, tokenizer)
    for stage in STAGES:
        tune(reader, own[False], others, tokenizer, stage)
        for name, examples in measured.items():
            show(f"{name} after", reader, examples, tokenizer)
    tokens = (start / FILES[1]).read_bytes()
    args.to.mkdir(parents=True, exist_ok=True)
    (args.to / "given.json").write_bytes(tokens)
    export(reader, args.to / "given.json", args.to)
    (args.to / "given.json").unlink()


if __name__ == "__main__":
    main()
