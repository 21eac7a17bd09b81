"""Charts, drawn in a process of their own: the renderer lets no other page go on while it draws."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context, parent_process

from onrecord.answers import charts


@cache
def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """However the server ends, also when it is killed, this process ends too."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


# Where the reader's screen is dark, a page shows the chart so too; a chart that was saved finds no such file and stays light.
_DRESS = b'<?xml-stylesheet type="text/css" href="/static/chart.css"?>'


def drawn(spec: charts.Spec, kind: str) -> bytes:
    """A specification as SVG, PNG or PDF. Raises QueryError for another kind."""
    try:
        made = _process().submit(charts.drawn, spec, kind).result()
    except BrokenProcessPool:  # somebody ended it; the next chart gets a new one
        _process.cache_clear()
        made = charts.drawn(spec, kind)
    return _DRESS + made if kind == "svg" else made


def close() -> None:
    """End the process, if there is one."""
    if _process.cache_info().currsize:
        _process().shutdown(cancel_futures=True)
        _process.cache_clear()
