#!/usr/bin/env python3
"""How fast is adding, how much memory does it take, and how does the cost grow?

    python benchmarks/add.py TEXTS.jsonl        each line {"id", "text", ...}

Prints documents a second, the ratio of the time of `add` to the parser's own `nlp.pipe` over the same texts in the same run
(machines are noisy: compare ratios), the time of questions as the ledger doubles, and the peak memory.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

import onrecord
from onrecord.reading.nlp import language


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def ask(ledger: onrecord.OpenLedger, question: str, document: onrecord.Document) -> object:
    """One of the questions whose cost may grow with the ledger."""
    if question == "check":
        return ledger.check(document)
    return ledger.figures() if question == "figures" else ledger.origins()


def main() -> None:
    """Run the command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    texts = [row["text"] for row in rows]
    language()
    with tempfile.TemporaryDirectory() as place, onrecord.open_ledger(Path(place) / "ledger.db") as ledger:
        adding = seconds(lambda: list(ledger.add(sys.argv[1])))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # before the parser takes all texts at once
        parsing = seconds(lambda: deque(language().pipe(texts), maxlen=0))
        print(
            f"add        {len(rows) / adding:.2f} documents a second ({len(rows)} documents, {sum(map(len, texts)) / 1e6:.2f} MB)"
        )
        print(f"memory     {memory:.0f} MB at the peak of adding")
        print(f"ratio      {adding / parsing:.2f} of the parser's own time ({parsing:.1f} s)")
    previous: dict[str, float] = {}
    for times in (1, 2, 4):
        with tempfile.TemporaryDirectory() as place, onrecord.open_ledger(Path(place) / "ledger.db") as ledger:
            for n in range(times):
                for row in rows[: max(10, len(rows) // 4)]:
                    text = row["text"] if n == 0 else f"Edition {n}. {row['text']}"
                    ledger.add_document(onrecord.document(text, label=f"{row['id']}-{n}", published="2021-03-10"))
            checked = onrecord.document(texts[-1], published="2021-03-11")
            for name in ("figures", "origins", "check"):
                took = seconds(partial(ask, ledger, name, checked))
                growth = f"  x{took / previous[name]:.2f}" if name in previous else ""
                print(f"{name:10} {took:.2f} s with {times} times the documents{growth}")
                previous[name] = took


if __name__ == "__main__":
    main()
