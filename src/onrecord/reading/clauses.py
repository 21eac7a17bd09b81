"""Which clauses of a content put something forward by themselves? "That A has left and B has come" is two statements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Fewer words than this are no claim.
SHORTEST_CLAIM = 3
SUBJECTS = frozenset(["nsubj", "nsubjpass", "expl"])


@dataclass(frozen=True, slots=True)
class Clause:
    """Token numbers of a clause, and of the subject that it takes over from the clause before it, empty where it has its own."""

    words: tuple[int, ...]
    subject: tuple[int, ...] = ()


def clauses_of(
    doc: Doc, content: Sequence[int], *, cue: int, again: Collection[int] = (), own: bool = False
) -> list[Clause]:
    """The clauses of a content, in order; one where it is no more than that.

    `cue` is the head of the attribution ("a bridge fell, she said, and two men were hurt"), `again` those of others by the same source ("he said
    that A and added that B": B is told there). `own` says that the words are the author's own, with no attribution.
    """
    behind = (_after_marks(doc, content, ";") or _announced(doc, content)) if own else []
    if behind:  # each can be told in more than one clause itself
        whole = [tuple(i for i in content if i < behind[0][0]), *behind]
        told = (edges_trimmed(doc, piece) for piece in whole)
        return [c for piece in told if piece for c in clauses_of(doc, piece, cue=cue, again=again, own=own)]
    rest = set(content)
    parts = [Clause(piece) for piece in _after_marks(doc, content, ";")]
    explaining = _after_marks(doc, content, ":") if not parts else []
    explained = {i for piece in explaining for i in piece}
    rest -= explained.union(*(part.words for part in parts))
    for i in reversed(content):  # of a chain of clauses each hangs on the one before
        if i not in rest:
            continue
        if i in again and doc[i].dep_ == "conj":
            rest -= {t.i for t in doc[i].subtree}
        elif (part := _apart(doc[i], rest, set(content), cue=cue, own=own)) is not None:
            parts.append(part)
            rest -= {*part.words, *_joining(doc[i])}
    if not parts and len(rest) + len(explained) == len(content):
        return [Clause(tuple(content))]
    pieces = [Clause(tuple(sorted(rest))), *parts]
    for piece in explaining:
        _put_behind_last(pieces, piece)
    trimmed = [Clause(edges_trimmed(doc, one.words), one.subject) for one in sorted(pieces, key=lambda c: c.words)]
    return [one for one in trimmed if len(one.words) >= SHORTEST_CLAIM]


def _apart(verb: Token, rest: set[int], content: set[int], *, cue: int, own: bool) -> Clause | None:
    """The clause of a verb, if it stands by itself and leaves enough of the rest."""
    subject: tuple[int, ...] = ()
    beside = (own and (_before_another(verb, rest) or _when_told(verb, rest))) or _where_else(verb, rest)
    beside = beside or _conceded(verb, rest)
    if beside:
        found = beside
    elif _is_joined(verb, content, cue):
        found = tuple(sorted({t.i for t in verb.subtree} & rest))
        subject = () if _has_subject(verb) else _subject_of(verb, content)
    else:
        return None
    return Clause(found, subject) if len(found) >= SHORTEST_CLAIM <= len(rest) - len(found) else None


def _is_joined(verb: Token, content: set[int], cue: int) -> bool:
    """Whether a verb is joined to one of the content, or to the cue with a subject of its own, and is finite."""
    if verb.dep_ != "conj" or verb.pos_ not in ("VERB", "AUX"):
        return False
    has_subject = _has_subject(verb)
    joined = verb.head.i in content or (verb.head.i == cue and has_subject)
    return joined and (has_subject or any(c.dep_ in ("aux", "auxpass") for c in verb.children))


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)


def _joining(verb: Token) -> set[int]:
    """The comma and the "where", "although" or "when" before a clause of its own."""
    words = (c for c in verb.children if c.lower_ in {"where", *_CONCEDING, *_WHEN} and verb.dep_ in ("relcl", "advcl"))
    word = next(words, None)
    if word is None:
        return set()
    return {word.i, word.i - 1} if word.i and word.nbor(-1).is_punct else {word.i}


def _put_behind_last(pieces: list[Clause], piece: tuple[int, ...]) -> None:
    """What stands behind a colon goes with the clause right before it."""
    before = max(range(len(pieces)), key=lambda n: max((i for i in pieces[n].words if i < piece[0] - 1), default=-1))
    pieces[before] = Clause(tuple(sorted((*pieces[before].words, *piece))), pieces[before].subject)


def _before_another(verb: Token, content: set[int]) -> tuple[int, ...]:
    """The clause that the parser hangs on the one behind it, though nothing but a comma joins them ("A has sunk, B has left"); nothing for other
    words."""
    others = (c.i for c in verb.head.children if c.dep_ in SUBJECTS)
    if verb.dep_ != "ccomp" or not _has_subject(verb) or not any(i > verb.i for i in others):
        return ()
    return tuple(t.i for t in verb.subtree if t.i in content)


_WHEN = frozenset(["when", "after", "before", "since", "until", "while", "as"])


def _when_told(verb: Token, content: set[int]) -> tuple[int, ...]:
    """The clause of what had happened when the author felt or did something: "when the bridge was hit, I wept" puts forward that it was;
    nothing for other words."""
    mark = next((c for c in verb.children if c.dep_ in ("advmod", "mark") and c.lower_ in _WHEN and c.i < verb.i), None)
    if mark is None or verb.dep_ != "advcl" or not _has_subject(verb):
        return ()
    is_past = verb.tag_ == "VBD" or any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" for c in verb.children)
    is_author = any(c.dep_ in SUBJECTS and c.lower_ in ("i", "we") for c in verb.head.children)
    found = tuple(t.i for t in verb.subtree if t.i in content and t.i > mark.i)
    return found if is_past and is_author else ()


def _where_else(verb: Token, content: set[int]) -> tuple[int, ...]:
    """The clause of what happened at a place that was just named: ", where they signed it" puts forward a second thing; nothing for other words."""
    where = next((c for c in verb.children if c.lower_ == "where" and c.dep_ == "advmod"), None)
    if where is None or verb.dep_ != "relcl" or not _has_subject(verb) or verb.doc[max(where.i - 1, 0)].lower_ != ",":
        return ()
    return tuple(t.i for t in verb.subtree if t.i in content and t.i > where.i)


# Conjunctions of concession and contrast: what they join is put forward, not made a condition (Quirk et al. 1985).
_CONCEDING = frozenset(["although", "though", "whereas"])


def _conceded(verb: Token, content: set[int]) -> tuple[int, ...]:
    """The clause of ", although the mine is open", which puts forward a second thing; nothing for other words."""
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ in _CONCEDING), None)
    if (
        mark is None
        or verb.dep_ != "advcl"
        or not _has_subject(verb)
        or mark.i < verb.head.i
        or mark.nbor(-1).text != ","
    ):
        return ()
    return tuple(t.i for t in verb.subtree if t.i in content and t.i > mark.i)


def _after_marks(doc: Doc, content: Sequence[int], mark: str) -> list[tuple[int, ...]]:
    """What stands behind each semicolon or colon, if it and what stands before it can stand alone: each has a verb with a subject."""
    marks = [t.i for t in doc[content[0] : content[-1] + 1] if t.text == mark]
    if not marks:
        return []
    bounds = pairwise([content[0] - 1, *marks, content[-1] + 1])
    pieces = [[i for i in content if start < i < end] for start, end in bounds]
    is_whole = all(any(doc[i].dep_ in SUBJECTS and doc[i].head.i in piece for i in piece) for piece in pieces)
    return [tuple(piece) for piece in pieces[1:]] if is_whole else []


def _announced(doc: Doc, content: Sequence[int]) -> list[tuple[int, ...]]:
    """What an author tells behind a colon, where it names its own subject: "to be brief: the road was cleared"."""
    pieces = _after_marks(doc, content, ":")
    subjects = ([doc[i] for i in piece if doc[i].dep_ in SUBJECTS] for piece in pieces)
    return pieces if all(found and found[0].pos_ != "PRON" for found in subjects) else []


def _subject_of(verb: Token, content: set[int]) -> tuple[int, ...]:
    host = verb.head
    for _ in range(3):
        for child in host.children:
            if child.dep_ in ("nsubj", "nsubjpass") and child.i in content:
                return tuple(t.i for t in child.subtree if t.i in content)
        host = host.head
    return ()


def edges_trimmed(doc: Doc, words: Sequence[int]) -> tuple[int, ...]:
    """Words without white space, marks other than quotation marks, and conjunctions at either end."""
    kept = [n for n, i in enumerate(words) if not _joins(doc[i])]
    return tuple(words[kept[0] : kept[-1] + 1]) if kept else ()


def _joins(token: Token) -> bool:
    return token.is_space or (token.is_punct and not token.is_quote) or token.dep_ == "cc"


def head_of(doc: Doc, words: Sequence[int]) -> Token:
    """The word that the others of a clause hang on, a verb where there is one."""
    inside = set(words)
    heads = [doc[i] for i in words if doc[i].head.i not in inside or doc[i].head.i == i]
    verbs = [t for t in heads if t.pos_ in ("VERB", "AUX")]
    return (verbs or heads or [doc[words[0]]])[0]


_TELLING = frozenset(["confirm", "say", "tell", "report", "announce", "reveal", "disclose", "state"])


def what_can_be_told(head: Token) -> Token | None:
    """The verb of what somebody tells by saying that he can ("we can confirm that it fell"); None for other verbs, and for what he cannot tell."""
    if head.lemma_ not in _TELLING or any(c.dep_ == "neg" for c in head.children):
        return None
    if not any(c.dep_ == "aux" and c.lower_ in ("can", "could") for c in head.children):
        return None
    return next((c for c in head.children if c.dep_ == "ccomp" and c.i > head.i), None)
