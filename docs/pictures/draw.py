#!/usr/bin/env python3
"""Draw the pictures of the reading room: `make pictures`. Needs what the checks need (`python3 check.py` installs it)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
DISPATCHES = HERE.parents[1] / "examples" / "dispatches.jsonl"
PORT = 8139
PASTED = (
    "South Korea's spy agency said that 12,000 North Korean soldiers were being sent to Russia. The Kremlin denied it. "
    "About 3,000 have arrived so far, according to Western officials. In my view the war will not end this year."
)
PAGES = {
    "home": "/",
    "document": "/document?name=D09",
    "document-compared": "/document?name=D09&compare=true",
    "claim": "",
    "figures": "/figures?words=troops",
    "source": "/source?name=NATO",
    "timeline": "/timeline?words=troops",
    "check": "/check",
    "search": "/search?words=troops",
    "review": "/review",
    "failures": "/failures",
}


def pictures(browser: Browser, link: str, look: str) -> None:
    """Every page in one look: light, dark, or on a phone."""
    width = 390 if look == "phone" else 1280
    page = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if look == "dark" else "light"
    ).new_page()
    base = link.split("/sign-in", maxsplit=1)[0]
    page.goto(link)
    page.goto(f"{base}/search?words=troops+Kursk")
    claim = page.locator(".what a").first.get_attribute("href")
    for name, path in PAGES.items():
        page.goto(base + (path or claim or "/"))
        if name == "check":
            page.get_by_label("Text").fill(PASTED)
            page.get_by_role("button", name="Check").click()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=HERE / f"{name}-{look}.png")


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        ledger = str(Path(place) / "ledger.db")
        run = [sys.executable, "-m", "onrecord"]
        subprocess.run([*run, "add", str(DISPATCHES), "--ledger", ledger], check=True)  # noqa: S603 - our own command
        serve = [*run, "serve", "--port", str(PORT), "--ledger", ledger]
        with (
            subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as server,  # noqa: S603 - our own command
            sync_playwright() as play,
        ):
            link = server.stdout.readline().strip() if server.stdout else ""
            browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for look in ("light", "dark", "phone"):
                pictures(browser, link, look)
            browser.close()
            server.terminate()


if __name__ == "__main__":
    main()
