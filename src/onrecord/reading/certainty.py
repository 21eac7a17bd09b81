"""How sure? FactBank's grid for a clause, and a factuality score for any word, from modals, negation and what governs it.

A rule-based baseline. The scores of the cues are the mean annotation of words in that position in the training sets
UW, UDS-IH2 and MEANTIME (scale -3 to 3), counted by `quality/count_factuality.py`.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from onrecord.records import Certainty, Level, Polarity

if TYPE_CHECKING:
    from spacy.tokens import Token

POSSIBLE = frozenset(["may", "might", "could", "can", "possibly", "perhaps", "maybe", "conceivably", "potentially"])
PROBABLE = frozenset(
    [
        "would",
        "should",
        "likely",
        "probably",
        "apparently",
        "presumably",
        "seemingly",
        "expected",
        "believed",
        "thought",
        "seem",
        "appear",
    ]
)
NEGATIONS = frozenset(["not", "n't", "never", "no", "neither", "nor", "without", "nobody", "nothing", "none", "hardly"])
FAILING = frozenset(["fail", "refuse", "deny", "avoid", "prevent", "stop", "decline", "refrain", "reject", "lack"])
WANTING = frozenset(
    [
        "want",
        "hope",
        "plan",
        "intend",
        "seek",
        "try",
        "wish",
        "aim",
        "hop",
        "expect",
        "prepare",
        "threaten",
        "vow",
        "promise",
        "pledge",
        "consider",
        "weigh",
    ]
)
DISTANCING = frozenset(
    [
        "claim",
        "allege",
        "purport",
        "insist",
        "reportedly",
        "allegedly",
        "purportedly",
        "supposedly",
        "so-called",
        "maintain",
        "contend",
    ]
)


def certainty_of(head: Token, *, cue: str) -> Certainty:
    """How sure the source of a clause is, and whether the reporter keeps his distance. `head` is the clause's head word."""
    position = position_of(head)
    polarity = Polarity.NEGATIVE if position.startswith("not-") else Polarity.POSITIVE
    kind = position.removeprefix("not-")
    level = {
        "possible": Level.POSSIBLE,
        "probable": Level.PROBABLE,
        "future": Level.PROBABLE,
        "condition": Level.UNCOMMITTED,
        "wanted": Level.UNCOMMITTED,
        "question": Level.UNCOMMITTED,
    }.get(kind, Level.CERTAIN)
    if cue in ("believe", "think", "suspect", "assess", "assume", "estimate") and level is Level.CERTAIN:
        level, kind = Level.PROBABLE, f"cue {cue}"
    distanced = cue in DISTANCING
    reason = (
        f"{kind}{', negated' if polarity is Polarity.NEGATIVE else ''}{f', reported with {cue!r}' if distanced else ''}"
    )
    return Certainty(level=level, polarity=polarity, distanced=distanced, reason=reason)


def position_of(word: Token) -> str:
    """The position of a word that decides how factual it is: "plain", "future", "possible", "condition", ..., with "not-" before it."""
    negated = _is_negated(word)
    return f"not-{kind}" if (kind := _kind(word)) and negated else kind


def _kind(word: Token) -> str:
    for token in (word, *_above(word)):
        children = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass", "advmod", "mark", "acomp", "oprd")}
        if children & {"if", "unless", "whether"}:
            return "condition"
        if children & POSSIBLE:
            return "possible"
        if children & {"will", "'ll", "’ll", "shall", "wo"}:
            return "future"
        if children & PROBABLE or token.lower_ in PROBABLE:
            return "probable"
        if token.i != word.i and token.lemma_ in WANTING:
            return "wanted"
        if token.dep_ in ("ccomp", "relcl", "advcl", "parataxis"):
            break
    if word.tag_ == "VB" and word.dep_ in ("xcomp", "acl", "advcl", "pcomp", "relcl"):
        return "infinitive"
    if word.sent.text.rstrip().endswith("?"):
        return "question"
    return "noun" if word.pos_ in ("NOUN", "PROPN") else "plain"


def _above(word: Token) -> list[Token]:
    """The words that govern a word within its clause, nearest first, at most three."""
    chain: list[Token] = []
    token = word
    while (
        len(chain) < 3
        and token.head.i != token.i
        and token.dep_ in ("xcomp", "acomp", "attr", "dobj", "conj", "nsubj", "nsubjpass", "prep", "pobj", "compound")
    ):
        token = token.head
        chain.append(token)
    return chain


def _is_negated(word: Token) -> bool:
    governed = word.dep_ in ("xcomp", "acomp", "attr", "dobj", "nsubjpass")
    for token in (word, *(_above(word)[:1] if governed else [])):
        if any(
            c.dep_ == "neg" or (c.lower_ in NEGATIONS and c.dep_ in ("det", "advmod", "preconj", "cc", "nsubj", "dobj"))
            for c in token.children
        ):
            return True
        if token.head.i != token.i and token.dep_ in ("xcomp", "dobj", "pcomp") and token.head.lemma_ in FAILING:
            return True
    return any(
        c.lower_ == "no" for o in word.children if o.dep_ in ("dobj", "attr", "nsubj", "nsubjpass") for c in o.children
    )


@cache
def _scores() -> dict[str, float]:
    scores: dict[str, float] = json.loads(resources.files(__package__).joinpath("factuality.json").read_text("utf-8"))
    return scores


def factuality(word: Token) -> float:
    """How factual the text takes the event of a word to be: -3 (certainly not) over 0 (uncommitted) to 3 (certainly)."""
    return _scores().get(position_of(word), _scores()["plain"])
