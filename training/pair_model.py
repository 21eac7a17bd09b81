"""The network that reads a claim and a passage together, as a PyTorch module: an encoder over both, and one answer (LABELS of `pairs.py`) at its first token."""

from __future__ import annotations

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from model import POSITIONS, SHAPES, VOCABULARY, Layer, Shape, relative_buckets
from pairs import LABELS

PARTS = 3  # the claim, what stands around the content of the passage, and the content
DROPPED = 0.1


class PairLayer(Layer):
    """A layer of the reader's without the ties of a parse."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape)
        del self.drawn

    def forward(self, x: Tensor, barred: Tensor, shift: Tensor | None) -> Tensor:
        """`x` is (pairs, tokens, width); `barred` (pairs, 1, 1, tokens) far below 0 for padding; `shift` as in `model.Layer`."""
        pairs, length, width = x.shape
        qkv = self.qkv(x).view(pairs, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        likeness = qkv[0] @ qkv[1].transpose(-1, -2) * (width // self.heads) ** -0.5 + barred
        if shift is not None:
            likeness = likeness + shift
        mixed = likeness.softmax(-1).to(qkv.dtype) @ qkv[2]
        x = self.norm_1(x + self.hidden(self.out(mixed.transpose(1, 2).reshape(pairs, length, width))))
        return self.norm_2(x + self.hidden(self.down(F.gelu(self.up(x)))))

    def hidden(self, x: Tensor) -> Tensor:
        """Some numbers of states hidden in training."""
        return F.dropout(x, DROPPED, self.training)


class PairReader(nn.Module):
    """Pairs of claims and passages -> logits of LABELS."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.shape = shape
        self.word = nn.Embedding(VOCABULARY, width)
        self.position = nn.Embedding(POSITIONS, width)
        self.side = nn.Embedding(PARTS, width)
        self.same = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.each = nn.ModuleList(PairLayer(shape) for _ in range(shape.layers))
        self.relative = nn.Embedding(shape.buckets, shape.heads) if shape.buckets else None
        self.pool = nn.Linear(width, width)
        self.answer = nn.Linear(width, len(LABELS))
        for added in (self.side, self.same):
            nn.init.zeros_(added.weight)

    def forward(self, ids: Tensor, side: Tensor, same: Tensor, mask: Tensor) -> Tensor:
        """(pairs, labels) of four (pairs, tokens), as `linking/entailment.py` lays them out; `mask` is 1 for a token, 0 for padding."""
        length = ids.shape[1]
        x = self.word(ids) + self.position.weight[:length] + self.side(side) + self.same(same)
        x = F.dropout(self.norm(x), DROPPED, self.training)
        barred = (1 - mask.to(x.dtype))[:, None, None, :] * -1e4
        shift = None
        if self.relative is not None:
            buckets = relative_buckets(length, self.relative.num_embeddings).to(x.device)
            shift = self.relative(buckets).permute(2, 0, 1)
        for layer in self.each:
            x = layer(x, barred, shift)
        return self.answer(F.dropout(torch.tanh(self.pool(x[:, 0])), DROPPED, self.training))


def from_weights(folder: Path) -> PairReader:
    """A network that starts from the weights in a folder, as `weights.py` writes them."""
    reader = PairReader(SHAPES[json.loads((folder / "config.json").read_text("utf-8"))["shape"]])
    given = load_file(folder / "model.safetensors")
    own = {name.replace("each.", "layers."): tensor for name, tensor in reader.named_parameters()}
    theirs = {"word.weight": "word", "position.weight": "position", "relative.weight": "relative"}
    with torch.no_grad():
        for name, tensor in own.items():
            source = given.get(theirs.get(name, name))
            if source is not None:
                tensor[: len(source)].copy_(source[: len(tensor)])
    return reader


def thinned(reader: PairReader, kept: tuple[int, ...]) -> PairReader:
    """A network with only some of the layers of another."""
    smaller = PairReader(Shape(reader.shape.width, len(kept), reader.shape.heads, epsilon=reader.shape.epsilon))
    state = {name: tensor for name, tensor in reader.state_dict().items() if not name.startswith("each.")}
    for number, layer in enumerate(kept):
        state |= {f"each.{number}.{name}": tensor for name, tensor in reader.each[layer].state_dict().items()}
    smaller.load_state_dict(state)
    return smaller
