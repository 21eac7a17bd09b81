"""Records -> terminal: text in colour on a terminal, plain in a pipe, or JSON. Data on stdout, messages on stderr."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from onrecord.answers.rows import (
        AssertionRow,
        ChangeRow,
        CheckRow,
        Evidence,
        FigureRow,
        GradeRow,
        KnownRow,
        OriginRow,
        PredictionRow,
        RelationRow,
        WithoutRow,
    )
    from onrecord.api import Checked
    from onrecord.cli.doctor import Finding
    from onrecord.pipeline import Added
    from onrecord.records import Assertion, Document, Failure

out = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
VERDICT_STYLES = {
    "corroborated": "bold green",
    "contested": "bold red",
    "outdated": "bold magenta",
    "single-source": "bold yellow",
    "unseen": "bold cyan",
}
BAR = 36


def safe(words: str) -> str:
    """Words without control characters, so that no input can steer the terminal.

    >>> safe("a\\x1b[2Jb")
    'a[2Jb'
    """
    return "".join(c for c in words if c.isprintable() or c in "\n\t")


def one_line(words: str) -> str:
    """The same on one line, so that no name or title can forge a line of its own."""
    return " ".join(safe(words).split())


def warn(words: object) -> None:
    """One line on stderr."""
    print(f"onrecord: {one_line(str(words))}", file=sys.stderr)  # noqa: T201


def say(words: str = "", style: str = "") -> None:
    """One line on stdout."""
    out.print(Text(safe(words), style=style))


def print_json(rows: Sequence[Any]) -> None:
    """A JSON list, one record a line."""
    found = [asdict(row) if is_dataclass(row) and not isinstance(row, type) else row for row in rows]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, default=str) for row in found)
    sys.stdout.write(f"[{lines}]\n")


def print_added(added: Iterable[Added | Failure], *, as_json: bool) -> int:
    """Print what became of each document as it happens; give how many inputs failed."""
    from onrecord.records import Failure

    rows: list[dict[str, Any]] = []
    new = again = failed = 0
    with _progress() as advance:
        for one in added:
            advance()
            if isinstance(one, Failure):
                failed += 1
                warn(one)
                rows.append({"name": one.name, "outcome": "failed", "fault": one.fault, "remedy": one.remedy})
                continue
            for note in one.notes:
                warn(note)
            new, again = new + bool(one.version), again + (not one.version)
            outcome = _outcome(one)
            rows.append(
                {"document": one.document.name, "id": one.document.id, "outcome": outcome, "assertions": one.assertions}
            )
            if not as_json:
                say(
                    f"{outcome:16} {one.document.name:18} {one.document.title or one.document.url or one.document.text[:60]!s}"
                )
    if as_json:
        print_json(rows)
    else:
        say(f"{new} added, {again} already there, {failed} failed")
    return failed


def _outcome(one: Added) -> str:
    if one.version == 0:
        return "already there"
    return "added" if one.version == 1 else f"version {one.version}"


class _progress:
    """A progress bar on a terminal, nothing in a pipe. The results, where they go to the same terminal, are printed above it."""

    def __enter__(self) -> Any:
        self._bar = None
        if not sys.stderr.isatty():
            return lambda: None
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (BarColumn(), TextColumn("{task.completed} documents"), TimeElapsedColumn())
        self._bar = Progress(*columns, console=out if out.is_terminal else Console(stderr=True), transient=True)
        self._bar.start()
        task = self._bar.add_task("", total=None)
        return lambda: self._bar.advance(task) if self._bar else None

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


def print_document(document: Document, assertions: Sequence[Assertion], *, as_json: bool) -> None:
    """The text with its assertions marked: sources blue, cues italic, contents underlined, numbers for the list below."""
    from onrecord.answers.assertions import row_of

    rows = [row_of(assertion, document) for assertion in assertions]
    if as_json:
        print_json(rows)
        return
    published = document.published.date().isoformat() if document.published else "no date"
    say(f"{document.name}  {document.outlet or ''}  {published}", "dim")
    say(document.title or "", "bold")
    for warning in document.warnings:
        say(f"note: {warning}", "yellow")
    # As many characters as before, so that the spans still cut their words.
    text = Text("".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in document.text))
    for assertion in assertions:
        for spans, style in (
            (assertion.attribution.content, "underline"),
            (assertion.attribution.source, "bold blue"),
            (assertion.attribution.cue, "italic green"),
        ):
            for span in spans:
                text.stylize(style, span.start, span.end)
    out.print(text)
    say()
    for number, row in enumerate(rows, 1):
        say(f"[{number}] {row.source}: {row.act} ({row.certainty}, {row.polarity})", "bold")
        say(f"    source: {row.source_reason}", "dim")
        say(textwrap.indent(textwrap.fill(" ".join(row.content.split()), 96), "    "))
        for words in (event_words(row), places_words(row)):
            if words:
                say(f"    {words}", "dim")


def event_words(row: AssertionRow) -> str:
    """The event of an assertion in short: "event: assault, by Kenyan troops (KE MIL), to two villages"; empty for none."""
    event = row.event
    if event is None:
        return ""
    words = f"event: {' '.join((*event.modes, event.type))}"
    for role, name, codes in (
        ("by", event.actor, (event.actor_country, event.actor_sector)),
        ("to", event.recipient, (event.recipient_country, event.recipient_sector)),
    ):
        known = " ".join(code for code in codes if code)
        words += f", {role} {' '.join(name.split())}" + (f" ({known})" if known else "") if name else ""
    return words


def places_words(row: AssertionRow) -> str:
    """The places of an assertion in short: "places: Goma CD (-1.68, 29.22)"; empty for none."""
    named = {
        f"{place.name} {place.country or ''}".strip()
        + (
            f" ({place.latitude:.2f}, {place.longitude:.2f})"
            if place.latitude is not None and place.longitude is not None and place.precision != "country"
            else ""
        ): None
        for place in row.places
    }
    return f"places: {'; '.join(named)}" if named else ""


def print_assertions(rows: Sequence[AssertionRow], *, as_json: bool) -> None:
    """One block an assertion."""
    if as_json:
        print_json(rows)
        return
    for row in rows:
        say(f"{row.document}  {row.asserted or row.published or 'no date'}  {row.source}: {row.act}", "bold")
        say(textwrap.indent(textwrap.fill(" ".join(row.content.split()), 96), "    "))
    say(f"{len(rows)} assertions" if rows else "nothing in the ledger fits; fewer words or options find more")


def print_figures(rows: Sequence[FigureRow], *, as_json: bool) -> None:
    """The series, each with a small chart of its values."""
    from onrecord.answers.rows import value_words

    if as_json:
        print_json(rows)
        return
    for series, members in groupby(rows, key=lambda row: row.series):
        found = list(members)
        say(series, "bold")
        largest = max((v for row in found for v in (row.low, row.best, row.high) if v is not None), default=1.0)
        for row in found:
            say(
                f"  {row.asserted or row.published or 'no date':10}  {value_words(row):>18}  {bar(row, largest):{BAR}}  {row.source} [{row.document}]"
            )
            if row.standing != "first":
                say(f"{'':32}{row.standing}: {row.reason}", "dim")
        say()
    say(f"{len(rows)} figures" if rows else "no figure in the ledger fits; fewer words find more")


def bar(row: FigureRow, largest: float) -> str:
    """The figure on a scale from 0 to the largest of its series: a point, a range, or an arrow on its open side."""

    def at(value: float) -> int:
        return min(BAR - 1, max(0, round(value / largest * (BAR - 1)))) if largest else 0

    cells = ["·"] * BAR
    if row.best is not None:
        cells[at(row.best)] = "●"
    elif row.low is not None and row.high is not None:
        cells[at(row.low) : at(row.high) + 1] = ["─"] * (at(row.high) + 1 - at(row.low))
        cells[at(row.low)], cells[at(row.high)] = "├", "┤"
    elif row.low is not None:
        cells[at(row.low) :] = ["├", *["─"] * (BAR - at(row.low) - 2), "▶"][: BAR - at(row.low)]
    elif row.high is not None:
        cells[: at(row.high) + 1] = ["◀", *["─"] * max(0, at(row.high) - 1), "┤"][: at(row.high) + 1]
    return "".join(cells)


def print_origins(rows: Sequence[OriginRow], *, as_json: bool) -> None:
    """The groups of documents, each with its evidence."""
    if as_json:
        print_json(rows)
        return
    for row in rows:
        say(row.origin, "bold")
        say(
            f"  rest on it: {', '.join(row.documents)}"
            + (f"   recall it: {', '.join(row.recalled)}" if row.recalled else "")
        )
        say(textwrap.indent(textwrap.fill(row.reason, 96), "    "))
    say(
        f"{len(rows)} shared origins"
        if rows
        else "no two documents with these words share an origin that the texts show"
    )


def print_checked(checked: Iterable[Checked | Failure], *, as_json: bool) -> int:
    """The claims of each checked document; give how many inputs failed."""
    from onrecord.records import Failure

    failed = 0
    rows: list[CheckRow] = []
    for one in checked:
        if isinstance(one, Failure):
            failed += 1
            warn(one)
        elif as_json:
            rows += one.rows
        else:
            print_claims(one.document, one.rows)
    if as_json:
        print_json(rows)
    return failed


_STANCES = {"for": "+", "against": "-", "differs": "≠"}


def print_claims(document: Document, rows: Sequence[CheckRow]) -> None:
    """One block a claim: verdict, words, reason, and the words that decide."""
    if not rows:
        say(f"{document.name}: no claim was found in it")
        return
    for row in rows:
        origins = f" [{row.origins[0]}, {row.origins[1]}] origins" if row.origins[1] else ""
        _say_claim(
            f"{row.verdict}{origins}", row.text, row.reason, row.evidence, VERDICT_STYLES.get(row.verdict, "bold")
        )
    counts = {verdict: sum(r.verdict == verdict for r in rows) for verdict in dict.fromkeys(r.verdict for r in rows)}
    say(f"{len(rows)} claims: " + ", ".join(f"{n} {verdict}" for verdict, n in counts.items()))


def _say_claim(lead: str, words: str, reason: str, evidence: Sequence[Evidence], style: str) -> None:
    """A claim: what leads it, its words, the reason and the words that decide."""
    say(lead, style)
    say(textwrap.indent(textwrap.fill(f"“{' '.join(words.split())}”", 96), "  "))
    if reason:
        say(textwrap.indent(textwrap.fill(reason, 96), "  "), "dim")
    for piece in evidence:
        shown = textwrap.shorten(" ".join(piece.text.split()), 150, placeholder=" …")
        interest = f" ({piece.interest})" if piece.interest else ""
        say(f"    {_STANCES[piece.stance]} {piece.document} {piece.published or ''}{interest}: {shown}")


def _counted(rows: Sequence[object], noun: str) -> str:
    return f"{len(rows)} {noun}{'s' * (len(rows) != 1)}"


def _origins(interval: tuple[int, int]) -> str:
    """An interval of origins as it is shown: "[1, 3]"."""
    return f"[{interval[0]}, {interval[1]}]"


def print_known(rows: Sequence[KnownRow], *, as_json: bool) -> None:
    """One block a claim: verdict, origins, proposed credibility, its first words and who stands for and against it."""
    if as_json:
        print_json(rows)
        return
    for row in rows:
        dates = row.first if row.first == row.last else f"{row.first} to {row.last}"
        lead = f"{row.verdict} {_origins(row.origins)} origins, credibility {row.credibility}, {dates or 'no date'}"
        _say_claim(
            lead,
            row.text,
            f"first {row.document}, {row.source}: {row.act}; {row.reason}",
            row.evidence,
            VERDICT_STYLES.get(row.verdict, "bold"),
        )
    say(
        f"{_counted(rows, 'claim')}; --most shows more or fewer"
        if rows
        else "nothing in the ledger puts anything forward with these words; fewer words find more"
    )


def print_relations(rows: Sequence[RelationRow], *, most: int, as_json: bool) -> None:
    """One block for words and what they do: the later words, the kind, and all earlier words that they do it to; those less likely than not last."""
    if as_json:
        print_json(rows)
        return
    blocks = [
        list(block) for _, block in groupby(rows, key=lambda r: (r.is_likely, r.document, r.start, r.end, r.kind))
    ]
    for number, block in enumerate(blocks[:most]):
        later = block[0]
        if not later.is_likely and (number == 0 or blocks[number - 1][0].is_likely):
            say("less likely than not, read together:\n", "bold")
        _say_side(later.document, later.published, later.source, later.text, "bold")
        say(f"  {later.kind}:", VERDICT_STYLES.get("contested", "bold"))
        for row in block:
            _say_side(row.to_document, row.to_published, row.to_source, row.to_text, "", by="    ")
            how_likely = f"; likelihood {row.likelihood:.2f}" if row.likelihood is not None else ""
            say(textwrap.indent(textwrap.fill(f"{row.reason}{how_likely}", 92), "      "), "dim")
    if len(blocks) > most:
        say(f"and {len(blocks) - most} more; --most {len(blocks)} shows all, words and --kind narrow them")
    say(_counted(rows, "relation") if rows else "no assertion with these words bears on another in this way")


def _say_side(document: str, published: str | None, source: str, words: str, style: str, *, by: str = "") -> None:
    say(f"{by}{document} {published or 'no date'}  {source}", style)
    say(textwrap.indent(textwrap.fill(f"“{' '.join(words.split())}”", 96 - len(by)), f"{by}  "))


def print_changes(rows: Sequence[ChangeRow], *, as_json: bool) -> None:
    """One block a change, what weighs most first."""
    if as_json:
        print_json(rows)
        return
    for row in rows:
        lead = f"{row.change}: {row.before} {_origins(row.origins_before)} -> {row.after} {_origins(row.origins)}"
        if row.before is None:
            lead = f"{row.change}: {row.after}" + (f" {_origins(row.origins)}" if row.origins[1] else "")
        _say_claim(
            lead,
            row.text,
            f"{row.document}, {row.source}; {row.reason}",
            row.evidence,
            VERDICT_STYLES.get(row.after, "bold"),
        )
    say(_counted(rows, "change") if rows else "nothing changed since then")


def print_without(rows: Sequence[WithoutRow], *, as_json: bool) -> None:
    """One block a claim that rests on what is withdrawn, what falls first."""
    if as_json:
        print_json(rows)
        return
    for row in rows:
        lead = f"{row.effect}: {row.before} {_origins(row.origins_before)} -> {row.after} {_origins(row.origins)}"
        gone = f"without {', '.join(row.withdrawn)}: " if row.withdrawn else ""
        _say_claim(lead, row.text, f"{gone}{row.reason}", row.evidence, "red" if row.effect == "falls" else "bold")
    counts = {effect: sum(row.effect == effect for row in rows) for effect in dict.fromkeys(row.effect for row in rows)}
    say(f"{len(rows)} claims: " + ", ".join(f"{n} {effect}" for effect, n in counts.items()))


def print_predictions(rows: Sequence[PredictionRow], *, as_json: bool) -> None:
    """One block a prediction, oldest first."""
    if as_json:
        print_json(rows)
        return
    for row in rows:
        due = f", due {row.due}" if row.due else ""
        lead = f"{row.state}: {row.source} {row.act}, {row.made or 'no date'}{due} [{row.document}]"
        _say_claim(lead, row.text, row.reason, row.evidence, "bold")
    say(
        f"{len(rows)} predictions, promises and threats"
        if rows
        else "nobody predicts, promises or threatens anything with these words"
    )


def print_grade(row: GradeRow, *, as_json: bool) -> None:
    """The letter with its reason, then each claim with its number."""
    if as_json:
        print_json([row])
        return
    say(f"{row.source}: reliability {row.reliability} (proposed)", "bold")
    first = f"; first with {row.first} of those that others put forward too"
    say(textwrap.indent(textwrap.fill(row.reason + first, 96), "  "), "dim")
    for one in row.graded:
        _say_claim(f"{one.credibility} {one.verdict} [{one.document}]", one.text, f"others: {one.others}", (), "")
    say(_counted(row.graded, "claim"))


def print_findings(found: Sequence[Finding], *, as_json: bool) -> None:
    """What `doctor` found, a line each."""
    if as_json:
        print_json(found)
        return
    for finding in found:
        say(
            f"{'FAULT' if finding.fault else 'note ' if finding.warning else 'ok   '} {finding.name}: {finding.state}",
            "red" if finding.fault else "",
        )
