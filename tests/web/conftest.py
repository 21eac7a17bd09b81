"""A reading room that real browsers can reach, over the example dossier and one hostile document."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.testclient import TestClient

from onrecord import pipeline
from onrecord.ledger.store import Ledger
from onrecord.web.accounts import Doors
from onrecord.web.app import make_app

from .rooms import KEY, filled, hostile, room

DISPATCHES = Path(__file__).parents[2] / "examples" / "dispatches.jsonl"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small ledger that no test writes into."""
    return filled(tmp_path_factory.mktemp("room") / "ledger.db")


@pytest.fixture(scope="module")
def reader(ledger: Path) -> Iterator[TestClient]:
    """A signed-in reader of the small ledger, without scripts."""
    with room(ledger) as client:
        yield client


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the example dossier and a hostile document; tests take a copy of it to write into."""
    path = tmp_path_factory.mktemp("dossier") / "ledger.db"
    with Ledger(path) as ledger:
        assert all(pipeline.add(ledger, [str(DISPATCHES)]))
        pipeline.add_document(ledger, hostile())
    return path


@pytest.fixture
def address(dossier: Path, tmp_path: Path) -> Iterator[str]:
    """Where a reading room over a copy of the dossier is served."""
    shutil.copy(dossier, tmp_path / "ledger.db")
    config = uvicorn.Config(
        make_app(tmp_path / "ledger.db", Doors(key=KEY, owner="Ann")), host="127.0.0.1", port=0, log_level="warning"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; check.py installs it."""
    path = shutil.which("chromium")
    assert path, "these tests need chromium; python3 check.py installs it"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Seen:
    """A signed-in browser page with all that went wrong on it."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.ok, path


def seen_in(browser: Browser, address: str, *, scripts: bool = True, width: int = 1280, dark: bool = False) -> Seen:
    """A signed-in page; what the console says, and every request that leaves `address`, is kept as wrong."""
    context = browser.new_context(
        java_script_enabled=scripts,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
    )
    seen = Seen(context.new_page(), address)
    seen.page.on("console", lambda said: seen.wrong.append(f"{seen.page.url}: {said.type}: {said.text}"))
    seen.page.on("pageerror", lambda error: seen.wrong.append(f"{seen.page.url}: {error}"))
    seen.page.on("dialog", lambda dialog: seen.wrong.append(f"{seen.page.url}: a dialog says {dialog.message}"))
    seen.page.on("request", lambda sent: None if sent.url.startswith(address) else seen.wrong.append(sent.url))
    seen.open(f"/sign-in?key={KEY.replace(' ', '+')}")
    return seen
