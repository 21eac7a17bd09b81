#!/usr/bin/env python3
"""Which assertions bear on a claim: the dossiers -> the weights of `linking/closeness.py`.

    python training/closeness/fit.py quality/dossiers/* ../shared/dossier [--commentary ../shared/seed/commentary.txt]

Each folder has `dispatches.jsonl`, `gold.json` and, but for the example whose commentary is named apart, `commentary.txt`. A logistic regression
tells the assertion that is nearest to a claim in each document that gold names for it from all assertions of the other documents. Printed are the
weights (that of the last measure is set by hand, the others are learnt without it), and the average precision with which the documents of a claim are found, each dossier by weights learnt from the others. Words are weighed over all assertions of a dossier, where the answers
weigh them over what they looked up. Leave out dossiers that are kept to measure on. Takes two minutes.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import onrecord
from onrecord.intake.inputs import arrivals
from onrecord.intake.received import Taken
from onrecord.ledger.store import Ledger
from onrecord.linking.closeness import NOTHING_IN_COMMON, WEIGHTS, in_common
from onrecord.linking.likeness import weights
from onrecord.reading.moments import of_no_day
from onrecord.records import Assertion, Document, words_of

STIFF = 0.5  # weight of the squares of what is learnt
STEPS = 30
SET_BY_HAND = -2  # the last of the measures, which is followed by the odds of nothing in common
NOT_FOUND = "not found"  # gold's verdict on what no document has
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and an assertion: what both have in common, of which claim and document, and whether gold names the document."""

    measures: tuple[float, ...]
    of: tuple[str, str, str]
    wanted: bool


def pairs(folder: Path, commentary: Path | None) -> Iterator[Pair]:
    """All claims of a dossier that gold has documents for, with all of its assertions."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    text = folder / "commentary.txt"
    (document,) = (
        a.document
        for a in arrivals([str(text if text.exists() or commentary is None else commentary)])
        if isinstance(a, Taken)
    )
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "ledger.db"
        with onrecord.open_ledger(path) as opened:
            list(opened.add(str(folder / "dispatches.jsonl")))
        with Ledger(path, create=False) as ledger:
            held = ledger.assertions()
            labels = {d.id: d.label or d.id for d in ledger.documents().values()}
            claims = _as_checked(document, ledger)
    weight = weights(held)
    for row in gold["unsupported"]:
        wanted = [] if row["verdict"] == NOT_FOUND else row["articles"]
        if wanted or row["verdict"] == NOT_FOUND:
            claim = _meant(row["claim"], claims, document)
            for other, measures in zip(held, in_common(claim, held, weight), strict=True):
                label = labels[other.document]
                yield Pair(measures, (folder.name, row["id"], label), label in wanted)


def _as_checked(document: Document, ledger: Ledger) -> list[Assertion]:
    """The claims of a document as `check` reads them: one without a date is of the days of the ledger, and its "Monday" may be any."""
    claims = onrecord.read(replace(document, published=document.published or ledger.newest_publication()))
    return list(claims if document.published is not None else of_no_day(claims))


def _meant(words: str, claims: Sequence[Assertion], document: Document) -> Assertion:
    """The claim of a document that shares most words with gold's."""
    wanted = _words(words)

    def shared(claim: Assertion) -> float:
        mine = _words(words_of(document.text, claim.attribution.content))
        return len(wanted & mine) / len(wanted | mine)

    return max(claims, key=shared)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def learnt(found: Sequence[Pair], start: Floats) -> Floats:
    """The weights and, last, the odds of nothing in common: of each wanted document the assertion that `start` holds for nearest counts."""
    given = np.array([(*pair.measures, 1.0) for pair in found])
    nearest: dict[tuple[str, str, str], int] = {}
    odds = given @ start
    by_hand = np.zeros(len(start))
    by_hand[SET_BY_HAND] = start[SET_BY_HAND]
    for at, pair in enumerate(found):
        if pair.wanted and odds[at] > odds[nearest.setdefault(pair.of, at)]:
            nearest[pair.of] = at
    right = np.array(sorted(nearest.values()))
    wrong = np.array([at for at, pair in enumerate(found) if not pair.wanted])
    rows, is_right = given[np.r_[right, wrong]], np.r_[np.ones(len(right)), np.zeros(len(wrong))]
    counts = np.r_[np.full(len(right), len(wrong) / len(right) / 5), np.ones(len(wrong))]
    rows = rows * (by_hand == 0)  # the others are learnt without it: with it, more verdicts of the dossiers are wrong
    learnt_so_far = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-rows @ learnt_so_far))
        slope = rows.T @ (counts * (is_right - likely)) - STIFF * learnt_so_far
        bend = (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + STIFF * np.eye(len(learnt_so_far))
        learnt_so_far = learnt_so_far + np.linalg.solve(bend, slope)
    return learnt_so_far + by_hand


def average_precision(found: Sequence[Pair], odds: Floats) -> float:
    """How well the documents of all claims come first, each by its nearest assertion."""
    best: dict[tuple[str, str, str], tuple[float, bool]] = {}
    for pair, one in zip(found, odds, strict=True):
        best[pair.of] = max(best.get(pair.of, (-np.inf, False)), (float(one), pair.wanted))
    is_right = np.array([wanted for _, wanted in sorted(best.values(), key=lambda row: -row[0])])
    return float((np.cumsum(is_right) / np.arange(1, len(is_right) + 1))[is_right].mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of dossiers")
    parser.add_argument("--commentary", type=Path, help="for the folder that has none of its own")
    args = parser.parse_args()
    of = {folder.name: list(pairs(folder, args.commentary)) for folder in args.folders}
    start = np.array([*WEIGHTS, NOTHING_IN_COMMON])
    for name, found in of.items():
        others = [pair for other, rows in of.items() if other != name for pair in rows]
        given = np.array([(*pair.measures, 1.0) for pair in found])
        print(
            f"{name:10} {average_precision(found, given @ learnt(others, start)):.3f}, by likeness {average_precision(found, given[:, 0]):.3f}",
            flush=True,
        )
    whole = learnt([pair for rows in of.values() for pair in rows], start)
    print("weights", whole[:-1].round(2).tolist(), "nothing in common", whole[-1].round(2))


if __name__ == "__main__":
    main()
