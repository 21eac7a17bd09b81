#!/usr/bin/env python3
"""Quantities as other libraries find them, in the form of the scorer, to stand beside ours.

    pip install --group compare
    python quality/others.py quantulum3|text2num < in.jsonl > out.jsonl

Neither knows bounds ("at least", "up to"), so every number is given as exact; text2num knows no units either. quantulum3 gives the
uncertainty of a range ("10 to 12"), which is turned into its bounds.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any

Quantity = dict[str, Any]


def quantulum3(text: str) -> list[Quantity]:
    """The quantities that quantulum3 parses."""
    from quantulum3 import parser

    found = []
    for one in parser.parse(text):
        low, high = one.value, one.value
        if one.uncertainty:
            low, high = one.value - one.uncertainty, one.value + one.uncertainty
        unit = one.unit.name if one.unit.name != "dimensionless" else None
        found.append({"low": low, "high": high, "change": "=", "unit": unit})
    return found


def text2num(text: str) -> list[Quantity]:
    """The numbers that stand in digits after text2num has turned words into them."""
    from text_to_num import alpha2digit

    digits = alpha2digit(text, "en")
    numbers = (match[0].replace(",", "") for match in re.finditer(r"\d[\d,]*(?:\.\d+)?", digits))
    return [{"low": float(n), "high": float(n), "change": "=", "unit": None} for n in numbers]


LIBRARIES: dict[str, Callable[[str], list[Quantity]]] = {"quantulum3": quantulum3, "text2num": text2num}


def main() -> None:
    """Run the command line."""
    if len(sys.argv) != 2 or sys.argv[1] not in LIBRARIES:
        sys.exit(__doc__)
    for line in sys.stdin:
        row = json.loads(line)
        print(json.dumps({"id": row["id"], "quantities": LIBRARIES[sys.argv[1]](row["text"])}))


if __name__ == "__main__":
    main()
