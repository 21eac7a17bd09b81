"""Where does what somebody says begin and end? What the words on either side of a boundary tell, learnt from articles.

The network scores each word for itself, and so leaves off in the middle of a phrase. Here a linear chain over the words (Lafferty, McCallum and
Pereira 2001) weighs its scores against the boundaries: which words begin, end or cut through a content, as grammar and quotation marks
stand there, and as they hang on the cue. The weights are made by `training/edges/fit.py`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from onrecord.reading.quotations import quotations

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

# Words of these kinds (Universal Dependencies) stand for themselves, the others for their kind.
_CLOSED = frozenset(["ADP", "SCONJ", "CCONJ", "PUNCT", "ADV", "DET", "PRON", "PART", "AUX"])
# Scores beyond this say no more.
SUREST = 30.0
Three = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What speaks for beginning, for ending and for going on at a boundary: `of` each feature, and `bare` at any. A word within
    a content counts `score` times the log odds that the network gives it, and `word` besides."""

    of: Mapping[str, Three]
    bare: Three
    score: float
    word: float


@cache
def weights() -> Weights:
    """The weights that ship with the package."""
    read = json.loads(resources.files(__package__).joinpath("edges.json").read_text("utf-8"))
    of = {name: (a, b, c) for name, (a, b, c) in read["of"].items()}
    return Weights(of=of, bare=tuple(read["bare"]), score=read["score"], word=read["word"])


class Boundaries:
    """The boundaries between the words of a parsed piece; boundary `i` lies before word `i`."""

    def __init__(self, doc: Doc) -> None:
        """Nothing is looked at before it is asked for."""
        self._doc = doc
        self._quoted = np.zeros(len(doc) + 1, dtype=bool)
        for start, end in quotations(doc):
            self._quoted[start:end] = True
        self._anywhere: dict[int, tuple[list[str], str]] = {}

    def features(
        self, first: int, last: int, *, head: int, cue: Collection[int], source: Collection[int]
    ) -> list[list[str]]:
        """The features of the boundaries from `first` to `last`, both included, as seen from a cue with this head."""
        branch = _Branches(self._doc, head)
        before = min(cue)
        return [self._seen_from(i, branch, "<" if i <= before else ">", cue, source) for i in range(first, last + 1)]

    def _seen_from(
        self, i: int, branch: _Branches, side: str, cue: Collection[int], source: Collection[int]
    ) -> list[str]:
        doc = self._doc
        if i in (0, len(doc)):
            return ["edge"]
        found, starting = self._known(i)
        one, other = branch.of(i - 1), branch.of(i)
        quoted = f"{side}q{self._quoted[i - 1]:d}{self._quoted[i]:d}"
        seen = [
            *found,
            f"{side}A={_word(doc[i - 1])}",
            f"{side}B={_word(doc[i])}",
            f"ba={one}",
            f"bb={other}",
            f"br={one}|{other}" if one != other else "br=same",
            f"{starting}:{other}",
            f"{quoted}P" if doc[i].is_punct else quoted,
        ]
        near = ((i in cue, "bcue"), (i - 1 in cue, "acue"), (i in source, "bsrc"), (i - 1 in source, "asrc"))
        return seen + [name for there, name in near if there] + ([f"sent{side}"] if doc[i].is_sent_start else [])

    def _known(self, i: int) -> tuple[list[str], str]:
        """What is so whoever's words it is, and the phrase that starts there."""
        if i not in self._anywhere:
            self._anywhere[i] = _anywhere(self._doc[i - 1], self._doc[i], self._quoted[i - 1 : i + 1])
        return self._anywhere[i]


def _anywhere(a: Token, b: Token, quoted: NDArray[np.bool_]) -> tuple[list[str], str]:
    starts = b
    while starts.head.i != starts.i and starts.head.left_edge.i >= b.i:
        starts = starts.head
    ends = a
    while ends.head.i != ends.i and ends.head.right_edge.i <= a.i:
        ends = ends.head
    starting = f"st={starts.dep_}{'L' if starts.head.i < b.i else 'R'}"
    found = [
        f"A={_word(a)}",
        f"B={_word(b)}",
        f"AB={a.pos_}{b.pos_}",
        f"ad={a.dep_}",
        f"bd={b.dep_}",
        starting if starts.left_edge.i == b.i else f"{starting}!",
        f"en={ends.dep_}{'R' if ends.head.i >= b.i else 'L'}",
        f"q{quoted[0]:d}{quoted[1]:d}",
    ]
    found += [f"bL={b.dep_}"] if b.head.i < b.i else []
    found += [f"aR={a.dep_}"] if a.head.i >= b.i else []
    found += ["sent"] if b.is_sent_start else []
    return found, starting


def _word(token: Token) -> str:
    return token.lower_ if token.pos_ in _CLOSED else token.pos_


class _Branches:
    """How the words of a piece hang on the head of a cue: by which of its dependents, or by what above it."""

    def __init__(self, doc: Doc, head: int) -> None:
        self._doc, self._head = doc, head
        self._above = {t.i for t in doc[head].ancestors}
        self._known: dict[int, str] = {head: "CUE", **dict.fromkeys(self._above, "above")}

    def of(self, i: int) -> str:
        """The function of the dependent of the cue, or of what it hangs on, to whose phrase a word belongs."""
        path: list[int] = []
        token = self._doc[i]
        while token.i not in self._known:
            path.append(token.i)
            if token.head.i == self._head:
                self._known[token.i] = token.dep_
            elif token.head.i in self._above or token.head.i == token.i:
                self._known[token.i] = f"up:{token.dep_}"
            else:
                token = token.head
        found = self._known[token.i]
        self._known |= dict.fromkeys(path, found)
        return found


def best_runs(gains: NDArray[np.float64], boundaries: Sequence[Sequence[str]], given: Weights) -> list[int]:
    """The positions of the likeliest runs (Viterbi's algorithm). `gains` are the log odds of n positions, `boundaries` the features of the
    n + 1 boundaries around and between them.

    >>> plain = Weights(of={"cut": (0.0, 0.0, -4.0)}, bare=(-2.0, 0.0, 0.0), score=1.0, word=0.0)
    >>> best_runs(np.array([3.0, 3.0, -1.0, 1.0]), [[], [], ["cut"], [], []], plain)
    [0, 1]
    """
    begins, ends, goes_on = zip(*(_weighed(features, given) for features in boundaries), strict=True)
    outside, inside = 0.0, -np.inf
    opened: list[bool] = []  # where inside: whether the run begins here
    closed: list[bool] = []  # where outside: whether a run has just ended
    for at, gain in enumerate((given.score * np.clip(gains, -SUREST, SUREST) + given.word).tolist()):
        opened.append(outside + begins[at] > inside + goes_on[at])
        closed.append(inside + ends[at] > outside)
        outside, inside = max(outside, inside + ends[at]), max(outside + begins[at], inside + goes_on[at]) + gain
    chosen: list[int] = []
    within = inside + ends[-1] > outside
    for at in range(len(gains) - 1, -1, -1):
        if within:
            chosen.append(at)
            within = not opened[at]
        else:
            within = closed[at]
    return chosen[::-1]


def _weighed(features: Sequence[str], given: Weights) -> Three:
    begin, end, go_on = given.bare
    for name in features:
        found = given.of.get(name)
        if found is not None:
            begin, end, go_on = begin + found[0], end + found[1], go_on + found[2]
    return begin, end, go_on
