#!/usr/bin/env python3
"""How much of what `relations` calls likely is right, and how much of what is right does it call likely?

    python quality/relations.py FOLDER...     folders of dossiers that `relations.jsonl` labels

`relations.jsonl` has 1,744 pairs of assertions of the constructed dossiers and the example. Of twenty-seven (on all of them but `barricade` likelihoods were learnt) 428 that the program of 2026-11-27
related as speaking against one another, before it read them together, 397 more that share fewer words, and 754 near ones that its network alone took for such; of eight others
all 165 that it related before and after. Two sessions of a language model labelled each by itself: A (they speak against one another), F (other figures for the same thing) or N (neither). They agreed on
98 % (Cohen's kappa 0.96).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onrecord
from onrecord.answers.rows import RelationRow

LABELS = Path(__file__).with_name("relations.jsonl")
AGAINST = {"contradicts", "denies", "revises", "retracts"}
Label = Mapping[str, Any]


def labels_of(dossier: str) -> list[Label]:
    """The labelled pairs of a dossier."""
    return [label for line in LABELS.open(encoding="utf-8") if (label := json.loads(line))["dossier"] == dossier]


def is_right(label: Label) -> bool:
    """Whether both who labelled a pair hold that its two speak against one another."""
    return "N" not in str(label["labels"])


def counted(dossier: str, rows: Sequence[RelationRow]) -> Counter[str]:
    """Of the labelled pairs of a dossier: how many are shown as likely and how many of these are right, and how many are right and shown at all."""
    counts: Counter[str] = Counter()
    against = [row for row in rows if row.kind in AGAINST]
    for label in labels_of(dossier):
        found = [row for row in against if _is_of(row, label)]
        likely, right = any(row.is_likely for row in found), is_right(label)
        counts.update(likely=likely, shown=bool(found), right=right)
        counts.update({"likely and right": likely and right, "shown and right": bool(found) and right})
    return counts


def shares(counts: Mapping[str, int]) -> dict[str, float]:
    """The shares that some counts make."""
    return {
        "likely ones right": counts["likely and right"] / max(1, counts["likely"]),
        "shown ones right": counts["shown and right"] / max(1, counts["shown"]),
        "right ones likely": counts["likely and right"] / max(1, counts["right"]),
        "right ones shown": counts["shown and right"] / max(1, counts["right"]),
    }


def _is_of(row: RelationRow, label: Label) -> bool:
    ends = (row.document, row.start, row.end), (row.to_document, row.to_start, row.to_end)
    one, other = label["one"], label["other"]
    return (_meet(ends[0], one) and _meet(ends[1], other)) or (_meet(ends[0], other) and _meet(ends[1], one))


def _meet(words: tuple[str, int, int], labelled: Sequence[Any]) -> bool:
    return bool(words[0] == labelled[0] and words[1] < labelled[2] and labelled[1] < words[2])


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", help="folders with dispatches.jsonl")
    counts: Counter[str] = Counter()
    for folder in parser.parse_args().folders:
        with tempfile.TemporaryDirectory() as place, onrecord.open_ledger(Path(place) / "ledger.db") as ledger:
            list(ledger.add(str(folder / "dispatches.jsonl")))
            counts += counted("example" if folder.name == "dossier" else folder.name, ledger.relations())
    print(dict(counts))
    for name, share in shares(counts).items():
        print(f"{name:20} {share:.3f}")


if __name__ == "__main__":
    main()
