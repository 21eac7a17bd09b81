#!/usr/bin/env python3
"""How well copies are found: stories that a generator makes out of paragraphs of others, so that what is copied is known.

    python quality/copies.py < documents.jsonl              e.g. ../shared/data/attribution/dev.jsonl

Of the texts given, a third are wires, a third hosts, and the rest stand alone. Each made story takes some paragraphs of one or two wires,
changes them (British and American spelling, words left out, put in or replaced, sentences cut, other quotation marks, another
order) and puts them between paragraphs of a host, or stands without a host as a shortened wire. Printed are precision, recall
and F1 of the pairs of documents, the share of copied words that lie in a passage found, the share of words in found passages that
are copied, and how many of the pairs among the given texts, which copy nobody, are taken for copies.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import onrecord
from onrecord.linking.copies import Copy, copies
from onrecord.records import Document

SEED = 20
MADE_OF_EACH = 3  # stories made of each wire
SHORTEST = 25  # words of a paragraph that is worth copying
CHANGED = (0.0, 0.03, 0.06)  # shares of words that are changed
SPELLINGS = (
    ("defense", "defence"), ("center", "centre"), ("labor", "labour"), ("color", "colour"), ("neighbor", "neighbour"), ("program", "programme"),
    ("organize", "organise"), ("recognize", "recognise"), ("criticize", "criticise"), ("traveled", "travelled"), ("favor", "favour"),
    ("harbor", "harbour"), ("honor", "honour"), ("license", "licence"), ("offense", "offence"), ("theater", "theatre"), ("gray", "grey"),
    ("organization", "organisation"), ("mobilize", "mobilise"), ("authorize", "authorise"), ("analyze", "analyse"), ("armor", "armour"),
)  # fmt: skip
REPLACED = (
    ("said", "told reporters"), ("but", "however"), ("big", "large"), ("people", "persons"), ("after", "following"), ("about", "around"),
    ("also", "as well"), ("show", "indicate"), ("help", "assist"), ("many", "numerous"), ("began", "started"), ("get", "obtain"),
)  # fmt: skip


@dataclass
class Story:
    """A text in the making: its words, and for each the name of the wire that it was copied from, None for none."""

    parts: list[str] = field(default_factory=list)
    origin: list[str | None] = field(default_factory=list)

    def put(self, paragraph: str, wire: str | None) -> None:
        self.parts.append(paragraph)
        self.origin.append(wire)

    def text(self) -> str:
        return "\n\n".join(self.parts)

    def copied(self) -> list[tuple[int, int, str]]:
        """Where copied paragraphs stand in the text, each with its wire."""
        found, at = [], 0
        for part, wire in zip(self.parts, self.origin, strict=True):
            if wire is not None:
                found.append((at, at + len(part), wire))
            at += len(part) + 2
        return found


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that are long enough to copy; runs of lines where it has no empty ones."""
    found = re.split(r"\n\s*\n|\n", text)
    joined, held = [], ""
    for part in (p.strip() for p in found):
        held = f"{held} {part}".strip()
        if len(held.split()) >= SHORTEST:
            joined.append(held)
            held = ""
    return joined


def changed(paragraph: str, rng: random.Random) -> str:
    """A paragraph as another outlet would print it."""
    words = paragraph
    for american, british in SPELLINGS if rng.random() < 0.5 else ():
        words = re.sub(rf"\b{american}", british, words)
        words = re.sub(rf"\b{american.title()}", british.title(), words)
    if rng.random() < 0.3:
        words = words.replace('"', "”").replace("'", "’")
    share = rng.choice(CHANGED)
    told = []
    for word in words.split():
        told += _changed_word(word, rng) if rng.random() < share else [word]
    sentences = re.split(r"(?<=[.!?])\s+", " ".join(told))
    if len(sentences) > 2 and rng.random() < 0.3:
        del sentences[rng.randrange(1, len(sentences))]
    return " ".join(sentences)


def _changed_word(word: str, rng: random.Random) -> list[str]:
    other = dict(REPLACED).get(word.lower())
    return rng.choice(
        [[], [word, rng.choice(("late", "local", "there", "reportedly"))], [other or "the", *([] if other else [word])]]
    )


def made(
    wires: Sequence[Document], hosts: Sequence[Document], rng: random.Random
) -> list[tuple[Document, Story, set[str]]]:
    """The made stories, each with the ids of the documents that it copies."""
    stories: list[tuple[Document, Story, set[str]]] = []
    for wire in list(wires) * MADE_OF_EACH:
        story, of = Story(), {wire.id}
        taken = [(p, wire.id) for p in paragraphs(wire.text)]
        kept = rng.sample(taken, k=max(1, min(len(taken), rng.randint(1, 6)))) if taken else []
        if rng.random() < 0.3:
            second = rng.choice(wires)
            kept += [(p, second.id) for p in paragraphs(second.text)[: rng.randint(1, 2)]]
            of |= {second.id} if paragraphs(second.text) else set()
        host = rng.choice(hosts) if rng.random() < 0.7 else None
        own = paragraphs(host.text)[: rng.randint(2, 8)] if host is not None else []
        mixed: list[tuple[str, str | None]] = [(p, None) for p in own]
        for piece in kept:
            mixed.insert(rng.randint(0, len(mixed)), piece)
        for part, source in mixed:
            story.put(changed(part, rng) if source else part, source or (host.id if host else None))
        if host is not None and own:
            of.add(host.id)
        document = onrecord.document(story.text(), published="2021-03-12", label=f"made {len(stories)}")
        stories.append((document, story, of))
    return [one for one in stories if one[1].parts]


def measures(
    originals: Sequence[Document], stories: Sequence[tuple[Document, Story, set[str]]], found: Iterable[Copy]
) -> dict[str, float]:
    """Precision, recall and F1 of pairs, and the shares of words."""
    given = {d.id for d in originals}
    have = {frozenset((c.of, c.to)) for c in found}
    sure, neither = set(), set()
    for (one, _, of_one), (other, _, of_other) in combinations(stories, 2):
        if of_one & of_other:
            neither.add(frozenset((one.id, other.id)))  # both copy one text: they may or may not share its paragraphs
    for document, _, of in stories:
        sure |= {frozenset((document.id, wire)) for wire in of}
    wrong_given = sum(pair <= given for pair in have)
    judged = {pair for pair in have - neither if not pair <= given}
    right = len(judged & sure)
    located, copied, shown = words_found(stories, list(found))
    return {
        "precision": right / max(1, len(judged)),
        "recall": right / max(1, len(sure)),
        "F1": 2 * right / max(1, len(judged) + len(sure)),
        "copied words located": located / max(1, copied),
        "of the words shown, copied": located / max(1, shown),
        "given pairs joined, of 1,000": 1000 * wrong_given / max(1, len(given) * (len(given) - 1) // 2),
    }


def words_found(stories: Sequence[tuple[Document, Story, set[str]]], found: Sequence[Copy]) -> tuple[int, int, int]:
    """Copied words that lie in a passage found with the right document, copied words in all, words in passages."""
    located = copied = shown = 0
    for document, story, _ in stories:
        passages = [(c.to if c.of == document.id else c.of, s) for c in found for s in c.passages_in(document.id)]
        true = [(a, b, wire) for a, b, wire in story.copied()]
        for match in re.finditer(r"\w+", document.text):
            wire = next((w for a, b, w in true if a <= match.start() < b), None)
            at = {d for d, s in passages if s.start <= match.start() < s.end}
            copied += wire is not None
            located += wire is not None and wire in at
            shown += bool(at)
    return located, copied, shown


def main() -> None:
    rng = random.Random(SEED)  # noqa: S311 - a seed for a draw that can be repeated
    rows = [json.loads(line) for line in sys.stdin]
    originals = [onrecord.document(r["text"], published="2021-03-10", label=f"given {n}") for n, r in enumerate(rows)]
    originals = list({d.id: d for d in originals}.values())
    shuffled = rng.sample(originals, len(originals))
    third = len(shuffled) // 3
    stories = made(shuffled[:third], shuffled[third : 2 * third], rng)
    found = copies([*originals, *(document for document, _, _ in stories)])
    print(f"{len(originals)} texts given, {len(stories)} made of them")
    for name, value in measures(originals, stories, found).items():
        print(f"{name:30} {value:.3f}")


if __name__ == "__main__":
    main()
