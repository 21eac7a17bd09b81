"""Text -> the tokens that the trained reader sees: word pieces with their offsets, what their letters lose, and their grammar.

The vocabulary is in lower case and knows no line breaks. Capitals and breaks tell names and quotations apart, so both go
to the model beside the pieces, and what the parser makes of each word (`syntax.py`) with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from onrecord.reading.syntax import Syntax, of_pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

# What a token's letters are.
SMALL, CAPITAL, ALL_CAPITALS, DIGIT = range(4)
CASES = 4
# What stands before a token.
NOTHING, SPACE, LINE_END, PARAGRAPH = range(4)
GAPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The n tokens of a text, as arrays of length n.

    `ids` are vocabulary numbers, `starts` and `ends` half-open offsets in code points, `cases` one of SMALL, CAPITAL,
    ALL_CAPITALS, DIGIT, and `gaps` one of NOTHING, SPACE, LINE_END, PARAGRAPH: what stands before the token. `tags`, `functions`
    and `heads` are those of `syntax.of_pieces`.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    cases: NDArray[np.int64]
    gaps: NDArray[np.int64]
    tags: NDArray[np.int64]
    functions: NDArray[np.int64]
    heads: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, first: int, last: int) -> Tokens:
        """The tokens from number `first` on, before number `last`. One whose head is outside hangs on itself."""
        own, heads = np.arange(first, min(last, len(self))), self.heads[first:last]
        return Tokens(
            ids=self.ids[first:last],
            starts=self.starts[first:last],
            ends=self.ends[first:last],
            cases=self.cases[first:last],
            gaps=self.gaps[first:last],
            tags=self.tags[first:last],
            functions=self.functions[first:last],
            heads=np.where((heads >= first) & (heads < last), heads, own) - first,
        )

    def unparsed(self) -> Tokens:
        """The same tokens as if the parser had said nothing of them."""
        nothing = np.zeros_like(self.tags)
        return replace(self, tags=nothing, functions=nothing, heads=np.arange(len(self)))


def tokens_of(text: str, tokenizer: Tokenizer, syntax: Syntax) -> Tokens:
    """The tokens of a text, in order, with the syntax of its words. The tokenizer must neither pad nor cut."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    offsets = encoded.offsets
    cases, gaps = [], []
    end = 0
    for number, (start, stop) in enumerate(offsets):
        cases.append(_case(text[start:stop]))
        gaps.append(_gap(text[end:start]) if number else PARAGRAPH)
        end = stop
    bounds = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    tags, functions, heads = of_pieces(syntax, bounds[:, 0])
    return Tokens(
        ids=np.array(encoded.ids, dtype=np.int64),
        starts=bounds[:, 0],
        ends=bounds[:, 1],
        cases=np.array(cases, dtype=np.int64),
        gaps=np.array(gaps, dtype=np.int64),
        tags=tags,
        functions=functions,
        heads=heads,
    )


def span_of(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """The half-open numbers of the tokens that a stretch of characters touches, always at least one where there are tokens."""
    first = min(int(np.searchsorted(tokens.ends, start, side="right")), max(0, len(tokens) - 1))
    return first, max(first + 1, int(np.searchsorted(tokens.starts, end, side="left")))


def _case(written: str) -> int:
    """
    >>> [_case(w) for w in ("said", "Said", "UN", "A", "12", ",")]
    [0, 1, 2, 1, 3, 0]
    """
    if written.isupper():
        return ALL_CAPITALS if len(written) > 1 else CAPITAL
    if written[:1].isupper():
        return CAPITAL
    return DIGIT if written[:1].isdigit() else SMALL


def _gap(between: str) -> int:
    """
    >>> [_gap(g) for g in ("", " ", " \\n", "\\n\\n")]
    [0, 1, 2, 3]
    """
    if not between:
        return NOTHING
    breaks = between.count("\n")
    return SPACE if not breaks else LINE_END if breaks == 1 else PARAGRAPH


# Distances from a cue go to the model in buckets: each of the first eight, then by halves of a doubling.
FARTHEST = 32


def distance_buckets(distances: NDArray[np.int64]) -> NDArray[np.int64]:
    """Signed distances in tokens as buckets from 0 to 2 * FARTHEST, FARTHEST for none.

    >>> distance_buckets(np.array([-500, -1, 0, 1, 8, 9, 16, 500])).tolist()
    [1, 31, 32, 33, 40, 40, 44, 63]
    """
    size = np.abs(distances)
    far = 8 + np.floor(4 * np.log2(np.maximum(size, 8) / 8)).astype(np.int64)
    bucket = np.minimum(np.where(size <= 8, size, far), FARTHEST)
    return np.where(distances < 0, FARTHEST - bucket, FARTHEST + bucket)
