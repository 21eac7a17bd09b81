"""The commands. Each reads its arguments, makes one call of the library, and prints; heavy imports wait until then."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from onrecord import __version__
from onrecord.errors import InputError, LedgerError, ModelError, QueryError

if TYPE_CHECKING:
    from onrecord.api import OpenLedger


class Exit(IntEnum):
    """What a command's exit code says."""

    OK = 0
    USAGE = 2
    SOME_FAILED = 3
    LEDGER_UNUSABLE = 4


app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Reads conflict reporting and keeps the record: who put forward what, on whose word, and who merely repeats whom. Start with: onrecord demo",
    epilog="Exit codes: 0 ok, 2 usage, 3 some inputs failed, 4 ledger unusable.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
LedgerAt = Annotated[
    Path | None,
    typer.Option(
        "--ledger", metavar="PATH", help="The ledger file. Else ONRECORD_LEDGER, else the user's data folder."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON list of records instead of text.")]
Words = Annotated[Optional[list[str]], typer.Argument(metavar="[WORDS]", help="Only what holds all these words.")]  # noqa: UP045
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Only what was published by that day, e.g. 2021-03-10.")
]


@contextmanager
def _faults() -> Iterator[None]:
    """Turn our errors into one line on stderr and an exit code."""
    from onrecord.cli.printing import warn

    try:
        yield
    except (QueryError, InputError, ModelError) as error:
        warn(str(error))
        raise typer.Exit(Exit.SOME_FAILED if isinstance(error, InputError) else Exit.USAGE) from None
    except LedgerError as error:
        warn(str(error))
        raise typer.Exit(Exit.LEDGER_UNUSABLE) from None
    except OSError as error:
        warn(f"the output cannot be written ({error.strerror or error})")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still buffered would fail again at the end
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        warn("stopped; what was reported as added is kept, run the same command again to go on")
        raise typer.Exit(130) from None


def _opened(ledger: Path | None, *, create: bool = False) -> OpenLedger:
    from onrecord.api import OpenLedger
    from onrecord.ledger.store import Ledger
    from onrecord.settings import ledger_path

    return OpenLedger(Ledger(ledger_path(ledger), create=create))


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def add(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL|-", help="Files, folders, globs, http(s) addresses, or - for standard input."),
    ],
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="When all of them were published, e.g. 2021-03-10."),
    ] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Who published all of them.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TITLE", help="What all of them are called.")] = None,
    ledger: LedgerAt = None,
    json: AsJson = False,
) -> None:
    """Read documents into the ledger. Adding the same thing twice adds nothing.

    What you say of them counts before what they say of themselves.
    """
    from onrecord.api import told
    from onrecord.cli.printing import print_added

    with _faults():
        said = told(published=published, outlet=outlet, title=title)
        with _opened(ledger, create=True) as opened:
            added = opened.add(*inputs, told=said, stdin=sys.stdin.buffer if sys.stdin else None)
            failed = print_added(added, as_json=json)
    raise typer.Exit(Exit.SOME_FAILED if failed else Exit.OK)


@app.command()
def show(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="The id that the input gave, the document's own id, or its url.")
    ],
    ledger: LedgerAt = None,
    json: AsJson = False,
) -> None:
    """Show a document with its assertions marked."""
    from onrecord.cli.printing import print_document

    with _faults(), _opened(ledger) as opened:
        print_document(*opened.read(document), as_json=json)


@app.command()
def assertions(
    words: Words = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="Only what this source puts forward or passes on.")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", metavar="NAME", help="Only what this outlet published.")
    ] = None,
    act: Annotated[
        str | None,
        typer.Option("--act", metavar="ACT", help='Only this act, e.g. denies, predicts, "could not verify".'),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only what was said on that day or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Only what was said on that day or earlier.")
    ] = None,
    as_of: AsOf = None,
    ledger: LedgerAt = None,
    json: AsJson = False,
) -> None:
    """Who put what forward: source, act, words."""
    from onrecord.cli.printing import print_assertions

    with _faults(), _opened(ledger) as opened:
        print_assertions(
            opened.assertions(
                " ".join(words or ()), source=source, outlet=outlet, act=act, since=since, until=until, as_of=as_of
            ),
            as_json=json,
        )


@app.command()
def figures(
    words: Words = None,
    as_of: AsOf = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", metavar="FILE", help="Draw the series into a .svg, .png or .pdf file too.")
    ] = None,
    ledger: LedgerAt = None,
    json: AsJson = False,
) -> None:
    """How figures changed, on whose word, and what each is to the one before."""
    from onrecord.cli.printing import print_figures

    with _faults(), _opened(ledger) as opened:
        asked = " ".join(words or ())
        if chart is not None:
            chart.write_bytes(opened.figures_chart(asked, kind=chart.suffix[1:].lower(), as_of=as_of))
        print_figures(opened.figures(asked, as_of=as_of), as_json=json)


@app.command()
def origins(words: Words = None, as_of: AsOf = None, ledger: LedgerAt = None, json: AsJson = False) -> None:
    """Which documents rest on one origin, with the evidence."""
    from onrecord.cli.printing import print_origins

    with _faults(), _opened(ledger) as opened:
        print_origins(opened.origins(" ".join(words or ()), as_of=as_of), as_json=json)


@app.command()
def check(
    source: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="The document to check. It is not added.")],
    disinterested: Annotated[
        bool,
        typer.Option("--disinterested", help="Leave out what states say of their own side and of their enemies."),
    ] = False,
    as_of: AsOf = None,
    ledger: LedgerAt = None,
    json: AsJson = False,
) -> None:
    """Check each claim of a document against the ledger."""
    from onrecord.cli.printing import print_checked

    with _faults(), _opened(ledger) as opened:
        failed = print_checked(
            opened.check_input(
                source, as_of=as_of, disinterested=disinterested, stdin=sys.stdin.buffer if sys.stdin else None
            ),
            as_json=json,
        )
    raise typer.Exit(Exit.SOME_FAILED if failed else Exit.OK)


@app.command()
def known(
    words: Words = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="At most this many claims.")] = 20,
    as_of: AsOf = None,
    ledger: LedgerAt = None,
    json: AsJson = False,
) -> None:
    """What is claimed, by how many independent origins, and who disputes it."""
    from onrecord.cli.printing import print_known

    with _faults(), _opened(ledger) as opened:
        print_known(opened.known(" ".join(words or ()), as_of=as_of, most=most), as_json=json)


@app.command()
def relations(
    words: Words = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help='Only this kind, e.g. denies, revises, "leaves open".')
    ] = None,
    most: Annotated[
        int, typer.Option("--most", metavar="N", min=1, help="Print at most this many assertions; --json prints all.")
    ] = 30,
    as_of: AsOf = None,
    ledger: LedgerAt = None,
    json: AsJson = False,
) -> None:
    """Who denies, contradicts, confirms, revises or leaves open what; repetitions with --kind repeats."""
    from onrecord.cli.printing import print_relations

    with _faults(), _opened(ledger) as opened:
        print_relations(opened.relations(" ".join(words or ()), kind=kind, as_of=as_of), most=most, as_json=json)


@app.command()
def changes(
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="What became known on that day or later.")],
    words: Words = None,
    as_of: AsOf = None,
    ledger: LedgerAt = None,
    json: AsJson = False,
) -> None:
    """What changed since a day: new claims, verdicts, origins and figures."""
    from onrecord.cli.printing import print_changes

    with _faults(), _opened(ledger) as opened:
        print_changes(opened.changes(since, " ".join(words or ()), as_of=as_of), as_json=json)


@app.command()
def without(
    name: Annotated[str, typer.Argument(metavar="SOURCE|DOCUMENT", help="A document, or a part of a source's name.")],
    as_of: AsOf = None,
    ledger: LedgerAt = None,
    json: AsJson = False,
) -> None:
    """What falls if a source or a document is withdrawn."""
    from onrecord.cli.printing import print_without

    with _faults(), _opened(ledger) as opened:
        print_without(opened.without(name, as_of=as_of), as_json=json)


@app.command()
def predictions(words: Words = None, as_of: AsOf = None, ledger: LedgerAt = None, json: AsJson = False) -> None:
    """Predictions, promises and threats, and what later documents say of them."""
    from onrecord.cli.printing import print_predictions

    with _faults(), _opened(ledger) as opened:
        print_predictions(opened.predictions(" ".join(words or ()), as_of=as_of), as_json=json)


@app.command()
def grade(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A part of a source's name.")],
    as_of: AsOf = None,
    ledger: LedgerAt = None,
    json: AsJson = False,
) -> None:
    """Propose an admiralty grade for a source, with the reasons."""
    from onrecord.cli.printing import print_grade

    with _faults(), _opened(ledger) as opened:
        print_grade(opened.grade(source, as_of=as_of), as_json=json)


@app.command()
def brief(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What it is to be about.")],
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Write FILE.md, FILE.html or FILE.pdf, and print nothing."),
    ] = None,
    as_of: AsOf = None,
    ledger: LedgerAt = None,
) -> None:
    """Write a situation brief: who stands behind what, how independently, every sentence with its words."""
    from onrecord.errors import QueryError

    with _faults(), _opened(ledger) as opened:
        kind = to.suffix.lower() if to is not None and not to.is_dir() else ""
        if to is not None and kind not in (".md", ".html", ".pdf"):
            raise QueryError(f"{to} is no file called .md, .html or .pdf; give the name of such a file")
        asked = " ".join(words)
        if to is None:
            typer.echo(opened.brief(asked, as_of=as_of))
            return
        is_pdf = kind == ".pdf"
        made = (
            opened.brief_pdf(asked, as_of=as_of)
            if is_pdf
            else opened.brief(asked, as_of=as_of, as_html=kind == ".html").encode()
        )
        try:
            to.write_bytes(made)
        except OSError as error:
            raise QueryError(
                f"{to} cannot be written ({error.strerror}); give a file in a folder you may write to"
            ) from None


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where to listen.")] = 8080,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Let other machines in. Needs --accounts.")
    ] = False,
    accounts: Annotated[
        Path | None, typer.Option("--accounts", metavar="FILE", help="Who may come in, made by `onrecord account`.")
    ] = None,
    ledger: LedgerAt = None,
) -> None:
    """Open the reading room: pages to read, compare and decide on, over this ledger."""
    from onrecord.cli.serving import served

    with _faults():
        served(ledger, host=host, port=port, allow_remote=allow_remote, accounts=accounts)


@app.command()
def account(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in and decide under.")],
    accounts: Annotated[
        Path, typer.Option("--accounts", metavar="FILE", help="The accounts file, made where there is none.")
    ],
) -> None:
    """Make an account for the reading room, or give one a new password. The password is asked for."""
    from onrecord.cli.serving import added_account

    with _faults():
        added_account(accounts, name, typer.prompt("Password", hide_input=True, confirmation_prompt=True))


@app.command()
def demo() -> None:
    """Read the example dossier into a temporary ledger and check a commentary against it."""
    from onrecord.cli.demo import run_demo

    with _faults():
        run_demo()


@app.command()
def doctor(ledger: LedgerAt = None, json: AsJson = False) -> None:
    """Versions, model hashes, SQLite, and the state of the ledger."""
    from onrecord.cli.doctor import findings
    from onrecord.cli.printing import print_findings
    from onrecord.settings import ledger_path

    with _faults():
        found = findings(ledger_path(ledger))
        print_findings(found, as_json=json)
        if any(finding.fault for finding in found):
            raise typer.Exit(Exit.LEDGER_UNUSABLE)


def main() -> None:
    """Run the command line. What a terminal cannot show is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="onrecord")
