"""A brief as PDF, set by Typst from a template of ours. Needs the `plots` extra.

Words of documents reach the template as data, never as mark-up; it reads no file and asks no other machine.
"""

from __future__ import annotations

import json
from importlib import resources

from onrecord.answers.brief import Brief, Note, Section, Series
from onrecord.answers.brief_text import chart, is_link, lead_of, shown, title_of
from onrecord.errors import QueryError

_STYLE = (
    '<style>text { font: 12px "Libertinus Serif"; fill: #1c1c1c } .mark { stroke: #0b57a4; fill: #0b57a4; stroke-width: 2 } '
    ".rule { stroke: #d0d0d0 }</style>"
)


def pdf(brief: Brief) -> bytes:
    """The brief as PDF. Raises QueryError where the `plots` extra is not installed."""
    try:
        import typst
    except ImportError:
        raise QueryError("a PDF needs the plots extra; install it: pip install 'onrecord[plots]'") from None
    template = resources.files(__package__).joinpath("brief.typ").read_bytes()
    made: bytes = typst.compile(template, sys_inputs={"brief": json.dumps(_as_data(brief))})
    return made


def _as_data(brief: Brief) -> dict[str, object]:
    return {
        "title": shown(title_of(brief)),
        "lead": lead_of(brief),
        "sections": [_section(section) for section in brief.sections],
        "notes": [_note(note) for note in brief.notes],
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "title": section.title,
        "about": section.about,
        "left_out": section.left_out,
        "lines": [
            {"words": shown(line.words), "said": shown(line.said), "notes": list(dict.fromkeys(line.notes))}
            for line in section.lines
        ],
        "series": [_series(series) for series in section.series],
    }


def _series(series: Series) -> dict[str, object]:
    drawn = chart(series).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    rows = [
        {
            "when": row.asserted or row.published or "no date",
            "figure": shown(row.text),
            "source": shown(row.source),
            "standing": row.standing,
            "note": note,
        }
        for row, note in series.rows
    ]
    return {"name": shown(series.name), "chart": drawn.replace(">", f">{_STYLE}", 1), "rows": rows}


def _note(note: Note) -> dict[str, object]:
    where = ", ".join(part for part in (note.document, note.outlet, note.published) if part)
    return {"where": shown(where), "url": note.url if is_link(note.url) else None, "words": shown(note.words)}
