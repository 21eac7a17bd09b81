"""How does one assertion stand to another? A typed relation with its reason in words, or none where they are not about the same.

Words find what is alike; places, days, polarity and act decide what the relation is.
"""

from __future__ import annotations

from datetime import timedelta

from onrecord.linking.claims import meanings, named_days, names, same_time
from onrecord.records import Act, Assertion, Document, Level, Relation, RelationKind

# On three development dossiers the verdicts of `check` change in no more than two claims between 0.45 and 0.6.
ENOUGH_SHARED = 0.5
# Acts that put nothing forward which could bear a claim out or speak against it.
_SILENT = frozenset(
    {Act.DECLINES_TO_COMMENT, Act.COULD_NOT_VERIFY, Act.ASKS, Act.DEMANDS, Act.THREATENS_OR_PROMISES, Act.PREDICTS}
)
_AGAINST = frozenset({Act.DENIES, Act.DOUBTS})
# News of a day appears from the evening before (time zones) to some days later.
NEWS_BEFORE, NEWS_AFTER = timedelta(days=1), timedelta(days=3)


def relation(claim: Assertion, other: Assertion, document: Document, share: float) -> Relation | None:
    """How `other`, of `document`, stands to `claim`; None where they are not about the same thing.

    `share` is how much of what `claim` says `other` says too, as `claims.coverage` gives it.
    """
    if share < ENOUGH_SHARED or other.act in _SILENT or other.certainty.level is Level.UNCOMMITTED:
        return None
    if not _same_places(claim, other) or not _same_days(claim, other, document):
        return None
    kind = _kind(claim, other)
    shared = ", ".join(sorted(meanings(claim) & meanings(other))[:6]).replace("@", "")
    return Relation(kind=kind, of=other.id, to=claim.id, reason=f"{_WORDS[kind]}: both are about {shared}")


_WORDS = {
    RelationKind.REPEATS: "it puts the same forward",
    RelationKind.CONFIRMS: "it confirms the same",
    RelationKind.DENIES: "it denies the same",
    RelationKind.CONTRADICTS: "it says that it is not so",
}


def _kind(claim: Assertion, other: Assertion) -> RelationKind:
    opposite = claim.certainty.polarity is not other.certainty.polarity
    if (other.act in _AGAINST) != (claim.act in _AGAINST):
        return RelationKind.REPEATS if opposite and other.act is not Act.DENIES else RelationKind.DENIES
    if opposite:
        return RelationKind.CONTRADICTS
    return RelationKind.CONFIRMS if other.act is Act.CONFIRMS else RelationKind.REPEATS


def _same_places(claim: Assertion, other: Assertion) -> bool:
    """Whether the places below a country that the claim names are in the other too, at least one of them."""
    telling = names(claim)
    return not telling or bool(telling & set(other.terms))


def _same_days(claim: Assertion, other: Assertion, document: Document) -> bool:
    """Whether the days do not differ: the same day named, or none named in a text that appeared in the days after it."""
    same = same_time(claim.moments, other.moments)
    days = named_days(claim.moments)
    if same is not None or not days:
        return same is not False
    published = document.published
    return published is not None and any(
        m.start is not None and m.start - NEWS_BEFORE <= published <= m.start + NEWS_AFTER for m in days
    )
