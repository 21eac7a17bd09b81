"""Serving the reading room: where it listens, who may come in, and the one link that is printed."""

from __future__ import annotations

import importlib
import ipaddress
import sys
from pathlib import Path

from onrecord.cli.printing import say
from onrecord.errors import QueryError
from onrecord.ledger.store import Ledger
from onrecord.settings import ledger_path

# Seconds after which a page that computes lets another go on. With Python's 0.005 a page that asks the ledger twenty questions waits
# twenty times for each that computes (benchmarks/pages.py).
HAND_OVER = 0.0005
# Seconds that pages in the making are given when the server is ended.
A_MOMENT = 5


def served(ledger: Path | None, *, host: str, port: int, allow_remote: bool, accounts: Path | None) -> None:
    """Serve until stopped. Raises QueryError for another address without accounts, LedgerError for a ledger that cannot be used."""
    if not _is_loopback(host) and not (allow_remote and accounts is not None):
        raise QueryError(
            f"{host} can be reached from other machines; give --allow-remote and --accounts FILE, or leave --host out"
        )
    try:
        uvicorn = importlib.import_module("uvicorn")
        from onrecord.web import aside, comparing, drawing
        from onrecord.web.accounts import with_accounts, with_key
        from onrecord.web.app import make_app, owner
    except ImportError:
        raise QueryError("the reading room needs the serve extra; install it: pip install 'onrecord[serve]'") from None
    path = ledger_path(ledger)
    Ledger(path, create=ledger is None).close()  # a path that was typed must be there
    hosts = None if allow_remote else {host, "localhost", "127.0.0.1", "::1"}
    doors = with_accounts(accounts) if accounts is not None else with_key(owner())
    at = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    config = uvicorn.Config(
        make_app(path, doors, hosts=hosts),
        host=host,
        port=port,
        log_level="critical",
        server_header=False,
        timeout_graceful_shutdown=A_MOMENT,
    )
    try:
        listening = config.bind_socket()
    except SystemExit:
        raise QueryError(f"{at} is taken or no address of this machine; give another --port or --host") from None
    config.log_level = "warning"
    config.configure_logging()
    say(f"{at}/sign-in?key={doors.key}" if doors.key else at)
    say("Ctrl-C ends it. The link is good for this run only." if doors.key else "Ctrl-C ends it.")
    drawing.prepare()
    comparing.prepare(path)
    sys.setswitchinterval(HAND_OVER)
    aside.stand_still_seldom()
    uvicorn.Server(config).run(sockets=[listening])


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def added_account(path: Path, name: str, password: str) -> None:
    """Write an account and say so."""
    from onrecord.web.accounts import add_account

    say(f"{add_account(path, name, password)} may sign in; start with: onrecord serve --accounts {path}")
