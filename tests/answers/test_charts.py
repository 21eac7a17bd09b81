"""What a chart shows, and that it asks no address for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

import onrecord
from onrecord.answers import charts
from onrecord.answers.rows import AssertionRow, FigureRow
from onrecord.errors import QueryError

TEXTS = (
    ("2021-03-10", "Amina Duale, the mayor of Garissa, said that 12 people had been killed when the bridge collapsed."),
    ("2021-03-11", "Amina Duale, the mayor of Garissa, said that 17 people had been killed when the bridge collapsed."),
    (
        "2021-03-12",
        "The Red Cross said that between 20 and 30 people had been killed when the bridge in Garissa collapsed.",
    ),
    (
        "2021-03-12",
        "The governor of Mombasa said that at least 15 people had been killed when the bridge collapsed near Mombasa.",
    ),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[onrecord.OpenLedger]:
    with onrecord.open_ledger(tmp_path_factory.mktemp("charts") / "ledger.db") as opened:
        for number, (published, text) in enumerate(TEXTS):
            opened.add_document(
                onrecord.document(text, label=f"d{number}", outlet=f"Outlet {number}", published=published)
            )
        yield opened


@pytest.fixture(scope="module")
def figures(ledger: onrecord.OpenLedger) -> list[FigureRow]:
    return ledger.figures("bridge")


@pytest.fixture(scope="module")
def assertions(ledger: onrecord.OpenLedger) -> list[AssertionRow]:
    return ledger.assertions()


def test_every_figure_is_a_point_that_leads_to_its_words(figures: list[FigureRow]) -> None:
    spec = charts.figures_chart(figures, link=lambda document, start: f"/document?name={document}&at={start}")
    points = [point for name, data in spec["datasets"].items() if name.startswith("figures") for point in data]
    svg = charts.drawn(spec, "svg").decode()

    assert sorted(p["value"] for p in points if p["value"] < 20) == [12, 15, 17]
    assert {p["shape"] for p in points} == {"figure", "range", "at least"}
    for figure in figures:
        assert f'"/document?name={figure.document_id}&amp;at={figure.start}"' in svg


def test_a_revision_is_joined_with_what_it_revises_and_a_disagreement_is_not(figures: list[FigureRow]) -> None:
    spec = charts.figures_chart(figures)
    joined = [line for name, data in spec["datasets"].items() if name.startswith("revised") for line in data]

    assert [(line["value"], line["to_value"]) for line in joined] == [(12, 17)]


def test_what_disagrees_is_hollow(figures: list[FigureRow]) -> None:
    disputed = [replace(f, standing="disagrees") if f.best == 17 else f for f in figures]
    spec = charts.figures_chart(disputed)
    apart = {p["value"] for data in spec["datasets"].values() for p in data if p.get("apart")}
    svg = charts.drawn(spec, "svg").decode()
    hollow = re.findall(rf'fill="{charts.PAPER}" stroke="#', svg)

    assert apart == {17}
    assert len(hollow) == len(apart)


def test_one_figure_far_above_the_others_makes_the_scale_logarithmic(figures: list[FigureRow]) -> None:
    dead = [f for f in figures if f.best is not None]
    far = [replace(f, best=f.best and f.best * 1000) if number == 0 else f for number, f in enumerate(dead)]

    assert charts.LOGARITHMIC not in charts.drawn(charts.figures_chart(dead), "svg").decode()
    assert charts.LOGARITHMIC in charts.drawn(charts.figures_chart(far), "svg").decode()


def test_for_a_telephone_a_chart_is_drawn_narrow(figures: list[FigureRow], assertions: list[AssertionRow]) -> None:
    for spec in (
        charts.figures_chart(figures, narrow=True),
        charts.timeline_chart(assertions, narrow=True),
        charts.places_map(assertions, narrow=True),
    ):
        size = re.search(r'<svg[^>]* width="(\d+)"', charts.drawn(spec, "svg").decode())
        assert size
        assert int(size[1]) < 400


def test_a_name_at_the_edge_of_the_map_stands_on_the_other_side(assertions: list[AssertionRow]) -> None:
    named = next(row for row in assertions if row.places)
    one, other = (
        replace(named.places[0], name=name, latitude=0.0, longitude=lon) for name, lon in (("A", -170.0), ("B", 170.0))
    )
    spec = charts.places_map([replace(named, places=[one, other])])

    assert {place["name"]: place["at_edge"] for place in spec["datasets"]["names"]} == {"A": False, "B": True}


def test_no_chart_names_another_host_but_the_namespaces_of_svg(
    figures: list[FigureRow], assertions: list[AssertionRow]
) -> None:
    for spec in (charts.figures_chart(figures), charts.timeline_chart(assertions), charts.places_map(assertions)):
        hosts = set(re.findall(r"https?://([^/\"'<>\s]+)", charts.drawn(spec, "svg").decode()))
        assert hosts <= {"www.w3.org"}


def test_the_places_are_on_the_map_by_name(assertions: list[AssertionRow]) -> None:
    svg = charts.drawn(charts.places_map(assertions), "svg").decode()

    assert "Garissa" in svg
    assert "Mombasa" in svg
    assert 'fill="url(#disputed)"' in svg


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_chart_is_drawn_in_each_format(figures: list[FigureRow], kind: str, begins: bytes) -> None:
    assert charts.drawn(charts.figures_chart(figures), kind).startswith(begins)


def test_an_unknown_format_and_nothing_to_draw_are_said(figures: list[FigureRow]) -> None:
    with pytest.raises(QueryError, match="svg, png, pdf"):
        charts.drawn(charts.figures_chart(figures), "gif")
    with pytest.raises(QueryError, match="nothing to draw"):
        charts.figures_chart([])
    with pytest.raises(QueryError, match="nothing to draw"):
        charts.places_map([])
    with pytest.raises(QueryError, match="nothing to draw"):
        charts.timeline_chart([])


def test_figures_are_drawn_from_python(ledger: onrecord.OpenLedger) -> None:
    assert ledger.figures_chart("bridge", kind="pdf").startswith(b"%PDF")
