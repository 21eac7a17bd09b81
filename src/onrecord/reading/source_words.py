"""Which words name who says it? What the network takes for a source, mended by grammar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.reading.spans import trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def who_says(cue: Token, source: tuple[int, ...]) -> tuple[int, ...]:
    """A source without the place and the day of its words: "in a report the agency said" is the agency's, "on May 9 it said" not the day's;
    and without what a relative clause is about: "the men whom the army says it killed" is the army's."""
    source = _titled(cue.doc, _before_title(cue.doc, source))
    if not source:
        return source
    subject = _subject_of(cue)
    if _is_of_what_is_told(cue, source):
        return ()
    if subject is not None and subject.i not in source and _speaks_through(subject, cue, source):
        return _before_title(cue.doc, tuple(t.i for t in subject.subtree if t.i < cue.i))
    of_a_day = all(
        cue.doc[i].ent_type_ in ("DATE", "TIME") or cue.doc[i].pos_ in ("PUNCT", "ADP", "SCONJ") for i in source
    )
    if of_a_day:
        subject = subject or _subject_before(cue)
        return tuple(t.i for t in subject.subtree) if subject is not None else source
    if subject is None or subject.i not in source:
        return source
    if cue.dep_ == "relcl" and any(cue.doc[i].tag_ in ("WP", "WDT") for i in source if i < subject.left_edge.i):
        return tuple(t.i for t in subject.subtree if t.i in source and t.i >= subject.left_edge.i)
    behind = subject.i if subject.tag_ not in ("WP", "WDT") else cue.i
    places = {t.i for c in cue.children if c.dep_ == "prep" and c.i < behind for t in c.subtree}
    return tuple(i for i in source if i not in places)


def _before_title(doc: Doc, source: tuple[int, ...]) -> tuple[int, ...]:
    """A source without the title in brackets that it breaks off in: "an article ("Ten" of "an article ("Ten die at Lokiru") said"."""
    title = next((i for i in source if doc[i].text == "(" and doc[min(i + 1, len(doc) - 1)].is_quote), None)
    return tuple(i for i in source if title is None or i < title)


def _titled(doc: Doc, source: tuple[int, ...]) -> tuple[int, ...]:
    """A source that is taken from a title in brackets, at the start of a sentence, as what bears that title."""
    if not source:
        return source
    start = doc[source[0]].sent.start
    before = [i for i in range(start, source[0]) if doc[i].text in ("(", ")")]
    if not before or doc[before[-1]].text == ")" or not doc[before[-1] + 1].is_quote:
        return source
    bearer = tuple(range(start, before[-1]))
    return bearer if 0 < len(bearer) <= LONGEST_BEARER else source


LONGEST_BEARER = 8  # words, of "an article of May 9 on the front page"


def _is_of_what_is_told(cue: Token, source: tuple[int, ...]) -> bool:
    """Whether a source is a part of what is said to be so: "18 deaths at Lokiru are acknowledged" names nobody who acknowledges them."""
    told = next((c for c in cue.children if c.dep_ == "nsubjpass"), None)
    if told is None or any(c.dep_ == "agent" for c in cue.children):
        return False
    return told.i not in source and {t.i for t in told.subtree}.issuperset(source)


def _speaks_through(subject: Token, cue: Token, source: tuple[int, ...]) -> bool:
    """Whether a source only tells how or to whom its subject spoke: "who in separate interviews described", "residents to whom the Gazette spoke said",
    or what it is called: "an article ("Ten die at Lokiru") said"."""
    how = {t.i for c in cue.children if c.dep_ == "prep" and subject.i < c.i < cue.i for t in c.subtree}
    told = {t.i for c in subject.children if c.dep_ == "relcl" or c.left_edge.text == "(" for t in c.subtree}
    relative = cue.dep_ == "relcl" and subject.tag_ in ("WP", "WDT")
    return (relative and how.issuperset(source)) or (cue.dep_ != "relcl" and told.issuperset(source))


def _subject_of(cue: Token) -> Token | None:
    above = cue.head if cue.dep_ == "conj" else cue
    return next((c for verb in (cue, above) for c in verb.children if c.dep_ == "nsubj"), None)


def _subject_before(cue: Token) -> Token | None:
    """Who said the last thing before it in the sentence: "Kenya first said none, and since Sunday says ten"."""
    before = (t for t in reversed(cue.doc[cue.sent.start : cue.i]) if t.lemma_ == cue.lemma_)
    return next((c for verb in before for c in verb.children if c.dep_ == "nsubj"), None)


def is_expletive(word: Token, cue: Token) -> bool:
    """Whether a word is the "it" of "it was reported", which names nobody."""
    return word.lower_ == "it" and any(c.dep_ == "auxpass" for c in cue.children)


def naming(doc: Doc, source: tuple[int, ...]) -> tuple[int, ...]:
    """The words of a source that name somebody: without a preposition before them and the verb behind; none where nothing names anybody.

    "by former rebels" is "former rebels", "the envoy told a committee" is "the envoy", "The" is nobody.
    """
    kept = list(source)
    while kept and (doc[kept[0]].pos_ == "ADP" or doc[kept[0]].is_punct):
        kept = kept[1:]
    names = [i for i in kept if doc[i].pos_ in _NAMING and doc[i].lower_ not in ("the", "a", "an")]
    verbs = [i for i in kept if names and i > names[0] and doc[i].tag_ in _FINITE and doc[i].dep_ in _OF_ITS_OWN]
    if verbs:
        kept = kept[: kept.index(verbs[0])]
    if len(kept) > 1 and doc[kept[-1]].tag_ == "WP":  # "an official, who asked not to be named, said"
        kept = kept[:-1]
    return trimmed(doc, kept) if names else ()


_NAMING = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "VERB")
_FINITE = ("VBD", "VBZ", "VBP")
_OF_ITS_OWN = ("ROOT", "ccomp", "parataxis")


def completed(doc: Doc, source: tuple[int, ...], taken: set[int]) -> tuple[int, ...]:
    """A source that ends within a noun phrase, with the rest of that phrase up to its head, and that which a preposition at its end stands
    before; words that are `taken` end it."""
    if not source:
        return source
    token = doc[source[-1]]
    token = next((c for c in token.children if c.dep_ == "pobj"), token) if token.dep_ == "prep" else token
    token = token.head if token.tag_ == "POS" else token
    for _ in range(3):
        if (
            token.dep_ not in ("det", "amod", "compound", "poss", "nummod", "nmod", "case")
            or token.head.i <= source[-1]
        ):
            break
        token = token.head
    added = range(source[-1] + 1, token.i + 1)
    return (*source, *added) if len(added) <= 6 and taken.isdisjoint(added) else source


def article_of(doc: Doc, source: tuple[int, ...], content: tuple[int, ...]) -> tuple[int, ...]:
    """The article at the end of a source that belongs to the words behind it: the "a" of "according to Moss a first ship has left"."""
    last = source[-1] if len(source) > 1 else -1
    is_theirs = last >= 0 and doc[last].dep_ == "det" and doc[last].head.i in content and content[0] == last + 1
    return (last,) if is_theirs else ()


def with_possessor(doc: Doc, source: tuple[int, ...]) -> tuple[int, ...]:
    """A source that begins with "'s", from the beginning of its phrase on: "the head of Kenya's navy" where "'s navy" was found."""
    if not source or doc[source[0]].tag_ != "POS":
        return source
    owner = doc[source[0]].head
    while owner.dep_ in ("poss", "pobj", "prep", "compound") and owner.head.i != owner.i:
        owner = owner.head
    return (*range(owner.left_edge.i, source[0]), *source) if owner.left_edge.i < source[0] else source


def is_small_clause(cue: Token, source: tuple[int, ...]) -> bool:
    """Whether a cue is no verb that anybody does: "four of them never acknowledged" are not four who say so."""
    is_bare = cue.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass") for c in cue.children)
    first = _own_subject(cue, source)
    return is_bare and first is not None and first.like_num and any(c.lower_ == "of" for c in first.children)


def _own_subject(cue: Token, source: tuple[int, ...]) -> Token | None:
    """The subject of a cue if it is its source."""
    return next((c for c in cue.children if c.dep_ == "nsubj" and c.i in source), None)


_PASSING_ON = frozenset(["quote", "cite", "report"])


def passed_on(doc: Doc, source: Sequence[int]) -> list[Token]:
    """The verbs within a source that say who passes its words on: "intelligence officials quoted in the papers"."""
    found = (doc[i] for i in source)
    return [t for t in found if t.dep_ == "acl" and t.lemma_ in _PASSING_ON]


def without_passing_on(doc: Doc, source: Sequence[int]) -> Sequence[int]:
    """The words of a source without those for who passes its words on."""
    beside = {t.i for verb in passed_on(doc, source) for t in verb.subtree}
    return [i for i in source if i not in beside] or source
