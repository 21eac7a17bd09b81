"""Who repeats whose words? Near-copies and shared passages, by runs of words that two texts have in common.

A wire paragraph inside a longer story is found as well as a copied whole: what counts is the longest shared run and the share
of the shorter text, not the likeness of the wholes. Cost grows with the number of shared runs, not with the square of the
documents: only texts that share several runs are compared.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise

from onrecord.records import Document, Span

# Runs of this many words; two independent reports of one event seldom share more than one of them.
RUN = 6
# Of every so many runs in a row the smallest hash is indexed (winnowing, Schleimer, Wilkerson and Aiken 2003), so a
# shared passage of RUN + WINDOW - 1 words is always found.
WINDOW = 4
# A run in more texts than this links each only to the next: copies of copies are joined all the same.
MOST_TEXTS = 12
LEAST_SHARED = 2
# A whole is a copy from this share of the shorter text on; below it, a passage counts from this many shared words on.
SHARE_OF_COPY = 0.5
SHORTEST_PASSAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Two documents that share words: `share` of the shorter one, and the longest passage as it stands in `of`."""

    of: str
    to: str
    share: float
    passage: Span
    whole: bool


def copies(documents: Iterable[Document]) -> list[Copy]:
    """The pairs of documents that copy one another or one source; `to` is the one published first."""
    texts = list(documents)
    runs = [_runs(document.text) for document in texts]
    return [copy for i, j in _likely_pairs(runs) if (copy := _copy(texts[i], texts[j], runs[i], runs[j])) is not None]


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(m[0].lower(), m.start(), m.end()) for m in re.finditer(r"\w+", text)]


def _runs(text: str) -> dict[int, int]:
    """The hash of each run of words -> where in the word list it first begins."""
    words = [w for w, _, _ in _words(text)]
    found: dict[int, int] = {}
    for n in range(len(words) - RUN + 1):
        found.setdefault(zlib.crc32(" ".join(words[n : n + RUN]).encode()), n)
    return found


def _likely_pairs(runs: list[dict[int, int]]) -> list[tuple[int, int]]:
    holding: dict[int, list[int]] = defaultdict(list)
    for number, found in enumerate(runs):
        for run in _winnowed(list(found)):
            holding[run].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holding.values():
        pairs = combinations(numbers, 2) if len(numbers) <= MOST_TEXTS else pairwise(numbers)
        shared.update(pairs)
    return sorted(pair for pair, count in shared.items() if count >= min(LEAST_SHARED, *(len(runs[n]) for n in pair)))


def _winnowed(hashes: list[int]) -> set[int]:
    """The smallest hash of each window."""
    return {min(hashes[n : n + WINDOW]) for n in range(max(1, len(hashes) - WINDOW + 1)) if hashes[n : n + WINDOW]}


def _copy(one: Document, other: Document, mine: dict[int, int], theirs: dict[int, int]) -> Copy | None:
    common = mine.keys() & theirs.keys()
    share = len(common) / max(1, min(len(mine), len(theirs)))
    later, earlier = (one, other) if (one.appeared, one.id) > (other.appeared, other.id) else (other, one)
    of_later = mine if later is one else theirs
    first, length = _longest(sorted(of_later[run] for run in common))
    if share < SHARE_OF_COPY and length < SHORTEST_PASSAGE:
        return None
    words = _words(later.text)
    passage = Span(words[first][1], words[min(first + length, len(words)) - 1][2])
    return Copy(of=later.id, to=earlier.id, share=share, passage=passage, whole=share >= SHARE_OF_COPY)


def _longest(starts: list[int]) -> tuple[int, int]:
    """The longest unbroken passage in runs that begin at these words: its first word and its length in words."""
    best = (0, 0)
    begin = previous = starts[0] if starts else 0
    for start in starts:
        if start > previous + 1:
            begin = start
        previous = start
        if start - begin + RUN > best[1]:
            best = (begin, start - begin + RUN)
    return best
