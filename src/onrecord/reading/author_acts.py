"""Does an author tell, judge, foretell or ask, in a clause that a document puts forward on its own word?

Told from what the trained reader makes of the words of the clause: a multinomial logistic regression over their states, learnt by
`training/author_acts/fit.py` from columns of our own (`author_acts.json`; docs/decisions/0027). A few words that leave no choice come first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from onrecord.reading.acts import NOT_VERIFIED, is_own_view
from onrecord.reading.clauses import head_of
from onrecord.reading.drafts import Draft, Facts
from onrecord.reading.network import Seen, states_of
from onrecord.reading.spans import spans_of
from onrecord.reading.stances import LOOKING_AHEAD, WILL
from onrecord.reading.terms import commented
from onrecord.reading.titles import is_role
from onrecord.records import Act, Certainty, Level, Polarity, SourceKind, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

# What is learnt, in the order of the columns of the weights. What somebody should do is a judgement.
ACTS = (Act.ASSERTS, Act.OPINES, Act.PREDICTS, Act.ASKS)
# From this share on what an author does in an opinion piece is a judgement or a prediction (of 408 claims of twenty-one dossiers, none of which is learnt from, the
# gate has 271, 272, 272 and 271 right at 0.4, 0.45, 0.5 and 0.6).
SURE = 0.5
# What gives a number can be looked up, unless there is little doubt.
SURE_OF_COUNTS = 0.9
# Verbs by which an author says what somebody is to do (FrameNet: Being_obligated).
_OBLIGING = frozenset(["should", "ought"])
# A text reads as an opinion piece if its author puts forward so many clauses himself, and judges in this share of them (31 of 34 columns that never say "I", and of
# 225 dispatches of ten dossiers five analyses and editorials, a firm's statement, a paper's list of corrections, and statements of two public bodies, which are none).
ENOUGH_CLAUSES, OFTEN = 12, 0.25


def act_of_author(facts: Facts, draft: Draft, sentence: str, *, certainty: Certainty, opinion: bool) -> Act:
    """What an author does with a clause of his own. `opinion` says that the document as a whole is an opinion piece; only there do one's own
    judgements count as opinion without the author saying "I"."""
    doc = facts.doc
    if _asks(doc, draft.content) and sentence.rstrip(" \"'”’)").endswith("?"):
        return Act.ASKS
    own = _without_asides(facts, draft)
    words = {w for i in own if _may_foretell(doc[i]) for w in (doc[i].lower_, doc[i].lemma_.lower())}
    if words & WILL or (words & LOOKING_AHEAD and certainty.level is not Level.CERTAIN):
        return Act.PREDICTS
    if is_own_view(sentence):
        return Act.OPINES
    if opinion and words & _OBLIGING:
        return Act.OPINES
    if (
        opinion
        and not _says_what_somebody_is(doc, own)
        and (act := _likely(_shares(facts, draft), SURE_OF_COUNTS if draft.figures else SURE)) is not None
    ):
        return act
    if certainty.polarity is Polarity.NEGATIVE and NOT_VERIFIED.search(sentence):
        return Act.COULD_NOT_VERIFY
    return Act.ASSERTS


# What somebody or something is of something else by a fact (FrameNet: Membership, Part_whole, Kinship).
_PLAIN_KINDS = frozenset(
    ["member", "citizen", "resident", "native", "part", "suburb", "ally", "neighbour", "neighbor", "signatory", "party"]
)


def _says_what_somebody_is(doc: Doc, words: Sequence[int]) -> bool:
    """Whether a clause says of somebody or something that it is a member or a part, or holds an office: "Okello is a colonel", "it is no party to the treaty"."""
    head = head_of(doc, words)
    kinds = (c for c in head.children if c.dep_ == "attr" and c.i in words)
    return head.lemma_ == "be" and any(
        is_role(kind.lemma_.lower())
        or (kind.lemma_.lower() in _PLAIN_KINDS and any(c.lower_ in ("of", "to") for c in kind.children))
        for kind in kinds
    )


def _likely(shares: Mapping[Act, float], sure: float) -> Act | None:
    """To judge or to foretell, whichever is likelier, if one of both is likely enough."""
    likelier = max((Act.OPINES, Act.PREDICTS), key=shares.__getitem__)
    return likelier if shares[Act.OPINES] + shares[Act.PREDICTS] >= sure else None


def reads_as_opinion(drafts: Iterable[tuple[Facts, Draft]]) -> bool:
    """Whether a text is an opinion piece by how often its author judges, whatever it is called; `drafts` are all of its drafts."""
    own = [(facts, draft) for facts, draft in drafts if draft.source.kind is SourceKind.AUTHOR and draft.content]
    if len(own) < ENOUGH_CLAUSES:
        return False
    return sum(_shares(facts, draft)[Act.OPINES] >= SURE for facts, draft in own) >= OFTEN * len(own)


# ---------------------------------------------------------------- what is learnt


def shares_of_acts(state: NDArray[np.float32]) -> Mapping[Act, float]:
    """How likely an author does each of ACTS with a clause of which this is the `state`; together 1."""
    odds = state @ _weights()[:-1] + _weights()[-1]
    share = np.exp(odds - odds.max())
    return dict(zip(ACTS, (share / share.sum()).tolist(), strict=True))


def state(text: Seen, words: Sequence[Span], head: Span) -> NDArray[np.float32]:
    """What the trained reader makes of a clause with such a head: the mean of its words, its head, and the largest of each number."""
    rows = states_of(text, words)
    return np.concatenate([rows.mean(0), states_of(text, [head])[0], rows.max(0)])


@cache
def _weights() -> NDArray[np.float64]:
    """One row a number of the state and one of constants, one column an act."""
    return np.array(json.loads(resources.files(__package__).joinpath("author_acts.json").read_text("utf-8")))


def _shares(facts: Facts, draft: Draft) -> Mapping[Act, float]:
    doc, words = facts.doc, _without_asides(facts, draft)
    return shares_of_acts(state(facts.seen, spans_of(doc, words), spans_of(doc, [head_of(doc, words).i])[0]))


# ---------------------------------------------------------------- which words of a clause tell


def _without_asides(facts: Facts, draft: Draft) -> list[int]:
    """The words of a clause and its cue without those that only comment on it; all of them where nothing else is left."""
    words = [*(draft.found.cue if draft.found else ()), *draft.content]
    asides = _asides(facts.doc, draft.content)
    return sorted({i for i in words if i not in asides} or words)


# What a reader is reminded to do, who "will recall" it: nothing is foretold by that.
_REMINDING = frozenset(["recall", "remember", "note", "notice", "recollect"])
_BREAKS = frozenset([",", "-", "–", "—", "--"])


def _asides(doc: Doc, words: Sequence[int]) -> set[int]:
    """The words of clauses that only comment on what is said: ", which may be chance", ", as it may be in a bank", ", a detail that should shame us"."""
    clauses = (doc[i] for i in words if doc[i].dep_ in ("relcl", "advcl"))
    starts = ((clause, clause.left_edge.i) for clause in clauses)
    head = head_of(doc, words)
    beside = {t.i for i in words if _is_fragment(doc[i]) or _is_beside(doc[i], head) for t in doc[i].subtree}
    return (
        beside
        | commented(doc, words)
        | {
            t.i
            for clause, at in starts
            if at > words[0] and doc[at].lower_ in ("which", "as") and doc[at - 1].lower_ in _BREAKS
            for t in clause.subtree
        }
    )


def _is_fragment(word: Token) -> bool:
    """Whether a word is joined to a clause without one of its own: "good" of "it was fined, and good for the court"."""
    return word.dep_ == "conj" and word.pos_ == "ADJ" and word.head.pos_ == "VERB"


def _is_beside(word: Token, head: Token) -> bool:
    """Whether a word begins what is only said beside a clause: a noun that names anew what stands before it, behind a comma ("tents, the clerk's
    palaces"), a clause about a noun that is not what the clause says of its subject ("the clerk that could not lie"), or "as for the rest"."""
    if word.dep_ == "appos":
        return word.left_edge.i > 0 and word.doc[word.left_edge.i - 1].lower_ in _BREAKS and word.head.i < word.i
    if word.dep_ == "relcl":
        return word.head.dep_ != "attr" and word.i > word.head.i
    return word.lower_ == "as" and word.i < head.i and any(c.lower_ == "for" for c in word.children)


def _may_foretell(word: Token) -> bool:
    """Whether a word may look ahead: not "will" as a noun ("at will"), a name, or what "you will recall"."""
    if word.lower_ != "will":
        return True
    reminds = word.head.lemma_ in _REMINDING and any(c.lower_ == "you" for c in word.head.children)
    return word.tag_ == "MD" and not reminds


def _asks(doc: Doc, words: Sequence[int]) -> bool:
    """Whether a clause of a question asks itself: it ends the question, or begins as one does ("the town has fallen, and who can say when?")."""
    end = doc[words[0]].sent[-1].i
    behind = [t for t in doc[words[-1] + 1 : end + 1] if not t.is_punct and not t.is_space]
    first = next((doc[i] for i in words if not doc[i].is_punct), doc[words[0]])
    return not behind or first.tag_ in ("WDT", "WP", "WP$", "WRB", "MD") or first.lemma_ in ("do", "be", "have")
