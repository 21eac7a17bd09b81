"""Who says what: the attributions of a parsed text, as the trained reader finds them.

The network tags cues, then looks at each again and scores every token as source, content or neither (see `network.py`);
here the spans come out of those scores, in whole words. Source, cue and content follow the PARC / PolNeAR scheme: full noun
phrases, auxiliaries with the cue, "that" with the content.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import numpy as np

from onrecord.reading import acts
from onrecord.reading.content_words import (
    ACCOUNTS,
    before_comma,
    clause_around,
    clause_of,
    not_the_hearer,
    whole_quotations,
    with_head,
    with_its_subject,
)
from onrecord.reading.edges import SUREST, Boundaries, Three, Weights, best_runs, weights
from onrecord.reading.joint import with_joined
from onrecord.reading.network import Look, Seen, looks
from onrecord.reading.source_words import article_of, completed, is_expletive, naming, who_says
from onrecord.reading.spans import trimmed
from onrecord.reading.tokens import span_of
from onrecord.records import Act

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

ACTS = tuple(Act)
# A token is worth a second look from this probability of beginning a cue on; the figures below it settle what stays.
# All were tuned on PolNeAR dev: see training/README.md.
WORTH_A_LOOK = 0.12
# Log odds that tagger and second look must reach together.
SURE_ENOUGH = -0.5
# What it costs, in log odds, to begin a source.
NEW_SOURCE = 0.2

# Verbs of hearsay in the passive (FrameNet: Statement, Hearsay), and nouns by which somebody tells a thing.
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
        "suspect",
        "estimate",
        "think",
        "fear",
    ]
)
HEARSAY_NOUNS = frozenset(
    ["report", "claim", "allegation", "rumour", "rumor", "accusation", "assertion", "speculation"]
)
# "The ministry raised its toll to 40" gives a number on the ministry's word.
REVISING = frozenset(["raise", "lower", "revise", "update", "increase", "reduce", "cut", "correct", "bring"])
COUNTS = frozenset(["toll", "count", "tally", "estimate", "figure", "number", "total"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An attribution in token numbers of one parsed piece, before it becomes a record.

    `head` is the token that the rest of the cue hangs on and `lemma` its lemma; `act` is what the source does with the content.
    `source` is empty where the text names none.
    """

    lemma: str
    head: int
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    act: Act = Act.ASSERTS


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
    found: dict[int, Found] = {}
    for (start, end, odds), look in zip(cues, looks(text, [(s, e) for s, e, _ in cues]), strict=True):
        if odds + look.is_cue < SURE_ENOUGH and not is_owed(doc[int(words[start])]):
            continue
        one = _found(doc, bounds, scored(doc, words, (start, end), look), ACTS[int(look.acts.argmax())])
        if one is not None:
            found.setdefault(one.head, one)
    whole = {head: _with_whole_clause(doc, _of_noun(doc, _without_gaps(doc, one))) for head, one in found.items()}
    named = {head: _with_antecedent(doc, one, whole.values()) for head, one in whole.items()}
    owned = [_with_own_subject(doc, named[head], named.values()) for head in sorted(named)]
    return [_with_rest(doc, one, owned) for one in owned]


def _with_rest(doc: Doc, one: Found, others: Iterable[Found]) -> Found:
    """An attribution that stands between the parts of its content, with the last: "a bridge fell, the army said, and two men were hurt".

    The last part is nobody else's words, and begins as what goes on with a count or a clause does.
    """
    known = {*one.source, *one.cue}
    if not one.source or not one.content or one.content[-1] > min(known) or doc[min(known) - 1].lower_ != ",":
        return one
    sentence = doc[one.head].sent
    begins = next(
        (i for i in range(max(known) + 1, sentence.end - 1) if doc[i].lower_ == "," and _goes_on(doc, i + 1)), None
    )
    if begins is None or begins - max(known) > FURTHEST_REST:
        return one
    rest = tuple(t.i for t in doc[begins + 1 : sentence.end] if not t.is_space)
    if any(o.head in rest or not set(rest).isdisjoint(o.content) for o in others if o is not one):
        return one
    return replace(one, content=(*one.content, *trimmed(doc, rest)))


FURTHEST_REST = 8  # words, of when and where and to whom it was said
_PARTS = frozenset(["all", "most", "some", "many", "half", "both", "none", "several", "dozens", "hundreds", "one"])


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether what begins with a word goes on with what was said before the attribution."""
    first, second = doc[i], doc[i + 1] if i + 1 < len(doc) else doc[i]
    if first.lower_ in ("and", "but"):
        subject = next((t for t in second.sent if t.i > i and t.dep_ in ("nsubj", "nsubjpass", "expl")), None)
        return second.tag_ == "VBG" or (subject is not None and subject.left_edge.i == second.i)
    if first.lower_ in ("up", "down"):
        return second.lower_ == "from"
    if first.lower_ in ("including", "among"):
        return first.lower_ == "including" or second.lower_ in ("them", "whom", "those")
    return (first.lower_ in _PARTS or first.like_num) and second.lower_ == "of"


def _with_antecedent(doc: Doc, one: Found, others: Iterable[Found]) -> Found:
    """An attribution whose source is no more than "the army denies" of "the report that the army denies": the report is its source."""
    inside = set(one.source)
    clause = any(o.head in inside and o.source and inside.issuperset(o.source) for o in others if o.head != one.head)
    clause = clause or (bool(inside) and doc[max(inside)].lemma_ in acts.DENYING | acts.CONFIRMING)
    at = min(inside, default=0) - 1
    if not clause or at < 1 or doc[at].lower_ not in ("that", "which") or doc[at - 1].pos_ != "NOUN":
        return one
    noun = doc[at - 1]
    return replace(one, source=tuple(range(noun.left_edge.i, noun.i + 1)))


def _of_noun(doc: Doc, one: Found) -> Found:
    """An attribution by a noun ("reports that the road is cut are false") without what is said of the noun itself."""
    noun = doc[one.head]
    if noun.pos_ != "NOUN" or not one.content or one.content[0] < noun.i:
        return one
    clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp") and c.i > noun.i), None)
    inside = {t.i for t in clause.subtree} if clause is not None else set()
    kept = tuple(i for i in one.content if i in inside)
    joined = next((c for c in noun.children if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX")), None)
    verb = noun.head if noun.dep_ in ("nsubj", "nsubjpass") else joined
    return replace(one, content=kept) if kept and verb is not None and verb.i in one.content else one


def _without_gaps(doc: Doc, one: Found) -> Found:
    """An attribution whose content leaves no words out but its own source and cue, and what stands between commas, dashes or quotation marks.

    So no part of it ends before the words that go on to its source or cue: "killed in the raid, she said".
    """
    content, known = list(one.content), {*one.source, *one.cue}
    behind = [i for i in known if one.content and i > one.content[-1]]
    for last, following in pairwise([*one.content, *sorted(behind)[:1]]):
        between = range(last + 1, following)
        left_out = list(takewhile(lambda i: not _closes(doc[i], known), between))
        if len(left_out) == len(between) or any(i in known for i in (*between, following)):
            content += left_out
    return replace(one, content=tuple(sorted(content))) if len(content) > len(one.content) else one


def _closes(token: Token, known: set[int]) -> bool:
    """Whether a part of a content ends before a word: a mark, who says so, or the preposition that leads to him ("by the army")."""
    leads = token.pos_ == "ADP" and any(c.i in known for c in token.children)
    return token.i in known or token.is_punct or token.is_space or leads


def _with_whole_clause(doc: Doc, one: Found) -> Found:
    """An attribution at the end of its sentence ("A did B, C said"), with all of the clause before it if it has the end of that, or the
    subject without the verb."""
    clause = next((c for c in doc[one.head].children if c.dep_ == "ccomp" and c.i < one.head), None)
    if clause is None or not one.content or not one.source or not one.content[-1] < min(one.cue):
        return one
    before = min((*one.source, *one.cue))
    words = [t.i for t in clause.subtree if t.i < before and not t.is_space]
    if not words:  # the source stands before the clause: it is no closing one
        return one
    content = range(min(words), max(words) + 1)
    subjects = {c.i for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")}
    if clause.i not in one.content and not subjects.isdisjoint(one.content):
        return replace(one, content=tuple(sorted({*one.content, *content})))
    is_its_end = set(one.content) < set(content) and one.content[0] > content[0]
    if not is_its_end or doc[content[0]].lower_ in ("and", "but"):
        return one
    return replace(one, content=tuple(content))


def _with_own_subject(doc: Doc, one: Found, others: Iterable[Found]) -> Found:
    """An attribution within what another puts forward, whose verb has a subject of its own: that is its source, not the other's."""
    around = next((o for o in others if one.head in o.content and o.source == one.source and o.source), None)
    if around is not None and doc[one.head].pos_ == "NOUN" and doc[one.head].lemma_.lower() in HEARSAY_NOUNS:
        return replace(one, source=())  # "the report that ... is untrue, the army said": the report is not the army's
    subject = next((c for c in doc[one.head].children if c.dep_ == "nsubj"), None)
    if around is None or subject is None or subject.i in one.source or subject.i in one.content:
        return one
    return replace(one, source=trimmed(doc, [t.i for t in subject.subtree if t.i not in one.cue]))


def owed_cues(doc: Doc, text: Seen) -> list[tuple[int, int]]:
    """The cues that a record may not pass over, whatever the tagger makes of them, in network tokens."""
    return [span_of(text.tokens, t.idx, t.idx + len(t)) for t in doc if is_owed(t)] if len(text.tokens) else []


def is_owed(word: Token) -> bool:
    """Whether a word is the cue of hearsay, of a count or of an account.

    The corpora hold few of these, and conflict reporting lives on them: "it was reported that", "reports that", "put the dead at
    31", "by the general's account".
    """
    lemma = word.lemma_.lower()
    if lemma == "put" and word.pos_ == "VERB":
        return any(c.lower_ == "at" and any(n.like_num for n in c.subtree) for c in word.subtree if c.i > word.i)
    if lemma in REVISING and word.pos_ == "VERB":
        return any(_is_own_count(c) for c in word.children) and any(t.like_num for t in word.subtree if t.i > word.i)
    if lemma in ACCOUNTS:
        return word.head.lower_ in ("by", "in") and any(c.dep_ == "poss" for c in word.children)
    if word.pos_ == "NOUN" and lemma in HEARSAY_NOUNS:
        return any(c.dep_ in ("acl", "ccomp") and any(m.lower_ == "that" for m in c.children) for c in word.children)
    return (
        lemma in HEARSAY
        and word.tag_ == "VBN"
        and any(c.dep_ == "auxpass" for c in word.children)
        and any(c.dep_ in ("ccomp", "xcomp") or c.lower_ == "it" for c in word.children)
        and not any(c.dep_ == "agent" for c in word.children)
    )


def _is_own_count(noun: Token) -> bool:
    """Whether a noun is the count of whoever the sentence is about: "its toll"."""
    return noun.dep_ == "dobj" and noun.lemma_ in COUNTS and any(c.tag_ == "PRP$" for c in noun.children)


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
    one = _turned_round(doc, one)
    last = one.first + len(one.gains)
    seen_from = bounds.weighed(one.first, last, head=one.head, cue=one.cue, source=one.source)
    taken, cue = {*one.cue, *one.source}, doc[one.head]
    said = [one.first + at for at in _runs(one.gains, seen_from)]
    if cue.dep_ in ("aux", "auxpass") and cue.head.i not in one.cue:
        return None  # "was" of "it was reported that": the cue is the verb, which has a look of its own
    said = with_its_subject(doc, cue, not_the_hearer(cue, said, taken), taken)
    said = clause_around(cue) or before_comma(cue, one.source, said) or said or clause_of(cue, one.source, taken)
    put_forward = trimmed(doc, whole_quotations(doc, with_head(cue, said), taken))
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
