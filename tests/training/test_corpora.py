"""Corpora as training examples: what is changed keeps its labels."""

from __future__ import annotations

import random

import numpy as np
from tokenizers import Tokenizer

from corpora import (
    FOLDS,
    MASK,
    NAME_TAGS,
    UNLABELLED,
    WINDOW,
    attribution_examples,
    batches,
    blurred,
    factuality_examples,
    names_of,
    untokenised,
    varied,
)
from onrecord.reading.network import trained_folder
from onrecord.reading.syntax import PIECE
from parses import Parses

TOKENIZER = Tokenizer.from_str(trained_folder().joinpath("tokenizer.json").read_text("utf-8"))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()
PARSES = Parses(TOKENIZER)
TEXT = 'The mayor said: "The bridge is shut."\n\nNobody else (“not one”) spoke.'


def test_a_varied_text_keeps_its_length_and_its_words() -> None:
    rng = random.Random(1)
    changed = {varied(TEXT, rng) for _ in range(200)}

    assert len(changed) > 5
    assert all(len(text) == len(TEXT) for text in changed)
    assert all("bridge is shut" in text.lower() for text in changed)


def test_untokenised_text_reads_as_printed_and_knows_where_everything_went() -> None:
    text = "He did n't say ( yet ) , so `` we wait '' ."
    printed, moved = untokenised(text)

    assert printed == "He didn't say (yet), so ``we wait''."
    assert printed[moved[text.index("wait")] :].startswith("wait")


def test_a_window_keeps_the_attributions_whose_cue_it_holds() -> None:
    text = "Rain fell. " * 200 + "The mayor said the bridge was shut."
    at = text.index("The mayor")
    spans = {"source": [[at, at + 9]], "cue": [[at + 10, at + 14]], "content": [[at + 15, len(text) - 1]]}
    made = attribution_examples([{"text": text, "attributions": [spans]}], PARSES, random.Random(2))
    kept = [(e, one) for e in made for one in e.attributions or []]

    assert len(made) > 2
    ((example, one),) = kept
    ((first, last),) = one["cue"]
    assert text[example.tokens.starts[first] : example.tokens.ends[last - 1]] == "said"


def test_a_target_stands_on_its_word_whether_or_not_the_text_was_changed() -> None:
    row = {"text": "They did n't leave .", "targets": [{"start": 13, "end": 18, "score": -3.0}]}
    made = factuality_examples([row | {"scheme": 0}] * 20, PARSES, random.Random(3))
    leave = TOKENIZER.token_to_id("leave")

    assert {int(e.tokens.ids[e.factual[0][0]]) for e in made} == {leave}
    assert len({len(e) for e in made}) > 1


def test_the_outermost_of_nested_names_is_taken_without_its_article() -> None:
    text = "the University of Nairobi said he knew"
    mentions = [
        {"start": 0, "end": 25, "type": "organization", "cluster": 1},
        {"start": 18, "end": 25, "type": "place", "cluster": 2},
        {"start": 31, "end": 33, "type": "person", "cluster": 3},
    ]

    assert names_of({"text": text, "mentions": mentions}) == [(4, 25, "organization")]


def test_batches_hold_every_example_once_within_their_size() -> None:
    made = attribution_examples(
        [{"text": "Rain fell. " * n, "attributions": []} for n in range(1, 60)], PARSES, random.Random(4)
    )
    dealt = batches(made, 600, random.Random(5))

    assert sorted(map(id, made)) == sorted(id(e) for batch in dealt for e in batch)
    assert all((max(map(len, batch)) + 2) * len(batch) <= 600 for batch in dealt if len(batch) > 1)


def test_a_batch_is_of_one_fold_and_what_nobody_labelled_stays_apart() -> None:
    texts: list[dict[str, object]] = [
        {"text": f"Rain fell in place {n}.", "attributions": [] if n % 3 else None} for n in range(40)
    ]
    dealt = batches(attribution_examples(texts, PARSES, random.Random(8)), 200, random.Random(9))

    assert all(len({e.fold for e in batch}) == 1 for batch in dealt)
    assert {e.fold for batch in dealt for e in batch} == {UNLABELLED, *range(FOLDS)}
    assert len([e for batch in dealt for e in batch if e.fold == UNLABELLED]) >= 14


def test_scored_sentences_in_a_row_keep_their_scores_and_heads() -> None:
    rng = random.Random(4)
    sentences = [
        {
            "text": f"Rain fell {n} times and the bridge was not shut.",
            "scheme": n % 2,
            "targets": [{"start": 5, "end": 9, "score": n / 10}],
        }
        for n in range(24)
    ]
    made = factuality_examples(sentences, PARSES, rng, (4,))
    (alone,) = factuality_examples(sentences[:1], PARSES, rng)
    fell = alone.tokens.ids[alone.factual[0][0]]

    assert sum(len(e.factual) for e in made) == 24
    assert max(len(e.factual) for e in made) == 4
    for e in made:
        assert all(e.tokens.ids[at] == fell for at, _ in e.factual)
        assert {round(10 * score) % 2 for _, score in e.factual} == {e.scheme}
        assert np.all(np.diff(e.tokens.starts) >= 0)
        assert all(abs(int(e.tokens.heads[at]) - at) < len(alone) for at, _ in e.factual)


def test_a_window_of_scored_sentences_is_no_longer_than_a_window() -> None:
    sentences = [{"text": "Rain fell on the town. " * 20, "scheme": 0, "targets": []}] * 6

    assert max(map(len, factuality_examples(sentences, PARSES, random.Random(3), (12,)))) <= WINDOW


def test_what_is_hidden_from_the_reader_its_teachers_see() -> None:
    text = "Yekaterina Zaporozhets said that it rained over Kyrgyzstan. " * 8
    for example in attribution_examples([{"text": text, "attributions": []}] * 10, PARSES, random.Random(6)):
        before = example.tokens
        blurred(example, random.Random(1))

        assert example.plain is before
        assert not (example.plain.ids == MASK).any()


def test_hidden_words_are_whole_and_names_before_others() -> None:
    text = "Yekaterina Zaporozhets said that it rained over Kyrgyzstan. " * 8
    made = attribution_examples([{"text": text, "attributions": []}] * 40, PARSES, random.Random(6))
    whole = {id(e): e.tokens for e in made}
    for example in made:
        blurred(example, random.Random(id(example)))
    hidden, names = 0, 0
    for example in made:
        masked = example.tokens.ids == MASK
        tokens = whole[id(example)]
        for at in np.flatnonzero(tokens.functions == PIECE):
            assert masked[at] == masked[at - 1] or at == 0
        hidden += int(masked.sum())
        names += int((masked & np.isin(tokens.tags, NAME_TAGS)).sum())

    assert 0 < hidden / sum(map(len, made)) < 0.2
    assert names > hidden / 2
