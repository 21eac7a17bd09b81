#!/usr/bin/env python3
"""Fit the head of factuality anew over an encoder that stays as it is, on sentences as they stand in a text.

    python training/factual.py --data ../shared/data --weights FOLDER --from build/reader --to build/reader

Two processors do it in a quarter of an hour: the encoder reads the sentences PASSES times, each time in other rows, and two linear maps are fitted to
its states. What else the reader says stays as it was, to the bit.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from batch import Batch
from corpora import batches, factuality_examples, rows, untokenised
from measure import measured
from model import SCHEMES, SHAPES, Reader
from parses import Parses

SEED = 11
PASSES = 4
TOKENS = 4000  # of a batch for the encoder
TOGETHER, ROUNDS, RATE, DECAY = 512, 12, 1e-3, 0.01
# What an event of each scheme counts: UDS-IH2 has more than the others together.
COUNTS = {"uw": 1.0, "uds": 0.7, "meantime": 1.5}


def fit(reader: Reader, parses: Parses, data: Path) -> None:
    """Fit the two maps of factuality to the scored sentences of all schemes, each weighed by COUNTS."""
    sentences = [
        row | {"scheme": number}
        for number, scheme in enumerate(SCHEMES)
        for row in rows(data / "factuality" / f"{scheme}_train.jsonl")
    ]
    texts = [row["text"] for row in sentences]
    parses.learn([*texts, *(untokenised(text)[0] for text in texts)])
    _fit_scores(reader, *_scored_states(reader, sentences, parses))


@torch.no_grad()
def _scored_states(reader: Reader, sentences: list[dict[str, object]], parses: Parses) -> tuple[Tensor, Tensor, Tensor]:
    """The states of all scored events (n, width) in PASSES passes, with the number of the scheme and the score of each (n,)."""
    reader.eval()
    states: list[Tensor] = []
    known: list[tuple[int, float]] = []
    for number in range(PASSES):
        rng = random.Random(f"{SEED} {number}")
        for batch in batches(factuality_examples(sentences, parses, rng), TOKENS, rng):
            x = Batch(batch).states(reader)
            for row, example in enumerate(batch):
                states += [x[row, at + 1] for at, _ in example.factual]
                known += [(example.scheme, score) for _, score in example.factual]
        print(f"pass {number + 1} of {PASSES}: {len(known)} events read", flush=True)
    schemes, scores = zip(*known, strict=True)
    return torch.stack(states), torch.tensor(schemes), torch.tensor(scores, dtype=torch.float32)


def _fit_scores(reader: Reader, states: Tensor, schemes: Tensor, scores: Tensor) -> None:
    encoder = reader.encoder
    for part in (encoder.factual_1, encoder.factual_2):
        nn.init.kaiming_uniform_(part.weight, a=5**0.5)
        nn.init.zeros_(part.bias)
    parameters = [*encoder.factual_1.parameters(), *encoder.factual_2.parameters()]
    optimizer = torch.optim.AdamW(parameters, RATE, weight_decay=DECAY)
    counts = torch.tensor([COUNTS[scheme] for scheme in SCHEMES])
    steps = ROUNDS * len(scores) // TOGETHER
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - step / steps)
        drawn = torch.randint(0, len(scores), (TOGETHER,))
        hidden = F.dropout(F.gelu(encoder.factual_1(states[drawn])), 0.2)
        given = encoder.factual_2(hidden)[torch.arange(TOGETHER), schemes[drawn]]
        loss = (counts[schemes[drawn]] * F.smooth_l1_loss(given, scores[drawn], reduction="none")).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with factuality/ and attribution/")
    parser.add_argument("--weights", type=Path, required=True, help="folder that weights.py wrote")
    parser.add_argument("--parses", type=Path, default=Path("build/parses.pickle"), help="file that keeps the parses")
    parser.add_argument("--from", dest="run", type=Path, required=True, help="folder of the checkpoint")
    parser.add_argument("--to", type=Path, required=True, help="folder for the new one")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    state = torch.load(args.run / "checkpoint.pt", weights_only=True)
    reader = Reader(SHAPES[state["shape"]])
    reader.load_state_dict(state["averaged"])
    tokenizer = Tokenizer.from_file(str(args.weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    parses = Parses(tokenizer, args.parses)
    fit(reader, parses, args.data)
    args.to.mkdir(parents=True, exist_ok=True)
    torch.save(state | {"averaged": reader.state_dict()}, args.to / "checkpoint.new")
    (args.to / "checkpoint.new").replace(args.to / "checkpoint.pt")
    (args.to / "state.json").write_bytes((args.run / "state.json").read_bytes())
    measured(reader, parses, args.data)


if __name__ == "__main__":
    main()
