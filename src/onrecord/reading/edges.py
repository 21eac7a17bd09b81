"""Where does what somebody says begin and end? What the words on either side of a boundary tell, learnt from articles.

The network scores each word for itself, and so leaves off in the middle of a phrase. Here a linear chain over the words (Lafferty, McCallum and
Pereira 2001) weighs its scores against the boundaries: which words begin, end or cut through a content, as grammar and quotation marks
stand there, and as they hang on the cue. The weights are made by `training/edges/fit.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
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
# Some features of a boundary: what they depend on, and how to look them up.
_Part = tuple[Hashable, Callable[[], list[str]]]


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
    """The boundaries between the words of a parsed piece; boundary `i` lies before word `i`.

    They are seen from many cues, and most of what is seen is the same from each: it is looked at, and weighed, once.
    """

    def __init__(self, doc: Doc, given: Weights) -> None:
        """Nothing is looked at before it is asked for. `given` are the weights to weigh with."""
        self._doc = doc
        self._quoted = np.zeros(len(doc) + 1, dtype=bool)
        for start, end in quotations(doc):
            self._quoted[start:end] = True
        self._given = given
        self._anywhere: dict[int, tuple[list[str], str]] = {}
        self._weighed: dict[Hashable, Three] = {}

    def features(
        self, first: int, last: int, *, head: int, cue: Collection[int], source: Collection[int]
    ) -> list[list[str]]:
        """The features of the boundaries from `first` to `last`, both included, as seen from a cue with this head."""
        parts = self._parts(first, last, head, cue, source)
        return [[name for _, names in of_one for name in names()] for of_one in parts]

    def weighed(
        self, first: int, last: int, *, head: int, cue: Collection[int], source: Collection[int]
    ) -> list[Three]:
        """What speaks for beginning, ending and going on at each of the boundaries that `features` tells of."""
        given, known = self._given, self._weighed
        found: list[Three] = []
        for of_one in self._parts(first, last, head, cue, source):
            begin, end, go_on = given.bare
            for key, names in of_one:
                if key not in known:
                    known[key] = _sum(names(), given)
                some = known[key]
                begin, end, go_on = begin + some[0], end + some[1], go_on + some[2]
            found.append((begin, end, go_on))
        return found

    def _parts(
        self, first: int, last: int, head: int, cue: Collection[int], source: Collection[int]
    ) -> Iterator[list[_Part]]:
        """For each boundary its features in parts, each with what they depend on."""
        branch, before, near = _Branches(self._doc, head), min(cue), {*cue, *source}
        for i in range(first, last + 1):
            if i in (0, len(self._doc)):
                yield [("edge", lambda: ["edge"])]
                continue
            side = "<" if i <= before else ">"
            one, other = branch.of(i - 1), branch.of(i)
            parts: list[_Part] = [
                ((i, side), partial(self._from_side, i, side)),
                ((one, other), partial(_between, one, other)),
                ((i, other), partial(self._starting, i, other)),
            ]
            if i in near or i - 1 in near:
                beside = (i in cue, i - 1 in cue, i in source, i - 1 in source)
                parts.append((beside, partial(_beside, beside)))
            yield parts

    def _from_side(self, i: int, side: str) -> list[str]:
        """What is so of a boundary before (`<`) or behind a cue, whatever else the cue is."""
        doc = self._doc
        quoted = f"{side}q{self._quoted[i - 1]:d}{self._quoted[i]:d}"
        return [
            *self._known(i)[0],
            f"{side}A={_word(doc[i - 1])}",
            f"{side}B={_word(doc[i])}",
            f"{quoted}P" if doc[i].is_punct else quoted,
            *([f"sent{side}"] if doc[i].is_sent_start else []),
        ]

    def _starting(self, i: int, branch: str) -> list[str]:
        return [f"{self._known(i)[1]}:{branch}"]

    def _known(self, i: int) -> tuple[list[str], str]:
        """What is so whoever's words it is, and the phrase that starts there."""
        if i not in self._anywhere:
            self._anywhere[i] = _anywhere(self._doc[i - 1], self._doc[i], self._quoted[i - 1 : i + 1])
        return self._anywhere[i]


def _between(one: str, other: str) -> list[str]:
    """The branches on either side of a boundary."""
    return [f"ba={one}", f"bb={other}", f"br={one}|{other}" if one != other else "br=same"]


def _beside(near: tuple[bool, bool, bool, bool]) -> list[str]:
    """Whether the cue, or the source, stands behind a boundary and before it."""
    return [name for there, name in zip(near, ("bcue", "acue", "bsrc", "asrc"), strict=True) if there]


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


def best_runs(gains: NDArray[np.float64], boundaries: Sequence[Three], given: Weights) -> list[int]:
    """The positions of the likeliest runs (Viterbi's algorithm). `gains` are the log odds of n positions, `boundaries` what speaks for beginning,
    ending and going on at the n + 1 boundaries around and between them.

    >>> plain = Weights(of={}, bare=(-2.0, 0.0, 0.0), score=1.0, word=0.0)
    >>> bare, cut = plain.bare, (-2.0, 0.0, -4.0)
    >>> best_runs(np.array([3.0, 3.0, -1.0, 1.0]), [bare, bare, cut, bare, bare], plain)
    [0, 1]
    """
    outside, inside = 0.0, -np.inf
    opened: list[bool] = []  # where inside: whether the run begins here
    closed: list[bool] = []  # where outside: whether a run has just ended
    scores = (given.score * np.clip(gains, -SUREST, SUREST) + given.word).tolist()
    for gain, (begins, ends, goes_on) in zip(scores, boundaries[:-1], strict=True):
        opened.append(outside + begins > inside + goes_on)
        closed.append(inside + ends > outside)
        outside, inside = max(outside, inside + ends), max(outside + begins, inside + goes_on) + gain
    chosen: list[int] = []
    within = inside + boundaries[-1][1] > outside
    for at in range(len(gains) - 1, -1, -1):
        if within:
            chosen.append(at)
            within = not opened[at]
        else:
            within = closed[at]
    return chosen[::-1]


def weighed(features: Sequence[str], given: Weights) -> Three:
    """What speaks for beginning, for ending and for going on at a boundary with these features."""
    begin, end, go_on = _sum(features, given)
    return begin + given.bare[0], end + given.bare[1], go_on + given.bare[2]


def _sum(features: Sequence[str], given: Weights) -> Three:
    found = [given.of[name] for name in features if name in given.of]
    begin, end, go_on = (sum(values) for values in zip(*found, strict=True)) if found else (0.0, 0.0, 0.0)
    return begin, end, go_on
