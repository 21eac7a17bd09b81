"""Long work in processes of its own: Python does one thing at a time in each, and no other page is to wait for it."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import TypeVar

# One for each module whose work it is: what one has at hand for the next time, another would have to make again.
_processes: dict[str, ProcessPoolExecutor] = {}
_lock = threading.Lock()
# Python looks for loose ends once this many objects more were made than let go. With its 700, and with all that was loaded at the start
# looked through every time, a process that answers stands still for 30 to 90 milliseconds once in ten questions (benchmarks/scale.py).
LOOSE_ENDS = 20_000
_Made = TypeVar("_Made")


def stand_still_seldom() -> None:
    """Have a process that answers many questions look for loose ends seldom, and never through what it has loaded by now."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(LOOSE_ENDS)


def _begin() -> None:
    """However the server ends, also when it is killed, this process ends too."""
    stand_still_seldom()
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def aside(work: Callable[..., _Made], *given: object) -> _Made:
    """What a function of some module makes of what it is given, made in the process of that module. Its errors are raised here."""
    try:
        return _made(work, given)
    except (BrokenProcessPool, CancelledError):  # somebody ended it; there is a new one
        return _made(work, given)


def begin(work: Callable[..., object], *given: object) -> None:
    """Have some work done that nobody waits for, so that the first page that needs the process finds it ready."""
    _asked(work, given)


def close() -> None:
    """End the processes, if there are any, when they have done what they are at."""
    with _lock:
        ended = list(_processes.values())
        _processes.clear()
    for pool in ended:
        pool.shutdown(cancel_futures=True)


def _made(work: Callable[..., _Made], given: tuple[object, ...]) -> _Made:
    pool, asked = _asked(work, given)
    try:
        return asked.result()
    except (BrokenProcessPool, CancelledError):
        _forget(work.__module__, pool)
        raise


def _asked(work: Callable[..., _Made], given: tuple[object, ...]) -> tuple[ProcessPoolExecutor, Future[_Made]]:
    name = work.__module__
    with _lock:  # nobody ends a process between its start and the asking
        pool = _processes.get(name)
        if pool is None:
            pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begin)
            _processes[name] = pool
        try:
            return pool, pool.submit(work, *given)
        except BrokenProcessPool:
            del _processes[name]
            raise


def _forget(name: str, pool: ProcessPoolExecutor) -> None:
    with _lock:
        if _processes.get(name) is pool:
            del _processes[name]
