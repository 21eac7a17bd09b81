"""The demo: the example dossier into a temporary ledger, then the questions that a newcomer would ask."""

from __future__ import annotations

import tempfile
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from onrecord.api import OpenLedger
from onrecord.cli.printing import print_checked, print_figures, say
from onrecord.errors import InputError
from onrecord.ledger.store import Ledger
from onrecord.pipeline import Added


def examples() -> Path:
    """The folder of the examples: inside the installed package, or beside `src` in a checkout. Raises InputError without one."""
    inside = Path(str(resources.files("onrecord"))) / "examples"
    beside = Path(__file__).resolve().parents[3] / "examples"
    for folder in (inside, beside):
        if (folder / "dispatches.jsonl").is_file():
            return folder
    raise InputError(
        "the examples", "they are not installed", "install OnRecord again: pip install --force-reinstall onrecord"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What the demo says of its examples: `examples/demo.toml`."""

    about: str
    figures: str
    next: list[str]


def run_demo() -> None:
    """Print the demo."""
    folder = examples()
    script = Script(**tomllib.loads((folder / "demo.toml").read_text("utf-8")))
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-") as place,
        OpenLedger(Ledger(Path(place) / "ledger.db")) as ledger,
    ):
        say(f"1. Reading {script.about} into a ledger", "bold")
        added = [one for one in ledger.add(str(folder / "dispatches.jsonl")) if isinstance(one, Added)]
        say(
            f"   {len(added)} documents, {sum(one.assertions for one in added)} assertions: who put forward what, on whose word.\n"
        )
        say("2. Checking a commentary against them, claim by claim\n", "bold")
        print_checked(ledger.check_input(str(folder / "commentary.txt")), as_json=False)
        say(f"\n3. How the figures for “{script.figures}” changed, and on whose word\n", "bold")
        rows = ledger.figures(script.figures)
        print_figures([row for row in rows if row.series == rows[0].series], as_json=False)
    say("\nTry next, with these documents or your own:", "bold")
    for line in script.next:
        say("   " + line.format(examples=folder))
