"""How far does what somebody says reach? What the network takes for a content, mended by grammar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.reading.quotations import quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Words for what somebody gives of his own knowledge.
ACCOUNTS = frozenset(["account", "word", "telling", "estimate", "count", "reckoning"])
# Words of a quotation that must be in a content for all of it to be.
FEWEST_QUOTED = 4


def clause_around(cue: Token) -> list[int]:
    """What is so "by the army's count": the clause that it stands in; nothing for other cues."""
    if (
        cue.lemma_.lower() not in ACCOUNTS
        or cue.head.lower_ not in ("by", "in")
        or cue.head.head.pos_ not in ("VERB", "AUX")
    ):
        return []
    left_out = {t.i for t in cue.head.subtree}
    return [t.i for t in cue.head.head.subtree if t.i not in left_out and t.dep_ != "mark"]


def clause_of(cue: Token, source: Sequence[int], taken: set[int]) -> list[int]:
    """What was said, by the parse, where the words tell nothing: the clause of a verb that has a source, or that it is put into."""
    clause = next((c for c in cue.children if c.dep_ == "ccomp"), None)
    if clause is None and cue.dep_ == "parataxis" and source and source[0] > cue.head.i:
        return list(range(cue.head.left_edge.i, source[0]))
    if clause is None or not source or cue.pos_ != "VERB":
        return []
    return [t.i for t in clause.subtree if t.i not in taken]


def not_the_hearer(cue: Token, content: list[int], taken: set[int]) -> list[int]:
    """A content that is no more than whom somebody told, as the clause that was told: "it rained, she told the Gazette"."""
    hearers = {t.i for c in cue.children if c.dep_ in ("dobj", "dative") for t in c.subtree}
    clause = next((c for c in cue.children if c.dep_ == "ccomp"), None)
    if cue.lemma_ != "tell" or clause is None or not content or not hearers.issuperset(content):
        return content
    return [t.i for t in clause.subtree if t.i not in taken]


def with_its_subject(doc: Doc, cue: Token, content: list[int], taken: set[int]) -> list[int]:
    """A content that is the predicate alone of the clause that was said, with its subject: 'the reports are "lies", he said'."""
    clause = next((c for c in cue.children if c.dep_ == "ccomp" and c.i < cue.i), None)
    if clause is None or not content:
        return content
    subject = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    first = min(content)
    if subject is None or subject.i >= first:
        return content
    added = range(subject.left_edge.i, first)
    between = [doc[i] for i in range(subject.right_edge.i + 1, first)]
    fits = taken.isdisjoint(added) and all(t.head == clause or t == clause or t.is_punct for t in between)
    return sorted({*added, *content}) if fits and _under(doc[first], clause) else content


def _under(token: Token, clause: Token) -> bool:
    """Whether a token belongs to a clause, without a quotation or another clause between."""
    while token.i != clause.i and token.head.i != token.i:
        token = token.head
    return token.i == clause.i


# What stands before the head of its phrase (Universal Dependencies), and leaves it open.
_BEFORE_ITS_HEAD = frozenset(
    ["det", "amod", "compound", "poss", "nummod", "nmod", "case", "predet", "quantmod", "aux", "auxpass", "neg"]
)
FURTHEST_HEAD = 6  # words


def with_phrase_closed(doc: Doc, content: list[int], taken: set[int]) -> list[int]:
    """A content that leaves off before the head of its last phrase, with it: "any part in the" goes on to "raid"."""
    for _ in range(3):
        last = doc[content[-1]] if content else None
        if last is None:
            return content
        stands_before = (
            last.head if last.dep_ in _BEFORE_ITS_HEAD else next((c for c in last.children if c.dep_ == "pobj"), last)
        )
        added = range(last.i + 1, stands_before.i + 1)
        if not added or len(added) > FURTHEST_HEAD or not taken.isdisjoint(added):
            return content
        content = [*content, *added]
    return content


def by_semicolon(cue: Token, content: list[int], taken: set[int]) -> list[int]:
    """A content behind its cue that begins in the middle of a clause, from the semicolon on: "it fell, he said; it was not hit"."""
    doc = cue.doc
    behind = next((i for i in content if i > cue.i and i - 1 not in content), None)
    if behind is None:
        return content
    first = behind
    while (
        first > cue.i
        and doc[first - 1].text not in (";", ":")
        and first - 1 not in taken
        and not doc[first - 1].is_space
    ):
        first -= 1
    return sorted({*content, *range(first, behind)}) if doc[first - 1].text == ";" else content


def without_aside(cue: Token, source: Sequence[int], content: list[int]) -> list[int]:
    """A content without what the clause about its source says: "Kenya, which admitted the raid, said that it was over"."""
    clauses = [c for i in source for c in cue.doc[i].children if c.dep_ == "relcl" and c.i < cue.i]
    aside = {t.i for clause in clauses for t in clause.subtree}
    kept = [i for i in content if i not in aside]
    return kept if kept and kept[-1] > cue.i else content


def whole_quotations(doc: Doc, content: list[int], taken: set[int]) -> list[int]:
    """A content that begins or ends with a quotation, with the whole of it: a look is shorter than some quotations."""
    inside = set(content)
    for start, end in quotations(doc):
        if inside.isdisjoint(range(start, end)):
            continue
        words = [i for i in range(start, end) if not doc[i].is_punct and not doc[i].is_space]
        if words and (words[0] in inside or words[-1] in inside) and sum(i in inside for i in words) >= FEWEST_QUOTED:
            inside |= set(range(start, end)) - taken
    return sorted(inside)


def before_comma(cue: Token, source: Sequence[int], content: Sequence[int]) -> list[int]:
    """What "Twelve men, says the ministry; four of them died" gives on the ministry's word, where nothing is told before its semicolon: the words
    before the comma, up to the last mark that ends a sentence or a clause; nothing for other cues."""
    doc, at = cue.doc, cue.i - 1
    if cue.lemma_ != "say" or not source or source[0] < cue.i or at < 1 or doc[at].lower_ != ",":
        return []
    if content and not (content[0] > source[-1] and ";" in {t.text for t in doc[source[-1] : content[0]]}):
        return []
    first = at
    while first > cue.sent.start and doc[first - 1].text not in _CLOSING and not doc[first - 1].is_space:
        first -= 1
    return list(range(first, at))


_CLOSING = frozenset([";", ":", "?", "!", ".", "–", "—"])


def with_head(cue: Token, content: list[int]) -> list[int]:
    """What "the men whom the army says it killed" puts forward, with the men."""
    head = cue.head
    if cue.dep_ != "relcl" or not content or content[0] < cue.i or not head.i < cue.i:
        return content
    between = [t.lower_ for t in cue.doc[head.i + 1 : cue.i]]
    if not between or between[0] not in ("whom", "which", "that", "who"):
        return content
    clause = next((c for c in cue.children if c.dep_ == "ccomp"), None)
    if clause is None or not any(c.i == head.i + 1 for c in clause.children):
        return content  # "the man who says that ...": the pronoun is who says it
    return sorted({*range(head.left_edge.i, head.i + 1), *(t.i for t in clause.subtree)})


def what_is_denied(cue: Token) -> list[int]:
    """The word by which somebody denies what was said right before: "them" of "the army dismissed them", "which" of ", which Nairobi has refuted";
    none for other verbs and other objects."""
    if cue.lemma_ not in _DENYING or not any(c.dep_ == "nsubj" for c in cue.children):
        return []
    return [c.i for c in cue.children if c.dep_ == "dobj" and c.lower_ in _POINTING]


_DENYING = frozenset(["deny", "dismiss", "reject", "refute", "dispute", "rebut", "repudiate", "contest"])
_POINTING = frozenset(["it", "this", "that", "these", "those", "them", "which"])
