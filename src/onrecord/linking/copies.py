"""Who repeats whose words? The passages that one text has from another, through spelling and small changes.

Candidates are texts that share several runs of words; the verdict is an alignment of the texts themselves: shared runs that follow one
another in both make a passage, over words that were put in, left out or replaced between them. So a wire paragraph inside a longer
story is found as well as a copied whole. Spelling (defence, defense) is made one first, and what every page of an outlet carries
("All rights reserved") is no text. Cost grows with the number of shared runs, not with the square of the documents.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from onrecord.linking.spelling import spelled
from onrecord.records import Document, Span

# Runs of this many words; two independent reports of one event seldom share more than one of them.
RUN = 6
# Of every so many runs in a row the smallest hash is indexed (winnowing, Schleimer, Wilkerson and Aiken 2003), so a
# shared passage of RUN + WINDOW - 1 words is always found.
WINDOW = 4
# Where all copies are asked for, a run in more texts than this links each only to the next: copies of copies are joined all the same.
MOST_TEXTS = 12
LEAST_SHARED = 2
# A run that stands more often in one text is followed at its first places only.
MOST_PLACES = 4
# Between two runs of one passage lie at most this many words that were changed, left out or put in.
GAP = 24
# At the ends of a passage, single words that differ are stepped over where two words that agree follow within so many.
STEP = 3
# A whole is a copy from this share of the shorter text on; below it, a passage counts from this many words on, of which
# so many stand outside quotation marks: two reports that quote one statement do not copy one another.
SHARE_OF_COPY = 0.5
SHORTEST_PASSAGE = 20
FEWEST_UNQUOTED = 12

_BOILERPLATE = re.compile(
    r"all rights reserved|copyright|©|sign up|subscribe|newsletter|follow us|read more|click here|contributed to this report"
    r"|editor[’']s note|terms of (?:use|service)|privacy policy|may not be (?:published|reproduced)|share this|advertisement",
    re.IGNORECASE,
)
_LONGEST_BOILERPLATE = 60  # words


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that two texts have in common, small changes included: where they stand in the later one and in the earlier one."""

    later: Span
    earlier: Span
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A document `of` that has words from an earlier one, `to`: their passages, and the share of the shorter text that lies in them."""

    of: str
    to: str
    share: float
    passages: tuple[Passage, ...]
    whole: bool

    @property
    def longest(self) -> Span:
        """The longest passage, as it stands in the later text."""
        return max(self.passages, key=lambda p: (p.words, -p.later.start)).later

    def passages_in(self, document: str) -> list[Span]:
        """Where the passages stand in one of the two documents, in the order of its text; empty for another document."""
        if document not in (self.of, self.to):
            return []
        return sorted(p.later if document == self.of else p.earlier for p in self.passages)


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a document, their spelling made one, with their places and whether each stands in quotation marks.

    `spans` has where each word begins and ends, `in_order` the run that begins at each, `runs` the words at which each run begins. The places are tuples
    of numbers, through which Python need not look for loose ends: many texts are kept.
    """

    document: Document
    words: list[str]
    spans: list[tuple[int, int]]
    quoted: list[bool]
    in_order: list[int]
    runs: dict[int, tuple[int, ...]]
    winnowed: frozenset[int]


def copies(documents: Iterable[Document], *, of: Document | None = None) -> list[Copy]:
    """The pairs of documents that copy one another or one source, or the pairs `of` one of them; `to` is the one that appeared first."""
    texts = [_text(document) for document in documents]
    its_number = next((n for n, text in enumerate(texts) if of is not None and text.document.id == of.id), None)
    pairs = _likely_pairs(texts) if of is None else _likely_pairs(texts, of=its_number)
    return [copy for i, j in pairs if (copy := _copy(texts[i].document, texts[j].document)) is not None]


@lru_cache(maxsize=2_000)
def _text(document: Document) -> _Text:
    spans = [
        (m.start() + line.start(), m.end() + line.start())
        for line in re.finditer(r"[^\n]+", document.text)
        if not _is_boilerplate(line[0])
        for m in re.finditer(r"\w+", line[0])
    ]
    words = [spelled(document.text[start:end].lower()) for start, end in spans]
    in_order = [zlib.crc32(" ".join(words[n : n + RUN]).encode()) for n in range(len(words) - RUN + 1)]
    found: dict[int, list[int]] = defaultdict(list)
    for n, run in enumerate(in_order):
        found[run].append(n)
    runs = {run: tuple(places) for run, places in found.items()}
    return _Text(document, words, spans, _in_quotes(document.text, spans), in_order, runs, _winnowed(list(runs)))


def _is_boilerplate(line: str) -> bool:
    return len(line.split()) <= _LONGEST_BOILERPLATE and _BOILERPLATE.search(line) is not None


def _in_quotes(text: str, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """For each word whether it stands in double quotation marks; a mark that is never closed ends with its paragraph."""
    inside: list[bool] = []
    opened, at = False, 0
    for start, end in spans:
        for mark in re.findall(r"[\"“”«»]|\n\s*\n", text[at:start]):
            opened = {"“": True, "«": True, '"': not opened}.get(mark, False)
        at = end
        inside.append(opened)
    return inside


def _likely_pairs(texts: Sequence[_Text], *, of: int | None = None) -> list[tuple[int, int]]:
    """The pairs of texts, or those with one of them, that share enough runs of words, by their numbers, the smaller first."""
    looked_up = None if of is None else texts[of].winnowed
    holding: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for run in text.winnowed if looked_up is None else text.winnowed & looked_up:
            holding[run].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holding.values():
        if of is not None:
            shared.update((min(of, number), max(of, number)) for number in numbers if number != of)
        else:
            shared.update(combinations(numbers, 2) if len(numbers) <= MOST_TEXTS else pairwise(numbers))
    return sorted(
        pair for pair, count in shared.items() if count >= min(LEAST_SHARED, *(len(texts[n].runs) for n in pair))
    )


def _winnowed(hashes: list[int]) -> frozenset[int]:
    """The smallest hash of each window."""
    windows = (hashes[n : n + WINDOW] for n in range(max(1, len(hashes) - WINDOW + 1)))
    return frozenset(min(window) for window in windows if window)


# ---------------------------------------------------------------- alignment


@lru_cache(maxsize=20_000)
def _copy(one: Document, other: Document) -> Copy | None:
    """How two texts share words; None where they share too little to be copies."""
    earlier, later = (_text(d) for d in sorted((one, other), key=lambda d: (d.appeared, d.id)))
    found = [_passage(*ends, later, earlier) for ends in _aligned(later, earlier)]
    share = sum(p.words for p, _ in found) / max(1, min(len(later.words), len(earlier.words)))
    unquoted = min(text.quoted.count(False) for text in (later, earlier))
    whole = share >= SHARE_OF_COPY and sum(own for _, own in found) >= min(FEWEST_UNQUOTED, unquoted)
    kept = [p for p, own in found if whole or (p.words >= SHORTEST_PASSAGE and own >= FEWEST_UNQUOTED)]
    if not kept:
        return None
    return Copy(of=later.document.id, to=earlier.document.id, share=min(1.0, share), passages=tuple(kept), whole=whole)


def _aligned(later: _Text, earlier: _Text) -> list[tuple[int, int, int, int]]:
    """The passages as word numbers: from and to in the later text, from and to in the earlier one; in the order of the later."""
    chains: list[tuple[int, int, int, int]] = []
    open_chains: list[list[int]] = []
    for at, run in enumerate(later.in_order):
        if run not in earlier.runs:
            continue
        for there in earlier.runs[run][:MOST_PLACES]:
            fitting = [c for c in open_chains if _follows(c, at, there)]
            if fitting:
                chain = min(fitting, key=lambda c: abs((at - c[1]) - (there - c[3])))
                chain[1], chain[3] = max(chain[1], at + RUN), max(chain[3], there + RUN)
            else:
                open_chains.append([at, at + RUN, there, there + RUN])
        closed = [c for c in open_chains if at - c[1] > GAP]
        chains += [(c[0], c[1], c[2], c[3]) for c in closed]
        open_chains = [c for c in open_chains if at - c[1] <= GAP]
    chains += [(c[0], c[1], c[2], c[3]) for c in open_chains]
    return _apart(_stretched(chain, later.words, earlier.words) for chain in chains)


def _follows(chain: Sequence[int], at: int, there: int) -> bool:
    """Whether a run goes on with a passage: behind its last run in both texts, or within it, and not too far behind."""
    return chain[0] < at and chain[2] < there and at - chain[1] <= GAP and -RUN < there - chain[3] <= GAP


def _stretched(chain: tuple[int, int, int, int], later: list[str], earlier: list[str]) -> tuple[int, int, int, int]:
    """A passage with the words at both ends that agree, single differing words stepped over."""
    first, last, there, until = chain
    back = _steps(later[:first][::-1], earlier[:there][::-1])
    on = _steps(later[last:], earlier[until:])
    return first - back[0], last + on[0], there - back[1], until + on[1]


def _steps(mine: list[str], theirs: list[str]) -> tuple[int, int]:
    """How many words of each agree from the beginning on."""
    i = j = 0
    while True:
        ahead = next(
            (
                (a, b)
                for a, b in _NEAR
                if mine[i + a : i + a + 2] == theirs[j + b : j + b + 2]
                and i + a + 1 < len(mine)
                and j + b + 1 < len(theirs)
            ),
            None,
        )
        if ahead is None:
            return i, j
        i, j = i + ahead[0] + 1, j + ahead[1] + 1


# Steps ahead in both texts, the nearest first.
_NEAR = sorted(((a, b) for a in range(STEP + 1) for b in range(STEP + 1)), key=lambda step: (sum(step), step))


def _apart(chains: Iterable[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Passages that do not overlap in the later text, the longer one kept."""
    kept: list[tuple[int, int, int, int]] = []
    for chain in sorted(chains, key=lambda c: (c[0] - c[1], c)):
        if all(chain[1] <= other[0] or other[1] <= chain[0] for other in kept):
            kept.append(chain)
    return sorted(kept)


def _passage(first: int, last: int, there: int, until: int, later: _Text, earlier: _Text) -> tuple[Passage, int]:
    """A passage, and how many of its words stand outside quotation marks."""
    passage = Passage(
        later=Span(later.spans[first][0], later.spans[last - 1][1]),
        earlier=Span(earlier.spans[there][0], earlier.spans[until - 1][1]),
        words=last - first,
    )
    return passage, sum(not quoted for quoted in later.quoted[first:last])
