"""What may differ between two installations: where the ledger lies. Read at the door and passed on as an argument."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def ledger_path(given: Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Where the ledger lies: what the command line says, else `ONRECORD_LEDGER`, else the user's data folder (XDG).

    >>> ledger_path(None, {"ONRECORD_LEDGER": "/data/war.db"}).as_posix()
    '/data/war.db'
    """
    if given is not None:
        return given
    if named := environment.get("ONRECORD_LEDGER"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("onrecord", appauthor=False) / "ledger.db"
