"""The parser's view of every text that is trained on, kept in a file: parsing anew on every start would take minutes."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import Tokenizer

from onrecord.reading.syntax import Syntax, syntax_of
from onrecord.reading.tokens import Tokens, tokens_of

TOGETHER = 64


class Parses:
    """Texts with their parses, as tokens. `kept` is a file of this class alone; None keeps nothing."""

    def __init__(self, tokenizer: Tokenizer, kept: Path | None = None) -> None:
        self.tokenizer = tokenizer
        self.kept = kept
        self.known: dict[str, Syntax] = (
            pickle.loads(kept.read_bytes()) if kept is not None and kept.exists() else {}  # noqa: S301 - our own file
        )

    def learn(self, texts: Iterable[str]) -> None:
        """Parse the texts that are not known yet, with all processors, and keep them."""
        new = list({_digest(text): text for text in texts if _digest(text) not in self.known}.values())
        if not new:
            return
        parts = [new[at : at + TOGETHER] for at in range(0, len(new), TOGETHER)]
        with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
            for part, found in zip(parts, pool.imap(_parsed, parts), strict=True):
                self.known |= zip(map(_digest, part), found, strict=True)
        if self.kept is not None:
            self.kept.parent.mkdir(parents=True, exist_ok=True)
            self.kept.write_bytes(pickle.dumps(self.known))

    def tokens(self, text: str, printed: str | None = None) -> Tokens:
        """The tokens of a text, or of another print of it with every letter in the same place, with the parse of the text."""
        if _digest(text) not in self.known:
            self.known[_digest(text)] = _parsed([text])[0]
        return tokens_of(text if printed is None else printed, self.tokenizer, self.known[_digest(text)])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _parsed(texts: Sequence[str]) -> list[Syntax]:
    from onrecord.reading.nlp import parsed  # where all parses are kept, no parser needs to be installed

    return [syntax_of([(p.offset, p.doc) for p in pieces]) for pieces in parsed((text, 0) for text in texts)]
