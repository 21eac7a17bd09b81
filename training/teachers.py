"""Larger readers that a small one learns from.

Each teacher was trained without one fold of the texts (`train.py --without`), and speaks of that fold alone: of texts that it has learnt by heart it
would say what their labels say. Of texts that nobody labelled all teachers speak, and their probabilities are averaged. (Distillation:
Hinton, Vinyals and Dean 2015; out-of-fold answers as in stacking, Wolpert 1992.)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from batch import Batch, Look, marks
from corpora import FOLDS, UNLABELLED, Example
from model import SHAPES, Reader


@dataclass(frozen=True, slots=True)
class Taught:
    """What teachers say of a batch: probabilities of cue tags and of name tags (windows, tokens, tags), and factuality in the schemes."""

    cue: Tensor
    name: Tensor
    factual: Tensor
    states: list[tuple[Reader, Tensor]]


class Teachers:
    """The teachers of all folds: checkpoints of `train.py` in folders, in the order of the folds that each has not seen."""

    def __init__(self, folders: list[Path]) -> None:
        self.readers: list[Reader] = []
        for folder in folders:
            state = torch.load(folder / "checkpoint.pt", weights_only=True, map_location=torch.get_default_device())
            reader = Reader(SHAPES[state["shape"]])
            reader.load_state_dict(state["averaged"])
            self.readers.append(reader.to(torch.get_default_device()).eval().requires_grad_(requires_grad=False))

    def of(self, examples: list[Example]) -> list[Reader]:
        """Those who have not seen the texts of a batch; all, where they are not one a fold."""
        fold = examples[0].fold
        return [self.readers[fold]] if len(self.readers) == FOLDS and fold != UNLABELLED else self.readers

    @torch.no_grad()
    def say(self, examples: list[Example]) -> Taught:
        """What they say of whole windows, read as they are, with no word hidden."""
        batch = Batch(examples, plain=True)
        states = [(reader, batch.states(reader)) for reader in self.of(examples)]
        answers = [reader.encoder.answers(x) for reader, x in states]
        cues, names, factual, _ = (torch.stack([one.float() for one in some]) for some in zip(*answers, strict=True))
        return Taught(cues.softmax(-1).mean(0), names.softmax(-1).mean(0), factual.mean(0), states)

    @torch.no_grad()
    def look(self, taught: Taught, examples: list[Example], looks: list[Look]) -> tuple[Tensor, Tensor, Tensor]:
        """What they say at second looks: probabilities of roles (looks, tokens, 3), that the cue is one (looks,), and of acts (looks, 11)."""
        rows, at, *rest = marks(examples, looks, plain=True)
        answers = [reader.second(x[rows, at], *rest) for reader, x in taught.states]
        roles, cues, acts = (torch.stack([one.float() for one in some]) for some in zip(*answers, strict=True))
        return roles.softmax(-1).mean(0), F.sigmoid(cues).mean(0), acts.softmax(-1).mean(0)
