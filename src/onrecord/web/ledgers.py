"""The open ledgers behind the pages: one for each request that runs, kept for the next, opened anew when the file is another one."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.answers.rows import day
from onrecord.errors import LedgerError
from onrecord.ledger.store import Ledger
from onrecord.web import aside

A_MINUTE = 60.0  # seconds
File = tuple[int, int]


class Ledgers:
    """The ledger at a path, open as often as there are requests at once.

    SQLite keeps what was written last in a file beside the ledger, "-wal". Left there by a ledger that somebody replaced, it would be
    written into the new one (sqlite.org/howtocorrupt.html), so the new one is opened only when nothing of the old one is left.
    """

    def __init__(self, path: Path) -> None:
        """The ledger at `path`; nothing is opened yet."""
        self.path = path
        self._lock = threading.Lock()
        self._idle: list[Ledger] = []
        self._busy = 0
        self._file: File | None = None
        self._log: File | None = None
        self._looked: tuple[float, tuple[str | None, str | None]] | None = None

    @contextmanager
    def opened(self) -> Iterator[Ledger]:
        """The ledger, for one request. Raises LedgerError where it is gone, or was replaced and cannot be opened yet."""
        ledger = self._taken()
        try:
            yield ledger
        finally:
            with self._lock:
                self._busy -= 1
                self._idle.append(ledger)

    def close(self) -> None:
        """Close what is open and in nobody's hands."""
        with self._lock:
            self._close_idle()

    def period(self) -> tuple[str | None, str | None]:
        """The days between which the documents were published, as ISO dates; a minute old at most."""
        if self._looked is None or time.monotonic() - self._looked[0] > A_MINUTE:
            with self.opened() as ledger:
                first, last = ledger.published_between()
            self._looked = time.monotonic(), (day(first), day(last))
        return self._looked[1]

    def _taken(self) -> Ledger:
        with self._lock:
            file = _file_at(self.path)
            if file != self._file:
                self._leave_the_old()
            if file is None:
                raise LedgerError(f"the ledger {self.path} is gone; put it back and load the page again")
            ledger = self._idle.pop() if self._idle else Ledger(self.path, create=False, one_thread=False)
            self._file, self._log = file, _file_at(self._log_path) or self._log
            self._busy += 1
            return ledger

    def _leave_the_old(self) -> None:
        """Close the file that stood here before, with all that was written to it. Raises LedgerError where somebody still uses it."""
        for ledger in self._idle[:1]:
            ledger.settle()
        self._close_idle()
        if self._busy:
            raise LedgerError(f"the ledger {self.path} was replaced while pages of it were made; load the page again")
        if self._file is not None:
            aside.close()  # the processes beside this one have the old one open too
        left = _file_at(self._log_path)
        if left is not None and left == self._log and self._log_path.stat().st_size:
            raise LedgerError(
                f"the ledger {self.path} was replaced while it was served, and {self._log_path} still belongs to the one before; "
                f"stop the server, move {self._log_path} away, and start it again"
            )
        self._looked = self._log = None

    @property
    def _log_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}-wal")

    def _close_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()


def _file_at(path: Path) -> File | None:
    """Which file stands at a path, None for none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
