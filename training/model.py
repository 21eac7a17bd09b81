"""The trained reader as PyTorch modules: an encoder over a window of text, and a second look for each cue.

`Encoder` reads a window once: twelve transformer layers that start from bge-small-en-v1.5 (see `weights.py`), then one linear head a question
(where are cues, how factual is each word, what do names name, which mention goes with which).
`SecondLook` reads the encoder's states again with one cue marked, and says for every token whether it belongs to the
source or the content of that cue, whether the cue is one at all, and what the source does with it (the act).
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.reading.syntax import BRANCHES, FUNCTION_NUMBERS, TAG_NUMBERS
from onrecord.reading.tokens import CASES, GAPS

WIDTH, HEADS, INNER, LAYERS, VOCABULARY, POSITIONS = 384, 12, 1536, 12, 30522, 512
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


class Layer(nn.Module):
    """One transformer layer, with the norms behind (as BERT has them). Its heads learn how much each tie of the parse draws them."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm_2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Dropout()
        self.drawn = nn.Parameter(torch.zeros(HEADS, TIES))
        self.register_buffer("barred", torch.full((HEADS, 1), -1e4), persistent=False)

    def forward(self, x: Tensor, tied: Tensor) -> Tensor:
        """`x` is (batch, tokens, WIDTH); `tied` what `ties` gives."""
        batch, length, _ = x.shape
        qkv = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: on a CPU this trains faster than the fused kernel.
        drawn = (torch.cat([self.drawn, self.barred], 1) @ tied).view(batch, HEADS, length, length)
        likeness = qkv[0] @ qkv[1].transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + drawn
        mixed = likeness.softmax(-1).to(qkv.dtype) @ qkv[2]
        x = self.norm_1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm_2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """A window of text -> states, and the answers that need no cue."""

    def __init__(self) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.case = nn.Embedding(CASES, WIDTH)
        self.gap = nn.Embedding(GAPS, WIDTH)
        self.tag = nn.Embedding(TAG_NUMBERS, WIDTH)
        self.function = nn.Embedding(FUNCTION_NUMBERS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Dropout()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.cue = nn.Linear(WIDTH, len(CUE_TAGS))
        self.name = nn.Linear(WIDTH, len(NAME_TAGS))
        self.factual_1 = nn.Linear(WIDTH, 256)
        self.factual_2 = nn.Linear(256, len(SCHEMES))
        # A mention is what its first token gives plus what its last gives; one pair for the mention, one for its antecedent.
        self.links = nn.Linear(WIDTH, 4 * LINK)
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
        """(batch, tokens, WIDTH) of seven (batch, tokens); `mask` is 1 for a token, 0 for padding. `first` is the position that
        the window is given to begin at."""
        places = first + torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(places)[None] + self.case(cases) + self.gap(gaps)
        x = self.drop(self.norm(x + self.tag(tags) + self.function(functions)))
        tied = ties(heads, mask, x.dtype)
        for layer in self.layers:
            x = layer(x, tied)
        return x

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

    def __init__(self, layers: int = 2) -> None:
        super().__init__()
        self.marked = nn.Embedding(2, WIDTH)
        self.distance = nn.Embedding(2 * DISTANCES + 1, WIDTH)
        self.branch = nn.Embedding(BRANCHES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.role = nn.Linear(WIDTH, len(ROLES))
        self.judge = nn.Linear(2 * WIDTH, WIDTH)
        self.drop = Dropout()
        self.is_cue = nn.Linear(WIDTH, 1)
        self.act = nn.Linear(WIDTH, len(ACTS))
        for added in (self.marked, self.distance, self.branch):
            nn.init.normal_(added.weight, std=0.02)

    def forward(
        self, x: Tensor, marked: Tensor, distance: Tensor, mask: Tensor, heads: Tensor, branch: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """`x` (cues, tokens, WIDTH); `marked` 1 on the cue; `distance` buckets; `mask` 1 for a token; `heads` within the look;
        `branch` as seen from the cue: each (cues, tokens).

        Gives roles (cues, tokens, 3), the cue's logit (cues,), and acts (cues, 11).
        """
        x = self.norm(x + self.marked(marked) + self.distance(distance) + self.branch(branch))
        tied = ties(heads, mask, x.dtype)
        for layer in self.layers:
            x = layer(x, tied)
        roles = self.role(x)
        on_cue = marked.to(x.dtype)[..., None]
        cue = (x * on_cue).sum(1) / on_cue.sum(1).clamp(min=1)
        share = roles.softmax(-1)[..., 2:3].to(x.dtype) * mask.to(x.dtype)[..., None]
        content = (x * share).sum(1) / (share.sum(1) + 1)
        judged = self.drop(F.gelu(self.judge(torch.cat([cue, content], -1))))
        return roles, self.is_cue(judged)[:, 0], self.act(judged)


class Reader(nn.Module):
    """Both parts, so that one file holds one checkpoint."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.second = SecondLook()


def from_weights(folder: Path) -> Reader:
    """A reader whose encoder starts from the weights in a folder, and its second look from the last two layers of them."""
    config = json.loads((folder / "config.json").read_text("utf-8"))
    if (config["hidden_size"], config["num_hidden_layers"], config["vocab_size"]) != (WIDTH, LAYERS, VOCABULARY):
        raise SystemExit(f"{folder}: not a {LAYERS}-layer encoder {WIDTH} wide; give the folder that weights.py wrote")
    given = load_file(folder / "model.safetensors")
    reader = Reader()
    encoder = reader.encoder
    embeddings = "embeddings"
    own = {
        encoder.word.weight: given[f"{embeddings}.word_embeddings.weight"],
        encoder.position.weight: given[f"{embeddings}.position_embeddings.weight"]
        + given[f"{embeddings}.token_type_embeddings.weight"][0],
        encoder.norm.weight: given[f"{embeddings}.LayerNorm.weight"],
        encoder.norm.bias: given[f"{embeddings}.LayerNorm.bias"],
    }
    for number, layer in enumerate(encoder.layers):
        own |= _layer(given, number, layer)
    for number, layer in enumerate(reader.second.layers):
        own |= _layer(given, LAYERS - len(reader.second.layers) + number, layer)
    with torch.no_grad():
        for mine, theirs in own.items():
            mine.copy_(theirs)
    return reader


def _layer(given: dict[str, Tensor], number: int, layer: nn.Module) -> dict[Tensor, Tensor]:
    at = f"encoder.layer.{number}"
    own: dict[Tensor, Tensor] = {}
    for what in ("weight", "bias"):
        own[getattr(layer.qkv, what)] = torch.cat(
            [given[f"{at}.attention.self.{part}.{what}"] for part in ("query", "key", "value")]
        )
        for mine, theirs in (
            (layer.out, "attention.output.dense"),
            (layer.norm_1, "attention.output.LayerNorm"),
            (layer.up, "intermediate.dense"),
            (layer.down, "output.dense"),
            (layer.norm_2, "output.LayerNorm"),
        ):
            own[getattr(mine, what)] = given[f"{at}.{theirs}.{what}"]
    return own
