#!/usr/bin/env python3
"""How do adding and asking grow with the ledger?

    python benchmarks/scale.py [DOCUMENTS ...]          1,000 and 10,000 where none are given; 100,000 takes about half an hour

Documents are made of dispatches of our own that the reader has read once: towns, names, figures and days are put in anew with as many
letters, so that every span still cuts its words. One in five is a copy of an earlier one in another outlet, each town has its own story
of ten documents, and some figures are revised. Printed for each size: milliseconds to add a document (without reading it; the last
500), seconds to check a document of 900 words after it is read, milliseconds of `figures` and `known` on one town (median and
95th percentile of 40), kilobytes of ledger a document, and the peak memory so far.
"""

from __future__ import annotations

import hashlib
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

import onrecord
from onrecord.answers.check import check_rows
from onrecord.answers.figures import figure_rows
from onrecord.answers.known import known_rows
from onrecord.ledger.store import Ledger
from onrecord.reading.reader import READER
from onrecord.records import Assertion, Document, Snapshot, content_hash

SEED = 5
TOWN, NAME, FIGURE, OTHER = "Garbatula", "Abdullahi", "4711", "3208"
STORY = 10  # documents on one town
COPIED = 0.2
START = datetime(2021, 1, 1)
DISPATCHES = (
    f"At least {FIGURE} people were killed when rebels shelled the market of {TOWN} on Tuesday, the health ministry said. "
    f"Hospital staff in {TOWN} spoke of {OTHER} wounded. Colonel {NAME}, a spokesman for the army, denied that his troops had been near the town. "
    "The United Nations could not verify the reports.",
    f"The army has sent {OTHER} soldiers to {TOWN}, according to two officials who asked not to be named. Colonel {NAME} said that the operation would "
    f"end by Friday. Residents said shops in {TOWN} had been closed since the weekend.",
    f"The health ministry raised its count of those killed in {TOWN} to {FIGURE} on Thursday and said that {OTHER} people were being treated. "
    f"“We have no beds left,” said the head of the hospital in {TOWN}, who blamed the rebels for the shelling.",
    f"Rebels who hold the hills above {TOWN} said on Wednesday that they had taken a bridge and captured {OTHER} soldiers. Colonel {NAME} called the claim "
    f"a lie. A convoy with food for {FIGURE} families reached {TOWN} in the evening, the Red Cross said.",
)
LETTERS = "bcdfghklmnprstvz", "aeiou"


def same_length(word: str, number: int) -> str:
    """A made name with as many letters, the same for the same number."""
    rng = random.Random(f"{word} {number}")  # noqa: S311 - a draw that can be repeated
    return "".join(rng.choice(LETTERS[n % 2]) for n in range(len(word))).title()


class Made:
    """Documents with their assertions, made of the dispatches without reading them again."""

    def __init__(self) -> None:
        self.read: list[tuple[str, bytes]] = []
        for text in DISPATCHES:
            assertions = onrecord.read(onrecord.document(text, published="2021-01-05"))
            self.read.append((text, msgspec.json.encode(assertions)))
        self.decoder = msgspec.json.Decoder(tuple[Assertion, ...])

    def document(self, number: int) -> tuple[Document, tuple[Assertion, ...]]:
        """The document of this number. A copy has the text of an earlier document of its story and another outlet."""
        rng = random.Random(number)  # noqa: S311 - a draw that can be repeated
        story = number // STORY
        model = number - rng.randint(1, number % STORY) if rng.random() < COPIED and number % STORY else number
        draw = random.Random(model)  # noqa: S311 - a draw that can be repeated
        text, encoded = self.read[model % len(self.read)]
        words = encoded.decode()
        for old, new in (
            (TOWN, same_length(TOWN, story)),
            (NAME, same_length(NAME, story)),
            (FIGURE, str(draw.randint(1000, 9999))),
            (OTHER, str(draw.randint(1000, 9999))),
        ):
            text = text.replace(old, new)
            words = words.replace(old, new).replace(old.lower(), new.lower())
        made = onrecord.document(
            text, published=f"{START + timedelta(days=story % 600 + number % STORY):%Y-%m-%d}", label=f"n{number}"
        )
        document = replace(made, id=content_hash("made", number), outlet=f"Outlet {rng.randint(1, 80)}", url=None)
        read = self.decoder.decode(words.encode())
        return document, tuple(replace(a, id=content_hash(a.id, number), document=document.id) for a in read)


def add(ledger: Ledger, document: Document, assertions: tuple[Assertion, ...]) -> None:
    content = document.text.encode()
    snapshot = Snapshot(
        sha256=hashlib.sha256(content + document.id.encode()).hexdigest(), content=content, name=document.name
    )
    ledger.add(snapshot, replace(document, snapshot=snapshot.sha256), assertions, reader=READER)


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
