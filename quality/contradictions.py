#!/usr/bin/env python3
"""Which contradictions of a dossier are found, and with the right kind; and are its apparent ones left alone?

    python quality/contradictions.py FOLDER [--show]     FOLDER with dispatches.jsonl and gold.json

A pair of gold is found where a relation links an assertion in a document of the one with an assertion in a document of the
other, each by the speaker that gold names or, for a figure, with its number, in digits or in words. A speaker whom gold does not name ("a senior Kenyan
official") is one of the same country who is called by one of its other words. The kind is right by the table below. A pair of
`not_contradictions` is wrong where a relation of such a kind links it.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onrecord
from onrecord.answers.rows import RelationRow
from onrecord.reading.countries import countries_in
from onrecord.reading.numbers import numbers_in

# Which of our kinds say what gold says.
AGREES = {
    "denied_by": {"denies", "contradicts", "retracts"},
    "cannot_both_be_true": {"contradicts", "denies", "revises", "retracts"},
    "revised": {"revises", "retracts", "narrows"},
    "stance_shift": {"revises", "retracts", "leaves open"},
    "not_corroborated_by": {"leaves open", "contradicts", "denies"},
    "same_words_reported_differently": {"contradicts", "revises"},
    "misattribution": {"contradicts", "denies"},
}
AGAINST = {"contradicts", "denies", "revises", "retracts"}
_NO_NAMES = frozenset(["The", "South", "North", "New", "United", "Minister", "President", "General", "Secretary"])
# What is left of the people of a country of two words when its first is left out.
_DEMONYMS = frozenset(["Korean", "Koreans", "Sudanese", "African", "Zealander"])


def measured(gold: Mapping[str, Any], rows: Sequence[RelationRow], *, show: bool = False) -> dict[str, float]:
    """The share of pairs linked at all, of those linked with the right kind, and of apparent contradictions taken for real ones."""
    said = {one["id"]: one for one in (*gold["statements"], *gold["figures"])}
    linked = right = 0
    for pair in gold["contradictions"]:
        found = {row.kind for row in rows if _links(row, said[pair["a"]], said[pair["b"]])}
        linked += bool(found)
        right += bool(found & AGREES[pair["kind"]])
        if show and not found & AGREES[pair["kind"]]:
            print(f"missed {pair['kind']}: {pair['note']} (found {sorted(found)})")
    apart = gold["not_contradictions"]
    wrong = [
        (pair, row)
        for pair in apart
        for row in rows
        if row.kind in AGAINST and _links(row, said[pair["a"]], said[pair["b"]])
    ]
    for pair, row in wrong if show else ():
        print(f"wrong: {pair['note']} ({row.kind}: {row.text!r} / {row.to_text!r})")
    pairs = max(1, len(gold["contradictions"]))
    return {
        "linked": linked / pairs,
        "right kind": right / pairs,
        "apparent ones taken for real": len({id(pair) for pair, _ in wrong}) / max(1, len(apart)),
    }


def _links(row: RelationRow, one: dict[str, Any], other: dict[str, Any]) -> bool:
    later, earlier = (row.document, row.source, row.text), (row.to_document, row.to_source, row.to_text)
    return (_is_said(one, *later) and _is_said(other, *earlier)) or (
        _is_said(one, *earlier) and _is_said(other, *later)
    )


def _is_said(gold: dict[str, Any], document: str, source: str, text: str) -> bool:
    if document not in gold["articles"]:
        return False
    if "best" in gold:
        numbers = {gold[side] for side in ("low", "best", "high")} - {None}
        return any(numbers & {number.low, number.best, number.high} for number in numbers_in(text))
    # "NIS" in gold is the National Intelligence Service of ours.
    names = set(re.findall(r"[A-Z]\w+", gold["who"])) - _NO_NAMES
    acronym = "".join(word[0] for word in re.findall(r"[A-Z]\w+", source) if word != "The")
    if names & {acronym, *re.findall(r"\w+", source)} or source.lower() in gold["who"].lower():
        return True
    return _is_unnamed(names) and _is_like(gold["who"], source)


def _is_unnamed(names: set[str]) -> bool:
    """Whether the capitalised words name nothing but countries and their people."""
    return all(any(True for _ in countries_in(name)) or name in _DEMONYMS for name in names)


def _is_like(one: str, other: str) -> bool:
    countries = [{found.code for found in countries_in(words)} for words in (one, other)]
    called = [{word[:6] for word in re.findall(r"\b[a-z]{4,}", words)} for words in (one, other)]
    return bool(countries[0] & countries[1]) and bool(called[0] & called[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="folder with dispatches.jsonl and gold.json")
    parser.add_argument("--show", action="store_true", help="print what is missed and what is wrong")
    args = parser.parse_args()
    gold = json.loads((args.folder / "gold.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as place, onrecord.open_ledger(Path(place) / "ledger.db") as ledger:
        list(ledger.add(str(args.folder / "dispatches.jsonl")))
        rows = ledger.relations()
    for name, value in measured(gold, rows, show=args.show).items():
        print(f"{name:30} {value:.3f}")


if __name__ == "__main__":
    main()
