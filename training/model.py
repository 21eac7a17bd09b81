"""The trained reader as PyTorch modules: an encoder over a window of text, and a second look for each cue.

`Encoder` reads a window once: transformer layers that start from published weights (see `weights.py`), then one linear head a question
(where are cues, how factual is each word, what do names name, which mention goes with which).
`SecondLook` reads the encoder's states again with one cue marked, and says for every token whether it belongs to the
source or the content of that cue, whether the cue is one at all, and what the source does with it (the act).

The shape that ships is small; `teacher` is the shape of the larger readers that it learns from (`teachers.py`).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.reading.syntax import BRANCHES, FUNCTION_NUMBERS, TAG_NUMBERS
from onrecord.reading.tokens import CASES, GAPS

VOCABULARY, POSITIONS = 30522, 512
CUE_TAGS = ("O", "B", "I")
ROLES = ("neither", "source", "content")
NAME_TAGS = ("O", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place")
SCHEMES = ("uw", "uds", "meantime")
ACTS = (
    "asserts",
    "confirms",
    "denies",
    "doubts",
    "could not verify",
    "declines to comment",
    "predicts",
    "threatens or promises",
    "demands",
    "asks",
    "opines",
)
LINK = 64  # numbers that a mention is compared by
DISTANCES = 32  # buckets of the distance from the cue, on either side
DROPPED = 0.1
TIES = 3  # what two tokens are to each other: head, dependent, dependents of one head
LOOKING = 2  # layers of the second look


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a reader is. `buckets` of relative positions shift what the heads attend to, as in MPNet; 0 for none, as in BERT."""

    width: int
    layers: int
    heads: int = 12
    buckets: int = 0
    epsilon: float = 1e-12


SHAPES = {
    "six": Shape(384, 6),
    "twelve": Shape(384, 12),
    "teacher": Shape(768, 12, buckets=32, epsilon=1e-5),
}


class Dropout(nn.Module):
    """Dropout with one mask for all windows of a batch: drawing the numbers is what costs."""

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        kept = torch.rand(x.shape[1:], device=x.device) >= DROPPED
        return x * (kept / (1 - DROPPED)).to(x.dtype)


def ties(heads: Tensor, mask: Tensor, dtype: torch.dtype) -> Tensor:
    """What each pair of tokens is to each other, and which are padding: (batch, TIES + 1, tokens * tokens) of (batch, tokens)."""
    batch, length = heads.shape
    own = torch.arange(length, device=heads.device)
    others = own[:, None] != own[None]
    up = (heads[:, :, None] == own) & others
    same = (heads[:, :, None] == heads[:, None]) & others & ~up & ~up.transpose(1, 2)
    padding = (mask[:, None] == 0).expand(batch, length, length)
    return torch.stack([up, up.transpose(1, 2), same, padding], 1).to(dtype).flatten(2)


def relative_buckets(length: int, buckets: int, farthest: int = 128) -> Tensor:
    """The bucket of each key as seen from each query, (length, length): exact when near, by logarithm up to `farthest` (MPNet, T5).

    >>> relative_buckets(3, 32).tolist()
    [[0, 17, 18], [1, 0, 17], [2, 1, 0]]
    """
    own = torch.arange(length)
    away = own[None] - own[:, None]
    half, exact = buckets // 2, buckets // 4
    size = away.abs()
    far = exact + (torch.log(size.clamp(min=1) / exact) / math.log(farthest / exact) * (half - exact)).long()
    return half * (away > 0).long() + torch.where(size < exact, size, far.clamp(max=half - 1))


class Layer(nn.Module):
    """One transformer layer, with the norms behind (as BERT has them). Its heads learn how much each tie of the parse draws them."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm_1 = nn.LayerNorm(width, eps=shape.epsilon)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.norm_2 = nn.LayerNorm(width, eps=shape.epsilon)
        self.drop = Dropout()
        self.drawn = nn.Parameter(torch.zeros(shape.heads, TIES))
        self.register_buffer("barred", torch.full((shape.heads, 1), -1e4), persistent=False)

    def forward(self, x: Tensor, tied: Tensor, shift: Tensor | None) -> Tensor:
        """`x` is (batch, tokens, width); `tied` what `ties` gives; `shift` (heads, tokens, tokens) by relative position."""
        batch, length, width = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        # Written out: on a CPU this trains faster than the fused kernel.
        drawn = (torch.cat([self.drawn, self.barred], 1) @ tied).view(batch, self.heads, length, length)
        likeness = qkv[0] @ qkv[1].transpose(-1, -2) * (width // self.heads) ** -0.5 + drawn
        if shift is not None:
            likeness = likeness + shift
        mixed = likeness.softmax(-1).to(qkv.dtype) @ qkv[2]
        x = self.norm_1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(batch, length, width))))
        return self.norm_2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Layers(nn.Module):
    """Layers one after another, over tokens with their heads in the parse."""

    def __init__(self, shape: Shape, number: int) -> None:
        super().__init__()
        self.each = nn.ModuleList(Layer(shape) for _ in range(number))
        self.relative = nn.Embedding(shape.buckets, shape.heads) if shape.buckets else None

    def forward(self, x: Tensor, heads: Tensor, mask: Tensor) -> Tensor:
        tied, shift = ties(heads, mask, x.dtype), None
        if self.relative is not None:
            buckets = relative_buckets(x.shape[1], self.relative.num_embeddings).to(x.device)
            shift = self.relative(buckets).permute(2, 0, 1)
        for layer in self.each:
            x = layer(x, tied, shift)
        return x


class Encoder(nn.Module):
    """A window of text -> states, and the answers that need no cue."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.word = nn.Embedding(VOCABULARY, width)
        self.position = nn.Embedding(POSITIONS, width)
        self.case = nn.Embedding(CASES, width)
        self.gap = nn.Embedding(GAPS, width)
        self.tag = nn.Embedding(TAG_NUMBERS, width)
        self.function = nn.Embedding(FUNCTION_NUMBERS, width)
        self.norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.drop = Dropout()
        self.layers = Layers(shape, shape.layers)
        self.cue = nn.Linear(width, len(CUE_TAGS))
        self.name = nn.Linear(width, len(NAME_TAGS))
        self.factual_1 = nn.Linear(width, 256)
        self.factual_2 = nn.Linear(256, len(SCHEMES))
        # A mention is what its first token gives plus what its last gives; one pair for the mention, one for its antecedent.
        self.links = nn.Linear(width, 4 * LINK)
        for added in (self.case, self.gap, self.tag, self.function):
            nn.init.zeros_(added.weight)

    def states(
        self,
        ids: Tensor,
        cases: Tensor,
        gaps: Tensor,
        tags: Tensor,
        functions: Tensor,
        heads: Tensor,
        mask: Tensor,
        first: int = 0,
    ) -> Tensor:
        """(batch, tokens, width) of seven (batch, tokens); `mask` is 1 for a token, 0 for padding. `first` is the position that
        the window is given to begin at."""
        places = first + torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(places)[None] + self.case(cases) + self.gap(gaps)
        x = self.drop(self.norm(x + self.tag(tags) + self.function(functions)))
        return self.layers(x, heads, mask)

    def answers(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Cue tags, name tags, factuality in the three schemes, and link vectors, of states."""
        factual = self.factual_2(self.drop(F.gelu(self.factual_1(x))))
        return self.cue(x), self.name(x), factual, self.links(x)

    def forward(self, *tokens: Tensor) -> tuple[Tensor, ...]:
        """The states, and the answers, of what `states` takes."""
        x = self.states(*tokens)
        return (x, *self.answers(x))


class SecondLook(nn.Module):
    """States around one cue -> the role of each token, whether it is a cue, and the act."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.marked = nn.Embedding(2, width)
        self.distance = nn.Embedding(2 * DISTANCES + 1, width)
        self.branch = nn.Embedding(BRANCHES, width)
        self.norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.layers = Layers(shape, LOOKING)
        self.role = nn.Linear(width, len(ROLES))
        self.judge = nn.Linear(2 * width, width)
        self.drop = Dropout()
        self.is_cue = nn.Linear(width, 1)
        self.act = nn.Linear(width, len(ACTS))
        for added in (self.marked, self.distance, self.branch):
            nn.init.normal_(added.weight, std=0.02)

    def forward(
        self, x: Tensor, marked: Tensor, distance: Tensor, mask: Tensor, heads: Tensor, branch: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """`x` (cues, tokens, width); `marked` 1 on the cue; `distance` buckets; `mask` 1 for a token; `heads` within the look;
        `branch` as seen from the cue: each (cues, tokens).

        Gives roles (cues, tokens, 3), the cue's logit (cues,), and acts (cues, 11).
        """
        x = self.norm(x + self.marked(marked) + self.distance(distance) + self.branch(branch))
        x = self.layers(x, heads, mask)
        roles = self.role(x)
        on_cue = marked.to(x.dtype)[..., None]
        cue = (x * on_cue).sum(1) / on_cue.sum(1).clamp(min=1)
        share = roles.softmax(-1)[..., 2:3].to(x.dtype) * mask.to(x.dtype)[..., None]
        content = (x * share).sum(1) / (share.sum(1) + 1)
        judged = self.drop(F.gelu(self.judge(torch.cat([cue, content], -1))))
        return roles, self.is_cue(judged)[:, 0], self.act(judged)


class Reader(nn.Module):
    """Both parts, so that one file holds one checkpoint."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.second = SecondLook(shape)


def from_weights(folder: Path) -> Reader:
    """A reader whose encoder starts from the weights in a folder, and its second look from the last layers of them."""
    shape = SHAPES[json.loads((folder / "config.json").read_text("utf-8"))["shape"]]
    given = load_file(folder / "model.safetensors")
    reader = Reader(shape)
    encoder = reader.encoder
    own = {
        encoder.word.weight: given["word"],
        encoder.position.weight: given["position"],
        encoder.norm.weight: given["norm.weight"],
        encoder.norm.bias: given["norm.bias"],
    }
    for number, layer in enumerate(encoder.layers.each):
        own |= _layer(given, number, layer)
    for number, layer in enumerate(reader.second.layers.each):
        own |= _layer(given, shape.layers - LOOKING + number, layer)
    for layers in (encoder.layers, reader.second.layers):
        if layers.relative is not None:
            own[layers.relative.weight] = given["relative"]
    with torch.no_grad():
        for mine, theirs in own.items():
            mine.copy_(theirs)
    return reader


def _layer(given: dict[str, Tensor], number: int, layer: nn.Module) -> dict[Tensor, Tensor]:
    return {
        getattr(getattr(layer, part), what): given[f"layers.{number}.{part}.{what}"]
        for part in ("qkv", "out", "norm_1", "up", "down", "norm_2")
        for what in ("weight", "bias")
    }
