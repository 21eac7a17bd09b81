"""An attribution, and what grammar mends in it: alone, and beside the others of its text.

The network scores words; a clause that it leaves off in the middle, an "and that ..." behind a comma or the verb of the next attribution are put
right here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from onrecord.reading import acts
from onrecord.reading.spans import trimmed
from onrecord.records import Act

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Nouns by which somebody tells a thing (FrameNet: Statement).
HEARSAY_NOUNS = frozenset(
    ["report", "claim", "allegation", "rumour", "rumor", "accusation", "assertion", "speculation"]
)

# "The ministry raised its toll to 40" gives a number on the ministry's word.
REVISING = frozenset(["raise", "lower", "revise", "update", "increase", "reduce", "cut", "correct", "bring"])


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


def mended(doc: Doc, found: Mapping[int, Found]) -> list[Found]:
    """Attributions by the heads of their cues -> the same in the order of their cues, each as whole as grammar lets it be."""
    whole = {head: _alone(doc, one) for head, one in found.items() if not _is_of_a_revision(doc, one, found)}
    named = {head: _with_antecedent(doc, one, whole.values()) for head, one in whole.items()}
    named |= {head: _with_shared_subject(doc, one, named) for head, one in named.items()}
    owned = [_with_own_subject(doc, named[head], named.values()) for head in sorted(named)]
    apart = [_without_next(doc, one, owned) for one in owned]
    further = [_with_next_clause(doc, _with_next_that(doc, one, apart), apart) for one in apart]
    return [_with_rest(doc, one, further) for one in further]


def _alone(doc: Doc, one: Found) -> Found:
    """An attribution as whole as grammar lets it be without a look at the others."""
    mends = (_without_gaps, _of_noun, _within_noun, _with_whole_clause, _with_verb, _without_half, _with_what_is_denied)
    for mend in mends:
        one = mend(doc, one)
    return one


def _with_verb(doc: Doc, one: Found) -> Found:
    """An attribution whose "that ..." leaves off before its verb, with the whole of that clause."""
    clause = next((c for c in doc[one.head].children if c.dep_ == "ccomp" and c.i > one.head), None)
    if clause is None or not one.content or clause.i in one.content:
        return one
    mark = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    if mark is None or mark.i not in one.content or max(one.content) > clause.i:
        return one
    return replace(one, content=trimmed(doc, range(mark.i, clause.right_edge.i + 1)))


def _with_what_is_denied(doc: Doc, one: Found) -> Found:
    """An attribution that holds no more than "its denial", with what the sentence begins by: "as to the claims about mines, he repeats his denial"."""
    if not one.content or not any(
        doc[i].dep_ == "dobj" and doc[i].lemma_ in ("denial", "rejection") for i in one.content
    ):
        return one
    before = [t for c in doc[one.head].children if c.dep_ == "prep" and c.i < min(one.content) for t in c.subtree]
    claims = next((t for t in before if t.dep_ == "pobj" and t.lemma_.lower() in HEARSAY_NOUNS), None)
    of = any(c.dep_ == "prep" for i in one.content for c in doc[i].children if c.i in one.content)
    return one if claims is None or of else replace(one, content=tuple(t.i for t in claims.subtree))


def _without_half(doc: Doc, one: Found) -> Found:
    """An attribution without the subject of a next clause whose verb it leaves off: "counted nine, and two men" of "and two men fled"."""
    if not one.content or one.content[-1] < one.head:
        return one
    last = doc[one.content[-1]]
    subject = next((t for t in (last, *last.ancestors) if t.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.left_edge.i <= one.content[0] or subject.head.i <= last.i:
        return one
    joint = max((c.i for c in subject.head.head.children if c.dep_ == "cc" and c.i < subject.left_edge.i), default=None)
    if subject.head.dep_ != "conj" or joint is None or joint not in one.content:
        return one
    kept = trimmed(doc, [i for i in one.content if i < joint])
    return replace(one, content=kept) if kept else one


def _without_next(doc: Doc, one: Found, others: Iterable[Found]) -> Found:
    """An attribution without the next of the same subject: "the office said that one was held and called it a lie" says that one was held."""
    heads = [
        o.head
        for o in others
        if o.head in one.content
        and o.head > one.head
        and not set(o.source).isdisjoint(one.source)
        and not any(c.dep_ in ("nsubj", "nsubjpass") for c in doc[o.head].children)
    ]
    joined = [
        max((c.i for c in doc[i].head.children if c.dep_ == "cc" and c.i < i), default=i)
        for i in heads
        if doc[i].dep_ == "conj"
    ]
    kept = trimmed(doc, [i for i in one.content if i < min(joined)]) if joined else one.content
    return replace(one, content=kept) if kept else one


def _going_on(doc: Doc, one: Found, rest: Sequence[int], others: Iterable[Found]) -> Found:
    """An attribution with some more words, unless they are another's."""
    if any(o.head in rest or not set(rest).isdisjoint(o.content) for o in others if o is not one):
        return one
    return replace(one, content=(*one.content, *trimmed(doc, rest)))


def _begins_a_that(word: Token) -> bool:
    return word.lower_ == "that" and word.dep_ == "mark"


def _with_next_that(doc: Doc, one: Found, others: Iterable[Found]) -> Found:
    """An attribution with the ", and that ..." that goes on behind its content."""
    at = one.content[-1] + 1 if one.content else len(doc)
    words = [t for t in doc[at : at + 3] if t.lower_ != ","]
    if len(words) < 2 or words[0].lower_ not in ("and", "but", "or") or not _begins_a_that(words[1]):
        return one
    if words[0].sent != doc[one.head].sent or not any(_begins_a_that(doc[i]) for i in one.content):
        return one
    rest = range(words[0].i, words[1].head.right_edge.i + 1)
    return _going_on(doc, one, rest, others)


def _with_next_clause(doc: Doc, one: Found, others: Iterable[Found]) -> Found:
    """An attribution before its content with the last of a row of clauses: "he said that it burned, it was put out and the mine was open"."""
    if not one.content or one.content[0] < one.head or one.content[-1] + 2 >= len(doc):
        return one
    joint = doc[one.content[-1] + 1]
    verb = next((t for t in joint.sent if t.i > joint.i and t.dep_ == "conj" and t.pos_ in ("VERB", "AUX")), None)
    if joint.lower_ != "and" or verb is None or verb.head.i not in one.content:
        return one
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    if subject is None or subject.left_edge.i != joint.i + 1:
        return one
    rest = range(joint.i, verb.right_edge.i + 1)
    return _going_on(doc, one, rest, others)


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
    return _going_on(doc, one, rest, others)


FURTHEST_REST = 8  # words, of when and where and to whom it was said
_PARTS = frozenset(["all", "most", "some", "many", "half", "both", "none", "several", "dozens", "hundreds", "one"])
# Verbs whose participle tells what came of what was said before (FrameNet: Causation), not what its speaker did.
_RESULTING = frozenset(
    [
        "leave",
        "bring",
        "raise",
        "kill",
        "wound",
        "injure",
        "force",
        "destroy",
        "damage",
        "displace",
    ]
)


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether what begins with a word goes on with what was said before the attribution."""
    first, second = doc[i], doc[i + 1] if i + 1 < len(doc) else doc[i]
    if first.lower_ in ("and", "but"):
        subject = next((t for t in second.sent if t.i > i and t.dep_ in ("nsubj", "nsubjpass", "expl")), None)
        return second.tag_ == "VBG" or (subject is not None and subject.left_edge.i == second.i)
    if first.tag_ == "VBG" and first.lemma_ in _RESULTING and any(t.like_num for t in first.subtree):
        return True
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


def _with_shared_subject(doc: Doc, one: Found, others: Mapping[int, Found]) -> Found:
    """An attribution without a source, by the second of two verbs that have one subject, with the source of the first; by a verb that the
    parser hangs on the hearsay before it ("reports that the road is cut, and said that ..."), with that as its source."""
    verb = doc[one.head]
    has_own = any(c.dep_ in ("nsubj", "nsubjpass", "auxpass", "agent", "expl") for c in verb.children)
    if one.source or has_own or verb.dep_ != "conj":
        return one
    if verb.head.lemma_.lower() in HEARSAY_NOUNS:
        return replace(one, source=tuple(range(verb.head.left_edge.i, verb.head.i + 1)))
    return replace(one, source=others[verb.head.i].source) if verb.head.i in others else one


def _is_of_a_revision(doc: Doc, one: Found, others: Mapping[int, Found]) -> bool:
    """Whether a cue is but the count that another is about: "estimate" of "the police lowered their estimate to 5,000"."""
    noun = doc[one.head]
    return noun.dep_ == "dobj" and noun.head.i in others and noun.head.lemma_.lower() in REVISING


def _within_noun(doc: Doc, one: Found) -> Found:
    """An attribution within a relative clause ("the sixty whom the army says it captured were fed") without what is said of the noun by others."""
    verb = doc[one.head]
    if verb.dep_ != "relcl" or not one.source or doc[one.source[0] - 1].tag_ not in ("WP", "WDT"):
        return one
    inside = {t.i for t in verb.head.subtree}
    kept = trimmed(doc, [i for i in one.content if i in inside])
    return replace(one, content=kept) if kept and verb.head.i in kept else one


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
    is_its_start = set(one.content) < set(content) and one.content[0] == content[0]
    if is_its_start and {t.i for t in clause.subtree}.issuperset(
        t.i for t in doc[one.content[-1] + 1 : before] if not t.is_punct
    ):
        return replace(one, content=tuple(content))
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
