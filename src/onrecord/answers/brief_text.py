"""A brief as Markdown and as one HTML page, with its notes. Words of documents are data: escaped in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from onrecord.answers.brief import Brief, Line, Note, Section, Series
from onrecord.answers.rows import FigureRow, value_words

WIDTH, ROW, LEFT, RIGHT = 720, 24, 250, 110  # pixels of a chart: its width, a row, and what stands beside the scale
_STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1c; --quiet: #5c5c5c; --line: #d0d0d0; --mark: #0b57a4; --page: #fdfdfb; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --quiet: #a8a49c; --line: #454545; --mark: #8ab8f0; --page: #191919; } }
body { font: 1.05rem/1.55 Georgia, serif; color: var(--ink); background: var(--page); max-width: 44rem; margin: 2.5rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.7rem; line-height: 1.2; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .3rem; } h3 { font-size: 1rem; margin: 1.4rem 0 .2rem; }
p.about, .said, .more, ol.notes { color: var(--quiet); font-size: .92rem; } p.about { margin-top: 0; }
ul { padding-left: 1.1rem; } li { margin: .6rem 0; } a { color: var(--mark); } sup a { text-decoration: none; padding: 0 .1rem; }
table { border-collapse: collapse; font-size: .9rem; width: 100%; } td, th { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; } td:first-child { white-space: nowrap; }
svg { width: 100%; height: auto; font: 12px sans-serif; fill: var(--ink); } svg .mark { stroke: var(--mark); fill: var(--mark); stroke-width: 2; } svg .rule { stroke: var(--line); }
@media print { body { max-width: none; margin: 0; } li, tr { break-inside: avoid; } }
"""


def title_of(brief: Brief) -> str:
    """The title: what it is about and as of when."""
    return f"Situation brief: {brief.words or 'the whole ledger'}" + (f", as of {brief.as_of}" if brief.as_of else "")


def lead_of(brief: Brief) -> str:
    """What stands above a brief: from what it is made, and what it does not say."""
    if not brief.documents:
        return "Nothing in the ledger has these words."
    dates = f", published {brief.first} to {brief.last}" if brief.first else ""
    return (
        f"From {_counted(brief.documents, 'document')} of {_counted(brief.outlets, 'outlet')} whose assertions hold all these words{dates}. It says who stands behind what, and how independently; "
        "it does not say what is true. The numbers lead to the words."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


# ---------------------------------------------------------------- Markdown


def markdown(brief: Brief) -> str:
    """The brief as Markdown with footnotes."""
    parts = [f"# {_plain(title_of(brief))}", lead_of(brief)]
    for section in brief.sections:
        parts += [f"## {section.title}", f"*{section.about}*", *_markdown_of(section)]
    if brief.notes:
        parts.append("\n".join(f"[^{n}]: {_note_words(note)}" for n, note in enumerate(brief.notes, 1)))
    return "\n\n".join(parts) + "\n"


def _markdown_of(section: Section) -> Iterator[str]:
    if section.lines:
        yield "\n".join(f"- “{_plain(line.words)}” {_plain(line.said)}{_marks(line)}" for line in section.lines)
    for series in section.series:
        yield f"### {_plain(series.name)}"
        rows = [
            f"| {row.asserted or row.published or 'no date'} | {_plain(row.text)} | {_plain(row.source)} | {row.standing} |{_mark(n)} |"
            for row, n in series.rows
        ]
        yield "\n".join(["| when | figure | source | to the one before | |", "| --- | --- | --- | --- | --- |", *rows])
    if section.left_out:
        yield f"*and {section.left_out} more*"


def _marks(line: Line) -> str:
    return "".join(map(_mark, dict.fromkeys(line.notes)))


def _mark(number: int) -> str:
    return f" [^{number}]"


def _note_words(note: Note) -> str:
    where = ", ".join(part for part in (note.document, note.outlet, note.published) if part)
    return f"{_plain(where)}{f', <{note.url}>' if is_link(note.url) else ''}: “{_plain(note.words)}”"


def _plain(words: str) -> str:
    """Words as one line in which Markdown finds no mark-up.

    >>> _plain("*a* [b](c)")
    '\\\\*a\\\\* \\\\[b\\\\](c)'
    """
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", shown(words))


def shown(words: str) -> str:
    """Words as one line, without what cannot be seen: marks that turn the direction of text, controls."""
    return "".join(c for c in " ".join(words.split()) if c.isprintable())


def is_link(url: str | None) -> bool:
    """Whether an address may be a link."""
    return url is not None and re.match(r"https?://[^\s<>\"]+$", url) is not None


# ---------------------------------------------------------------- HTML


def html(brief: Brief) -> str:
    """The brief as one HTML page that needs nothing else: no script, no other file."""
    title = escape(title_of(brief))
    body = [f"<h1>{title}</h1>", f"<p>{escape(lead_of(brief))}</p>"]
    for section in brief.sections:
        body += [
            f"<h2>{escape(section.title)}</h2>",
            f'<p class="about">{escape(section.about)}</p>',
            *_html_of(section),
        ]
    if brief.notes:
        notes = "\n".join(f'<li id="note-{n}">{_html_note(note)}</li>' for n, note in enumerate(brief.notes, 1))
        body += ["<h2>Notes</h2>", f'<ol class="notes">\n{notes}\n</ol>']
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def _html_of(section: Section) -> Iterator[str]:
    if section.lines:
        yield "<ul>"
        for line in section.lines:
            marks = " ".join(_html_mark(n) for n in dict.fromkeys(line.notes))
            yield f'<li>“{_isolated(line.words)}” <span class="said">{_isolated(line.said)}</span> {marks}</li>'
        yield "</ul>"
    for series in section.series:
        yield f"<h3>{_isolated(series.name)}</h3>"
        yield chart(series)
        yield "<table><tr><th>when</th><th>figure</th><th>source</th><th>to the one before</th><th></th></tr>"
        for row, n in series.rows:
            cells = (row.asserted or row.published or "no date", row.text, row.source, row.standing)
            yield f"<tr>{''.join(f'<td>{_isolated(cell)}</td>' for cell in cells)}<td>{_html_mark(n)}</td></tr>"
        yield "</table>"
    if section.left_out:
        yield f'<p class="more">and {section.left_out} more</p>'


def _html_mark(number: int) -> str:
    return f'<sup><a href="#note-{number}">{number}</a></sup>'


def _isolated(words: str) -> str:
    """Words that cannot turn the direction of what stands beside them."""
    return f"<bdi>{escape(shown(words))}</bdi>"


def _html_note(note: Note) -> str:
    where = escape(shown(", ".join(part for part in (note.document, note.outlet, note.published) if part)))
    link = f' <a rel="noreferrer" href="{escape(note.url)}">source</a>' if note.url and is_link(note.url) else ""
    return f"<bdi>{where}</bdi>{link}: “{_isolated(note.words)}”"


def chart(series: Series) -> str:
    """The figures of a series on one scale from 0, a row each: a point, a range, or an arrow on the open side."""
    rows = [row for row, _ in series.rows]
    largest = max((v for row in rows for v in (row.low, row.best, row.high) if v is not None), default=0.0) or 1.0
    drawn = "".join(_chart_row(row, n, largest) for n, row in enumerate(rows))
    height = ROW * len(rows) + 8
    label = escape(f"{shown(series.name)}: {len(rows)} figures")
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{label}">{drawn}</svg>'


def _chart_row(row: FigureRow, number: int, largest: float) -> str:
    y = ROW * number + ROW / 2 + 4

    def at(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * max(0.0, value) / largest

    name = row.source if len(row.source) <= 24 else row.source[:23].rstrip() + "…"
    label = f"{row.asserted or row.published or 'no date'}  {name}"
    drawn = f'<line class="rule" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>'
    low, high = row.low, row.high
    if row.best is None:
        first, last = at(low if low is not None else 0.0), at(high if high is not None else largest)
        drawn += f'<line class="mark" x1="{first:.1f}" x2="{last:.1f}" y1="{y}" y2="{y}"/>'
        if low is None:
            drawn += f'<path class="mark" d="M{first:.1f} {y} l6 -4 v8 z"/>'
        if high is None:
            drawn += f'<path class="mark" d="M{last:.1f} {y} l-6 -4 v8 z"/>'
    points = [v for v in (low, row.best, high) if v is not None]
    drawn += "".join(f'<circle class="mark" cx="{at(v):.1f}" cy="{y}" r="3.5"/>' for v in points)
    return (
        f'<text x="0" y="{y + 4}">{escape(shown(label))}</text>{drawn}'
        f'<text x="{WIDTH}" y="{y + 4}" text-anchor="end">{escape(value_words(row))}</text>'
    )
