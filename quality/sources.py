#!/usr/bin/env python3
"""How often a source is resolved to its fullest mention, and called by the right kind.

    python quality/sources.py POLNEAR_DEV.jsonl [--show]

`sources.jsonl` holds 300 sources of that set by their offsets, with every span of the document that is an equally full mention,
labelled by sessions of a language model (pronouns, single words and definite phrases more often than the texts have them). On the
first 200 the code was tuned; the last 100 ("blind") were labelled later, by a session that had not seen it. The attributions given
are the annotators' own, so that only the resolution is measured. `--show` prints what went wrong.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord import document
from onrecord.reading.cast import Cast, cast_of
from onrecord.reading.drafts import sourced
from onrecord.reading.found import Found
from onrecord.reading.network import Seen, seen
from onrecord.reading.nlp import Piece, parsed
from onrecord.reading.reader import facts_of
from onrecord.records import Source

Row = dict[str, Any]
LABELS = Path(__file__).with_name("sources.jsonl")
KINDS = ("tuned on", "blind", "pronoun", "one word", "definite", "other")
PRONOUNS = frozenset(["he", "she", "they", "it", "i", "we", "who", "him", "her", "them", "that", "which", "his"])


def resolved(row: Row, piece: Piece, read: Seen, cast: Cast) -> dict[tuple[int, int], Source]:
    """The source that the reader makes of each annotated one, by its offsets."""
    facts = facts_of(piece.doc, read, document(row["text"]))
    found = [one for a in row["attributions"] if (one := _found(piece, a)) is not None]
    drafts = sourced(facts, sorted(found, key=lambda f: f.head), cast, author=None)
    return {_offsets(piece, d.found.source): d.source for d in drafts if d.found and d.found.source}


def _found(piece: Piece, attribution: Row) -> Found | None:
    """An annotated attribution as the reader would give it; None where its cue lies in another piece."""
    source, cue, content = (_words(piece, attribution[role]) for role in ("source", "cue", "content"))
    if not cue:
        return None
    head = next((i for i in cue if piece.doc[i].pos_ == "VERB"), cue[0])
    return Found(lemma=piece.doc[head].lemma_.lower(), head=head, source=source, cue=cue, content=content)


def _words(piece: Piece, spans: list[list[int]]) -> tuple[int, ...]:
    cuts = [piece.doc.char_span(s - piece.offset, e - piece.offset, alignment_mode="expand") for s, e in spans]
    return tuple(sorted({t.i for cut in cuts if cut is not None for t in cut}))


def _offsets(piece: Piece, words: tuple[int, ...]) -> tuple[int, int]:
    first, last = piece.doc[words[0]], piece.doc[words[-1]]
    return first.idx + piece.offset, last.idx + len(last) + piece.offset


def plain(name: str) -> str:
    """A name without what does not tell mentions apart: articles, brackets, possessive endings, case.

    >>> plain("The World Food Programme (WFP)'s")
    'world food programme'
    """
    name = re.sub(r"\([^)]*\)|['’]s\b|[“”\"]", "", name)
    return " ".join(re.sub(r"^(?:the|a|an)\s+", "", name.strip(), flags=re.IGNORECASE).lower().split())


def _form(words: str) -> str:
    first = words.split()[0].lower()
    if words.lower() in PRONOUNS:
        return "pronoun"
    if len(words.split()) == 1:
        return "one word"
    return (
        "definite"
        if first in ("the", "this", "that", "his", "her", "their", "its") and len(words.split()) <= 4
        else "other"
    )


def judged(path: Path) -> Iterator[tuple[str, str, str, bool, bool, str]]:
    """Yield for each labelled source its words, form, set, whether mention and kind are right, and what was found."""
    rows = {row["id"]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}
    labels = defaultdict(list)
    for label in map(json.loads, LABELS.read_text("utf-8").splitlines()):
        labels[label["document"]].append(label)
    texts = [rows[name] for name in labels]
    for row, pieces in zip(texts, parsed((r["text"], 0) for r in texts), strict=True):
        found: dict[tuple[int, int], Source] = {}
        read = [(piece, seen(piece.doc)) for piece in pieces]
        cast = cast_of([(piece.doc, made) for piece, made in read])
        for piece, made in read:
            found |= resolved(row, piece, made, cast)
        for label in labels[row["id"]]:
            start, end = label["source"]
            words = row["text"][start:end]
            source = next((s for (a, b), s in found.items() if a < end and b > start), None)
            right = {plain(row["text"][s:e]) for s, e in label["fullest"]}
            name = plain(source.name) if source else ""
            was = f"{row['id'][:24]} {words!r}: {source.name if source else None!r} ({source.kind if source else ''}) for {sorted(right)[:2]} ({label['kind']}) - {source.reason if source else ''}"
            is_author = label["kind"] == "author" and source is not None and source.kind == "author"
            which = "blind" if label.get("blind") else "tuned on"
            yield (
                words,
                _form(words),
                which,
                name in right or is_author,
                bool(source and source.kind == label["kind"]),
                was,
            )


def main() -> None:
    """Run the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("dev", type=Path)
    arguments.add_argument("--show", action="store_true")
    given = arguments.parse_args()
    count, mention, kind = Counter[str](), Counter[str](), Counter[str]()
    for _, form, which, right, right_kind, was in judged(given.dev):
        for group in (which, form):
            count[group] += 1
            mention[group] += right
            kind[group] += right_kind
        if given.show and not (right and right_kind):
            print("mention" if not right else "kind   ", was)
    for group in KINDS:
        if count[group]:
            print(
                f"{group:10} {count[group]:4}  mention {mention[group] / count[group]:.3f}  kind {kind[group] / count[group]:.3f}"
            )


if __name__ == "__main__":
    main()
