"""The corpora as training examples: windows of tokens with their labels, changed a little on every pass.

Changes keep what a label says and vary how it is printed: other quotation marks, no line breaks, all capitals, and for the
corpora that come as tokens with spaces between them the spacing of ordinary text.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.syntax import PIECE, TAGS
from onrecord.reading.tokens import CAPITAL, LINE_END, PARAGRAPH, SPACE, Tokens, span_of
from parses import Parses

SHORT = 0.3  # share of texts that are cut into short windows
UNPARSED = 0.08  # share of windows without the parse, lest the reader trust it blindly
WINDOW = 254  # tokens; with the first and the last mark 256
START, END, MASK = 101, 102, 103
# Shares of words that are hidden behind a mask: of names, lest the reader learn who said much in one year, and of others.
HIDDEN_NAMES, HIDDEN = 0.1, 0.01
NAME_TAGS = [number for number, tag in enumerate(TAGS, 1) if tag in ("NNP", "NNPS")]
_ENDS = (1012, 1029, 999, 1524)  # . ? ! ”
FOLDS, UNLABELLED = 5, -1
Pair = tuple[int, int]


@dataclass(kw_only=True)
class Example:
    """A window and what is known of it. Spans are half-open token numbers within the window.

    `plain` are the tokens as they are in the text, `tokens` as the reader is shown them, with some words hidden perhaps.
    """

    tokens: Tokens
    plain: Tokens = field(init=False)
    fold: int = 0
    attributions: list[dict[str, list[Pair]]] | None = None
    factual: list[tuple[int, float]] = field(default_factory=list)
    scheme: int = -1
    mentions: list[tuple[int, int, int]] | None = None
    names: NDArray[np.int64] | None = None
    cue: Pair | None = None
    act: int = -1

    def __post_init__(self) -> None:
        self.plain = self.tokens

    def __len__(self) -> int:
        return len(self.tokens)


def fold_of(row: dict[str, Any]) -> int:
    """Which of the folds a text is in: by its letters alone, so that it is in one fold wherever it stands; UNLABELLED where nothing is known of it.

    >>> fold_of({"text": "Heavy rain was reported in Nakuru.", "attributions": []}), fold_of({"text": "Rain.", "attributions": None})
    (4, -1)
    """
    if row.get("attributions", ()) is None:
        return UNLABELLED
    return int(hashlib.sha256(row["text"].encode()).hexdigest()[:8], 16) % FOLDS


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _cut(length: int, rng: random.Random) -> Iterator[Pair]:
    """Windows that cover a text once, of a size that differs between passes."""
    size = rng.randint(200, WINDOW)
    at, end = 0, rng.randint(80, size)
    while at < length:
        yield at, min(end, length)
        at, end = end, end + size


def _cut_short(tokens: Tokens, rng: random.Random) -> Iterator[Pair]:
    """Windows of a few sentences or paragraphs each, that begin and end where a short text would."""
    after_end = np.isin(tokens.ids[:-1], _ENDS) & (tokens.cases[1:] == CAPITAL) & (tokens.gaps[1:] >= SPACE)
    breaks = np.flatnonzero(after_end | (tokens.gaps[1:] >= LINE_END)) + 1
    at = 0
    while at < len(tokens):
        later = breaks[breaks > at]
        end = int(later[min(len(later), rng.choice((1, 1, 2, 3, 5, 8))) - 1]) if len(later) else len(tokens)
        end = min(end, at + WINDOW)
        yield at, end
        at = end


def _inside(span: Pair, first: int, last: int) -> Pair | None:
    start, end = max(span[0], first) - first, min(span[1], last) - first
    return (start, end) if start < end else None


# ---------------------------------------------------------------- attribution


def attribution_examples(documents: Sequence[dict[str, Any]], parses: Parses, rng: random.Random) -> list[Example]:
    """One pass over articles with source, cue and content spans (PolNeAR), or with no "attributions" (None)."""
    made: list[Example] = []
    for document in documents:
        tokens = parses.tokens(document["text"], varied(document["text"], rng))
        found = [
            {role: [span_of(tokens, *s) for s in one[role]] for role in ("source", "cue", "content")}
            for one in document["attributions"] or []
        ]
        short = rng.random() < SHORT
        for first, last in _cut_short(tokens, rng) if short else _cut(len(tokens), rng):
            here = []
            for one in found:
                kept = {role: [p for s in spans if (p := _inside(s, first, last))] for role, spans in one.items()}
                if kept["cue"]:
                    here.append(kept)
            made.append(Example(tokens=tokens.part(first, last), attributions=here, fold=fold_of(document)))
    return made


_OPENING, _CLOSING = "“«„‟", "”»"
_STYLES = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("‘", "’"), (" ", " "))
_STYLE_WEIGHTS = (0.35, 0.4, 0.08, 0.05, 0.09, 0.03)


def varied(text: str, rng: random.Random) -> str:
    """The same text, as long as before, as another desk would have printed it."""
    if rng.random() < 0.4:
        return text
    opening, closing = rng.choices(_STYLES, _STYLE_WEIGHTS)[0]
    letters = list(text)
    for at, letter in enumerate(text):
        if letter in _OPENING:
            letters[at] = opening
        elif letter in _CLOSING:
            letters[at] = closing
        elif letter == '"':
            letters[at] = opening if at == 0 or text[at - 1].isspace() or text[at - 1] in "([—–-" else closing
    changed = "".join(letters)
    if rng.random() < 0.06:
        changed = changed.replace("\n", " ")
    if rng.random() < 0.04 and len(changed.upper()) == len(changed):
        changed = changed.upper()
    return changed


# ---------------------------------------------------------------- factuality

_TIGHT = re.compile(
    r" (?=[,.;:!?%)\]}]|'s\b|n't\b|'(?:re|ve|ll|d|m)\b|'')|(?<=[(\[{$]) |(?<=``) |(?<=\w) (?=- \w)|(?<=\w -) (?=\w)"
)


def untokenised(text: str) -> tuple[str, NDArray[np.int64]]:
    """Tokens with spaces between them as ordinary text, and where each old offset went."""
    keep = np.ones(len(text), dtype=np.int64)
    for match in _TIGHT.finditer(text):
        keep[match.start() : match.end()] = 0
    moved = np.concatenate([[0], np.cumsum(keep)])
    return "".join(letter for letter, kept in zip(text, keep, strict=True) if kept), moved


# How many sentences stand in one window. A reader that has seen them one by one only knows nothing of them within a text.
IN_A_ROW = (1, 1, 2, 3, 5, 8, 12)
BETWEEN = (SPACE, SPACE, SPACE, LINE_END, PARAGRAPH)


def factuality_examples(
    sentences: Sequence[dict[str, Any]], parses: Parses, rng: random.Random, in_a_row: Sequence[int] = IN_A_ROW
) -> list[Example]:
    """One pass over sentences with scored events, some of them in a row as a text has them; each comes with the number of its "scheme"."""
    made = _scored_sentences(sentences, parses, rng)
    alike: dict[Pair, list[Example]] = {}
    for example in made:
        alike.setdefault((example.scheme, example.fold), []).append(example)
    return [window for some in alike.values() for window in _in_windows(some, rng, in_a_row)]


def _in_windows(sentences: list[Example], rng: random.Random, in_a_row: Sequence[int]) -> Iterator[Example]:
    """Sentences of one scheme and fold, in order, as windows of as many as are drawn for each and as fit."""
    some: list[Example] = []
    wanted = rng.choice(in_a_row)
    for sentence in sentences:
        if some and (len(some) >= wanted or sum(map(len, some)) + len(sentence) > WINDOW):
            yield _joined(some, rng)
            some, wanted = [], rng.choice(in_a_row)
        some.append(sentence)
    if some:
        yield _joined(some, rng)


def _joined(sentences: list[Example], rng: random.Random) -> Example:
    """Sentences one behind the other as one window."""
    if len(sentences) == 1:
        return sentences[0]
    starts = np.cumsum([0, *(len(one) for one in sentences)])
    parts = [one.tokens for one in sentences]
    ends = np.cumsum([0, *(int(part.ends[-1]) + 1 if len(part) else 0 for part in parts)])
    arrays = {name: [getattr(part, name) for part in parts] for name in ("ids", "cases", "gaps", "tags", "functions")}
    for gaps in arrays["gaps"][1:]:
        gaps[:1] = rng.choice(BETWEEN)
    moved = {
        "starts": [part.starts + end for part, end in zip(parts, ends[:-1], strict=True)],
        "ends": [part.ends + end for part, end in zip(parts, ends[:-1], strict=True)],
        "heads": [part.heads + start for part, start in zip(parts, starts[:-1], strict=True)],
    }
    return Example(
        tokens=Tokens(**{name: np.concatenate(some) for name, some in (arrays | moved).items()}),
        factual=[
            (at + int(start), s) for one, start in zip(sentences, starts[:-1], strict=True) for at, s in one.factual
        ],
        scheme=sentences[0].scheme,
        fold=sentences[0].fold,
    )


def _scored_sentences(sentences: Sequence[dict[str, Any]], parses: Parses, rng: random.Random) -> list[Example]:
    """Each sentence as a window of its own."""
    made: list[Example] = []
    for row in sentences:
        text, moved = row["text"], np.arange(len(row["text"]) + 1)
        if rng.random() < 0.4:
            text, moved = untokenised(text)
        tokens = parses.tokens(text)
        targets = [
            (span_of(tokens, int(moved[t["start"]]), int(moved[t["end"]]))[0], float(t["score"]))
            for t in row["targets"]
        ]
        made.append(
            Example(
                tokens=tokens.part(0, WINDOW),
                factual=[(at, s) for at, s in targets if at < min(WINDOW, len(tokens))],
                scheme=row["scheme"],
                fold=fold_of(row),
            )
        )
    return made


# ---------------------------------------------------------------- names and mentions

_NAMED = {"person": 1, "organization": 3, "place": 5}


def mention_examples(documents: Sequence[dict[str, Any]], parses: Parses, rng: random.Random) -> list[Example]:
    """One pass over documents with all mentions, their types and clusters (GUM)."""
    made: list[Example] = []
    for document in documents:
        text, moved = document["text"], np.arange(len(document["text"]) + 1)
        if rng.random() < 0.6:
            text, moved = untokenised(text)
        tokens = parses.tokens(text)
        spans = [
            (*span_of(tokens, int(moved[m["start"]]), int(moved[m["end"]])), m["cluster"]) for m in document["mentions"]
        ]
        tags = _name_tags(document, tokens, moved)
        for first, last in _cut(len(tokens), rng):
            inside = [(a - first, b - first, c) for a, b, c in spans if first <= a < b <= last]
            made.append(Example(tokens=tokens.part(first, last), mentions=sorted(inside), names=tags[first:last]))
    return made


def names_of(document: dict[str, Any]) -> list[tuple[int, int, str]]:
    """The mentions that are proper names of a person, organisation or place, the outermost of nested ones; no article."""
    text = document["text"]
    names: list[tuple[int, int, str]] = []
    for mention in sorted(document["mentions"], key=lambda m: (m["start"], -m["end"])):
        start, end = mention["start"], mention["end"]
        if mention["type"] not in _NAMED:
            continue
        start += len(match[0]) if (match := re.match(r"(?:the|a|an)\s+", text[start:end], re.IGNORECASE)) else 0
        words = [
            w
            for w in text[start:end].split()
            if w not in ("of", "the", "and", "for", "'s", ".", "&", "de", "von", "van", "-")
        ]
        if words and all(w[0].isupper() and w != "I" for w in words) and (not names or start >= names[-1][1]):
            names.append((start, end, mention["type"]))
    return names


def _name_tags(document: dict[str, Any], tokens: Tokens, moved: NDArray[np.int64]) -> NDArray[np.int64]:
    tags = np.zeros(len(tokens), dtype=np.int64)
    for start, end, kind in names_of(document):
        first, last = span_of(tokens, int(moved[start]), int(moved[end]))
        tags[first:last] = _NAMED[kind] + 1
        tags[first : first + 1] = _NAMED[kind]
    return tags


# ---------------------------------------------------------------- acts


AROUND = 60  # tokens on either side of a cue that decide its act


def labelled_acts(
    own: Sequence[dict[str, Any]],
    labels: Sequence[dict[str, Any]],
    articles: Sequence[dict[str, Any]],
    dispatches: Sequence[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Records with "text", "cue" and "act": our own sentences, the labelled cues of articles, and those of our own dispatches."""
    texts = {article["id"]: article["text"] for article in articles}
    return [
        *own,
        *(row | {"text": texts[row["document"]]} for row in labels),
        *({"text": d["text"], "cue": a["cue"][0], "act": a["act"]} for d in dispatches for a in d["attributions"]),
    ]


def act_examples(
    sentences: Sequence[dict[str, Any]], acts: Sequence[str], parses: Parses, rng: random.Random
) -> list[Example]:
    """One pass over texts with one cue and the act of its source, each cut to what stands around its cue."""
    made: list[Example] = []
    for row in sentences:
        tokens = parses.tokens(row["text"], varied(row["text"], rng))
        start, end = span_of(tokens, *row["cue"])
        at = max(0, start - AROUND)
        cue, act = (start - at, end - at), acts.index(row["act"])
        made.append(Example(tokens=tokens.part(at, end + AROUND), fold=fold_of(row), cue=cue, act=act))
    return made


def blurred(example: Example, rng: random.Random) -> None:
    """Hide some words of an example, and sometimes its whole parse. Where single words decide, only names are hidden."""
    tokens = example.tokens
    if rng.random() < UNPARSED:
        tokens = tokens.unparsed()
    chances = np.random.default_rng(rng.getrandbits(64))
    words = np.maximum(np.cumsum(example.tokens.functions != PIECE) - 1, 0)
    names = np.isin(example.tokens.tags, NAME_TAGS) & (example.tokens.functions != PIECE)
    share = np.where(names, HIDDEN_NAMES, HIDDEN if example.attributions is not None else 0.0)
    begins = np.flatnonzero(example.tokens.functions != PIECE)
    if not len(begins):
        return
    chosen = (chances.random(len(tokens)) < share)[begins][words]
    example.tokens = replace(tokens, ids=np.where(chosen, MASK, tokens.ids))


def batches(examples: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Examples of one fold and of like length together, at most so many tokens a batch with its padding, in random order."""
    made = [
        batch
        for fold in sorted({e.fold for e in examples})
        for batch in _of_like_length([e for e in examples if e.fold == fold], tokens, rng)
    ]
    rng.shuffle(made)
    return made


def _of_like_length(examples: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    order = sorted(examples, key=lambda e: len(e) + rng.random() * 24)
    made: list[list[Example]] = []
    batch: list[Example] = []
    for example in order:
        longest = max(len(example), *(len(e) for e in batch), 1) + 2
        if batch and longest * (len(batch) + 1) > tokens:
            made.append(batch)
            batch = []
        batch.append(example)
    if batch:
        made.append(batch)
    return made
