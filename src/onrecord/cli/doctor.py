"""What `onrecord doctor` looks at: versions, the hashes of the models and of the gazetteer, SQLite, and the ledger."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

from onrecord import __version__, shipped
from onrecord.errors import LedgerError, ModelError
from onrecord.intake.html import extractor
from onrecord.ledger.file import FIRST_SOUND_SQLITE, sqlite_module
from onrecord.ledger.store import Ledger
from onrecord.linking import entailment
from onrecord.reading import gazetteer
from onrecord.reading.network import altered, trained_folder
from onrecord.reading.nlp import model_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. A `fault` must be mended, a `warning` should be known."""

    name: str
    state: str
    fault: bool = False
    warning: bool = False


def findings(ledger: Path) -> list[Finding]:
    """All findings, in the order in which they are shown."""
    return [
        Finding(name="onrecord", state=f"{__version__} on Python {platform.python_version()}"),
        _model(),
        _network(),
        _pairs(),
        _gazetteer(),
        _pages(),
        _sqlite(),
        *_ledger(ledger),
    ]


def _model() -> Finding:
    try:
        state = model_state()
    except ModelError as error:
        return Finding(name="language model", state=str(error), fault=True)
    if state.altered:
        return Finding(
            name="language model",
            state=f"{state.name} {state.version} is altered: {', '.join(state.altered)}",
            fault=True,
        )
    return Finding(
        name="language model", state=f"{state.name} {state.version}, hashes as checked; spaCy {state.library}"
    )


def _network() -> Finding:
    if wrong := altered(trained_folder()):
        words = f"{', '.join(wrong)} missing or altered: pip install --force-reinstall onrecord"
        return Finding(name="trained reader", state=words, fault=True)
    return Finding(name="trained reader", state="digests as checked")


def _pairs() -> Finding:
    if wrong := shipped.altered(entailment.trained_folder(), entailment.FILES):
        words = f"{', '.join(wrong)} missing or altered: pip install --force-reinstall onrecord"
        return Finding(name="claims and passages", state=words, fault=True)
    return Finding(name="claims and passages", state="digests as checked")


def _gazetteer() -> Finding:
    if gazetteer.altered(gazetteer.shipped_folder()):
        words = f"{gazetteer.FILE} missing or altered: pip install --force-reinstall onrecord"
        return Finding(name="gazetteer", state=words, fault=True)
    return Finding(name="gazetteer", state="hash as checked")


def _pages() -> Finding:
    try:
        return Finding(name="web pages", state=extractor())
    except ModelError as error:
        return Finding(name="web pages", state=str(error), fault=True)


def _sqlite() -> Finding:
    module = sqlite_module()
    old = tuple(module.sqlite_version_info) < FIRST_SOUND_SQLITE
    words = f"{module.sqlite_version} ({module.__name__.split('.')[0]})"
    if old:
        words += f"; before {'.'.join(map(str, FIRST_SOUND_SQLITE))} two writers at once may, rarely, damage a ledger: pip install pysqlite3"
    return Finding(name="SQLite", state=words, warning=old)


# How many of the inputs that failed are shown, newest first.
FAILURES_SHOWN = 3


def _ledger(path: Path) -> list[Finding]:
    """The state of the ledger, and the inputs that failed last."""
    try:
        if not path.exists():
            return [Finding(name="ledger", state=f"{path} is not there yet; `onrecord add` makes it")]
        with Ledger(path, create=False) as ledger:
            ledger.assertions()  # raises where a record cannot be read
            counts = ", ".join(f"{n} {name}s" for name, n in ledger.counts().items())
            state = Finding(name="ledger", state=f"{path}: {counts}", fault=not ledger.is_sound())
            failed = ledger.failures()[: -FAILURES_SHOWN - 1 : -1]
            return [state, *(Finding(name="failed input", state=str(failure), warning=True) for failure in failed)]
    except (LedgerError, OSError) as error:
        return [Finding(name="ledger", state=str(error), fault=True)]
