"""A ledger with a small dossier and one hostile document, and a reading room over it."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from onrecord import pipeline
from onrecord.api import document
from onrecord.ledger.store import Ledger
from onrecord.records import Document
from onrecord.web.accounts import Doors
from onrecord.web.app import make_app

KEY = "the key of the test"
HOSTILE = "\"><script>alert('x')</script>\u202e =1+1 {{7*7}} ' onmouseover='alert(1)"
TEXTS = (
    (
        "a",
        "Lake Wire",
        "2021-03-10",
        "GARISSA, Kenya — The mayor of Garissa, Amina Duale, said on Wednesday that at least 12 people had been killed when the old "
        "bridge over the Tana collapsed. The army denied that its trucks had crossed the bridge.",
    ),
    (
        "b",
        "Coast Times",
        "2021-03-11",
        "Amina Duale, the mayor of Garissa, said on Thursday that 17 people had been killed when the old bridge collapsed. A police officer who "
        "asked not to be named said that 20 people were missing.",
    ),
    (
        "c",
        "Hill Radio",
        "2021-03-12",
        "The Red Cross said that 15 people had been killed when the bridge in Garissa collapsed. The governor of Garissa said that "
        "the old bridge over the Tana had collapsed on Wednesday. In my view the road should never have been opened.",
    ),
)


def filled(path: Path) -> Path:
    """A ledger at `path` with the dossier and the hostile document."""
    with Ledger(path) as ledger:
        for label, outlet, day, text in TEXTS:
            pipeline.add_document(ledger, document(text, label=label, outlet=outlet, published=day, title=text[:40]))
        pipeline.add_document(ledger, hostile())
    return path


def hostile() -> Document:
    """A document in whose every field stands what a page must not obey."""
    return document(
        f"The mayor {HOSTILE} said that 9 people had been killed in Garissa {HOSTILE}. \u202eReversed words, he said.",
        label=HOSTILE,
        outlet=HOSTILE,
        title=HOSTILE,
        url="javascript:alert(document.cookie)//" + HOSTILE,
        published="2021-03-13",
    )


def room(path: Path, *, name: str = "Ann") -> TestClient:
    """A browser that is signed in, without JavaScript."""
    client = a_stranger(path, Doors(key=KEY, owner=name))
    assert client.get("/sign-in", params={"key": KEY}, follow_redirects=False).status_code == 303
    return client


def a_stranger(path: Path, doors: Doors) -> TestClient:
    """A browser that is not signed in."""
    return TestClient(make_app(path, doors), base_url="http://127.0.0.1:8080", raise_server_exceptions=False)
