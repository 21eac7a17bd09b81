"""Cursors of long lists: opaque, good for one ledger and one question only."""

from __future__ import annotations

import base64
import binascii
import json

from onrecord.errors import QueryError
from onrecord.records import content_hash


def cursor(*, ledger: str, question: str, offset: int) -> str:
    """A cursor to the entry at `offset` of the answer to a question.

    >>> offset_of(cursor(ledger="one", question="harbour", offset=50), ledger="one", question="harbour")
    50
    """
    written = json.dumps([offset, content_hash(ledger, question)]).encode()
    return base64.urlsafe_b64encode(written).decode().rstrip("=")


def offset_of(given: str | None, *, ledger: str, question: str) -> int:
    """Where a list goes on; 0 for no cursor. Raises QueryError for a cursor of another ledger or question, or none of ours."""
    if not given:
        return 0
    try:
        offset, made_for = json.loads(base64.urlsafe_b64decode(given.encode() + b"=" * (-len(given) % 4)))
        fits = isinstance(offset, int) and 0 <= offset < 1_000_000 and made_for == content_hash(ledger, question)
    except (ValueError, TypeError, binascii.Error):
        fits = False
    if not fits:
        raise QueryError("the cursor belongs to another ledger or another question; ask again from the beginning")
    return int(offset)
