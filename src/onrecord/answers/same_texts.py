"""Which documents of the ledger are the one that is checked? It is no evidence for itself, nor are its other versions and the texts that copy it whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from onrecord.linking.copies import copies
from onrecord.records import Document

# A copy of a text is found for at least this share of its claims.
SHARE_OF_HITS = 0.4
# A copy that is shorter or longer than this is a report that quotes the text, or is quoted by it.
SAME_LENGTH = 0.8


def same_texts(document: Document, others: Mapping[str, Document], hits: Counter[str], claims: int) -> set[str]:
    """Which others are the document, another version of it, or a copy of the whole of it; `hits` says for how many claims each
    was looked up: a copy is, for most of them."""
    likely = [
        other for id_, other in others.items() if hits[id_] >= claims * SHARE_OF_HITS and _is_as_long(other, document)
    ]
    copying = {d for c in copies([*likely, document], of=document) if c.whole for d in (c.of, c.to)}
    return {other.id for other in others.values() if other.id in copying or is_it(other, document)}


def is_it(other: Document, document: Document) -> bool:
    """Whether another document is this one or another version of it."""
    return other.id == document.id or (other.url is not None and other.url == document.url)


def _is_as_long(other: Document, document: Document) -> bool:
    """Whether a copy of a document could be no more than that: none of both is a report that quotes the other."""
    lengths = sorted((len(other.text), len(document.text)))
    return lengths[0] >= SAME_LENGTH * lengths[1]
