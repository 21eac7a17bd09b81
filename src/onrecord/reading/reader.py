"""Document -> assertions: the questions of this folder asked in order, and their answers put together.

The model predicts, this module turns predictions into records. A trained reader replaces the rules behind
`attributions_in` and `certainty_of` without a change here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import tee
from types import MappingProxyType
from typing import TYPE_CHECKING

from onrecord.reading import acts, certainty, sources
from onrecord.reading.attribution import RAISING, Found, attributions_in, is_quoted
from onrecord.reading.countries import CountryMention, countries_in
from onrecord.reading.datelines import start_of_text
from onrecord.reading.figures import figures_in
from onrecord.reading.moments import moments_in
from onrecord.reading.nlp import Piece, parsed
from onrecord.reading.places import places_in
from onrecord.records import (
    Act,
    Assertion,
    Attribution,
    Certainty,
    Document,
    Figure,
    Genre,
    Hop,
    Moment,
    Place,
    Source,
    SourceKind,
    Span,
    content_hash,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# The version of this reader; a change of what it finds is a change of this name.
READER = "rules-1"
CITING = frozenset({"cite", "quote", "credit"})
# Fewer words than this are no claim.
SHORTEST_CLAIM = 3


@dataclass(slots=True, kw_only=True)
class _Draft:
    """An assertion in the making, in token numbers of its piece."""

    found: Found | None
    source: Source
    content: tuple[int, ...]
    hops: tuple[Hop, ...] = ()
    parent: _Draft | None = None
    subject: tuple[int, ...] = ()
    figures: list[Figure] = field(default_factory=list)

    @property
    def cue(self) -> int:
        """The token number of the cue's head, -1 for the author's own words."""
        return self.found.head if self.found is not None else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What one piece says besides who says it; spans are offsets in the piece."""

    doc: Doc
    figures: tuple[Figure, ...]
    moments: tuple[Moment, ...]
    places: tuple[Place, ...]
    countries: tuple[CountryMention, ...]


def read_all(documents: Iterable[Document]) -> Iterator[tuple[Assertion, ...]]:
    """Yield the assertions of each document, in order; none for one that is not in English.

    Reads ahead for speed; keeps nothing between documents.
    """
    for_text, for_reading = tee(documents)
    bodies = ((d.text, start_of_text(d.text)) if d.language == "en" else ("", 0) for d in for_text)
    for document, pieces in zip(for_reading, parsed(bodies), strict=True):
        yield read_pieces(document, pieces)


def read_pieces(document: Document, pieces: Sequence[Piece]) -> tuple[Assertion, ...]:
    """The assertions of one parsed document, in the order of its text."""
    cast = sources.Cast()
    author = document.authors[0] if document.authors else document.outlet
    found: list[Assertion] = []
    for piece in pieces:
        facts = _facts(piece.doc, document)
        drafts = _drafts(facts, cast, author=author)
        _give_figures(facts, drafts, author=author)
        found += _assertions(document, piece, facts, drafts)
    once = {(a.source.name, a.attribution.content): a for a in reversed(found)}
    return tuple(sorted(once.values(), key=lambda a: (a.sentence, a.attribution.content)))


def _facts(doc: Doc, document: Document) -> _Facts:
    countries = tuple(countries_in(doc.text))
    return _Facts(
        doc=doc,
        figures=tuple(figures_in(doc, countries)),
        moments=tuple(moments_in(doc.text, document.published)),
        places=tuple(places_in(doc, countries)),
        countries=countries,
    )


# ---------------------------------------------------------------- drafts


def _drafts(facts: _Facts, cast: sources.Cast, *, author: str | None) -> list[_Draft]:
    doc = facts.doc
    attributed: list[_Draft] = []
    by_head: dict[int, _Draft] = {}
    covered: set[int] = set()
    met: set[int] = set()
    citing: list[Found] = []
    for found in attributions_in(doc):
        if found.lemma in RAISING:
            continue
        _meet(doc, found, cast, met, author=author)
        source = sources.source_at(doc, found.source, cast, author=author)
        if found.source and not sources.can_speak(doc, found.source, source):
            continue
        draft = _Draft(found=found, source=source, content=found.content, hops=_carriers(doc, found))
        covered |= {*found.source, *found.cue, *found.content}
        if found.lemma in CITING and doc[found.head].dep_ in ("advcl", "acl"):
            citing.append(found)
            continue
        by_head[found.head] = draft
        attributed.append(draft)
    for found in citing:
        if (host := _host(doc, found, by_head)) is not None:
            _put_behind(host, source=sources.source_at(doc, found.content, cast, author=author), carrier=found, doc=doc)
    _nest(doc, attributed)
    drafts: list[_Draft] = []
    for draft in attributed:
        drafts += _split(doc, draft, by_head)
    drafts = [d for d in drafts if _says_something(doc, d)]
    return drafts + _author_drafts(doc, covered, cast, author=author)


def _meet(doc: Doc, found: Found, cast: sources.Cast, met: set[int], *, author: str | None) -> None:
    """Let the cast know the people who act in the text before an attribution, for the pronouns in it."""
    first = min((*found.source, *found.cue))
    for sentence in doc.sents:
        subject = next((c for c in sentence.root.children if c.dep_ == "nsubj"), None)
        if sentence.end <= first and subject is not None and subject.pos_ in ("NOUN", "PROPN") and subject.i not in met:
            met.add(subject.i)
            kind = sources.KIND_OF_HEAD.get(subject.lower_)
            if kind in (SourceKind.UNNAMED, SourceKind.ORGANISATION) or subject.ent_type_ == "ORG":
                sources.source_at(doc, tuple(t.i for t in subject.subtree), cast, author=author)
    for entity in doc.ents:
        if entity.end <= first and entity.start not in met:
            met.add(entity.start)
            if entity.label_ == "PERSON":
                cast.named.append(
                    sources.source_at(doc, range(entity.start, entity.end), sources.Cast(), author=author)
                )
            if entity.label_ == "PERSON" and entity.root.dep_ in ("nsubj", "nsubjpass"):
                sources.source_at(
                    doc,
                    tuple(t.i for t in entity.root.subtree if not t.is_punct or t.i < entity.root.right_edge.i),
                    cast,
                    author=author,
                )


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


def _says_something(doc: Doc, draft: _Draft) -> bool:
    """Whether the content is more than a pronoun or a name, or answers something that was put forward before."""
    words = [doc[i] for i in draft.content if not doc[i].is_punct]
    if draft.found is not None and draft.found.lemma in ANSWERS:
        return bool(words)
    return len(words) >= SHORTEST_CLAIM or (any(t.pos_ == "VERB" for t in words) and len(words) > 1)


def _host(doc: Doc, found: Found, by_head: dict[int, _Draft]) -> _Draft | None:
    """The attribution that a "citing ..." hangs on, or whose source it describes."""
    token = doc[found.head]
    described = next(
        (d for d in by_head.values() if d.found and (token.head.i in d.found.source or token.i in d.found.source)), None
    )
    if token.dep_ == "acl" and described is not None:
        return described
    for _ in range(3):
        if token.head.i == token.i:
            return None
        token = token.head
        if token.i in by_head:
            return by_head[token.i]
    return None


def _put_behind(host: _Draft, *, source: Source, carrier: Found, doc: Doc) -> None:
    """Make `source` the source of `host`, and what was its source the hop that passes it on."""
    span = _span(doc, carrier.cue)
    host.hops = (*host.hops, Hop(source=host.source, as_written=span.of(doc.text), span=span))
    host.source = source


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
    for i in found.source:
        token = doc[i]
        if token.dep_ == "acl" and token.lemma_ in ("quote", "cite", "report"):
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
    source = sources.source_at(doc, words, sources.Cast(), author=None)
    named = any(doc[i].pos_ == "PROPN" for i in words)
    if (
        (source.kind is SourceKind.OUTLET and named)
        or loose
        or (source.kind is SourceKind.ORGANISATION and token.ent_type_ == "ORG")
    ):
        span = _span(doc, words)
        return Hop(source=source, as_written=span.of(doc.text), span=span)
    return None


def _nest(doc: Doc, drafts: list[_Draft]) -> None:
    """Where a cue lies in the content of another attribution, that one passes it on."""
    for draft in drafts:
        inside = [
            d for d in drafts if d is not draft and draft.cue in d.content and len(d.content) > len(draft.content)
        ]
        if inside:
            draft.parent = min(inside, key=lambda d: len(d.content))
    for draft in drafts:
        draft.hops = (*reversed(_hops_above(doc, draft)), *draft.hops)


def _hops_above(doc: Doc, draft: _Draft) -> list[Hop]:
    """The named sources in whose words an attribution stands, nearest first; at most five."""
    hops: list[Hop] = []
    above = draft.parent
    while above is not None and above.found is not None and len(hops) < 5:
        if above.found.source and above.source.kind is not SourceKind.AUTHOR and above.source.name != draft.source.name:
            span = _span(doc, above.found.source)
            hops.append(Hop(source=above.source, as_written=span.of(doc.text), span=span))
        above = above.parent
    return hops


def _author_drafts(doc: Doc, covered: set[int], cast: sources.Cast, *, author: str | None) -> list[_Draft]:
    """What no attribution covers: the author's own words, or a quotation that goes on without a cue."""
    drafts: list[_Draft] = []
    speaker = cast.latest(SourceKind.PERSON, SourceKind.UNNAMED, SourceKind.ORGANISATION)
    for sentence in doc.sents:
        free = [t.i for t in sentence if t.i not in covered and not t.is_space]
        words = [i for i in free if not doc[i].is_punct]
        if len(words) < SHORTEST_CLAIM or not any(doc[i].pos_ in ("VERB", "AUX") for i in words):
            continue
        share = len(words) / sum(1 for t in sentence if not t.is_punct and not t.is_space)
        if share < 0.5 and (sentence.root.i not in free or len(words) < 5):
            continue
        source = sources.author_source(author)
        if speaker is not None and is_quoted(doc, words):
            source = replace(speaker, as_written="", reason=f"the quotation goes on from {speaker.name}")
        draft = _Draft(found=None, source=source, content=_edges_trimmed(doc, free))
        drafts += _split(doc, draft)
    return drafts


def _split(doc: Doc, draft: _Draft, cues: Mapping[int, _Draft] = MappingProxyType({})) -> list[_Draft]:
    """One draft a clause: "that A has left and B has come" puts two things forward."""
    content = set(draft.content)
    parts: list[tuple[int, ...]] = []
    subjects: list[tuple[int, ...]] = []
    rest = set(content)
    for i in draft.content:
        token = doc[i]
        if token.dep_ != "conj" or token.pos_ not in ("VERB", "AUX") or token.head.i not in content or i not in rest:
            continue
        own = {c.dep_ for c in token.children}
        if i in cues and cues[i].source.name == draft.source.name:  # "he said that A and added that B"
            rest -= {t.i for t in token.subtree}
            continue
        if not own & {"nsubj", "nsubjpass", "aux", "auxpass", "expl"}:
            continue
        words = {t.i for t in token.subtree} & rest
        if len(words) < SHORTEST_CLAIM or len(rest - words) < SHORTEST_CLAIM:
            continue
        subject = () if own & {"nsubj", "nsubjpass", "expl"} else _subject_of(token, content)
        parts.append(tuple(sorted(words)))
        subjects.append(subject)
        rest -= words
    if not parts and len(rest) == len(content):
        return [draft]
    pieces = [(tuple(sorted(rest)), ()), *zip(parts, subjects, strict=True)]
    return [
        replace(draft, content=trimmed, subject=subject, figures=[])
        for words, subject in sorted(pieces)
        if len(trimmed := _edges_trimmed(doc, words)) >= SHORTEST_CLAIM
    ]


def _subject_of(verb: Token, content: set[int]) -> tuple[int, ...]:
    host = verb.head
    for _ in range(3):
        for child in host.children:
            if child.dep_ in ("nsubj", "nsubjpass") and child.i in content:
                return tuple(t.i for t in child.subtree if t.i in content)
        host = host.head
    return ()


def _edges_trimmed(doc: Doc, words: Sequence[int]) -> tuple[int, ...]:
    kept = list(words)
    while kept and (
        doc[kept[0]].is_space or (doc[kept[0]].is_punct and not doc[kept[0]].is_quote) or doc[kept[0]].dep_ == "cc"
    ):
        kept.pop(0)
    while kept and (
        doc[kept[-1]].is_space or (doc[kept[-1]].is_punct and not doc[kept[-1]].is_quote) or doc[kept[-1]].dep_ == "cc"
    ):
        kept.pop()
    return tuple(kept)


# ---------------------------------------------------------------- figures find their assertion


def _give_figures(facts: _Facts, drafts: list[_Draft], *, author: str | None) -> None:
    """Give each figure to the smallest content that holds it; one that none holds makes its sentence the author's."""
    doc = facts.doc
    for figure in facts.figures:
        cut = doc.char_span(figure.span.start, figure.span.end, alignment_mode="expand")
        if cut is None:
            continue
        at = cut[-1].i
        holding = [d for d in drafts if at in d.content]
        if not holding:
            holding = [
                d for d in drafts if doc[d.content[0]].sent == cut.sent and at in (d.found.source if d.found else ())
            ]
        if holding:
            min(holding, key=lambda d: len(d.content)).figures.append(figure)
            continue
        words = tuple(t.i for t in cut.sent if not t.is_space)
        drafts.append(
            _Draft(
                found=None, source=sources.author_source(author), content=_edges_trimmed(doc, words), figures=[figure]
            )
        )


# ---------------------------------------------------------------- records


def _assertions(document: Document, piece: Piece, facts: _Facts, drafts: list[_Draft]) -> list[Assertion]:
    made = [(draft, _assertion(document, piece, facts, draft)) for draft in drafts if draft.content]
    first_of: dict[Found, str] = {}
    for draft, assertion in made:
        if draft.found is not None:
            first_of.setdefault(draft.found, assertion.id)
    return [
        replace(assertion, parent=first_of.get(draft.parent.found))
        if draft.parent is not None and draft.parent.found is not None
        else assertion
        for draft, assertion in made
    ]


def _assertion(document: Document, piece: Piece, facts: _Facts, draft: _Draft) -> Assertion:
    doc, at = facts.doc, piece.offset
    content = spans_of(doc, draft.content)
    sentence = _sentence(doc, draft.content, draft.found)
    head = _head(doc, draft.content)
    lemma = draft.found.lemma if draft.found else ""
    sure = certainty.certainty_of(head, cue=lemma)
    attribution = Attribution(
        source=_moved(spans_of(doc, draft.found.source), at) if draft.found else (),
        cue=_moved(spans_of(doc, draft.found.cue), at) if draft.found else (),
        content=_moved(content, at),
    )
    places = tuple(p for p in facts.places if _within(p.span, content))
    moments = tuple(m for m in facts.moments if m.span and _within(m.span, content))
    return Assertion(
        id=content_hash("assertion", document.id, attribution.source, attribution.cue, attribution.content),
        document=document.id,
        attribution=attribution,
        source=draft.source,
        hops=tuple(replace(h, span=_move(h.span, at)) for h in draft.hops),
        act=_act(doc, draft, sentence, sure, document),
        certainty=sure,
        figures=tuple(_scoped(f, places, moments, text=doc.text, at=at) for f in draft.figures),
        moments=tuple(replace(m, span=_move(m.span, at)) for m in moments if m.span),
        places=tuple(replace(p, span=_move(p.span, at)) for p in places),
        terms=_terms(facts, draft),
        asserted=_asserted(facts, draft, sentence, at),
        sentence=_move(sentence, at),
    )


def _act(doc: Doc, draft: _Draft, sentence: Span, sure: Certainty, document: Document) -> Act:
    words = sentence.of(doc.text)
    opinion = document.genre is Genre.OPINION
    if draft.found is None or draft.source.kind is SourceKind.AUTHOR:
        own = frozenset(
            w
            for i in (*draft.content, *(draft.found.cue if draft.found else ()))
            for w in (doc[i].lower_, doc[i].lemma_.lower())
        )
        return acts.act_of_author(sentence=words, words=own, certainty=sure, opinion=opinion)
    negated = any(doc[i].dep_ == "neg" for i in draft.found.cue)
    content = " ".join(span.of(doc.text) for span in spans_of(doc, draft.content))
    return acts.act_of(
        lemma=draft.found.lemma,
        construction=draft.found.construction,
        sentence=words,
        content=content,
        negated=negated,
        certainty=sure,
    )


def _head(doc: Doc, words: Sequence[int]) -> Token:
    """The word that the others of a clause hang on, a verb where there is one."""
    inside = set(words)
    heads = [doc[i] for i in words if doc[i].head.i not in inside or doc[i].head.i == i]
    verbs = [t for t in heads if t.pos_ in ("VERB", "AUX")]
    return (verbs or heads or [doc[words[0]]])[0]


def _terms(facts: _Facts, draft: _Draft) -> tuple[str, ...]:
    """The content words of a claim as lemmas, a country by its code ("@KE"), numbers left out."""
    doc = facts.doc
    found: dict[str, None] = {}
    words = (*draft.subject, *draft.content)
    country_at = {}
    for country in facts.countries:
        for i in range(country.span.start, country.span.end):
            country_at[i] = f"@{country.code}"
    for i in words:
        token = doc[i]
        if token.idx in country_at:
            found[country_at[token.idx]] = None
        elif (
            token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ")
            and not token.is_stop
            and not token.like_num
            and len(token) > 1
        ):
            found[token.lemma_.lower().strip("'’")] = None
    return tuple(found)


def _asserted(facts: _Facts, draft: _Draft, sentence: Span, at: int) -> Moment | None:
    """When the source said it: a time in the sentence that is no part of what it says."""
    if draft.found is None:
        return None
    cue = _span(facts.doc, draft.found.cue)
    said = spans_of(facts.doc, draft.found.content)
    outside = [m for m in facts.moments if m.span and sentence.contains(m.span) and not _within(m.span, said)]
    if not outside:
        return None
    nearest = min(outside, key=lambda m: abs(m.span.start - cue.end) if m.span else 0)
    return replace(nearest, span=_move(nearest.span, at)) if nearest.span else None


def _scoped(figure: Figure, places: tuple[Place, ...], moments: tuple[Moment, ...], *, text: str, at: int) -> Figure:
    """A figure with its scope: the place and period named nearest behind it in the same claim, else nearest before it."""
    behind = [p for p in places if p.span.start >= figure.span.end]
    before = [p for p in places if p.span.end <= figure.span.start]
    place = _finest(behind, text) if behind else before[-1] if before else None
    period = min(
        (m for m in moments if m.span),
        key=lambda m: abs(m.span.start - figure.span.start) if m.span else 0,
        default=None,
    )
    return replace(
        figure,
        place=place.name if place else None,
        period=period.as_written if period else None,
        span=_move(figure.span, at),
    )


def _finest(places: list[Place], text: str) -> Place:
    """The first place; of "Kenya's Turkana region" the region."""
    first = places[0]
    if len(places) > 1 and text[first.span.end : places[1].span.start].strip() in ("'s", "’s"):
        return places[1]
    return first


def _sentence(doc: Doc, content: Sequence[int], found: Found | None) -> Span:
    words = [*content, *(found.cue if found else ())]
    first, last = doc[min(words)].sent, doc[max(words)].sent
    text = doc.text
    start, end = first.start_char, last.end_char
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


# ---------------------------------------------------------------- spans


def spans_of(doc: Doc, words: Sequence[int]) -> tuple[Span, ...]:
    """Token numbers as spans of the parsed text: one span a run of tokens, joined over punctuation and white space."""
    found: list[Span] = []
    previous = -2
    for i in words:
        token = doc[i]
        end = token.idx + len(token)
        gap = all(t.is_punct or t.is_space for t in doc[previous + 1 : i]) if 0 <= previous < i else False
        if found and (i == previous + 1 or (gap and i - previous <= 2)):
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(token.idx, end))
        previous = i
    return tuple(found)


def _span(doc: Doc, words: Sequence[int]) -> Span:
    """The hull of some tokens."""
    return Span(doc[words[0]].idx, doc[words[-1]].idx + len(doc[words[-1]]))


def _within(span: Span, around: Iterable[Span]) -> bool:
    return any(a.contains(span) for a in around)


def _move(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _moved(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    return tuple(_move(span, by) for span in spans)
