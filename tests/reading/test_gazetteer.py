"""The gazetteer: names it must know, where they lie, and what happens to a file that is not the one that was measured."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from onrecord.errors import ModelError
from onrecord.reading import gazetteer
from onrecord.reading.countries import country_codes
from onrecord.reading.gazetteer import countries, fold, named, people
from onrecord.records import Precision

SHIPPED = gazetteer.shipped_folder()


@pytest.mark.parametrize(
    ("name", "country", "precision"),
    [
        ("Kyiv", "UA", Precision.SETTLEMENT),
        ("Kiev", "UA", Precision.SETTLEMENT),
        ("Kharkov", "UA", Precision.SETTLEMENT),
        ("Artemivsk", "UA", Precision.SETTLEMENT),
        ("Robotyne", "UA", Precision.SETTLEMENT),
        ("Khan Younis", "PS", Precision.SETTLEMENT),
        ("El Fasher", "SD", Precision.SETTLEMENT),
        ("Minova", "CD", Precision.SETTLEMENT),
        ("Kursk", "RU", Precision.REGION),
        ("Kherson Oblast", "UA", Precision.REGION),
        ("North Kivu", "CD", Precision.REGION),
        ("Donbas", "UA", Precision.AREA),
        ("Crimea", "UA", Precision.AREA),
        ("Bab el-Mandeb", "", Precision.AREA),
        ("Burkina Faso", "BF", Precision.COUNTRY),
    ],
)
def test_it_knows_names_of_every_level(name: str, country: str, precision: Precision) -> None:
    found = named([fold(name), gazetteer.core(fold(name))])
    assert any(e.country == country and e.precision is precision for entries in found.values() for e in entries)


def test_a_people_is_no_name_of_a_place() -> None:
    assert not any(entry.id < 0 for entry in named(["crimean"]).get("crimean", ()))
    assert [entry.name for entry in named([people("Crimean")])["~crimean"]] == ["Crimea"]


def test_every_state_has_coordinates() -> None:
    placed = countries(country_codes())
    assert set(placed) == set(country_codes())
    assert all(-90 <= entry.latitude <= 90 and -180 <= entry.longitude <= 180 for entry in placed.values())


def test_no_place_lies_off_the_globe() -> None:
    with sqlite3.connect(f"{(SHIPPED / gazetteer.FILE).as_uri()}?mode=ro", uri=True) as file:
        (off,) = file.execute(
            "SELECT count(*) FROM places WHERE latitude NOT BETWEEN -90 AND 90 OR longitude NOT BETWEEN -180 AND 180 OR radius <= 0"
        ).fetchone()
    assert off == 0


def test_it_is_at_most_40_mb() -> None:
    assert (SHIPPED / gazetteer.FILE).stat().st_size <= 40e6


def test_an_empty_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / gazetteer.FILE).touch()
    shutil.copy(SHIPPED / gazetteer.DIGEST, tmp_path)
    with pytest.raises(ModelError, match=r"gazetteer.sqlite is missing or altered.*pip install --force-reinstall"):
        gazetteer.load(tmp_path)


def test_a_wrong_hash_is_refused(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / gazetteer.FILE, tmp_path)
    (tmp_path / gazetteer.DIGEST).write_text("0" * 64, "utf-8")
    with pytest.raises(ModelError, match="altered"):
        gazetteer.load(tmp_path)


def test_names_go_to_sqlite_as_data() -> None:
    assert named(["goma'); DROP TABLE names; --", '"', "\x00", "%"]) == {}
