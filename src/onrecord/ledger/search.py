"""User words and terms as queries of the full-text index. A query is made of quoted words alone, so it cannot be an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

# Words that every text has; looking for any of them would look at the whole ledger.
_EVERYWHERE = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "and",
        "or",
        "but",
        "that",
        "this",
        "it",
        "its",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "will",
        "would",
        "not",
        "as",
        "he",
        "she",
        "they",
        "his",
        "her",
        "their",
        "who",
        "which",
        "said",
        "says",
    ]
)

# What is like a claim is looked up by its rarest words, as many as are found this often together. A word is counted so far only.
MOST_HITS = 4_000
COUNTED = 2_000
# Where even the rarest words are everywhere, so many of them are asked for at once.
AT_ONCE = 3


def as_word(term: str) -> str:
    """A term as one word of the index: that of a country, "@KE", becomes a word that no text has."""
    return f"country{term[1:].lower()}" if term.startswith("@") else term


def all_of(words: str) -> str | None:
    """The query for all of some words. None where there is no word at all.

    >>> all_of('NEAR( "harbour*')
    '"NEAR" "harbour"'
    """
    return " ".join(map(_quoted, _words(words))) or None


def like(words: Iterable[str], count: Callable[[str], int]) -> str | None:
    """The query for what is like some words: any of the rarest of them. None where there is no word at all.

    `count` says how often a query finds something, up to COUNTED.

    >>> like(["the", "harbour", "wall"], {'"harbour"': 7, '"wall"': 12}.__getitem__)
    '"harbour" OR "wall"'
    """
    found = dict.fromkeys(word for part in words for word in _words(part))
    telling = [word for word in found if word.lower() not in _EVERYWHERE] or list(found)
    counts = sorted((count(_quoted(word)), -len(word), word) for word in telling)
    hits, chosen = 0, []
    for often, _, word in counts:
        hits += often
        if hits > MOST_HITS or often >= COUNTED:
            break
        chosen.append(word)
    if chosen:
        return " OR ".join(map(_quoted, chosen))
    return " AND ".join(_quoted(word) for _, _, word in counts[:AT_ONCE]) or None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _quoted(word: str) -> str:
    return f'"{word}"'
