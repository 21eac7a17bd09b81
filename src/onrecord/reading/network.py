"""The one place that runs the trained reader: parsed text -> what the network makes of each token, and of each cue.

A text is read once, in overlapping windows. What is known of a token comes from one window that sees enough on both sides of it, so that
a seam neither loses nor doubles a cue; a second look goes over the states of that window alone, because states of different
windows do not fit together.
The files are verified against `trained/digests.json` before they are loaded; `trained/card.md` says what they were trained on.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from onrecord import shipped
from onrecord.errors import ModelError
from onrecord.reading.spans import text_of
from onrecord.reading.syntax import branches, syntax_of
from onrecord.reading.tokens import PARAGRAPH, Tokens, distance_buckets, span_of, tokens_of
from onrecord.records import Span

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from spacy.tokens import Doc
    from tokenizers import Tokenizer

FILES = ("encoder.onnx", "second.onnx", "tokenizer.json")
START, END = 101, 102
# Tokens that a window holds besides its two marks, and how many two windows share at the least.
WINDOW = 254
SHARED = 64
# A window is given up for the next no nearer to its edge than this, if a sentence begins before.
FROM_EDGE = 16
# Looks that are run together.
TOGETHER = 8
# Tokens that a second look sees before and behind the cue's start; it is widened where a role reaches its edge.
BEFORE, BEHIND = 44, 60


@dataclass(frozen=True, slots=True)
class _Window:
    """Where a window begins and ends, and which of its tokens are known from it, in tokens of the text."""

    first: int
    last: int
    kept_from: int
    kept_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the encoder makes of the n tokens of a text; each of the arrays `cues` to `links` has n rows.

    `windows` go to the second look: each with its states. `cues` and `names` are logits of tags (`O B I`; `O` and `B I` of person, organisation,
    place), `factual` the factuality of a word in the schemes UW, UDS and MEANTIME (-3 to 3), and `links` what mentions are
    compared by (see `likeness`).
    """

    tokens: Tokens
    windows: tuple[tuple[_Window, NDArray[np.float32]], ...]
    cues: NDArray[np.float32]
    names: NDArray[np.float32]
    factual: NDArray[np.float32]
    links: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a second look makes of one cue: from token `first` on the logits of the roles (neither, source, content),
    the logit that it is a cue at all, and the logits of the acts, in the order of `records.Act`."""

    first: int
    roles: NDArray[np.float32]
    is_cue: float
    acts: NDArray[np.float32]


def trained_folder() -> Traversable:
    """Where the files of the trained reader lie."""
    return resources.files(__package__).joinpath("trained")


def altered(folder: Traversable) -> tuple[str, ...]:
    """The files of a trained reader that are missing or not the ones that were measured. Loads nothing.

    >>> altered(trained_folder())
    ()
    """
    return shipped.altered(folder, FILES)


@dataclass(frozen=True, slots=True)
class _Network:
    tokenizer: Tokenizer
    encoder: InferenceSession
    second: InferenceSession


@cache
def _network() -> _Network:
    """The files that ship with the package, loaded on the first call, once a process."""
    return load(trained_folder())


@cache
def _workers() -> ThreadPoolExecutor:
    """A thread for each processor, to run the network in: it holds no lock of Python's."""
    return ThreadPoolExecutor(os.cpu_count(), "network")


def load(folder: Traversable) -> _Network:
    """Verify and load the files of a trained reader. Raises ModelError if one is missing or altered."""
    if wrong := altered(folder):
        raise ModelError(
            f"the trained reader is not the one that OnRecord was checked with: {', '.join(wrong)} missing or altered; "
            "install the package again: pip install --force-reinstall onrecord"
        )
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # One processor a window, of which there are many: dividing the work within a window, or several of them together, costs half as much again.
    options.intra_op_num_threads = 1
    encoder, second = (
        onnxruntime.InferenceSession(
            folder.joinpath(name).read_bytes(), sess_options=options, providers=["CPUExecutionProvider"]
        )
        for name in FILES[:2]
    )
    tokenizer = Tokenizer.from_str(folder.joinpath(FILES[2]).read_text("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return _Network(tokenizer, encoder, second)


# ---------------------------------------------------------------- the first pass


def seen(doc: Doc) -> Seen:
    """Read a parsed text once. An empty one has no tokens."""
    network = _network()
    tokens = tokens_of(text_of(doc), network.tokenizer, syntax_of([(0, doc)]))
    states: list[tuple[_Window, NDArray[np.float32]]] = []
    parts: list[list[NDArray[np.float32]]] = []
    begins = np.searchsorted(tokens.starts, [sentence.start_char for sentence in doc.sents])
    windows = _windows(len(tokens), begins)
    given = (_inputs(tokens.part(window.first, window.last)) for window in windows)
    for window, (whole, *rest) in zip(windows, _workers().map(partial(network.encoder.run, None), given), strict=True):
        states.append((window, whole[0, 1:-1]))
        kept = slice(1 + window.kept_from - window.first, 1 + window.kept_to - window.first)
        parts.append([o[0, kept] for o in rest])
    joined = (
        [np.concatenate(arrays) for arrays in zip(*parts, strict=True)]
        if parts
        else [np.zeros((0, width), dtype=np.float32) for width in (3, 7, 3, 4)]
    )
    return Seen(
        tokens=tokens, windows=tuple(states), cues=joined[0], names=joined[1], factual=joined[2], links=joined[3]
    )


def _windows(length: int, begins: NDArray[np.int64]) -> list[_Window]:
    """The fewest windows that share enough, spread evenly. `begins` are the tokens that begin a sentence: where one does near enough, a window
    begins, and gives way to the next, there.

    >>> [(w.first, w.kept_from, w.kept_to) for w in _windows(400, np.array([0, 180, 230]))]
    [(0, 0, 180), (146, 180, 400)]
    """
    if not length:
        return []
    size = min(WINDOW, length)
    firsts = _firsts(length, begins)
    seams = [0, *(_seam(begins, following, first + size) for first, following in pairwise(firsts)), length]
    return [_Window(f, f + size, *kept) for f, kept in zip(firsts, pairwise(seams), strict=True)]


def _firsts(length: int, begins: NDArray[np.int64]) -> list[int]:
    """Where windows begin."""
    if length <= WINDOW:
        return [0]
    step = WINDOW - SHARED
    firsts = [0]
    for left in range(-((WINDOW - length) // step) - 1, 0, -1):
        before, last = firsts[-1], length - WINDOW
        even = before + (last - before) // (left + 1)
        near = begins[(begins > before) & (begins <= before + step) & (begins >= last - left * step)]
        firsts.append(_nearest(near, even))
    return [*firsts, length - WINDOW]


def _seam(begins: NDArray[np.int64], first: int, last: int) -> int:
    """Where, of the tokens from `first` to `last` that two windows share, the second takes over: not near the edge of either."""
    return _nearest(begins[(begins > first + FROM_EDGE) & (begins < last - FROM_EDGE)], (first + last) // 2)


def _nearest(some: NDArray[np.int64], wanted: int) -> int:
    """The one of some numbers that is nearest to another, that itself where there are none."""
    return int(some[np.abs(some - wanted).argmin()]) if len(some) else wanted


def _inputs(tokens: Tokens) -> dict[str, NDArray[np.int64]]:
    """A window with the mark of a start before and of an end behind it: arrays of one row."""
    shape = (1, len(tokens) + 2)
    given = {name: np.zeros(shape, dtype=np.int64) for name in ("ids", "cases", "gaps", "tags", "functions")}
    for name, array in given.items():
        array[0, 1:-1] = getattr(tokens, name)
    heads = np.arange(shape[1])[None]
    heads[0, 1:-1] = tokens.heads + 1
    given["ids"][:, 0], given["ids"][:, -1], given["gaps"][:, 0] = START, END, PARAGRAPH
    return {**given, "heads": heads, "mask": np.ones(shape, dtype=np.int64)}


def states_of(text: Seen, words: Sequence[Span]) -> NDArray[np.float32]:
    """What the encoder makes of each token of some words, a row a token, each from the window that it is known from."""
    numbers = np.concatenate([np.arange(*span_of(text.tokens, span.start, span.end)) for span in words])
    return np.concatenate(
        [
            states[numbers[(numbers >= window.kept_from) & (numbers < window.kept_to)] - window.first]
            for window, states in text.windows
        ]
    )


class NameShares(NamedTuple):
    """What share of its tags the network gives to a word as part of the name of a person, an organisation or a place (0 to 1 each; no likelihoods: most words
    of a name have less than half), and into how many pieces it falls beyond the first: rare words fall into many."""

    person: float
    organisation: float
    place: float
    pieces: float


def name_shares(doc: Doc, text: Seen) -> list[NameShares]:
    """What the network makes of each word of a parsed text as part of a name."""
    shares = np.exp(text.names - text.names.max(1, keepdims=True)) if len(text.names) else text.names
    shares = shares / shares.sum(1, keepdims=True)
    starts = np.array([token.idx for token in doc])
    first = np.searchsorted(text.tokens.starts, starts, side="right") - 1
    last = np.searchsorted(text.tokens.starts, starts + [len(token) for token in doc], side="left")
    return [
        NameShares(
            float(shares[a, 1:3].sum()), float(shares[a, 3:5].sum()), float(shares[a, 5:].sum()), float(b - a - 1)
        )
        if a >= 0
        else NameShares(0.0, 0.0, 0.0, 0.0)
        for a, b in zip(first, last, strict=True)
    ]


# ---------------------------------------------------------------- the second look


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A look to be taken: the cue with this number, in this window, from token `first` on, before token `last`."""

    number: int
    window: int
    first: int
    last: int


def looks(text: Seen, cues: Sequence[tuple[int, int]]) -> list[Look]:
    """Look again at each cue (half-open token numbers), as wide as its roles reach."""
    found: dict[int, Look] = {}
    waiting = [_wanted(text, number, cue, BEFORE, BEHIND) for number, cue in enumerate(cues)]
    while waiting:
        wider: list[_Wanted] = []
        parts = [waiting[at : at + TOGETHER] for at in range(0, len(waiting), TOGETHER)]
        taken = chain.from_iterable(_workers().map(partial(_looked, text, cues), parts))
        for wanted, look in zip(waiting, taken, strict=True):
            found[wanted.number] = look
            again = _wider(text, cues[wanted.number], wanted, look)
            if again != wanted:
                wider.append(again)
        waiting = sorted(wider, key=lambda w: w.last - w.first)
    return [found[number] for number in range(len(cues))]


def _wanted(text: Seen, number: int, cue: tuple[int, int], before: int, behind: int) -> _Wanted:
    """A look so far before and behind a cue's start, within the window that keeps it."""
    at, window = next((n, window) for n, (window, _) in enumerate(text.windows) if cue[0] < window.kept_to)
    return _Wanted(number, at, max(window.first, cue[0] - before), min(window.last, cue[0] + behind))


def _wider(text: Seen, cue: tuple[int, int], wanted: _Wanted, look: Look) -> _Wanted:
    """The same look, twice as wide on each side where a role goes on to its edge."""
    likeliest = look.roles.argmax(1)
    before, behind = cue[0] - wanted.first, wanted.last - cue[0]
    return _wanted(
        text,
        wanted.number,
        cue,
        2 * before if likeliest[:2].any() else before,
        2 * behind if likeliest[-2:].any() else behind,
    )


def _looked(text: Seen, cues: Sequence[tuple[int, int]], some: Sequence[_Wanted]) -> list[Look]:
    size = max(w.last - w.first for w in some)
    shape = (len(some), size)
    marked, mask, far, branch = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    heads = np.tile(np.arange(size), (len(some), 1))
    states = np.zeros((*shape, text.windows[0][1].shape[1]), dtype=np.float32)
    for row, wanted in enumerate(some):
        start, end = cues[wanted.number]
        first, last = wanted.first, wanted.last
        window, of_window = text.windows[wanted.window]
        offset = window.first
        part = text.tokens.part(offset, window.last)
        numbers = np.arange(first, last)
        used = last - first
        states[row, :used], mask[row, :used] = of_window[first - offset : last - offset], 1
        marked[row, start - first : end - first] = 1
        far[row, :used] = np.where(numbers < start, numbers - start, np.where(numbers >= end, numbers - end + 1, 0))
        heads[row, :used] = text.tokens.part(first, last).heads
        branch[row, :used] = branches(
            part.functions, part.heads, (start - offset, end - offset), first - offset, last - offset
        )
    given: dict[str, Any] = {
        "states": states,
        "marked": marked,
        "distance": distance_buckets(far),
        "looked_at": mask,
        "heads": heads,
        "branch": branch,
    }
    roles, is_cue, acts = _network().second.run(None, given)
    return [
        Look(first=w.first, roles=roles[row, : w.last - w.first], is_cue=float(is_cue[row]), acts=acts[row])
        for row, w in enumerate(some)
    ]


# ---------------------------------------------------------------- mentions


def likeness(text: Seen, mention: tuple[int, int], before: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """How well each earlier mention fits as antecedent of a mention, as logits against 0 for none of them.

    Mentions are half-open token numbers. A word-level biaffine score of the ends of two mentions, after the mention-ranking
    models of coreference (Lee et al. 2017).
    """
    if not before:
        return np.zeros(0, dtype=np.float32)
    size = text.links.shape[1] // 4
    mine = text.links[mention[0], :size] + text.links[mention[1] - 1, size : 2 * size]
    first, last = [b[0] for b in before], [b[1] - 1 for b in before]
    theirs = text.links[first, 2 * size : 3 * size] + text.links[last, 3 * size :]
    fits: NDArray[np.float32] = (theirs @ mine / size**0.5).astype(np.float32)
    return fits
