"""Which cues may a record not pass over? Those that the corpora hold few of, and that conflict reporting lives on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.reading.content_words import ACCOUNTS, what_is_denied
from onrecord.reading.found import HEARSAY_NOUNS, REVISING
from onrecord.reading.kinds import KIND_OF_HEAD, SPEAKING
from onrecord.reading.network import Seen
from onrecord.reading.tokens import span_of
from onrecord.records import SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs of hearsay in the passive (FrameNet: Statement, Hearsay).
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
COUNTS = frozenset(["toll", "count", "tally", "estimate", "figure", "number", "total"])


def owed_cues(doc: Doc, text: Seen) -> list[tuple[int, int]]:
    """The cues that a record may not pass over, whatever the tagger makes of them, in network tokens."""
    return [span_of(text.tokens, t.idx, t.idx + len(t)) for t in doc if is_owed(t)] if len(text.tokens) else []


def is_owed(word: Token) -> bool:
    """Whether a word is the cue of hearsay, of a count, of an account, of a number that somebody stands for, of a denial of what went before, or of what is put between two commas.

    The corpora hold few of these, and conflict reporting lives on them: "it was reported that", "reports that", "put the dead at
    31", "by the general's account", "according to which".
    """
    lemma = word.lemma_.lower()
    if lemma == "put" and word.pos_ == "VERB":
        return any(c.lower_ == "at" and any(n.like_num for n in c.subtree) for c in word.subtree if c.i > word.i)
    if lemma in REVISING and word.pos_ == "VERB":
        return any(_is_own_count(c) for c in word.children) and any(t.like_num for t in word.subtree if t.i > word.i)
    if word.pos_ == "VERB" and (_gives_a_count(word, lemma) or _finds(word) or what_is_denied(word)):
        return True
    if _is_put_between(word):
        return True
    if word.lower_ == "according":
        return any(c.lower_ == "to" for c in word.children)
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


def _gives_a_count(verb: Token, lemma: str) -> bool:
    """Whether somebody stands for a number: "acknowledged nine dead", "spoke of 70", "holds to its 20 fighters", "stands by its figure"."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if lemma in _GRANTING:
        return any(noun.like_num or (_is_harm(noun) and any(t.like_num for t in noun.subtree)) for noun in objects)
    held = [n for c in verb.children if c.dep_ == "prep" for n in c.children if n.dep_ == "pobj"]
    if lemma in ("speak", "talk"):
        return any(
            n.head.lower_ == "of" and (n.like_num or (_is_harm(n) and any(c.like_num for c in n.children)))
            for n in held
        )
    owned = [n for n in held if any(c.tag_ == "PRP$" for c in n.children)]
    if lemma in ("hold", "stick"):
        return any(
            n.head.lower_ == "to" and (n.lemma_.lower() in COUNTS or any(c.like_num for c in n.children)) for n in owned
        )
    return lemma == "stand" and any(n.head.lower_ == "by" and n.lemma_.lower() in COUNTS for n in owned)


def _is_harm(noun: Token) -> bool:
    """Whether a word is for those who came to harm."""
    return noun.lemma_.lower() in _HARMED


_HARMED = frozenset(
    [
        "dead",
        "death",
        "loss",
        "casualty",
        "fatality",
        "victim",
        "wounded",
        "injured",
        "killed",
        "missing",
        "prisoner",
        "body",
    ]
)


# Verbs by which one grants a loss (FrameNet: Statement, Affirm_or_deny).
_GRANTING = frozenset(["acknowledge", "admit", "concede", "confirm"])


def _finds(verb: Token) -> bool:
    """Whether it is a text that finds or concludes something: "the report says; it found no trace"."""
    if verb.lemma_ not in ("find", "conclude"):
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is not None and subject.lower_ == "it":
        subject = next(
            (n for c in verb.children if c.dep_ == "parataxis" for n in c.children if n.dep_ == "nsubj"), None
        )
    return subject is not None and KIND_OF_HEAD.get(subject.lemma_.lower()) is SourceKind.DOCUMENT


def _is_put_between(verb: Token) -> bool:
    """Whether a verb of saying with its subject interrupts or closes what is said: "the road has been open since, one of the envoys confides, and ...";
    at most with when and where behind it: "..., an envoy said on Monday, the Post reported"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if (
        verb.tag_ not in ("VBD", "VBZ", "VBP", "NNS")  # the parser takes a rare "confides" for a noun
        or verb.lemma_ not in SPEAKING
        or subject is None
        or verb.i != subject.right_edge.i + 1
    ):
        return False
    doc, before = verb.doc, subject.left_edge.i - 1
    if before < verb.sent.start + FEWEST_BEFORE or doc[before].lower_ != "," or subject.tag_ in ("WP", "WDT", "EX"):
        return False
    behind = next((t.i for t in doc[verb.i + 1 : verb.sent.end] if t.lower_ in (",", ".", ";", ":")), verb.sent.end)
    when = {t.i for c in verb.children if c.dep_ in ("prep", "npadvmod", "advmod") for t in c.subtree}
    closes = when.issuperset(range(verb.i + 1, behind))
    clause = any(c.dep_ == "ccomp" and c.i < before for c in verb.children)
    return closes and (clause or (verb.dep_ == "parataxis" and verb.head.i < before))


FEWEST_BEFORE = 3  # words of what is said before who says it
