"""Whom does "they" stand for in what somebody says? Without that "they have not been in combat" is about nobody.

The last group of people named before, a subject before an object, at most two sentences back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.reading.actors import sectors

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_PRONOUNS = frozenset(["they", "them", "their"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
FARTHEST = 2  # sentences


def groups_in(doc: Doc) -> dict[int, tuple[int, ...]]:
    """For each "they" of a piece the noun of the group that it stands for, with the adjectives and names right before it."""
    sentences = list(doc.sents)
    found: dict[int, tuple[int, ...]] = {}
    for number, sentence in enumerate(sentences):
        for word in sentence:
            if word.lower_ in _PRONOUNS and word.pos_ == "PRON":
                group = _group_before(word, sentences[max(0, number - FARTHEST) : number + 1])
                if group is not None:
                    before = (
                        t.i for t in group.lefts if t.dep_ in ("amod", "compound", "nmod", "poss") and not t.like_num
                    )
                    found[word.i] = (*before, group.i)
    return found


def _group_before(word: Token, sentences: list[Span]) -> Token | None:
    """The group nearest before a pronoun: in its own sentence, else in the one before; there the first subject, else the first."""
    for sentence in reversed(sentences):
        named = [t for t in _groups(sentence) if t.i < word.i]
        if named:
            return next((t for t in named if t.dep_ in _SUBJECTS), named[0])
    return None


def _groups(sentence: Span) -> Iterator[Token]:
    """The nouns of a sentence that name several people: "soldiers", "the North Koreans"."""
    for word in sentence:
        if (word.tag_ == "NNPS" and word.ent_type_ == "NORP") or (
            word.tag_ in ("NNS", "NNPS") and word.lemma_.lower() in sectors()
        ):
            yield word
