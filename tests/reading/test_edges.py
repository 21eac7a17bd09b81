"""Where contents begin and end."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.edges import Boundaries, Weights, best_runs, weighed, weights
from onrecord.reading.nlp import parsed

NUMBERS = st.floats(-4, 4)


@given(st.lists(NUMBERS, min_size=1, max_size=7), st.tuples(NUMBERS, NUMBERS, NUMBERS), st.sets(st.integers(0, 7)))
def test_the_best_runs_are_the_best_of_all_whatever_speaks_for_a_boundary(
    gains: list[float], cut: tuple[float, float, float], at: set[int]
) -> None:
    learnt = Weights(of={"cut": cut}, bare=(-1.0, 0.5, 0.25), score=0.5, word=0.1)
    boundaries = [weighed(["cut"] if i in at else [], learnt) for i in range(len(gains) + 1)]

    def worth(inside: tuple[int, ...]) -> float:
        total = sum(0.5 * gain + 0.1 for gain, now in zip(gains, inside, strict=True) if now)
        for i, (before, after) in enumerate(itertools.pairwise((0, *inside, 0))):
            kind = {(0, 1): 0, (1, 0): 1, (1, 1): 2}.get((before, after))
            if kind is not None:
                total += learnt.bare[kind] + (cut[kind] if i in at else 0.0)
        return total

    found = set(best_runs(np.array(gains), boundaries, learnt))

    best = max(map(worth, itertools.product((0, 1), repeat=len(gains))))
    assert worth(tuple(int(i in found) for i in range(len(gains)))) == pytest.approx(best)


def test_a_boundary_tells_what_hangs_on_the_cue_on_either_side() -> None:
    (pieces,) = parsed([("The mayor said the bridge was closed.", 0)])
    doc = pieces[0].doc

    seen = Boundaries(doc, weights()).features(0, len(doc), head=2, cue=(2,), source=(0, 1))

    assert seen[0] == seen[-1] == ["edge"]
    assert {"br=CUE|ccomp", "acue", ">B=the"} <= set(seen[3])
    assert {"br=nsubj|CUE", "bcue", "asrc"} <= set(seen[2])
    assert "br=same" in seen[5]


def test_what_is_weighed_once_is_what_the_features_weigh() -> None:
    (pieces,) = parsed([('"The bridge was closed," the mayor said, and two men told her it was open.', 0)])
    doc = pieces[0].doc
    bounds = Boundaries(doc, weights())

    for verb, source in ((9, (7, 8)), (14, (12, 13)), (9, ())):
        assert doc[verb].pos_ == "VERB"
        features = bounds.features(0, len(doc), head=verb, cue=(verb,), source=source)
        by_name = [weighed(names, weights()) for names in features]
        assert np.allclose(bounds.weighed(0, len(doc), head=verb, cue=(verb,), source=source), by_name)


def test_the_weights_that_ship_know_what_a_quotation_mark_is() -> None:
    assert {"q00", "q01", "q10", "q11"} <= weights().of.keys()
