"""Whom does a document name? What is kept of it while its pieces are read, so that later words can go back to earlier ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reading.countries import countries_in
from onrecord.reading.found import Found
from onrecord.reading.network import Seen
from onrecord.reading.people import People, Person, people_of
from onrecord.reading.prominence import Entity, entities_in, speakers_in
from onrecord.reading.spans import text_of
from onrecord.records import Source, SourceKind, Span, is_body

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class Cast:
    """Whom a document names. `people` are all of it, `spelled` all its names of several words, `newsrooms` its outlet and the agencies beside that, and
    `publisher` the body whose own statement it is; `seen` are the sources and those who act, in order, and `acronyms` the short names that it gave.

    Of the piece being read, by token numbers: `entities` says who is named at a noun or a pronoun, `speakers` whose quotation a word
    stands in, `turns` whose turn it is in a transcript, and `heads` the source found at a head. `text` is what the network made of it.
    """

    docs: tuple[Doc, ...] = ()
    people: People = field(default_factory=People)
    spelled: tuple[str, ...] = ()
    newsrooms: tuple[str, ...] = ()
    publisher: Source | None = None
    seen: list[Source] = field(default_factory=list)
    acronyms: dict[str, Source] = field(default_factory=dict)
    piece: int = -1
    text: Seen | None = None
    entities: Mapping[int, Entity] = field(default_factory=dict)
    speakers: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    turns: Mapping[int, Source] = field(default_factory=dict)
    heads: dict[int, Source] = field(default_factory=dict)

    def turn_to(self, doc: Doc, text: Seen, found: Sequence[Found]) -> None:
        """Go on to a piece of the document, in which these attributions were found."""
        self.piece = next((number for number, known in enumerate(self.docs) if known is doc), -1)
        self.text = text
        self.entities = entities_in(doc, self.piece, self.people, found)
        self.speakers = speakers_in(doc, found)
        self.heads.clear()

    def person_at(self, word: int) -> Person | None:
        """The person whose name stands at a word of the piece."""
        return self.people.at.get((self.piece, word))

    def latest(self, *kinds: SourceKind) -> Source | None:
        """The last source named of one of these kinds."""
        return next((s for s in reversed(self.seen) if s.kind in kinds), None)


# "the Ports and Rivers Authority"
_SPELLED = re.compile(r"(?!The\s)[A-Z][\w'’-]+(?:\s+(?:(?:of|for|and|the|to|on|in|our)\s+){0,2}[A-Z][\w'’-]+)+")


def cast_of(pieces: Sequence[tuple[Doc, Seen]], *, outlet: str | None = None, publisher: Source | None = None) -> Cast:
    """The cast of a document whose parsed pieces are given, each with what the trained reader makes of it, before its first word is read; `outlet` is
    what published it, and `publisher` the body that did, where it is no newsroom."""
    docs = tuple(doc for doc, _ in pieces)
    spelled = dict.fromkeys(re.sub(r"\s+", " ", m[0]) for doc in docs for m in _SPELLED.finditer(text_of(doc)))
    return Cast(
        docs=docs, people=people_of(pieces), spelled=tuple(spelled), newsrooms=_newsrooms(outlet), publisher=publisher
    )


def _newsrooms(outlet: str | None) -> tuple[str, ...]:
    """The names in the name of an outlet: "Lake Post (Wire)" is the Lake Post and Wire; none for a body's own statement."""
    if outlet is None or is_body(outlet):
        return ()
    names = (re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE) for name in re.split(r"[()/]", outlet))
    return tuple(name for name in names if name and name[0].isupper() and not _is_a_state(name))


def _is_a_state(name: str) -> bool:
    """Whether a name is a state's or its capital's, as in "Lake Post (Kenya)"."""
    return any(country.span == Span(0, len(name)) for country in countries_in(name))
