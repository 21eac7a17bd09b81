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
# A word of so many letters or more is looked for without its last.
LONG = 5
# Where even the rarest words are everywhere, so many of them are asked for at once.
AT_ONCE = 3


def as_word(term: str) -> str:
    """A term as one word of the index: that of a country, "@KE", becomes a word that no text has."""
    return f"country{term[1:].lower()}" if term.startswith("@") else term


def no_other(_word: str) -> Iterable[str]:
    """No other word stands for a word."""
    return ()


def all_of(words: str, names: Iterable[str] = (), *, same: Callable[[str], Iterable[str]] = no_other) -> str | None:
    """The query for all of some words and names, the last word of a name cut short or not. None where there is no word at all.

    Any of the words that `same` gives for a word will do in its place.

    >>> all_of('NEAR( "harbour*', ["U.S. Offic"])
    '"NEAR" AND "harbour" AND "US" AND ("Offic" OR "Offi"*)'
    >>> all_of("old ships", same=lambda word: ["boats"] if word == "ships" else [])
    '"old" AND ("ships" OR "boats")'
    """
    asked = [_any_of([word, *same(word)]) for word in _words(words)]
    for name in names:
        found = _words(dotless(name))
        asked += [*map(_quoted, found[:-1]), *(f"({_quoted(word)} OR {_quoted(_cut(word))}*)" for word in found[-1:])]
    return " AND ".join(asked) or None


def _cut(word: str) -> str:
    """What a word and its longer spellings begin with, also once the index has cut them to their stems ("Zelensky", "Zelenskyy")."""
    return word[:-1] if len(word) >= LONG else word


def _any_of(words: Iterable[str]) -> str:
    quoted = list(dict.fromkeys(map(_quoted, words)))
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def dotless(name: str) -> str:
    """A name without the dots of its abbreviations, by which it is found with and without them.

    >>> dotless("the U.S. Navy")
    'the US Navy'
    """
    return name.replace(".", "")


def stands_in(words: str, text: str) -> bool:
    """Whether all of some words stand in a text, as the index would say but for their stems.

    >>> stands_in("Old harb", "the old harbour"), stands_in("bridge", "the old harbour")
    (True, False)
    """
    there = {word.casefold() for word in _words(text)}
    return all(any(found.startswith(word.casefold()) for found in there) for word in _words(words))


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
