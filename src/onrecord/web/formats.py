"""The same lists in other formats: JSON of a page, CSV, JSON Lines, GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any

from onrecord.answers.rows import AssertionRow

# What a spreadsheet would take for a formula begins with one of these (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(page: Any) -> bytes:
    """A page or a list of rows as JSON."""
    return json.dumps(asdict(page), ensure_ascii=True, default=str).encode()


def as_lines(rows: Iterable[Any]) -> bytes:
    """Rows as JSON Lines."""
    return "".join(json.dumps(asdict(row), ensure_ascii=True, default=str) + "\n" for row in rows).encode()


def as_csv(rows: Sequence[Any], of: type[Any]) -> bytes:
    """Rows of one type as CSV with a head; what a spreadsheet would take for a formula is put behind an apostrophe.

    >>> _cell("=1+1"), _cell(-5), _cell(["a", "b"])
    ("'=1+1", -5, '["a", "b"]')
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(of)])
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in asdict(row).items()} for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> object:
    if isinstance(value, (list, dict, tuple)):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def as_geojson(rows: Iterable[AssertionRow]) -> bytes:
    """The places of assertions with coordinates as GeoJSON points (RFC 7946), each with who says what there."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
            "properties": {
                "place": place.name,
                "precision": place.precision,
                "assertion": row.id,
                "document": row.document,
                "source": row.source,
                "published": row.published,
                "text": row.content,
            },
        }
        for row in rows
        for place in row.places
        if place.latitude is not None and place.longitude is not None
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=True).encode()
