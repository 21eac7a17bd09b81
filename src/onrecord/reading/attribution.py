"""Who says what: the attributions of a parsed text, as the trained reader finds them.

The network tags cues, then looks at each again and scores every token as source, content or neither (see `network.py`);
here the spans come out of those scores, in whole words. Source, cue and content follow the PARC / PolNeAR scheme: full noun
phrases, auxiliaries with the cue, "that" with the content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from onrecord.reading.content_words import (
    before_comma,
    by_semicolon,
    clause_around,
    clause_of,
    not_the_hearer,
    what_is_denied,
    whole_quotations,
    with_head,
    with_its_subject,
    with_phrase_closed,
    without_aside,
)
from onrecord.reading.edges import SUREST, Boundaries, Three, Weights, best_runs, weights
from onrecord.reading.found import Found, mended
from onrecord.reading.joint import with_joined
from onrecord.reading.kinds import KIND_OF_HEAD
from onrecord.reading.network import Look, Seen, looks
from onrecord.reading.owed import is_owed, owed_cues
from onrecord.reading.source_words import (
    article_of,
    completed,
    is_expletive,
    is_small_clause,
    naming,
    who_says,
    with_possessor,
)
from onrecord.reading.spans import trimmed
from onrecord.records import Act

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

ACTS = tuple(Act)
# A token is worth a second look from this probability of beginning a cue on; the figures below it settle what stays.
# All were tuned on PolNeAR dev: see training/README.md.
WORTH_A_LOOK = 0.12
# Log odds that tagger and second look must reach together.
SURE_ENOUGH = -1.0
# What it costs, in log odds, to begin a source.
NEW_SOURCE = 0.2


def attributions_in(doc: Doc, text: Seen) -> list[Found]:
    """The attributions of a parsed piece, in the order of their cues. `text` is what the network made of `doc.text`."""
    cues = likely_cues(text)
    taken = {token for start, end, _ in cues for token in range(start, end)}
    for start, end in owed_cues(doc, text):
        if taken.isdisjoint(range(start, end)):
            cues.append((start, end, np.inf))
    if not cues:
        return []
    words, bounds = _word_of_token(doc, text), Boundaries(doc, weights())
    cues = [(*(_with_verb(doc, words, start, end) if odds > 0 else (start, end)), odds) for start, end, odds in cues]
    found: dict[int, Found] = {}
    for (start, end, odds), look in zip(cues, looks(text, [(s, e) for s, e, _ in cues]), strict=True):
        if odds + look.is_cue < SURE_ENOUGH and not any(is_owed(doc[int(i)]) for i in {*words[start:end]}):
            continue
        one = _found(doc, bounds, scored(doc, words, (start, end), look), ACTS[int(look.acts.argmax())])
        if one is not None:
            found.setdefault(one.head, one)
    return mended(doc, found)


def likely_cues(text: Seen) -> list[tuple[int, int, float]]:
    """The runs of network tokens that may be cues: start, end, and the log odds that one begins there."""
    if not len(text.tokens):
        return []
    chance = _softmax(text.cues)
    begins = chance[:, 1]
    made: list[tuple[int, int, float]] = []
    end = 0
    for at in np.flatnonzero(begins >= WORTH_A_LOOK).tolist():
        beside = begins[max(0, at - 1) : at + 2]
        if at < end or begins[at] < beside.max():
            continue
        end = at + 1
        while end < len(begins) and chance[end, 2] > max(chance[end, 0], chance[end, 1]):
            end += 1
        p = min(float(begins[at]), 1 - 1e-6)
        made.append((at, end, float(np.log(p / (1 - p)))))
    return made


def _with_verb(doc: Doc, words: NDArray[np.int64], start: int, end: int) -> tuple[int, int]:
    """The tokens of a cue, with the verb where they are nothing but what goes before it: "are" of "are acknowledged"."""
    last = doc[int(words[end - 1])]
    if any(doc[int(i)].dep_ not in ("aux", "auxpass") for i in words[start:end]) or last.head.i <= last.i:
        return start, end
    return start, int(np.searchsorted(words, last.head.i, side="right"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What a look at a cue says of the words from `first` on: who the source is, and the log odds of each word that it is said.

    `cue` and `source` are token numbers; they are no content whatever the scores say.
    """

    first: int
    head: int
    cue: tuple[int, ...]
    source: tuple[int, ...]
    gains: NDArray[np.float64]


def scored(doc: Doc, words: NDArray[np.int64], cue: tuple[int, int], look: Look) -> Scored:
    """The scores of a look in words of the parser; `words` are the numbers of those in which the network tokens begin."""
    of_cue = tuple(sorted({int(w) for w in words[cue[0] : cue[1]]}))
    numbers = words[look.first : look.first + len(look.roles)]
    first = int(numbers[0])
    size = int(numbers[-1]) - first + 1
    total, count = np.zeros((size, 3)), np.zeros(size)
    np.add.at(total, numbers - first, np.log(_softmax(look.roles) + 1e-9))
    np.add.at(count, numbers - first, 1)
    chance = total / np.maximum(count, 1)[:, None]
    chance[count == 0] = 0.0  # white space: as its neighbours
    for word in of_cue:
        chance[word - first] = _BARRED
    head = _head(doc, of_cue)
    source = best_run(chance[:, 1] - np.maximum(chance[:, 0], chance[:, 2]), NEW_SOURCE)
    for word in source:
        chance[word] = _BARRED
    if len(source) == 1 and is_expletive(doc[first + source[0]], doc[head]):
        source = []
    gains = chance[:, 2] - np.logaddexp(chance[:, 0], chance[:, 1])
    return Scored(first=first, head=head, cue=of_cue, source=tuple(first + w for w in source), gains=gains)


_BARRED = (0.0, -99.0, -99.0)
# The words alone, where to begin a content costs so much.
BY_WORDS = Weights(of={}, bare=(-3.0, 0.0, 0.0), score=1.0, word=0.0)
# The boundaries move the edges of what the words say, and no more: both must have this share of their words in common. On PolNeAR dev, by weights
# that have not seen it, relaxed and strict F1 are 0.717 and 0.595 without such a limit, 0.723 and 0.596 at 0.5, 0.726 and 0.592 at 0.7, and 0.725 and 0.583
# by the words alone.
LEAST_IN_COMMON = 0.7


def _runs(gains: NDArray[np.float64], boundaries: Sequence[Three]) -> list[int]:
    """The positions of what is said: as the boundaries have it where that is near to what the words have, else as the words have it."""
    by_words = best_runs(gains, [BY_WORDS.bare] * len(boundaries), BY_WORDS)
    found = best_runs(gains, boundaries, weights())
    shared, either = {*by_words} & {*found}, {*by_words} | {*found}
    return found if len(shared) >= LEAST_IN_COMMON * len(either) else by_words


def _found(doc: Doc, bounds: Boundaries, one: Scored, act: Act) -> Found | None:
    """The attribution of one cue; None where nothing is put forward."""
    one = _by_relative(doc, _from_possessor(doc, _turned_round(doc, one)))
    last = one.first + len(one.gains)
    seen_from = bounds.weighed(one.first, last, head=one.head, cue=one.cue, source=one.source)
    taken, cue = {*one.cue, *one.source}, doc[one.head]
    said = [one.first + at for at in _runs(one.gains, seen_from)]
    if cue.dep_ in ("aux", "auxpass") and cue.head.i not in one.cue:
        return None  # "was" of "it was reported that": the cue is the verb, which has a look of its own
    if is_small_clause(cue, one.source) or (cue.lemma_ == "account" and cue.pos_ == "VERB") or _takes_in(cue):
        return None  # "it accounts for a third" says nothing
    said = by_semicolon(cue, with_phrase_closed(doc, said, taken), taken)
    said = with_its_subject(doc, cue, not_the_hearer(cue, said, taken), taken)
    said = (
        clause_around(cue)
        or before_comma(cue, one.source, said)
        or said
        or clause_of(cue, one.source, taken)
        or what_is_denied(cue)
    )
    put_forward = trimmed(doc, whole_quotations(doc, without_aside(cue, one.source, with_head(cue, said)), taken))
    if not put_forward:
        return None
    known = {*one.cue, *put_forward}
    who = completed(doc, naming(doc, trimmed(doc, who_says(cue, one.source))), known)
    article = article_of(doc, who, put_forward)
    return Found(
        lemma=cue.lemma_.lower(),
        head=one.head,
        source=with_joined(doc, who[: len(who) - len(article)], known),
        cue=one.cue,
        content=(*article, *put_forward),
        act=act,
    )


def _takes_in(verb: Token) -> bool:
    """Whether it is patients that are admitted."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    return verb.lemma_ == "admit" and any(noun.lemma_.lower() in ("patient", "casualty", "wounded") for noun in objects)


def _from_possessor(doc: Doc, one: Scored) -> Scored:
    """A look whose source begins with "'s", with the whole of its phrase."""
    who = with_possessor(doc, one.source)
    return _sourced(one, tuple(i for i in who if i >= one.first))


def _by_relative(doc: Doc, one: Scored) -> Scored:
    """A look at "a statement on Monday, according to which four died, ...", with the statement as its source and that clause as what it says."""
    after = one.cue[0] + 2
    if doc[one.cue[0]].lower_ != "according" or after >= len(doc) or doc[after].lower_ not in ("which", "whom"):
        return one
    which = doc[after]
    verb = next((t for t in which.ancestors if t.pos_ in ("VERB", "AUX") and t.i > which.i), None)
    noun = next((doc[i] for i in range(one.cue[0] - 1, which.sent.start - 1, -1) if _is_told_by(doc[i])), None)
    if verb is None or noun is None or noun.left_edge.i < one.first:
        return one
    gains = np.full(len(one.gains), _BARRED[2])
    said = [t.i for t in verb.subtree if which.i < t.i < one.first + len(gains)]
    gains[[i - one.first for i in said]] = SUREST
    behind = [
        c.right_edge.i for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "by", "from") and c.i > noun.i
    ]
    who = tuple(range(noun.left_edge.i, min(max([noun.i, *behind]), one.cue[0] - 1) + 1))
    return _sourced(replace(one, gains=gains, cue=tuple(range(one.cue[0], which.i + 1))), trimmed(doc, who))


def _is_told_by(noun: Token) -> bool:
    """Whether a noun can be that according to which something is so: a text, a body or somebody, and no "of" such a one."""
    named = noun.ent_type_ in ("PERSON", "ORG") and noun.dep_ != "compound"
    return (noun.lemma_.lower() in KIND_OF_HEAD or named) and not (
        noun.dep_ == "pobj" and noun.head.lower_ in ("of", "by", "from")
    )


def _sourced(one: Scored, who: tuple[int, ...]) -> Scored:
    """A look with a source, whose words are not said."""
    if who == one.source:
        return one
    gains = one.gains.copy()
    for i in who:
        if i - one.first < len(gains):
            gains[i - one.first] = _BARRED[2]
    return replace(one, source=who, gains=gains)


def _turned_round(doc: Doc, one: Scored) -> Scored:
    """A look that takes the count of "forty men, says the ministry" for who says so, with both in their places."""
    subject = next((c for c in doc[one.head].children if c.dep_ == "nsubj" and c.i > one.head), None)
    if subject is None or not one.source or max(one.source) > one.head or not any(doc[i].like_num for i in one.source):
        return one
    gains = one.gains.copy()
    for i in one.source:
        gains[i - one.first] = SUREST
    who = tuple(t.i for t in subject.subtree if t.i < one.first + len(gains))
    for i in who:
        gains[i - one.first] = _BARRED[2]
    return replace(one, source=who, gains=gains)


def _word_of_token(doc: Doc, text: Seen) -> NDArray[np.int64]:
    """The number of the parsed word in which each network token begins."""
    starts = np.array([t.idx for t in doc], dtype=np.int64)
    return np.maximum(np.searchsorted(starts, text.tokens.starts, side="right") - 1, 0)


def _head(doc: Doc, cue: Sequence[int]) -> int:
    """The word of a cue that the others hang on, a verb where there is one."""
    inside = set(cue)
    tops = [i for i in cue if doc[i].head.i not in inside or doc[i].head.i == i]
    verbs = [i for i in tops if doc[i].pos_ == "VERB"] or [i for i in cue if doc[i].pos_ == "VERB"]
    return (verbs or tops or list(cue))[0]


# ---------------------------------------------------------------- spans out of scores


def best_run(gains: NDArray[np.float64], cost: float) -> list[int]:
    """The run of positions with the greatest sum of gains; empty where none is worth its cost (Kadane's algorithm).

    >>> best_run(np.array([-1.0, 2.0, -0.5, 2.0, -3.0, 1.0]), 1.0)
    [1, 2, 3]
    """
    best, best_at = cost, (0, 0)
    total, start = 0.0, 0
    for at, gain in enumerate(gains.tolist()):
        if total <= 0:
            total, start = 0.0, at
        total += gain
        if total > best:
            best, best_at = total, (start, at + 1)
    return list(range(*best_at))


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    powers = np.exp((logits - logits.max(-1, keepdims=True)).astype(np.float64))
    chances: NDArray[np.float64] = powers / powers.sum(-1, keepdims=True)
    return chances
