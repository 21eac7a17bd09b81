#!/usr/bin/env python3
"""Names and pronouns on GUM: what the parser finds, what the trained reader finds, and whom each way takes a pronoun for.

    python quality/mentions.py GUM_DEV.jsonl [--genre news]

Names: F1 of spans that are proper names of a person, organisation or place, with and without their kind. Pronouns: of "he", "she",
"it", "they" and their forms that go with a noun phrase named before them, the share that is led to a mention of the same
cluster, by prominence (`prominence.py`) and by the link head of the trained reader (`coreference.py`).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.reading.attribution import attributions_in
from onrecord.reading.coreference import HE, IT, SHE, THEY, antecedent
from onrecord.reading.network import Seen, seen
from onrecord.reading.nlp import parsed
from onrecord.reading.people import people_of
from onrecord.reading.prominence import entities_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

Row = dict[str, Any]
Name = tuple[int, int, str]
KINDS = ("person", "organization", "place")
OF_SPACY = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place"}
SMALL_WORDS = frozenset(["of", "the", "and", "for", "'s", ".", "&", "de", "von", "van", "-"])


def gold_names(row: Row) -> Iterator[Name]:
    """The proper names among the mentions, the outermost of nested ones, without an article."""
    text, end = row["text"], 0
    for mention in sorted(row["mentions"], key=lambda m: (m["start"], -m["end"])):
        start = mention["start"]
        if match := re.match(r"(?:the|a|an)\s+", text[start : mention["end"]], re.IGNORECASE):
            start += len(match[0])
        words = [w for w in text[start : mention["end"]].split() if w not in SMALL_WORDS]
        proper = bool(words) and all(w[0].isupper() and w != "I" for w in words)
        if proper and start >= end and mention["type"] in KINDS:
            yield start, mention["end"], mention["type"]
            end = mention["end"]


def names_of_parser(doc: Doc) -> Iterator[Name]:
    """The names that the parser finds."""
    for entity in doc.ents:
        if entity.label_ in OF_SPACY:
            article = len(entity) > 1 and entity[0].lower_ in ("the", "a", "an")
            yield entity[1].idx if article else entity.start_char, entity.end_char, OF_SPACY[entity.label_]


def names_of_reader(text: Seen) -> Iterator[Name]:
    """The names that the trained reader's head finds."""
    tags = text.names.argmax(1).tolist()
    at = 0
    while at < len(tags):
        kind, end = (tags[at] + 1) // 2, at + 1
        while kind and end < len(tags) and tags[end] == 2 * kind:
            end += 1
        if kind:
            yield int(text.tokens.starts[at]), int(text.tokens.ends[end - 1]), KINDS[kind - 1]
        at = end


def pronouns(row: Row) -> Iterator[tuple[int, int, str]]:
    """Offset, cluster and word of each pronoun whose cluster has a noun phrase before it."""
    named: set[int] = set()
    for mention in sorted(row["mentions"], key=lambda m: (m["start"], -m["end"])):
        word = row["text"][mention["start"] : mention["end"]].lower()
        if word not in HE | SHE | IT | THEY | {"i", "you", "we", "who", "which", "that"}:
            named.add(mention["cluster"])
        elif word in HE | SHE | IT | THEY and mention["cluster"] in named:
            yield mention["start"], mention["cluster"], word


def clusters_at(row: Row, at: int, before: int) -> set[int]:
    """The cluster of the smallest mention around a character that ends before a pronoun; none where there is no mention."""
    around = [m for m in row["mentions"] if m["start"] <= at < m["end"] <= before]
    smallest = min((m["end"] - m["start"] for m in around), default=0)
    return {m["cluster"] for m in around if m["end"] - m["start"] == smallest}


def measured(row: Row, docs: list[Doc]) -> Iterator[tuple[str, bool]]:
    """Yield what was counted and whether it was right, for each gold name and pronoun and each name found."""
    (doc,) = docs
    text = seen(doc)
    gold = set(gold_names(row))
    for way, found in (("parser", set(names_of_parser(doc))), ("reader", set(names_of_reader(text)))):
        yield from counted(f"{way} names", gold, found)
        yield from counted(f"{way} spans", {n[:2] for n in gold}, {n[:2] for n in found})
    entities = entities_in(doc, 0, people_of([(doc, text)]), attributions_in(doc, text))
    for start, cluster, word in pronouns(row):
        token = next((t for t in doc if t.idx == start), None)
        if token is None:
            continue
        form = "he, she" if word in HE | SHE else "it" if word in IT else "they"
        entity = entities.get(token.i)
        linked = antecedent(doc, text, [token.i])
        for way, words in (("prominence", entity.words if entity else ()), ("link head", linked or ())):
            right = bool(words) and cluster in clusters_at(row, doc[words[-1]].idx, start)
            yield f"{way} {form}", right


def counted(what: str, gold: set[Any], found: set[Any]) -> Iterator[tuple[str, bool]]:
    """Yield each gold item under "gold" and each found one under "found"."""
    yield from ((f"{what} recall", one in found) for one in gold)
    yield from ((f"{what} precision", one in gold) for one in found)


def table(results: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """Lines of shares."""
    count, right = Counter[str](), Counter[str]()
    for what, is_right in results:
        count[what] += 1
        right[what] += is_right
    for what in sorted(count):
        yield f"{what:26} {right[what] / count[what]:.3f} of {count[what]}"


def main() -> None:
    """Run the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("dev", type=Path)
    arguments.add_argument("--genre")
    given = arguments.parse_args()
    rows = [json.loads(line) for line in given.dev.read_text("utf-8").splitlines()]
    rows = [row for row in rows if given.genre in (None, row["genre"])]
    results: list[tuple[str, bool]] = []
    for row, pieces in zip(rows, parsed((row["text"], 0) for row in rows), strict=True):
        results += measured(row, [piece.doc for piece in pieces])
    print("\n".join(table(results)))


if __name__ == "__main__":
    main()
