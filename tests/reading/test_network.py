"""The trained reader: its files, its windows, its seams."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ModelError
from onrecord.reading.attribution import attributions_in, best_run, likely_cues
from onrecord.reading.edges import Weights, best_runs
from onrecord.reading.network import SHARED, WINDOW, Seen, _windows, load, looks, seen, trained_folder
from onrecord.reading.nlp import parsed

SENTENCE = "The mayor of Nairobi said that the bridge over the river was closed on Monday after the rain. "


def seen_in(text: str) -> Seen:
    """What the network makes of a text that is parsed in one piece."""
    ((piece,),) = parsed([(text, 0)])
    return seen(piece.doc)


def contents(text: str) -> list[str]:
    """The content of each attribution of a text, in order."""
    (pieces,) = parsed([(text, 0)])
    return [
        piece.doc[found.content[0] : found.content[-1] + 1].text
        for piece in pieces
        for found in attributions_in(piece.doc, seen(piece.doc))
    ]


def test_an_altered_file_is_refused_by_name(tmp_path: Path) -> None:
    for name in ("encoder.onnx", "second.onnx", "tokenizer.json", "digests.json"):
        (tmp_path / name).write_bytes(trained_folder().joinpath(name).read_bytes())
    with (tmp_path / "second.onnx").open("ab") as file:
        file.write(b"\0")

    with pytest.raises(ModelError, match=r"second\.onnx missing or altered; install"):
        load(tmp_path)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    shutil.copy(str(trained_folder().joinpath("digests.json")), tmp_path)

    with pytest.raises(ModelError, match=r"encoder\.onnx, second\.onnx, tokenizer\.json"):
        load(tmp_path)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=400))
def test_every_token_is_seen_once_and_lies_in_the_text(text: str) -> None:
    found = seen_in(text)

    assert {len(a) for a in (found.cues, found.names, found.factual, found.links)} == {len(found.tokens)}
    assert all(0 <= s < e <= len(text) for s, e in zip(found.tokens.starts, found.tokens.ends, strict=True))


@given(st.integers(0, 4000), st.sets(st.integers(0, 4000)))
def test_windows_hold_every_token_once_and_share_enough(length: int, begins: set[int]) -> None:
    windows = _windows(length, np.array(sorted({0, *begins} & {*range(length)}), dtype=np.int64))

    assert [at for w in windows for at in range(w.kept_from, w.kept_to)] == list(range(length))
    assert all(w.first <= w.kept_from <= w.kept_to <= w.last for w in windows)
    assert {w.last - w.first for w in windows} <= {min(length, WINDOW)}
    assert all(before.last - after.first >= SHARED for before, after in pairwise(windows))


def test_no_attribution_is_lost_or_doubled_at_a_seam() -> None:
    text = SENTENCE * 60

    assert len(seen_in(text).tokens) > 4 * WINDOW
    found = contents(text)
    assert len(found) == 60
    assert all(content.startswith("that the bridge over the river was closed") for content in found)


def test_a_quotation_longer_than_a_look_is_whole() -> None:
    text = f"“{'They came at night and burned the houses by the river. ' * 14}” Mary Okello said."
    (content,) = contents(text)

    assert content.count("They came at night") == 14


def test_a_look_is_where_its_cue_is() -> None:
    found = seen_in(SENTENCE)
    ((start, end, _),) = likely_cues(found)
    (look,) = looks(found, [(start, end)])

    assert SENTENCE[found.tokens.starts[start] : found.tokens.ends[end - 1]] == "said"
    assert look.first == 0
    assert len(look.roles) == len(found.tokens)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=9), st.floats(0, 3))
def test_the_best_runs_are_the_best_of_all(gains: list[float], cost: float) -> None:
    def worth(chosen: int) -> float:
        inside = [bool(chosen >> i & 1) for i in range(len(gains))]
        runs = sum(1 for i, now in enumerate(inside) if now and not (i and inside[i - 1]))
        return sum(g for g, now in zip(gains, inside, strict=True) if now) - runs * cost

    best = max(worth(chosen) for chosen in range(1 << len(gains)))
    given_ = Weights(of={}, bare=(-cost, 0.0, 0.0), score=1.0, word=0.0)
    found = best_runs(np.array(gains), [given_.bare] * (len(gains) + 1), given_)

    assert worth(sum(1 << i for i in found)) == pytest.approx(best)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=9), st.floats(0.1, 3))
def test_the_best_run_is_the_best_of_all(gains: list[float], cost: float) -> None:
    sums = [sum(gains[a:b]) for a in range(len(gains)) for b in range(a + 1, len(gains) + 1)]
    found = best_run(np.array(gains), cost)

    assert sum(gains[i] for i in found) == pytest.approx(max(sums) if max(sums) > cost else 0)
