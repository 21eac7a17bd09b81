"""How sure? FactBank's grid for a clause, from the factuality that the trained reader gives its head word.

The network scores every word in the schemes of three corpora, each from -3 (certainly not) over 0 (uncommitted) to 3 (certainly).
UW asks how sure the text is, and says of what will come that it is nearly so; UDS-IH2 asks whether it has happened, and
says of what will come that it has not. The grid takes the level from the first, and from both together what is yet to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from onrecord.reading.stances import WILL
from onrecord.records import Certainty, Level, Polarity

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Token

    from onrecord.reading.network import Seen

# Verbs of what is only thought of (FrameNet: Cogitation, Discussion).
_CONSIDERING = frozenset(
    ["discuss", "consider", "contemplate", "mull", "weigh", "debate", "propose", "envisage", "suggest"]
)
SCHEMES = ("uw", "uds", "meantime")
# The lowest size of a UW score for each level. In the training set plain statements have a mean of 2.7, "would" of 1.7, "may" of
# 1.3, "might" of 1.1 and "could" of 0.8. Of what UW dev holds for certain the network gives 95 % more than 2.2, eight sentences to a text. What will be is at most probable.
LEVELS = ((2.2, Level.CERTAIN), (1.5, Level.PROBABLE), (0.45, Level.POSSIBLE))
# Negation pulls the score of annotators to the middle: "not" has a mean of -2.05.
NEGATED_LEVELS = ((1.4, Level.CERTAIN), (0.9, Level.PROBABLE), (0.45, Level.POSSIBLE))
# What UW holds for so and UDS-IH2 for not so is yet to come.
TO_COME = -0.5
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


def certainty_of(head: Token, text: Seen, *, cue: str) -> Certainty:
    """How sure the source of a clause is, and whether the reporter keeps his distance. `head` is the clause's head word,
    `text` what the network made of the text it stands in."""
    uw, uds, _ = factuality(text, head.idx)
    negated = named_none(head) or (_negation(head) if uw < LEVELS[1][0] else None)
    polarity = Polarity.NEGATIVE if negated or uw < -LEVELS[-1][0] else Polarity.POSITIVE
    grid = NEGATED_LEVELS if polarity is Polarity.NEGATIVE else LEVELS
    level = next((level for least, level in grid if abs(uw) >= least), Level.UNCOMMITTED)
    if negated and level in (Level.POSSIBLE, Level.UNCOMMITTED):
        level = Level.PROBABLE
    to_come = (uw > LEVELS[1][0] and uds < TO_COME) or will_be(head)
    if to_come and level is Level.CERTAIN:
        level = Level.PROBABLE
    if cue in ("believe", "think", "suspect", "assess", "assume", "estimate") and level is Level.CERTAIN:
        level = Level.PROBABLE
    if cue in _CONSIDERING and head.tag_ == "VBG":
        level = Level.UNCOMMITTED  # "they discussed putting officers on a list"
    if (modal := _modal(head)) and polarity is Polarity.POSITIVE and level in (Level.CERTAIN, Level.PROBABLE):
        level = Level.POSSIBLE
    distanced = cue in DISTANCING
    reason = (
        f"factuality of {head.text!r} {uw:+.1f}{', yet to come' if to_come else ''}{f', with {modal!r}' if modal else ''}"
        f"{f', with {negated!r}' if negated else ''}"
        f"{f', reported with {cue!r}' if distanced else ''}"
    )
    return Certainty(level=level, polarity=polarity, distanced=distanced, reason=reason)


def will_be(head: Token) -> bool:
    """Whether a clause's head says what will be, by its own "will"."""
    return any(c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ in WILL for c in head.children)


def _modal(head: Token) -> str | None:
    """The "may", "might" or "could" of a clause's head, which leaves it open whatever the score says."""
    return next((c.lower_ for c in head.children if c.dep_ == "aux" and c.lower_ in ("may", "might", "could")), None)


def _negation(head: Token) -> str | None:
    """The "not" or "never" of a clause's head; where it stands the clause is negated even if the score wavers. "Not only" negates nothing."""
    found = next((c for c in head.children if c.dep_ == "neg"), None)
    if found is None or (found.i + 1 < len(head.doc) and found.nbor().lower_ in ("only", "just", "merely", "simply")):
        return None
    return found.text


_NOBODY = frozenset(["nobody", "none", "nothing", "neither"])
# "There is no doubt that it was shelled" doubts nothing.
_SURE = frozenset(["doubt", "question", "denying", "wonder", "secret", "longer"])


def named_none(head: Token) -> str | None:
    """The "no" of a clause whose subject or object is none: "no bridge was hit", "there were no dead", "they have no guns there"."""
    for child in head.children:
        if child.dep_ in ("nsubj", "nsubjpass", "attr", "dobj") and child.lemma_.lower() not in _SURE:
            if child.lower_ in _NOBODY:
                return child.text
            if any(c.lower_ in ("no", "neither") and c.dep_ in ("det", "preconj") for c in child.children):
                return f"no {child.text}"
            if _is_not_one(child):
                return f"not one {child.text}"
    return None


def _is_not_one(noun: Token) -> bool:
    """Whether a noun phrase is "not one of the guns", "not one gun" or "not a single gun"."""
    before = [t.lower_ for t in noun.doc[noun.left_edge.i : noun.i + 1]]
    return before[:2] == ["not", "one"] or before[:3] == ["not", "a", "single"]


def factuality(text: Seen, at: int) -> NDArray[np.float32]:
    """How factual the text takes the event of the word at offset `at` to be: the scores of SCHEMES, each cut to -3..3."""
    tokens = text.tokens
    if not len(tokens):
        return np.zeros(len(SCHEMES), dtype=np.float32)
    token = min(int(np.searchsorted(tokens.ends, at, side="right")), len(tokens) - 1)
    scores: NDArray[np.float32] = np.clip(text.factual[token], -3, 3)
    return scores
