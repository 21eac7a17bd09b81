#!/usr/bin/env python3
"""Scored sentences as texts: a reader has texts before it, and may judge the same sentence otherwise there.

    python quality/in_texts.py SENTENCES.jsonl > TEXTS.jsonl

Each line is `{"id", "text", "targets": [{"start", "end", "score"}, ...]}`. So many sentences as stand behind one another make a text, with a space between
them; every target keeps its score.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

IN_A_ROW = 8


def in_texts(sentences: list[dict[str, Any]], number: int = IN_A_ROW) -> Iterator[dict[str, Any]]:
    """Yield texts of `number` sentences each, the last one of fewer perhaps.

    >>> one = {"id": "a", "text": "It rained.", "targets": [{"start": 3, "end": 9, "score": 3.0}]}
    >>> [text["targets"][-1]["start"] for text in in_texts([one, one, one], 2)]
    [14, 3]
    """
    for first in range(0, len(sentences), number):
        text, targets = "", []
        for sentence in sentences[first : first + number]:
            moved = len(text)
            targets += [t | {"start": t["start"] + moved, "end": t["end"] + moved} for t in sentence["targets"]]
            text += sentence["text"] + " "
        yield {"id": sentences[first]["id"], "text": text, "targets": targets}


def written(sentences: Path) -> str:
    """A file of sentences as the lines of a file of texts."""
    with sentences.open(encoding="utf-8") as lines:
        texts = in_texts([json.loads(line) for line in lines])
        return "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts)


if __name__ == "__main__":
    sys.stdout.write(written(Path(sys.argv[1])))
