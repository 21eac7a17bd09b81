"""Where? The places that a text names, each put on the map with the reason, or left unresolved.

Words that name places come from `toponyms.py`. A name is borne by many places; which one is meant is judged twice, after the heuristics
of toponym resolution (Leidner 2007; Lieberman and Samet 2012): first by each candidate alone (its size, its level, the region named
behind a comma), then by what the other names of the document may be: the same country, the same region, nearby. The weights are learnt
by `training/gazetteer/fit.py` (`places.json`, conditional logit). All candidates are kept. A name that nothing bears stays without
coordinates and leaves the others alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from onrecord.reading import gazetteer
from onrecord.reading.countries import CountryMention
from onrecord.reading.gazetteer import Entry
from onrecord.reading.toponyms import Toponym, toponyms_in
from onrecord.records import Place, Precision

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from onrecord.reading.network import Seen

# Candidates that are weighed, the most populous first: of one name, of one name where a text has very many, and of all names together.
# The work grows with the square of the last.
WEIGHED, FEWEST, IN_ALL = 60, 3, 1500
# Distance in km at which nearness has fallen to a third.
NEAR = 150.0
ROUNDS = 2
ALONE = (
    "population", "country", "region", "district", "settlement", "area", "usual", "ours", "called a district", "called a town",
    "in the next", "holds the last", "holds its namesake", "seat",
)  # fmt: skip
TOGETHER = (
    "alone",
    "same country",
    "same region",
    "same district",
    "near",
    "region named",
    "country named",
    "holds others",
)


def places_in(doc: Doc, countries: Iterable[CountryMention], seen: Seen) -> Iterator[Place]:
    """Yield the places that a parsed text names, in order."""
    found = list(toponyms_in(doc, countries, seen))
    for toponym, choice in zip(found, resolved(doc, found), strict=True):
        yield _place(toponym, choice)


def _place(toponym: Toponym, choice: Choice | None) -> Place:
    if choice is None:
        return Place(
            name=toponym.name,
            country=None,
            as_written=toponym.name,
            span=toponym.span,
            associative=toponym.associative,
            reason="no place of the gazetteer bears the name",
        )
    entry = choice.entry
    return Place(
        name=toponym.name,
        country=entry.country or None,
        as_written=toponym.name,
        span=toponym.span,
        associative=toponym.associative,
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision=entry.precision,
        entry=entry.id,
        others=choice.others,
        reason=choice.reason,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The candidate chosen, the ids of the others (the likeliest first), and why."""

    entry: Entry
    others: tuple[int, ...]
    reason: str


# ---------------------------------------------------------------- resolution


@dataclass(slots=True)
class Candidates:
    """The candidates of all names of a document side by side: n candidates of m names. One name is one place in one document.

    `name` (n,) is the number of the name that a candidate belongs to, `alone` (n, features) what it says for itself, and `name_of` the
    number of the name for each of the mentions.
    """

    entries: list[Entry]
    name: NDArray[np.int64]
    alone: NDArray[np.float64]
    name_of: list[int]


def resolved(doc: Doc, toponyms: Sequence[Toponym]) -> list[Choice | None]:
    """Which place each of the words means; None where no place bears the name."""
    given = candidates(doc, toponyms)
    if not given.entries:
        return [None] * len(toponyms)
    features, likely = likely_of(given, _weights())
    return _choices(toponyms, given, likely, features)


def likely_of(
    given: Candidates, weights: dict[str, NDArray[np.float64]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The features that decided in the last round, and how likely each candidate is, (n,)."""
    first = given.alone @ weights["alone"]
    likely = softmax_by(first, given.name)
    for _ in range(ROUNDS):
        features = together(given, first, likely)
        likely = softmax_by(features @ weights["together"], given.name)
    return features, likely


@cache
def _weights() -> dict[str, NDArray[np.float64]]:
    read = json.loads(resources.files(__package__).joinpath("places.json").read_text("utf-8"))
    return {
        "alone": np.array([read["alone"][name] for name in ALONE]),
        "together": np.array([read["together"][name] for name in TOGETHER]),
    }


def candidates(doc: Doc, toponyms: Sequence[Toponym]) -> Candidates:
    """The candidates of all names with what each says for itself: the most that it says at any mention of the name."""
    names: dict[tuple[str, str], int] = {}
    name_of = [names.setdefault((gazetteer.fold(t.name), t.called), len(names)) for t in toponyms]
    most = max(FEWEST, min(WEIGHED, IN_ALL // max(len(names), 1)))
    weighed: list[dict[int, tuple[Entry, list[float]]]] = [{} for _ in names]
    for number, (toponym, name) in enumerate(zip(toponyms, name_of, strict=True)):
        before = toponyms[number - 1] if number and _joined(doc, toponyms[number - 1], toponym) else None
        after = toponyms[number + 1] if number + 1 < len(toponyms) else None
        after = after if after is not None and _joined(doc, toponym, after) else None
        for entry in _weighed(toponym, after, most):
            mine = _alone(entry, toponym, before, after)
            _, others = weighed[name].get(entry.id, (entry, mine))
            weighed[name][entry.id] = (entry, [max(pair) for pair in zip(mine, others, strict=True)])
    flat = [(name, entry, row) for name, found in enumerate(weighed) for entry, row in found.values()]
    return Candidates(
        entries=[entry for _, entry, _ in flat],
        name=np.array([name for name, _, _ in flat], dtype=np.int64),
        alone=np.array([row for _, _, row in flat], dtype=np.float64).reshape(len(flat), len(ALONE)),
        name_of=name_of,
    )


def _joined(doc: Doc, one: Toponym, other: Toponym) -> bool:
    """Whether a comma alone, or a bracket, stands between two names: "Goma, North Kivu"."""
    return other.first == one.last + 1 and doc[one.last].text in (",", "(")


def _weighed(toponym: Toponym, after: Toponym | None, number: int) -> list[Entry]:
    """The most populous candidates, and those that lie in the place named next however small."""
    most = list(toponym.entries[:number])
    return most + [e for e in toponym.entries[number:] if after is not None and _lies_in(e, after.entries)][:number]


def _lies_in(entry: Entry, others: Iterable[Entry]) -> bool:
    return any(
        o.id in (entry.region, entry.district)
        or (o.precision is Precision.COUNTRY and o.country == entry.country != "")
        for o in others
        if o.id != entry.id and o.precision not in (Precision.SETTLEMENT, Precision.AREA)
    )


def _alone(entry: Entry, toponym: Toponym, before: Toponym | None, after: Toponym | None) -> list[float]:
    return [
        np.log10(entry.population + 1) / 7,
        *(float(entry.precision is precision) for precision in gazetteer.STORED),
        float(entry.usual),
        float(entry.id < 0),
        float(
            entry.precision in (Precision.DISTRICT, Precision.REGION) and bool(_OF_DISTRICTS.fullmatch(toponym.called))
        ),
        float(entry.precision is Precision.SETTLEMENT and toponym.called in ("city", "town", "village", "township")),
        float(after is not None and _lies_in(entry, after.entries)),
        float(before is not None and any(_lies_in(e, (entry,)) for e in before.entries)),
        float(any(entry.id in (e.region, e.district) and e.precision is Precision.SETTLEMENT for e in toponym.entries)),
        float(entry.precision is Precision.SETTLEMENT and entry.country == toponym.seat),
    ]


_OF_DISTRICTS = re.compile(r"county|parish|province|region|oblast|governorate|district|raion|krai|state|prefecture")


def softmax_by(score: NDArray[np.float64], group: NDArray[np.int64]) -> NDArray[np.float64]:
    """Shares that add up to one within each group; groups are numbered and stand together.

    >>> softmax_by(np.array([0.0, 0.0, 5.0]), np.array([0, 0, 1])).tolist()
    [0.5, 0.5, 1.0]
    """
    size = int(group.max()) + 1
    top = np.full(size, -np.inf)
    np.maximum.at(top, group, score)
    shares = np.exp(score - top[group])
    whole = np.bincount(group, shares, size)
    return np.asarray(shares / whole[group])


def together(given: Candidates, first: NDArray[np.float64], likely: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the other names of the document say for each candidate: (n, features). Each other name counts once."""
    others = given.name[:, None] != given.name[None]
    mass = others * likely[None]
    names = max(len(np.unique(given.name)) - 1, 1)
    country = _equal([e.country for e in given.entries])
    region = _equal([e.region or (e.id if e.precision is Precision.REGION else 0) for e in given.entries])
    district = _equal([e.district or (e.id if e.precision is Precision.DISTRICT else 0) for e in given.entries])
    below = np.array([e.precision is not Precision.COUNTRY for e in given.entries])
    near = np.exp(-_distances(given.entries) / NEAR) * below[None] * below[:, None]
    ids = np.array([e.id for e in given.entries])
    in_region = np.array([e.region for e in given.entries])[:, None] == ids[None]
    in_country = country & ~below[None] & below[:, None]
    holds = in_region.T | (country & ~below[:, None] & below[None])
    return np.stack(
        [
            first,
            (mass * (country & below[None])).sum(1) / names,
            (mass * region).sum(1) / names,
            (mass * district).sum(1) / names,
            (mass * near).sum(1) / np.sqrt(names),
            np.minimum((mass * in_region).sum(1), 1),
            np.minimum((mass * in_country).sum(1), 1),
            (mass * holds).sum(1) / names,
        ],
        axis=1,
    )


def _equal(values: Sequence[str | int]) -> NDArray[np.bool_]:
    numbers = {value: n for n, value in enumerate(dict.fromkeys(values))}
    coded = np.array([numbers[value] if value else -1 for value in values])
    return np.asarray((coded[:, None] == coded[None]) & (coded >= 0)[:, None])


def _distances(entries: Sequence[Entry]) -> NDArray[np.float64]:
    """Distances in km on the sphere between all entries."""
    at = np.radians([[e.latitude, e.longitude] for e in entries])
    cosine = np.cos(at[:, 0])
    unit = np.stack([cosine * np.cos(at[:, 1]), cosine * np.sin(at[:, 1]), np.sin(at[:, 0])], axis=1)
    return np.asarray(6371.0 * np.arccos(np.clip(unit @ unit.T, -1.0, 1.0)))


def _choices(
    toponyms: Sequence[Toponym], given: Candidates, likely: NDArray[np.float64], features: NDArray[np.float64]
) -> list[Choice | None]:
    made: list[Choice | None] = []
    for toponym, name in zip(toponyms, given.name_of, strict=True):
        rows = np.flatnonzero(given.name == name)
        if not len(rows):
            made.append(None)
            continue
        order = rows[np.argsort(-likely[rows], kind="stable")]
        weighed = [given.entries[row].id for row in order]
        others = (*weighed[1:], *(e.id for e in toponym.entries if e.id not in set(weighed)))
        best = int(order[0])
        reason = _reason(given, best, 1 + len(others), features[best])
        made.append(Choice(entry=given.entries[best], others=others, reason=reason))
    return made


def _reason(given: Candidates, best: int, number: int, features: NDArray[np.float64]) -> str:
    """Why this one: the first of the reasons that holds."""
    alone, others = dict(zip(ALONE, given.alone[best], strict=True)), dict(zip(TOGETHER, features, strict=True))
    if number == 1:
        return "the only place of that name"
    of = f"of {number} places of that name"
    if alone["in the next"]:
        return f"{of} the one in the place named behind it"
    if alone["holds the last"]:
        return f"{of} the one that holds the place named before it"
    if others["region named"] > 0.5:
        return f"{of} the one in a region that the text names"
    if others["same region"] > 0.2 or others["near"] > 0.5:
        return f"{of} the one near other places of the text"
    if others["country named"] > 0.5:
        return f"{of} the likeliest in a country that the text names"
    return f"{of} the most prominent"
