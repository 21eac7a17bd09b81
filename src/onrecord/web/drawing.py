"""Charts for a page. They are drawn aside: the renderer lets no other page go on while it draws."""

from __future__ import annotations

from onrecord.answers import charts
from onrecord.web.aside import aside, begin

# Where the reader's screen is dark, a page shows the chart so too; a chart that was saved finds no such file and stays light.
_DRESS = b'<?xml-stylesheet type="text/css" href="/static/chart.css"?>'


def drawn(spec: charts.Spec, kind: str) -> bytes:
    """A specification as SVG, PNG or PDF. Raises QueryError for another kind."""
    made = aside(charts.drawn, spec, kind)
    return _DRESS + made if kind == "svg" else made


def prepare() -> None:
    """Start the renderer before the first chart is asked for; that takes it a second, each chart after it a tenth."""
    begin(charts.drawn, {"mark": "point"}, "svg")
