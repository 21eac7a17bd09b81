"""Has a source an interest in what it says? Typed and shown beside the words, never folded into a count or a grade.

What a state says of itself or of who attacks it, it may have reasons to say; what it admits of its own losses or attacks, it has
reasons not to. Read off the state of the source, the countries that the claim is about, and who does what to whom in it.
"""

from __future__ import annotations

from enum import StrEnum

from onrecord.linking.sources import Party
from onrecord.records import Act, Assertion, EventType, Polarity, SourceKind

LOSSES = frozenset({"killed", "wounded", "killed or wounded", "killed and wounded", "captured", "missing"})
_HOSTILE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.THREATEN})
_ADMITTED = frozenset({Act.ASSERTS, Act.CONFIRMS})


class Interest(StrEnum):
    """What a source has to do with what it says."""

    ITSELF = "about its own side"
    ENEMY = "about its enemy"
    AGAINST = "against its own interest"


def interest(assertion: Assertion, party: Party) -> Interest | None:
    """The interest of a source in an assertion, None where the words tell of none, or its state is not known.

    An admission ("against") is its own side's losses, or an attack of its own that it confirms. "Enemy" is who attacks its side, or whom its side has
    attacked, within the assertion.
    """
    side = party.side
    if side is None or party.kind is SourceKind.OUTLET:
        return None
    hostile = assertion.event if assertion.event is not None and assertion.event.type in _HOSTILE else None
    actor = hostile.actor.country if hostile is not None and hostile.actor is not None else None
    recipient = hostile.recipient.country if hostile is not None and hostile.recipient is not None else None
    losses = {f.whose for f in assertion.figures if f.status in LOSSES and f.whose is not None}
    is_put_forward = assertion.act in _ADMITTED and assertion.certainty.polarity is Polarity.POSITIVE
    if is_put_forward and (side in losses or (actor == side and assertion.act is Act.CONFIRMS)):
        return Interest.AGAINST
    if (recipient == side and actor not in (None, side)) or (actor == side and recipient not in (None, side)):
        return Interest.ENEMY
    return Interest.ITSELF if f"@{side}" in assertion.terms else None
