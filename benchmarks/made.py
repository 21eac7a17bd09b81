"""Documents made in any number, with their assertions, of dispatches of our own that the reader has read once.

Towns, names, figures and days are put in anew with as many letters, so that every span still cuts its words. One in five is a copy of an
earlier one in another outlet, each town has its own story of ten documents, and some figures are revised.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

import onrecord
from onrecord.ledger.store import Ledger
from onrecord.reading.reader import READER
from onrecord.records import Assertion, Document, Snapshot, content_hash

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
