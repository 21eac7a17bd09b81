"""What each task counts as an error. Where there are teachers, half of it is to differ from them, and all where nobody has labelled."""

from __future__ import annotations

import random

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from batch import Batch, Look, labelled_looks, likely_looks, marks, roles_in, tensor
from corpora import UNLABELLED, Example
from model import LINK, Reader
from onrecord.reading.syntax import TAGS
from teachers import Teachers

WEIGHTS = {
    "cue": 1.0,
    "role": 1.0,
    "is_cue": 0.4,
    "factual": 0.25,
    "name": 0.3,
    "link": 0.3,
    "act": 0.3,
    "taught names": 0.15,
    "taught factual": 0.1,
    "taught act": 0.15,
}
MOST_LOOKS = 40 / 2100  # a token of a batch: short texts have more cues than time allows
LIKELY = 0.2  # what unlabelled words have to be, to the teachers, to be looked at as a cue
_VERBS = torch.tensor([tag.startswith("VB") for tag in ("", *TAGS)])
Losses = dict[str, Tensor]


def _mixed(logits: Tensor, gold: Tensor | None, soft: Tensor | None) -> Tensor:
    """The mean cross-entropy of (n, k) logits with n labels, with (n, k) probabilities, or half of each."""
    parts = []
    if gold is not None:
        parts.append(F.cross_entropy(logits, gold))
    if soft is not None:
        parts.append(-(soft * logits.log_softmax(-1)).sum(-1).mean())
    return torch.stack(parts).mean()


def attribution_loss(reader: Reader, examples: list[Example], rng: random.Random, teachers: Teachers | None) -> Losses:
    """Cue tags on every token, and the second looks at cues and at what seems to be one."""
    batch = Batch(examples)
    x = batch.states(reader, rng)
    cues, names, factual, _ = reader.encoder.answers(x)
    taught = teachers.say(examples) if teachers else None
    labelled = examples[0].fold != UNLABELLED
    gold = tensor(_cue_tags(examples, batch.shape))[batch.inside] if labelled else None
    losses = {"cue": _mixed(cues.float()[batch.inside], gold, taught.cue[batch.inside] if taught else None)}
    if taught:
        losses["taught names"] = _mixed(names.float()[batch.inside], None, taught.name[batch.inside])
        verbs = _VERBS.to(x.device)[batch.tokens[3]]
        if verbs.any():
            losses["taught factual"] = F.mse_loss(factual.float()[verbs], taught.factual[verbs])
    most = int(MOST_LOOKS * batch.shape[0] * batch.shape[1])
    if labelled or taught is None:
        looks = labelled_looks(examples, cues.detach().float().softmax(-1).cpu().numpy(), most, rng)
    else:
        looks = likely_looks(examples, taught.cue.cpu().numpy(), LIKELY, most, rng)
    if looks:
        soft = teachers.look(taught, examples, looks) if teachers and taught else None
        losses |= _second_loss(reader, x, examples, looks, soft)
    return losses


def _cue_tags(examples: list[Example], shape: tuple[int, int]) -> np.ndarray:
    tags = np.zeros(shape, dtype=np.int64)
    for row, e in enumerate(examples):
        for one in e.attributions or []:
            for start, end in one["cue"]:
                tags[row, start + 2 : end + 1] = 2
                tags[row, start + 1] = 1
    return tags


def _second_loss(
    reader: Reader, x: Tensor, examples: list[Example], looks: list[Look], soft: tuple[Tensor, Tensor, Tensor] | None
) -> Losses:
    rows, at, *rest = marks(examples, looks)
    roles, is_cue, acts = reader.second(x[rows, at], *rest)
    known = looks[0].known
    real = tensor(np.array([look.gold is not None for look in looks]))
    wanted = [real.float()] if known else []
    if soft is not None:
        wanted.append(soft[1])
        real = real if known else soft[1] > 0.5
    target = torch.stack(wanted).mean(0)
    losses = {"is_cue": F.binary_cross_entropy_with_logits(is_cue.float(), target)}
    counted = rest[2].bool() & real[:, None]
    gold = tensor(roles_in(looks, tuple(at.shape)))[counted] if known else None
    if counted.any():
        losses["role"] = _mixed(roles.float()[counted], gold, soft[0][counted] if soft else None)
    if soft is not None and real.any():
        losses["taught act"] = _mixed(acts.float()[real], None, soft[2][real])
    return losses


def factuality_loss(reader: Reader, examples: list[Example], rng: random.Random, teachers: Teachers | None) -> Losses:
    """How far scored events are from their score."""
    at = [(row, token + 1, e.scheme, score) for row, e in enumerate(examples) for token, score in e.factual]
    if not at:
        return {}
    row, token, scheme, score = (np.array(part) for part in zip(*at, strict=True))
    numbers = tuple(map(tensor, (row, token, scheme)))
    factual = reader.encoder.answers(Batch(examples).states(reader, rng))[2][numbers]
    wanted = tensor(score.astype(np.float32))
    if teachers:
        wanted = (wanted + teachers.say(examples).factual[numbers]) / 2
    return {"factual": F.mse_loss(factual.float(), wanted)}


def mention_loss(reader: Reader, examples: list[Example], rng: random.Random, _: Teachers | None) -> Losses:
    """Tags of names, and for each mention the links to its earlier ones."""
    batch = Batch(examples)
    _, names, _, links = reader.encoder.answers(batch.states(reader, rng))
    gold = np.full(batch.shape, -100)
    linked: list[Tensor] = []
    for row, e in enumerate(examples):
        gold[row, 1 : len(e) + 1] = e.names if e.names is not None else -100
        if len(e.mentions or []) > 1:
            linked.append(_link_loss(links[row, 1:].float(), np.array(e.mentions)))
    losses = {"name": F.cross_entropy(names.float().flatten(0, 1), tensor(gold).flatten(), ignore_index=-100)}
    if linked:
        losses["link"] = torch.cat(linked).mean()
    return losses


def _link_loss(links: Tensor, mentions: np.ndarray) -> Tensor:
    """For each mention, how unlikely the links to its own earlier mentions are (to none, where it is the first)."""
    first, last, cluster = (tensor(column) for column in (mentions[:, 0], mentions[:, 1] - 1, mentions[:, 2]))
    mine = links[first, :LINK] + links[last, LINK : 2 * LINK]
    theirs = links[first, 2 * LINK : 3 * LINK] + links[last, 3 * LINK :]
    scores = mine @ theirs.T / LINK**0.5
    earlier = torch.ones_like(scores).tril(-1).bool()
    scores = torch.cat([torch.zeros_like(scores[:, :1]), scores.masked_fill(~earlier, -1e4)], 1)
    same = (cluster[:, None] == cluster[None]) & earlier
    right = torch.cat([~same.any(1, keepdim=True), same], 1)
    return scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)


def act_loss(reader: Reader, examples: list[Example], rng: random.Random, teachers: Teachers | None) -> Losses:
    """What the source of a cue does with the content."""
    x = Batch(examples).states(reader, rng)
    looks = [Look(row, *e.cue, 0, len(e)) for row, e in enumerate(examples) if e.cue is not None]
    rows, at, *rest = marks(examples, looks)
    acts = reader.second(x[rows, at], *rest)[2]
    soft = teachers.look(teachers.say(examples), examples, looks)[2] if teachers else None
    return {"act": _mixed(acts.float(), tensor(np.array([e.act for e in examples])), soft)}


LOSSES = {
    "attribution": attribution_loss,
    "factuality": factuality_loss,
    "acts": act_loss,
    "mentions": mention_loss,
}
