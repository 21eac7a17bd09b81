#!/usr/bin/env python3
"""How well places are found and put on the map in dispatches about conflicts.

    python quality/places.py [--missed]

`places.jsonl` holds 130 short dispatches of the whole world, written and marked by a session that had not seen the code: each place as
[[name|country|kind]], names that only look like places left unmarked. A place is found where the words overlap, and right where country and kind
of what it was resolved to are those marked. `--missed` lists what was not.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from onrecord.reading.countries import countries_in
from onrecord.reading.network import seen
from onrecord.reading.nlp import parsed
from onrecord.reading.places import places_in
from onrecord.records import Place, Precision

HERE = Path(__file__).parent
MARK = re.compile(r"\[\[([^|\]]+)\|([A-Z]{2}|-)\|([a-z]+)\]\]")
# What a place that is marked so may be in the gazetteer.
KINDS = {
    "settlement": (Precision.SETTLEMENT,),
    "district": (Precision.DISTRICT,),
    "region": (Precision.REGION, Precision.AREA),
    "area": (Precision.AREA, Precision.REGION),
    "country": (Precision.COUNTRY,),
    "people": (Precision.COUNTRY, Precision.REGION, Precision.AREA),
}


def unmarked(text: str) -> tuple[str, list[dict[str, Any]]]:
    """A text without its marks, and the places that they marked.

    >>> unmarked("In [[Goma|CD|settlement]].")
    ('In Goma.', [{'start': 3, 'end': 7, 'country': 'CD', 'kind': 'settlement'}])
    """
    plain, found, last = "", [], 0
    for mark in MARK.finditer(text):
        plain += text[last : mark.start()]
        country = None if mark[2] == "-" else mark[2]
        found.append({"start": len(plain), "end": len(plain) + len(mark[1]), "country": country, "kind": mark[3]})
        plain += mark[1]
        last = mark.end()
    return plain + text[last:], found


def measured(rows: list[str], *, missed: bool) -> dict[str, float]:
    """Precision, recall and F1 of what is found, and the share of those found that are right."""
    texts = [unmarked(row) for row in rows]
    given = wanted = hit = right = 0
    for (text, gold), pieces in zip(texts, parsed((text, 0) for text, _ in texts), strict=True):
        found: list[tuple[int, int, Place]] = []
        for piece in pieces:
            places = places_in(piece.doc, tuple(countries_in(piece.doc.text)), seen(piece.doc))
            found += [(p.span.start + piece.offset, p.span.end + piece.offset, p) for p in places]
        given, wanted = given + len(found), wanted + len(gold)
        for one in gold:
            match = next((f for f in found if f[0] < one["end"] and one["start"] < f[1]), None)
            if match is None:
                _show(missed, "not found", text, one)
                continue
            found.remove(match)
            hit += 1
            place = match[2]
            if place.country == one["country"] and place.precision in KINDS[one["kind"]]:
                right += 1
            else:
                _show(missed, f"as {place.country} {place.precision} ({place.reason})", text, one)
        for start, end, _ in found:
            _show(missed, "no place", text, {"start": start, "end": end})
    precision, recall = hit / given, hit / wanted
    return {
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / (precision + recall),
        "right": right / hit,
    }


def _show(wanted: bool, fault: str, text: str, one: dict[str, Any]) -> None:
    if wanted:
        around = text[max(0, one["start"] - 40) : one["end"] + 25].replace("\n", " ")
        print(
            f"{fault:40} {text[one['start'] : one['end']]:20} {one.get('country')} {one.get('kind')}   ...{around}..."
        )


def main() -> None:
    """Run the command line."""
    rows = [json.loads(line)["text"] for line in (HERE / "places.jsonl").read_text("utf-8").splitlines()]
    for name, figure in measured(rows, missed="--missed" in sys.argv[1:]).items():
        print(f"{name:10} {figure:.3f}")


if __name__ == "__main__":
    main()
