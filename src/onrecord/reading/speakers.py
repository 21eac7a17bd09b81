"""Who speaks in a turn? The person that its label names, as the rest of the document knows him; the one interviewed; who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.reading.cast import Cast
from onrecord.reading.kinds import ROLE
from onrecord.reading.people import Person
from onrecord.reading.sources import author_source, introduced
from onrecord.reading.titles import TITLES
from onrecord.reading.transcripts import ANSWERING, ASKING, Turn, is_one_of
from onrecord.records import Source, SourceKind, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks, and where the text says so: in the document, None where it does not."""

    source: Source
    label: Span | None


def speakers_of(turns: Sequence[Turn], cast: Cast, *, author: str | None) -> list[Speaker]:
    """Who speaks in each turn of a document."""
    return [Speaker(source=_source(turn, cast, author), label=turn.label) for turn in turns]


def _source(turn: Turn, cast: Cast, author: str | None) -> Source:
    label = turn.speaker
    if turn.asks:
        reason = f"the turn is labelled {label!r}" if label else "every other line asks"
        asking = Source(name="questioner", kind=SourceKind.UNNAMED, as_written=label, reason=reason)
        return asking if is_one_of(label, ASKING) else replace(author_source(author), reason=reason)
    if not label or is_one_of(label, ANSWERING):
        reason = f"the turn is labelled {label!r}" if label else "every other line answers"
        unnamed = Source(name="person interviewed", kind=SourceKind.UNNAMED, as_written=label, reason=reason)
        return (
            _known(_first_named(cast, author), cast, label, f"{reason}, and the text begins with this name") or unnamed
        )
    return _labelled(label, cast)


def _labelled(label: str, cast: Cast) -> Source:
    """Whom a label names: "MINISTER OKELLO", "Ann Moss", "THE PRESIDENT"."""
    reason = f"the turn is labelled {label!r}"
    words = label.split()
    titles = [w.lower().strip(".") for w in words if _is_title(w)]
    is_office = _is_title(words[-1])  # "Deputy Speaker", "THE PRESIDENT"
    name = [] if is_office else [w.title() if w.isupper() and len(w) > 2 else w for w in words if not _is_title(w)]
    known = [p for p in cast.people.all if _fits(p, name, titles)]
    if not name and len(known) > 1:
        known = []  # of two presidents the label means neither for sure
    found = _known(max(known, key=lambda p: (len(p.name), p.times), default=None), cast, label, reason)
    if found is not None:
        return found
    if not name:
        return Source(name=label.lower(), kind=SourceKind.UNNAMED, as_written=label, reason=reason)
    role = next((t for t in titles if ROLE.fullmatch(t)), None)
    return Source(name=" ".join(name), kind=SourceKind.PERSON, as_written=label, role=role, reason=reason)


def _is_title(word: str) -> bool:
    return word.lower().strip(".") in TITLES or ROLE.fullmatch(word) is not None


def _fits(person: Person, name: Sequence[str], titles: Sequence[str]) -> bool:
    """Whether a person bears the last name of a label; for a label without a name, the office."""
    if not name:
        return bool(person.roles.intersection(titles))
    known = person.name.casefold().split()
    given = {word.casefold() for word in name[:-1]}
    return known[-1] == name[-1].casefold() and (len(known) == 1 or given <= set(known))


def _first_named(cast: Cast, author: str | None) -> Person | None:
    """The person whom the document names first, who is not its author."""
    people = (cast.people.at[place] for place in sorted(cast.people.at))
    return next((person for person in people if person.name != author), None)


def _known(person: Person | None, cast: Cast, label: str, reason: str) -> Source | None:
    found = introduced(person, cast) if person is not None else None
    return replace(found, as_written=label, reason=reason) if found is not None else None
