"""What could be an attribution? Every cue in every construction, with its source and content, in token numbers of a piece.

Source, cue and content follow the PARC / PolNeAR scheme: full noun phrases, auxiliaries with the cue, "that" with the content.
Which of the candidates are attributions is decided in `attribution.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.reading.quotations import quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs whose subject is part of what seems so, not its source (raising verbs, Huddleston and Pullum 2002, ch. 14).
RAISING = frozenset({"seem", "appear", "tend", "happen", "prove"})
# Verbs whose object is who was told, not what (FrameNet: Telling).
TELLING = frozenset({"tell", "inform", "remind", "assure", "notify", "brief"})
# ", the mayor said on Monday evening in Nairobi," goes on for this long behind the verb.
MOST_WORDS_OF_TIME = 6
CUE_PARTS = frozenset({"aux", "auxpass", "neg", "prt", "advmod"})


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in token numbers of one parsed piece, before it becomes a record.

    `lemma` is the cue's lemma and `construction` how it governs its content; together they decide the act.
    """

    construction: str
    lemma: str
    head: int
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


def candidates_in(doc: Doc) -> Iterator[Found]:
    """Every cue in every construction that could be an attribution, likeliest construction first for each cue."""
    for token in doc:
        if token.is_punct or token.is_space:
            continue  # the tagger may call an odd character a verb
        if token.lower_ == "according":
            yield from _according(token)
        elif token.pos_ in ("VERB", "AUX"):
            yield from _verb(token)
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from _noun(token)
        elif token.pos_ == "ADV" and token.dep_ == "advmod":
            yield from _adverb(token)


# ---------------------------------------------------------------- verbs


def _verb(verb: Token) -> Iterator[Found]:
    parts: dict[str, list[Token]] = {}
    for child in verb.children:
        parts.setdefault(child.dep_, []).append(child)
    passive = "nsubjpass" in parts or "auxpass" in parts
    source = _source_of_verb(verb, parts, passive=passive)
    for construction, content, extra in _contents(verb, parts, source, passive=passive):
        cue = _cue_of_verb(verb, extra)
        outside = set(source) | set(cue)
        kept = tuple(i for i in content if i not in outside)
        yield Found(construction, verb.lemma_.lower(), verb.i, source, cue, kept)


def _contents(
    verb: Token, parts: dict[str, list[Token]], source: tuple[int, ...], *, passive: bool
) -> Iterator[tuple[str, tuple[int, ...], list[Token]]]:
    """Yield (construction, content token numbers, further cue tokens) for a verb, likeliest first."""
    voice = "passive-" if passive else ""
    if verb.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children):
        yield f"{voice}as", _outside_clause(verb), [c for c in verb.children if c.lower_ == "as"]
    if verb.lemma_ == "put" and (put := _put_at(verb)):
        yield "put-at", put, []
    if clauses := parts.get("ccomp"):
        yield f"{voice}clause", _clause(clauses), []
    if verb.dep_ == "parataxis" and verb.head.i != verb.i and not parts.get("dobj"):
        yield f"{voice}parataxis", _outside_clause(verb), []
    quoted = _quotation_beside(verb, source)
    if quoted:
        yield f"{voice}quotation", quoted, []
    telling = verb.lemma_ in TELLING
    if not quoted and not parts.get("ccomp") and (aside := _parenthetical(verb, source)):
        yield f"{voice}parenthetical", aside, []
    elif (
        not quoted
        and not parts.get("ccomp")
        and (telling or not parts.get("dobj"))
        and (fronted := _fronted(verb, source))
    ):
        yield f"{voice}fronted", fronted, []
    if infinitives := parts.get("xcomp"):
        raised = parts.get("nsubjpass", []) if passive else parts.get("nsubj", []) if verb.lemma_ in RAISING else []
        yield f"{voice}infinitive", _subtrees([*raised, *parts.get("dobj", ()), *infinitives]), []
    if passive and (subjects := parts.get("nsubjpass")):
        rest = [c for c in (*parts.get("oprd", ()), *parts.get("prep", ())) if c.lower_ != "by"]
        yield "passive-subject", _subtrees([*subjects, *rest]), []
    if (objects := parts.get("dobj")) and not telling:
        rest = [*parts.get("oprd", ()), *(p for p in parts.get("prep", ()) if p.i > objects[-1].i)]
        yield "object", _subtrees([*objects, *rest]), []
    if predicates := [*parts.get("oprd", ()), *parts.get("acomp", ())]:
        yield "predicate", _subtrees(predicates), []
    for preposition in parts.get("prep", ()):
        held = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
        if held and preposition.i > verb.i:
            behind = [
                c for c in (*parts.get("xcomp", ()), *parts.get("advcl", ())) if c.i > preposition.i and c.tag_ == "VB"
            ]
            yield f"{voice}{preposition.lower_}", _subtrees([*held, *behind[:1]]), [preposition]


def _source_of_verb(verb: Token, parts: dict[str, list[Token]], *, passive: bool) -> tuple[int, ...]:
    if passive:
        agents = [o for a in parts.get("agent", ()) for o in a.children if o.dep_ == "pobj"]
        return _subtrees(agents)
    subject = _subject(verb, parts)
    if subject is None:
        return ()
    if subject.dep_ == "expl" or verb.lemma_ in RAISING:
        return ()
    return _subtrees([subject])


def _subject(verb: Token, parts: dict[str, list[Token]]) -> Token | None:
    """The subject of a verb, taken from the verb it is joined to where it has none of its own."""
    for dep in ("nsubj", "csubj"):
        if parts.get(dep):
            return parts[dep][-1] if len(parts[dep]) == 1 else _nearest(parts[dep], verb)
    if verb.dep_ in ("conj", "advcl", "xcomp", "acl", "pcomp") and verb.head.i != verb.i:
        host = verb.head
        if verb.dep_ == "acl" and host.pos_ in ("NOUN", "PROPN", "PRON"):
            return host
        for _ in range(4):
            for child in host.children:
                if child.dep_ in ("nsubj", "nsubjpass") and child.i != verb.i:
                    return child
            if host.head.i == host.i:
                return None
            host = host.head
    return None


def _nearest(tokens: list[Token], to: Token) -> Token:
    return min(tokens, key=lambda t: abs(t.i - to.i))


def _cue_of_verb(verb: Token, extra: list[Token]) -> tuple[int, ...]:
    words = {verb.i} | {t.i for t in extra}
    for child in verb.children:
        if child.dep_ in CUE_PARTS and abs(child.i - verb.i) <= 3 and not any(child.children):
            words.add(child.i)
    return trimmed(verb.doc, sorted(words))


def _clause(clauses: list[Token]) -> tuple[int, ...]:
    """The clauses that a verb puts forward, with the whole of any quotation that they are part of."""
    words = set(_subtrees(clauses))
    for start, end in quotations(clauses[0].doc):
        inside = [i for i in range(start, end) if i in words]
        if len(inside) > 1 and end - start > 4:
            words |= set(range(start, end))
    return tuple(sorted(words))


def _outside_clause(verb: Token) -> tuple[int, ...]:
    """The sentence without the clause of `verb`, as in "..., as the minister said, ..."."""
    inside = {t.i for t in verb.subtree}
    return trimmed(verb.doc, [t.i for t in verb.sent if t.i not in inside])


def _quotation_beside(verb: Token, source: tuple[int, ...]) -> tuple[int, ...]:
    """The quotation that stands right before or right behind a verb and its subject."""
    near = {verb.i, *source}
    for start, end in quotations(verb.doc):
        if end - start > 4 and verb.sent.start - 60 <= start and end <= verb.sent.end + 200:
            before, after = _word_beside(verb.doc, start, -1), _word_beside(verb.doc, end - 1, 1)
            if before in near or after in near:
                return tuple(range(start, end))
    return ()


def _put_at(verb: Token) -> tuple[int, ...]:
    """What "put the number of dead at 12" says: all that stands behind the verb in its clause."""
    behind = [t for t in verb.subtree if t.i > verb.i]
    if not any(t.lower_ == "at" and any(n.like_num for n in t.subtree) for t in behind):
        return ()
    joined = {
        t.i for c in verb.children if c.dep_ in ("conj", "advcl", "parataxis") and c.i > verb.i for t in c.subtree
    }
    return trimmed(verb.doc, [t.i for t in behind if t.i not in joined])


def _parenthetical(verb: Token, source: tuple[int, ...]) -> tuple[int, ...]:
    """The sentence around ", the mayor said," where source and verb stand alone between commas."""
    when = [t.i for c in verb.children if c.dep_ in ("prep", "npadvmod") and c.i > verb.i for t in c.subtree]
    words = sorted({verb.i, *source, *(c.i for c in verb.children if c.dep_ in CUE_PARTS), *when[:MOST_WORDS_OF_TIME]})
    doc, sentence = verb.doc, verb.sent
    start, end = words[0], words[-1] + 1
    if not source or end - start > len(words) + 1 or len(words) > 12 or start == sentence.start or end >= len(doc):
        return ()
    if not (doc[start - 1].is_punct and doc[start - 1].text not in "(-–—:" and doc[end].text in (",", ".", ";")):
        return ()
    if start - sentence.start < 3 or verb.dep_ in ("relcl", "acl"):
        return ()
    kept = [t.i for t in sentence if not start <= t.i < end]
    for first, last in quotations(doc):
        if first < sentence.end and last > sentence.start and last - first > 4:
            kept += [i for i in range(first, last) if not start <= i < end]
    return trimmed(doc, sorted(set(kept)))


def _fronted(verb: Token, source: tuple[int, ...]) -> tuple[int, ...]:
    """What stands before ", the mayor said" in a sentence whose parse does not join the two."""
    if (
        not source
        or verb.tag_ == "VBG"
        or verb.dep_ in ("relcl", "acl")
        or any(c.dep_ in ("xcomp", "oprd") for c in verb.children)
    ):
        return ()
    start = min(verb.i, *source)
    sentence = verb.sent
    if start - sentence.start < 4 or start == 0 or verb.doc[start - 1].text not in (",", "”", "''", '"'):
        return ()
    words = list(verb.doc[sentence.start : start])
    if (
        not any(t.pos_ in ("VERB", "AUX") and t.morph.get("VerbForm", []) == ["Fin"] for t in words)
        or words[0].dep_ == "mark"
    ):
        return ()
    return trimmed(verb.doc, [t.i for t in words])


def _word_beside(doc: Doc, at: int, step: int) -> int | None:
    """The nearest token from `at` in the direction of `step` that is a word, within the same line."""
    at += step
    while 0 <= at < len(doc) and doc[at].is_punct:
        at += step
    return at if 0 <= at < len(doc) and not doc[at].is_space else None


# ---------------------------------------------------------------- other cues


def _noun(noun: Token) -> Iterator[Found]:
    yield from _account(noun)
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp") and any(
            c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in child.children
        ):
            yield Found("noun-clause", noun.lemma_.lower(), noun.i, _owner(noun), (noun.i,), _subtrees([child]))
        elif child.dep_ == "acl" and child.tag_ == "VB":
            yield Found("noun-infinitive", noun.lemma_.lower(), noun.i, _owner(noun), (noun.i,), _subtrees([child]))
        elif child.dep_ == "prep" and child.lower_ in ("of", "about", "for", "on", "that"):
            held = [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
            if held:
                construction = f"noun-{child.lower_}"
                yield Found(construction, noun.lemma_.lower(), noun.i, _owner(noun), (noun.i, child.i), _subtrees(held))


def _account(noun: Token) -> Iterator[Found]:
    """ "By the mayor's account", "in the ministry's words"."""
    if (
        noun.lemma_ in ("account", "word", "telling", "estimate", "count")
        and noun.head.lower_ in ("by", "in")
        and (owner := _owner(noun))
    ):
        inside = {t.i for t in noun.head.subtree}
        content = trimmed(noun.doc, [t.i for t in noun.sent if t.i not in inside])
        yield Found("account", noun.lemma_, noun.i, owner, (noun.head.i, noun.i), content)


def _owner(noun: Token) -> tuple[int, ...]:
    """Whose claim, report, belief: the possessor, the "by" or "from" phrase, or the subject of "made the claim"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return tuple(i for i in _subtrees([child]) if noun.doc[i].dep_ != "case")
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return _subtrees([c for c in child.children if c.dep_ == "pobj"])
    if noun.dep_ == "dobj":
        for child in noun.head.children:
            if child.dep_ == "nsubj":
                return _subtrees([child])
    return ()


def _adverb(adverb: Token) -> Iterator[Found]:
    host = adverb.head
    if host.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        words = tuple(i for i in _subtrees([host]) if i != adverb.i)
        yield Found("adverb", adverb.lower_, adverb.i, (), (adverb.i,), words)


def _according(token: Token) -> Iterator[Found]:
    to = next((t for t in token.doc[token.i + 1 : token.i + 2] if t.lower_ == "to"), None)
    held = [c for c in to.children if c.dep_ in ("pobj", "pcomp")] if to is not None else []
    if to is None or not held:
        return
    source = _subtrees(held)
    inside = {token.i, to.i, *source}
    content = trimmed(token.doc, [t.i for t in token.sent if t.i not in inside])
    yield Found("according", "according", token.i, source, (token.i, to.i), content)


# ---------------------------------------------------------------- token numbers


def _subtrees(tokens: Iterable[Token]) -> tuple[int, ...]:
    """The token numbers under `tokens`, without punctuation and white space at the edges."""
    tokens = list(tokens)
    if not tokens:
        return ()
    words = sorted({t.i for token in tokens for t in token.subtree})
    return trimmed(tokens[0].doc, words)


def trimmed(doc: Doc, words: list[int]) -> tuple[int, ...]:
    """`words` without white space, commas and stray conjunctions at either end."""
    first, last = 0, len(words)
    while first < last and _is_edge(doc[words[first]]):
        first += 1
    while last > first and _is_edge(doc[words[last - 1]]):
        last -= 1
    return tuple(words[first:last])


def _is_edge(token: Token) -> bool:
    return (
        token.is_space
        or (token.is_punct and not token.is_quote)
        or (token.dep_ == "cc" and token.lower_ in ("and", "but"))
    )
