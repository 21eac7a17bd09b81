"""Which figures count the same thing, and how does one stand to another?

Two figures are compared only if what is counted, its status and its scope agree; otherwise the answer says which differs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from onrecord.records import Approximator, Figure

# "About 12,000" and "11,500" are one estimate rounded twice; a tenth apart and more they are two (verdicts on the
# constructed dossiers are the same from 0.03 to 0.08).
ROUNDING = 0.05
# Words for those who are counted, by what they are, after the actor sectors of PLOVER (MIL, REB, CVL, REF).
_CLASSES = {
    "troops": "troop troops soldier soldiers force forces serviceman servicemen fighter fighters personnel combatant combatants militant militants unit units recruit recruits mercenary mercenaries infantry conscript conscripts guerrilla guerrillas insurgent insurgents rebel rebels gunman gunmen",
    "people": "people person persons civilian civilians resident residents villager villagers victim victims casualty casualties death deaths fatality fatalities dead life lives body bodies passenger passengers individual individuals citizen citizens sailor sailors seafarer seafarers seaman seamen mariner mariners crew crews crewman crewmen fisherman fishermen policeman policemen policewoman policewomen gendarme gendarmes worker workers employee employees wounded injured missing displaced",
    "men": "man men",
    "displaced": "refugee refugees migrant migrants evacuee evacuees idp idps",
    "captives": "captive captives prisoner prisoners detainee detainees inmate inmates hostage hostages",
    "homes": "home homes house houses household households family families",
}
PEOPLE = frozenset(_CLASSES)
# Things under more than one name.
_THINGS = {
    "vessel": "vessel vessels ship ships boat boats craft",
    "aircraft": "aircraft plane planes airplane airplanes aeroplane aeroplanes jet jets warplane warplanes",
    "truck": "truck trucks lorry lorries",
    "drone": "drone drones uav uavs",
}
# What happens to anybody, where who is deployed, trained or captured is a soldier.
_SUFFERED = frozenset({"killed", "wounded", "killed or wounded", "killed and wounded", "missing", "displaced"})
# A toll of one event only grows, so a later, larger one from a named source, or on an outlet's own word, outdates an earlier one.
ONLY_GROWS = frozenset({"killed", "wounded", "killed or wounded", "killed and wounded", "displaced", "captured"})
# "Men" may be soldiers or a crew.
_ANY_MEN = frozenset(["men", "troops", "people"])


CLASS_OF = {word: name for name, words in (_CLASSES | _THINGS).items() for word in words.split()}


def same_counted(word: str) -> list[str]:
    """The other words for those who are counted that count as one with a word: all of its class, none where it is of none.

    >>> "soldiers" in same_counted("troops"), same_counted("tanks")
    (True, [])
    """
    return (_CLASSES | _THINGS).get(CLASS_OF.get(word.lower(), ""), "").split()


# What is said of the same people on their way: counts of them are comparable unless the place differs, so it is no status.
_PRESENT = frozenset({None, "deployed", "trained"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a figure counts: the class of the noun, whose (an ISO code), the status, and the unit. None is "not said"."""

    counted: str | None
    whose: str | None
    status: str | None
    unit: str | None

    @property
    def named(self) -> str:
        """What is counted, in a word, also where no word says it."""
        return self.counted or "what is counted is not said"

    def __str__(self) -> str:
        parts = (
            f"({self.whose})" if self.whose else "",
            self.named,
            self.status or "",
            self.unit or "",
        )
        return " ".join(part for part in parts if part)


class Standing(StrEnum):
    """How a figure stands to those before it in its series."""

    FIRST = "first"
    REPEATS = "repeats"
    AGREES = "agrees"
    REVISES = "revises"
    DISAGREES = "disagrees"
    ADDS = "adds"
    DENIED = "denied"
    OTHER_SCOPE = "other scope"


def subject_of(figure: Figure, *, main: str | None) -> Subject:
    """What a figure counts. `main` is the ISO code whose people the document mostly counts, for figures that do not say."""
    counted = _kind_counted(figure.counted or "")
    if figure.whose and all(word[0].isupper() for word in (figure.counted or "").split()):
        counted = None  # "Kenyans": whose, but not what they are
    status = None if figure.status in _PRESENT else figure.status
    if counted == "men" and figure.status is not None:
        counted = (
            "people" if figure.status in _SUFFERED else "troops"
        )  # "men" may be a crew; those deployed or captured are soldiers
    if status == counted == "displaced":
        counted = "people"  # "fifty refugees" and "fifty people who fled"
    return Subject(
        counted=counted,
        whose=figure.whose or (main if counted in (None, "men", "troops", "people") and figure.unit is None else None),
        status=status,
        unit=figure.unit,
    )


@lru_cache(maxsize=20_000)
def _kind_counted(words: str) -> str | None:
    """The class of what some words count, else their last word; None for no words."""
    head = re.findall(r"[a-z]+", words.lower())
    known = next((CLASS_OF[word] for word in reversed(head) if word in CLASS_OF), None)
    return known or (_singular(head[-1]) if head else None)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith("ss") else word


def comparable(one: Subject, other: Subject) -> bool:
    """Whether two figures count the same thing as far as the words tell; what is counted and whose may be left unsaid.

    >>> killed = Subject(counted="troops", whose="KE", status="killed", unit=None)
    >>> comparable(killed, Subject(counted="troops", whose="KE", status="wounded", unit=None))
    False
    >>> comparable(killed, Subject(counted=None, whose="KE", status="killed", unit=None))
    True
    """
    unsaid = all(
        mine == theirs or mine is None or theirs is None
        for mine, theirs in ((one.counted, other.counted), (one.whose, other.whose))
    )
    men = "men" in (one.counted, other.counted) and {one.counted, other.counted} <= _ANY_MEN
    unsaid = unsaid or (men and (one.whose == other.whose or None in (one.whose, other.whose)))
    return unsaid and (one.unit, one.status) == (other.unit, other.status)


def bounds(figure: Figure) -> tuple[float, float]:
    """The values that a figure allows, rounding included. An open side is infinite.

    An exact round figure ("3,000") is taken as rounded, an odd one ("2,987") as counted.
    """
    if figure.best is not None:
        is_round = figure.best >= 100 and figure.best % 100 == 0
        slack = ROUNDING if is_round or figure.approximator in (Approximator.ABOUT, Approximator.VAGUE) else 0.0
        return figure.best * (1 - slack), figure.best * (1 + slack)
    low = figure.low if figure.low is not None else 0.0
    high = figure.high if figure.high is not None else float("inf")
    return low, high


def compatible(one: Figure, other: Figure) -> bool:
    """Whether two figures can both be right: their bounds meet, and an open bound is not stretched to more than double."""
    (a, b), (c, d) = bounds(one), bounds(other)
    if max(a, c) > min(b, d):
        return False
    if not (_is_open(one) or _is_open(other)):
        return True
    numbers = [max(f.values) for f in (one, other) if f.values]
    return max(numbers) <= 2 * min(numbers)


def _is_open(figure: Figure) -> bool:
    """Whether the words leave a side open: "at least 12", "up to 400", "several thousand"."""
    return figure.best is None and (figure.low is None or figure.high is None)


def is_wide(figure: Figure) -> bool:
    """Whether a figure says so little that it bears nothing out: a range to more than double of its low, or "several thousand"."""
    if figure.approximator is Approximator.VAGUE:
        return True
    return figure.low is not None and figure.high is not None and figure.high > 2 * figure.low


def standing(figure: Figure, before: Figure | None, *, same_source: bool, scope: str | None) -> Standing:
    """How a figure stands to the one before it: `scope` says what differs in scope, None if nothing."""
    if before is None:
        return Standing.FIRST
    if scope is not None:
        return Standing.OTHER_SCOPE
    if same_source and figure.values == before.values:
        return Standing.REPEATS
    if compatible(figure, before):
        return Standing.AGREES
    return Standing.REVISES if same_source else Standing.DISAGREES
