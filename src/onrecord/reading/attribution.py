"""Who says what: the attributions of a parsed text, by rules over the parse.

A rule-based baseline. Each candidate is a cue in a construction (verb with a clause, noun with a clause,
"according to", passive, adverb, quotation); `cues.json` says how often trained annotators called that cue an
attribution in that construction (counted on the PolNeAR training set by `quality/count_cues.py`).
Source, cue and content follow the PARC / PolNeAR scheme: full noun phrases, auxiliaries with the cue,
"that" with the content.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from onrecord.reading.cues import Found, candidates_in, trimmed
from onrecord.reading.quotations import quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Relaxed F1 on PolNeAR dev is 0.53 at 0.3, and 0.55 at 0.4 and at 0.5; the lower of these finds more.
LOWEST_RATE = 0.4
# A cue seen less often than this is taken only in the constructions of `CLAUSAL`, where the construction alone tells enough.
FEWEST_SIGHTINGS = 5
# Verbs that answer for a claim. Annotators of general news pass many of them over; a record of who stands behind what
# may not, so these need only half the rate.
ANSWERING = frozenset(
    [
        "confirm",
        "deny",
        "verify",
        "corroborate",
        "acknowledge",
        "admit",
        "reject",
        "dismiss",
        "refute",
        "dispute",
        "claim",
        "allege",
        "accuse",
        "decline",
        "refuse",
        "estimate",
    ]
)
# Constructions whose content is a clause; there the construction alone tells enough of a rare cue.
CLAUSAL = frozenset(
    {"clause", "passive-clause", "quotation", "parenthetical", "fronted", "parataxis", "as", "according", "noun-clause"}
)
# Constructions that are always an attribution.
SURE = frozenset({"put-at", "account"})
# "It is reported that", "reports that", "is said to": hearsay without a source, which a record must keep apart from
# the author's own word even where annotators of sources pass it over (verbs and nouns of FrameNet: Statement, Hearsay).
HEARSAY = frozenset(
    [
        "report",
        "say",
        "claim",
        "allege",
        "rumour",
        "rumor",
        "believe",
        "understand",
        "suggest",
        "suspect",
        "confirm",
        "reveal",
        "disclose",
        "estimate",
        "fear",
    ]
)
HEARSAY_NOUNS = frozenset(
    [
        "report",
        "claim",
        "allegation",
        "rumour",
        "rumor",
        "accusation",
        "assertion",
        "suggestion",
        "speculation",
        "word",
        "news",
        "warning",
    ]
)
OPENING = "“‘\"'«„`"


@cache
def _rates() -> dict[str, dict[str, tuple[int, int]]]:
    counted: dict[str, dict[str, tuple[int, int]]] = json.loads(
        resources.files(__package__).joinpath("cues.json").read_text("utf-8")
    )
    return counted


def is_cue(found: Found) -> bool:
    """Whether annotators mostly took this cue in this construction for an attribution."""
    seen = _rates().get(found.construction, {})
    yes, no = seen.get(found.lemma, (0, 0))
    all_yes, all_no = seen.get("*", (0, 1))
    prior = all_yes / (all_yes + all_no)
    rate = (yes + 2 * prior) / (yes + no + 2)
    if found.construction in SURE:
        return True
    if (
        found.construction in ("passive-clause", "passive-infinitive", "passive-parenthetical")
        and found.lemma in HEARSAY
    ):
        return True
    if found.construction == "noun-clause" and found.lemma in HEARSAY_NOUNS:
        return True
    if (
        found.lemma in ANSWERING
        and found.source
        and found.construction in ("clause", "object", "infinitive", "of", "passive-subject")
    ):
        return rate >= LOWEST_RATE / 2
    if yes + no < FEWEST_SIGHTINGS and found.construction not in CLAUSAL:
        return False
    return rate >= LOWEST_RATE


def attributions_in(doc: Doc) -> list[Found]:
    """The attributions of a parsed piece, in the order of their cues."""
    taken: dict[int, Found] = {}
    for found in candidates_in(doc):
        if is_cue(found) and found.head not in taken:
            taken[found.head] = found
    whole = _with_quotations(doc, [taken[head] for head in sorted(taken)])
    return [found for found in whole if found.content]


def _with_quotations(doc: Doc, found: list[Found]) -> list[Found]:
    """Give each quotation that no content covers to the attribution that it continues or leads up to."""
    covered = {i for one in found for i in one.content}
    result = list(found)
    for start, end in quotations(doc):
        words = [i for i in range(start, end) if not doc[i].is_punct and not doc[i].is_space]
        free = [i for i in words if i not in covered]
        if len(words) < 4 or len(free) < 0.6 * len(words):
            continue
        index = _speaker_of_quotation(doc, result, start, end)
        if index is not None:
            merged = trimmed(doc, sorted({*result[index].content, *range(start, end)}))
            result[index] = replace(result[index], content=merged)
    return result


def _speaker_of_quotation(doc: Doc, found: list[Found], start: int, end: int) -> int | None:
    """Which attribution of the same paragraph a free quotation goes on with: the one before it, else the one after."""
    first, last = _paragraph(doc, start)
    spoken = [
        n
        for n, one in enumerate(found)
        if first <= one.head < last
        and one.construction in ("clause", "quotation", "parataxis", "fronted", "object", "according")
        and any(doc[i].text in OPENING or doc[i].text[0] in "“\"'" for i in one.content)
    ]
    before = [n for n in spoken if found[n].head < start]
    after = [n for n in spoken if found[n].head >= end]
    if before:
        return before[-1]
    return after[0] if after else None


def _paragraph(doc: Doc, at: int) -> tuple[int, int]:
    """The token numbers of the paragraph around token `at`, as a half-open pair."""
    first = at
    while first > 0 and "\n" not in doc[first - 1].text:
        first -= 1
    last = at
    while last < len(doc) and "\n" not in doc[last].text:
        last += 1
    return first, last
