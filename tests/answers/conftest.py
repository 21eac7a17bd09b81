"""An empty ledger for tests of answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord import OpenLedger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[OpenLedger]:
    with onrecord.open_ledger(tmp_path / "ledger.db") as opened:
        yield opened
