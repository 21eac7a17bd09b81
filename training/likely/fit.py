#!/usr/bin/env python3
"""How likely is a relation that speaks against something? Labelled pairs of the dossiers -> the constants of `answers/likely.py`.

    python training/likely/fit.py FOLDER...      or `make likely`, which leaves out the dossiers that are kept to measure on

The pairs are those of `quality/relations.jsonl`. Each that the program relates is read together, and a logistic regression learns how likely it is right:
by the log odds that the network gives, and, apart for what is found by words, by few words and by figures, without them. Printed are the constants, and
how many are right of what is held for so and so likely, each dossier by what was learnt from the others. Takes two minutes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import onrecord
from onrecord.answers.likely import Ground, odds_together
from onrecord.answers.relations import UNSURE, links_among
from onrecord.ledger.store import Ledger
from onrecord.records import Assertion, Document

LABELS = Path(__file__).parents[2] / "quality" / "relations.jsonl"
GROUNDS = (Ground.WORDS, Ground.FEW_WORDS, Ground.FIGURES)
STIFF = 0.01  # weight of the squares of what is learnt
STEPS = 60
BINS = (0.0, 0.25, 0.35, 0.5, 0.65, 1.0)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair that the program relates: what by, the log odds of the network, and the share of those who labelled it that hold it for right."""

    dossier: str
    ground: Ground
    odds: float
    right: float


def labelled(folder: Path) -> Iterator[Labelled]:
    """The labelled pairs of a dossier that the program relates."""
    name = "example" if folder.name == "dossier" else folder.name
    labels = [label for line in LABELS.open(encoding="utf-8") if (label := json.loads(line))["dossier"] == name]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "ledger.db"
        with onrecord.open_ledger(path) as opened:
            list(opened.add(str(folder / "dispatches.jsonl")))
        with Ledger(path, create=False) as ledger:
            found, documents = ledger.assertions(), ledger.documents()
    of_id = {assertion.id: assertion for assertion in found}
    links = links_among(found, documents, loosely=True)
    grounds = {(r.of, r.to): ground for r, ground in links if r.kind in UNSURE and ground in GROUNDS}
    odds = odds_together(grounds, of_id, documents)
    for pair, ground in grounds.items():
        ends = [_words(of_id[id_], documents) for id_ in pair]
        for label in labels:
            if _is_of(ends, label):
                yield Labelled(name, ground, odds[pair], 1 - label["labels"].count("N") / len(label["labels"]))


def _words(assertion: Assertion, documents: Mapping[str, Document]) -> tuple[str, int, int]:
    content = assertion.attribution.content
    return documents[assertion.document].name, content[0].start, content[-1].end


def _is_of(ends: Sequence[tuple[str, int, int]], label: Mapping[str, Any]) -> bool:
    ways = (label["one"], label["other"]), (label["other"], label["one"])
    return any(all(map(_meet, ends, way)) for way in ways)


def _meet(words: tuple[str, int, int], labelled: Sequence[Any]) -> bool:
    return bool(words[0] == labelled[0] and words[1] < labelled[2] and labelled[1] < words[2])


def measures(pairs: Sequence[Labelled]) -> Floats:
    """(pairs, 4): the log odds, and 1 for what a pair was found by."""
    rows = [[pair.odds, *(float(pair.ground is ground) for ground in GROUNDS)] for pair in pairs]
    return np.array(rows).reshape(-1, 1 + len(GROUNDS))


def learnt(pairs: Sequence[Labelled]) -> Floats:
    """The weights of `measures`."""
    given, right = measures(pairs), np.array([pair.right for pair in pairs])
    weights = np.zeros(given.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (right - likely) - STIFF * weights
        bend = (given * (likely * (1 - likely))[:, None]).T @ given + STIFF * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of dossiers")
    pairs = [pair for folder in parser.parse_args().folders if folder.is_dir() for pair in labelled(folder)]
    likely = np.zeros(len(pairs))
    for name in {pair.dossier for pair in pairs}:
        own = np.array([pair.dossier == name for pair in pairs])
        weights = learnt([pair for pair in pairs if pair.dossier != name])
        likely[own] = 1 / (1 + np.exp(-(measures(pairs) @ weights)[own]))
    right = np.array([pair.right for pair in pairs])
    for ground in GROUNDS:
        of_it = np.array([pair.ground is ground for pair in pairs])
        print(f"{ground}: {right[of_it].mean():.2f} of {of_it.sum()} right")
        for low, high in pairwise(BINS):
            chosen = of_it & (likely >= low) & (likely < high)
            if chosen.any():
                print(f"  held for {low:.2f} to {high:.2f} likely: {right[chosen].mean():.2f} of {chosen.sum()} right")
    by_odds, *without = learnt(pairs)
    print(f"for each {by_odds:.2f}, without any", {str(g): round(w, 2) for g, w in zip(GROUNDS, without, strict=True)})


if __name__ == "__main__":
    main()
