"""How well a dossier is read: recall of its figures, F1 of its shared origins, and the share of right verdicts.

A figure is found where the document that carries it has one with the same numbers; its bounds are right where the same sides
are open. Two documents are a right pair where gold puts them into one origin. A claim of the commentary belongs to the row
that shares most of its words, and the next where that shares enough: gold's claim may say two things, which are two rows.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import onrecord
from onrecord.answers.rows import CheckRow, FigureRow, OriginRow, RelationRow
from onrecord.intake.inputs import arrivals
from onrecord.intake.received import Taken

Gold = Mapping[str, Any]
# Which of our verdicts agree with gold's.
AGREES = {
    "corroborated": {"corroborated"},
    "contradicted": {"contested", "outdated"},
    "single-source": {"single-source"},
    "not found": {"unseen"},
    "opinion-or-prediction": {"opinion", "prediction", "question"},
}
# A row is about a claim if it has this share of the claim's words.
SHARED = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a ledger of the dispatches of a dossier answers; `check` is of the commentary."""

    figures: Sequence[FigureRow]
    origins: Sequence[OriginRow]
    check: Sequence[CheckRow]
    relations: Sequence[RelationRow]


def answers(folder: Path, commentary: Path) -> Answers:
    """The answers for a dossier in a folder with `dispatches.jsonl`."""
    with tempfile.TemporaryDirectory() as place, onrecord.open_ledger(Path(place) / "ledger.db") as ledger:
        list(ledger.add(str(folder / "dispatches.jsonl")))
        (document,) = (a.document for a in arrivals([str(commentary)]) if isinstance(a, Taken))
        return Answers(
            figures=ledger.figures(),
            origins=ledger.origins(),
            check=ledger.check(document),
            relations=ledger.relations(),
        )


def measured(gold: Gold, told: Answers) -> dict[str, float]:
    """The figures for the answers to a dossier; of its figures where gold labels some."""
    return {
        **(of_figures(gold, told.figures) if gold["figures"] else {}),
        "origins F1": of_origins(gold, told.origins),
        "check right": of_check(gold, told.check),
    }


def of_figures(gold: Gold, rows: Sequence[FigureRow]) -> dict[str, float]:
    """Recall of values, and of values with their bounds."""
    wanted = [(figure, document) for figure in gold["figures"] for document in figure["articles"]]
    value = bounds = 0
    for figure, document in wanted:
        fitting = [r for r in rows if r.document == document and _numbers(figure) <= {r.low, r.best, r.high}]
        value += bool(fitting)
        bounds += any(_same_sides(figure, row) for row in fitting)
    return {"figures value": value / len(wanted), "figures bounds": bounds / len(wanted)}


def _numbers(figure: Gold) -> set[float | None]:
    return {figure[side] for side in ("low", "best", "high") if figure[side] is not None}


def _same_sides(figure: Gold, row: FigureRow) -> bool:
    if figure["low"] is None and figure["high"] is None:
        return row.best is not None
    return (figure["low"] is None) == (row.low is None) and (figure["high"] is None) == (row.high is None)


def of_origins(gold: Gold, rows: Sequence[OriginRow]) -> float:
    """Pairwise F1 over the documents that gold puts into some origin."""
    groups = [set(origin["articles"]) for origin in gold["same_origin"]]
    known = set().union(*groups)
    want = _pairs(groups)
    have = {pair for pair in _pairs(set(row.documents) for row in rows) if set(pair) <= known}
    return 2 * len(want & have) / (len(want) + len(have)) if want or have else 0.0


def _pairs(groups: Iterable[set[str]]) -> set[tuple[str, ...]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def of_check(gold: Gold, rows: Sequence[CheckRow]) -> float:
    """The share of gold's claims of whose two closest rows one has a verdict that agrees."""
    right = 0
    for claim in gold["unsupported"]:
        want = _words(claim["claim"])
        closest = sorted(rows, key=lambda r: -len(want & _words(r.text)))[:2]
        about = [row for row in closest if len(want & _words(row.text)) >= SHARED * len(want)]
        right += any(row.verdict in AGREES[claim["verdict"]] for row in about)
    return right / len(gold["unsupported"])


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.lower()))
