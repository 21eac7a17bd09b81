"""The texts that readers handed over to be checked: in memory alone, the newest of them, each for who brought it."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict

from onrecord.errors import MissingError
from onrecord.records import Document

# A text has a million characters at most.
MOST_KEPT = 32


class Pasted:
    """Texts by the key that they got, with the day as of which they are to be checked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[str, Document, str | None]] = OrderedDict()

    def keep(self, document: Document, as_of: str | None, *, by: str) -> str:
        """Keep a text; gives its key."""
        key = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[key] = by, document, as_of
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return key

    def of(self, key: str, *, by: str) -> tuple[Document, str | None]:
        """The text of a key, and as of when. Raises MissingError where it is no longer kept, or somebody else brought it.

        >>> Pasted().of("nothing", by="Ann")
        Traceback (most recent call last):
            ...
        onrecord.errors.MissingError: this text is no longer kept; hand it over again
        """
        with self._lock:
            whose, document, as_of = self._kept.get(key, (None, None, None))
        if document is None or whose != by:
            raise MissingError("this text is no longer kept; hand it over again")
        return document, as_of
