#!/usr/bin/env python3
"""Train the network that reads claims and passages together: our own pairs -> `pairs.onnx`, its tokenizer and digests.

    python training/pair_train.py --weights build/weights --out build/pairs --to src/onrecord/linking/trained

A large teacher (the weights `teacher`) learns from the labels; one of twelve layers (`twelve`) learns from the labels and what the teacher says of them; half of its
layers are taken away, and what is left learns so once more. Each stage is kept in the folder `--out` and not trained again; a stage takes one to
two minutes on an accelerator, hours on two processors. What each gives on the pairs that are held back is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.linking.entailment import FILES
from pair_model import PairReader, from_weights, thinned
from pairs import LABELS, Pair, Rows, pairs

HERE = Path(__file__).parent
SEED = 0
OPSET = 17
KEPT_LAYERS = (0, 2, 4, 7, 9, 11)
SMOOTHED = 0.03  # of the labels
# How much of the error is to differ from the teacher, and what its log odds are divided by.
FROM_TEACHER, COOLED = 0.7, 1.5
WARMED = 0.06  # share of the steps until the full rate
HEADS_FASTER = 3.0  # what is new learns so many times as fast
TOKENS_READ = 24_000  # of a batch that nothing is learnt from
Soft = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stage:
    """How one network is trained: passes, rate, tokens a batch, and which share of the passages of scenes that are neither a pass takes."""

    passes: float
    rate: float
    tokens: int
    share: float


STAGES = {
    "teacher": Stage(3, 4e-5, 16_000, 0.45),
    "twelve": Stage(5, 2e-4, 24_000, 0.6),
    "six": Stage(4, 2e-4, 24_000, 0.6),
}


class Data:
    """The examples, those to learn from and those held back."""

    def __init__(self, examples: list[Pair], tokenizer: Tokenizer) -> None:
        self.rows = Rows(examples, tokenizer)
        self.labels = np.array([example.label for example in examples])
        held_back, drawn = (
            np.array([getattr(example, name) for example in examples], dtype=bool) for name in ("held_back", "drawn")
        )
        self.held_back = np.flatnonzero(held_back)
        self.always, self.sometimes = np.flatnonzero(~held_back & ~drawn), np.flatnonzero(~held_back & drawn)

    def a_pass(self, stage: Stage, rng: np.random.Generator) -> list[NDArray[np.int64]]:
        """The batches of one pass."""
        some = self.sometimes[rng.random(len(self.sometimes)) < stage.share]
        return self.rows.batches(np.concatenate([self.always, some]), stage.tokens, rng)


def given(rows: Rows, chosen: NDArray[np.int64]) -> list[Tensor]:
    """What the network takes of some examples, on the device that is trained on."""
    return [torch.from_numpy(array).to(torch.get_default_device()) for array in rows.batch(chosen)]


class Rule:
    """How a network is changed by its errors: at a rate that rises, then falls to nothing in so many steps, and is `faster` for what is nearest to the answer."""

    def __init__(self, reader: PairReader, rate: float, faster: float, steps: int) -> None:
        heads = ("pool", "answer", "side", "same")
        new = [p for name, p in reader.named_parameters() if name.startswith(heads)]
        old = [p for name, p in reader.named_parameters() if not name.startswith(heads)]
        groups = [{"params": new, "lr": rate * faster}, {"params": old, "lr": rate}]
        self.reader = reader
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        self.rates = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: min(1.0, (step + 1) / (WARMED * steps)) * (1 - step / steps)
        )

    def learn(self, loss: Tensor) -> None:
        """One step."""
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), 1.0)
        self.optimizer.step()
        self.rates.step()


def train(reader: PairReader, data: Data, stage: Stage, soft: Soft | None) -> None:
    """Train a network on the labels and, where there are some, on the probabilities of a teacher (n, labels)."""
    device = torch.get_default_device().type
    torch.manual_seed(SEED)
    rng = np.random.default_rng(SEED)
    steps = max(1, int(len(data.a_pass(stage, rng)) * stage.passes))
    rule = Rule(reader, stage.rate, HEADS_FASTER, steps)
    labels = torch.from_numpy(data.labels).to(torch.get_default_device())
    reader.train()
    step = 0
    while step < steps:
        for batch in data.a_pass(stage, rng)[: steps - step]:
            chosen = torch.from_numpy(batch).to(labels.device)
            with torch.autocast(device, torch.bfloat16):
                answers = reader(*given(data.rows, batch)).float()
            loss = F.cross_entropy(answers, labels[chosen], label_smoothing=SMOOTHED)
            if soft is not None:
                taught = torch.from_numpy(soft[batch]).to(labels.device)
                apart = -(taught * answers.log_softmax(-1)).sum(-1).mean()
                loss = (1 - FROM_TEACHER) * loss + FROM_TEACHER * apart
            rule.learn(loss)
            step += 1
            if step % 100 == 0:
                print(f"step {step} of {steps}: {loss.item():.3f}", flush=True)


@torch.no_grad()
def said(reader: PairReader, rows: Rows, chosen: NDArray[np.int64]) -> Soft:
    """The logits of a network for some examples."""
    reader.eval()
    answers = np.zeros((len(chosen), len(LABELS)), dtype=np.float32)
    place = {int(number): at for at, number in enumerate(chosen)}
    for batch in rows.batches(chosen, TOKENS_READ, np.random.default_rng(SEED)):
        answers[[place[int(number)] for number in batch]] = reader(*given(rows, batch)).float().cpu().numpy()
    return answers


def show(name: str, reader: PairReader, data: Data) -> None:
    """Print how much of what is held back a network tells rightly, and of each label its recall and precision."""
    told = said(reader, data.rows, data.held_back).argmax(1)
    labels = data.labels[data.held_back]
    each = []
    for number, label in enumerate(LABELS):
        right = ((told == number) & (labels == number)).sum()
        each.append(
            f"{label} {right / max(1, (labels == number).sum()):.2f}/{right / max(1, (told == number).sum()):.2f}"
        )
    print(f"{name}: {(told == labels).mean():.3f} of {len(labels)} right; {', '.join(each)}", flush=True)


def stage_of(name: str, begin: Callable[[], PairReader], data: Data, soft: Soft | None, folder: Path) -> PairReader:
    """The network of one stage, trained or as it was kept."""
    reader, kept = begin().to(torch.get_default_device()), folder / f"{name}.pt"
    if kept.exists():
        reader.load_state_dict(torch.load(kept, weights_only=True, map_location=torch.get_default_device()))
    else:
        train(reader, data, STAGES[name], soft)
        torch.save(reader.state_dict(), kept)
    show(name, reader, data)
    return reader


def export(reader: PairReader, tokenizer: Path, folder: Path) -> None:
    """Write the network with weights of eight bits, its tokenizer and their digests."""
    reader.eval()
    folder.mkdir(parents=True, exist_ok=True)
    names = ["ids", "side", "same", "mask"]
    example = (torch.ones(2, 16, dtype=torch.long),) * len(names)
    axes = {name: {0: "pairs", 1: "tokens"} for name in names} | {"logits": {0: "pairs"}}
    whole, path = folder / "pairs.fp32.onnx", folder / FILES[0]
    torch.onnx.export(
        reader,
        example,
        str(whole),
        input_names=names,
        output_names=["logits"],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.checker.check_model(str(whole))
    quantize_dynamic(
        whole, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
    )
    whole.unlink()
    shutil.copyfile(tokenizer, folder / FILES[1])
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    (folder / "digests.json").write_text(json.dumps(digests, indent=1) + "\n", "utf-8")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--weights", type=Path, required=True, help="folder with teacher/ and twelve/, as weights.py wrote them"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder that keeps the stages")
    parser.add_argument("--to", type=Path, required=True, help="folder of the files that ship")
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.weights / "twelve" / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    data = Data(pairs(HERE), tokenizer)
    torch.set_default_device("cuda" if torch.cuda.is_available() else "cpu")
    args.out.mkdir(parents=True, exist_ok=True)
    teacher = stage_of("teacher", lambda: from_weights(args.weights / "teacher"), data, None, args.out)
    logits = torch.from_numpy(said(teacher, data.rows, np.arange(len(data.labels))))
    soft = (logits / COOLED).softmax(-1).cpu().numpy()
    twelve = stage_of("twelve", lambda: from_weights(args.weights / "twelve"), data, soft, args.out)
    six = stage_of("six", lambda: thinned(twelve, KEPT_LAYERS), data, soft, args.out)
    torch.set_default_device("cpu")
    export(six.cpu(), args.weights / "twelve" / "tokenizer.json", args.to)


if __name__ == "__main__":
    main()
