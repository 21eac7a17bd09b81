#!/usr/bin/env python3
"""How do adding and asking grow with the ledger?

    python benchmarks/scale.py [DOCUMENTS ...]          1,000 and 10,000 where none are given; 100,000 takes about half an hour

The documents are those of `made.py`. Printed for each size: milliseconds to add a document (without reading it; the last
500), seconds to check a document of 900 words after it is read, milliseconds of `figures` and `known` on one town (median and
95th percentile of 40, as in `onrecord serve`, which has Python look for loose ends seldom), kilobytes of ledger a document, and the peak memory so far.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import onrecord
from made import STORY, TOWN, Made, add, same_length
from onrecord.answers.check import check_rows
from onrecord.answers.figures import figure_rows
from onrecord.answers.known import known_rows
from onrecord.ledger.store import Ledger
from onrecord.web.aside import stand_still_seldom

SEED = 5


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def asked(ask: Callable[[str], object], towns: list[str]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds, of a question on some towns."""
    times = sorted(1000 * seconds(lambda town=town: ask(town)) for town in towns)  # type: ignore[misc]
    return statistics.median(times), times[int(0.95 * len(times))]


def main() -> None:
    sizes = sorted(int(size.replace(",", "")) for size in sys.argv[1:]) or [1_000, 10_000]
    made = Made()
    long_text = " ".join(made.document(number)[0].text for number in range(3, 3 + 16 * STORY, STORY))
    checked = onrecord.document(" ".join(long_text.split()[:900]), published="2022-12-01")
    claims = onrecord.read(checked)
    print(
        f"{'documents':>10} {'assertions':>11} {'add ms':>8} {'check s':>8} {'figures ms':>16} {'known ms':>16} {'kB each':>8} {'peak MB':>8}"
    )
    stand_still_seldom()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "ledger.db"
        ledger = Ledger(path, create=True)
        number, assertions = 0, 0
        for size in sizes:
            times = []
            while number < size:
                document, read = made.document(number)
                times.append(seconds(lambda document=document, read=read: add(ledger, document, read)))  # type: ignore[misc]
                number, assertions = number + 1, assertions + len(read)
            rng = random.Random(SEED)  # noqa: S311 - a draw that can be repeated
            towns = [same_length(TOWN, rng.randrange(size // STORY)) for _ in range(40)]
            checking = min(seconds(lambda: check_rows(ledger, checked, claims)) for _ in range(3))
            figures, known = (
                asked(lambda t: figure_rows(ledger, t), towns),
                asked(lambda t: known_rows(ledger, t), towns),
            )
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{size:>10,} {assertions:>11,} {1000 * statistics.mean(times[-500:]):>8.2f} {checking:>8.2f} "
                f"{figures[0]:>7.1f} {figures[1]:>8.1f} {known[0]:>7.1f} {known[1]:>8.1f} {path.stat().st_size / size / 1024:>8.1f} {memory:>8.0f}",
                flush=True,
            )
        ledger.close()


if __name__ == "__main__":
    main()
