#!/usr/bin/env python3
"""How fast is the first byte of each page, while sixteen people read and one adds documents?

    python benchmarks/pages.py [DOCUMENTS] [SECONDS]        100,000 and 60 where none are given; filling the ledger takes some minutes

The documents are those of `made.py`. The reading room is served as `onrecord serve` does. Each reader opens a page drawn at random, reads it
for two seconds on average, and opens the next; the writer adds a document ten times a second. Printed for each page: how often it was
opened, median and 95th percentile of the first byte in milliseconds, its size; and every answer that was not 200.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote_plus

import httpx

from made import STORY, TOWN, Made, add, same_length
from onrecord.ledger.store import Ledger

READERS = 16
A_LOOK = 2.0  # seconds, on average
A_DOCUMENT = 0.1  # seconds between two that are added
SERVE = [sys.executable, "-m", "onrecord", "serve", "--port"]
PORT = 8137


class Readers:
    """What sixteen readers open, and how long each page takes."""

    def __init__(self, documents: int, claims: list[str], link: str) -> None:
        self.documents, self.claims, self.link = documents, claims, link
        self.times: dict[str, list[float]] = defaultdict(list)
        self.sizes: dict[str, int] = {}
        self.faults: list[str] = []
        self.over = threading.Event()

    def read(self, number: int) -> None:
        """Open pages until it is over."""
        draw = random.Random(number)  # noqa: S311 - a draw that can be repeated
        with httpx.Client(follow_redirects=True, timeout=60) as client:
            client.get(self.link)
            base = self.link.split("/sign-in", maxsplit=1)[0]
            while not self.over.wait(draw.expovariate(1 / A_LOOK)):
                page, address = self.drawn(draw)
                started = time.perf_counter()
                with client.stream("GET", base + address) as answer:
                    took = time.perf_counter() - started
                    body = answer.read()
                self.times[page].append(1000 * took)
                self.sizes[page] = max(self.sizes.get(page, 0), len(body))
                if answer.status_code != 200:
                    self.faults.append(f"{answer.status_code} {address}")

    def drawn(self, draw: random.Random) -> tuple[str, str]:
        """A page and its address, on a town or a document drawn at random."""
        town = quote_plus(same_length(TOWN, draw.randrange(self.documents // STORY)))
        document = f"n{draw.randrange(self.documents)}"
        addresses = {
            "home": "/",
            "document": f"/document?name={document}",
            "document, compared": f"/document?name={document}&compare=true",
            "claim": f"/claim?id={draw.choice(self.claims)}",
            "figures": f"/figures?words={town}",
            "figures, chart": f"/figures.svg?words={town}",
            "source": "/source?name=Red+Cross",
            "timeline": f"/timeline?words={town}",
            "timeline, chart": f"/timeline.svg?words={town}",
            "search": f"/search?words={town}",
            "search, common word": "/search?words=people",
            "review": "/review",
        }
        page = draw.choice(sorted(addresses))
        return page, addresses[page]


def write(path: Path, made: Made, number: int, over: threading.Event) -> None:
    """Add documents until it is over."""
    with Ledger(path) as ledger:
        while not over.wait(A_DOCUMENT):
            add(ledger, *made.document(number))
            number += 1


def main() -> None:
    documents, length = ([int(word.replace(",", "")) for word in sys.argv[1:]] + [100_000, 60][len(sys.argv) - 1 :])[:2]
    made = Made()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "ledger.db"
        claims = []
        with Ledger(path, create=True) as ledger:
            for number in range(documents):
                document, read = made.document(number)
                add(ledger, document, read)
                claims += [a.id for a in read[:1] if number % 97 == 0]
        command = [*SERVE, str(PORT), "--ledger", str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            link = server.stdout.readline().strip() if server.stdout else ""
            readers = Readers(documents, claims, link)
            time.sleep(2)
            threads = [threading.Thread(target=readers.read, args=(number,)) for number in range(READERS)]
            threads.append(threading.Thread(target=write, args=(path, made, documents, readers.over)))
            for thread in threads:
                thread.start()
            time.sleep(length)
            readers.over.set()
            for thread in threads:
                thread.join()
            server.terminate()
    for page, times in sorted(readers.times.items()):
        ordered = sorted(times)
        late = ordered[int(0.95 * len(ordered))]
        print(
            f"{page:<22} {len(times):>5} times {statistics.median(times):>8.0f} ms {late:>8.0f} ms {readers.sizes[page] / 1000:>8.0f} kB"
        )
    print(f"not answered as asked: {len(readers.faults)}", *sorted(set(readers.faults))[:20], sep="\n  ")


if __name__ == "__main__":
    main()
