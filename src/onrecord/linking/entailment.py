"""Read together with a claim, does a passage bear it out or speak against it? Natural language inference by a small trained network.

Words in common say that two passages may be about one thing; whether the one can be so if the other is, they do not say: "rust had eaten the cables"
speaks against "the bridge was blown up". The network (`trained/`, made by `training/pair_train.py`, docs/decisions/0028) reads both, the passage with some of
the text before it, and gives four probabilities. It costs about four milliseconds a pair on two processors, so only what is near to a claim by its words is
read with it.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.errors import ModelError
from onrecord.records import Assertion, words_of
from onrecord.shipped import altered

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FILES = ("pairs.onnx", "tokenizer.json")
# What a passage can be to a claim, in the order of the network's answers.
LABELS = ("supports", "contradicts", "other figure", "neither")
# Tokens that are read of a claim, of the sentence of a passage, and of what stands before that, as in training.
CLAIM, SENTENCE, BEFORE = 40, 64, 32
# Letters before a sentence of which those tokens are the last.
LETTERS_BEFORE = 240
_START, _END, _PLAIN = 101, 102, 1012  # tokens up to the last are marks and single letters
_OUTSIDE, _INSIDE = 1, 2  # what a passage does not put forward, and what it does


@dataclass(frozen=True, slots=True)
class Passage:
    """What an assertion puts forward, where it stands: the text before its sentence, and the sentence in pieces, each with whether it is of the content."""

    before: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Entailment:
    """How likely each of LABELS is for a passage and a claim, as natural logarithms."""

    supports: float
    contradicts: float
    other_figure: float
    neither: float

    @property
    def bearing(self) -> float:
        """The log odds that the passage bears on the claim in any way.

        >>> round(Entailment(math.log(0.3), math.log(0.1), math.log(0.1), math.log(0.5)).bearing, 6)
        0.0
        """
        return math.log(sum(map(math.exp, (self.supports, self.contradicts, self.other_figure)))) - self.neither


def passage(assertion: Assertion, text: str) -> Passage:
    """The passage of an assertion of a document with this text."""
    content = sorted(assertion.attribution.content)
    start = min(assertion.sentence.start, *(span.start for span in content))
    end = max(assertion.sentence.end, *(span.end for span in content))
    edges = sorted({start, end, *(edge for span in content for edge in (span.start, span.end))})
    pieces = (
        (" ".join(text[a:b].split()), any(span.start <= a < span.end for span in content)) for a, b in pairwise(edges)
    )
    before = text[max(0, start - LETTERS_BEFORE) : start]
    whole = before if len(before) < LETTERS_BEFORE else before.partition(" ")[2]
    return Passage(" ".join(whole.split()), tuple(piece for piece in pieces if piece[0]))


def claimed(claim: Assertion, text: str) -> str:
    """What a claim of a document with this text puts forward, as it is given to `entailments`."""
    return " ".join(words_of(text, claim.attribution.content).split())


def entailments(pairs: Sequence[tuple[str, Passage]]) -> list[Entailment]:
    """What each of some passages is to a claim. Raises ModelError if the network that ships with the package is missing or altered.

    >>> told = Passage("The tanker left on Monday.", (("It reached Mombasa", True), (", the ministry said.", False)))
    >>> [one] = entailments([("The tanker arrived at Mombasa", told)])
    >>> one.supports > one.contradicts
    True
    """
    if not pairs:
        return []
    network = _network()
    rows = [pair_tokens(network.tokenizer, *pair) for pair in pairs]
    return list(_workers().map(partial(_answer, network.session), rows))


# ---------------------------------------------------------------- the network


@dataclass(frozen=True, slots=True)
class _Network:
    tokenizer: Tokenizer
    session: InferenceSession


def trained_folder() -> Traversable:
    """Where the files of the network lie."""
    return resources.files(__package__).joinpath("trained")


@cache
def _network() -> _Network:
    """The files that ship with the package, loaded on the first call, once a process."""
    return load(trained_folder())


def load(folder: Traversable) -> _Network:
    """Verify and load the files of a network. Raises ModelError if one is missing or altered."""
    if wrong := altered(folder, FILES):
        raise ModelError(
            f"the network that reads claims and passages together is not the one that OnRecord was checked with: {', '.join(wrong)} missing or altered; "
            "install the package again: pip install --force-reinstall onrecord"
        )
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # several run side by side
    session = onnxruntime.InferenceSession(
        folder.joinpath(FILES[0]).read_bytes(), sess_options=options, providers=["CPUExecutionProvider"]
    )
    tokenizer = Tokenizer.from_str(folder.joinpath(FILES[1]).read_text("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return _Network(tokenizer, session)


@cache
def _workers() -> ThreadPoolExecutor:
    """A thread for each processor, to run the network in: it holds no lock of Python's."""
    return ThreadPoolExecutor(os.cpu_count(), "entailment")


_Row = tuple[list[int], list[int], list[int]]


def pair_tokens(tokenizer: Tokenizer, claim: str, told: Passage) -> _Row:
    """Of one pair the tokens, the part that each belongs to (0 the claim, then _OUTSIDE and _INSIDE), and whether it stands on both sides."""
    mine = _numbers(tokenizer, claim)[:CLAIM]
    before = _numbers(tokenizer, told.before)[-BEFORE:]
    sentence = [(token, inside) for words, inside in told.pieces for token in _numbers(tokenizer, words)][:SENTENCE]
    theirs = [*before, *(token for token, _ in sentence)]
    both = {token for token in {*mine} & {*theirs} if token > _PLAIN}
    tokens = [_START, *mine, _END, *theirs, _END]
    parts = [
        *[0] * (len(mine) + 2),
        *[_OUTSIDE] * len(before),
        *(_INSIDE if inside else _OUTSIDE for _, inside in sentence),
        _OUTSIDE,
    ]
    return tokens, parts, [int(token in both) for token in tokens]


def _numbers(tokenizer: Tokenizer, words: str) -> list[int]:
    return list(tokenizer.encode(words, add_special_tokens=False).ids)


def _answer(session: InferenceSession, row: _Row) -> Entailment:
    """What one pair is. Each is read alone: weights of eight bits would let a pair's answer depend on those that are read beside it."""
    import numpy as np

    given = np.array([*row, [1] * len(row[0])], dtype=np.int64)[:, None]
    (logits,) = session.run(None, dict(zip(("ids", "side", "same", "mask"), given, strict=True)))
    lowered = logits[0].astype(np.float64) - logits[0].max()
    return Entailment(*(lowered - np.log(np.exp(lowered).sum())).tolist())
