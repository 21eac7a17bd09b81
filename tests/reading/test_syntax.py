"""The parser's view of a text, as numbers for the trained reader."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.reading.network import trained_folder
from onrecord.reading.nlp import language, parsed
from onrecord.reading.syntax import BRANCHES, FUNCTIONS, PIECE, TAGS, branches, syntax_of
from onrecord.reading.tokens import Tokens, tokens_of

TOKENIZER = Tokenizer.from_str(trained_folder().joinpath("tokenizer.json").read_text("utf-8"))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()


def tokens_in(text: str) -> Tokens:
    """The tokens of a text with its parse."""
    (pieces,) = parsed([(text, 0)])
    return tokens_of(text, TOKENIZER, syntax_of([(p.offset, p.doc) for p in pieces]))


def words(tokens: Tokens, text: str) -> list[str]:
    """The letters of each token."""
    return [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)]


def test_the_numbers_are_those_of_the_language_model() -> None:
    assert language().get_pipe("tagger").labels == TAGS  # type: ignore[attr-defined]
    assert set(language().get_pipe("parser").labels) == set(FUNCTIONS)  # type: ignore[attr-defined]


def test_a_piece_hangs_on_its_word_and_a_word_on_its_head() -> None:
    text = "Zaporizhzhia's mayor   said so."
    tokens = tokens_in(text)
    written = words(tokens, text)
    said = written.index("said")

    assert tokens.heads[said] == said
    assert tokens.heads[written.index("mayor")] == said
    assert tokens.heads[1] == 0
    assert tokens.functions[1] == PIECE


def test_what_hangs_on_the_cue_is_told_from_what_does_not() -> None:
    text = "The mayor said that it rained. Nobody else spoke."
    tokens = tokens_in(text)
    written = words(tokens, text)
    said = written.index("said")
    found = branches(tokens.functions, tokens.heads, (said, said + 1), 0, len(tokens))
    by_word = dict(zip(written, found.tolist(), strict=True))

    assert by_word["The"] == by_word["mayor"] == FUNCTIONS.index("nsubj") + 2
    assert by_word["it"] == by_word["rained"] == FUNCTIONS.index("ccomp") + 2
    assert by_word["Nobody"] == by_word["spoke"] == 0


def test_seen_from_within_a_clause_the_rest_hangs_on_its_head() -> None:
    text = "Rain fell, the mayor said."
    tokens = tokens_in(text)
    written = words(tokens, text)
    fell = written.index("fell")
    found = dict(
        zip(written, branches(tokens.functions, tokens.heads, (fell, fell + 1), 0, len(tokens)).tolist(), strict=True)
    )

    assert len({found["Rain"], found["fell"], found["said"], found["mayor"]}) == 4


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_every_head_is_a_token_of_the_text(text: str) -> None:
    tokens = tokens_in(text)

    assert ((tokens.heads >= 0) & (tokens.heads < max(1, len(tokens)))).all()


@given(st.data())
def test_every_piece_has_a_branch_even_in_a_tree_that_is_none(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    numbers = st.lists(st.integers(0, size - 1), min_size=size, max_size=size)
    heads = np.array(data.draw(numbers))
    functions = np.array(data.draw(st.lists(st.integers(0, PIECE), min_size=size, max_size=size)))
    start = data.draw(st.integers(0, size - 1))
    found = branches(functions, heads, (start, data.draw(st.integers(start + 1, size))), 0, size)

    assert ((found >= 0) & (found < BRANCHES)).all()


def test_a_part_keeps_its_heads_within_itself() -> None:
    tokens = tokens_in("The mayor of the town said that it rained. Nobody else spoke.")
    for first in range(len(tokens)):
        part = tokens.part(first, first + 4)
        assert ((part.heads >= 0) & (part.heads < len(part))).all()
