#!/usr/bin/env python3
"""Is it the same source? Every pair of named sources of a dossier, against labels by hand.

    python quality/parties.py [--show]

`parties.json` says, for the example dossier and the two constructed ones, which party each named source is, by its document and
its name. A pair is two of those, in one document or two. Right is a pair that is one party here and there; precision is the share
of the pairs joined here, recall of those joined by hand. A source that nobody labelled counts as a party of its own.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from onrecord.intake.inputs import arrivals
from onrecord.intake.received import Taken
from onrecord.linking.sources import parties
from onrecord.reading.reader import read_all

HERE = Path(__file__).parent
FOLDERS = {
    "examples": HERE.parent / "examples",
    "border": HERE / "dossiers" / "border",
    "sudan": HERE / "dossiers" / "sudan",
}
Named = tuple[str, str]


def found_parties(folder: Path) -> dict[Named, str]:
    """The party of each named source of a dossier, by its document and its name."""
    documents = {
        a.document.id: a.document for a in arrivals([str(folder / "dispatches.jsonl")]) if isinstance(a, Taken)
    }
    assertions = [a for found in read_all(documents.values()) for a in found]
    party_of = parties(assertions, documents)
    return {(documents[a.document].name, a.source.name): party_of[a.id].id for a in assertions if party_of[a.id].named}


def labelled_parties(dossier: str) -> dict[Named, str]:
    """The party of each named source as labelled, by its document and its name."""
    labels: dict[str, list[list[str]]] = json.loads((HERE / "parties.json").read_text("utf-8"))[dossier]
    return {(document, name): party for party, mentions in labels.items() for document, name in mentions}


def pairs(found: dict[Named, str], labels: dict[Named, str]) -> Iterator[tuple[Named, Named, bool, bool]]:
    """Yield each pair of sources with whether it is one party here, and by hand."""
    for one, other in combinations(sorted(found), 2):
        by_hand = labels.get(one, str(one)) == labels.get(other, str(other))
        yield one, other, found[one] == found[other], by_hand


def main() -> None:
    """Run the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--show", action="store_true", help="print the pairs that are wrong")
    show = arguments.parse_args().show
    for dossier, folder in FOLDERS.items():
        found, labels = found_parties(folder), labelled_parties(dossier)
        compared = list(pairs(found, labels))
        right = sum(here and there for _, _, here, there in compared)
        joined, labelled = sum(here for _, _, here, _ in compared), sum(there for _, _, _, there in compared)
        unknown = [named for named in found if named not in labels]
        print(
            f"{dossier:10} {len(found)} sources ({len(unknown)} not labelled), {len(compared)} pairs: "
            f"precision {right / max(1, joined):.3f}  recall {right / max(1, labelled):.3f}"
        )
        for one, other, here, there in compared if show else ():
            if here != there:
                print(f"    {'wrongly joined' if here else 'not joined'}: {' '.join(one)} / {' '.join(other)}")


if __name__ == "__main__":
    main()
