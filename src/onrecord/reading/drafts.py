"""Who says which clause? The attributions of a piece, its author's own words, and the figures that each clause gives.

A draft is an assertion in the making, in token numbers of its piece: attributions are resolved to sources, nested into one
another, split into clauses, and what no attribution covers is the author's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from onrecord.reading import acts, gazetteer, sources
from onrecord.reading.cast import Cast
from onrecord.reading.clauses import SHORTEST_CLAIM, SUBJECTS, clauses_of, edges_trimmed
from onrecord.reading.countries import CountryMention, countries_in
from onrecord.reading.found import Found
from onrecord.reading.joint import both_of, joined_in
from onrecord.reading.kinds import KIND_OF_HEAD
from onrecord.reading.network import Seen
from onrecord.reading.quotations import is_quoted
from onrecord.reading.source_words import passed_on
from onrecord.reading.spans import hull, text_of, trimmed
from onrecord.reading.speakers import Speaker
from onrecord.records import Act, Figure, Hop, Moment, Place, Source, SourceKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpanOfTokens

CITING = frozenset({"citing", "quoting", "crediting"})


@dataclass(slots=True, kw_only=True)
class Draft:
    """An assertion in the making, in token numbers of its piece.

    `cited` are the words of a "citing ..." that names its source. `joined` are the sources that put it forward together, each with its words; none where there is one. `label` is where a transcript names
    its speaker, in the document. `taken_back` says that its outlet takes it back (`corrections.py`).
    """

    found: Found | None
    source: Source
    content: tuple[int, ...]
    joined: tuple[tuple[Source, tuple[int, ...]], ...] = ()
    hops: tuple[Hop, ...] = ()
    parent: Draft | None = None
    subject: tuple[int, ...] = ()
    label: Span | None = None
    cited: tuple[int, ...] = ()
    taken_back: bool = False
    figures: list[Figure] = field(default_factory=list)

    @property
    def cue(self) -> int:
        """The token number of the cue's head, -1 for words that nobody is said to have said: the author's, or those of a turn."""
        return self.found.head if self.found is not None else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one piece says besides who says it; spans are offsets in the piece.

    `turns` are the speakers of a transcript, by the token numbers of their words. `groups` are the words for whom a pronoun stands
    ("they": "Kenyan soldiers"), by token numbers, once that is known.
    """

    doc: Doc
    seen: Seen
    figures: tuple[Figure, ...]
    moments: tuple[Moment, ...]
    places: tuple[Place, ...]
    countries: tuple[CountryMention, ...]
    turns: Mapping[int, Speaker] = field(default_factory=dict)
    groups: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def drafts_of(facts: Facts, found: Sequence[Found], cast: Cast, *, author: str | None) -> list[Draft]:
    """The drafts of a piece from its attributions, with the author's own words between them."""
    doc = facts.doc
    found = [one for one in (_within_turn(facts, one) for one in found) if one.content]
    citing = {verb.i: cited for verb, cited in _citing(doc)}
    attributed = [d for d in sourced(facts, found, cast, author=author) if d.cue not in citing and not _is_deed(doc, d)]
    by_head = {d.cue: d for d in attributed}
    covered = {i for d in attributed if d.found for i in (*d.found.source, *d.found.cue, *d.found.content)}
    covered |= {c.i for d in attributed for c in doc[d.cue].children if d.found and c.dep_ in ("aux", "auxpass")}
    for verb, cited in citing.items():
        if (host := _host(doc[verb], by_head)) is not None:
            _put_behind(doc, host, source=sources.source_at(doc, cited, cast, author=author), verb=verb)
            host.cited = cited
            covered |= {verb, *cited}
    _nest(doc, attributed)
    drafts: list[Draft] = []
    for draft in attributed:
        drafts += _split(doc, draft, by_head)
    kept = [d for d in drafts if _says_something(doc, d)]
    covered -= _given_back(attributed, {d.cue for d in kept})
    drafts = kept
    drafts += [_granted(d, clause) for d in drafts for clause in granted_in(doc, d)]
    return drafts + _author_drafts(facts, covered, cast, author=author)


def _within_turn(facts: Facts, one: Found) -> Found:
    """An attribution with what is said in the same turn of a transcript."""
    speaker = facts.turns.get(one.head)
    return replace(one, content=tuple(i for i in one.content if facts.turns.get(i) is speaker))


def _given_back(attributed: Sequence[Draft], kept: Collection[int]) -> set[int]:
    """The words of attributions that put nothing forward and are no speech ("the rivals agreed to it in Lagos"): they are the author's."""
    lost = [d for d in attributed if d.found and d.cue not in kept and not acts.is_plain(d.found.lemma)]
    others = [d for d in attributed if d not in lost]
    return {i for d in lost for i in (*d.content, *_saying(d))} - {i for d in others for i in (*d.content, *_saying(d))}


# Verbs by which a newsroom tells that it has a text: "a report, which the Post has seen".
_HAVING = frozenset(["read", "see", "view", "review", "obtain", "study", "examine"])


def _is_deed(doc: Doc, draft: Draft) -> bool:
    """Whether a cue tells what somebody does and not what he says."""
    if draft.found is not None and draft.found.lemma in _HAVING and doc[draft.cue].dep_ == "relcl":
        return any(c.dep_ == "dobj" and c.lower_ in ("which", "that") for c in doc[draft.cue].children)
    if (
        draft.found is not None
        and draft.found.lemma == "agree"
        and any(c.dep_ == "ccomp" for c in doc[draft.cue].children)
    ):
        return False  # "agreed that the deal had failed"
    words = (*draft.found.cue, *draft.found.content) if draft.found is not None else ()
    return draft.found is not None and acts.is_deed(
        cue=draft.found.lemma, words=hull(doc, sorted(words)).of(text_of(doc))
    )


# Conjunctions whose clause tells what is taken for granted (Levinson 1983, presupposition triggers).
_GRANTING = frozenset(["when", "after", "since", "while", "before", "as"])


def granted_in(doc: Doc, draft: Draft) -> list[tuple[int, ...]]:
    """The clauses of a denial that are not denied: "that a plane was lost when the army bombed the town" grants that it bombed it."""
    if draft.found is None or draft.found.act is not Act.DENIES:
        return []
    inside = set(draft.content)
    clauses = (doc[i] for i in draft.content if doc[i].dep_ == "advcl" and doc[i].head.i in inside)
    granted = (c for c in clauses if any(m.lower_ in _GRANTING and m.i < c.i for m in c.children))
    return [tuple(t.i for t in clause.subtree if t.i in inside) for clause in granted]


def _granted(denial: Draft, clause: tuple[int, ...]) -> Draft:
    found = replace(denial.found, act=Act.ASSERTS) if denial.found is not None else None
    return replace(denial, found=found, content=clause[1:], figures=[])


def sourced(facts: Facts, found: Sequence[Found], cast: Cast, *, author: str | None) -> list[Draft]:
    """A draft for each attribution whose source can put something forward, with that source resolved, in order."""
    doc = facts.doc
    cast.turns = {i: speaker.source for i, speaker in facts.turns.items()}
    cast.turn_to(doc, facts.seen, found)
    acting, met = _acting(doc), set[int]()
    drafts: list[Draft] = []
    for one in found:
        first = min((*one.source, *one.cue))
        for end, i, words in acting:  # the cast knows those who act before an attribution, for the pronouns in it
            if end <= first and i not in met:
                met.add(i)
                sources.source_at(doc, words, cast, author=author)
        joined = _joined(doc, one, cast, author=author)
        source = sources.source_at(doc, one.source, cast, author=author)
        if one.source and not sources.can_speak(doc, one.source, source):
            continue
        hops = _carriers(doc, one) or _still_told(doc, one, source, drafts)
        drafts.append(Draft(found=one, source=source, content=one.content, joined=joined, hops=hops))
        cast.seen.extend(hop.source for hop in hops if hop.source.kind is SourceKind.OUTLET)  # "the newspaper" after it
    return drafts


# Words for a source that was named right before.
_SAME = re.compile(
    r"(?:he|she|they|it|the (?:\w+ )?(?:source|official|officer|diplomat|person|aide|adviser|man|woman))$",
    re.IGNORECASE,
)


def _still_told(doc: Doc, one: Found, source: Source, before: Sequence[Draft]) -> tuple[Hop, ...]:
    """Whom a source told it who goes on speaking: "an official told the Wire that ... 'It burned,' the official said."; nobody once the words
    tell where or when else he spoke."""
    last = before[-1] if before else None
    if last is None or last.source.name != source.name or _SAME.match(source.as_written) is None:
        return ()
    sentence = doc[one.head].sent
    told = {*one.source, *one.cue, *one.content}
    elsewhere = any(not (t.i in told or t.is_punct or t.is_space or t.dep_ in ("aux", "cc")) for t in sentence)
    follows = sentence.start <= doc[last.cue].sent.end
    return tuple(h for h in last.hops if h.source.kind is not SourceKind.PERSON) if follows and not elsewhere else ()


def _joined(doc: Doc, found: Found, cast: Cast, *, author: str | None) -> tuple[tuple[Source, tuple[int, ...]], ...]:
    """The several sources of an attribution, if each of them is named."""
    each = joined_in(doc, found.source)
    if not each:
        return _both(doc, found, cast, author=author)
    resolved = tuple((sources.source_at(doc, words, cast, author=author), words) for words in each)
    return resolved if all(source.kind in _NAMED for source, _ in resolved) else ()


def _both(doc: Doc, found: Found, cast: Cast, *, author: str | None) -> tuple[tuple[Source, tuple[int, ...]], ...]:
    """The two bodies for whom "both sides" stands, each with the words that named it before."""
    each = both_of(doc, found.source)
    resolved = tuple((_as_state(sources.source_at(doc, words, cast, author=author)), words) for words in each)
    return resolved if all(source.kind is SourceKind.ORGANISATION for source, _ in resolved) else ()


def _as_state(source: Source) -> Source:
    """The state for whose people a word stands: Kenya for "Kenyan"; any other source as it is."""
    people = [c for c in countries_in(source.name) if c.how == "people" and c.span == Span(0, len(source.name))]
    states = gazetteer.countries(c.code for c in people)
    return replace(source, name=states[people[0].code].name, is_state=True) if states else source


_NAMED = (SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OUTLET)


def by_each_source(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those of several sources once for each of them."""
    return [one for draft in drafts for one in _of_each(draft)]


def _of_each(draft: Draft) -> list[Draft]:
    if draft.found is None or not draft.joined:
        return [draft]
    return [replace(draft, found=replace(draft.found, source=words), source=source) for source, words in draft.joined]


def _acting(doc: Doc) -> list[tuple[int, int, tuple[int, ...]]]:
    """The people who act in a text beside its attributions: where their sentence ends, the word that tells, and the words for them."""
    found = [(verb.sent.end, verb.i, cited) for verb, cited in _citing(doc)]
    for sentence in doc.sents:
        subject = next((c for c in sentence.root.children if c.dep_ == "nsubj"), None)
        if subject is not None and subject.pos_ in ("NOUN", "PROPN"):
            kind = KIND_OF_HEAD.get(subject.lower_)
            if kind in (SourceKind.UNNAMED, SourceKind.ORGANISATION) or subject.ent_type_ == "ORG":
                found.append((sentence.end, subject.i, tuple(t.i for t in subject.subtree)))
    return found


# Cues that say something about "it" or "the report" without repeating what was put forward.
ANSWERS = frozenset(
    [
        "confirm",
        "deny",
        "verify",
        "corroborate",
        "reject",
        "dismiss",
        "refute",
        "dispute",
        "comment",
        "decline",
        "refuse",
        "doubt",
        "retract",
        "withdraw",
    ]
)


def _says_something(doc: Doc, draft: Draft) -> bool:
    """Whether the content is more than a pronoun or a name, gives a number, answers something that was put forward before, or is promised."""
    words = [doc[i] for i in draft.content if not doc[i].is_punct]
    if draft.found is not None and draft.found.lemma in ANSWERS:
        return bool(words)
    if draft.found is not None and draft.found.lemma in _PROMISING and any(t.pos_ == "NOUN" for t in words):
        return True
    telling = any(t.pos_ == "VERB" or t.like_num for t in words)
    bearing = telling or any(t.pos_ in _BEARING for t in words)
    is_count = draft.found is not None and len(words) == 1 and words[0].like_num  # "spoke of 70"
    return bearing and (len(words) >= SHORTEST_CLAIM or (telling and len(words) > 1) or is_count)


_PROMISING = frozenset(["vow", "promise", "pledge"])  # "revenge", "an inquiry"
# Words that mean something by themselves, where "to it in" does not.
_BEARING = frozenset(["NOUN", "PROPN", "ADJ", "NUM", "AUX", "ADV"])


def _citing(doc: Doc) -> list[tuple[Token, tuple[int, ...]]]:
    """Each "citing ..." with whom it cites, in token numbers."""
    found = []
    for token in doc:
        # The parser takes "citing" for a preposition at times.
        if token.lower_ in CITING and token.dep_ in ("advcl", "acl", "prep", "dep"):
            held = [c for c in token.children if c.dep_ in ("dobj", "pobj")]
            cited = sorted({t.i for c in held for t in c.subtree if not t.is_space})
            if cited:
                found.append((token, trimmed(doc, cited)))
    return found


def _host(citing: Token, by_head: dict[int, Draft]) -> Draft | None:
    """The attribution that a "citing ..." hangs on, or whose source it describes."""
    described = next(
        (d for d in by_head.values() if d.found and {citing.head.i, citing.i} & set(d.found.source)),
        None,
    )
    if citing.dep_ == "acl" and described is not None:
        return described
    token = citing
    for _ in range(3):
        if token.head.i == token.i:
            return None
        token = token.head
        if token.i in by_head:
            return by_head[token.i]
    return None


def _put_behind(doc: Doc, host: Draft, *, source: Source, verb: int) -> None:
    """Make `source` the source of `host`, and what was its source the hop that passes it on."""
    span = hull(doc, (verb,))
    host.hops = (*host.hops, Hop(source=host.source, as_written=span.of(text_of(doc)), span=span))
    host.source, host.joined = source, ()


def _carriers(doc: Doc, found: Found) -> tuple[Hop, ...]:
    """Who passes the words on: the outlet that was told, or that is named as quoting the source."""
    hops: list[Hop] = []
    verb = doc[found.head]
    if verb.lemma_ in ("tell", "speak", "say", "describe"):
        for child in verb.children:
            held = (
                [child]
                if child.dep_ in ("dobj", "dative")
                else [c for c in child.children if child.dep_ == "prep" and child.lower_ in ("to", "with")]
            )
            hops += [hop for token in held if token.i not in found.content and (hop := _outlet_hop(doc, token))]
    for token in passed_on(doc, found.source):
        held = [
            o
            for c in token.children
            if c.dep_ == "agent" or c.lower_ in ("by", "in")
            for o in c.children
            if o.dep_ == "pobj"
        ]
        hops += [hop for o in held if (hop := _outlet_hop(doc, o, loose=True))]
    return tuple(hops)


def _outlet_hop(doc: Doc, token: Token, *, loose: bool = False) -> Hop | None:
    words = tuple(sorted(t.i for t in token.subtree if t.dep_ not in ("relcl", "acl") and not t.is_punct))
    source = sources.source_at(doc, words, Cast(), author=None)
    named = any(doc[i].pos_ == "PROPN" for i in words)
    if (
        (source.kind is SourceKind.OUTLET and named)
        or loose
        or (source.kind is SourceKind.ORGANISATION and token.ent_type_ == "ORG")
    ):
        span = hull(doc, words)
        return Hop(source=source, as_written=span.of(text_of(doc)), span=span)
    return None


def _nest(doc: Doc, drafts: list[Draft]) -> None:
    """Where a cue lies in the content of another attribution, that one passes it on."""
    for draft in drafts:
        inside = [
            d for d in drafts if d is not draft and draft.cue in d.content and len(d.content) > len(draft.content)
        ]
        if inside:
            draft.parent = min(inside, key=lambda d: len(d.content))
    for draft in drafts:
        draft.hops = (*reversed(_hops_above(doc, draft)), *draft.hops)


def _hops_above(doc: Doc, draft: Draft) -> list[Hop]:
    """The named sources in whose words an attribution stands, nearest first; at most five."""
    hops: list[Hop] = []
    above = draft.parent
    while above is not None and above.found is not None and len(hops) < 5:
        if above.found.source and above.source.kind is not SourceKind.AUTHOR and above.source.name != draft.source.name:
            span = hull(doc, above.found.source)
            hops.append(Hop(source=above.source, as_written=span.of(text_of(doc)), span=span))
        above = above.parent
    return hops


def _author_drafts(facts: Facts, covered: set[int], cast: Cast, *, author: str | None) -> list[Draft]:
    """What no attribution covers: the words of whoever's turn it is, the author's own, or a quotation that goes on without a cue."""
    doc = facts.doc
    drafts: list[Draft] = []
    speaker = cast.latest(SourceKind.PERSON, SourceKind.UNNAMED, SourceKind.ORGANISATION)
    for sentence in doc.sents:
        free = [t.i for t in sentence if t.i not in covered and not t.is_space]
        words = [i for i in free if not doc[i].is_punct]
        if len(words) < SHORTEST_CLAIM or not any(doc[i].pos_ in ("VERB", "AUX") for i in words):
            continue
        share = len(words) / sum(1 for t in sentence if not t.is_punct and not t.is_space)
        if share < 0.5 and (len(words) < 5 or not _holds_a_clause(doc, set(free))):
            continue
        draft = _own_words(facts, _without_frame(doc, edges_trimmed(doc, free)), author=author)
        if speaker is not None and draft.source.kind is SourceKind.AUTHOR and is_quoted(doc, words):
            draft.source = replace(speaker, as_written="", reason=f"the quotation goes on from {speaker.name}")
        drafts += _split(doc, draft)
    return drafts


def _holds_a_clause(doc: Doc, words: set[int]) -> bool:
    """Whether some words hold a main clause: its verb, and its subject where it has one before it."""
    heads = (
        doc[i]
        for i in words
        if doc[i].pos_ in ("VERB", "AUX") and doc[i].dep_ in ("ROOT", "ccomp", "conj", "parataxis")
    )
    return any(
        verb.dep_ == "ROOT" or any(c.dep_ in SUBJECTS and c.i in words and c.i < verb.i for c in verb.children)
        for verb in heads
    )


# Before these words a clause is taken for granted (factive frames, Kiparsky and Kiparsky 1970): what is said is what follows.
_FRAME = re.compile(
    r"(?:(?:no|little|small)\s+wonder(?:,?\s+then)?,?\s+(?:that\s+)?"
    r"|(?:it|this)(?:\s+is|\s+was|['’]s|\s+comes\s+as|\s+came\s+as)\s+(?:no|little|hardly\s+a|not\s+a)\s+(?:wonder|surprise|secret|news)\s+that\s+)(?=\w)",
    re.IGNORECASE,
)


def _without_frame(doc: Doc, words: tuple[int, ...]) -> tuple[int, ...]:
    """An author's words without what only says that nobody wonders at them: "No wonder that the bridge is closed"."""
    frame = _FRAME.match(text_of(doc), doc[words[0]].idx) if words else None
    rest = tuple(i for i in words if frame is not None and doc[i].idx >= frame.end())
    return rest if any(doc[i].dep_ in SUBJECTS for i in rest) else words


def _own_words(facts: Facts, words: tuple[int, ...], *, author: str | None) -> Draft:
    """A draft of what no attribution covers: of whoever's turn it is, else the author's."""
    speaker = facts.turns.get(words[0]) if words else None
    if speaker is None:
        return Draft(found=None, source=sources.author_source(author), content=words)
    return Draft(found=None, source=speaker.source, label=speaker.label, content=words)


def _split(doc: Doc, draft: Draft, cues: Mapping[int, Draft] = MappingProxyType({})) -> list[Draft]:
    """One draft a clause: "that A has left and B has come" puts two things forward."""
    again = {i for i, other in cues.items() if other.source.name == draft.source.name}
    clauses = clauses_of(doc, draft.content, cue=draft.cue, again=again, own=draft.found is None)
    if len(clauses) == 1 and clauses[0].words == draft.content:
        return [draft]
    return [replace(draft, content=one.words, subject=one.subject, figures=[]) for one in clauses]


# ---------------------------------------------------------------- figures find their assertion


def give_figures(facts: Facts, drafts: list[Draft], *, author: str | None) -> None:
    """Give each figure to the smallest content that holds it; one that none holds makes the words around it the author's, or of whoever's turn it is."""
    doc = facts.doc
    holding: dict[int, Draft] = {}
    for draft in sorted(drafts, key=lambda d: -len(d.content)):
        holding |= dict.fromkeys((*(draft.found.source if draft.found else ()), *draft.cited), draft)
    for draft in sorted(drafts, key=lambda d: -len(d.content)):
        holding |= dict.fromkeys(draft.content, draft)
    for figure in facts.figures:
        cut = doc.char_span(figure.span.start, figure.span.end, alignment_mode="expand")
        if cut is None:
            continue
        at = cut[-1].i
        if at not in holding:
            words = edges_trimmed(doc, _free_around(cut, holding))
            drafts.append(_own_words(facts, words, author=author))
            holding |= dict.fromkeys((i for i in (*words, at) if i not in holding), drafts[-1])
        holding[at].figures.append(figure)


def _free_around(figure: SpanOfTokens, holding: Mapping[int, Draft]) -> list[int]:
    """The words of the sentence around a figure up to the next that somebody is said to have put forward, or to say so."""
    told = {i for draft in holding.values() for i in (*draft.content, *_saying(draft))}
    sentence = figure.sent
    start, end = figure.start, figure.end
    while start > sentence.start and start - 1 not in told:
        start -= 1
    while end < sentence.end and end not in told:
        end += 1
    return [i for i in range(start, end) if not figure.doc[i].is_space]


def _saying(draft: Draft) -> tuple[int, ...]:
    return (*draft.found.source, *draft.found.cue) if draft.found is not None else ()
