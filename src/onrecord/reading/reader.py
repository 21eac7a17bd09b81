"""Document -> assertions: the questions of this folder asked in order, and their answers put together.

Two models see each piece of text: the parser (`nlp.py`) and the trained reader (`network.py`). They predict; this module
turns predictions into records.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice, tee
from typing import TYPE_CHECKING

from onrecord.reading import acts, certainty
from onrecord.reading.attribution import attributions_in
from onrecord.reading.author_acts import act_of_author, reads_as_opinion
from onrecord.reading.cast import cast_of
from onrecord.reading.clauses import SHORTEST_CLAIM, head_of, what_can_be_told
from onrecord.reading.corrections import with_own_corrections
from onrecord.reading.countries import countries_in
from onrecord.reading.datelines import start_of_text
from onrecord.reading.drafts import Draft, Facts, by_each_source, drafts_of, give_figures
from onrecord.reading.events import event_of
from onrecord.reading.figures import figures_in
from onrecord.reading.found import HEARSAY_NOUNS, Found
from onrecord.reading.groups import groups_in
from onrecord.reading.home import with_home_state
from onrecord.reading.moments import moments_in
from onrecord.reading.naming import named_later
from onrecord.reading.network import Seen, seen
from onrecord.reading.nlp import Piece, parsed
from onrecord.reading.occasion import occasion_of
from onrecord.reading.places import places_in
from onrecord.reading.replying import with_what_they_answer
from onrecord.reading.sources import publisher_of
from onrecord.reading.spans import all_moved, hull, moved, sentences_around, spans_of, text_of, within
from onrecord.reading.speakers import Speaker, speakers_of
from onrecord.reading.terms import elsewhere, terms_of
from onrecord.reading.transcripts import Turn, turns_in, without_labels
from onrecord.records import (
    Act,
    Assertion,
    Attribution,
    Certainty,
    Document,
    Event,
    Figure,
    Genre,
    Moment,
    Place,
    SourceKind,
    Span,
    content_hash,
    is_body,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# The version of this reader; a change of what it finds is a change of this name.
READER = "network-22"
# Documents that the trained reader is ahead of the rules: it works in threads of its own, beside the parser and the rules.
AHEAD = 8


def read_all(documents: Iterable[Document]) -> Iterator[tuple[Assertion, ...]]:
    """Yield the assertions of each document, in order; none for one that is not in English.

    Reads ahead for speed; keeps nothing between documents.
    """
    for_text, for_reading = tee(documents)
    bodies = (
        (without_labels(d.text, turns_in(d.text)), start_of_text(d.text)) if d.language == "en" else ("", 0)
        for d in for_text
    )
    with ThreadPoolExecutor(os.cpu_count(), "trained reader") as beside:
        coming = (
            (document, [(piece, beside.submit(_predicted, piece.doc)) for piece in pieces])
            for document, pieces in zip(for_reading, parsed(bodies), strict=True)
        )
        waiting = deque(islice(coming, AHEAD))
        while waiting:
            document, pieces = waiting.popleft()
            waiting.extend(islice(coming, 1))
            yield read_pieces(document, [(piece, *read.result()) for piece, read in pieces])


def _predicted(doc: Doc) -> tuple[Seen, list[Found]]:
    """What the trained reader makes of a parsed text, and the attributions that it finds there."""
    read = seen(doc)
    return read, attributions_in(doc, read)


def read_pieces(document: Document, pieces: Sequence[tuple[Piece, Seen, list[Found]]]) -> tuple[Assertion, ...]:
    """The assertions of one document, in the order of its text: of its parsed pieces, each with what the trained reader makes of it and
    the attributions that it finds there."""
    read_together = [(piece.doc, read) for piece, read, _ in pieces]
    cast = cast_of(read_together, outlet=document.outlet, publisher=publisher_of(document.outlet))
    author = document.authors[0] if document.authors else document.outlet
    turns = turns_in(document.text)
    speakers = speakers_of(turns, cast, author=author)
    drafted: list[tuple[Piece, Facts, list[Draft]]] = []
    for piece, read, attributions in pieces:
        facts = facts_of(piece.doc, read, document)
        if turns:
            facts = replace(facts, turns=_spoken_in(piece, turns, speakers))
        drafts = drafts_of(facts, attributions, cast, author=author)
        drafts = with_own_corrections(piece.doc, drafts, document)
        give_figures(facts, drafts, author=author)
        drafted.append((piece, replace(facts, groups=groups_in(piece.doc)), by_each_source(drafts)))
    of_all = ((facts, draft) for _, facts, drafts in drafted for draft in drafts)
    if document.genre is not Genre.OPINION and not is_body(author or "") and reads_as_opinion(of_all):
        document = replace(document, genre=Genre.OPINION)
    found = [a for piece, facts, drafts in drafted for a in _assertions(document, piece, facts, drafts)]
    once = {(a.source.name, a.attribution.content): a for a in reversed(found)}
    ordered = sorted(once.values(), key=lambda a: (a.sentence, a.attribution.content))
    named = with_home_state(document.text, named_later(document.text, ordered))
    return tuple(with_what_they_answer(document.text, named))


def _spoken_in(piece: Piece, turns: Sequence[Turn], speakers: Sequence[Speaker]) -> dict[int, Speaker]:
    """Who speaks each word of a piece, by token numbers."""
    starts = [turn.start for turn in turns]
    spoken = {}
    for token in piece.doc:
        at = piece.offset + token.idx
        number = bisect_right(starts, at) - 1
        if number >= 0 and at < turns[number].end:
            spoken[token.i] = speakers[number]
    return spoken


def facts_of(doc: Doc, read: Seen, document: Document) -> Facts:
    """What one parsed piece of a document says besides who says it; `read` is what the trained reader makes of it."""
    countries = tuple(countries_in(text_of(doc)))
    return Facts(
        doc=doc,
        seen=read,
        figures=tuple(figures_in(doc, countries)),
        moments=tuple(moments_in(text_of(doc), document.published)),
        places=tuple(place for place in places_in(doc, countries, read) if not place.associative),
        countries=countries,
    )


# ---------------------------------------------------------------- records


def _assertions(document: Document, piece: Piece, facts: Facts, drafts: list[Draft]) -> list[Assertion]:
    made = [(draft, _assertion(document, piece, facts, draft)) for draft in drafts if draft.content]
    first_of: dict[int, str] = {}
    for draft, assertion in made:
        if draft.found is not None:
            first_of.setdefault(draft.cue, assertion.id)
    return [
        replace(assertion, parent=first_of.get(draft.parent.cue))
        if draft.parent is not None and draft.parent.found is not None
        else assertion
        for draft, assertion in made
    ]


def _assertion(document: Document, piece: Piece, facts: Facts, draft: Draft) -> Assertion:
    doc, at = facts.doc, piece.offset
    draft = _what_is_untrue(doc, draft)
    content = spans_of(doc, draft.content)
    sentence = sentences_around(doc, (*draft.content, *(draft.found.cue if draft.found else ())))
    said = head_of(doc, draft.content)
    head = what_can_be_told(said) or said
    lemma = draft.found.lemma if draft.found else ""
    sure = certainty.certainty_of(head, facts.seen, cue=lemma)
    attribution = Attribution(
        source=_where_named(doc, draft, at),
        cue=all_moved(spans_of(doc, draft.found.cue), at) if draft.found else (),
        content=all_moved(content, at),
    )
    beside = spans_of(doc, sorted(elsewhere(doc, draft.content)))
    places = tuple(p for p in facts.places if within(p.span, content) and not within(p.span, beside))
    moments = tuple(m for m in facts.moments if m.span and within(m.span, content))
    return Assertion(
        id=content_hash("assertion", document.id, attribution.source, attribution.cue, attribution.content),
        document=document.id,
        attribution=attribution,
        source=draft.source,
        hops=tuple(replace(h, span=moved(h.span, at)) for h in draft.hops),
        act=_act(facts, draft, sentence, sure, document),
        certainty=sure,
        figures=tuple(_scoped(f, places, moments, text=text_of(doc), at=at) for f in draft.figures),
        moments=tuple(replace(m, span=moved(m.span, at)) for m in moments if m.span),
        places=tuple(replace(p, span=moved(p.span, at)) for p in places),
        terms=terms_of(facts, draft),
        asserted=occasion_of(facts, draft, sentence, at),
        sentence=moved(sentence, at),
        event=_moved_event(event_of(head), at),
    )


def _what_is_untrue(doc: Doc, draft: Draft) -> Draft:
    """Of "reports that the road is cut are false" the reports: "denies" says the rest."""
    if draft.found is None or acts.act_of_content(Act.ASSERTS, _next_to_head(doc, draft.content)) is not Act.DENIES:
        return draft
    head, inside = head_of(doc, draft.content), set(draft.content)
    subject = next((c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    words = tuple(t.i for t in subject.subtree if t.i in inside) if subject is not None else ()
    if len(words) < SHORTEST_CLAIM or draft.found.act not in (Act.ASSERTS, Act.OPINES, Act.DENIES):
        return draft
    return replace(draft, content=words, found=replace(draft.found, act=Act.DENIES))


def _where_named(doc: Doc, draft: Draft, at: int) -> tuple[Span, ...]:
    """Where the document names the source of a draft: beside the cue, in the label of a transcript, or nowhere."""
    if draft.found is not None:
        return all_moved(spans_of(doc, draft.found.source), at)
    return (draft.label,) if draft.label is not None else ()


def _moved_event(event: Event | None, at: int) -> Event | None:
    if event is None:
        return None
    actor, recipient = (
        replace(one, span=moved(one.span, at)) if one is not None else None for one in (event.actor, event.recipient)
    )
    return replace(event, span=moved(event.span, at), actor=actor, recipient=recipient)


_OF_ANOTHER = (Act.DENIES, Act.DOUBTS, Act.CONFIRMS)


def _act(facts: Facts, draft: Draft, sentence: Span, sure: Certainty, document: Document) -> Act:
    doc = facts.doc
    words = sentence.of(text_of(doc))
    is_author = draft.source.kind is SourceKind.AUTHOR
    if draft.taken_back:
        return Act.DENIES
    if draft.found is None or is_author:
        act = act_of_author(facts, draft, words, certainty=sure, opinion=is_author and document.genre is Genre.OPINION)
        return act if is_author else acts.act_of_content(act, _next_to_head(doc, draft.content))
    text = text_of(doc)
    cue, head = doc[draft.found.head], head_of(doc, draft.content)
    if any(_is_negated(verb, acts.CONFIRMING) for verb in (cue, head, head.head)):
        return acts.act_not_confirmed(draft.found.act)
    if _is_negated(cue, acts.DENYING):
        return acts.act_not_denied(draft.found.act)
    if document.genre is Genre.OPINION and acts.is_own_view(words):
        return Act.OPINES
    if cue.pos_ == "NOUN" and cue.lemma_.lower() in HEARSAY_NOUNS and draft.found.act in _OF_ANOTHER:
        return Act.ASSERTS  # who calls a claim false or true denies or confirms it; the claim itself puts it forward
    act = acts.act_of_denial(draft.found.act, words, cue=cue.lemma_.lower())
    act = acts.act_of_negation(
        act,
        cue=cue.lemma_.lower(),
        negated=certainty.named_none(head) is not None or any(c.dep_ == "neg" for c in head.children),
        words=words,
    )
    act = acts.act_of_content(act, _next_to_head(doc, draft.content))
    in_words = hull(doc, draft.content).of(text)
    act = acts.act_of_no_means(acts.act_of_name(act, cue=cue.lemma_.lower(), words=in_words), in_words)
    said = frozenset(w for i in draft.content for w in (doc[i].lower_, doc[i].lemma_.lower()))
    act = acts.act_of_plain_words(act, cue=cue.lemma_.lower(), sentence=words, words=said)
    verb = cue if what_can_be_told(head) is None else head  # "we can confirm that it fell", she said
    act = acts.act_of_confirmation(act, cue=verb.lemma_.lower())
    act = acts.act_of_future(act, cue=cue.lemma_.lower(), will_be=certainty.will_be(head))
    return acts.act_of_tense(act, cue=cue.lemma_.lower(), words=said)


def _is_negated(verb: Token, lemmas: frozenset[str]) -> bool:
    """Whether a word is one of some verbs, and not or never so."""
    return verb.lemma_ in lemmas and any(child.dep_ == "neg" for child in verb.children)


def _next_to_head(doc: Doc, words: Sequence[int]) -> str:
    """What a content says of its subject, in lower case: its head, what that is said to be or look like, and what it has."""
    head = head_of(doc, words)
    said = [head]
    for child in head.children:
        if child.dep_ in ("acomp", "attr", "oprd", "neg", "prep", "dobj"):
            said.append(child)
        if child.dep_ == "prep" and child.lower_ in ("like", "as"):
            said += [c for c in child.children if c.dep_ == "pobj"]
    if head.lemma_ not in ("be", "have", "see", "find"):
        said = [t for t in said if t.dep_ != "dobj"]
    inside = set(words)
    said += [c for t in said for c in t.children if c.dep_ in ("amod", "compound", "det", "neg")]
    return " ".join(t.lower_ for t in sorted(said, key=lambda t: t.i) if t.i in inside)


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
        span=moved(figure.span, at),
    )


def _finest(places: list[Place], text: str) -> Place:
    """The first place; of "Kenya's Turkana region" the region."""
    first = places[0]
    if len(places) > 1 and text[first.span.end : places[1].span.start].strip() in ("'s", "’s"):
        return places[1]
    return first
