#!/usr/bin/env python3
"""How often the act of an attribution is right, given its cue.

    python quality/acts.py POLNEAR_DEV.jsonl [--show]

Two sets: `acts.jsonl`, 200 attributions of that set by their offsets, labelled twice (either label counts as right: the
two agree on 93.5 %, kappa 0.92); and the sentences of our own that training kept back.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.reading.attribution import ACTS
from onrecord.reading.network import looks, seen
from onrecord.reading.nlp import parsed
from onrecord.reading.tokens import span_of

LABELS = Path(__file__).with_name("acts.jsonl")
OWN = Path(__file__).parents[1] / "training" / "acts.jsonl"


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def act_at(text: str, cues: list[list[int]]) -> list[str]:
    """The act of each cue of a text."""
    (pieces,) = parsed([(text, 0)])
    found: dict[int, str] = {}
    for piece in pieces:
        end = piece.offset + len(piece.doc.text)
        inside = [n for n, cue in enumerate(cues) if piece.offset <= cue[0] < end]
        words = seen(piece.doc)
        spans = [span_of(words.tokens, *(at - piece.offset for at in cues[n])) for n in inside]
        for n, look in zip(inside, looks(words, spans), strict=True):
            found[n] = str(ACTS[int(look.acts.argmax())])
    return [found[n] for n in range(len(cues))]


def of_news(dev: Path) -> Iterator[tuple[str, list[str], str]]:
    """Yield act, labels and words for each labelled attribution of the news set."""
    texts = {row["id"]: row["text"] for row in rows(dev)}
    labels = rows(LABELS)
    for document in dict.fromkeys(label["document"] for label in labels):
        mine = [label for label in labels if label["document"] == document]
        text = texts[document]
        for label, act in zip(mine, act_at(text, [label["cue"] for label in mine]), strict=True):
            start, end = label["cue"]
            yield (
                act,
                label["acts"],
                text[max(0, start - 60) : start] + "[[" + text[start:end] + "]]" + text[end : end + 90],
            )


def of_sentences() -> Iterator[tuple[str, list[str], str]]:
    """Yield act, label and words for each sentence that training kept back."""
    for row in rows(OWN):
        if row["split"] == "dev":
            (act,) = act_at(row["text"], [row["cue"]])
            yield act, [row["act"]], row["text"]


def main() -> None:
    """Run the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("dev", type=Path)
    arguments.add_argument("--show", action="store_true")
    given = arguments.parse_args()
    for name, found in (("news", list(of_news(given.dev))), ("sentences", list(of_sentences()))):
        right = sum(act in labels for act, labels, _ in found)
        print(f"{name:10} {len(found):4}  act {right / len(found):.3f}")
        wrong = Counter((labels[0], act) for act, labels, _ in found if act not in labels)
        print("           " + ", ".join(f"{a} as {b} {n}" for (a, b), n in wrong.most_common(6)))
        if given.show:
            for act, labels, words in found:
                if act not in labels:
                    print(f"  {act} for {labels}: {words!r}")


if __name__ == "__main__":
    main()
