"""Which documents quote the same words? Who quotes six words in a row as another does, within days, heard or read the same thing."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from onrecord.records import Document

# So many words in a row are no set phrase (of forty dossiers, pairs with 5, 6, 7 and 8 shared quoted words rest on one origin by their gold in 39 of 40,
# 36 of 37, 34 of 35 and 29 of 29 cases).
FEWEST_WORDS = 6
# A quotation is no longer than this, and ends in its paragraph; a mark that is not closed there opens none.
LONGEST_QUOTATION = 400
_QUOTATION = re.compile(rf"(?<![^\s(\[–—-])[\"“«„](?P<words>[^\"”“«»„\n]{{20,{LONGEST_QUOTATION}}})[\"”»“]")
_WORD = re.compile(r"[\w'’]+")
Run = tuple[str, ...]


def quoting_the_same(
    documents: Mapping[str, Document], ids: Iterable[str], within: timedelta
) -> Iterator[tuple[str, str, str, str]]:
    """Pairs of documents that quote FEWEST_WORDS words in a row alike within some time, of those given in the order in which they appeared: the earlier,
    the later, the words and the reason. Each is paired with the last one before it.

    >>> import onrecord
    >>> one = onrecord.document('"We will not leave this bridge tonight," said Ada Okello.', label="a")
    >>> other = onrecord.document('Okello vowed "we will not leave this bridge".', label="b")
    >>> [pair[3] for pair in quoting_the_same({"a": one, "b": other}, ["a", "b"], timedelta(days=2))]
    ['both quote the words “we will not leave this bridge”']
    """
    last: dict[Run, str] = {}
    recent: deque[tuple[str, list[Run]]] = deque()
    for id_ in ids:
        while recent and documents[id_].appeared - documents[recent[0][0]].appeared > within:
            old, forgotten = recent.popleft()
            for run in forgotten:
                if last.get(run) == old:
                    del last[run]
        runs = list(_runs(documents[id_].text))
        shared: dict[str, str] = {}
        for run in runs:
            before = last.get(run, id_)
            if before != id_:
                shared.setdefault(before, " ".join(run))
            last[run] = id_
        recent.append((id_, runs))
        yield from ((before, id_, words, f"both quote the words “{words}”") for before, words in shared.items())


def _runs(text: str) -> Iterator[Run]:
    """Every FEWEST_WORDS words in a row of every quotation."""
    for quotation in _QUOTATION.finditer(text):
        words = _WORD.findall(quotation["words"].lower().replace("’", "'"))
        for start in range(len(words) - FEWEST_WORDS + 1):
            yield tuple(words[start : start + FEWEST_WORDS])
